"""Quantities: a number with its unit and bound, read from running text."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Bound(StrEnum):
    """How the stated number relates to the true one."""

    EQUAL = "="
    OVER = ">"
    UNDER = "<"
    ABOUT = "~"


@dataclass(frozen=True, slots=True)
class Quantity:
    """``text[begin:end]`` of a sentence, read as a number with a unit.

    ``value`` and ``unit`` are as written, scale words kept with the unit: 1.72万户 is 1.72 and ``万户``; numerals in
    Chinese are converted: 三百余家 is 300 and ``家`` with bound ``>``.
    """

    begin: int
    end: int
    value: Decimal
    unit: str
    bound: Bound = Bound.EQUAL
    high: Decimal | None = None
    """The upper end where a range is written (3%到5%); ``value`` is then the lower end."""
