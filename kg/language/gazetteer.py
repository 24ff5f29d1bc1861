"""The gazetteer: China's administrative divisions and national-level zones, by every name that is used for them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from operator import add
from typing import NamedTuple

from kg.language.lexicon import alternation, rows, words

_LONGEST_TOWN = 8
"""Characters of the name of a town that texts use in full."""


@dataclass(frozen=True, slots=True)
class Division:
    """A division of GB/T 2260, province to county."""

    code: str
    name: str
    level: str
    """``province``, ``prefecture`` or ``county``."""
    parent: str
    """Code of the division it lies in; empty for a province."""
    # The name without its class word: 长春 for 长春市.
    short: str

    @property
    def full(self) -> tuple[str, ...]:
        """The names that tell the class: 凉山彝族自治州 and 凉山州; 东乡族自治县 has no shorter one."""
        brief = f"{self.short}{self.name[-1]}"
        return (self.name, brief) if self.name.endswith(words("autonomous")) and self.short != self.name else (self.name,)


class _DivisionRow(NamedTuple):
    code: str
    name: str
    level: str
    parent: str


@cache
def _suffix(peoples: str = "") -> re.Pattern[str]:
    return re.compile(f"{peoples}{alternation('division_suffix')}$")


def short_form(name: str) -> str:
    """The name without its class word and peoples; the name itself where nothing telling would be left."""
    cut = _suffix(f"{alternation('ethnic_group')}*").sub("", name)
    if len(cut) == 1:  # 内蒙古
        cut = _suffix().sub("", name)
    return cut if len(cut) >= 2 else name


@cache
def divisions() -> dict[str, Division]:
    """Every division by its code."""
    return {row.code: Division(row.code, row.name, row.level, row.parent, short_form(row.name)) for row in rows("division", _DivisionRow)}


@cache
def _by_name() -> dict[str, tuple[Division, ...]]:
    found: defaultdict[str, list[Division]] = defaultdict(list)
    for division in divisions().values():
        for name in dict.fromkeys((*division.full, division.short)):
            found[name].append(division)
    return {name: tuple(named) for name, named in found.items()}


def named(name: str) -> tuple[Division, ...]:
    """The divisions that bear ``name`` as their full or short name."""
    return _by_name().get(name, ())


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Lengths of the names that begin with a pair of characters, the longest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for name in _by_name():
        found[name[:2]].add(len(name))
    return {pair: tuple(sorted(lengths, reverse=True)) for pair, lengths in found.items()}


class _TownRow(NamedTuple):
    code: str
    names: str


@cache
def _towns() -> dict[str, tuple[str, ...]]:
    """Codes of the counties that have a town or urban subdistrict of a name."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows("town", _TownRow):
        for name in row.names.split():
            found[name].append(row.code)
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def town_names() -> frozenset[str]:
    """The names of towns and urban subdistricts that are no common nouns besides: any 新城镇 is a new 城镇."""
    common = words("town_common")
    return frozenset(name for name in _towns() if not name.endswith(common))


def town_behind(text: str, begin: int, holders: Iterable[str]) -> int:
    """Where the name of a town that one of the divisions ``holders`` holds ends, if one begins at ``begin``; else ``begin``."""
    held, names = tuple(holders), _towns()
    for end in range(min(begin + _LONGEST_TOWN, len(text)), begin + 1, -1):
        if any(is_within(county, code) for county in names.get(text[begin:end], ()) for code in held):
            return end
    return begin


def town_counties(name: str) -> tuple[str, ...]:
    """Codes of the counties that have a town or urban subdistrict called ``name``."""
    return _towns().get(name, ())


def place_names() -> tuple[str, ...]:
    """Every full and short name of a division."""
    return tuple(_by_name())


def is_place(word: str) -> bool:
    """Whether ``word`` is the full or short name of a division."""
    return word in _by_name()


def is_full_name(word: str) -> bool:
    """Whether ``word`` is a division's name with its class word."""
    return word in _full_names()


@cache
def _full_names() -> frozenset[str]:
    return frozenset(name for division in divisions().values() for name in division.full)


def is_city(code: str) -> bool:
    """Whether a division is a prefecture, or a province that is a city."""
    division = divisions().get(code)
    return division is not None and (division.level == "prefecture" or code in _municipalities())


@cache
def _municipalities() -> frozenset[str]:
    """Codes of the provinces that are cities: their class word is a city's."""
    word = next(division.name[-1] for division in divisions().values() if division.level == "prefecture")
    return frozenset(division.code for division in divisions().values() if division.level == "province" and division.name[-1] == word)


def lies_in(code: str, ancestor: str) -> bool:
    """Whether division ``code`` lies in division ``ancestor``."""
    while code := divisions()[code].parent if code in divisions() else "":
        if code == ancestor:
            return True
    return False


def is_within(code: str, place: str) -> bool:
    """Whether division ``code`` is division ``place`` or lies in it."""
    return code == place or lies_in(code, place)


def are_kin(one: str, other: str) -> bool:
    """Whether one division is the other, or holds it, or lies in it."""
    return is_within(one, other) or is_within(other, one)


def places(text: str) -> list[tuple[int, int]]:
    """Spans of ``text`` that are a division's name, the longest at each position, left to right; none begins within a full name."""
    found, end, names, lengths = [], 0, _by_name(), _lengths()
    for begin, pair in enumerate(map(add, text, text[1:])):
        if pair in lengths and begin >= end:
            stop = next((begin + length for length in lengths[pair] if text[begin : begin + length] in names), 0)
            if stop:
                found.append((begin, stop))
                end = stop if is_full_name(text[begin:stop]) else end  # of 城市北京 市北 is no name
    return found
