"""Titles and products: the texts that ``recognisedAs`` and ``produces`` give, as a sentence lists them."""

import re
from collections.abc import Iterator
from functools import cache

from kg.facts.match import Match
from kg.language.lexicon import alternation, words, wordset
from kg.language.quantity import Quantity
from kg.language.words import tokens

_SHORTEST = 5
"""A title that only its beginning tells is longer: 全国首个."""


_ASIDE = re.compile(r"[（(][^（()）]*[）)]$")
"""What brackets add to a title: 创新型县（市）."""


@cache
def _between() -> re.Pattern[str]:
    """Between the members of a list: A、B, “A”“B”; what brackets or quotation marks hold together is one."""
    return re.compile(f"、(?![^(（]*[)）])(?![^“]*”)|(?<=”){alternation('list_mark')}?(?=“)")


def texts(found: Match) -> list[str]:
    """The literal objects: each member of a list, as the sentence has it, with the number that a rank ends in: 民营企业|500强."""
    result: list[str] = []
    for group in ("text", "more"):
        if group in found.match.re.groupindex and found.match[group]:
            begin, end = found.match.span(group)
            text = found.item.sentence.text[found.view.origin(begin) : _ranked_end(found, end)]
            result += _literals(found.rule.output, text, found.rule.value)
    return result


def _ranked_end(found: Match, end: int) -> int:
    """Where a title ends in the sentence that ends at ``end`` of the view: behind the number of a rank, which is one of it."""
    note, text = found.view.annotation(end), found.item.sentence.text
    if note is not None and found.rule.output == "recognisedAs" and isinstance(note.what, Quantity):
        return next((to for to in (note.end + 1, note.end) if text[:to].endswith(words("title"))), note.begin)
    return found.view.origin(end)


def _literals(predicate: str, text: str, value: str) -> Iterator[str]:
    """The objects that a text lists; ``value`` is ``any`` where all are titles, ``level`` where a verb of award tells them.

    Where it is ``goods``, only what ends like a thing made is a product.
    """
    for part in _titles(text, value) if predicate == "recognisedAs" else _members(predicate, text):
        if part.rstrip("”").endswith(words("person_title")):
            continue
        if predicate == "recognisedAs":
            fits = value == "any" or _is_title(part, value == "level")
        else:
            fits = len(part) >= 2 and not part.endswith(words("class_word")) and (value != "goods" or _is_goods(part))
        if fits:
            yield part


def _is_goods(text: str) -> bool:
    """Whether words end like the name of a thing made, and are more than that: not 设备 alone."""
    return text.endswith(words("goods")) and text not in wordset("goods")


def _titles(text: str, value: str) -> list[str]:
    """The titles of a list; one title names several things where only its end is one: 初中教育、高中教育质量评价一等奖."""
    *before, last = _members("recognisedAs", text)
    apart = (
        value == "any" or "”" in text or any(_is_title(part, awarded=False) for part in before) or last.startswith(words("title_opening"))
    )
    return [*before, last] if apart else [text]


def _members(predicate: str, text: str) -> list[str]:
    """The members of a list; the last two of three or more products, or of two that end like any, may be joined by a word: A、B和C."""
    *members, last = _between().split(text)
    joint = re.search(f"(?<=..){alternation('list_mark')}(?=..)", last) if predicate == "produces" else None
    joint = joint if members or (joint and _is_goods(last[: joint.start()]) and _is_goods(last[joint.end() :])) else None
    return [*members, last[: joint.start()], last[joint.end() :]] if joint else [*members, last]


def _is_title(text: str, awarded: bool) -> bool:
    """Whether the words are a title: by what they end in, or, behind a verb of award, by the level that they begin with."""
    if _is_clause(text) or text.endswith(words("not_title")):
        return False
    by_end = _ASIDE.sub("", text).rstrip("”").endswith(words("title")) and (len(text) > 2 or "”" in text)
    by_opening = text.startswith(words("title_opening")) and len(text) > _SHORTEST
    return by_end or (awarded and by_opening)


def _is_clause(text: str) -> bool:
    """Whether an adverb stands in the words, outside quotation marks: 作品将有机会争夺最终大奖."""
    plain = re.sub(r"“[^”]*”", "", text)
    return any(token.tag == "d" and token.text not in wordset("superlative") for token in tokens(plain))


def bearer(title: str) -> str | None:
    """The one class of things that may bear a title: a 先进县 is a district, and a 标杆企业 an enterprise."""
    tables = (("district_title", "District"), ("firm_title", "Enterprise"))
    return next((type for table, type in tables if title.rstrip("”").endswith(words(table))), None)
