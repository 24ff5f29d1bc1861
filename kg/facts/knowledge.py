"""All that a build found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from kg.facts.entity import Entity
from kg.facts.figure import Figure
from kg.facts.relation import Relation
from kg.names.decision import Decision
from kg.shelf import Shelf
from kg.text.document import Document

_ENCODER = msgspec.msgpack.Encoder()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a build found, each part in an order that depends on content alone; large ones are on disk (``kg.shelf``)."""

    documents: Sequence[Document]
    """By id."""
    entities: Sequence[Entity]
    """By key."""
    relations: Sequence[Relation]
    """By subject, predicate and object."""
    figures: Sequence[Figure]
    """By what they are about, then by indicator."""
    decisions: Sequence[Decision] = ()
    """What is one thing and what is not, and why."""

    def __post_init__(self) -> None:
        """What is in memory may come in any order; whatever is on a shelf was put there in order."""
        for name, key in _ORDER.items():
            part = getattr(self, name)
            if not isinstance(part, Shelf):
                object.__setattr__(self, name, tuple(sorted(part, key=key)))


def by_key(entity: Entity) -> str:
    """What entities are sorted by."""
    return entity.key


def by_triple(relation: Relation) -> tuple[str, str, str, str, bytes]:
    """What relations are sorted by."""
    return relation.subject, relation.predicate, relation.object, relation.evidence.document, _ENCODER.encode(relation)


def by_subject(figure: Figure) -> tuple[str, str, str, bytes]:
    """What figures are sorted by."""
    return figure.about, figure.indicator, figure.evidence.document, _ENCODER.encode(figure)


def _by_id(document: Document) -> str:
    return document.id


_ORDER: dict[str, Callable[[Any], Any]] = {
    "documents": _by_id,
    "entities": by_key,
    "relations": by_triple,
    "figures": by_subject,
    "decisions": _ENCODER.encode,
}
