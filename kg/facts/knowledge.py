"""All that a build found."""

from dataclasses import dataclass

from kg.facts.entity import Entity
from kg.facts.figure import Figure
from kg.facts.relation import Relation
from kg.names.decision import Decision
from kg.text.document import Document


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a build found."""

    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    figures: tuple[Figure, ...]
    decisions: tuple[Decision, ...] = ()
    """What is one thing and what is not, and why."""
