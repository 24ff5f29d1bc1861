"""Figures: every quantity that the text states about a thing."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kg.quantity import Bound
from kg.sentence import Evidence


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
