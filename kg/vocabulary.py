"""The terms of the ontology as Python names, and its concept schemes and other files as package data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import pyoxigraph
from rdflib import RDF, RDFS, XSD, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, SKOS

BASE = "https://w3id.org/district-kg/id/"
"""Where the things of a graph live, unless the caller says otherwise."""

CURRENCY = Namespace("http://qudt.org/vocab/currency/")
DKG = Namespace("https://w3id.org/district-kg/ontology#")
INDICATORS = Namespace("https://w3id.org/district-kg/indicators#")
INDUSTRIES = Namespace("https://w3id.org/district-kg/industries#")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
QUANTITY_KIND = Namespace("http://qudt.org/vocab/quantitykind/")
QUDT = Namespace("http://qudt.org/schema/qudt/")
SCHEMA = Namespace("https://schema.org/")
UNIT = Namespace("http://qudt.org/vocab/unit/")

PREFIXES = {
    "cur": CURRENCY,
    "dcterms": DCTERMS,
    "dkg": DKG,
    "gbt": INDUSTRIES,
    "ind": INDICATORS,
    "nif": NIF,
    "org": ORG,
    "prov": PROV,
    "quantitykind": QUANTITY_KIND,
    "qudt": QUDT,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "unit": UNIT,
    "xsd": XSD,
}
"""What graphs declare and queries may take for granted."""

ENTITY_CLASSES = ("District", "Enterprise", "Organization", "Project", "Programme", "Person", "Place", "Industry", "Event")
"""The classes of named things, in the order in which people look for them."""
CODED = frozenset({"projectStatus"})
"""Literal relations whose values are a closed list: concepts of the ontology, not text."""

_MATCH = {str(SKOS.prefLabel): SKOS.exactMatch, str(SKOS.altLabel): SKOS.exactMatch, str(SKOS.hiddenLabel): SKOS.closeMatch}
"""How a thing relates to the standard concept that has its name as such a label."""
_NAMED = {str(RDFS.label), str(SKOS.prefLabel), str(SKOS.altLabel)}
"""What gives a term of the ontology its words."""
_SHOWN = {str(RDF.type), str(SKOS.prefLabel), str(SKOS.altLabel), str(SKOS.notation), str(QUDT.hasQuantityKind)}
"""What a graph repeats of a standard concept, so that it can be read alone."""


@dataclass(frozen=True, slots=True)
class Match:
    """A standard concept that a name stands for."""

    relation: URIRef
    """``skos:exactMatch`` or ``skos:closeMatch``."""
    concept: URIRef
    description: tuple[tuple[URIRef, URIRef | Literal], ...]
    """Predicates and objects that say what the concept is."""


def ontology() -> Traversable:
    """The folder with the ontology, its shapes, its concept schemes and its queries."""
    return files("kg") / "ontology"


def match(scheme: str, names: Iterable[str]) -> Match | None:
    """The concept of ``ontology/scheme.ttl`` that the names stand for: the first exact match, else the first close one."""
    known = _scheme(scheme)
    found = [known[name] for name in names if name in known]
    return next((m for m in found if m.relation == SKOS.exactMatch), next(iter(found), None))


def names_of(scheme: str) -> frozenset[str]:
    """Every name of the concepts of ``ontology/scheme.ttl``."""
    return frozenset(_scheme(scheme))


@cache
def sums() -> Mapping[str, tuple[str, ...]]:
    """Standard indicators that are the sum of others, with these."""
    found: dict[str, list[str]] = {}
    for whole, predicate, part in _triples("indicators"):
        if predicate == str(DKG.sumOf):
            found.setdefault(whole, []).append(str(part))
    return {whole: tuple(sorted(parts)) for whole, parts in sorted(found.items())}


@cache
def labels(lang: str) -> Mapping[str, str]:
    """What the ontology calls its terms in ``lang``, by their local names."""
    named = _NAMED - {str(SKOS.altLabel)}
    found = sorted((term, str(label)) for term, predicate, label in _triples("district-kg") if predicate in named and _speaks(label, lang))
    return {term.removeprefix(str(DKG)): label for term, label in found}


@cache
def members(kind: str) -> Mapping[str, tuple[str, ...]]:
    """A closed list of the ontology: the local names of all that is a ``kind``, or of the classes of named things, each with every word
    for it in Chinese and English.
    """
    of_kind: list[str] = list(ENTITY_CLASSES) if kind == "Class" else []
    words: dict[str, list[str]] = {}
    for term, predicate, value in _triples("district-kg"):
        name = term.removeprefix(str(DKG))
        if predicate == str(RDF.type) and value == DKG[kind]:
            of_kind.append(name)
        elif predicate in _NAMED:
            words.setdefault(name, [name]).append(str(value))
    return {name: tuple(dict.fromkeys(words[name])) for name in of_kind}


@cache
def classes(predicate: str, end: str) -> frozenset[str]:
    """The classes of things that may stand at an end of a relation, ``domain`` or ``range``, as the ontology has it."""
    ends = {str(RDFS[end]), str(SCHEMA[f"{end}Includes"])}
    allowed = (value for term, said, value in _triples("district-kg") if term == str(DKG[predicate]) and said in ends)
    return frozenset(value.removeprefix(str(DKG)) for value in allowed)


def _speaks(label: URIRef | Literal, lang: str) -> bool:
    return isinstance(label, Literal) and label.language == lang


@cache
def _scheme(name: str) -> dict[str, Match]:
    concepts: dict[str, list[tuple[str, URIRef | Literal]]] = {}
    for subject, predicate, value in _triples(name):
        concepts.setdefault(subject, []).append((predicate, value))
    found: dict[str, Match] = {}
    for concept, said in concepts.items():
        shown = tuple((URIRef(predicate), value) for predicate, value in said if predicate in _SHOWN)
        for predicate, value in said:
            if predicate in _MATCH and isinstance(value, Literal):
                found[str(value)] = Match(_MATCH[predicate], URIRef(concept), shown)
    return found


def _triples(name: str) -> Iterator[tuple[str, str, URIRef | Literal]]:
    text = (ontology() / f"{name}.ttl").read_bytes()
    for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE):
        value = quad.object
        assert isinstance(quad.subject, pyoxigraph.NamedNode)
        if isinstance(value, pyoxigraph.Literal):
            yield quad.subject.value, quad.predicate.value, Literal(value.value, lang=value.language)
        elif isinstance(value, pyoxigraph.NamedNode):
            yield quad.subject.value, quad.predicate.value, URIRef(value.value)
