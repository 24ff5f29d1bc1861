"""Discrepancies: figures that say different things of the same, and results next to the targets they were to reach.

Only what is really the same is compared, see ``kg.audit.ledger``; nothing is settled or taken away.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain, pairwise
from typing import NamedTuple

from kg.audit.dates import dates
from kg.audit.interval import allowed, amount, half_step
from kg.audit.ledger import Cell, Ledger
from kg.audit.qualifier import saying
from kg.facts.figure import Figure, Measure, Status
from kg.facts.outlook import stands
from kg.language.lexicon import wordset
from kg.language.quantity import Bound, kind
from kg.messages import message


class Kind(StrEnum):
    """What is between figures; names in the ontology."""

    CONFLICT = "conflict"
    RESTATEMENT = "restatement"
    ROUNDING = "rounding"
    SHRINKING = "shrinkingTotal"
    GROWTH = "growthMismatch"
    SUM = "sumMismatch"
    SHARE = "shareMismatch"
    INVESTMENT = "investmentMismatch"


ARITHMETIC = (Kind.SHRINKING, Kind.GROWTH, Kind.SUM, Kind.SHARE, Kind.INVESTMENT)
"""Kinds of what does not add up."""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Figures that do not go together, or only nearly."""

    kind: Kind
    figures: tuple[Figure, ...]
    """All that are involved, those that say the same side by side."""
    stated: Decimal
    """The number in question, in the unit without scale words, as are the other numbers."""
    expected: Decimal
    """What the other figures make of it."""
    zh: str
    en: str
    """What is between them, in Chinese and in English."""

    @property
    def difference(self) -> Decimal:
        """How far the number is from what was expected."""
        return abs(self.stated - self.expected)

    @property
    def relative(self) -> Decimal:
        """The same as a part of the greater of both."""
        return self.difference / (max(abs(self.stated), abs(self.expected)) or Decimal(1))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result beside the target of the same period."""

    actual: Figure
    target: Figure
    met: bool | None
    """None where the numbers leave it open."""


# --- what figures of one cell say of the same -------------------------------------------------------------------------


def unlike(ledger: Ledger) -> Iterator[Discrepancy]:
    """Conflicts, restatements and roundings of the same, sorted by what they are about."""
    for cell in sorted(ledger.cells, key=repr):
        yield from _unlike(ledger, cell)


class _Side(NamedTuple):
    """Figures of one cell that say the same."""

    value: Decimal
    figures: tuple[Figure, ...]

    @property
    def figure(self) -> Figure:
        """One of them that stands for all."""
        return self.figures[0]


def _sides(figures: Sequence[Figure]) -> tuple[_Side, ...]:
    """What is said, each with all that say it, by value."""
    said: defaultdict[tuple[Decimal, Bound], list[Figure]] = defaultdict(list)
    for figure in figures:
        said[amount(figure), figure.bound].append(figure)
    return tuple(_Side(value, tuple(said[value, bound])) for value, bound in sorted(said))


def _unlike(ledger: Ledger, cell: Cell) -> Iterator[Discrepancy]:
    """Each value beside the next one: so many discrepancies that each value is in one, and no more."""
    for status in Status:
        sides = _sides([figure for figure in ledger.cells[cell] if figure.status is status])
        exact = [side for side in sides if side.figure.bound in (Bound.EQUAL, Bound.ABOUT)]
        bounded = [side for side in sides if side not in exact]
        for one, other in chain(pairwise(exact), _against_bounds(exact, bounded)):
            kind = _kind(ledger, one, other)
            if kind and not {*map(ledger.sentence, one.figures)} & {*map(ledger.sentence, other.figures)}:
                yield _between(ledger, kind, one, other)


def _against_bounds(exact: Sequence[_Side], bounded: Sequence[_Side]) -> Iterator[tuple[_Side, _Side]]:
    """Each bound with the value that is furthest on its wrong side."""
    for bound in bounded:
        endless = allowed(bound.figure)
        rivals = [side for side in exact or bounded if side != bound]
        if rivals:
            yield rivals[0 if endless.low == bound.value else -1], bound


def _kind(ledger: Ledger, one: _Side, other: _Side) -> Kind | None:
    """What two values are to each other; None where they agree."""
    steps = {half_step(one.figure), half_step(other.figure)}
    exact = one.figure.bound is other.figure.bound is Bound.EQUAL
    if exact and len(steps) > 1 and abs(one.value - other.value) <= max(steps):
        return Kind.ROUNDING
    if not exact and allowed(one.figure).meets(allowed(other.figure)):
        return None
    if not {*map(ledger.setting, one.figures)} & {*map(ledger.setting, other.figures)}:
        return None
    first, last = _in_order(ledger, one, other)
    return Kind.RESTATEMENT if _corrects(ledger, first.figure, last.figure) else Kind.CONFLICT


def _in_order(ledger: Ledger, one: _Side, other: _Side) -> tuple[_Side, _Side]:
    """The side that was published first, and the other."""
    days = [min((ledger.published(f) or date.max for f in side.figures), default=date.max) for side in (one, other)]
    return (other, one) if days[1] < days[0] else (one, other)


def _corrects(ledger: Ledger, first: Figure, last: Figure) -> bool:
    """Whether a later document of the same publisher, or one that says so, gives a new value."""
    days = ledger.published(first), ledger.published(last)
    if not days[0] or not days[1] or days[0] >= days[1]:
        return False
    publishers = [ledger.document(figure).metadata.publisher for figure in (first, last)]
    says = any(word in saying(last, ledger.text(last)) for word in wordset("correction"))
    return says or (publishers[0] == publishers[1] is not None)


def _between(ledger: Ledger, kind: Kind, one: _Side, other: _Side) -> Discrepancy:
    first, last = _in_order(ledger, one, other)
    return discrepancy(ledger, kind, last.figure, first.value, (*first.figures, *last.figures), (first.figure,))


def discrepancy(
    ledger: Ledger, kind: Kind, stated: Figure, expected: Decimal, figures: Sequence[Figure], against: Sequence[Figure]
) -> Discrepancy:
    """The number of ``stated`` is not the ``expected`` one, which the figures ``against`` it lead to."""
    value = amount(stated)
    off = abs(value - expected)
    share = off / (max(abs(value), abs(expected)) or Decimal(1)) * 100

    def told(lang: str) -> str:
        fields = {
            "subject": ledger.names(stated.about)[0],
            "indicator": stated.indicator,
            "period": in_words(stated.period, lang),
            "stated": message("discrepancy-figure", lang, source=ledger.source(stated), detail=written(stated)),
            "against": message("discrepancy-and", lang).join(_naming(ledger, figure, stated, lang) for figure in against),
            "expected": _in_unit(expected, stated),
            "difference": _apart(off, stated, lang),
            "relative": f"{share:.2f}".rstrip("0").rstrip("."),
        }
        return message(f"discrepancy-{kind}", lang, **fields)

    return Discrepancy(kind, tuple(figures), value, expected, told("zh"), told("en"))


def _naming(ledger: Ledger, figure: Figure, stated: Figure, lang: str) -> str:
    """A figure with as much of what it is about as the one in question does not share."""
    other = figure.about != stated.about and ledger.names(figure.about)[0]
    period = figure.period != stated.period and in_words(figure.period, lang)
    name = (figure.indicator != stated.indicator or figure.measure != stated.measure) and figure.indicator
    what = "".join(part for part in (other, period, name) if part)
    detail = f"{what} {written(figure)}" if what else written(figure)
    return message("discrepancy-figure", lang, source=ledger.source(figure), detail=detail)


def in_words(period: str | None, lang: str) -> str:
    """An ISO 8601 period as people write it: 2023年1月至2023年6月; empty where there is none."""
    if not period:
        return ""
    days = [[int(number) for number in day.split("-")] for day in period.split("/")]
    return message("period-to", lang).join(message(f"period-{len(day)}", lang, **dict(zip("ymd", day, strict=False))) for day in days)


def written(figure: Figure) -> str:
    """The number as people write it: ≥100亿元."""
    return f"{'' if figure.bound is Bound.EQUAL else figure.bound}{figure.value:f}{figure.unit}"


def _apart(off: Decimal, figure: Figure, lang: str) -> str:
    """How far apart two numbers are; percentages are percentage points apart."""
    text = _in_unit(off, figure)
    return text.removesuffix("%") + message("discrepancy-points", lang) if figure.unit == "%" else text


def _in_unit(value: Decimal, figure: Figure) -> str:
    """A value in the unit of a figure, with two digits more than it has."""
    scale = amount(figure) / figure.value if figure.value else Decimal(1)
    digits = max(0, -int(figure.value.as_tuple().exponent)) + 2
    text = f"{value / scale:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + figure.unit


# --- totals that shrink ---------------------------------------------------------------------------------------------------

_SUMMED = frozenset(("money", "mass", "energy", "volume"))
"""Kinds of units of which a longer period has more."""


def adds_up(figure: Figure) -> bool:
    """Whether a longer period has at least as much of it as a shorter one inside."""
    name = figure.indicator
    still = stands(name) or any(noun in name for noun in wordset("balance_noun"))
    return figure.measure is Measure.LEVEL and not still and figure.value > 0 and kind(figure.unit) in _SUMMED


def shrinking(ledger: Ledger) -> Iterator[Discrepancy]:
    """Totals of a year up to some month that are less than those up to an earlier one."""
    runs: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for cell, figures in ledger.cells.items():
        done = [figure for figure in figures if figure.status is Status.ACTUAL and adds_up(figure)]
        runs[cell._replace(end=cell.start)] += done
    for _, figures in sorted(runs.items(), key=lambda item: repr(item[0])):
        most: Figure | None = None
        for figure in sorted(figures, key=lambda f: (dates(f.period or "")[1], amount(f), repr(f))):
            if most and figure.period != most.period and allowed(figure).high < allowed(most).low:
                yield discrepancy(ledger, Kind.SHRINKING, figure, amount(most), (most, figure), (most,))
            most = max(most or figure, figure, key=lambda f: allowed(f).low)


# --- targets and what came of them --------------------------------------------------------------------------------------


def outcomes(ledger: Ledger) -> Iterator[Outcome]:
    """Results with the targets that they were to reach: of the same period, or, of what stands and does not flow, up to the same day."""
    ends: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for cell, figures in ledger.cells.items():
        for figure in figures:
            start = None if stands(figure.indicator) else cell.start
            ends[*cell._replace(start=cell.end), start].append(figure)
    for _, figures in sorted(ends.items(), key=lambda item: repr(item[0])):
        targets = [figure for figure in figures if figure.status is Status.TARGET]
        for actual in (figure for figure in figures if figure.status is Status.ACTUAL):
            yield from (Outcome(actual, target, is_met(actual, target)) for target in targets)


def is_met(actual: Figure, target: Figure) -> bool | None:
    """Whether the result reaches the target: a rank or what is to fall by going down, everything else by going up."""
    down = target.measure is Measure.RANK or target.bound is Bound.UNDER or target.value < 0
    goal, reached = amount(target), allowed(actual)
    low, high = (amount(actual),) * 2 if actual.bound is Bound.EQUAL else (reached.low, reached.high)
    if down:
        low, high, goal = -high, -low, -goal
    if target.bound is Bound.ABOUT:
        return True if low >= goal else None
    return True if low >= goal else False if high < goal else None
