"""What the graph says of the sample, term by term, and that nothing but content decides it."""

import random
import unicodedata
from dataclasses import replace
from datetime import date

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, BNode, Graph, URIRef
from rdflib.namespace import ORG, PROV, SKOS
from sample import CAR, DISTRICT, DOCUMENT, ENTITIES, FACTS, FIGURES, FIRM, PARK, PERSON, RELATIONS, TEXT

from kg.audit.dates import dates
from kg.facts.entity import Entity
from kg.facts.knowledge import Facts
from kg.rdf.graph import build_graph, network
from kg.rdf.turtle import turtle
from kg.vocabulary import BASE, DKG, NIF, match

GRAPH = build_graph(FACTS)


def node(kind: str, name: str) -> str:
    return f"<{BASE}{kind}/{name}>"


ASKS = {
    "class and subclass": "district:青河区 a dkg:District, dkg:AdministrativeDivision",
    "one preferred label": 'district:青河区 skos:prefLabel "青河区"@zh',
    "other forms": 'district:青河区 skos:altLabel "江州市青河区"@zh, "青河"@zh',
    "division code": 'district:青河区 dkg:divisionCode "999901"',
    "relation as a triple": "district:青河区 dkg:partOf district:江州市",
    "text as object": 'enterprise:江州青河云帆机械有限公司 dkg:produces "“云帆一号”减速机"@zh',
    "status as a concept": "project:智能传动产业园项目 dkg:projectStatus dkg:started",
    "statement": "?s a rdf:Statement ; rdf:subject district:青河区 ; rdf:predicate dkg:partOf ; rdf:object district:江州市 ;"
    ' dkg:rule "relation.partOf" ; prov:wasDerivedFrom [ nif:anchorOf "江州市青河区" ]',
    "one statement said twice": "?s rdf:predicate dkg:projectStatus ; prov:wasDerivedFrom"
    ' [ nif:anchorOf "总投资12亿元" ], [ nif:anchorOf "智能传动产业园项目已经开工" ]',
    "membership": "?m a org:Membership ; org:member person:周明远 ; org:organization organization:青河区工信局 ;"
    ' org:role "局长"@zh ; prov:wasDerivedFrom [ nif:anchorOf "区工信局局长周明远" ]',
    "level": "?f a dkg:Figure ; dkg:about district:青河区 ; dkg:indicator indicator:规模以上工业总产值 ; dkg:value 86.50 ;"
    ' dkg:unit "亿元" ; dkg:bound "=" ; dkg:measure dkg:level ; dkg:status dkg:actual ; dkg:rawText "86.50亿元" ;'
    ' schema:temporalCoverage "2024-01/2024-06" ; dkg:periodStart "2024-01-01"^^xsd:date ; dkg:periodEnd "2024-06-30"^^xsd:date',
    "growth of its level": "?g dkg:measure dkg:growth ; dkg:value 7.2 ; dkg:growthOf [ dkg:measure dkg:level ; dkg:value 86.50 ]",
    "fall": "?g dkg:measure dkg:growth ; dkg:value ?v ; dkg:growthOf [ dkg:value ?l ] FILTER(?v = -3 && ?l = 2000)",
    "rank in its field": '?r dkg:measure dkg:rank ; dkg:scope "五城区"@zh',
    "target": '?t dkg:status dkg:target ; dkg:bound ">" ; dkg:unit "户"',
    "mended sentence in reading order": '?f dkg:quote "就业率达到95%左右"',
    "mended sentence": '?f prov:wasDerivedFrom [ nif:anchorOf "就业率" ], [ nif:anchorOf "达到95%左右" ]',
    "indicator in the text's words": 'indicator:就业率 a skos:Concept ; skos:prefLabel "就业率"@zh',
    "standard indicator": 'indicator:高新技术企业 skos:exactMatch [ skos:prefLabel "High-tech enterprises"@en ]',
    "money in yuan": "?f dkg:value 86.50 ; dkg:normalizedValue ?n ; qudt:hasUnit cur:CNY FILTER(?n = 8650000000)",
    "percent": "?f dkg:value 7.2 ; dkg:normalizedValue 7.2 ; qudt:hasUnit unit:PERCENT",
    "count": '?f dkg:unit "户" ; dkg:normalizedValue ?n ; qudt:hasUnit unit:NUM FILTER(?n = 120)',
    "near indicator": "indicator:失业率 skos:closeMatch ind:unemployment-rate",
    "near industry": "industry:智能装备制造 skos:closeMatch gbt:equipment",
    "document": f"doc:{DOCUMENT.id} a dkg:Document, schema:NewsArticle ;"
    ' schema:name "青河区工业经济稳中有进"@zh ; schema:publisher "青河日报"@zh ; dkg:dateInferred true ;'
    ' dcterms:source "sample.txt" ; schema:datePublished "2024-07"^^xsd:gYearMonth',
}


@pytest.mark.parametrize("pattern", ASKS.values(), ids=ASKS.keys())
def test_the_graph_says(pattern: str) -> None:
    assert GRAPH.query(f"ASK {{ {pattern} }}").askAnswer


def test_evidence_is_the_documents_text_at_its_offsets() -> None:
    places = list(GRAPH.subjects(RDF.type, DKG.Evidence))
    assert len(places) > len(RELATIONS)
    for place in places:
        begin, end = (int(str(GRAPH.value(place, p))) for p in (NIF.beginIndex, NIF.endIndex))
        assert str(GRAPH.value(place, NIF.anchorOf)) == TEXT[begin:end]
        assert str(place) == f"{GRAPH.value(place, NIF.referenceContext)}#char={begin},{end}"


def test_every_figure_and_relation_has_evidence_and_a_rule() -> None:
    facts = [f for kind in (DKG.Figure, RDF.Statement) for f in GRAPH.subjects(RDF.type, kind)]
    assert len(facts) == len(FIGURES) + len({(r.subject, r.predicate, r.object) for r in RELATIONS})
    for fact in facts:
        assert list(GRAPH.objects(fact, PROV.wasDerivedFrom))
        assert list(GRAPH.objects(fact, DKG.rule))


def test_no_blank_nodes() -> None:
    assert not any(isinstance(term, BNode) for triple in GRAPH for term in triple)


def test_ranks_and_unknown_units_are_not_normalized() -> None:
    odd = replace(FIGURES[0], unit="亿闹")
    for figure in (FIGURES[2], odd):
        assert not list(build_graph(replace(FACTS, figures=(figure,))).objects(None, DKG.normalizedValue))


def test_order_of_the_facts_does_not_matter() -> None:
    shuffled = [list(part) for part in (FACTS.documents, FACTS.entities, FACTS.relations, FACTS.figures, FACTS.decisions)]
    for part in shuffled:
        random.Random(7).shuffle(part)
    other = Facts(*(tuple(part) for part in shuffled))  # type: ignore[arg-type]
    assert "".join(turtle(build_graph(other))) == "".join(turtle(GRAPH))


def test_base_changes_things_and_nothing_else() -> None:
    base = "https://example.org/kg/"
    moved = "".join(turtle(build_graph(FACTS, base)))
    assert BASE not in moved
    assert moved.replace(base, BASE) == "".join(turtle(GRAPH))


@pytest.mark.parametrize(
    "change",
    [
        {"about": CAR},
        {"indicator": "工业用电量"},
        {"unit": "万元"},
        {"period": "2024"},
        {"scope": "全市"},
        {"value": FIGURES[1].value},
        {"status": FIGURES[4].status},
        {"bound": FIGURES[4].bound},
        {"measure": FIGURES[1].measure},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_figure_that_differs_is_another_node(change: dict[str, object]) -> None:
    other = replace(FIGURES[0], **change)  # type: ignore[arg-type]
    graph = build_graph(replace(FACTS, figures=(FIGURES[0], other)))
    assert len(list(graph.subjects(RDF.type, DKG.Figure))) == 2


def test_the_nearest_of_equal_levels_is_the_one() -> None:
    growth = FIGURES[1]
    far = replace(FIGURES[0], evidence=FIGURES[9].evidence, period="2020")
    graph = build_graph(replace(FACTS, figures=(far, growth, FIGURES[0])))
    level = next(graph.objects(None, DKG.growthOf))
    assert [str(a) for p in graph.objects(level, PROV.wasDerivedFrom) for a in graph.objects(p, NIF.anchorOf)] == [
        "规模以上工业总产值完成86.50亿元"
    ]


def test_a_figure_said_twice_is_one_node_with_both_places() -> None:
    twice = replace(FIGURES[0], further=(FIGURES[9].evidence,))
    graph = build_graph(replace(FACTS, figures=(twice,)))
    (node,) = graph.subjects(RDF.type, DKG.Figure)
    assert len(list(graph.objects(node, PROV.wasDerivedFrom))) == 2


def test_a_level_that_is_not_there_is_not_linked() -> None:
    assert not list(build_graph(replace(FACTS, figures=FIGURES[1:2])).objects(None, DKG.growthOf))


REPORT = {
    "2024年政府工作报告": "Report",
    "国民经济和社会发展统计公报": "Report",
    "青河区工业经济稳中有进": "NewsArticle",
    None: "NewsArticle",
}


@pytest.mark.parametrize(("title", "kind"), REPORT.items())
def test_reports_are_told_by_their_title(title: str | None, kind: str) -> None:
    document = replace(DOCUMENT, metadata=replace(DOCUMENT.metadata, title=title))
    graph = build_graph(Facts((document,), (), (), ()))
    assert graph.query(f"ASK {{ ?d a schema:{kind} }}").askAnswer


PERIODS = {
    "2022": (date(2022, 1, 1), date(2022, 12, 31)),
    "2024-02": (date(2024, 2, 1), date(2024, 2, 29)),
    "2023-01/2023-06": (date(2023, 1, 1), date(2023, 6, 30)),
    "2021/2025": (date(2021, 1, 1), date(2025, 12, 31)),
    "2024-08-05": (date(2024, 8, 5), date(2024, 8, 5)),
    "2024-08-05/2024-09": (date(2024, 8, 5), date(2024, 9, 30)),
}


@pytest.mark.parametrize(("period", "expected"), PERIODS.items())
def test_dates(period: str, expected: tuple[date, date]) -> None:
    assert dates(period) == expected


@pytest.mark.parametrize("period", ["", "今年", "2024-13", "2024-02-30", "2024/", "/2024", "2024-W05", "24", "２０２４"])
def test_no_dates(period: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        dates(period)


HOSTILE = (
    'a "quoted" name',
    "</script><script>alert(1)</script>",
    "line\nbreak\r\ttab",
    "separator\u2028and\u2029",
    "表情😀👨‍👩‍👧",
    "\u202eعربي עברית",
    "反斜\\杠 {大括} |竖| ^`<>",
    "% 50%20 %zz",
    "..",
    ".",
    "-开头",
    "a/b#c?d=e&f:g",
    "\u0000\u0001\u007f\ufffe\uffff",
    "e\u0301 \u1100\u1161 豈",
    "",
    " ",
    "𠮷野家\U000f0000",
)


def _named(*names: str) -> Facts:
    entities = tuple(Entity(f"Enterprise/{name}", "Enterprise", name, (name + "股份",)) for name in names)
    return Facts((), entities, (), ())


def test_hostile_names_are_names_and_nothing_else() -> None:
    text = "".join(turtle(build_graph(_named(*HOSTILE))))
    for triples in (
        Graph().parse(data=text, format="turtle"),
        [q.triple for q in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)],
    ):
        assert len(list(triples)) == 3 * len(HOSTILE)
    labels = Graph().parse(data=text, format="turtle").subject_objects(SKOS.prefLabel)
    assert {str(label) for _, label in labels} == set(HOSTILE)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), unique=True, max_size=5))
def test_any_names_make_as_many_safe_iris(names: list[str]) -> None:
    subjects = set(build_graph(_named(*names)).subjects())
    assert len(subjects) == len(names)
    for subject in subjects:
        assert isinstance(subject, URIRef)
        assert unicodedata.is_normalized("NFC", subject)
        pyoxigraph.NamedNode(subject)


def test_matches_with_standard_concepts() -> None:
    cases = [
        ("indicators", ("GDP",), SKOS.exactMatch, "gross-regional-product"),
        ("indicators", ("Gross regional product",), SKOS.exactMatch, "gross-regional-product"),
        ("indicators", ("规上工业总产值",), SKOS.exactMatch, "industrial-output"),
        ("indicators", ("工业总产值",), SKOS.closeMatch, "industrial-output"),
        ("industries", ("智能装备", "汽车产业"), SKOS.exactMatch, "C36"),
        ("industries", ("智能装备", "无此产业"), SKOS.closeMatch, "equipment"),
    ]
    for scheme, names, relation, concept in cases:
        found = match(scheme, names)
        assert found is not None
        assert (found.relation, str(found.concept).partition("#")[2]) == (relation, concept)
    assert match("indicators", ("没有的指标",)) is None


def test_network_has_entities_and_relations() -> None:
    net = network(FACTS)
    assert net.number_of_nodes() == len(ENTITIES)
    assert net.nodes[DISTRICT] == {"name": "青河区", "type": "District", "aliases": "江州市青河区|青河"}
    assert net.nodes[PARK]["projectStatus"] == "started"
    assert net.nodes[FIRM]["recognisedAs"] == "国家级绿色工厂"
    assert net.edges[PERSON, CAR, "holdsPosition"]["role"] == "董事长"
    assert net.number_of_edges() == len([r for r in RELATIONS if not r.literal])


def test_a_person_may_hold_two_posts() -> None:
    posts = {str(role) for m in GRAPH.subjects(RDF.type, ORG.Membership) for role in GRAPH.objects(m, ORG.role)}
    assert posts == {"局长", "董事长"}
    assert len(list(GRAPH.objects(URIRef(f"{BASE}person/周明远"), DKG.holdsPosition))) == 2
