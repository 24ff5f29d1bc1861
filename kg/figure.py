"""Figures: every quantity that the text states about a thing."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kg.entity import LinkedDocument, LinkedSentence
from kg.label import Label, labels
from kg.measure import Reading, read
from kg.narrative import Narrative, Stated
from kg.outlook import ahead, planned, said_here, stands, time
from kg.quantity import Bound, Quantity
from kg.sentence import Evidence
from kg.statement import Statement, Target, statement
from kg.subject import Subject, named, speaker, subject


class Measure(StrEnum):
    """What kind of statement the number makes."""

    LEVEL = "level"
    GROWTH = "growth"
    CHANGE = "change"
    SHARE = "share"
    RANK = "rank"


class Status(StrEnum):
    """Whether it has come about."""

    ACTUAL = "actual"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number about one thing."""

    about: str
    """Key of the entity."""
    indicator: str
    value: Decimal
    unit: str
    bound: Bound
    measure: Measure
    status: Status
    period: str | None
    """ISO 8601, see Period."""
    raw: str
    """The number as it stands in the text."""
    evidence: Evidence
    rule: str
    scope: str | None = None
    """For ranks: the field compared."""
    level: "tuple[str, Decimal, str] | None" = None
    """For growth: indicator, value and unit of the level it belongs to, where the text states it."""


def figures(document: LinkedDocument) -> tuple[Figure, ...]:
    """The figures of a document in reading order; where it says one twice, both have the same content."""
    reader = _Reader(document)
    return agree(tuple(figure for source in document.sentences for figure in reader.read(source)))


class _Reader:
    """Reads sentence after sentence and remembers what later ones leave unsaid."""

    def __init__(self, document: LinkedDocument) -> None:
        self._home = document.home
        self._published = document.document.metadata.published
        self._now = Narrative()

    def read(self, source: LinkedSentence) -> Iterator[Figure]:
        """The figures of the next sentence."""
        line = statement(source)
        self._now = self._now.enter(source.sentence)
        subjects = tuple(s for clause in line.clauses if (s := subject(line, clause)))
        previous: tuple[Target, Reading] | None = None
        for target in line.targets:
            reading = read(line, target, previous)
            previous = (target, reading) if reading else None
            if reading:
                yield from self._figures(line, target, reading, subjects)
        self._now = self._now.leave(line, subjects)

    def _figures(self, line: Statement, target: Target, reading: Reading, subjects: tuple[Subject, ...]) -> Iterator[Figure]:
        keys = self._about(line, target, subjects)
        for label in labels(line, target, reading, self._now):
            for key in keys:
                yield self._figure(line, target, reading, key, label)
            if keys and reading.measure in (Measure.LEVEL, Measure.GROWTH, Measure.SHARE):
                self._state(line, target, reading, label, keys)

    def _about(self, line: Statement, target: Target, subjects: tuple[Subject, ...]) -> tuple[str, ...]:
        """Keys of the entities the quantity describes."""
        if key := named(line, target):
            return (key,)
        over = [s for s in subjects if s.begin < target.index]
        if not over:
            key = speaker(line) or self._now.topic or self._home
            return (key,) if key else ()
        if not over[-1].each:
            return over[-1].keys
        place = sum(over[-1].begin < t.index < target.index for t in line.targets)
        return over[-1].keys[place : place + 1]

    def _figure(self, line: Statement, target: Target, reading: Reading, key: str, label: Label) -> Figure:
        quantity = target.quantity
        value, unit = _amount(quantity, reading)
        period, planned = self._time(line, target, label)
        sentence = line.source.sentence
        begin = line.masked.origin(min(label.begin, target.clause.begin))
        end = max(line.masked.origin(label.end), quantity.end)
        return Figure(
            about=key,
            indicator=label.text,
            value=value,
            unit=unit,
            bound=quantity.bound,
            measure=Measure(reading.measure),
            status=Status.TARGET if planned else Status.ACTUAL,
            period=period,
            raw=line.raw(quantity),
            evidence=sentence.evidence(begin, end),
            rule=reading.rule,
            scope=reading.scope,
            level=self._level(reading, label),
        )

    def _time(self, line: Statement, target: Target, label: Label) -> tuple[str | None, bool]:
        """The period, and whether the figure is an aim."""
        here = time(line, target)
        aims = planned(line, target)
        standing = stands(label.text)
        carried = self._now.time if not standing else None
        period = here.iso if here else carried.iso if carried else None
        if standing and not said_here(line, target):
            return period, False
        future = bool(here) and ahead(period, self._published)
        return period, future or (self._now.plans if aims is None else aims)

    def _level(self, reading: Reading, label: Label) -> tuple[str, Decimal, str] | None:
        last = self._now.last
        same = last and reading.measure == Measure.GROWTH and last.level and last.indicator == label.text
        return (last.indicator, last.value, last.unit) if last and same else None

    def _state(self, line: Statement, target: Target, reading: Reading, label: Label, keys: tuple[str, ...]) -> None:
        quantity = target.quantity
        counts = target.kind in ("Count", "Few", "Head")
        stated = Stated(
            label.text,
            keys,
            line.source.sentence.index,
            target.clause,
            quantity.value,
            quantity.unit,
            counts,
            reading.measure == Measure.LEVEL,
        )
        self._now = self._now.state(stated)


def _amount(quantity: Quantity, reading: Reading) -> tuple[Decimal, str]:
    value = quantity.value
    return -value if reading.negative else value, quantity.unit


def agree(found: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Give figures that say the same thing twice the same content, each with its own evidence."""
    return found
