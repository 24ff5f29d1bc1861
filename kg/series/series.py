"""A series: one indicator of one thing over time, growth beside levels, results and targets told apart, each with its source."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from pyoxigraph import Store

from kg.rdf.nearest import offered, same
from kg.rdf.query import Query, run_query
from kg.vocabulary import match, names_of, ontology


class UnknownName(ValueError):  # noqa: N818 - it is the name that is not known, not the program that fails
    """No thing or no indicator has this name; ``nearest`` are names that there are."""

    def __init__(self, what: str, name: str, nearest: Sequence[str]) -> None:
        """``what`` is ``thing`` or ``indicator``."""
        super().__init__(name)
        self.what, self.name, self.nearest = what, name, tuple(nearest)


class Number(NamedTuple):
    """A figure as the graph has it, each cell a text."""

    indicator: str
    standard: str
    measure: str
    status: str
    bound: str
    value: str
    unit: str
    normalized: str
    period: str
    start: str
    end: str
    source: str
    published: str
    quote: str

    def __str__(self) -> str:
        return f"{'' if self.bound == '=' else self.bound}{self.value}{self.unit}"

    @property
    def amount(self) -> Decimal:
        """The value in the base unit, where there is one."""
        return Decimal(self.normalized or self.value)


@dataclass(frozen=True, slots=True)
class Row:
    """What one document says of one period."""

    level: Number | None
    growth: Number | None

    @property
    def number(self) -> Number:
        """The one that tells period, status and source."""
        found = self.level or self.growth
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Series:
    """The rows in the order of time, those without a period last."""

    thing: str
    indicator: str
    rows: tuple[Row, ...]


def series(store: Store, thing: str, indicator: str) -> Series:
    """What a graph knows of ``indicator``, or a synonym of it, of the thing that has the name.

    Raises UnknownName where it has no figures of such a thing, or none of such an indicator.
    """
    thing, numbers = _figures(store, thing)
    known = {number.indicator for number in numbers}
    names = {indicator, *same(indicator, known | names_of("indicators"))}
    concepts = {meant.concept if (meant := match("indicators", (name,))) else name for name in names - {indicator} or names}
    if len(concepts) > 1:  # read the same, but not one: none is meant more than the others
        names = {indicator}
    meant = match("indicators", sorted(names))
    standard = str(meant.concept) if meant else None
    found = [number for number in numbers if number.indicator in names or (number.standard and number.standard == standard)]
    if not found:
        raise UnknownName("indicator", indicator, offered(indicator, known))
    shown = indicator if indicator in known or match("indicators", (indicator,)) else found[0].indicator
    return Series(thing, shown, tuple(sorted(_rows(found), key=lambda row: (not row.number.end, row.number.end, row.number.start))))


def _figures(store: Store, thing: str) -> tuple[str, list[Number]]:
    """The name of a thing and all its figures; where none has just this name, of the only one whose name is spelt or read the same."""
    rows = run_query(store, _text("series.rq"), {"thing": thing}).rows
    if not rows:
        known = _measured(store)
        names = same(thing, known)
        if len(names) != 1:
            raise UnknownName("thing", thing, offered(thing, known))
        thing = names[0]
        rows = run_query(store, _text("series.rq"), {"thing": thing}).rows
    return thing, [Number(*row) for row in rows]


def _rows(numbers: Iterable[Number]) -> list[Row]:
    """Levels with the growth that the same document tells of the same; shares where there are no levels, else whatever there is."""
    groups: defaultdict[tuple[str, ...], dict[str, dict[Number, None]]] = defaultdict(lambda: defaultdict(dict))
    for number in numbers:
        told = number._replace(quote="")
        groups[number.period, number.status, number.source][number.measure].setdefault(told, None)
    rows = []
    for measures in groups.values():
        growth = measures.pop("growth", {})
        others = measures.get("level") or {number: None for alike in measures.values() for number in alike}
        rows += [Row(level, rate) for level, rate in zip_longest(others, growth)]
    return rows


def _measured(store: Store) -> set[str]:
    """Names of everything that has figures."""
    text = "SELECT DISTINCT ?name { ?figure dkg:about/(skos:prefLabel|skos:altLabel) ?name }"
    return {name for (name,) in run_query(store, text, {}).rows}


def _text(file: str) -> str:
    return Query((ontology() / file).read_text(encoding="utf-8")).text
