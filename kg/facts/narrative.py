"""Narrative: what the sentences of a document leave unsaid because an earlier one said it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.facts.entity import Link
from kg.facts.indicator import contest
from kg.facts.phrase import small_words
from kg.facts.statement import Clause, Statement, kind_of
from kg.facts.subject import OUTSIDER, Subject, last_event, last_firm, last_project, leads, says
from kg.facts.time import Time, account, day, elsewhen, opening, reports
from kg.language.rules import pattern
from kg.text.sentence import Kind, Sentence

_YEAR = len("2024")
_FRESH = 3
"""For so many sentences what was told of in passing is still spoken of."""
_SILENT = 2
"""After so many sentences without a number the numbers are no longer those of the time told before."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a figure measured, for those after it that do not say it again."""

    indicator: str
    keys: tuple[str, ...]
    sentence: int
    clause: Clause
    at: int
    """Where the number stands in the masked sentence."""
    value: Decimal
    unit: str
    counts: bool
    """It counts things; later counts without a noun are some of them."""
    measure: str
    root: str
    """The indicator without what it left out and took from others."""
    of: str = ""
    """The unit of what grew, where the text states it."""
    period: str | None = None
    aim: bool = False
    """It is still to come."""
    sound: bool = True
    """It was believed."""
    strayed: bool = False
    """It was found to be somebody else's."""
    said: bool = False
    """The sentence, or the one before it, named whose figure it is."""

    def begins(self, last: "Stated | None") -> bool:
        """Whether it tells an amount of what the figure before is not about."""
        return kind_of(self.unit) != "ratio" and (last is None or last.root != self.root)


@dataclass(frozen=True, slots=True)
class Narrative:
    """What holds at some place of a document."""

    paragraph: int = -1
    topic: str | None = None
    """Key of the district or enterprise that the sentences before speak of; OUTSIDER where the document has no name for it."""
    named_at: int = -2
    """The sentence that named the topic."""
    home_at: int = -2
    """The last sentence that named the home, which is spoken of anywhere."""
    aside: str | None = None
    """Key of a project, place or body that one of the last sentences speaks of."""
    aside_at: int = -_FRESH
    """The sentence that spoke of it."""
    firm: str | None = None
    """Key of the enterprise named last."""
    event: str | None = None
    """Key of the event named last, in any paragraph."""
    event_at: int = 0
    """The sentence that named it."""
    time: Time | None = None
    silent: int = 0
    """How many sentences in a row have had no number, since the time was told."""
    lapsed: bool = False
    """The time told in this paragraph is over, until another is told."""
    reported: Time | None = None
    """The time of the account that the text is about: a firm's half-year report."""
    plans: bool = False
    """The paragraph has come to speak of aims."""
    last: Stated | None = None
    """The last level, growth or share."""
    counted: Stated | None = None
    latest: Stated | None = None
    """The last figure of any measure."""
    told: tuple[Stated, ...] = ()
    """The levels, growths and shares of the paragraph, in order."""
    ranking: Stated | None = None
    """The last place in a ranking."""
    contest: str | None = None
    """The ranking that one of the last sentences named."""
    contest_at: int = 0
    """The sentence that named it."""
    frame: Time | None = None
    """Time of the lead-in, a sentence that ends in a dash or colon, to this and the paragraphs around it."""
    years: tuple[str, ...] = ()
    """The years that paragraphs have been about, the latest last."""
    day: str | None = None
    """The last day on which something was told to have happened, in any paragraph."""
    day_at: int = 0
    """The sentence that told it."""
    earlier: tuple[str, ...] = ()
    """The years that the paragraphs before this one have been about."""

    def enter(self, sentence: Sentence) -> "Narrative":
        """The narrative at the beginning of a sentence: a new paragraph forgets what the one before said."""
        if sentence.paragraph == self.paragraph:
            return self
        frame = None if sentence.kind is Kind.HEADING else self.frame
        return Narrative(
            paragraph=sentence.paragraph,
            time=frame,
            frame=frame,
            years=self.years,
            earlier=self.years,
            reported=self.reported,
            day=self.day,
            day_at=self.day_at,
            event=self.event,
            event_at=self.event_at,
        )

    def dated(self, statement: Statement) -> "Narrative":
        """The narrative once a sentence has told on which day it was, or turned to that day from a year to come."""
        told = day(statement)
        dated = replace(self, day=told, day_at=statement.source.sentence.index) if told else self
        return replace(dated, time=None, lapsed=True) if dated._returns(statement) else dated

    def _returns(self, statement: Statement) -> bool:
        """Whether a text that has spoken of a year to come turns to what happened on the day that it tells of."""
        ahead = self.day is not None and self.time is not None and (self.time.iso or "")[:_YEAR] > self.day[:_YEAR]
        return ahead and pattern("narrative", "on-site").search(statement.text) is not None

    def recent_event(self, statement: Statement) -> str | None:
        """The event that one of the last sentences named."""
        return self.event if statement.source.sentence.index - self.event_at < _FRESH else None

    def state(self, stated: Stated, *, carries: bool) -> "Narrative":
        """The narrative after a figure; ``carries``: later ones may be about the same indicator."""
        ranking = stated if stated.measure == "rank" else self.ranking
        if not carries:
            return replace(self, latest=stated, ranking=ranking)
        counted = stated if stated.counts else self.counted
        told = self.told if stated.measure == "rank" else (*self.told, stated)
        return replace(self, latest=stated, ranking=ranking, last=stated, told=told, counted=counted)

    @property
    def levels(self) -> tuple[Stated, ...]:
        """The levels of the paragraph, in order."""
        return tuple(one for one in self.told if one.measure == "level")

    def lose(self) -> "Narrative":
        """The narrative after a number of nobody that the document names: nothing carries on from it."""
        return replace(self, last=None, counted=None, latest=None, ranking=None)

    def blank(self) -> "Narrative":
        """The narrative after a number without a name: no later one is of what was measured before it."""
        return replace(self, last=None, counted=None)

    def leave(self, statement: Statement, subjects: tuple[Subject, ...], home: str | None) -> "Narrative":
        """The narrative after a sentence: its subject, its time and its outlook hold for the next one; ``home`` may be it anywhere."""
        passing = not says(statement) or _is_instance(statement) or breaks_down(statement)
        said = [s for s in subjects if len(s.keys) == 1 and not s.organ and not passing]
        first = next((s for s in said if leads(statement, s) or s.keys == (home,)), None)
        if subjects and subjects[-1].keys == (OUTSIDER,):
            first = subjects[-1]
        elif tells_of_venture(statement, 0, len(statement.text)):
            first = Subject((OUTSIDER,), 0, 0, acts=True)
        plans, here = _turns(statement), statement.source.sentence.index
        told, compared = self._measured(statement), self._compared(statement)
        return replace(
            self.skim(statement),
            topic=first.keys[0] if first and first.acts else self.topic,
            named_at=here if first and first.acts else self.named_at,
            home_at=here if home and tells_of(statement, home) else self.home_at,
            aside=_aside(statement, first) if first else told or (self.aside if here - self.aside_at < _FRESH else None),
            aside_at=here if first or told else self.aside_at,
            firm=last_firm(statement, len(statement.text)) or self.firm,
            contest=compared or (self.contest if here - self.contest_at < _FRESH else None),
            contest_at=here if compared or pattern("label", "entrants").search(statement.text) else self.contest_at,
            plans=self.plans if plans is None else plans,
        )

    def _compared(self, statement: Statement) -> str | None:
        """The ranking that a sentence names, but for one that only it tells of (在…榜单中), while the text is about another."""
        named = contest(statement, len(statement.text))
        aside = named and self.contest and statement.text.startswith(small_words("setting_end"), named.end)
        return named.text if named and not aside else None

    def skim(self, statement: Statement) -> "Narrative":
        """The narrative after a sentence as far as later paragraphs take it up: the time that it leaves."""
        told = opening(statement) or (self.reported if reports(statement) else None)
        silent = 0 if told or statement.targets else self.silent + 1
        over = self.time is not None and (silent >= _SILENT or elsewhen(statement, self.time))
        lapsed = not told and (self.lapsed or over)
        now = told or (None if lapsed else self.time)
        frame = now if _lead_in(statement) else self.frame
        year = now.iso if now and now.iso and len(now.iso) == _YEAR else None
        years = (*self.years, year) if year and self.years[-1:] != (year,) else self.years
        reported = account(statement) or self.reported
        event, here = last_event(statement, len(statement.text)), statement.source.sentence.index
        met = replace(self, event=event, event_at=here) if event else self
        return replace(met, time=now, silent=silent, lapsed=lapsed, frame=frame, years=years, reported=reported)

    def _measured(self, statement: Statement) -> str | None:
        """Key of the project or place that the last number of the sentence was about."""
        one = self.latest if self.latest and self.latest.sentence == statement.source.sentence.index else None
        sites = {link.key for link in statement.source.links if link.mention.type in ("Project", "Place")} | {self.aside}
        return next((key for key in one.keys if key in sites), None) if one else None

    def year(self, published: str | None, *, planned: bool) -> str | None:
        """The year that figures of this kind are about, for want of anything nearer: past for results, not past for aims."""
        return next(
            (y for y in reversed(self.earlier if self.lapsed else self.years) if published and (y >= published[:_YEAR]) == planned), None
        )


def tells_of_venture(statement: Statement, begin: int, end: int) -> bool:
    """Whether a stretch of the masked sentence tells of something without a name that somebody runs for himself."""
    return pattern("narrative", "venture").search(statement.original(begin, end)) is not None


def breaks_down(statement: Statement) -> bool:
    """Whether the sentence only tells the parts of what was said last: 其中，工业投资20亿元."""
    return bool(pattern("narrative", "breakdown").match(statement.text))


def names(statement: Statement, key: str) -> bool:
    """Whether a sentence names a thing, or an organ of it, otherwise than as the place where something happens."""
    return any(_named(statement, key))


def tells_of(statement: Statement, key: str) -> bool:
    """Whether a sentence names a thing so, and not only to measure others against it."""
    return any(not _is_field(statement, link) for link in _named(statement, key))


def _named(statement: Statement, key: str) -> Iterator[Link]:
    named = (link for outer in statement.source.links for link in (outer, *(outer.inner if outer.mention.type == "Organization" else ())))
    return (link for link in named if link.key == key and not _is_setting(statement, link))


def _aside(statement: Statement, first: Subject) -> str | None:
    """What a sentence speaks of beside a topic: its subject, or the project of a firm that is."""
    if not first.acts:
        return first.keys[0]
    link = statement.link(first.begin)
    firm = link is not None and link.mention.type == "Enterprise"
    return last_project(statement, first.begin, len(statement.text)) if firm else None


def _is_setting(statement: Statement, link: Link) -> bool:
    """Whether a place is only where something happens."""
    return bool(pattern("narrative", "setting").search(statement.source.sentence.text, 0, link.mention.begin))


def _is_field(statement: Statement, link: Link) -> bool:
    """Whether a place is only what others are measured against: 占[全市]10%, 居[全市]第一."""
    return bool(pattern("narrative", "field").search(statement.source.sentence.text, 0, link.mention.begin))


def _lead_in(statement: Statement) -> bool:
    """Whether the sentence announces the paragraphs after it."""
    return bool(pattern("narrative", "lead-in").search(statement.text))


def _is_instance(statement: Statement) -> bool:
    """Whether the sentence is only an example of what the text is about."""
    return bool(pattern("narrative", "instance").match(statement.text))


def _turns(statement: Statement) -> bool | None:
    """Whether the sentence turns the paragraph to aims, or back to results; None where it does neither."""
    if pattern("narrative", "ahead").match(statement.text):
        return True
    return False if pattern("narrative", "back").match(statement.text) else None
