"""Dating: of when a figure is, and whether it has come about."""

from functools import cached_property

from kg.facts.entity import LinkedDocument
from kg.facts.figure import Measure, Status
from kg.facts.label import Label
from kg.facts.measure import MOVES, Reading
from kg.facts.narrative import Narrative, Stated, breaks_down
from kg.facts.outlook import (
    agreed,
    ahead,
    built,
    is_long_past,
    is_of_past_year,
    is_of_year_to_come,
    made_yearly,
    planned,
    reaches,
    said_here,
    sized,
    stands,
)
from kg.facts.plausibility import is_of_contest
from kg.facts.state import unbuilt
from kg.facts.statement import Statement, Target
from kg.facts.subject import is_of_event
from kg.facts.time import Time, began, each, is_day, lasts, reports, time, years
from kg.language.lexicon import wordset
from kg.language.period import Period
from kg.language.rules import pattern

_CLOSE = 2
"""So many sentences after a figure, others are still of its time."""
_RECENT = 5
"""So many sentences after the day was told, a text still speaks of the event of that day."""


class Dating:
    """The times of a document's figures."""

    def __init__(self, document: LinkedDocument) -> None:
        self._document = document
        self._published = document.document.metadata.published

    def date(
        self, line: Statement, target: Target, reading: Reading, label: Label, now: Narrative, about: str
    ) -> tuple[str | None, Status]:
        """The period of a figure about an entity, and whether it is an aim."""
        edition = pattern("period", "ranking").match(label.text) if reading.measure == Measure.RANK and is_of_contest(label.text) else None
        if edition:
            return edition["i"], Status.ACTUAL
        period, aim = self._time(line, target, label, now)
        if period is None and not aim and reading.measure in MOVES:
            period = self._followed(line, target, now, about)
        aim = aim or (self._is_size(line, target, reading, label) and about in self._unbuilt)
        span = years(period)
        if reading.began:
            return began(line, target) or (span and span[0]), Status.ACTUAL
        if span and (reading.reached or (aim and reaches(line, target))):
            period = span[1]
        return period, Status.TARGET if aim else Status.ACTUAL

    @cached_property
    def _unbuilt(self) -> frozenset[str]:
        """Keys of the projects that are still to be built, or being built."""
        return unbuilt(self._document)

    def _is_size(self, line: Statement, target: Target, reading: Reading, label: Label) -> bool:
        """Whether a number is the size of works, of which no word tells that they have it already."""
        size = reading.measure == Measure.LEVEL and (built(label.text) or target.quantity.unit in wordset("building_unit"))
        return size and planned(line, target, self._published) is None

    def _time(self, line: Statement, target: Target, label: Label, now: Narrative) -> tuple[str | None, bool]:
        """The period, and whether the figure is an aim."""
        if own := _of_list(line, target, label):
            return own, ahead(own, self._published)
        here = self._told(line, target, label, now)
        if stands(label.text) and not said_here(line, target):
            to_come = here is not None and built(label.text) and ahead(here.iso, self._published)
            made = made_yearly(label.text) and bool(planned(line, target, self._published))
            return here.iso if here else _of_last(label, now), sized(label.text) or to_come or made
        aim = self._is_aim(line, target, label, here, now)
        if here:
            return here.iso, aim
        if not aim and (held := self._held(line, target, now)):
            return held, aim
        if stands(label.text) or lasts(line, target, label.text):
            return None, aim
        return self._carried(line, now, planned=aim), aim

    def _told(self, line: Statement, target: Target, label: Label, now: Narrative) -> Time | None:
        """The time that the sentence tells, or that of the account which it says it is of."""
        of_account = reports(line, target.index)
        here = (now.reported if of_account else None) or time(line, target, label.text, self._published)
        return here or (Time(None) if of_account and not now.time else None)

    def _is_aim(self, line: Statement, target: Target, label: Label, here: Time | None, now: Narrative) -> bool:
        """Whether a figure is still to come, by its time, its name or what is said of it."""
        if agreed(label.text) and not said_here(line, target):
            return False
        aims = planned(line, target, self._published)
        whole = _whole(line, now)
        if aims is None and here is None and whole:
            return whole.aim
        goes_on = aims is None and now.time is not None and is_of_year_to_come(now.time.iso, self._published)
        to_come = ahead(here.iso, self._published) if here else goes_on
        return to_come or sized(label.text) or (now.plans if aims is None else aims)

    def _held(self, line: Statement, target: Target, now: Narrative) -> str | None:
        """The day of the event that a figure came of, or is of: 现场签约8个项目, 40位茶艺师与会."""
        recent = line.source.sentence.index - now.day_at <= _RECENT
        on_site = pattern("narrative", "on-site").search(line.text, 0, target.index)
        return now.day if recent and (on_site or is_of_event(line, target)) else None

    def _carried(self, line: Statement, now: Narrative, *, planned: bool) -> str | None:
        """The period that the sentences before leave to a figure: none of a year to come to results, none of a year gone by to aims.

        The parts of what was told last (其中) are of its time.
        """
        carried, whole = now.time, _whole(line, now)
        if whole and whole.aim == planned and (planned or not carried):
            return whole.period
        if not carried:
            return now.year(self._published, planned=planned)
        unfit = is_of_past_year if planned else ahead
        return None if unfit(carried.iso, self._published) or is_long_past(carried.iso, self._published) else carried.iso

    def _followed(self, line: Statement, target: Target, now: Narrative, about: str) -> str | None:
        """The period of the figure before, of the same thing: what has moved has done so in some time.

        From one sentence to the next a word of time ends it, and no year gone by goes on, though a span of years may.
        """
        last, here = now.last, line.source.sentence.index
        if last is None or about not in last.keys or is_day(last.period):
            return None
        told = any(isinstance(line.note(i), Period) for i in line.places(0, target.index))
        over = told or (is_of_past_year(last.period, self._published) and not years(last.period))
        goes_on = here - last.sentence <= _CLOSE and not over
        return last.period or None if last.sentence == here or goes_on else None


def _of_list(line: Statement, target: Target, label: Label) -> str | None:
    """The time that a number of a list has for itself, where the list is one of times and not of things."""
    run = line.run(target)
    times = () if label.aligned and not label.inherited else each(line, run)
    return times[run.index(target)] if times else None


def _whole(line: Statement, now: Narrative) -> Stated | None:
    """The amount told right before, of which a sentence only tells the parts: 其中."""
    whole = now.levels[-1] if now.levels and breaks_down(line) else None
    return whole if whole and whole.sentence >= line.source.sentence.index - 1 else None


def _of_last(label: Label, now: Narrative) -> str | None:
    """The period of the figure before, where a standing one is of the same things."""
    last = now.last
    return last.period or None if last and label.text.startswith((last.root, last.indicator)) else None
