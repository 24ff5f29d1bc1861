"""Named queries with their answers on the sample, and how parameters and errors are handled."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store
from sample import FACTS

from kg.export import write
from kg.graph import build_graph
from kg.query import QueryError, Table, find_query, load, named_queries, run_query

FIRM = "江州青河云帆机械有限公司"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("query") / "graph.ttl"
    write(build_graph(FACTS), path)
    return path


@pytest.fixture(scope="module")
def store(path: Path) -> Store:
    return load(path)


PROJECT = ("started", "智能传动产业园项目", "青河区", FIRM, "12亿元")
DIRECTOR, CHAIR = ("周明远", "局长", "青河区工信局", "区工信局局长周明远"), ("周明远", "董事长", "宏远汽车", "宏远汽车董事长周明远")
ISSUES = ("青河区委", "issues", "三五工作法", "区委提出“三五”工作法")
IMPLEMENTS = ("青河区", "implements", "三五工作法", "青河区深入实施“三五”工作法")
HIGH_TECH = (
    ("高新技术企业", ">", "120", "户", "level", "", "actual", "", "高新技术企业超过120户"),
    ("高新技术企业", ">", "150", "户", "level", "2024", "target", "", "全年力争突破150户"),
)
OUTPUT = ("青河区", "规模以上工业总产值", "2024-01-01", "2024-06-30")
RANK = ("青河区", "规模以上工业总产值", "1", "五城区", "2024-01/2024-06", "增速居五城区第一")
TARGET = ("青河区", "高新技术企业", "2024", "level", ">150户", ">120户", "")
TITLE = "青河区工业经济稳中有进"
ANSWERS: list[tuple[str, dict[str, str], tuple[tuple[str, ...], ...]]] = [
    ("figures-of-district", {"district": "江州市青河区", "indicator": "高新"}, HIGH_TECH),
    ("figures-of-district", {"district": "江州市"}, ()),
    (
        "figures-of-district",
        {"district": "青河", "indicator": "就业率"},
        (("就业率", "~", "95", "%", "share", "2024-06-30", "actual", "", "就业率达到95%左右"),),
    ),
    (
        "enterprises-of-district",
        {"district": "江州市"},
        (
            ("宏远汽车", "青河区", "", "", ""),
            ("宏远零部件", "青河经济开发区", "", "", ""),
            (FIRM, "青河经济开发区", "智能装备制造", "“云帆一号”减速机", "国家级绿色工厂"),
        ),
    ),
    ("programme-tree", {"programme": "三五"}, (("三五工作法", "清障行动"),)),
    ("programme-tree", {"programme": "清障"}, ()),
    ("programme-tree", {}, (("三五工作法", "清障行动"),)),
    ("projects-by-status", {}, (PROJECT,)),
    ("projects-by-status", {"status": "开工", "district": "江州市"}, (PROJECT,)),
    ("projects-by-status", {"status": "completed"}, ()),
    ("projects-by-status", {"district": "青河经济开发区"}, ()),
    ("people-and-posts", {}, (CHAIR, DIRECTOR)),
    ("people-and-posts", {"body": "区工信局"}, (DIRECTOR,)),
    (
        "indicator-series",
        {"indicator": "规上工业总产值", "district": "青河"},
        (
            (*OUTPUT, "growth", "=", "7.2", "%", "7.2", "actual"),
            (*OUTPUT, "level", "=", "86.5", "亿元", "8650000000", "actual"),
            (*OUTPUT, "rank", "=", "1", "位", "", "actual"),
        ),
    ),
    ("indicator-series", {"indicator": "高企", "district": "江州市"}, ()),
    ("who-implements", {}, (IMPLEMENTS, ISSUES)),
    ("who-implements", {"programme": "三五"}, (IMPLEMENTS, ISSUES)),
    ("who-implements", {"programme": "清障行动"}, ()),
    ("ranks", {}, (RANK,)),
    ("ranks", {"district": "江州市"}, ()),
    ("targets", {"district": "青河区"}, (TARGET,)),
    (
        "evidence-of",
        {"thing": "智能传动产业园"},
        (
            (FIRM, "undertakes", "智能传动产业园项目", "云帆机械承建的智能传动产业园项目", TITLE, "relation.undertakes"),
            ("智能传动产业园项目", "locatedIn", "青河区", "智能传动产业园项目已经开工", TITLE, "relation.locatedIn"),
            ("智能传动产业园项目", "projectStatus", "started", "智能传动产业园项目已经开工", TITLE, "relation.projectStatus"),
            ("智能传动产业园项目", "projectStatus", "started", "总投资12亿元", TITLE, "relation.projectStatus"),
            ("智能传动产业园项目", "总投资 (level)", "12亿元", "总投资12亿元", TITLE, "figure.sample"),
        ),
    ),
]


@pytest.mark.parametrize(("name", "parameters", "rows"), ANSWERS)
def test_named_query(store: Store, name: str, parameters: dict[str, str], rows: tuple[tuple[str, ...], ...]) -> None:
    assert run_query(store, name, parameters).rows == rows


def test_every_named_query_is_tested_and_explained() -> None:
    queries = named_queries()
    assert len(queries) >= 10
    assert {name for name, _, rows in ANSWERS if rows} == set(queries)
    for query in queries.values():
        zh, en = query.about
        assert not zh.isascii()
        assert en.isascii()
        for parameter in query.parameters:
            assert f"VALUES ?{parameter.name} {{ UNDEF }}" in query.text
            assert " | " in parameter.about


def test_a_query_as_text_as_a_file_and_of_other_forms(path: Path, tmp_path: Path) -> None:
    text = 'PREFIX dkg: <https://w3id.org/district-kg/ontology#> SELECT (COUNT(?x) AS ?n) { ?x dkg:unit "户" }'
    expected = Table(("n",), (("2",),))
    assert run_query(path, text, {}) == expected
    (tmp_path / "count.rq").write_text(text, encoding="utf-8")
    assert run_query(path, str(tmp_path / "count.rq"), {}) == expected
    assert run_query(path, "ASK { ?s ?p 1 }", {}) == Table(("answer",), (("false",),))
    construct = 'CONSTRUCT { ?s <https://example.org/is> "x" } WHERE { ?s <https://w3id.org/district-kg/ontology#divisionCode> ?o }'
    assert run_query(path, construct, {}) == Table(
        ("subject", "predicate", "object"), (("https://w3id.org/district-kg/id/district/青河区", "https://example.org/is", "x"),)
    )


ECHO = "# 回声\n# echo\n# @param a what | what\n# @option b else | else\n\nSELECT ?a ?b { VALUES ?a { UNDEF } VALUES ?b { UNDEF } }"


@given(st.text(st.characters(exclude_categories=["Cs"])), st.none() | st.text(st.characters(exclude_categories=["Cs"])))
def test_any_value_is_a_literal_and_nothing_else(a: str, b: str | None) -> None:
    values = {"a": a} if b is None else {"a": a, "b": b}
    assert run_query(Store(), ECHO, values).rows == ((a, b or ""),)


@pytest.mark.parametrize("value", ['" } } DROP ALL #', "VALUES ?b { UNDEF }", "\\", '\\" }', "\n", "\u2028"])
def test_a_value_cannot_break_out(value: str) -> None:
    assert run_query(Store(), ECHO, {"a": value, "b": "secret"}).rows == ((value, "secret"),)


ERRORS = [
    ("figures-of-district", {}, "the query needs --district: 区域的名称或别名"),
    ("ranks", {"distrct": "x"}, "the query has no parameter --distrct; it has --district"),
    ("ASK {}", {"x": "y"}, "the query has no parameter --x; it has -"),
    ("no-such-query", {}, "no query is called no-such-query; there are .*evidence-of"),
    ("SELECT nonsense", {}, "not a SPARQL query"),
    ("INSERT DATA { <a:b> <a:b> <a:b> }", {}, "not a SPARQL query"),
]


@pytest.mark.parametrize(("query", "parameters", "message"), ERRORS)
def test_what_is_wrong_is_said(query: str, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run_query(Store(), query, parameters)


def test_a_file_that_is_no_graph(tmp_path: Path) -> None:
    for name, text, message in [("a.txt", "", "not a graph"), ("a.ttl", "<a> <b> .", r"a\.ttl"), ("a.nt", "?", r"a\.nt")]:
        (tmp_path / name).write_text(text)
        with pytest.raises(QueryError, match=message):
            load(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "missing.ttl")
    with pytest.raises(FileNotFoundError):
        find_query("missing.rq")
