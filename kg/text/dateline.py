"""Datelines: the day of publication, as metadata or the article's own head and foot give it."""

from datetime import date
from re import Match

from kg.language.rules import load

_PATTERN = {rule.name.removeprefix("dateline."): rule.pattern for rule in load("dateline")}
_INFERENCE = ("stamp", "wire", "line", "foot", "account")
"""Rules that find the date in a text, the surest first."""
_YEARS = range(1900, 2100)
"""When articles are published."""
_HEAD, _FOOT = 400, 60
"""How far from its ends a text is looked at, in characters."""


def parse(field: str) -> str | None:
    """``field`` as ISO 8601 with the precision it has (``2024``, ``2024-08``, ``2024-08-05``); None where it is no date."""
    match = _PATTERN["date"].fullmatch(field)
    return _iso(match) if match else None


def infer(text: str) -> str | None:
    """The day of publication where the head or foot of ``text`` states it in full, or the year of which it gives a fresh account.

    Where neither does, the latest year of which the text tells a part: half years are told of in the same year, or soon after.
    """
    for name in _INFERENCE:
        window = text[-_FOOT:] if name == "foot" else text[:_HEAD]
        match = _PATTERN[name].search(window)
        found = _iso(match) if match else None
        if found:
            return found
    return max((found for match in _PATTERN["fresh"].finditer(text) if (found := _iso(match))), default=None)


def _iso(match: Match[str]) -> str | None:
    """The groups year, month and day as ISO 8601; None where the calendar has no such day, or nobody published then."""
    year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
    numbers = [int(number) for number in (year, match["month"], match["day"]) if number]
    try:
        date(numbers[0], *[*numbers[1:], 1, 1][:2])
    except ValueError:
        return None
    return "-".join(f"{number:02d}" for number in numbers) if numbers[0] in _YEARS else None
