"""Quantities: a number with its unit and bound, read from running text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from kg.language.lexicon import rows, wordset
from kg.language.numeral import Numeral, factor, numerals
from kg.language.rules import Rule, load


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
    # The upper end where a range is written (3%到5%); ``value`` is then the lower end.
    high: Decimal | None = None
    # A place in an order (第一, 首位, 前十) and no amount; the unit is then 位.
    ordinal: bool = False
    # Hardly a count: 一个, 一批, 百件, 数百家.
    indefinite: bool = False
    # Part of a whole, and no amount: 三分之一; the unit is then empty.
    fraction: bool = False


class Unit(NamedTuple):
    """A row of the unit table."""

    word: str
    kind: str
    """money, count, people, area, length, volume, mass, energy, power, time, ratio, rank, …"""
    qudt: str
    """Local name of the QUDT unit (of the QUDT currency, for money); empty where there is none."""


class _Word(NamedTuple):
    """A row of the table of words that are quantities by themselves."""

    word: str
    value: str
    unit: str
    bound: str
    ordinal: str


class _Coin(NamedTuple):
    """A row of the table of coins."""

    word: str
    part: str
    """Of the unit of money."""
    unit: str
    """The unit of money itself, for words that also count other things."""


class _Sign(NamedTuple):
    """A row of the table of currency signs."""

    word: str
    unit: str


@cache
def units() -> dict[str, Unit]:
    """The unit table by word."""
    return {unit.word: unit for unit in rows("unit", Unit)}


@cache
def _money() -> tuple[str, ...]:
    return tuple(unit.word for unit in units().values() if unit.kind == "money")


def is_money(number: str, unit: str) -> bool:
    """Whether two words are an amount of money: 5|亿元, and not 个|亿元."""
    return number[0].isdigit() and unit.endswith(_money())


def _rules() -> Mapping[str, Rule]:
    return load("quantity").by_name


@cache
def _none() -> re.Pattern[str]:
    """All the rules that say a number counts nothing, as one pattern to match where the number begins."""
    return re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in load("quantity") if rule.output == "none"), re.VERBOSE)


def _ask(rule: str, text: str, at: int) -> re.Match[str] | None:
    """What ``rule`` says of the text from ``at`` on."""
    possible = load("quantity").named(rule, text)
    return possible.pattern.match(text, at) if possible else None


def _look_back(rule: str, text: str, at: int, window: int = 8) -> re.Match[str] | None:
    """What ``rule`` says of the few characters that end at ``at``."""
    possible = load("quantity").named(rule, text)
    return possible.pattern.search(text, max(0, at - window), at) if possible else None


_TEN, _HUGE = 10, 10**8
_PERCENT, _PERMILLE, _YUAN = "%", "‰", "CNY"
_TITLE = 42
"""How far back a title may begin, in characters."""
_PLACES = 24
"""How far back the sign of a list of places may stand."""
# Kinds whose bare scale word (百件, 万人) is hardly a number.
_COUNTED = frozenset({"count", "people", "time", "rank"})


def _side(match: re.Match[str] | None) -> Bound | None:
    """The bound that a rule with groups ``over``, ``under`` and ``about`` has found."""
    if match is None:
        return None
    return Bound.OVER if match["over"] else Bound.UNDER if match["under"] else Bound.ABOUT


@dataclass(frozen=True, slots=True)
class _Unit:
    """What follows a numeral."""

    end: int
    unit: str
    kind: str
    over: bool
    half: bool = False


def _unit(text: str, numeral: Numeral) -> _Unit:
    match = _ask("unit", text, numeral.end)
    assert match is not None  # every part of the pattern is optional
    over = any(match[group] for group in ("few", "few_piece", "few_scale", "few_in", "few_unit"))
    word = match["piece"] + match["noun"] if match["piece"] else match["measure"] or (match["point"] or "").replace(" ", "")
    kind = units()[word.partition("/")[0]].kind if word.partition("/")[0] in units() else ""
    unit = numeral.scale + (match["scale"] or "") + word
    end = match.end() if unit or over else numeral.end
    return _Unit(end, unit, kind, over or numeral.over, bool(match["half"] or match["half_in"]))


def _bounded(text: str, quantity: Quantity, over: bool) -> Quantity:
    """The quantity with the bound words around it: 突破500亿元, 20%以上, 二十余家."""
    before, after = _look_back("before", text, quantity.begin), _ask("after", text, quantity.end)
    distant = None if before else _look_back("distant", text, quantity.begin)
    bound = _side(after) or _side(before) or _side(distant) or (Bound.OVER if over else quantity.bound)
    begin = before.start() if before else quantity.begin
    currency = _look_back("currency", text, begin)
    if currency and qudt(quantity.unit) == _YUAN:
        begin = currency.start()
    if bound is quantity.bound and not (before or after or currency):
        return quantity
    return replace(quantity, begin=begin, end=after.end() if after else quantity.end, bound=bound)


def _plain(text: str, numeral: Numeral) -> Quantity | None:
    """A number with a unit, or an Arabic one without; a currency's sign may stand before it."""
    tail = _unit(text, numeral)
    sign = None if tail.kind or numeral.chinese else _look_back("sign", text, numeral.begin)
    if sign:
        tail = replace(tail, unit=tail.unit + _signs()[sign["sign"]], kind="money")
        numeral = replace(numeral, begin=sign.start())
    if numeral.chinese and not (tail.unit or numeral.fraction):
        return None
    value = numeral.value + (Decimal("0.5") if tail.half else 0)
    part = numeral.fraction and not tail.unit
    quantity = _bounded(text, Quantity(numeral.begin, tail.end, value, tail.unit, high=numeral.high, fraction=part), tail.over)
    if not numeral.bare:
        one = numeral.chinese and value == 1 and quantity.bound is Bound.EQUAL
        indefinite = numeral.vague or (one and tail.kind in _COUNTED)
        return replace(quantity, indefinite=True) if indefinite else quantity
    return _bare(text, numeral, quantity, tail.kind)


@cache
def _signs() -> dict[str, str]:
    return {row.word: row.unit for row in rows("currency_sign", _Sign)}


def _bare(text: str, numeral: Numeral, quantity: Quantity, kind: str) -> Quantity | None:
    """A scale word without a coefficient: 超百亿元, 上千家, 千亿级; but no quantity in 万企兴万村."""
    if quantity.bound is Bound.EQUAL and _look_back("scaled_before", text, numeral.begin):
        quantity = replace(quantity, bound=Bound.OVER, begin=numeral.begin - 1)
    if quantity.bound is not Bound.EQUAL:
        return quantity
    if not kind and (numeral.number < _HUGE or numeral.value == 1 == len(numeral.scale)):
        return None
    return replace(quantity, indefinite=kind in _COUNTED)


def _tenths(text: str, numeral: Numeral) -> Quantity | None:
    """两成, 三成五, 八五折: as per cent."""
    match = _ask("tenth", text, numeral.end)
    if match is None or numeral.scale or numeral.bare:
        return None
    more = next(iter(numerals(match["more"]))).value if match["more"] else Decimal(5 if match["half"] else 0)
    if match["cut"] and numeral.value == _TEN:
        return None
    tens = 1 if match["cut"] and numeral.value > _TEN else _TEN
    high = numeral.high * tens if numeral.high else None
    return _bounded(text, Quantity(numeral.begin, match.end(), numeral.value * tens + more, _PERCENT, high=high), numeral.over)


def _per(text: str, numeral: Numeral) -> Quantity | None:
    """百分之十, 千分之三, 万分之五."""
    match = _look_back("per", text, numeral.begin)
    if match is None:
        return None
    lower = factor(match["per"])
    unit = _PERMILLE if lower == _TEN**3 else _PERCENT
    times = Decimal(1) if unit == _PERMILLE else Decimal(100) / lower
    high = numeral.high * times if numeral.high else None
    return _bounded(text, Quantity(match.start(), numeral.end, numeral.number * times, unit, high=high), numeral.over)


def _ordinal(text: str, numeral: Numeral) -> Quantity | None:
    """A rank: 第一, 第79位, 前十; None for other ordinals and for plain numbers."""
    place, top = _look_back("place", text, numeral.begin, _PLACES), _look_back("first", text, numeral.begin)
    match = _ask("rank", text, numeral.end) if place else _ask("top", text, numeral.end) if top else None
    sign = place or top
    if match is None or sign is None or numeral.scale or numeral.over:
        return None
    bound = Bound.EQUAL if place else Bound.UNDER
    begin = numeral.begin if place and place["listed"] else sign.start()
    return Quantity(begin, match.end(), numeral.value, _rules()["rank"].value, bound, ordinal=True)


def _fixed(text: str, numeral: Numeral) -> bool:
    """Whether the numeral is part of a word or of a quoted name that counts nothing: 统一, 一些, “三大行动”."""
    low = max(0, numeral.begin - 3)
    words = _rules()["fixed"].pattern.finditer(text, low, numeral.end + 4)
    if any(word.start() <= numeral.begin and word.end() >= numeral.end for word in words):
        return True
    quoted = _rules()["quoted"].pattern.search(text, max(0, numeral.begin - 8), numeral.end + 8)
    return quoted is not None and quoted.start() < numeral.begin < quoted.end()


def _read(text: str, numeral: Numeral) -> Quantity | None:
    """The quantity that begins with ``numeral``, if it is one."""
    if _look_back("ordinal", text, numeral.begin):
        return _ordinal(text, numeral)
    if numeral.chinese and _fixed(text, numeral):
        return None
    for reader in (_per, _tenths, _ordinal, _plain):
        quantity = reader(text, numeral)
        if quantity is not None:
            return quantity
    return None


def _numbers(text: str) -> Iterator[Quantity]:
    """The quantities written with numerals."""
    end = 0
    for numeral in numerals(text):
        if numeral.begin < end:
            continue
        none = _none().match(text, numeral.begin + (numeral.value < 0)) or _look_back("title", text, numeral.begin, _TITLE)
        quantity = None if none else _read(text, numeral)
        if quantity is not None:
            # What stands before it may end the one before: the 多 of 60多于5.
            quantity = _paid(text, replace(quantity, begin=end) if quantity.begin < end else quantity)
            yield quantity
        end = max(end, numeral.end, none.end() if none else 0, quantity.end if quantity else 0)


def _words(text: str) -> Iterator[Quantity]:
    """The quantities that are words: 首位, 过半."""
    end = 0
    for match in _rules()["word"].pattern.finditer(text):
        row = _word_table()[match[0]]
        quantity = Quantity(match.start(), match.end(), Decimal(row.value), row.unit, Bound(row.bound), ordinal=bool(row.ordinal))
        quantity = quantity if row.ordinal else _bounded(text, quantity, over=False)
        yield replace(quantity, begin=end) if quantity.begin < end else quantity
        end = quantity.end


@cache
def _word_table() -> dict[str, _Word]:
    return {row.word: row for row in rows("quantity_word", _Word)}


def _joined(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Make one quantity of 3%到5%, and of 五元三角."""
    last: Quantity | None = None
    for quantity in found:
        joined = _range(text, last, quantity) or _sum(text, last, quantity) if last else None
        if last and not joined:
            yield last
        last = joined or quantity
    if last:
        yield last


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    same = low.unit == high.unit or (not low.ordinal and high.unit.startswith(low.unit))
    dash = high.begin == low.end and high.value < 0  # the minus of 3-5 is a dash
    between = dash or _rules()["range"].pattern.fullmatch(text, low.end, high.begin)
    if not same or not between or low.high or abs(low.value) >= abs(high.value) or _look_back("from", text, low.begin):
        return None
    return replace(high, begin=low.begin, value=low.value, high=abs(high.value) if dash else high.value, indefinite=False)


@cache
def _coins() -> dict[str, _Coin]:
    return {row.word: row for row in rows("coin", _Coin)}


def _sum(text: str, amount: Quantity, coins: Quantity) -> Quantity | None:
    coin, whole = _coins().get(coins.unit), _coins().get(amount.unit)
    money = kind(amount.unit) == "money" or (whole is not None and coin is not None and coin.part != whole.part)
    if coin is None or not money or not _rules()["sum"].pattern.fullmatch(text, amount.end, coins.begin):
        return None
    unit = whole.unit if whole and whole.unit else amount.unit
    return replace(amount, end=coins.end, value=amount.value + coins.value * Decimal(coin.part), unit=unit)


def _paid(text: str, quantity: Quantity) -> Quantity:
    """A word that also counts other things as one of money, where it is paid: 花了三块."""
    coin = _coins().get(quantity.unit)
    alone = not text[quantity.end : quantity.end + 1].isalnum()
    return replace(quantity, unit=coin.unit) if coin and coin.unit and alone and _look_back("paid", text, quantity.begin) else quantity


def _shared(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give each number of a list the unit that only the last one carries: 12.5、9.4、8.2个百分点."""
    listed = _rules()["list"].pattern
    for i in range(len(found) - 2, -1, -1):
        this, following = found[i], found[i + 1]
        if this.ordinal or not listed.fullmatch(text, this.end, following.begin):
            continue
        _, base = normalized(following.value, following.unit)
        if base and not normalized(this.value, this.unit)[1]:
            found[i] = replace(this, unit=this.unit + base if this.unit else following.unit)
        elif kind(following.unit) in ("ratio", "time") and this.unit and following.unit.startswith(this.unit):
            found[i] = replace(this, unit=following.unit)  # 3.6个、0.2个百分点
    return found


def quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of ``text``, in order and without overlap.

    翻一番 is 1 ``番``; ranges carry ``high``; a number without a unit has the unit "" or its scale word (80万 is 80 ``万``).
    """
    if not _rules()["trigger"].pattern.search(text):
        return ()
    numbers = list(_numbers(text))
    taken = [q for q in _words(text) if not any(q.begin < n.end and n.begin < q.end for n in numbers)]
    found = sorted(numbers + taken, key=lambda q: q.begin)
    return tuple(_shared(text, list(_joined(text, found))))


def normalized(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """The value in the unit without scale words: 1.72 ``万户`` is 17200 ``户``, 277.4 ``亿元`` is 27740000000 ``元``."""
    base = unit
    while base and base not in units() and base[0] in wordset("scale"):
        base = base[1:]
    return value * factor(unit[: len(unit) - len(base)]), base


def kind(unit: str) -> str:
    """What kind of quantity a unit measures, scale words aside (money, count, area, …); empty for a unit unknown."""
    base = normalized(Decimal(1), unit)[1].partition("/")[0]
    return units()[base].kind if base in units() else ""


def qudt(unit: str) -> str:
    """Local name of the QUDT unit (for money: currency) behind ``unit``, scale words aside; empty where there is none."""
    base = normalized(Decimal(1), unit)[1]
    return units()[base].qudt if base in units() else ""
