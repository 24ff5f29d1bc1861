"""What sets two graphs apart, as facts: things, relations and figures added, changed and withdrawn."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias, TypeVar

from rdflib import Graph

from kg.tables import DocumentRow, EntityRow, FigureRow, RelationRow, Tables, tables

Kind: TypeAlias = Literal["document", "entity", "relation", "figure"]
_Row = TypeVar("_Row", DocumentRow, EntityRow, RelationRow, FigureRow)
_FIELDS = {
    "document": ("title", "publisher", "published", "source", "sha256"),
    "entity": ("type", "subtype", "name", "aliases", "code"),
    "relation": ("role", "quote"),
    "figure": ("value", "unit", "bound", "status", "scope", "quote"),
}
"""What a thing can change and still be the same; whatever else a graph says shows in the count of triples."""


class Change(StrEnum):
    """What happened to a thing."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One property before and after; empty where there was none."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not in both graphs alike."""

    change: Change
    kind: Kind
    words: tuple[str, ...]
    """What it is: class and name of an entity; subject, predicate and object; a figure's subject, indicator, period, measure and number."""
    fields: tuple[FieldChange, ...] = ()
    """What changed; none where it is new or gone."""


@dataclass(frozen=True, slots=True)
class Diff:
    """All that sets two graphs apart."""

    differences: tuple[Difference, ...]
    added: int
    """Triples that only the new graph has."""
    withdrawn: int
    """Triples that only the old one has."""

    @property
    def same(self) -> bool:
        """Whether both graphs say the same, to the last triple."""
        return not (self.added or self.withdrawn)


def diff(old: Graph, new: Graph) -> Diff:
    """What ``new`` has that ``old`` lacks, says otherwise, or has no more: documents, entities, relations, figures."""
    before, after = set(old), set(new)
    return Diff(tuple(_differences(tables(old), tables(new))), len(after - before), len(before - after))


def _differences(old: Tables, new: Tables) -> Iterator[Difference]:
    yield from _of("document", old.documents, new.documents, lambda row: (row.id,), _document)
    yield from _of("entity", old.entities, new.entities, lambda row: (row.id,), _entity)
    yield from _of(
        "relation", old.relations, new.relations, lambda row: (row.subject, row.predicate, row.object or row.object_name), _relation
    )
    yield from _of("figure", old.figures, new.figures, lambda row: (row.about, row.indicator, row.period, row.measure), _figure)


def _document(row: DocumentRow) -> tuple[str, ...]:
    return (row.title or row.source,)


def _entity(row: EntityRow) -> tuple[str, ...]:
    return row.type, row.name


def _relation(row: RelationRow) -> tuple[str, ...]:
    return row.subject_name, row.predicate, row.object_name


def _figure(row: FigureRow) -> tuple[str, ...]:
    return row.about_name, row.indicator, row.period, row.measure, row.raw


def _of(
    kind: Kind,
    old: Sequence[_Row],
    new: Sequence[_Row],
    key: Callable[[_Row], tuple[str, ...]],
    words: Callable[[_Row], tuple[str, ...]],
) -> Iterator[Difference]:
    """The differences of one kind, by name, what was withdrawn before what came."""
    found = []
    for before, after in _pairs(kind, old, new, key):
        if before is None and after is not None:
            found.append(Difference(Change.ADDED, kind, words(after)))
        elif after is None and before is not None:
            found.append(Difference(Change.WITHDRAWN, kind, words(before)))
        elif before is not None and after is not None and (fields := tuple(_changed(kind, before, after))):
            found.append(Difference(Change.CHANGED, kind, words(after), fields))
    yield from sorted(found, key=lambda difference: (difference.words, difference.change, difference.fields and difference.fields[0].old))


def _pairs(
    kind: Kind, old: Sequence[_Row], new: Sequence[_Row], key: Callable[[_Row], tuple[str, ...]]
) -> Iterator[tuple[_Row | None, _Row | None]]:
    """What stands for the same thing before and after; None where one of them is missing."""
    before, after = _by(old, key), _by(new, key)
    for name in sorted({*before, *after}):
        yield from _match(kind, before[name], after[name])


def _by(rows: Iterable[_Row], key: Callable[[_Row], tuple[str, ...]]) -> dict[tuple[str, ...], list[_Row]]:
    found: dict[tuple[str, ...], list[_Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _match(kind: Kind, old: list[_Row], new: list[_Row]) -> Iterator[tuple[_Row | None, _Row | None]]:
    """Pairs of several of one name, as of a figure that several documents give: first the likest, what is left is new or gone."""
    ranked = sorted(
        (len([*_changed(kind, before, after)]), before.id != after.id, i, j) for i, before in enumerate(old) for j, after in enumerate(new)
    )
    left, right = dict(enumerate(old)), dict(enumerate(new))
    for _, _, i, j in ranked:
        if i in left and j in right:
            yield left.pop(i), right.pop(j)
    yield from ((row, None) for row in left.values())
    yield from ((None, row) for row in right.values())


def _changed(kind: Kind, old: _Row, new: _Row) -> Iterator[FieldChange]:
    for name in _FIELDS[kind]:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield FieldChange(name, _written(before), _written(after))


def _written(value: object) -> str:
    return "" if value is None else str(value)
