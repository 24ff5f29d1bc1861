"""Named queries with their answers on the sample, in Oxigraph and in rdflib, and how parameters and errors are handled."""

import json
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, Store
from sample import CAR, FACTS, FIGURES, PARTS, RELATIONS

from kg.export.formats import write
from kg.rdf.graph import build_graph
from kg.rdf.nearest import nearest
from kg.rdf.query import QueryError, Table, find_query, foreign, load, named_queries, run_query, strangers
from kg.vocabulary import DKG

FIRM = "江州青河云帆机械有限公司"
REVENUES = tuple(replace(FIGURES[0], about=CAR, indicator="营业收入", value=Decimal(value)) for value in (30, 31))
"""Two figures that deny each other."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("query") / "graph.ttl"
    graph, conflict = build_graph(replace(FACTS, figures=FIGURES + REVENUES)), rdflib.URIRef("https://example.org/conflict")
    graph.add((conflict, DKG.discrepancyKind, DKG.conflict))
    for revenue in REVENUES:
        graph.add((conflict, DKG.involves, next(graph.subjects(DKG.value, rdflib.Literal(revenue.value)))))
    write(graph, path)
    return path


@pytest.mark.parametrize("name", named_queries())
def test_every_column_has_a_name_in_chinese(name: str) -> None:
    query = named_queries()[name]
    answer = Store().query(query.text)
    assert isinstance(answer, QuerySolutions)
    assert len(query.columns) == len(answer.variables)
    assert [word for word in query.columns if word.isascii()] == []


@pytest.fixture(scope="module")
def store(path: Path) -> Store:
    return load(path)


PROJECT = ("started", "智能传动产业园项目", "青河区", FIRM, "12亿元")
DIRECTOR, CHAIR = ("周明远", "局长", "青河区工信局", "区工信局局长周明远"), ("周明远", "董事长", "宏远汽车", "宏远汽车董事长周明远")
ISSUES = ("青河区委", "issuedBy", "三五工作法", "区委提出“三五”工作法")
IMPLEMENTS = ("青河区", "implements", "三五工作法", "青河区深入实施“三五”工作法")
HIGH_TECH = (
    ("高新技术企业", ">", "120", "户", "level", "", "actual", "", "高新技术企业超过120户"),
    ("高新技术企业", ">", "150", "户", "level", "2024", "target", "", "全年力争突破150户"),
)
OUTPUT = ("青河区", "规模以上工业总产值", "2024-01-01", "2024-06-30")
RANK = ("青河区", "规模以上工业总产值", "1", "五城区", "2024-01/2024-06", "增速居五城区第一")
TARGET = ("青河区", "高新技术企业", "2024", "level", ">150户", ">120户", "")
TITLE = "青河区工业经济稳中有进"
HALF, OUTPUT_WORDS = "2024-01/2024-06", "规模以上工业总产值完成86.50亿元"
PARTNER = ("宏远汽车", "partnersWith", "青河职业技术学院", "", "宏远汽车与青河职业技术学院深化合作")
SUBSIDIARY = ("宏远零部件", "subsidiaryOf", "宏远汽车", "", "子公司宏远零部件")
SUPPLIER = (FIRM, "supplies", "宏远汽车", "", "为宏远汽车配套")
ANSWERS: list[tuple[str, dict[str, str], tuple[tuple[str, ...], ...]]] = [
    ("figures-of-district", {"district": "江州市青河区", "indicator": "高新"}, HIGH_TECH),
    ("figures-of-district", {"district": "青河区", "indicator": "高企"}, HIGH_TECH),
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
    ("projects-by-status", {"status": "已开工"}, (PROJECT,)),
    ("projects-by-status", {"status": "Started"}, (PROJECT,)),
    ("projects-by-status", {"status": "completed"}, ()),
    ("projects-by-status", {"district": "青河经济开发区"}, ()),
    ("people-and-posts", {}, (CHAIR, DIRECTOR)),
    ("people-and-posts", {"body": "区工信局"}, (DIRECTOR,)),
    (
        "indicator-series",
        {"indicator": "规上工业总产值", "district": "青河"},
        (
            (*OUTPUT, "growth", "=", "7.2", "%", "7.2", "actual", "同比增长7.2%"),
            (*OUTPUT, "level", "=", "86.5", "亿元", "8650000000", "actual", OUTPUT_WORDS),
            (*OUTPUT, "rank", "=", "1", "位", "", "actual", RANK[-1]),
        ),
    ),
    ("indicator-series", {"indicator": "高企", "district": "江州市"}, ()),
    ("who-implements", {}, (IMPLEMENTS, ISSUES)),
    ("who-implements", {"programme": "三五"}, (IMPLEMENTS, ISSUES)),
    ("who-implements", {"programme": "清障行动"}, ()),
    ("ranks", {}, (RANK,)),
    ("ranks", {"district": "江州市"}, (RANK,)),
    ("ranks", {"district": "青河经济开发区"}, ()),
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
    ("aliases", {"thing": "青河"}, (("District", "青河区", "江州市青河区"), ("District", "青河区", "青河"))),
    ("aliases", {"thing": "宏远零部件"}, (("Enterprise", "宏远零部件", ""),)),
    ("business-links", {"enterprise": "宏远汽车"}, (PARTNER, SUBSIDIARY, SUPPLIER)),
    ("business-links", {"enterprise": "云帆机械"}, (SUPPLIER,)),
    (
        "contradictions",
        {},
        (("conflict", "宏远汽车", "营业收入", HALF, "30", "亿元", TITLE, "31", "亿元", TITLE, OUTPUT_WORDS, OUTPUT_WORDS),),
    ),
    ("contradictions", {"thing": "青河区"}, ()),
    ("contradictions", {"kind": "精度不同"}, ()),
    ("districts-below", {"district": "江州市"}, (("青河区", "江州市"), ("青河经济开发区", "青河区"))),
    ("districts-below", {"district": "青河经济开发区"}, ()),
    ("documents", {}, (("sample.txt", TITLE, "2024-07", "青河日报", "21", "12"),)),
    (
        "enterprises-by-output",
        {"district": "江州市", "indicator": "收入"},
        tuple(("宏远汽车", "营业收入", "=", value, "亿元", HALF, "actual", OUTPUT_WORDS) for value in ("31", "30")),
    ),
    ("enterprises-by-output", {"district": "青河经济开发区"}, ()),
    ("events", {"organiser": "青河"}, (("产业对接会", "青河区", "产业对接会由青河区主办"),)),
    ("events", {"organiser": "江州市"}, ()),
    (
        "evidence-of-relation",
        {"one": "周明远", "other": "宏远汽车"},
        (("周明远", "holdsPosition", "宏远汽车", "宏远汽车董事长周明远", TITLE, "relation.holdsPosition"),),
    ),
    (
        "fastest-growing",
        {"district": "青河区"},
        (
            ("规模以上工业总产值", "7.2", "=", HALF, "actual", "同比增长7.2%"),
            ("城镇新增就业", "-3", "=", HALF, "actual", "城镇新增就业同比下降3%"),
        ),
    ),
    ("honours", {"honour": "绿色"}, ((FIRM, "国家级绿色工厂", "获评国家级绿色工厂"),)),
    ("honours", {"thing": "宏远汽车"}, ()),
    ("industries-of-district", {"district": "青河区"}, (("智能装备制造", FIRM),)),
    (
        "largest-figures",
        {"unit": "户"},
        (
            ("青河区", "高新技术企业", ">", "150", "2024", "target", "全年力争突破150户"),
            ("青河区", "高新技术企业", ">", "120", "", "actual", "高新技术企业超过120户"),
        ),
    ),
    ("products", {"enterprise": "云帆机械", "product": "减速"}, ((FIRM, "“云帆一号”减速机", "生产“云帆一号”减速机"),)),
    ("products", {"product": "汽车"}, ()),
    ("programmes-of-body", {"body": "区委"}, (("青河区委", "三五工作法", "区委提出“三五”工作法"),)),
    ("programmes-of-body", {"body": "青河区"}, ()),
    (
        "projects-by-investment",
        {"district": "江州市"},
        (("智能传动产业园项目", "总投资", "=", "12", "亿元", "started", "总投资12亿元"),),
    ),
    ("projects-by-investment", {"district": "青河经济开发区"}, ()),
    ("projects-of-enterprise", {"enterprise": "云帆机械"}, ((FIRM, "智能传动产业园项目", "started", "青河区"),)),
    ("said-between", {"from": "2024-08", "to": "2025"}, ()),
    ("said-between", {"from": "2023", "to": "2024-06-30"}, ()),
    (
        "shared-by-districts",
        {"one": "江州市", "other": "青河经济开发区"},
        (("Enterprise", "宏远汽车"), ("Enterprise", "宏远零部件"), ("Enterprise", FIRM), ("Industry", "智能装备制造")),
    ),
    ("targets-without-outcome", {}, (("青河区", "高新技术企业", "2024", ">", "150", "户", "全年力争突破150户"),)),
    ("targets-without-outcome", {"district": "青河经济开发区"}, ()),
    ("things-without-figures", {"type": "Enterprise"}, (("Enterprise", "宏远零部件"), ("Enterprise", FIRM))),
    ("things-without-figures", {"type": "企业"}, (("Enterprise", "宏远零部件"), ("Enterprise", FIRM))),
]


@pytest.mark.parametrize(("name", "parameters", "rows"), ANSWERS)
def test_named_query(store: Store, name: str, parameters: dict[str, str], rows: tuple[tuple[str, ...], ...]) -> None:
    assert run_query(store, name, parameters).rows == rows


@pytest.mark.parametrize(
    ("first", "last"), [("2024", "2024"), ("2024-07", "2024-07"), ("2024-07-15", "2024-12"), ("2023-01-01", "2024-07-01")]
)
def test_all_that_is_said_between_two_dates(store: Store, first: str, last: str) -> None:
    rows = run_query(store, "said-between", {"from": first, "to": last}).rows
    assert len(rows) == 21 + 12
    assert ("2024-07", "智能传动产业园项目", "总投资", "12亿元", "总投资12亿元") in rows
    assert ("2024-07", "智能传动产业园项目", "projectStatus", "started", "总投资12亿元") in rows


def test_the_evidence_of_a_fall_has_its_sign(store: Store) -> None:
    rows = run_query(store, "evidence-of", {"thing": "青河区"}).rows
    assert [row[2:4] for row in rows if row[1] == "城镇新增就业 (growth)"] == [("-3%", "城镇新增就业同比下降3%")]


def test_the_evidence_of_several_places_is_one_quote(tmp_path: Path) -> None:
    first, last = FIGURES[0].evidence, FIGURES[5].evidence
    path = tmp_path / "graph.ttl"
    write(build_graph(replace(FACTS, figures=(replace(FIGURES[0], evidence=replace(first, spans=(*first.spans, *last.spans))),))), path)
    rows = run_query(load(path), "evidence-of", {"thing": "青河区"}).rows
    assert [row[3] for row in rows if row[1] == "规模以上工业总产值 (level)"] == ["规模以上工业总产值完成86.50亿元总投资12亿元"]


@pytest.fixture(scope="module")
def rdflib_graph(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path)


def plain(cell: object) -> str:
    """A cell as every engine would give it: 86.50 is 86.5, and what GROUP_CONCAT joins has no order in SPARQL."""
    text = "" if cell is None else str(cell)
    if re.fullmatch(r"-?\d+\.\d+", text):
        text = f"{Decimal(text).normalize():f}"
    for separator in ("；", " | "):
        text = separator.join(sorted(text.split(separator)))
    return text


def test_firms_are_linked_by_the_project_and_the_person_of_both(tmp_path: Path) -> None:
    built, leads = next(r for r in RELATIONS if r.predicate == "undertakes"), next(r for r in RELATIONS if r.object == CAR and r.role)
    graph = build_graph(replace(FACTS, relations=(*RELATIONS, replace(built, subject=CAR), replace(leads, object=PARTS))))
    write(graph, tmp_path / "graph.ttl")
    links = {row[:4] for row in run_query(load(tmp_path / "graph.ttl"), "business-links", {}).rows}
    assert {frozenset(row[0:3:2]) | {row[1], row[3]} for row in links} >= {
        frozenset({"宏远汽车", FIRM, "undertakes", "智能传动产业园项目"}),
        frozenset({"宏远汽车", "宏远零部件", "holdsPosition", "周明远"}),
    }


ANSWERED = [(name, parameters) for name, parameters, rows in ANSWERS if rows] + [("said-between", {"from": "2024-07", "to": "2024"})]


@pytest.mark.parametrize(("name", "parameters"), ANSWERED)
def test_rdflib_gives_the_same_rows(store: Store, rdflib_graph: rdflib.Graph, name: str, parameters: dict[str, str]) -> None:
    answer = rdflib_graph.query(find_query(name).bind(parameters))
    found = Counter(tuple(map(plain, row)) for row in answer if isinstance(row, tuple))
    assert found == Counter(tuple(map(plain, row)) for row in run_query(store, name, parameters).rows)


def test_every_named_query_is_tested_and_explained() -> None:
    queries = named_queries()
    assert len(queries) >= 25
    assert {name for name, _ in ANSWERED} == set(queries)
    for query in queries.values():
        zh, en = query.about
        assert not zh.isascii()
        assert en.isascii()
        for parameter in query.parameters:
            assert f"VALUES ?{parameter.name} {{ UNDEF }}" in query.text
            zh, en = parameter.about
            assert not zh.isascii()
            assert zh != en


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
    ("figures-of-district", {}, "the query needs --district: name or alias of a district"),
    ("ranks", {"distrct": "x"}, "the query has no parameter --distrct; it has --district"),
    ("ASK {}", {"x": "y"}, "the query has no parameter --x; it has -"),
    ("no-such-query", {}, "no query is called no-such-query; there are .*evidence-of"),
    ("figures-of-district", {"distict": "x"}, "the query has no parameter --distict; it has --district"),
    ("projects-by-status", {"status": "停工"}, "--status 停工: not one of its values.*started 开工, construction 在建"),
    ("contradictions", {"kind": "矛盾"}, "--kind 矛盾: .*conflict 说法不一"),
    ("said-between", {"from": "2024-02", "to": "2023"}, "--from is later than --to .2024-02 > 2023."),
    ("said-between", {"from": "2023-13", "to": "2024"}, "--from 2023-13: not a date"),
    ("said-between", {"from": "2023", "to": "昨天"}, "--to 昨天: not a date"),
    ("SELECT nonsense", {}, "not a SPARQL query: there are no { }"),
    ("INSERT DATA { <a:b> <a:b> <a:b> }", {}, "read-only here"),
    ("PREFIX a: <b:c> # the next word\nDELETE WHERE { ?s ?p ?o }", {}, "read-only here"),
    ("SELECT ?s { ?s foo:nope 'bar:x' }", {}, "there is no prefix foo:. There are .*dkg, .*declare any other first: PREFIX foo: <IRI>"),
    ("SELECT ?s {\n ?s a Project }", {}, "line 2, column 14: } is not understood"),
    ("SELECT ?delete { ?delete a dkg:Project ", {}, "something is missing at its end, line 1"),
    ("SELECT ?s { ?s ?p 'abc }", {}, "something is missing at its end, line 1"),
    ("SELECT ?s { ?s ?p ?o }}", {}, "not a SPARQL query: error at 1:24. Check its syntax"),
    ("SELECT ?s { ?s ?p ?o FILTER(?o > ) }", {}, "not a SPARQL query: error at 1:37. Check its syntax"),
    ("SELECT ?s (COUNT(?o) AS ?n) { ?s a ?o }", {}, "not a SPARQL query: The SELECT contains a variable that is unbound. Correct"),
]


@pytest.mark.parametrize(("query", "parameters", "message"), ERRORS)
def test_what_is_wrong_is_said(query: str, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run_query(Store(), query, parameters)


def test_every_word_of_the_page_and_of_the_ontology_for_a_value_is_taken() -> None:
    lists = {"projects-by-status": "states", "contradictions": "discrepancies", "things-without-figures": "classes"}
    for name, key in lists.items():
        query = find_query(name)
        ((parameter, members),) = query.choices.items()
        words = {(member, word) for member, known in members.items() for word in known}
        for lang in ("zh", "en"):
            shown = json.loads((files("kg") / "view" / f"{lang}.json").read_text(encoding="utf-8"))[key]
            words |= {(member, word) for member, word in shown.items() if member in members}
        assert len(words) > 2 * len(members)
        assert [word for member, word in sorted(words) if f"<{DKG[member]}>" not in query.bind({parameter: word})] == []


def test_names_that_the_graph_does_not_have_are_told_with_the_nearest(store: Store) -> None:
    query = find_query("figures-of-district")
    found = strangers(store, query, {"district": "青河县", "indicator": "没有"})
    assert list(found) == ["district", "indicator"]
    assert nearest("青河县", found["district"]) == ["青河", "青河区"]
    assert "就业率" in found["indicator"]
    assert not strangers(store, query, {"district": "青河区", "indicator": "就业"})


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("SELECT ?x { ?x rdfs:label ?name }", {"rdfs:label": ["skos:altLabel", "skos:prefLabel"]}),
        (
            "SELECT ?x { ?x a dkg:Projects ; skos:prefLabel 'rdfs:label' } # foaf:name",
            {"dkg:Projects": ["dkg:Project"]},
        ),
        ("PREFIX d: <https://example.org/none#> SELECT ?x { ?x d:Zeppelin 'x' }", {"d:Zeppelin": []}),
        ("PREFIX d: <none#> SELECT ?x { ?x d:unit ?n FILTER(xsd:integer(?n) > '1'^^xsd:integer) }", {}),
        ("SELECT ?x { ?x dkg:unit 'x' }", {}),
    ],
)
def test_terms_that_a_graph_does_not_use(store: Store, text: str, near: dict[str, list[str]]) -> None:
    assert foreign(store, text) == near


def test_a_file_that_is_no_graph(tmp_path: Path) -> None:
    for name, text, message in [("a.txt", "", "not a graph"), ("a.ttl", "<a> <b> .", r"a\.ttl"), ("a.nt", "?", r"a\.nt")]:
        (tmp_path / name).write_text(text)
        with pytest.raises(QueryError, match=message):
            load(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "missing.ttl")
    with pytest.raises(FileNotFoundError):
        find_query("missing.rq")
