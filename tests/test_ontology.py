"""The ontology is complete: every term has its words in both languages, its alignment and its shape."""

from collections import Counter

import pytest
from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SKOS
from rdflib.term import Node
from sample import REVIEWED_FACTS

from kg.audit.discrepancy import Kind
from kg.rdf.graph import build_graph
from kg.vocabulary import DKG, ENTITY_CLASSES, SCHEMA, ontology


def _load(name: str) -> Graph:
    return Graph().parse(data=(ontology() / f"{name}.ttl").read_bytes(), format="turtle")


TERMS, SHAPES, INDICATORS, INDUSTRIES = map(_load, ("district-kg", "shapes", "indicators", "industries"))
GRAPH = build_graph(REVIEWED_FACTS)
RELATIONS = """
partOf locatedIn inIndustry undertakes subsidiaryOf partnersWith supplies produces implements issuedBy hasPart
holdsPosition organises recognisedAs projectStatus"""
CLASSES = set(TERMS.subjects(RDF.type, OWL.Class))
PROPERTIES = {p for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for p in TERMS.subjects(RDF.type, kind)}
DECLARED = {s for s in TERMS.subjects() if str(s).startswith(str(DKG))}


def _languages(graph: Graph, node: Node, predicate: URIRef) -> Counter[str | None]:
    return Counter(o.language for o in graph.objects(node, predicate) if isinstance(o, Literal))


@pytest.mark.parametrize("term", sorted(DECLARED, key=str), ids=lambda term: str(term).rpartition("#")[2])
def test_a_term_is_named_and_explained_in_both_languages(term: URIRef) -> None:
    concept = (term, SKOS.prefLabel, None) in TERMS
    name, text = (SKOS.prefLabel, SKOS.definition) if concept else (RDFS.label, RDFS.comment)
    assert _languages(TERMS, term, name) == {"zh": 1, "en": 1}
    assert _languages(TERMS, term, text) == {"zh": 1, "en": 1}


def test_everything_of_the_guide_is_there() -> None:
    assert {DKG[name] for name in (*ENTITY_CLASSES, "AdministrativeDivision", "DevelopmentZone", "Figure")} <= CLASSES
    assert {DKG[name] for name in RELATIONS.split()} <= PROPERTIES
    for scheme, words in [
        ("measures", "level growth change share rank"),
        ("statuses", "actual target"),
        ("projectStatuses", "planned signed started construction completed operating"),
        ("discrepancyKinds", " ".join(Kind)),
    ]:
        assert {*TERMS.subjects(SKOS.inScheme, DKG[scheme])} == {DKG[word] for word in words.split()}


def test_every_class_has_a_standard_twin() -> None:
    for term in CLASSES:
        above = {str(c) for c in TERMS.transitive_objects(term, RDFS.subClassOf)}
        assert any(not c.startswith(str(DKG)) for c in above), term


def test_every_property_says_where_it_applies() -> None:
    for term in PROPERTIES:
        assert {RDFS.domain, SCHEMA.domainIncludes, RDFS.range, SCHEMA.rangeIncludes} & set(TERMS.predicates(term)), term


def test_what_a_graph_uses_is_declared() -> None:
    used = {term for triple in GRAPH for term in triple if str(term).startswith(str(DKG))}
    assert used <= DECLARED
    unused = {str(term).rpartition("#")[2] for term in (CLASSES | PROPERTIES) - used}
    # Classes of the ontology's own concepts, and what is between these.
    assert unused == {"Measure", "Status", "ProjectStatus", "DiscrepancyKind", "sumOf"}


def test_every_class_and_property_of_a_graph_has_a_shape() -> None:
    targets = set(SHAPES.objects(None, SH.targetClass))
    assert set(GRAPH.objects(None, RDF.type)) - targets == {SCHEMA.NewsArticle}  # comes with dkg:Document
    paths = set(SHAPES.objects(None, SH.path))
    used = set(GRAPH.predicates()) - {RDF.type}
    assert {p for p in used if p not in paths} == set()


def test_shapes_constrain_declared_terms_only() -> None:
    named = {term for triple in SHAPES for term in triple if str(term).startswith(str(DKG))}
    assert named <= DECLARED


def test_every_shape_says_in_both_languages_what_is_wrong() -> None:
    bodies = set(SHAPES.objects(None, SH.property))
    top = {shape for shape in SHAPES.subjects(RDF.type, SH.NodeShape) if {SH.closed, SH["class"], SH["or"]} & set(SHAPES.predicates(shape))}
    inner = {body for shape in top for choice in SHAPES.objects(shape, SH["or"]) for body in _bodies(choice)}
    for shape in (bodies - inner) | top:
        assert _languages(SHAPES, shape, SH.message) == {"zh": 1, "en": 1}


def _bodies(choice: Node) -> set[Node]:
    """Property shapes within an sh:or: the message is the whole shape's."""
    return {body for item in Collection(SHAPES, choice) for body in SHAPES.objects(item, SH.property)}


@pytest.mark.parametrize(("graph", "least"), [(INDICATORS, 60), (INDUSTRIES, 75)], ids=["indicators", "industries"])
def test_a_scheme_is_whole(graph: Graph, least: int) -> None:
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    scheme = next(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert len(concepts) >= least
    for concept in concepts:
        assert _languages(graph, concept, SKOS.prefLabel) == {"zh": 1, "en": 1}
        assert graph.value(concept, SKOS.inScheme) == scheme
        broader = graph.value(concept, SKOS.broader)
        assert (broader in concepts) != ((concept, SKOS.topConceptOf, scheme) in graph)
        assert broader is None or concept not in set(graph.transitive_objects(broader, SKOS.broader))


@pytest.mark.parametrize("graph", [INDICATORS, INDUSTRIES], ids=["indicators", "industries"])
def test_a_name_means_one_concept(graph: Graph) -> None:
    names = [
        str(label)
        for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
        for label in graph.objects(None, predicate)
        if isinstance(label, Literal) and label.language == "zh"
    ]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_codes_of_industries_are_their_names() -> None:
    for concept, code in INDUSTRIES.subject_objects(SKOS.notation):
        assert str(concept).endswith(f"#{code}")
        above = INDUSTRIES.value(concept, SKOS.broader)
        assert above is None or str(above).endswith(f"#{str(code)[0]}")


def test_prefixes_of_a_graph_are_those_of_the_ontology() -> None:
    own = {str(namespace): prefix for prefix, namespace in GRAPH.namespaces()}
    for graph in (TERMS, SHAPES, INDICATORS, INDUSTRIES):
        declared = {str(namespace): prefix for prefix, namespace in graph.namespaces()}
        assert all(declared[namespace] == own[namespace] for namespace in own.keys() & declared.keys())
