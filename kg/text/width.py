"""Widths: one spelling of digits, letters and punctuation, each character folded to exactly one."""

import re
from functools import cache
from itertools import cycle
from re import Match, Pattern
from typing import NamedTuple

from kg.language.lexicon import rows
from kg.language.rules import load

_PATTERN = {rule.name.removeprefix("width."): rule.pattern for rule in load("width")}
_SHIFT = 0xFEE0
"""Distance from an ASCII character to its full-width twin."""
_WIDE = {ord(sign): chr(ord(sign) + _SHIFT) for sign in ",:;?!()"}


class _Fold(NamedTuple):
    char: str
    folded: str


@cache
def _table() -> dict[str, str]:
    """What every single character becomes, whatever stands next to it."""
    letters = (chr(code) for code in range(0x21, 0x7F) if chr(code).isalnum())
    table = {chr(ord(char) + _SHIFT): char for char in letters}
    table.update({row.char: row.folded for row in rows("width", _Fold)})
    return table | dict.fromkeys("\t\r\n\v\f\u00a0", " ")


@cache
def _single() -> Pattern[str]:
    """Any character of the table: in most texts few are, so that finding them is faster than translating all."""
    return re.compile(f"[{re.escape(''.join(_table()))}]")


def fold(text: str) -> str:
    """``text`` with widths folded: ``２０２３`` to ``2023``, ``目标,任务`` to ``目标，任务``, straight quotes to curly ones."""
    table = _table()
    text = _curl(_single().sub(lambda match: table[match[0]], text))
    text = _PATTERN["brackets"].sub(_widen_pair, text)
    return _PATTERN["sign"].sub(_widen, text)


def _widen(match: Match[str]) -> str:
    return match[0].translate(_WIDE)


def _widen_pair(match: Match[str]) -> str:
    return f"{_WIDE[ord('(')]}{match[0][1:-1]}{_WIDE[ord(')')]}"


def _curl(text: str) -> str:
    """Straight double quotes open and close by turns."""
    if '"' not in text:
        return text
    quotes = cycle("\u201c\u201d")
    return "".join(next(quotes) if char == '"' else char for char in text)
