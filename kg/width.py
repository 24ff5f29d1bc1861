"""Widths: one spelling of digits, letters and punctuation, each character folded to exactly one."""

from functools import cache
from itertools import cycle
from re import Match
from typing import NamedTuple

from kg.lexicon import rows
from kg.rules import load

_PATTERN = {rule.name.removeprefix("width."): rule.pattern for rule in load("width")}
_SHIFT = 0xFEE0
"""Distance from an ASCII character to its full-width twin."""
_BLANKS = dict.fromkeys(map(ord, "\t\r\n\v\f\u00a0"), " ")
_WIDE = {ord(sign): chr(ord(sign) + _SHIFT) for sign in ",:;?!()"}


class _Fold(NamedTuple):
    char: str
    folded: str


@cache
def _table() -> dict[int, str]:
    """What every single character becomes, whatever stands next to it."""
    letters = (chr(code) for code in range(0x21, 0x7F) if chr(code).isalnum())
    table = {ord(char) + _SHIFT: char for char in letters}
    table.update({ord(row.char): row.folded for row in rows("width", _Fold)})
    return table | _BLANKS


def fold(text: str) -> str:
    """``text`` with widths folded: ``２０２３`` to ``2023``, ``目标,任务`` to ``目标，任务``, straight quotes to curly ones."""
    text = _curl(text.translate(_table()))
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
