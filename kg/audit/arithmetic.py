"""Arithmetic: figures that ought to follow from others and do not, within the precision in which all of them are written.

Where a number is given more than once, one that adds up is enough: that they differ is a matter of ``kg.audit.discrepancy``.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from itertools import chain, product
from operator import add

from kg.audit.discrepancy import Discrepancy, Kind, discrepancy
from kg.audit.interval import Interval, allowed, amount, base_unit
from kg.audit.ledger import Cell, Ledger, indicator
from kg.audit.qualifier import number_at
from kg.facts.entity import Entity
from kg.facts.figure import Figure, Measure, Status
from kg.facts.outlook import stands
from kg.language.lexicon import wordset
from kg.language.quantity import Bound, kind
from kg.language.rules import pattern
from kg.text.sentence import Span
from kg.vocabulary import sums

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Sum:
    """What figures lead to."""

    figures: tuple[Figure, ...]
    expected: Interval
    point: Decimal
    """The same, taking every number for exact."""


def _unmet(ledger: Ledger, kind: Kind, stated: Sequence[Figure], sums: Sequence[_Sum]) -> Iterator[Discrepancy]:
    """The number that comes nearest to what it ought to be, unless one is right."""
    pairs = [(figure, one) for figure in stated for one in sums]
    if pairs and not any(allowed(figure).meets(one.expected) for figure, one in pairs):
        figure, one = min(pairs, key=lambda pair: abs(amount(pair[0]) - pair[1].point))
        yield discrepancy(ledger, kind, figure, one.point, (*one.figures, figure), one.figures)


def _actual(ledger: Ledger, cell: Cell) -> list[Figure]:
    """The results of a cell that are told as numbers and not as bounds."""
    figures = ledger.cells.get(cell, ())
    return [figure for figure in figures if figure.status is Status.ACTUAL and figure.bound in (Bound.EQUAL, Bound.ABOUT)]


def _distinct(figures: Sequence[Figure]) -> list[Figure]:
    """One figure for each number: many documents may give the same."""
    return list({(amount(figure), figure.bound): figure for figure in reversed(figures)}.values())


# --- level, growth and the level of the year before ---------------------------------------------------------------------


def growth(ledger: Ledger) -> Iterator[Discrepancy]:
    """Levels that are not what growth makes of the level of the year before."""
    grown = defaultdict(list)
    for cell in ledger.cells:
        if cell.measure is Measure.GROWTH and cell.unit == "%" and not _is_real(ledger.cells[cell][0]):
            grown[cell._replace(measure=Measure.LEVEL, unit="")].append(cell)
    for cell in sorted(ledger.cells, key=repr):
        if cell.measure is not Measure.LEVEL or kind(cell.unit) == "ratio":
            continue
        before = _distinct(_actual(ledger, _year_before(cell)))
        rates = [rate for growth in grown.get(cell._replace(unit=""), ()) for rate in _distinct(_actual(ledger, growth))]
        made = [_grown(level, rate) for level, rate in product(before, rates) if rate.value > -_HUNDRED and level.value > 0]
        yield from _unmet(ledger, Kind.GROWTH, _distinct(_actual(ledger, cell)), made)


def _is_real(figure: Figure) -> bool:
    return any(word in figure.indicator for word in wordset("real_growth"))


def _year_before(cell: Cell) -> Cell:
    start, end = (day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day) for day in (cell.start, cell.end))
    return cell._replace(start=start, end=end)


def _grown(level: Figure, rate: Figure) -> _Sum:
    span = allowed(rate)
    factor = Interval(1 + span.low / _HUNDRED, 1 + span.high / _HUNDRED)
    return _Sum((level, rate), allowed(level) * factor, amount(level) * (1 + rate.value / _HUNDRED))


# --- parts and totals -------------------------------------------------------------------------------------------------


def sums_of_parts(ledger: Ledger) -> Iterator[Discrepancy]:
    """Totals of the ontology whose parts are known, each part in the same document where it can be."""
    for cell in sorted(ledger.cells, key=repr):
        parts = sums().get(cell.indicator, ())
        if parts and cell.measure is Measure.LEVEL:
            found = [_actual(ledger, cell._replace(indicator=part)) for part in parts]
            totals = _distinct(_actual(ledger, cell))
            yield from _unmet(ledger, Kind.SUM, totals, [_added(one) for one in _rows(totals, found)])


def _rows(totals: Sequence[Figure], parts: Sequence[Sequence[Figure]]) -> Iterator[tuple[Figure, ...]]:
    """For each document that gives a total or a part: that part of each kind, its own where it has one."""
    if all(parts):
        own = [{figure.evidence.document: figure for figure in reversed(part)} for part in parts]
        documents = dict.fromkeys(figure.evidence.document for figure in chain(totals, *parts))
        yield from dict.fromkeys(tuple(of.get(d, part[0]) for of, part in zip(own, parts, strict=True)) for d in documents)


def _added(figures: tuple[Figure, ...]) -> _Sum:
    return _Sum(figures, reduce(add, map(allowed, figures)), sum(map(amount, figures), Decimal(0)))


# --- lists of parts in one sentence -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """The amounts that a sentence states, in order; ``places`` are those of their numbers in ``text``."""

    text: str
    figures: tuple[Figure, ...]
    places: tuple[Span, ...]

    def between(self, number: int) -> str:
        """What stands between an amount and the next one."""
        return self.text[self.places[number].end : self.places[number + 1].begin]


def _lines(ledger: Ledger) -> Iterator[_Line]:
    found: defaultdict[tuple[str, int], list[tuple[Span, Figure]]] = defaultdict(list)
    for figure in ledger.figures:
        place = number_at(figure, ledger.text(figure))
        if place and figure.measure is Measure.LEVEL:
            found[ledger.sentence(figure)].append((place, figure))
    for _, placed in sorted(found.items()):
        places, figures = zip(*sorted(placed, key=lambda one: (one[0].begin, repr(one[1]))), strict=True)
        yield _Line(ledger.text(figures[0]), figures, places)


def lists(ledger: Ledger) -> Iterator[Discrepancy]:
    """Totals whose parts the same sentence lists to the last, and parts that are greater than what they are part of."""
    for line in _lines(ledger):
        for number, whole in enumerate(line.figures[:-1]):
            if whole.about in ledger.entities and _is_alike(line.figures[number + 1], whole):
                parts = tuple(_parts(line, number))
                yield from _unmet(ledger, Kind.SUM, [whole], [_added(parts)] if parts else [])


def _parts(line: _Line, whole: int) -> Iterator[Figure]:
    """All the parts that the sentence lists of an amount; the one it picks out, where that is more than the amount."""
    first = line.figures[whole + 1]
    if pattern("arithmetic", "one-part").fullmatch(line.between(whole)):
        yield from (first,) if allowed(first).low > allowed(line.figures[whole]).high else ()
    elif pattern("arithmetic", "all-parts").fullmatch(line.between(whole)):
        last = whole + 1
        while last + 1 < len(line.figures) and _goes_on(line, last):
            last += 1
        if last > whole + 1 and not pattern("arithmetic", "and-more").match(line.text, line.places[last].end):
            yield from line.figures[whole + 1 : last + 1]


def _goes_on(line: _Line, part: int) -> bool:
    alike = _is_alike(line.figures[part + 1], line.figures[part])
    return alike and bool(pattern("arithmetic", "next-part").fullmatch(line.between(part)))


def _is_alike(part: Figure, whole: Figure) -> bool:
    same = (part.about, part.period, part.status) == (whole.about, whole.period, whole.status)
    return same and base_unit(part) == base_unit(whole) and part.bound is whole.bound is Bound.EQUAL


# --- shares -----------------------------------------------------------------------------------------------------------


def shares(ledger: Ledger) -> Iterator[Discrepancy]:
    """Shares of one indicator in another: 工业投资占固定资产投资的比重."""
    levels: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for cell in ledger.cells:
        for figure in _actual(ledger, cell) if cell.measure is Measure.LEVEL else ():
            levels[figure.evidence.document, cell.about, cell.start, cell.end, cell.indicator].append(figure)
    for cell in sorted(ledger.cells, key=repr):
        told = pattern("arithmetic", "share").fullmatch(cell.indicator)
        if told is None or cell.measure is not Measure.SHARE or cell.unit != "%":
            continue
        for share in _actual(ledger, cell):
            here = share.evidence.document, cell.about, cell.start, cell.end
            parts, wholes = (levels.get((*here, indicator(told[group])), ()) for group in ("part", "whole"))
            pairs = [(p, w) for p, w in product(parts, wholes) if base_unit(p) == base_unit(w) and w.value > 0 <= p.value]
            yield from _unmet(ledger, Kind.SHARE, [share], [_divided(*pair) for pair in pairs])


def _divided(part: Figure, whole: Figure) -> _Sum:
    ratio = allowed(part) / allowed(whole)
    return _Sum((part, whole), Interval(ratio.low * _HUNDRED, ratio.high * _HUNDRED), amount(part) / amount(whole) * _HUNDRED)


# --- investment of phases ---------------------------------------------------------------------------------------------


def investments(ledger: Ledger) -> Iterator[Discrepancy]:
    """Projects whose phases together take more than the whole."""
    wholes = {entity.key: entity for entity in ledger.entities.values() if entity.type == "Project"}
    phases: defaultdict[str, list[Entity]] = defaultdict(list)
    for _, entity in sorted(wholes.items()):
        if (whole := whole_of(entity.key)) and whole in wholes:
            phases[whole].append(entity)
    invested = _invested(ledger)
    for key, parts in sorted(phases.items()):
        figures = [invested[part.key][0] for part in parts if part.key in invested]
        if figures and key in invested:
            made = _added(tuple(figures))
            yield from (found for found in _unmet(ledger, Kind.INVESTMENT, invested[key], [made]) if found.stated < found.expected)


def whole_of(key: str) -> str | None:
    """The key of the thing that the one with ``key`` is a phase of; None where it is none."""
    name = pattern("arithmetic", "phase").fullmatch(key)
    return name["before"] + name["after"] if name else None


def _invested(ledger: Ledger) -> dict[str, list[Figure]]:
    """What is put into each thing, in a fixed order."""
    found: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in ledger.figures:
        if figure.measure is Measure.LEVEL and stands(figure.indicator) and kind(figure.unit) == "money":
            found[figure.about].append(figure)
    return found
