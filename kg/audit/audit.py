"""The audit of all figures: what does not go together, what does not add up, what came of targets.

Figures are compared with others about the same thing, or about a phase of it: a ledger holds those, and what else their documents say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import msgspec

from kg.audit.arithmetic import growth, investments, lists, shares, sums_of_parts, whole_of
from kg.audit.discrepancy import Discrepancy, Outcome, outcomes, shrinking, unlike
from kg.audit.ledger import Ledger
from kg.facts.entity import Entity
from kg.facts.figure import Figure
from kg.shelf import shelved
from kg.sorting import in_order
from kg.text.document import Document

_CHECKS = (unlike, shrinking, growth, sums_of_parts, shares, lists, investments)
_ENCODER = msgspec.msgpack.Encoder()
_ENTITY = msgspec.msgpack.Decoder(Entity)
_FIGURE = msgspec.msgpack.Decoder(Figure)


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found, in an order that depends on content alone."""

    discrepancies: tuple[Discrepancy, ...]
    outcomes: tuple[Outcome, ...]


NOTHING = Audit((), ())


@lru_cache(maxsize=1)
def audit(documents: Sequence[Document], entities: Sequence[Entity], figures: Sequence[Figure]) -> Audit:
    """Audit the figures of ``documents`` about ``entities``, all sorted as ``Facts`` has them; graph and page ask for the same in turn."""
    return together(map(about, _ledgers(documents, entities, figures)))


def about(ledger: Ledger) -> Audit:
    """The audit of the figures about one thing."""
    return Audit(tuple(found for check in _CHECKS for found in check(ledger)), tuple(outcomes(ledger)))


def together(audits: Iterable[Audit]) -> Audit:
    """Several audits as one."""
    found = list(audits)
    discrepancies = (one for audit in found for one in audit.discrepancies)
    return Audit(tuple(discrepancies), tuple(one for audit in found for one in audit.outcomes))


def whole(key: str) -> str:
    """The key of the thing that one is a phase of, its own where it is none."""
    while above := whole_of(key):
        key = above
    return key


class _Told(NamedTuple):
    """A document and its figures."""

    document: Document
    figures: tuple[Figure, ...]


def _ledgers(documents: Iterable[Document], entities: Iterable[Entity], figures: Iterable[Figure]) -> Iterator[Ledger]:
    """A ledger for each thing that several figures are about, in the order of their keys."""
    told = shelved(_Told, _told(documents, figures))
    things = groupby(in_order((whole(entity.key), entity.key, _ENCODER.encode(entity)) for entity in entities), itemgetter(0))
    thing, parts = next(things, ("", iter(())))
    for key, places in groupby(in_order(_places(told)), itemgetter(0)):
        while thing < key:
            thing, parts = next(things, (f"{key}\0", iter(())))
        numbers = [number for _, number, count in places for _ in range(count)]
        if thing == key and len(numbers) > 1:
            found = [told[number] for number in dict.fromkeys(numbers)]
            own = [_ENTITY.decode(data) for *_, data in parts]
            yield Ledger([one.document for one in found], own, [figure for one in found for figure in one.figures])


def _told(documents: Iterable[Document], figures: Iterable[Figure]) -> Iterator[_Told]:
    """The documents that have figures, by id, each with its own."""
    told = groupby(in_order((figure.evidence.document, _ENCODER.encode(figure)) for figure in figures), itemgetter(0))
    id, own = next(told, ("", iter(())))
    for document in documents:
        if document.id == id:
            yield _Told(document, tuple(_FIGURE.decode(data) for _, data in own))
            id, own = next(told, ("", iter(())))


def _places(told: Iterable[_Told]) -> Iterator[tuple[str, int, int]]:
    """What figures are about, with the number of the document that has them, and how many these are."""
    for number, one in enumerate(told):
        for key, count in Counter(whole(figure.about) for figure in one.figures).items():
            yield key, number, count
