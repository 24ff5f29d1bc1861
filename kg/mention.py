"""Mentions: the names (and stand-ins for names) that a sentence contains."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[begin:end]`` of a sentence, read as the name of a thing."""

    begin: int
    end: int
    type: str
    """A class of the ontology: District, Enterprise, Organization, Project, Programme, Person, Place, Industry, Event."""
    name: str
    """The name as the graph shows it: the surface without quotation marks."""
    rule: str
    """Name of the rule that proposed it."""
    score: float = 1.0
    """How strongly; competing candidates are chosen by the greatest sum."""
    forms: tuple[str, ...] = ()
    """Other surface forms that the same words offer: with and without quotes' class word."""
