"""The days of a period in ISO 8601."""

import re
from calendar import monthrange
from datetime import date

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def dates(period: str) -> tuple[date, date]:
    """First and last day of an ISO 8601 period: a year, month or day, or two of them with ``/`` between.

    Raises ValueError for anything else.
    """
    first, slash, last = period.partition("/")
    return _day(first, last=False), _day(last if slash else first, last=True)


def _day(text: str, last: bool) -> date:
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"not an ISO 8601 year, month or day: {text!r}")
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    return date(year, month, int(match[3] or (monthrange(year, month)[1] if last else 1)))
