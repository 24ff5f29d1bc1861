"""Quotations: phrases in quotation marks, weighed for being the name of a programme.

The genre quotes its programmes, and also its metaphors, products and speakers. Rules of ``rules/programme.toml`` with the
output ``evidence`` look at a phrase's shape and surroundings; their scores are added up.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.language.rules import select

ACCEPT = 0.8
"""The weight from which on a quotation counts as a programme."""
_REACH = 32
"""Characters left and right of a quotation that evidence rules see."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """``text[begin:end]``, marks included. Quotations that follow one another form a list from ``left`` to ``right``."""

    begin: int
    end: int
    name: str
    left: int
    right: int


@cache
def programme_rule(output: str) -> re.Pattern[str]:
    """The pattern of the one rule with this output."""
    (rule,) = select("programme", output)
    return rule.pattern


@lru_cache(maxsize=64)
def quotations(text: str) -> tuple[Quotation, ...]:
    """The phrases of ``text`` in quotation marks."""
    groups: list[list[re.Match[str]]] = []
    for match in (match for rule in select("programme", "quotation").possible(text) for match in rule.pattern.finditer(text)):
        if groups and programme_rule("separator").fullmatch(text, groups[-1][-1].end(), match.start()):
            groups[-1].append(match)
        else:
            groups.append([match])
    return tuple(Quotation(m.start(), m.end(), m["name"], group[0].start(), group[-1].end()) for group in groups for m in group)


@lru_cache(maxsize=1024)
def weigh(text: str, quotation: Quotation) -> tuple[tuple[str, float], ...]:
    """The rules that speak for or against the quotation being a programme, each with its score."""
    left, right = text[max(quotation.left - _REACH, 0) : quotation.left], text[quotation.right : quotation.right + _REACH]
    window = f"{left}⟦{quotation.name}⟧{right}"
    return tuple((rule.name, rule.score) for rule in select("programme", "evidence").possible(window) if rule.pattern.search(window))


def weight(text: str, quotation: Quotation) -> float:
    """The sum of what speaks for and against it."""
    return round(sum(score for _, score in weigh(text, quotation)), 2)
