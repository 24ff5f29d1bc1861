"""Relations between linked mentions."""

from dataclasses import dataclass

from kg.sentence import Evidence


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """One fact ``subject predicate object`` with its evidence."""

    subject: str
    """Key of an entity."""
    predicate: str
    """Name in the ontology: partOf, locatedIn, …"""
    object: str
    """Key of an entity, or text where ``literal``."""
    evidence: Evidence
    rule: str
    literal: bool = False
    """True for produces, recognisedAs and projectStatus, whose object is text."""
    role: str | None = None
    """The post, for holdsPosition."""
