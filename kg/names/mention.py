"""Mentions: the names that a sentence contains, chosen among competing candidates."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.language.lexicon import wordset


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[begin:end]`` of a sentence, read as the name of a thing."""

    begin: int
    end: int
    type: str
    """A class of the ontology: District, Enterprise, Organization, Project, Programme, Person, Place, Industry, Event."""
    name: str
    """The name as the graph shows it: the surface without quotation marks."""
    rule: str
    """Name of the rule that proposed it."""
    score: float = 1.0
    """How strongly; competing candidates are chosen by the greatest sum."""
    forms: tuple[str, ...] = ()
    """Other surface forms that the same words offer: with and without quotes' class word."""
    # Names that the name begins with and that are things themselves: 山东嘉泰 in 山东嘉泰高铁座椅检修项目, 东河市 in 东河市财政局.
    inner: tuple["Mention", ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A candidate that lost, and the chosen mention that it lost to."""

    loser: Mention
    winner: Mention


def _weight(mention: Mention) -> float:
    """A longer name explains more of the text: the sum over pieces must not beat the whole."""
    return mention.score * (mention.end - mention.begin)


def choose(candidates: Iterable[Mention]) -> tuple[Mention, ...]:
    """The set of candidates without overlap that has the greatest weight, in text order; ties go to the earlier and longer."""
    ranked = sorted(candidates, key=lambda m: (m.end, m.begin, -m.score, m.type, m.rule))
    ends = [mention.end for mention in ranked]
    best: list[tuple[float, tuple[Mention, ...]]] = [(0.0, ())]
    for number, mention in enumerate(ranked):
        before = best[bisect_right(ends, mention.begin, hi=number)]
        weight = before[0] + _weight(mention)
        best.append((weight, (*before[1], mention)) if weight > best[-1][0] else best[-1])
    return best[-1][1]


def whole_events(candidates: Sequence[Mention]) -> list[Mention]:
    """The candidates, with each event at least as weighty as the names that it is composed of: 东河市红十字会|第三次大会."""
    return [_lifted(mention, candidates) if mention.type == "Event" else mention for mention in candidates]


def _lifted(event: Mention, candidates: Sequence[Mention]) -> Mention:
    """The event with the weight of what it is composed of, unless that is a project, of which more is told than the ceremony's name."""
    inside = choose(m for m in candidates if event.begin <= m.begin and m.end <= event.end and m.type != "Event")
    least = sum(map(_weight, inside)) / (event.end - event.begin)
    composed = least >= event.score and all(mention.type != "Project" for mention in inside)
    return replace(event, score=event.score + least) if composed else event


def rejected(candidates: Iterable[Mention], chosen: tuple[Mention, ...]) -> tuple[Rejection, ...]:
    """The candidates that were not chosen, each with the mention that took its place."""
    kept = set(chosen)
    return tuple(
        Rejection(loser, winner)
        for loser in candidates
        if loser not in kept
        for winner in chosen[:]
        if winner.begin < loser.end and loser.begin < winner.end
    )


def own_name(mention: Mention) -> str:
    """The name without the districts that it begins with."""
    name = mention.name
    for district in (inner.name for inner in mention.inner if inner.type == "District"):
        name = name.removeprefix(district)
    return name


def is_listed(text: str, mention: Mention) -> bool:
    """Whether it is one of several that are named side by side."""
    marks = wordset("list_mark")
    return text[mention.end : mention.end + 1] in marks or text[mention.begin - 1 : mention.begin] in marks
