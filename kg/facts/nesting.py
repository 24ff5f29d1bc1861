"""Nesting: districts that a sentence names one inside the other, in a row or in lists: 湖南省东安县紫溪镇五星村, 东安县紫溪镇、白牙镇."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.facts.entity import Link, LinkedDocument, LinkedSentence
from kg.facts.relation import Relation
from kg.language.lexicon import wordset
from kg.language.rules import pattern
from kg.names.district import Tier, may_lie_in, tier


@dataclass(frozen=True, slots=True)
class _Nested:
    """One district in another, both named in a sentence."""

    inner: Link
    outer: Link
    rule: str


def nestings(document: LinkedDocument) -> tuple[Relation, ...]:
    """``partOf`` between districts that stand beside each other."""
    found: dict[Relation, None] = {}
    for item in document.sentences:
        for pair in (*_inside_names(item), *_in_rows(item)):
            evidence = item.sentence.evidence(pair.outer.mention.begin, pair.inner.mention.end)
            relation = Relation(pair.inner.key, "partOf", pair.outer.key, evidence, pair.rule)
            found.update({relation: None} if pair.inner.key != pair.outer.key else {})
    return tuple(found)


def _inside_names(item: LinkedSentence) -> Iterator[_Nested]:
    """The districts that a name begins with, and the one that it is of: 东安县|紫溪镇|党委, 东安高新区|紫溪产业园."""
    for link in item.links:
        path: tuple[Link, ...] = ()
        for inner in (inner for inner in (*link.inner, link) if inner.mention.type == "District"):
            path = (*path, inner) if path and may_lie_in(inner.key, path[-1].key) else (inner,)
            if len(path) > 1:
                yield _Nested(inner, path[-2], "name.nested")


def _in_rows(item: LinkedSentence) -> Iterator[_Nested]:
    """The districts of the sentence, each in the one right before it; the members of a list in what holds its first."""
    path: tuple[Link, ...] = ()
    for link in item.links:
        if link.mention.type != "District" or link.anaphor:
            path = ()
            continue
        gap = item.sentence.text[path[-1].mention.end : link.mention.begin] if path else ""
        listed = gap in wordset("list_mark")
        above = _beside(path, link) if listed else path if pattern("nesting", "inside").match(gap) else ()
        holds = bool(above) and may_lie_in(link.key, above[-1].key)
        if holds:
            yield _Nested(link, above[-1], "nesting.list" if listed else "nesting.row")
        path = (*above, link) if holds else (link,)


def _beside(path: Sequence[Link], link: Link) -> tuple[Link, ...]:
    """What holds the last district of the path that ``link`` is a neighbour of: 白牙镇 behind 东安县|紫溪镇|五星村、 is one of 东安县."""
    own = tier(link.key) or Tier.TOWNSHIP  # a zone is named beside towns
    same = (number for number in reversed(range(len(path))) if (tier(path[number].key) or Tier.TOWNSHIP) is own)
    return tuple(path[: next(same, 0)])
