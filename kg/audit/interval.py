"""Intervals: the true values that a written number allows, by its precision and its bound."""

from dataclasses import dataclass
from decimal import Decimal

from kg.facts.figure import Figure
from kg.language.quantity import Bound, normalized

_ENDLESS = Decimal("Infinity")
_ABOUT = Decimal("0.05")
"""How far, as a part of itself, a number may be from the true one where the text says 约 or 近."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from ``low`` to ``high``, both included; infinite where there is no end."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Interval") -> bool:
        """Whether some value is in both."""
        return self.low <= other.high and other.low <= self.high

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __mul__(self, other: "Interval") -> "Interval":
        """The products, where all values of ``other`` are positive."""
        return Interval(
            self.low * (other.low if self.low >= 0 else other.high),
            self.high * (other.high if self.high > 0 else other.low),
        )

    def __truediv__(self, other: "Interval") -> "Interval":
        """The quotients, where no value is negative and all values of ``other`` are positive."""
        low = Decimal(0) if other.high == _ENDLESS else self.low / other.high
        return Interval(low, self.high / other.low)


def amount(figure: Figure) -> Decimal:
    """The value in the unit without scale words."""
    return normalized(figure.value, figure.unit)[0]


def base_unit(figure: Figure) -> str:
    """The unit without scale words."""
    return normalized(figure.value, figure.unit)[1]


def half_step(figure: Figure) -> Decimal:
    """Half a unit of the last digit written, in the unit without scale words: 0.05亿 for 277.4亿元."""
    exponent = figure.value.as_tuple().exponent
    return normalized(Decimal(5).scaleb(min(int(exponent), 0) - 1), figure.unit)[0]


def allowed(figure: Figure) -> Interval:
    """The true values for which a text would write so."""
    value, half = amount(figure), half_step(figure)
    away = figure.bound is (Bound.OVER if value >= 0 else Bound.UNDER)  # a fall of more than 5 % lies below -5 %
    match figure.bound:
        case Bound.EQUAL:
            return Interval(value - half, value + half)
        case Bound.ABOUT:
            margin = max(half, abs(value) * _ABOUT)
            return Interval(value - margin, value + margin)
        case _:
            return Interval(value, _ENDLESS) if away else Interval(-_ENDLESS, value)
