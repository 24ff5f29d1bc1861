"""The terms of the ontology as Python names, and the ontology's files as package data."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from rdflib import Namespace

BASE = "https://w3id.org/district-kg/id/"
"""Where the things of a graph live, unless the caller says otherwise."""

DKG = Namespace("https://w3id.org/district-kg/ontology#")
INDICATORS = Namespace("https://w3id.org/district-kg/indicators#")
INDUSTRIES = Namespace("https://w3id.org/district-kg/industries#")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
QUDT = Namespace("http://qudt.org/schema/qudt/")
SCHEMA = Namespace("https://schema.org/")
UNIT = Namespace("http://qudt.org/vocab/unit/")

ENTITY_CLASSES = ("District", "Enterprise", "Organization", "Project", "Programme", "Person", "Place", "Industry", "Event")
"""The classes of named things, in the order in which people look for them."""
CODED = frozenset({"projectStatus"})
"""Literal relations whose values are a closed list: concepts of the ontology, not text."""


def ontology() -> Traversable:
    """The folder with the ontology, its shapes, its concept schemes and its queries."""
    return files("kg") / "ontology"
