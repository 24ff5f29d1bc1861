"""Names of industries: the sectors and product markets that a text treats as such.

The rules say where a text lists names of industries; here the list is cut into names, and each is graded: ``KNOWN`` to the
lexicon, ``BUILT`` like a name of an industry, or merely a ``NOUN``. How good a name must be depends on the rule.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from kg.language.lexicon import alternation, rows, words, wordset
from kg.language.rules import Rule, load, pattern
from kg.language.words import Token, Words
from kg.names.mention import Mention
from kg.text.sentence import Sentence

KNOWN, BUILT, NOUN = 2, 1, 0
_LEAST = {
    "known": (KNOWN, KNOWN),
    "listed": (KNOWN, BUILT),
    "mostly": (KNOWN, BUILT),
    "majority": (KNOWN, NOUN),
    "built": (BUILT, BUILT),
    "open": (BUILT, NOUN),
    "any": (NOUN, NOUN),
}
"""The grades that a rule's ``value`` asks for: of the best name in the list, and of each."""
_BY_COMPANY = frozenset({"mostly", "majority"})
"""Values for which half of the list must be built like names; with more, ``majority`` lets any noun pass."""
_TOLD = "told"
"""The value of rules whose pattern says by itself what the name is."""
_LONGEST = 12
_BY_NAME = "industry.by_name"
"""The rule of names that are told wherever they stand, which must end where a word does: no 旅游业|内人士."""
_FUNCTION = frozenset("rdpuymqt")
"""Parts of speech that no name contains: what stands before them belongs to the sentence, not to the name."""
_COMMON_NOUNS = ("n", "vn", "b")
_COMMA = "、"
_QUOTES = "“”‘’"


class _Row(NamedTuple):
    word: str
    kind: str


class _Short(NamedTuple):
    word: str
    full: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A candidate for the name of an industry in a list: where it stands, and how good it is."""

    begin: int
    end: int
    grade: int


def industry_mentions(sentence: Sentence, tokens: Words) -> list[Mention]:
    """Candidates for the industries that ``sentence`` names, with and without the word 产业 that may follow."""
    found: dict[tuple[int, int], Mention] = {}
    for rule in load("industry").possible(sentence.text):
        for match in rule.pattern.finditer(sentence.text):
            for name in _names(sentence.text, tokens, *match.span("list"), rule):
                mention = _mention(sentence.text, name, rule)
                span = (mention.begin, mention.end)
                if rule.name == _BY_NAME and mention.end not in tokens.ends:
                    continue
                if span not in found or found[span].score < mention.score:
                    found[span] = mention
    return list(found.values())


def _mention(text: str, name: _Name, rule: Rule) -> Mention:
    core = text[name.begin : name.end]
    suffix = _shape("class_word").match(text, name.end)
    if suffix is None:
        return Mention(name.begin, name.end, "Industry", core, rule.name, rule.score)
    begin = name.begin - 1 if suffix["close"] and text[name.begin - 1] in _QUOTES else name.begin
    return Mention(begin, suffix.end("word"), "Industry", core + suffix["word"], rule.name, rule.score, (core,))


def industry_stem(name: str) -> str:
    """What the names of one industry share: 肉牛产业, 肉牛深加工产业 and 肉牛精深加工 are one, and so are 光电 and 光电信息产业."""
    while match := _shape("form").search(name):
        short = name[: match.start()]
        if len(short) < 3 and short not in _kinds():
            break
        name = short
    return _full().get(name, name)


@cache
def _full() -> dict[str, str]:
    """The full name of each industry that has a short one."""
    return {row.word: row.full for row in rows("industry_short", _Short)}


@cache
def _kinds() -> dict[str, str]:
    return {
        **{row.word: row.kind for row in rows("industry", _Row)},
        **dict.fromkeys((*words("industry_official"), *words("industry_named")), "sector"),
    }


@lru_cache(maxsize=4096)
def _is_known(name: str) -> bool:
    kinds = _kinds()
    kind = kinds.get(name) or kinds.get(_shape("trade").sub("", name), "generic")
    return kind != "generic"


def _is_common(name: str) -> bool:
    """Whether the word names an industry only in the company of others that do: 教育, 医疗, 保险."""
    return _kinds()[name] == "common" if name in _kinds() else False


def _shape(name: str) -> re.Pattern[str]:
    return pattern("industry_shape", name)


def _names(text: str, tokens: tuple[Token, ...], begin: int, end: int, rule: Rule) -> Iterator[_Name]:
    """The names in the list ``text[begin:end]`` that are good enough for the rule."""
    if rule.value == _TOLD:
        yield _Name(begin, end, KNOWN)
        return
    members = list(_split(text, begin, end))
    graded = [_graded(text, tokens, low, high, first=low == begin) for low, high in members]
    names = _shared(text, [name for name in graded if name])
    best, least = _LEAST[rule.value]
    if max((name.grade for name in names), default=-1) < best:
        return
    if rule.value in _BY_COMPANY:
        majority = 2 * sum(name.grade >= BUILT for name in names) - len(members)
        if majority < 0:
            return
        least = least if majority else BUILT
    yield from (name for name in names if name.grade >= least)


def _shared(text: str, names: list[_Name]) -> list[_Name]:
    """The two known names of a pair with 及 as one where only the last has the class word: 光伏及储能|产业."""
    if len(names) != 2 or min(name.grade for name in names) < KNOWN:
        return names
    first, last = names
    listed = text[first.begin - 1 : first.begin] == _COMMA or _shape("trade").search(text, first.begin, first.end)
    pair = _shape("paired").fullmatch(text, first.end, last.begin) and _shape("class_word").match(text, last.end)
    return [_Name(first.begin, last.end, KNOWN)] if pair and not listed else names


def _split(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of a list's members. 和 and 及 join the last two, unless they stand in earlier members too and so are part of names."""
    commas = [begin - 1, *(i for i in range(begin, end) if _separates(text, i) and not _is_known(text[begin:end])), end]
    members = [(low + 1, high) for low, high in pairwise(commas)]
    yield from members[:-1]
    low = members[-1][0]
    joints = [joint for first, last in members if (joint := _joint(text, first, last))]
    if joints and joints[0].start() > low and not _knows_end(text, low, end, joints[0].start()):
        yield low, joints[0].start()
        low = joints[0].end()
    yield low, end


def _separates(text: str, index: int) -> bool:
    """Whether a list's members part at a character: 、, or the close of a quotation before the next: “甲”“乙”."""
    return text[index] == _COMMA or text[index : index + 2] == "”“"


def _joint(text: str, begin: int, end: int) -> re.Match[str] | None:
    """The 和 or 及 within a member that is no known name as a whole."""
    return None if _is_known(text[begin:end]) else _shape("conjunction").search(text, begin + 2, end - 1)


def _knows_end(text: str, begin: int, end: int, joint: int) -> bool:
    """Whether a known name bridges ``joint``: 做强汽车及零部件."""
    return any(_is_known(text[low:end]) for low in range(max(begin, end - _LONGEST), joint))


def _graded(text: str, tokens: tuple[Token, ...], begin: int, end: int, first: bool) -> _Name | None:
    """The name at the end of a list member, without what leads up to it; None where there is no name."""
    begin, end = _unquoted(text, begin, end)
    end = _core_end(text, begin, end)
    if not _is_known(text[begin:end]):
        begin = _after_lead(text, tokens, begin, end)
    joint = _joint(text, begin, end)
    if joint and not _is_known(text[begin : joint.start()]):
        begin = joint.end()
        joint = None
    if not joint:
        tail = _known_tail(text, tokens, begin, end, first)
        if tail is not None:
            return _Name(tail, end, BUILT if _is_common(text[tail:end]) else KNOWN)
    name = text[begin:end]
    quoted = text[begin - 1 : begin] in _QUOTES and text[end : end + 1] in _QUOTES
    empty = (
        any(name in wordset(table) for table in ("generic", "industry_verb", "enterprise"))
        or _kinds().get(name)
        or _shape("generic").search(name)
    )
    if empty or not 2 <= len(name) <= _LONGEST:
        return None
    if not quoted and not _is_noun_phrase(text, tokens, begin, end):
        return None
    return _Name(begin, end, BUILT if _head().search(name) else NOUN)


def _unquoted(text: str, begin: int, end: int) -> tuple[int, int]:
    while end > begin and text[end - 1] in _QUOTES:
        end -= 1
    return max(begin, 1 + max(text.rfind(quote, begin, end) for quote in _QUOTES)), end


def _core_end(text: str, begin: int, end: int) -> int:
    """The end of the name without the class word that the member may end with."""
    match = _shape("member_end").search(text, begin + 2, end)
    return match.start() if match else end


@cache
def _head() -> re.Pattern[str]:
    return re.compile(
        f"..{alternation('industry_head')}$|{alternation('industry_qualifier')}{alternation('industry_head')}$|{_shape('trade').pattern}"
    )


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(alternation("industry_verb"))


@cache
def _modifier() -> re.Pattern[str]:
    return re.compile(f"{alternation('industry_modifier')}|{alternation('enterprise')}")


def _after_lead(text: str, tokens: tuple[Token, ...], begin: int, end: int) -> int:
    """Where the name begins, after verbs, function words, places, firms and praise."""
    for token in tokens:
        if begin < token.end <= end - 2 and _leads(token) and not _is_known(text[begin:end]):
            begin = token.end
    for lead in _lead().finditer(text, begin, end):
        if len(lead[0]) > 1 and lead.end() <= end - 2 and not _is_known(text[begin:end]):
            begin = lead.end()
    while (praise := _modifier().match(text, begin, end - 2)) and not _is_known(text[begin:end]):
        begin = praise.end()
    return begin


def _leads(token: Token) -> bool:
    function = token.tag[0] in _FUNCTION and not _shape("conjunction").fullmatch(token.text)
    place = token.tag == "ns" and token.text not in wordset("industry_qualifier")
    zone = token.text.endswith(words("zone_kind"))
    return token.text in wordset("industry_verb") or function or place or zone or token.text.isdecimal()


def _known_tail(text: str, tokens: tuple[Token, ...], begin: int, end: int, first: bool) -> int | None:
    """Where the longest known name at the end begins, with the qualifiers before it: 高端医疗器械.

    In the ``first`` member of a list other words before it may be the sentence's; in the others common nouns are the name's.
    """
    if _is_known(text[begin:end]):
        return begin
    inside = [token for token in tokens if begin <= token.begin <= end - 2]
    aligned = next((token.begin for token in inside if _is_known(text[token.begin : end])), None)
    # A cut may fall inside the name, where the word before it takes its first character: 反映出新|能源.
    tail = None if aligned is None else next(low for low in range(begin, aligned + 1) if _is_known(text[low:end]))
    for token in reversed(inside):
        if tail is not None and token.end == tail and (_qualifies(token.text) or (not first and token.tag in _COMMON_NOUNS)):
            tail = token.begin
    return tail


def _qualifies(word: str) -> bool:
    return word in wordset("industry_qualifier") or _is_known(word)


def _is_noun_phrase(text: str, tokens: tuple[Token, ...], begin: int, end: int) -> bool:
    inside = [token for token in tokens if begin < token.end and token.begin < end and not _shape("conjunction").fullmatch(token.text)]
    plain = all(character.isalnum() for character in text[begin:end])
    nominal = bool(inside) and all(token.tag[0] not in _FUNCTION for token in inside)
    return plain and nominal and inside[0].tag not in ("v", "vd", "c")
