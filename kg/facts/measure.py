"""Measures: what kind of statement a number makes, as the rules of ``rules/figure.toml`` read it."""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.facts.statement import Statement, Target
from kg.language.lexicon import rows
from kg.language.quantity import Quantity
from kg.language.rules import Rule, load, pattern

MOVES = ("growth", "change")
"""Measures of how far something has moved."""
NONE = "none"
"""Output of rules that find a number to be no figure."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One quantity as a rule reads it; offsets in the masked text."""

    rule: str
    measure: str
    negative: bool
    end: int
    """What stands in the clause before it holds the indicator."""
    indicator: tuple[int, int] | None = None
    """Where the rule itself says the indicator stands."""
    whole: bool = False
    """That is all of it; what stands before says what happened: 减少[用工]20%."""
    scope: str | None = None
    continues: bool = False
    """It is about the same as the one before: one more number of a list, or the same amount in another currency."""
    began: bool = False
    """It is where something began that has moved since: 由[3亿元]增加到5亿元."""
    reached: bool = False
    """It is where that has moved to."""
    alike: bool = False
    """It is measured as the number in the clause before it: 增长6%，力争[7%]."""


def read(statement: Statement, target: Target, previous: tuple[Target, Reading] | None) -> Reading | None:
    """The reading of a quantity by the first rule that matches; None where it is no figure."""
    if previous and (previous[0].index == target.index or statement.joins(previous[0], target)):
        return replace(previous[1], end=target.index, continues=True)
    fired = fire(statement, target)
    reading = _reading(statement, *fired) if fired and fired[0].output != NONE else None
    if reading and reading.measure == "share" and (doubles(target.quantity) or paced(statement, target)):
        reading = replace(reading, measure="growth")
    return _beside(reading, target, *previous) if reading and previous else reading


class _Fold(NamedTuple):
    word: str
    doubling: str


def doubles(quantity: Quantity) -> bool:
    """Whether it says how many times something has doubled: 翻番."""
    return any(fold.doubling and fold.word == quantity.unit for fold in rows("fold_unit", _Fold))


def paced(statement: Statement, target: Target) -> bool:
    """Whether the clause before speaks of how fast something grows: 产值增速较快，达[7%]."""
    clause = statement.silent(target.clause)
    return clause is not None and bool(pattern("label", "paced").search(statement.text, clause.begin, target.index))


def _beside(reading: Reading, target: Target, last: Target, before: Reading) -> Reading:
    """A reading that the number before it tells more of: where something moved to, or how far it should move at best."""
    if reading.alike and before.measure == "growth" and last.clause.number + 1 == target.clause.number:
        return replace(reading, measure=before.measure, negative=before.negative)
    near = last.clause == target.clause or (last.kind == target.kind and last.clause.number + 1 == target.clause.number)
    if before.began and not reading.began and near:
        moves = before.measure if reading.measure == "share" else reading.measure
        return replace(reading, continues=True, reached=True, measure=moves)
    return reading


def fire(statement: Statement, target: Target) -> tuple[Rule, re.Match[str]] | None:
    """The first rule that matches a quantity, and how."""
    text = statement.showing(target)
    for rule in load("figure").possible(text):
        match = rule.pattern.search(text, target.clause.begin)
        if match and match.start() <= target.index < match.end():
            return rule, match
    return None


def _reading(statement: Statement, rule: Rule, match: re.Match[str]) -> Reading:
    groups = match.re.groupindex
    key = match.start("k") if "k" in groups and match["k"] is not None else match.start()
    group = next((g for g in ("i", "o") if g in groups and match[g]), None)
    span = match.span(group) if group else None
    scope = statement.original(*match.span("s")) if "s" in groups and match["s"] else None
    negative, began = rule.value.endswith("-"), rule.value.startswith("began")
    again = rule.value == "again"
    return Reading(rule.name, rule.output, negative, key, span, group == "o", scope, again, began=began, alike=rule.value == "alike")
