"""Named queries with what they must find in the seeds, in Oxigraph and in Apache Jena ARQ."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from article import run
from jena import is_installed, jena
from test_query import plain

from kg.query import find_query, load, named_queries, run_query

ROOT = Path(__file__).parent.parent
LVYUAN, ZONE = "长春市绿园区", "长春经济技术开发区"
ANY = ""
"""A cell that may hold anything: extraction still improves, and only what the articles say for certain is asserted."""

FOUND: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "aliases": ({"thing": "长春绿园"}, ("District", LVYUAN, "绿园区")),
    "districts-below": ({"district": "绿园区"}, ("绿园经济开发区", LVYUAN)),
    "documents": ({}, ("003_ef167e022457e2c2.txt", ANY, "2024-08", "", ANY, ANY)),
    "enterprises-by-output": (
        {"district": "绿园区", "indicator": "产值"},
        ("中车长春轨道客车股份有限公司", "产值", "=", "117.1", "亿元", "2024-01/2024-07", "actual", ANY),
    ),
    "enterprises-of-district": ({"district": "绿园区"}, ("中车长春轨道客车股份有限公司", ANY, ANY, ANY, ANY)),
    "events": ({"organiser": "经开区"}, ("全国科技活动周", ZONE, ANY)),
    "evidence-of": ({"thing": "绿园区"}, (LVYUAN, "partOf", "长春市", ANY, ANY, ANY)),
    "evidence-of-relation": ({"one": "绿园区", "other": "长春市"}, (LVYUAN, "partOf", "长春市", ANY, ANY, ANY)),
    "fastest-growing": ({"district": "绿园区"}, ("商品房销售面积", "92.1", "=", "2023-01/2023-06", "actual", ANY)),
    "figures-of-district": (
        {"district": "绿园区", "indicator": "工业产值"},
        ("规模以上工业产值", "=", "277.4", "亿元", "level", "2024-01/2024-07", "actual", "", ANY),
    ),
    "honours": ({"thing": "长春吉文汽车零部件有限公司"}, ("长春吉文汽车零部件有限公司", "“国家级绿色工厂”", ANY)),
    "indicator-series": (
        {"indicator": "规模以上工业产值", "district": "绿园区"},
        (LVYUAN, "规模以上工业总产值", "2023-01-01", "2023-06-30", "level", "=", "223.7", "亿元", "22370000000", "actual"),
    ),
    "industries-of-district": ({"district": "绿园区"}, ("轨道交通产业", "中车长春轨道客车股份有限公司")),
    "largest-figures": ({"unit": "亿元"}, (LVYUAN, "GDP", "=", "400", "2025", "target", ANY)),
    "people-and-posts": ({}, ("江怀生", "总经理", ANY, ANY)),
    "products": ({"product": "红旗"}, ("长春万华汽车实业有限公司", "红旗H9+车身", ANY)),
    "programme-tree": ({"programme": "三三五发展战略"}, ("三三五发展战略", "五域联动")),
    "programmes-of-body": ({"body": "吉林省"}, ("吉林省", "一主六双高质量发展战略", ANY)),
    "projects-by-investment": ({}, ("长春市绿园区皓月实验学校项目", ANY, "~", "2.1", "亿元", ANY, ANY)),
    "projects-by-status": ({"status": "completed"}, ("completed", "兴隆综保区二期", ANY, ANY, ANY)),
    "projects-of-enterprise": ({"enterprise": "长春万华汽车实业有限公司"}, ("长春万华汽车实业有限公司", ANY, ANY, ANY)),
    "ranks": ({"district": "绿园区"}, (LVYUAN, ANY, "1", "五城区", "2023-01/2023-06", ANY)),
    "said-between": ({"from": "2023-08", "to": "2023-12"}, ("2023-08", LVYUAN, "商品房销售面积", "92.1%", ANY)),
    "shared-by-districts": ({"one": "绿园区", "other": "经开区"}, (ANY, ANY)),
    "targets": ({"district": "绿园区"}, (LVYUAN, "GDP", "2025", "level", "=400亿元", ANY, ANY)),
    "targets-without-outcome": ({"district": "绿园区"}, (LVYUAN, "GDP", "2025", "=", "400", "亿元", ANY)),
    "things-without-figures": ({"type": "District"}, ("District", "吉林省")),
    "who-implements": ({"programme": "三三五发展战略"}, (LVYUAN, ANY, "三三五发展战略", ANY)),
}
OTHERS: dict[str, dict[str, str]] = {"business-links": {}, "contradictions": {}}
"""What the seeds hardly speak of: only that the engines agree is asserted."""


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("seeds")
    built = run("build", ROOT / "seeds", "--out", out, "--quiet")
    assert built.returncode == 0, built.stderr
    return out / "graph.ttl"


@pytest.fixture(scope="session")
def store(seeds: Path) -> pyoxigraph.Store:
    return load(seeds)


@pytest.mark.parametrize("name", FOUND)
def test_the_seeds_answer(store: pyoxigraph.Store, name: str) -> None:
    parameters, expected = FOUND[name]
    rows = run_query(store, name, parameters).rows
    assert any(all(want in (ANY, cell) for want, cell in zip(expected, row, strict=True)) for row in rows), rows[:20]


def test_every_named_query_is_put_to_the_seeds() -> None:
    assert {*FOUND, *OTHERS} == set(named_queries())


def test_the_tree_of_a_programme_is_all_below_it(store: pyoxigraph.Store) -> None:
    tree = dict.fromkeys(part for _, part in run_query(store, "programme-tree", {"programme": "三三五发展战略"}).rows)
    assert {"三区引领", "三片支撑", "五域联动"} <= set(tree)


def test_growth_comes_in_order(store: pyoxigraph.Store) -> None:
    rates = [float(row[1]) for row in run_query(store, "fastest-growing", {"district": "绿园区"}).rows]
    assert rates == sorted(rates, reverse=True)
    assert len(rates) > 5


# ---------------------------------------------------------------- Apache Jena


def _questions() -> Iterator[tuple[str, str]]:
    for name, parameters in {**{name: given for name, (given, _) in FOUND.items()}, **OTHERS}.items():
        yield name, find_query(name).bind(parameters)


def _together(questions: list[tuple[str, str]]) -> str:
    """All of them as one query, for a Java machine takes longer to start than to answer: each is a subquery and tells its name."""
    prefixes, parts = set(), []
    for name, text in questions:
        prefixes |= set(re.findall(r"^PREFIX .*$", text, re.MULTILINE))
        body = re.sub(r"^(PREFIX|#) ?.*$", "", text, flags=re.MULTILINE)
        parts.append(f'{{ {{ {body} }} BIND("{name}" AS ?question) }}')
    return "\n".join([*sorted(prefixes), "SELECT * {", " UNION\n".join(parts), "}"])


def test_jena_gives_the_same_rows(seeds: Path, store: pyoxigraph.Store, tmp_path: Path) -> None:
    if not is_installed():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            "ARQ (Debian libapache-jena-java and a Java runtime) is not installed"
        )
    questions = list(_questions())
    (tmp_path / "all.rq").write_text(_together(questions), encoding="utf-8")
    answer = json.loads(jena(tmp_path, "arq.arq", "--data", str(seeds), "--query", str(tmp_path / "all.rq"), "--results", "JSON").stdout)
    bindings = [{name: cell["value"] for name, cell in row.items()} for row in answer["results"]["bindings"]]
    for name, text in questions:
        result = store.query(text)
        assert isinstance(result, pyoxigraph.QuerySolutions)
        columns = [variable.value for variable in result.variables]
        ours = Counter(tuple(plain(getattr(cell, "value", None)) for cell in row) for row in result)
        theirs = Counter(tuple(plain(row.get(column)) for column in columns) for row in bindings if row["question"] == name)
        assert theirs == ours, name
