"""Named queries with what they must say of the seeds, and the same rows in Oxigraph, rdflib, Apache Jena ARQ and Comunica."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import comunica
import jena
import pyoxigraph
import pytest
import rdflib
from installed import need
from test_query import plain

from kg.rdf.query import find_query, load, named_queries, run_query

ROOT = Path(__file__).parent.parent
ANY = "*"
Rows = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Case:
    """A query with its parameters, rows that it must give, and rows that it must not."""

    query: str
    parameters: dict[str, str]
    rows: tuple[tuple[str, ...], ...]
    never: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        return " ".join([self.query, *self.parameters.values()])

    @property
    def text(self) -> str:
        return find_query(self.query).bind(self.parameters)


def _cases() -> tuple[Case, ...]:
    found = tomllib.loads((ROOT / "tests" / "cases" / "queries.toml").read_text(encoding="utf-8"))["case"]
    return tuple(Case(c["query"], c["parameters"], tuple(map(tuple, c["rows"])), tuple(map(tuple, c.get("never", ())))) for c in found)


CASES = _cases()
NAMED = [pytest.param(case, id=case.name) for case in CASES]


@pytest.fixture(scope="session")
def store(seeds: Path) -> pyoxigraph.Store:
    return load(seeds)


@pytest.fixture(scope="session")
def rdflib_graph(seeds: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(seeds)


def _is_like(row: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return all(want in (ANY, cell) for want, cell in zip(wanted, row, strict=True))


@pytest.mark.parametrize("case", NAMED)
def test_the_seeds_answer(store: pyoxigraph.Store, case: Case) -> None:
    rows = run_query(store, case.query, case.parameters).rows
    assert [want for want in case.rows if not any(_is_like(row, want) for row in rows)] == [], rows[:20]
    assert [row for row in rows if any(_is_like(row, want) for want in case.never)] == []


def test_every_named_query_is_put_to_the_seeds() -> None:
    assert {case.query for case in CASES} == set(named_queries())


@pytest.mark.parametrize("name", [name for name, query in named_queries().items() if any(p.required for p in query.parameters)])
def test_what_the_seeds_do_not_know_has_no_answer(store: pyoxigraph.Store, name: str) -> None:
    query = find_query(name)
    unknown = {
        parameter.name: "1949" if parameter.name in query.dates else "unknown" for parameter in query.parameters if parameter.required
    }
    assert run_query(store, name, unknown).rows == ()


@pytest.mark.parametrize(
    ("name", "parameters", "column"), [("fastest-growing", {"district": "绿园区"}, 1), ("largest-figures", {"unit": "亿元"}, 3)]
)
def test_the_largest_comes_first(store: pyoxigraph.Store, name: str, parameters: dict[str, str], column: int) -> None:
    values = [float(row[column]) for row in run_query(store, name, parameters).rows]
    assert values == sorted(values, reverse=True)
    assert len(values) > 5


# ---------------------------------------------------------------- four engines


def _oxigraph(store: pyoxigraph.Store, text: str) -> tuple[list[str], Rows]:
    """The columns and rows of an answer."""
    answer = store.query(text)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    columns = [variable.value for variable in answer.variables]
    return columns, Counter(tuple(plain(getattr(cell, "value", None)) for cell in row) for row in answer)


def _differing(store: pyoxigraph.Store, answer: Callable[[str], Iterable[Mapping[str, str]]]) -> list[str]:
    """The cases that another engine answers with other rows."""
    found = []
    for case in CASES:
        columns, ours = _oxigraph(store, case.text)
        if Counter(tuple(plain(row.get(column)) for column in columns) for row in answer(case.name)) != ours:
            found.append(case.name)
    return found


@pytest.mark.parametrize("case", NAMED)
def test_rdflib_gives_the_same_rows(store: pyoxigraph.Store, rdflib_graph: rdflib.Graph, case: Case) -> None:
    found = Counter(tuple(map(plain, row)) for row in rdflib_graph.query(case.text) if isinstance(row, tuple))
    assert found == _oxigraph(store, case.text)[1]


def test_comunica_gives_the_same_rows(seeds: Path, store: pyoxigraph.Store) -> None:
    need(comunica.is_installed(), "Comunica")
    answers = comunica.ask(seeds, {case.name: case.text for case in CASES})
    assert _differing(store, answers.__getitem__) == []


def _together(cases: Iterable[Case]) -> str:
    """All of them as one query, for a Java machine takes longer to start than to answer: each is a subquery and tells its name."""
    prefixes, parts = set(), []
    for case in cases:
        prefixes |= set(re.findall(r"^PREFIX .*$", case.text, re.MULTILINE))
        body = re.sub(r"^(PREFIX|#) ?.*$", "", case.text, flags=re.MULTILINE)
        parts.append(f'{{ {{ {body} }} BIND("{case.name}" AS ?question) }}')
    return "\n".join([*sorted(prefixes), "SELECT * {", " UNION\n".join(parts), "}"])


def test_jena_gives_the_same_rows(seeds: Path, store: pyoxigraph.Store, tmp_path: Path) -> None:
    need(jena.is_installed(), "Apache Jena")
    (tmp_path / "all.rq").write_text(_together(CASES), encoding="utf-8")
    done = jena.jena(tmp_path, "arq.arq", "--data", str(seeds), "--query", str(tmp_path / "all.rq"), "--results", "JSON")
    rows = [{name: cell["value"] for name, cell in row.items()} for row in json.loads(done.stdout)["results"]["bindings"]]
    assert _differing(store, lambda name: [row for row in rows if row["question"] == name]) == []
