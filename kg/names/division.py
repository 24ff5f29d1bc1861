"""Divisions and zones that a sentence names: in full, or in short where that is a word of its own and means the place."""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise, zip_longest

from kg.language.gazetteer import is_full_name, is_place, is_within, lies_in, named, places, town_behind, town_names
from kg.language.lexicon import one_of, words, wordset
from kg.language.rules import pattern
from kg.language.words import Token, Words, before, behind
from kg.names.mention import Mention

_SHORT = 3
"""A full name no longer than this must begin where a word does: by chance its characters stand in others."""

_KNOWN = frozenset({"gazetteer.full", "gazetteer.short"})
"""Rules that find divisions of the table."""


@cache
def _zones() -> re.Pattern[str]:
    return re.compile(one_of(words("zone")))


@cache
def _regions() -> re.Pattern[str]:
    return re.compile(one_of(words("region")))


def divisions_named(text: str, cut: Words) -> list[Mention]:
    """Divisions by name: a full name anywhere, a short name where it is a word of its own; and the towns, zones and regions of tables."""
    begins, ends, spans = cut.begins, cut.ends, places(text)
    nested = _nested(text, spans)
    stops = {begin for begin, _ in nested}.union(ends)
    found = [Mention(*match.span(), "District", match[0], "gazetteer.zone", 5.0) for match in _zones().finditer(text)]
    regions = (match for match in _regions().finditer(text) if not pattern("district", "of_region").match(text, match.end()))
    found += [Mention(*match.span(), "District", match[0], "gazetteer.region", 2.5) for match in regions]
    for begin, end in spans:
        name, whole, row = text[begin:end], begin in begins and end in ends, (begin, end) in nested
        if name in wordset("generic") and not (row and is_full_name(name)):
            continue
        if is_full_name(name):
            cut_loose = whole if len(name) == 2 else begin in begins or (len(name) > _SHORT and end in ends)  # 嘉义县 does not hold 义县
            if cut_loose or row:
                found.append(Mention(begin, end, "District", name, "gazetteer.full", 4.0))
        elif (row and means_place(name) and _closes(text, end, stops)) or (whole and _is_short(begin, end, name, cut)):
            found.append(Mention(begin, end, "District", name, "gazetteer.short", 2.5))
    return [*found, *_towns(text, cut, spans)]


def _towns(text: str, cut: Words, spans: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    """Towns that the table lists: right behind what holds them, however the words are cut, or where the name is a word of its own."""
    behind = ((end, town_behind(text, end, (division.code for division in named(text[begin:end])))) for begin, end in spans)
    towns = town_names()
    found = {**{(t.begin, t.end): 3.0 for t in cut if t.text in towns}, **{span: 5.0 for span in behind if span[0] < span[1]}}
    for (begin, end), score in found.items():
        if not pattern("district", "countryside").match(text, end - 1):
            yield Mention(begin, end, "District", text[begin:end], "gazetteer.town", score)


def _nested(text: str, spans: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """The spans that stand right behind what holds them, or before what they hold, however the words are cut: 湖南永州|市, 广西|来宾人."""
    found: set[tuple[int, int]] = set()
    for outer, inner in pairwise(spans):
        held = named(text[slice(*inner)]) if outer[1] == inner[0] else ()
        if any(lies_in(division.code, holder.code) for division in held for holder in named(text[slice(*outer)])):
            found |= {outer, inner}
    return found


def means_place(name: str) -> bool:
    """Whether the name is a division's, and not a word of another meaning besides."""
    return is_place(name) and name not in wordset("generic") and name not in wordset("ambiguous_place")


def _closes(text: str, end: int, stops: Container[int]) -> bool:
    """Whether a name ends where a word or a nested place does, or before what tells that somebody is from there."""
    return end in stops or pattern("district", "native").match(text, end) is not None


def _is_short(begin: int, end: int, name: str, cut: Words) -> bool:
    """Whether a short name that is a word of its own means the place."""
    return (means_place(name) or _in_row(begin, end, name, cut)) and _stands_alone(begin, end, name, cut)


def holding(candidates: Iterable[Mention]) -> frozenset[str]:
    """Codes of the divisions that names of a document mean, in other names, too: 东河市 in 东河市财政局."""
    return frozenset(division.code for name in candidates if name.rule in _KNOWN for division in named(name.name))


def counties(text: str, cut: Words, holders: Collection[str]) -> Iterator[Mention]:
    """Counties by short names that are words of their own, in a document that names what holds them, or them in full somewhere."""
    for token, after in zip_longest(cut, cut[1:]):
        if not means_place(token.text) or (after and _goes_on(after)):
            continue
        held = any(is_within(division.code, code) for division in named(token.text) for code in holders)
        if held and not pattern("district", "end_of_line").match(text, token.end):
            yield Mention(token.begin, token.end, "District", token.text, "gazetteer.short", 2.5)


def _in_row(begin: int, end: int, name: str, cut: Words) -> bool:
    """Whether an ambiguous short name is a place in a list of places: 柳州、北海."""
    if name not in wordset("ambiguous_place") or name in wordset("generic"):
        return False
    return _is_listed(before(cut, begin, 2)[::-1]) or _is_listed(behind(cut, end, 2))


def _stands_alone(begin: int, end: int, name: str, cut: tuple[Token, ...]) -> bool:
    """Whether a short name means the place: that of a county only behind what holds it, or beside another place in a list."""
    last, following = before(cut, begin, 2)[::-1], behind(cut, end, 2)
    if following and _goes_on(following[0]):
        return False
    county = all(division.level == "county" for division in named(name))
    return not county or _is_held(name, last) or _is_listed(last) or _is_listed(following)


def _goes_on(follower: Token) -> bool:
    """Whether a lone noun-like character follows, so that the short name is only the beginning of another: 台湾园, 朝阳沟."""
    return len(follower.text) == 1 and follower.tag[0] in "nzgxj" and follower.text.isalpha()


def _is_held(name: str, last: Sequence[Token]) -> bool:
    """Whether a division that holds one of the name stands before: 福建|晋江."""
    holders = named(last[0].text) if last else ()
    return any(lies_in(division.code, holder.code) for division in named(name) for holder in holders)


def _is_listed(beside: Sequence[Token]) -> bool:
    """Whether a list's mark and another place stand beside: 顺义|、|怀柔."""
    return len(beside) == 2 and beside[0].text in wordset("list_mark") and means_place(beside[1].text)
