"""Settlements: towns and villages whose names no dictionary knows, by what stands before them: the county or the town that holds them, or
another one in a list.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from kg.language.gazetteer import named
from kg.language.lexicon import words, wordset
from kg.language.rules import pattern
from kg.language.words import Token, Words
from kg.names.boundary import PROPER
from kg.names.mention import Mention

_FUNCTION = frozenset("pcur")
"""Parts of speech of words that no settlement is called by."""


def settlements(text: str, cut: Words, districts: Sequence[Mention]) -> list[Mention]:
    """Towns right behind a county and villages right behind a town, and what is listed beside: 平湖县|施集镇、塔李镇|大庄村."""
    found: dict[tuple[int, int], Mention] = {}
    places = list(districts)
    while places:
        place = places.pop()
        for begin, kind in _next(text, place):
            match = pattern("district", kind).match(text, begin)
            if match and match.span() not in found and _is_name(cut, match):  # each leads on once: chains meet in a list
                places.append(Mention(begin, match.end(), "District", match[0], f"settlement.{kind}", 4.5))
                found[match.span()] = places[-1]
    return list(found.values())


def _next(text: str, place: Mention) -> Iterator[tuple[int, str]]:
    """Where a settlement may begin that lies in the place or is listed beside it, and of which kind it is."""
    town = place.name.endswith(words("township"))
    village = not town and place.name.endswith(words("settlement"))
    listed = text[place.end : place.end + 1] in wordset("list_mark")
    if town:
        yield from ((place.end, "village"), *([(place.end + 1, "town")] if listed else []))
    elif village and listed:
        yield place.end + 1, "village"
    elif any(division.name == place.name and division.level != "province" for division in named(place.name)):
        yield place.end, "town"


def _is_name(cut: Words, match: re.Match[str]) -> bool:
    """Whether a settlement may be called by all the words that have a part in its name."""
    begin, core = match.span("core")
    over = cut[bisect_right(cut, begin, key=lambda token: token.end) : bisect_left(cut, core, key=lambda token: token.begin)]
    return all(_may_name(token, core, match.end()) for token in over)


def _may_name(token: Token, core: int, end: int) -> bool:
    """Whether a settlement may be called by the word: by no common one, unless it is cut out of the name: 施|集镇, 高|城镇."""
    if token.end > core:
        return token.end <= end or token.tag == "x"
    if token.tag[0] in "mq":
        return len(token.text) == 1 or token.end < core  # 五道|箐镇, but not 三个|镇
    return token.tag in PROPER or (len(token.text) == 1 and token.tag[0] not in _FUNCTION)
