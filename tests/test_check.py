"""The sample keeps the contract, and each way of breaking it is caught and named."""

from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
from mutation import BROKEN, Breaker, constraints
from pyoxigraph import DefaultGraph, RdfFormat, Store
from rdflib import SH, BNode, Graph
from sample import REVIEWED_FACTS

from kg.export.formats import write
from kg.facts.knowledge import Facts
from kg.rdf.check import Violation, check
from kg.rdf.graph import build_graph
from kg.rdf.query import Query, QueryError

ONTOLOGY = Path(__file__).parent.parent / "ontology"
PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in build_graph(REVIEWED_FACTS).namespaces())
FIGURE = '?f dkg:rawText "86.50亿元"'
LEVEL, GROWTH, RANK = "?f dkg:value 86.50", "?f dkg:measure dkg:growth ; dkg:value 7.2", "?f dkg:measure dkg:rank"
PLACE = '?e nif:anchorOf "同比增长7.2%"'
MERGE, REFUSAL = "?d a dkg:Merge", "?d a dkg:Refusal"
DISTRICT, STATEMENT = "district:青河区", '?s dkg:rule "relation.supplies"'


def drop(pattern: str, where: str = "") -> str:
    return f"DELETE {{ {pattern} }} WHERE {{ {{ {where} }} {pattern} }}"


def swap(old: str, new: str, where: str = "") -> str:
    return f"DELETE {{ {old} }} INSERT {{ {new} }} WHERE {{ {{ {where} }} {old} }}"


def add(pattern: str, where: str = "") -> str:
    return f"INSERT {{ {pattern} }} WHERE {{ {where} }}"


BREAKS = {
    "no preferred label": (drop(f"{DISTRICT} skos:prefLabel ?x"), "skos:prefLabel", "exactly one preferred label"),
    "two preferred labels": (add(f'{DISTRICT} skos:prefLabel "又一个"@zh'), "skos:prefLabel", "exactly one preferred label"),
    "label in no language": (swap(f"{DISTRICT} skos:prefLabel ?x", f'{DISTRICT} skos:prefLabel "青河区"'), "skos:prefLabel", "in Chinese"),
    "alias like the label": (add(f'{DISTRICT} skos:altLabel "青河区"@zh'), "skos:prefLabel", "different from"),
    "empty alias": (add(f'{DISTRICT} skos:altLabel ""@zh'), "skos:altLabel", "not empty"),
    "two classes": (add(f"{DISTRICT} a dkg:Person"), "rdf:type", "one class"),
    "subclass alone": (drop(f"{DISTRICT} a dkg:District"), "", "typed as a district"),
    "bad division code": (swap(f"{DISTRICT} dkg:divisionCode ?x", f'{DISTRICT} dkg:divisionCode "12"'), "dkg:divisionCode", "six digits"),
    "a person's division code": (add('person:周明远 dkg:divisionCode "220106"'), "", "only a district"),
    "unknown property": (add(f"{DISTRICT} dkg:locatedIm {DISTRICT}"), "dkg:locatedIm", "property the ontology does not have"),
    "subject of the wrong class": (add("person:周明远 dkg:partOf district:江州市"), "", "subject of dkg:partOf must be a district"),
    "object of the wrong class": (add(f"{DISTRICT} dkg:partOf person:周明远"), "dkg:partOf", "object of dkg:partOf must be a district"),
    "product that is a node": (add("enterprise:宏远汽车 dkg:produces industry:智能装备制造"), "dkg:produces", "Chinese text"),
    "unknown project status": (add("project:智能传动产业园项目 dkg:projectStatus dkg:dreamt"), "dkg:projectStatus", "six project statuses"),
    "part of itself": (add(f"district:江州市 dkg:partOf {DISTRICT}"), "dkg:partOf", "part of itself"),
    "relation without statement": (drop("?s ?p ?o", STATEMENT), "dkg:supplies", "needs a statement"),
    "statement without relation": (drop("?a dkg:supplies ?b"), "rdf:predicate", "must be stated itself"),
    "statement without evidence": (drop("?s prov:wasDerivedFrom ?x", STATEMENT), "prov:wasDerivedFrom", "piece of evidence"),
    "statement without rule": (drop("?s dkg:rule ?x", STATEMENT), "dkg:rule", "needs the rule"),
    "statement about a ghost": (
        swap("?s rdf:subject ?x", "?s rdf:subject enterprise:无", STATEMENT),
        "rdf:subject",
        "must be a named thing",
    ),
    "statement of two subjects": (add("?s rdf:subject enterprise:宏远零部件", STATEMENT), "rdf:subject", "exactly one subject"),
    "statement without quote": (drop("?s dkg:quote ?x", STATEMENT), "dkg:quote", "needs the words that say it"),
    "statement of two objects": (add(f"?s rdf:object {DISTRICT}", STATEMENT), "rdf:object", "exactly one object"),
    "foreign predicate": (
        swap("?s rdf:predicate ?x", "?s rdf:predicate skos:related", STATEMENT),
        "rdf:predicate",
        "a relation of the ontology",
    ),
    "position without membership": (drop("?m ?p ?o", '?m org:role "局长"@zh'), "dkg:holdsPosition", "needs an org:Membership"),
    "member that is no person": (add("?m org:member enterprise:宏远汽车", '?m org:role "局长"@zh'), "org:member", "a person"),
    "position at an industry": (
        swap("?m org:organization ?x", "?m org:organization industry:智能装备制造", '?m org:role "局长"@zh'),
        "org:organization",
        "exactly one organisation",
    ),
    "two roles": (add('?m org:role "书记"@zh', '?m org:role "局长"@zh'), "org:role", "at most one role"),
    "figure about nothing": (drop("?f dkg:about ?x", LEVEL), "dkg:about", "exactly one thing"),
    "figure about a ghost": (swap("?f dkg:about ?x", "?f dkg:about district:无", LEVEL), "dkg:about", "named thing of the graph"),
    "no indicator": (drop("?f dkg:indicator ?x", LEVEL), "dkg:indicator", "exactly one indicator"),
    "value as text": (swap("?f dkg:value ?x", '?f dkg:value "86.50"', FIGURE), "dkg:value", "decimal value"),
    "two values": (add("?f dkg:value 1.0", LEVEL), "dkg:value", "decimal value"),
    "no unit": (drop("?f dkg:unit ?x", LEVEL), "dkg:unit", "exactly one unit"),
    "unknown bound": (swap("?f dkg:bound ?x", '?f dkg:bound ">="', LEVEL), "dkg:bound", "one of =, >, <, ~"),
    "unknown measure": (swap("?f dkg:measure ?x", "?f dkg:measure dkg:target", LEVEL), "dkg:measure", "five measures"),
    "no status": (drop("?f dkg:status ?x", LEVEL), "dkg:status", "actual or target"),
    "no raw text": (drop("?f dkg:rawText ?x", LEVEL), "dkg:rawText", "as the text has it"),
    "period in words": (
        swap("?f schema:temporalCoverage ?x", '?f schema:temporalCoverage "上半年"', LEVEL),
        "schema:temporalCoverage",
        "ISO 8601",
    ),
    "start after end": (
        swap("?f dkg:periodStart ?x", '?f dkg:periodStart "2025-01-01"^^xsd:date', LEVEL),
        "dkg:periodStart",
        "not after the end",
    ),
    "end that is no date": (swap("?f dkg:periodEnd ?x", '?f dkg:periodEnd "2025"', LEVEL), "dkg:periodEnd", "end must be a date"),
    "period without end": (drop("?f dkg:periodEnd ?x", LEVEL), "", "go together"),
    "normalised without unit": (drop("?f qudt:hasUnit ?x", LEVEL), "", "its unit go together"),
    "normalised as text": (swap("?f dkg:normalizedValue ?x", '?f dkg:normalizedValue "1"', LEVEL), "dkg:normalizedValue", "a decimal"),
    "unit as text": (swap("?f qudt:hasUnit ?x", '?f qudt:hasUnit "CNY"', LEVEL), "qudt:hasUnit", "an IRI"),
    "scope of no rank": (add('?f dkg:scope "全市"@zh', LEVEL), "", "only a rank"),
    "two scopes": (add('?f dkg:scope "全市"@zh', RANK), "dkg:scope", "scope must be"),
    "rank zero": (swap("?f dkg:value ?x", "?f dkg:value 0.0", RANK), "", "1 or more"),
    "level of a level": (add("?f dkg:growthOf ?g", f"{LEVEL} . ?g dkg:value 2000.0"), "", "only growth"),
    "growth of a growth": (swap("?f dkg:growthOf ?x", "?f dkg:growthOf ?f", GROWTH), "dkg:growthOf", "of a level"),
    "growth of a ghost": (swap("?f dkg:growthOf ?x", "?f dkg:growthOf figure:none", GROWTH), "dkg:growthOf", "figure of the graph"),
    "growth of another thing": (
        swap("?f dkg:growthOf ?x", "?f dkg:growthOf ?g", f'{GROWTH} . ?g dkg:rawText "12亿元"'),
        "dkg:growthOf",
        "about the same thing",
    ),
    "figure without evidence": (drop("?f prov:wasDerivedFrom ?x", LEVEL), "prov:wasDerivedFrom", "piece of evidence"),
    "begin after end": (swap("?e nif:endIndex ?x", "?e nif:endIndex 1", PLACE), "nif:beginIndex", "less than the end"),
    "end that is no number": (swap("?e nif:endIndex ?x", '?e nif:endIndex "fifty"', PLACE), "nif:endIndex", "non-negative integer"),
    "no text": (drop("?e nif:anchorOf ?x", PLACE), "nif:anchorOf", "the text it stands for"),
    "text of another length": (swap(PLACE, '?e nif:anchorOf "同比增长7.25%"', PLACE), "nif:anchorOf", "as long as"),
    "offsets that the name denies": (
        swap("?e nif:referenceContext ?x", "?e nif:referenceContext doc:other", PLACE),
        "nif:referenceContext",
        "agree with the document",
    ),
    "no document": (drop("?d a dkg:Document"), "nif:referenceContext", "the document it is in"),
    "evidence of another name": (add('district:甲 a dkg:Evidence ; nif:anchorOf "甲"'), "", "#char= fragment"),
    "no digest": (drop("?d schema:sha256 ?x"), "schema:sha256", "SHA-256"),
    "no source": (drop("?d dcterms:source ?x"), "dcterms:source", "needs its source"),
    "two titles": (add('?d schema:name "另一个"@zh', "?d a dkg:Document"), "schema:name", "at most one title"),
    "two publishers": (add('?d schema:publisher "另一个"@zh', "?d a dkg:Document"), "schema:publisher", "at most one publisher"),
    "kind of document": (drop("?d a schema:NewsArticle"), "rdf:type", "news article or a report"),
    "publication date in words": (
        swap("?d schema:datePublished ?x", '?d schema:datePublished "七月"'),
        "schema:datePublished",
        "year, month or day",
    ),
    "inferred perhaps": (swap("?d dkg:dateInferred ?x", '?d dkg:dateInferred "perhaps"'), "dkg:dateInferred", "true or false"),
    "concept without label": (drop("indicator:就业率 skos:prefLabel ?x"), "skos:prefLabel", "in each language"),
    "concept's alias in no language": (add('indicator:就业率 skos:altLabel "就业"'), "skos:altLabel", "need a language"),
    "notation that is no string": (add("indicator:就业率 skos:notation 7"), "skos:notation", "must be a string"),
    "match with a ghost": (add("indicator:就业率 skos:exactMatch ind:none"), "skos:exactMatch", "in the graph"),
    "match of a district": (add(f"{DISTRICT} skos:exactMatch ind:industrial-output"), "", "only an indicator or an industry"),
    "neither merge nor refusal": (drop("?d a dkg:Merge", MERGE), "", "either a merge or a refusal"),
    "decision on two things": (add(f"?d dkg:decided {DISTRICT}", MERGE), "dkg:decided", "exactly one thing"),
    "decision on a ghost": (swap("?d dkg:decided ?x", "?d dkg:decided enterprise:无", MERGE), "dkg:decided", "decide on a named thing"),
    "decision on no name": (drop("?d dkg:form ?x", MERGE), "dkg:form", "needs the names"),
    "decision without reason": (drop("?d dkg:rule ?x", MERGE), "dkg:rule", "exactly one reason"),
    "name seen in a district": (add(f"?d dkg:seenAt {DISTRICT}", MERGE), "dkg:seenAt", "point to a place in a document"),
    "decision with an unknown property": (add("?d dkg:unit 7", MERGE), "dkg:unit", "property the ontology does not have"),
    "merge that parts": (add(f"?d dkg:apartFrom {DISTRICT}", MERGE), "dkg:apartFrom", "keeps nothing apart"),
    "refusal that parts nothing": (drop("?d dkg:apartFrom ?x", REFUSAL), "dkg:apartFrom", "needs another thing"),
    "outcome that is a target": (
        swap("?f dkg:status dkg:actual", "?f dkg:status dkg:target", "?f dkg:meets ?t"),
        "dkg:status",
        "only a result",
    ),
    "outcome of a result": (
        swap("?t dkg:status ?x", "?t dkg:status dkg:actual", "?f dkg:meets ?t"),
        "dkg:outcomeOf",
        "outcome of a target",
    ),
    "met without outcome": (drop("?f dkg:outcomeOf ?t"), "dkg:outcomeOf", "needs a target that"),
    "met and missed": (add("?f dkg:fallsShortOf ?t", "?f dkg:meets ?t"), "dkg:meets", "cannot both"),
    "a ghost missed": (add("?f dkg:fallsShortOf figure:none", "?f dkg:meets ?t"), "dkg:fallsShortOf", "fall short of a figure"),
    "unknown kind of discrepancy": (
        swap("?d dkg:discrepancyKind ?x", "?d dkg:discrepancyKind dkg:level"),
        "dkg:discrepancyKind",
        "kinds of",
    ),
    "discrepancy of one figure": (drop("?d dkg:involves ?f", "?f dkg:value 8.6"), "dkg:involves", "two figures"),
    "nothing stated": (drop("?d dkg:statedValue ?x"), "dkg:statedValue", "one stated value"),
    "nothing expected": (drop("?d dkg:expectedValue ?x"), "dkg:expectedValue", "one expected value"),
    "difference below zero": (swap("?d dkg:difference ?x", "?d dkg:difference -1.0"), "dkg:difference", "one difference, not below"),
    "relative difference as text": (
        swap("?d dkg:relativeDifference ?x", '?d dkg:relativeDifference "1%"'),
        "dkg:relativeDifference",
        "one relative difference",
    ),
    "explained in one language": (
        drop("?d schema:description ?x", "?d schema:description ?x FILTER(LANG(?x) = 'en')"),
        "schema:description",
        "explanation in Chinese and one in English",
    ),
    "discrepancy with an unknown property": (
        add("?d dkg:unit 7", "?d a dkg:Discrepancy"),
        "dkg:unit",
        "property the ontology does not have",
    ),
    "money in numbers": (swap("?f qudt:hasUnit ?x", "?f qudt:hasUnit unit:NUM", LEVEL), "qudt:hasUnit", "must suit the indicator"),
    "growth in money": (swap("?f qudt:hasUnit ?x", "?f qudt:hasUnit cur:CNY", GROWTH), "", "need a unit of ratio"),
    "days of another period": (
        swap("?f dkg:periodEnd ?x", '?f dkg:periodEnd "2024-12-31"^^xsd:date', LEVEL),
        "schema:temporalCoverage",
        "must be those of the period",
    ),
    "two kinds of quantity": (
        add("?c qudt:hasQuantityKind quantitykind:Mass", "?c qudt:hasQuantityKind quantitykind:Currency"),
        "qudt:hasQuantityKind",
        "at most one kind of quantity",
    ),
    "apart from a ghost": (add("?d dkg:apartFrom enterprise:无", REFUSAL), "dkg:apartFrom", "kept apart from a named thing"),
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("check") / "graph.ttl"
    write(build_graph(REVIEWED_FACTS), path)
    return path


def test_the_seeds_conform(seeds: Path) -> None:
    assert check(seeds) == ()


def test_the_sample_conforms(sample: Path) -> None:
    assert check(sample) == ()


def test_an_empty_graph_conforms(tmp_path: Path) -> None:
    write(build_graph(Facts((), (), (), ())), tmp_path / "empty.ttl")
    assert check(tmp_path / "empty.ttl") == ()


def _broken(sample: Path, update: str, folder: Path) -> Iterator[Violation]:
    store = Store()
    store.load(path=str(sample), format=RdfFormat.TURTLE)
    before = set(store)
    store.update(PREFIXES + update)
    assert set(store) != before
    store.dump(str(folder / "broken.nt"), RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    yield from check(folder / "broken.nt")


@pytest.mark.parametrize(("update", "place", "message"), BREAKS.values(), ids=BREAKS.keys())
def test_a_broken_graph_is_caught(sample: Path, tmp_path: Path, update: str, place: str, message: str) -> None:
    found = [violation for violation in _broken(sample, update, tmp_path) if violation.property == place and message in violation.en]
    assert found
    assert all(violation.zh and not violation.zh.isascii() for violation in found)


def test_a_violation_reads_well(sample: Path, tmp_path: Path) -> None:
    update, _, _ = BREAKS["object of the wrong class"]
    violation = next(v for v in _broken(sample, update, tmp_path) if "object" in v.en)
    where = "<https://w3id.org/district-kg/id/district/青河区>"
    assert violation.line() == f"青河区 dkg:partOf: “属于”的宾语须是区域 (周明远) {where}"
    assert violation.line("en") == f"青河区 dkg:partOf: the object of dkg:partOf must be a district (周明远) {where}"


def test_a_file_that_is_no_graph(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("nonsense")
    with pytest.raises(QueryError, match=r"bad\.ttl"):
        check(tmp_path / "bad.ttl")


def test_every_constraint_can_fail() -> None:
    """A node for each constraint of the shapes, broken in just this way: all of them are in the report, each with its own constraint."""
    shapes, graph = Graph().parse(ONTOLOGY / "shapes.ttl"), Graph()
    sample = build_graph(REVIEWED_FACTS)
    graph += sample
    breaker, found = Breaker(shapes, sample), {}
    for number, constraint in enumerate(constraints(shapes)):
        wants_iri = constraint.body == constraint.shape and constraint.kind == SH.nodeKind
        found[constraint] = BNode() if wants_iri else BROKEN[str(number)]
        graph += breaker.broken(constraint, found[constraint])
    report = pyshacl.validate(graph, shacl_graph=shapes, inference="none")[1]
    assert isinstance(report, Graph)
    parts = (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent)
    failed = {tuple(report.value(result, part) for part in parts) for result in report.objects(None, SH.result)}
    assert len(found) > 200
    assert [constraint for constraint, node in found.items() if (node, constraint.body, constraint.component) not in failed] == []


def test_every_check_can_fail() -> None:
    """Each file of the checks is what some break expects to see."""
    for file in (ONTOLOGY / "checks").iterdir():
        _, said = Query(file.read_text(encoding="utf-8")).about
        assert [name for name, (_, _, part) in BREAKS.items() if part in said], file.name
