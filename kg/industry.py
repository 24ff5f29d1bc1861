"""Industries: the sectors and product markets that a text treats as such, and who works in them.

The rules say where a text lists names of industries; here the list is cut into names, and each is graded: ``KNOWN`` to the
lexicon, ``BUILT`` like a name of an industry, or merely a ``NOUN``. How good a name must be depends on the rule.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.entity import Link, LinkedDocument, LinkedSentence
from kg.lexicon import alternation, rows, wordset
from kg.mention import Mention
from kg.relation import Relation
from kg.rules import Rule, load
from kg.sentence import Sentence
from kg.words import Token

KNOWN, BUILT, NOUN = 2, 1, 0
_LEAST = {"known": KNOWN, "built": BUILT, "open": NOUN, "any": NOUN}
"""The grade that a rule's ``value`` asks for."""
_LONGEST = 12
_FUNCTION = frozenset("rdpuymq")
"""Parts of speech that no name contains: what stands before them belongs to the sentence, not to the name."""


class _Row(NamedTuple):
    word: str
    kind: str


@cache
def _kinds() -> dict[str, str]:
    return {row.word: row.kind for row in rows("industry", _Row)}


def _is_known(name: str) -> bool:
    return _kinds().get(name, "generic") != "generic"


# --- mentions -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Name:
    """A candidate for the name of an industry in a list: where it stands, and how good it is."""

    begin: int
    end: int
    grade: int


def industry_mentions(sentence: Sentence, tokens: tuple[Token, ...]) -> list[Mention]:
    """Candidates for the industries that ``sentence`` names, with and without the word 产业 that may follow."""
    found: dict[tuple[int, int], Mention] = {}
    for rule in load("industry"):
        for match in rule.pattern.finditer(sentence.text):
            for name in _names(sentence.text, tokens, *match.span("list"), rule):
                mention = _mention(sentence.text, name, rule)
                span = (mention.begin, mention.end)
                if span not in found or found[span].score < mention.score:
                    found[span] = mention
    return list(found.values())


def _mention(text: str, name: _Name, rule: Rule) -> Mention:
    core = text[name.begin : name.end]
    suffix = _suffix().match(text, name.end)
    if suffix and suffix[1]:
        full = core + suffix[1]
        return Mention(name.begin, suffix.end(1), "Industry", full, rule.name, rule.score, (core,))
    return Mention(name.begin, name.end, "Industry", core, rule.name, rule.score)


@cache
def _suffix() -> re.Pattern[str]:
    """The class word that makes 肉牛 the industry 肉牛产业; not where it goes on to another word."""
    return load("industry_shape")[0].pattern


def _names(text: str, tokens: tuple[Token, ...], begin: int, end: int, rule: Rule) -> Iterator[_Name]:
    """The names in the list ``text[begin:end]`` that are good enough for the rule."""
    graded = []
    for number, (low, high) in enumerate(_split(text, begin, end)):
        name = _graded(text, tokens, low, high, first=number == 0)
        if name:
            graded.append(name)
    best = max((name.grade for name in graded), default=NOUN)
    least = _LEAST[rule.value]
    if rule.value == "open" and best < BUILT:
        return
    yield from (name for name in graded if name.grade >= least)


def _split(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of a list's members. Only before the last of them 和 and 及 join members; elsewhere they are part of one."""
    low = begin
    while (comma := text.find("\u3001", low, end)) >= 0:
        yield low, comma
        low = comma + 1
    joint = None if _is_known(text[low:end]) else _conjunction().search(text, low + 2, end - 1)
    if joint and not _knows_end(text, low, end, joint.start()):
        yield low, joint.start()
        low = joint.end()
    yield low, end


@cache
def _conjunction() -> re.Pattern[str]:
    return load("industry_shape")[1].pattern


def _knows_end(text: str, begin: int, end: int, joint: int) -> bool:
    """Whether a known name bridges ``joint``: 做强汽车及零部件."""
    return any(_is_known(text[low:end]) for low in range(max(begin, end - _LONGEST), joint))


def _graded(text: str, tokens: tuple[Token, ...], begin: int, end: int, first: bool) -> _Name | None:
    """The name at the end of a list member, without what leads up to it; None where there is no name."""
    begin, end = _unquoted(text, begin, end)
    end = _core_end(text, begin, end)
    if not _is_known(text[begin:end]):
        begin = _after_lead(text, tokens, begin, end)
    name = text[begin:end]
    if _is_known(name):
        return _Name(begin, end, KNOWN)
    tail = _known_tail(text, tokens, begin, end)
    if tail is not None and (tail == begin or first):
        return _Name(tail, end, KNOWN)
    if not 2 <= len(name) <= _LONGEST or name in _kinds() or name in wordset("generic") or not _is_noun_phrase(tokens, begin, end):
        return None
    return _Name(begin, end, BUILT if tail is not None or _head().search(name) else NOUN)


def _unquoted(text: str, begin: int, end: int) -> tuple[int, int]:
    opening = max(text.rfind("“", begin, end), text.rfind("‘", begin, end))
    begin = opening + 1 if opening >= 0 else begin
    while end > begin and text[end - 1] in "”’":
        end -= 1
    return begin, end


def _core_end(text: str, begin: int, end: int) -> int:
    """The end of the name without the class word that the member may end with."""
    match = load("industry_shape")[2].pattern.search(text, begin + 2, end)
    return match.start() if match else end


@cache
def _head() -> re.Pattern[str]:
    return re.compile(f"..{alternation('industry_head')}$|.{alternation('industry_head')}$")


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
    for match in _lead().finditer(text, begin, end):
        if len(match[0]) > 1 and match.end() <= end - 2 and not _is_known(text[begin:end]):
            begin = match.end()
    while (match := _modifier().match(text, begin, end - 2)) and not _is_known(text[begin:end]):
        begin = match.end()
    return begin


def _leads(token: Token) -> bool:
    return token.text in wordset("industry_verb") or (token.tag[0] in _FUNCTION and token.tag != "mz") or token.tag == "ns"


def _known_tail(text: str, tokens: tuple[Token, ...], begin: int, end: int) -> int | None:
    """Where the longest known name at the end begins, with the qualifiers before it: 高端医疗器械."""
    starts = [token.begin for token in tokens if begin <= token.begin <= end - 2]
    tail = next((start for start in starts if _is_known(text[start:end])), None)
    while tail is not None:
        before = next((start for start in starts if start < tail and text[start:tail] in wordset("industry_qualifier")), None)
        if before is None:
            return tail
        tail = before
    return None


def _is_noun_phrase(tokens: tuple[Token, ...], begin: int, end: int) -> bool:
    inside = [token for token in tokens if begin < token.end and token.begin < end]
    return all(token.tag[0] not in _FUNCTION for token in inside) and inside[0].tag not in ("v", "vd", "c")


# --- relations ----------------------------------------------------------------------------------------------------------


def industry_relations(document: LinkedDocument) -> tuple[Relation, ...]:
    """inIndustry: what the sentences say, and what the names of projects and zones tell (聚醚醚酮产业园)."""
    found: dict[Relation, None] = {}
    lead: LinkedSentence | None = None
    for item in document.sentences:
        if lead is None or lead.sentence.paragraph != item.sentence.paragraph:
            lead = item
        for relation in (*_stated(document, item, lead), *_named(document, item)):
            found.setdefault(relation)
    return tuple(found)


def _stated(document: LinkedDocument, item: LinkedSentence, lead: LinkedSentence) -> Iterator[Relation]:
    rules = {rule.name: rule for rule in load("industry")}
    for link in item.links:
        rule = rules.get(link.mention.rule)
        if rule is None or link.mention.type != "Industry":
            continue
        firm = _firm(item, link, rule)
        if firm:
            begin, end = min(firm.mention.begin, link.mention.begin), max(firm.mention.end, link.mention.end)
            yield Relation(firm.key, "inIndustry", link.key, item.sentence.evidence(begin, end), rule.name)
        elif rule.output != "firm":
            area = _area(document, item, link, lead)
            if area:
                yield Relation(area, "inIndustry", link.key, item.sentence.evidence(link.mention.begin, link.mention.end), rule.name)


def _firm(item: LinkedSentence, industry: Link, rule: Rule) -> Link | None:
    """The enterprise whose industry the sentence tells: the nearest before it, unless a district takes over in between."""
    text, begin = item.sentence.text, industry.mention.begin
    for link in reversed([link for link in item.links if link.mention.end <= begin]):
        if link.mention.type == "Enterprise":
            between = text[link.mention.end : begin]
            if _stands("owner", between):
                return link
            return None if rule.output == "area" or _stands("listed", text[link.mention.end :]) else link
        if link.mention.type in ("District", "Project") and _stands("clause_initial", text[: link.mention.begin]):
            return None
    return None


def _area(document: LinkedDocument, item: LinkedSentence, industry: Link, lead: LinkedSentence) -> str | None:
    """The project or district whose industry it is: the clause's, the paragraph's, else the document's."""
    text = item.sentence.text
    for link in reversed(item.links):
        if link.mention.end <= industry.mention.begin and link.mention.type in ("District", "Project"):
            if _stands("clause_initial", text[: link.mention.begin]) and not _stands("listed", text[link.mention.end :]):
                return link.key
    if _stands("section_lead", lead.sentence.text):
        headed = [link.key for link in lead.links if link.mention.type in ("District", "Project") and not link.anaphor]
        if len(headed) == 1:
            return headed[0]
    return document.home


def _stands(condition: str, text: str) -> bool:
    """Whether a condition of rules/industry_subject.toml holds of the text beside a mention."""
    return any(rule.pattern.search(text) for rule in load("industry_subject") if rule.name == f"industry_subject.{condition}")


def _named(document: LinkedDocument, item: LinkedSentence) -> Iterator[Relation]:
    """A park's industry is in its name."""
    for link in item.links:
        mention = link.mention
        if link.anaphor or mention.type not in ("Project", "District", "Place"):
            continue
        for match in _park().finditer(mention.name):
            name = next((mention.name[low : match.start()] for low in range(match.start()) if _industry_key(document, mention.name[low : match.start()])), "")
            key = _industry_key(document, name)
            if key:
                yield Relation(link.key, "inIndustry", key, item.sentence.evidence(mention.begin, mention.end), "industry.park_name")


@cache
def _park() -> re.Pattern[str]:
    return load("industry_shape")[3].pattern


def _industry_key(document: LinkedDocument, name: str) -> str | None:
    """The key of the document's industry of that name."""
    return next((key for key, entity in document.entities.items() if entity.type == "Industry" and name in (entity.name, *entity.aliases)), None)
