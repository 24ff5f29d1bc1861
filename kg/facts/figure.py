"""Figures: a number that a text states about a thing, and when two say the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from kg.language.quantity import Bound
from kg.text.sentence import Evidence


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
    further: tuple[Evidence, ...] = ()
    """Where the same document says the same again."""


def agree(found: Sequence[Figure]) -> tuple[Figure, ...]:
    """Give figures that say the same thing twice (in headline and text) the same content, each with its own evidence."""
    agreed: list[Figure] = []
    for figure in found:
        twin = next((i for i, other in enumerate(agreed) if _same(figure, other)), None)
        if twin is None:
            agreed.append(figure)
            continue
        full = max(agreed[twin], figure, key=lambda f: (len(f.indicator), f.period or ""))
        content = replace(full, period=agreed[twin].period or figure.period)
        for i, other in enumerate(agreed):
            if _same(other, agreed[twin]) and i != twin:
                agreed[i] = _as(other, content)
        agreed[twin] = _as(agreed[twin], content)
        agreed.append(_as(figure, content))
    return tuple(agreed)


def _as(figure: Figure, content: Figure) -> Figure:
    return replace(content, evidence=figure.evidence, raw=figure.raw, rule=figure.rule)


def _same(one: Figure, other: Figure) -> bool:
    """Whether two figures state one fact: the same number of one thing, one name an abbreviation of the other's."""
    number = (one.about, one.value, one.unit, one.measure, one.bound) == (other.about, other.value, other.unit, other.measure, other.bound)
    times = {one.period, other.period} - {None}
    short, long = sorted((one.indicator, other.indicator), key=len)
    alike = short[0] == long[0] or (one.measure == Measure.LEVEL and long.endswith(short))  # like percentages are often chance
    close = long.endswith(short) or one.measure != Measure.RANK  # a text has many first places
    return number and len(times) < 2 and alike and close and _abbreviates(short, long)


def _abbreviates(short: str, long: str) -> bool:
    """Whether the characters of one name all come in the other, in order: 固投 and 固定资产投资."""
    rest = iter(long)
    return all(c in rest for c in short)
