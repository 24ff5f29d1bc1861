"""Datelines: the day of publication, as metadata or the article's own head and foot give it."""

from collections.abc import Iterator
from datetime import date
from re import Match

from kg.language.period import periods
from kg.language.rules import load

_PATTERN = {rule.name.removeprefix("dateline."): rule.pattern for rule in load("dateline")}
_FULL = ("stamp", "wire", "line", "foot", "edition")
"""Rules that find the date in a text, the surest first."""
_YEAR = ("account", "opening", "gathering", "fresh")
"""Rules that find what is told in the year in which it was."""
_DAY = ("clock", "dispatch", "scene")
"""Rules that find the day without its year, the surest first."""
_YEARS = range(1900, 2100)
"""When articles are published."""
_HEAD, _FOOT = 400, 60
"""How far from its ends a text is looked at, in characters."""
_PART = frozenset({"account", "opening", "fresh"})
"""Rules that find the part of a year that was told of."""
_WHOLE = frozenset({"edition", "fresh", "told"})
"""Rules that look at all of a text."""


def parse(field: str) -> str | None:
    """``field`` as ISO 8601 with the precision it has (``2024``, ``2024-08``, ``2024-08-05``); None where it is no date."""
    match = _PATTERN["date"].fullmatch(field)
    return _date(match) if match else None


def infer(text: str) -> str | None:
    """The day of publication where the head or foot of ``text`` states it in full.

    Where neither does, it is the day of its dateline in the year of which it tells what is told in the same year only; without
    a dateline it is that year.
    """
    for name in _FULL:
        if (match := next(_matches(name, text), None)) and (found := _date(match)):
            return found
    told = _latest(text)
    if told is None:
        return None
    year, month = told
    for name in _DAY:
        if match := next(_matches(name, text), None):
            return _iso(str(int(year) + (int(match["month"]) < month)), match["month"], match["day"]) or year
    return year


def _latest(text: str) -> tuple[str, int] | None:
    """The latest year and month that tell when ``text`` was written; None where it tells of later years in other ways too."""
    told = max(((found, _month(name, match)) for name in _YEAR for match in _matches(name, text) if (found := _date(match))), default=None)
    later = told and any(match["year"] > told[0] for match in _matches("told", text))
    return None if later else told


def _month(name: str, match: Match[str]) -> int:
    """The last month of the part of a year that was told of, 0 where there is no part."""
    found = periods(match[0][match.start("year") - match.start() :], None) if name in _PART else ()
    return int((found[0].iso or "").split("/")[-1][5:7] or 0) if found else 0


def _matches(name: str, text: str) -> Iterator[Match[str]]:
    window = text if name in _WHOLE else text[-_FOOT:] if name == "foot" else text[:_HEAD]
    return _PATTERN[name].finditer(window)


def _date(match: Match[str]) -> str | None:
    year = match["year"]
    return _iso(year if len(year) == 4 else f"20{year}", match["month"], match["day"])


def _iso(*parts: str | None) -> str | None:
    """Year, month and day as ISO 8601; None where the calendar has no such day, or nobody published then."""
    numbers = [int(part) for part in parts if part]
    try:
        date(numbers[0], *[*numbers[1:], 1, 1][:2])
    except ValueError:
        return None
    return "-".join(f"{number:02d}" for number in numbers) if numbers[0] in _YEARS else None
