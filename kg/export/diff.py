"""What sets two graphs apart, as facts: things, relations and figures added, changed and withdrawn."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from rdflib import Graph

from kg.export.tables import Tables, tables

Kind: TypeAlias = Literal["document", "entity", "relation", "figure"]


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


@dataclass(frozen=True, slots=True)
class _Thing:
    """A row of any table, as far as it is compared."""

    id: str
    key: tuple[str, ...]
    """Things with the same key in both graphs are the same thing."""
    words: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    """What it can change and still be the same."""


_Reading: TypeAlias = Callable[[Tables], Iterator[_Thing]]
"""How to find the things of a kind."""


def _documents(tables: Tables) -> Iterator[_Thing]:
    for row in tables.documents:
        fields = (("title", row.title), ("publisher", row.publisher), ("published", row.published), ("source", row.source))
        yield _Thing(row.id, (row.id,), (row.title or row.source,), fields)


def _entities(tables: Tables) -> Iterator[_Thing]:
    for row in tables.entities:
        fields = (("type", row.type), ("subtype", row.subtype), ("name", row.name), ("aliases", row.aliases), ("code", row.code))
        yield _Thing(row.id, (row.id,), (row.type, row.name), fields)


def _relations(tables: Tables) -> Iterator[_Thing]:
    for row in tables.relations:
        key = (row.subject, row.predicate, row.object or row.object_name)
        yield _Thing(row.id, key, (row.subject_name, row.predicate, row.object_name), (("role", row.role), ("quote", row.quote)))


def _figures(tables: Tables) -> Iterator[_Thing]:
    for row in tables.figures:
        number = (("value", "" if row.value is None else f"{row.value:f}"), ("unit", row.unit), ("bound", row.bound))
        fields = (*number, ("status", row.status), ("scope", row.scope), ("quote", row.quote))
        about = (row.indicator, row.period, row.measure)
        falls = row.value is not None and row.value < 0  # the words of the text have no sign
        words = f"{row.value:f}{row.unit}" if falls else row.raw
        yield _Thing(row.id, (row.about, *about), (row.about_name, *about, words), fields)


_KINDS: dict[Kind, _Reading] = {"document": _documents, "entity": _entities, "relation": _relations, "figure": _figures}


def _differences(old: Tables, new: Tables) -> Iterator[Difference]:
    """The differences of one kind after the other, in each by name."""
    for kind, things in _KINDS.items():
        found = (_difference(kind, *pair) for pair in _pairs(things(old), things(new)))
        yield from sorted((d for d in found if d), key=lambda d: (d.words, d.change, *((field.name, field.old) for field in d.fields)))


def _difference(kind: Kind, old: _Thing | None, new: _Thing | None) -> Difference | None:
    """What sets the same thing apart before and after; None where nothing does."""
    if old and new:
        changed = tuple(_changed(old, new))
        return Difference(Change.CHANGED, kind, new.words, changed) if changed else None
    if new:
        return Difference(Change.ADDED, kind, new.words)
    return Difference(Change.WITHDRAWN, kind, old.words) if old else None


def _changed(old: _Thing, new: _Thing) -> Iterator[FieldChange]:
    for (name, before), (_, after) in zip(old.fields, new.fields, strict=True):
        if before != after:
            yield FieldChange(name, before, after)


_Pair: TypeAlias = tuple[_Thing | None, _Thing | None]
"""The same thing before and after; None where it was not or is no more."""


def _pairs(old: Iterable[_Thing], new: Iterable[_Thing]) -> Iterator[_Pair]:
    before, after = _by_key(old), _by_key(new)
    for key in sorted({*before, *after}):
        yield from _match(before[key], after[key])


def _by_key(things: Iterable[_Thing]) -> Mapping[tuple[str, ...], list[_Thing]]:
    found: dict[tuple[str, ...], list[_Thing]] = defaultdict(list)
    for thing in things:
        found[thing.key].append(thing)
    return found


def _match(old: Sequence[_Thing], new: Sequence[_Thing]) -> Iterator[_Pair]:
    """Pairs of several of one key, as of a figure that several documents give: the likest first, what is left is new or gone."""
    left, right = dict(enumerate(old)), dict(enumerate(new))
    ranked = sorted((len([*_changed(old[i], new[j])]), old[i].id != new[j].id, i, j) for i in left for j in right)
    for _, _, i, j in ranked:
        if i in left and j in right:
            yield left.pop(i), right.pop(j)
    yield from ((thing, None) for thing in left.values())
    yield from ((None, thing) for thing in right.values())
