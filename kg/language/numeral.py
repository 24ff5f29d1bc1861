"""Numerals: numbers as Chinese writes them, in Arabic, in characters, or mixed (1.72万, 三百余, 八九百, 5万4千)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import cache
from typing import NamedTuple

from kg.language.lexicon import rows
from kg.language.rules import pattern


@dataclass(frozen=True, slots=True)
class Numeral:
    """``text[begin:end]``, read as ``value`` times the scale words that end it."""

    begin: int
    end: int
    # The number before ``scale``: 1.72 of 1.72万.
    value: Decimal
    # The scale words at the end, as written: 万, 万亿; in Chinese numerals only 万 and greater ones stand apart.
    scale: str = ""
    # The upper end where two digits side by side give a range: 八九百 is 800 to 900.
    high: Decimal | None = None
    # Some more than the number says: 三百余, 十几, 数百.
    over: bool = False
    chinese: bool = False
    """Written without Arabic digits."""
    # Written as a fraction: 三分之一, 2/3.
    fraction: bool = False
    # A scale word alone, without a coefficient: 百, 千万, 亿.
    bare: bool = False
    # How many of the scale is left open: 数百, 几千.
    vague: bool = False

    @property
    def number(self) -> Decimal:
        """The number that is meant, scale included."""
        return self.value * factor(self.scale)


_HUNDRED, _MYRIAD = 100, 10_000
# How precisely fractions such as 三分之一 are kept.
_EXACT = Context(prec=12)
_LONGEST = 40
"""Characters of the longest numeral that is read; anything longer is no numeral."""
# 三五个: the one pair of digits that means a range though they are not neighbours.
_FEW = (3, 5)


class _Digit(NamedTuple):
    word: str
    value: str
    use: str


class _Scale(NamedTuple):
    word: str
    power: str


@cache
def _digits() -> dict[str, int]:
    return {row.word: int(row.value) for row in rows("digit", _Digit)}


@cache
def _scales() -> dict[str, int]:
    return {row.word: 10 ** int(row.power) for row in rows("scale", _Scale)}


@cache
def _bigs() -> tuple[str, ...]:
    """The scale words that begin a section of four digits of their own, the biggest first."""
    return tuple(sorted((word for word, scale in _scales().items() if scale >= _MYRIAD), key=lambda word: (-_scales()[word], word)))


@cache
def _row() -> dict[str, str]:
    """Digits that may stand in a row, as in 二〇二三."""
    return {row.word: row.value for row in rows("digit", _Digit) if row.use != "counting"}


def factor(scale: str) -> int:
    """The product of the scale words: 万亿 is 10^12."""
    product = 1
    for word in scale:
        product *= _scales()[word]
    return product


def _section(text: str) -> Decimal | None:
    """A number below 万, such as 三百零五, 2千5; None where the characters make no number."""
    total, pending, last, zero = Decimal(0), None, 0, False
    for token in re.findall(r"[0-9.]+|.", text):
        scale = _scales().get(token)
        if scale is not None:
            if last and scale >= last:
                return None
            total += (1 if pending is None else pending) * scale
            pending, last, zero = None, scale, False
            continue
        if pending is not None:
            return None
        if token.isspace():
            continue
        digit = Decimal(_digits().get(token, token))
        pending, zero = (digit, zero) if digit else (None, True)
    # 二百五 is 250: the last digit counts the next lower place, unless 零 stands before it.
    return total + (pending or 0) * (1 if zero or not last else last // 10)


def read(text: str) -> Decimal | None:
    """The value of a numeral in characters, Arabic digits allowed among them; None where it is not well formed."""
    if len(text) > _LONGEST:
        return None
    if len(text) > 1 and all(c in _row() for c in text):
        return Decimal("".join(_row()[c] for c in text))
    big = next((scale for scale in _bigs() if scale in text), None)
    if big is None:
        return _section(text)
    left, _, right = text.rpartition(big)
    high = read(left) if left else Decimal(1)
    low = Decimal(_digits()[right] * _scales()[big] // 10) if right in _digits() else read(right) if right else Decimal(0)
    return None if high is None or low is None else high * _scales()[big] + low


def _ends(text: str) -> tuple[Decimal | None, Decimal | None]:
    """The value of ``text``, or both ends of the range where it holds two digits side by side: 八九百, 十七八."""
    for at in range(len(text) - 1):
        low, high = _digits().get(text[at]), _digits().get(text[at + 1])
        beside = text[at - 1 : at] not in _digits() and text[at + 2 : at + 3] not in _digits()
        if low and high and beside and (high - low == 1 or (low, high) == _FEW):
            return read(text[: at + 1] + text[at + 2 :]), read(text[:at] + text[at + 1 :])
    return read(text), None


def _shorter(match: re.Match[str]) -> Numeral | None:
    """The longest beginning of the match that is a numeral, where the whole is none: 五十 of 五十千米."""
    begin, end = match.span("body")
    for cut in range(min(end - 1, begin + _LONGEST), begin, -1):
        value = read(match.string[begin:cut]) if match.string[cut] in _scales() else None
        if value is not None:
            return Numeral(begin, cut, value, chinese=True)
    return None


def _chinese(match: re.Match[str]) -> Numeral | None:
    body = match["body"].replace(" ", "")
    big = "".join(_bigs())
    stem = body.rstrip(big)
    if match["fraction"] or any(c in big for c in stem):
        stem = body
    scale = body[len(stem) :] + (match["scale"] or "")
    value, high = _ends(stem) if stem else (Decimal(1), None)
    if value is None:
        return _shorter(match)
    if match["fraction"]:
        value += Decimal("0." + "".join(str(_digits()[c]) for c in match["fraction"]))
    bare = _scales().get(body[0], 0) >= _HUNDRED and not match["some"]
    over = any(match[group] for group in ("some", "more", "few"))
    return Numeral(match.start(), match.end(), value, scale, high, over, chinese=True, bare=bare, vague=bool(match["some"]))


def _arabic(match: re.Match[str]) -> Numeral | None:
    if match["mixed"]:
        value = read(match["mixed"].replace(" ", ""))
    elif match["lower"]:
        value = Decimal(match["whole"] or 0) + _EXACT.divide(Decimal(match["upper"]), Decimal(match["lower"]))
    else:
        value = Decimal("".join(c for c in match["arabic"] if c.isascii() and c != ","))
    scale = match["scale"] or ""
    return (
        None if value is None else Numeral(match.start(), match.end(), value, scale, over=bool(match["few"]), fraction=bool(match["lower"]))
    )


def _fold(text: str, found: list[Numeral]) -> Iterator[Numeral]:
    """Join 三 and 一 of 三分之一, and the whole number before 又."""
    parts, plus = pattern("numeral", "parts"), pattern("numeral", "and")
    stack: list[Numeral] = []
    for numeral in found:
        if stack and stack[-1].number and parts.fullmatch(text, stack[-1].end, numeral.begin):
            lower = stack.pop()
            numeral = Numeral(lower.begin, numeral.end, _EXACT.divide(numeral.number, lower.number), chinese=True, fraction=True)
            if stack and plus.fullmatch(text, stack[-1].end, numeral.begin):
                whole = stack.pop()
                numeral = replace(numeral, begin=whole.begin, value=whole.number + numeral.value.copy_sign(whole.number))
        stack.append(numeral)
    yield from stack


def numerals(text: str) -> tuple[Numeral, ...]:
    """All numerals of ``text``, in order and without overlap; fractions (三分之一) are one numeral.

    Numerals that are part of a word (统一) or of a date are among them; what they count is for others to say.
    """
    found = []
    for match in pattern("numeral", "written").finditer(text):
        numeral = _chinese(match) if match["chinese"] else _arabic(match)
        if numeral is not None:
            negative = replace(numeral, value=-numeral.value) if match["minus"] else numeral
            found.append(negative)
    return tuple(_fold(text, found))


def numbers(text: str) -> tuple[Numeral, ...]:
    """The numerals of ``text`` that are plain numbers: no scale word alone (万), none inside an ordinary word (一切)."""
    words = [match.span() for match in pattern("numeral", "word").finditer(text)]
    return tuple(
        n for n in numerals(text) if not (n.bare and n.value == 1) and not any(begin <= n.begin and n.end <= end for begin, end in words)
    )
