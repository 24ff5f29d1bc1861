"""Times: of when the numbers of a sentence are, and what time it leaves to the sentences after it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.facts.outlook import ahead
from kg.facts.statement import Note, Statement, Target
from kg.language.lexicon import wordset
from kg.language.period import Period
from kg.language.rules import pattern

_BARE = 2
"""A time of comparison that names no year is no longer."""
_PAIR = 2
"""The numbers of a list, at the least."""
_ERA = 8
"""Of so many years a text tells what happened in them, and then goes on to the present."""
_DAY, _MONTH, _YEAR = len("2024-08-05"), len("2024-08"), len("2024")


@dataclass(frozen=True, slots=True)
class Time:
    """The period that holds at some place of a text; ``iso`` is None for words without dates (目前)."""

    iso: str | None


def time(statement: Statement, target: Target, indicator: str, published: str | None) -> Time | None:
    """The nearest dated period before the quantity in its sentence; words without dates (目前) where there is no other.

    What lies ahead (计划2025年建成，目前……) is over with 目前, and so is the year in which a thing began (2015年成立，已有……).
    """
    vague, since = None, _since(statement, target)
    for index in reversed(statement.places(0, target.index)):
        note = statement.note(index)
        if isinstance(note, Period) and index < since:
            return Time(None)
        if isinstance(note, Period) and _is_since(statement, index):
            vague = Time(_from_then(note, published))
        elif isinstance(note, Period) and not _is_compared(statement, index, note) and not _is_passing(statement, index, note, target):
            if not pattern("narrative", "single").search(indicator) and _is_of_single(statement, index, target):
                continue
            to_come = ahead(note.iso, published)
            if (note.iso and _is_origin(statement, index, target, to_come)) or (vague and to_come):
                vague = Time(None)
                continue
            if note.iso:
                return Time(note.iso)
            summed = statement.original(index, index + 1) in wordset("aspect_time")
            vague = vague if summed else Time(None)
    return Time(None) if since else vague


def _since(statement: Statement, target: Target) -> int:
    """Where the words end that date what follows by something that happened: 行动开展以来; 0 where there are none."""
    return max((m.end() for m in pattern("narrative", "happening").finditer(statement.text, 0, target.index)), default=0)


def lasts(statement: Statement, target: Target, indicator: str) -> bool:
    """Whether a number holds at no time in particular: a reserve, a capacity, what a district is divided into, what is spent every year."""
    said = pattern("narrative", "at-all-times").search(statement.text, target.clause.begin, target.index)
    return bool(said or pattern("narrative", "lasting").search(indicator))


def reports(statement: Statement, end: int | None = None) -> bool:
    """Whether the last words of time before ``end`` are those of the report itself: 报告期内."""
    periods = [i for i in statement.places(0, len(statement.text) if end is None else end) if isinstance(statement.note(i), Period)]
    begin = periods[-1] if periods else 0
    return bool(pattern("narrative", "reporting").search(statement.text, begin, len(statement.text) if end is None else end))


def began(statement: Statement, target: Target) -> str | None:
    """The period named right before where something began: 从[2018年]的3亿元增加到5亿元."""
    places = [i for i in statement.places(target.clause.begin, target.index) if pattern("narrative", "start").match(statement.text, i)]
    note = statement.note(places[-1]) if places else None
    return note.iso if isinstance(note, Period) else None


def years(period: str | None) -> tuple[str, str] | None:
    """The first and the last year of a span of years, in which something moved: 2012年至2022年，由3亿元增加到5亿元."""
    first, _, last = (period or "").partition("/")
    return (first, last) if len(first) == len(last) == _YEAR else None


def each(statement: Statement, run: Sequence[Target]) -> tuple[str, ...]:
    """The times that the numbers of a list belong to one by one: 2021年、2022年产值分别为3亿元、5亿元; none where they are not as many."""
    dated = [i for i in statement.places(0, run[0].index) if _dated(statement.note(i))]
    if len(run) < _PAIR or not dated or not pattern("label", "respectively").search(statement.text, dated[-1], run[0].index):
        return ()
    listed = dated[-1:]
    while len(listed) < len(dated) and pattern("label", "and").fullmatch(statement.text, dated[-len(listed) - 1] + 1, listed[0]):
        listed.insert(0, dated[-len(listed) - 1])
    times = tuple(year for i in listed for year in _years_of(_dated(statement.note(i))))
    return times if len(times) == len(run) else ()


def _dated(note: Note | None) -> str:
    """The dates of a time of its own, which is none of comparison."""
    return note.iso or "" if isinstance(note, Period) and not note.comparison else ""


def _years_of(period: str) -> tuple[str, ...]:
    """The years of a span of years; any other time by itself."""
    span = years(period)
    return tuple(str(year) for year in range(int(span[0]), int(span[1]) + 1)) if span else (period,)


def _is_compared(statement: Statement, index: int, period: Period) -> bool:
    """Whether a period is that of what a number is compared with, or only of the report itself, or tells which thing is meant."""
    sent = is_day(period.iso) and pattern("narrative", "dispatch").match(statement.text, index + 1)
    told = pattern("narrative", "attributive").match(statement.text, index)
    return period.comparison or bool(sent or told or pattern("narrative", "base").match(statement.text, max(0, index - 1)))


def _is_since(statement: Statement, index: int) -> bool:
    """Whether something began in a period and has gone on from then."""
    return bool(pattern("narrative", "since").match(statement.text, max(0, index - 1)))


def _from_then(period: Period, published: str | None) -> str | None:
    """From a day or month of the year of publication to the month of publication; None for what began before."""
    begin, now = (period.iso or "").split("/")[0][:_MONTH], (published or "")[:_MONTH]
    recent = len(begin) == len(now) == _MONTH and begin[:_YEAR] == now[:_YEAR] and begin <= now
    return (begin if begin == now else f"{begin}/{now}") if recent else None


def _is_origin(statement: Statement, index: int, target: Target, to_come: bool) -> bool:
    """Whether an earlier clause only tells that something began or was bestowed in a period, or is to be finished in one."""
    clause = next(c for c in statement.clauses if c.begin <= index < c.end)
    rules = ("origin", "completion") if to_come else ("origin",)
    return clause != target.clause and any(pattern("narrative", rule).search(statement.text, clause.begin, clause.end) for rule in rules)


def is_day(iso: str | None) -> bool:
    """Whether a time is one day."""
    return len(iso or "") == _DAY


def _is_of_single(statement: Statement, index: int, target: Target) -> bool:
    """Whether a period only holds for what the words behind it say to be that of a single quarter or month."""
    following = (i for i in statement.places(index + 1, target.clause.begin) if isinstance(statement.note(i), Period))
    return bool(pattern("narrative", "single").search(statement.text, index, next(following, target.clause.begin)))


def _is_passing(statement: Statement, index: int, period: Period, target: Target) -> bool:
    """Whether a period is only that of an earlier clause: the day of an event, or the year before, of which it tells a number."""
    if index >= target.clause.begin:
        return False
    return _is_past_day(statement, index, period) or _is_glance(statement, index, period)


def _is_past_day(statement: Statement, index: int, period: Period) -> bool:
    """Whether it is the day of an event, and not one up to which things are counted."""
    if pattern("narrative", "until").search(statement.text, 0, index) and not pattern("narrative", "of").match(statement.text, index + 1):
        return False
    return is_day(period.iso)


def _is_glance(statement: Statement, index: int, period: Period) -> bool:
    """Whether it is an earlier year of which only a number is told, beside that of the year spoken of: 2022年产值6亿元，上年为5亿元."""
    if not period.iso or not pattern("narrative", "glance").match(statement.text, index):
        return False
    before = (statement.note(i) for i in statement.places(0, index))
    return any(isinstance(note, Period) and not note.comparison and (note.iso or "")[:_YEAR] > period.iso[:_YEAR] for note in before)


def day(statement: Statement) -> str | None:
    """The last day, or few days of an event, that a sentence names; of a day on which it was only sent, the month."""
    notes = (statement.note(index) for index in statement.places(0, len(statement.text)))
    days = [note for note in notes if isinstance(note, Period) and not note.comparison and _is_days(note.iso)]
    held = [note.iso for note in days if note.iso and not pattern("narrative", "dispatch").match(statement.source.sentence.text, note.end)]
    sent = [note.iso[:_MONTH] for note in days if note.iso]
    return max(held or sent, default=None)


def opening(statement: Statement) -> Time | None:
    """The last period that opens a clause: it holds for the sentences after it.

    Days are when something happened, and so is a month of which no number is told; several times side by side frame nothing.
    """
    if not statement.source.periods:
        return None
    frames = [(m, False) for m in pattern("narrative", "frame").finditer(statement.text)]
    matches = sorted([*frames, *((m, True) for m in _accounts(statement))], key=lambda pair: pair[0].start("p"))
    origin = pattern("narrative", "origin").match
    found = [
        _framed(statement, m.start("p"), account) for m, account in matches if not m["more"] and not origin(statement.text, m.start("p"))
    ]
    return next((time for time in reversed(found) if time), None)


def account(statement: Statement) -> Time | None:
    """The period that a published account is of, as far as the sentence tells."""
    return next((time for m in _accounts(statement) if (time := _framed(statement, m.start("p"), True))), None)


def _accounts(statement: Statement) -> Iterator[re.Match[str]]:
    for rule in ("account", "account-says"):
        yield from pattern("narrative", rule).finditer(statement.text)


def elsewhen(statement: Statement, time: Time) -> bool:
    """Whether a clause of the sentence opens with a time of a later year than those of ``time``, or tells of the years since."""
    last = (time.iso or "").split("/")[-1][:_YEAR]
    notes = (statement.note(m.start("p")) for m in pattern("narrative", "frame").finditer(statement.text))
    if pattern("narrative", "many-years").search(statement.text):
        return True
    return bool(last) and any(isinstance(n, Period) and n.iso and not n.comparison and n.iso[:_YEAR] > last for n in notes)


def _framed(statement: Statement, index: int, account: bool) -> Time | None:
    note = statement.note(index)
    if not isinstance(note, Period) or note.comparison or _is_since(statement, index):
        return None
    if not _frames(statement, note) and not (account and len(note.iso or "") == _MONTH):
        return None
    summed = note.iso is None and statement.original(index, index + 1) in wordset("aspect_time")
    return None if summed else Time(note.iso)


def _frames(statement: Statement, period: Period) -> bool:
    first, _, last = (period.iso or "").partition("/")
    era = bool(last) and int(last[:4]) - int(first[:4]) >= _ERA
    told = len(period.iso or "") != _MONTH or bool(statement.targets)
    return told and not era and not is_day(period.iso) and not _is_few_days(first, last)


def _is_days(iso: str | None) -> bool:
    """Whether a time is one day, or the few days of an event."""
    first, _, last = (iso or "").partition("/")
    return is_day(iso) or (bool(last) and _is_few_days(first, last))


def _is_few_days(first: str, last: str) -> bool:
    """Whether the days from ``first`` to ``last`` are those of an event: of one month, or of one and the next."""
    days = len(first) == len(last) == _DAY and first[:_YEAR] == last[:_YEAR]
    return days and int(last[_YEAR + 1 : _MONTH]) - int(first[_YEAR + 1 : _MONTH]) <= 1


def tells_of_before(statement: Statement) -> bool:
    """Whether all of the sentence is what another year had: 上年同期，产量为5万吨，产值为2亿元."""
    first = statement.note(0)
    names_year = isinstance(first, Period) and first.comparison and len(statement.original(0, 1)) > _BARE
    return names_year and pattern("narrative", "another-year").match(statement.text) is not None


def is_yardstick(statement: Statement, target: Target, *, moved: bool) -> bool:
    """Whether the number only is what another year had: 上年同期为2亿元.

    ``moved``: it is by how much something differs from that (比上年同期多2亿元).
    """
    for index in reversed(statement.places(target.clause.begin, target.index)):
        note = statement.note(index)
        if isinstance(note, Period):
            between = statement.text[index + 1 : target.index]
            heads = pattern("narrative", "heading-year").search(statement.text[target.clause.begin : index]) is not None
            other = heads and len(statement.original(index, index + 1)) > _BARE
            return note.comparison and ((between in wordset("attain") and not moved) or other)
    return False
