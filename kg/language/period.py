"""Periods: time words, made absolute by the date of publication."""

import re
from calendar import isleap, monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from kg.language.lexicon import rows
from kg.language.numeral import read
from kg.language.rules import Rule, load


@dataclass(frozen=True, slots=True)
class Period:
    """``text[begin:end]`` of a sentence, read as a stretch of time.

    ``iso`` is ISO 8601 as in the guide: ``2022``, ``2023-01/2023-06``, ``2024-08-05``; None where the words are
    relative and the document's date is unknown, or where they name no dates (累计, 目前).
    """

    begin: int
    end: int
    iso: str | None
    # The words name no dates (累计, 近年来) or only the year so far (今年以来); ``iso`` is then a guess or None.
    vague: bool = False
    # Time of what is compared with (比去年, 上年同期), not of the figure itself.
    comparison: bool = False


class _Year(NamedTuple):
    word: str
    offset: str
    anchored: str
    closed: str


class _Vague(NamedTuple):
    word: str
    until: str


@dataclass(frozen=True, slots=True)
class _Now:
    """What relative words count from: the date of publication, as far as it is known, and the year last named."""

    year: int | None
    month: int | None
    anchor: int | None
    day: int | None = None
    last: str | None = None
    """The last period of this text that is no comparison."""


def _rules() -> Mapping[str, Rule]:
    return load("period").by_name


@cache
def _relative() -> dict[str, _Year]:
    return {row.word: row for row in rows("relative_year", _Year)}


@cache
def _vague_words() -> dict[str, str]:
    return {row.word: row.until for row in rows("vague_period", _Vague)}


def _number(text: str) -> int:
    value = read(text)
    return int(value) if value is not None else 0


def _months(year: int, first: int, last: int, last_year: int | None = None) -> str | None:
    """ISO 8601 of the months ``first`` to ``last``; None where there are no such months."""
    if not (1 <= first <= _DECEMBER and 1 <= last <= _DECEMBER):
        return None
    begin, end = f"{year}-{first:02}", f"{last_year or year}-{last:02}"
    return begin if begin == end else f"{begin}/{end}" if begin < end else None


_FEW = 30
"""Fewer days than these lie too near to say in months when they began."""
_NEAR = 12
"""How far before a whole year the words stand that make it a goal, in characters."""
_DECEMBER, _CENTURY, _LAST_CENTURY, _MILLENNIUM = 12, 100, 20, 2000
_PLAN_ZERO = 1951
"""The first year of the N-th five-year plan is this plus 5 N (from the seventh on)."""


def _year(match: re.Match[str], now: _Now) -> int | None:
    """The year that the match names, or that its words count from."""
    if match["year"]:
        year = _number(match["year"])
        return year if year > _CENTURY else _MILLENNIUM + year
    word = match["relative"]
    row = _relative()[word] if word else None
    base = now.anchor or now.year if row is None or row.anchored else now.year
    if base is None:
        return None
    closed = row.closed if row else match["ended"]
    past = closed and now.anchor is None and (now.month or _DECEMBER) < _DECEMBER
    return base + int(row.offset if row else 0) - bool(past and not _is_goal(match))


def _is_goal(match: re.Match[str]) -> bool:
    """Whether the words around a whole year speak of what is to be reached in it."""
    goal = _rules()["goal"].pattern
    return bool(goal.match(match.string, match.end()) or goal.search(match.string, max(0, match.start() - _NEAR), match.start()))


def _month_year(match: re.Match[str], month: int, now: _Now) -> int | None:
    """The year of a month: without a year it is the latest such month, unless it is said to lie ahead."""
    year = _year(match, now)
    explicit = match["year"] or match["relative"] or now.anchor not in (None, now.year)
    if year is None or explicit or now.month is None or month <= now.month or _ahead(match):
        return year
    return year - 1


def _ahead(match: re.Match[str]) -> bool:
    before = _rules()["ahead"].pattern.search(match.string, max(0, match.start() - 4), match.start())
    return bool(before or _rules()["deadline"].pattern.match(match.string, match.end()))


def _days(match: re.Match[str], year: int) -> str | None:
    """ISO 8601 of the day or days that the match names; None where the calendar has no such days."""
    first = _day(year, _number(match["month"]), _number(match["day"]))
    if not first or not match["last_day"]:
        return first
    last = _day(int(match["last_year"] or year), _number(match["last_month"] or match["month"]), _number(match["last_day"]))
    return f"{first}/{last}" if last else None


def _day(year: int, month: int, day: int) -> str | None:
    there = 1 <= month <= _DECEMBER and 1 <= day <= monthrange(year, month)[1]
    return f"{year}-{month:02}-{day:02}" if there else None


def _part(match: re.Match[str], now: _Now) -> str | None:
    """ISO 8601 of the part of a year that the match names."""
    if match["from"]:
        first, last = _number(match["from"]), _number(match["until"])
        year = _month_year(match, last, now)
        return None if year is None else _months(year, first, last, int(match["later"]) if match["later"] else None)
    if match["month"]:
        year = _month_year(match, _number(match["month"]), now)
        return None if year is None else _days(match, year) if match["day"] else _months(year, *[_number(match["month"])] * 2)
    year = _year(match, now)
    if year is None or match["close"]:
        return None if year is None else str(year)
    if match["spring"]:
        return _months(year, 1, 3)
    if match["interim"]:
        return _months(year, 1, 6)
    if match["half"]:
        first, last = (1, 6) if match["upper"] else (7, 12)
        return _months(year, last if match["half_end"] else first, last)
    if match["quarter"]:
        quarter = _number(match["quarter"])
        year -= not (match["year"] or match["relative"]) and now.month is not None and 3 * quarter - 2 > now.month + 3
        return _months(year, 3 * quarter if match["quarter_end"] else 3 * quarter - 2, 3 * quarter)
    if match["quarters"]:
        return _months(year, 1, 3 * _number(match["quarters"]))
    return _months(year, 1, _number(match["months"]) if match["months"] else 1)


def _date(match: re.Match[str], now: _Now) -> Period | None:
    """A year, a part of a year, or both."""
    named = match["year"] or match["relative"]
    if not (named or match["part"] or match["same"]):
        return None
    year = _year(match, now)
    iso = _part(match, now) if match["part"] else str(year) if year and named else None
    if match["part"] and year and iso is None:
        return None
    if match["same"]:
        iso = _shifted(now.last, year) if now.last and year and named else iso
    if match["since"] and iso:
        iso = _until_now(iso, now)
    vague = match["since"] is not None and iso is not None and iso.startswith(f"{now.year}-01")
    return Period(match.start(), match.end(), iso, vague=vague, comparison=bool(match["same"]))


def _shifted(iso: str, year: int) -> str:
    """The same months or days of another year."""
    shifted = "/".join(f"{year}{end[4:]}" for end in iso.split("/"))
    return shifted if isleap(year) else shifted.replace("-02-29", "-02-28")


def _until_now(iso: str, now: _Now) -> str | None:
    """From the start of ``iso`` to the date of publication."""
    start = iso.split("/")[0]
    if now.year is None:
        return None
    if start[:4] > str(now.year):
        return iso
    if start == str(now.year):
        return _months(now.year, 1, now.month) if now.month else start
    if len(start) == len("2023"):
        return f"{start}/{now.year}"
    today = f"{now.year}-{now.month:02}" if now.month else None
    return start if start == today else today and f"{start}/{today}"


def _years(match: re.Match[str], now: _Now) -> Period | None:
    """2020—2022年, 2020年至2022年3月."""
    first, last = match["first"], match["last"]
    iso = _months(int(first), 1, _number(match["month"]), int(last)) if match["month"] else f"{first}/{last}"
    return Period(match.start(), match.end(), iso) if iso and first < last else None


def _brief(match: re.Match[str], now: _Now) -> Period | None:
    """1H23 is the first half of 2023, 2023Q2 its second quarter."""
    year = _MILLENNIUM + int(match["of"] or match["year"])
    number, length = int(match["first"] or match["number"]), 6 if "H" in (match["cut"], match["part"]) else 3
    iso = _months(year, length * (number - 1) + 1, length * number)
    return Period(match.start(), match.end(), iso) if iso else None


def _edition(match: re.Match[str], now: _Now) -> Period | None:
    """2023 of 2023中国百强区."""
    return Period(match.start(), match.end(), match["year"])


def _span(match: re.Match[str], now: _Now) -> Period | None:
    """近三年 are the last three whole years, 未来三年 this one and the two after it."""
    count = _number(match["count"] or match["ago"])
    if now.year is None or count < 1:
        return Period(match.start(), match.end(), None)
    first = now.year if match["future"] else now.year - count
    iso = str(first) if count == 1 else f"{first}/{first + count - 1}"
    return Period(match.start(), match.end(), iso)


def _recent(match: re.Match[str], now: _Now) -> Period | None:
    """近6个月, 最近90天: from the month in which they began to that of publication; no dates where they are but a few days."""
    count, iso = _number(match["count"]), None
    if now.year and now.month and match["months"]:
        year, month = divmod(now.year * _DECEMBER + now.month - 1 - count, _DECEMBER)
        iso = f"{year}-{month + 1:02}/{now.year}-{now.month:02}"
    elif now.year and now.month and now.day and count >= _FEW:
        begin = date(now.year, now.month, now.day) - timedelta(days=count)
        iso = f"{begin:%Y-%m}/{now.year}-{now.month:02}"
    return Period(match.start(), match.end(), iso, vague=True)


def _plan(match: re.Match[str], now: _Now) -> Period | None:
    """“十四五”期间 is 2021 to 2025."""
    first = _PLAN_ZERO + 5 * _number(match["number"])
    if match["since"]:
        return Period(match.start(), match.end(), _until_now(str(first), now))
    return Period(match.start(), match.end(), str(first + 4) if match["close"] else f"{first}/{first + 4}")


def _vague(match: re.Match[str], now: _Now) -> Period | None:
    """累计, 目前, 年初以来."""
    until = _vague_words()[match["word"]]
    iso = None
    if until and now.year and now.month:
        iso = _months(now.year, 1 if until == "year" else now.month, now.month)
    return Period(match.start(), match.end(), iso, vague=True)


def _decade(match: re.Match[str], now: _Now) -> Period | None:
    """20世纪80年代 are the years 1980 to 1989."""
    first = (int(match["century"] or _LAST_CENTURY) - 1) * _CENTURY + int(match["tens"] or match["later"]) * 10
    return Period(match.start(), match.end(), f"{first}/{first + 9}")


_RESOLVERS: dict[str, Callable[[re.Match[str], _Now], Period | None]] = {
    "years": _years,
    "brief": _brief,
    "edition": _edition,
    "date": _date,
    "span": _span,
    "recent": _recent,
    "plan": _plan,
    "decade": _decade,
    "vague": _vague,
}
"""What reads the matches of a rule, by the rule's output."""


def _matches(text: str) -> Iterator[tuple[re.Match[str], Rule]]:
    """Matches of all rules; of those that overlap, the first, longest one comes first."""
    found = [(match, rule) for rule in load("period").possible(text) if rule.output for match in rule.pattern.finditer(text)]
    yield from sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end()))


def _compared(text: str, period: Period) -> bool:
    before = _rules()["base_before"].pattern.search(text, max(0, period.begin - 4), period.begin)
    return period.comparison or bool(before or _rules()["base_after"].pattern.match(text, period.end))


def _is_so_far(text: str, before: Period, year: Period) -> bool:
    """Whether a year goes as far as the time named right before it: 截至6月底，今年."""
    near = before.iso and year.iso == before.iso[:4] != before.iso and _rules()["comma"].pattern.fullmatch(text, before.end, year.begin)
    return bool(near and _rules()["up_to"].pattern.search(text, max(0, before.begin - 4), before.begin))


def _now(published: str | None, anchor: int | None) -> _Now:
    year, month, day = [*map(int, (published or "").split("-")), None, None, None][:3] if published else (None, None, None)
    return _Now(year, month, anchor, day)


def _names_year(match: re.Match[str]) -> bool:
    """Whether later words of the text (上半年, 全年) count from the year of this match."""
    groups = match.groupdict()
    relative = groups.get("relative")
    if groups.get("since") or _rules()["attributive"].pattern.match(match.string, match.end()):
        return False
    return bool(groups.get("year")) or (relative is not None and not _relative()[relative].anchored)


def periods(text: str, published: str | None, anchor: int | None = None) -> tuple[Period, ...]:
    """All periods of ``text``, in order and without overlap.

    ``published`` is the date of publication in ISO 8601, as far as it is known; ``anchor`` the year that the text before
    speaks of: parts of a year (上半年, 全年) belong to it, until the text names another.
    """
    if not _rules()["trigger"].pattern.search(text):
        return ()
    now, found, end = _now(published, anchor), list[Period](), 0
    for match, rule in _matches(text):
        period = _RESOLVERS[rule.output](match, now) if match.start() >= end else None
        if period is None:
            continue
        paired = bool(found) and found[-1].comparison and bool(_rules()["base_and"].pattern.fullmatch(text, found[-1].end, period.begin))
        period = replace(period, comparison=paired or _compared(text, period))
        if found and _is_so_far(text, found[-1], period):
            period = replace(period, iso=_months(int(str(period.iso)), 1, int(str(found[-1].iso)[5:7])))
        end = period.end
        found.append(period)
        if period.iso and not period.comparison:
            year = int(period.iso[:4]) if _names_year(match) else now.anchor
            now = replace(now, anchor=year, last=period.iso)
    return tuple(found)
