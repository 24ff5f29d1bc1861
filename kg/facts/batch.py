"""Batches: projects whose state a text tells together, by their number, before it names them: 签约9个项目。其中包括……"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.facts.entity import Link, LinkedDocument, masked
from kg.facts.match import Match, told
from kg.facts.relation import Relation
from kg.language.quantity import Quantity
from kg.language.rules import Rule, Rules, load, pattern, select

_NEAR = 4
"""Sentences behind a batch in which its members may be named without their number."""


@dataclass(frozen=True, slots=True)
class _Batch:
    number: Decimal
    rule: Rule
    paragraph: int
    place: tuple[int, int]
    """Its sentence, and where its match ends there."""


@cache
def _parts() -> Rules:
    return Rules([load("batch").by_name["members"]])


def batches(document: LinkedDocument) -> Iterator[Relation]:
    """``projectStatus`` of the projects that are named as members of a batch."""
    views = [(item, masked(item)) for item in document.sentences]
    states = select("batch", "projectStatus")
    told_of = (_batch(match, index) for index, (item, view) in enumerate(views) for match in told(states, item, view))
    known = [batch for batch in told_of if batch]
    for index, (item, view) in enumerate(views) if known else ():
        for members in told(_parts(), item, view):
            if batch := _meant(members, index, known):
                for link in _listed(members):
                    yield Relation(link.key, batch.rule.output, batch.rule.value, members.evidence(), batch.rule.name, literal=True)


def _batch(found: Match, index: int) -> _Batch | None:
    numbers = _numbers(found, found.match.start(), found.match.end())
    return _Batch(numbers[-1], found.rule, found.item.sentence.paragraph, (index, found.match.end())) if numbers else None


def _numbers(found: Match, begin: int, end: int) -> list[Decimal]:
    return [note.what.value for note in found.view.within(begin, end) if isinstance(note.what, Quantity)]


def _meant(members: Match, index: int, known: list[_Batch]) -> _Batch | None:
    """The last batch before in the paragraph that is near and no smaller than the number that is given, else any of that number."""
    numbers = _numbers(members, members.match.start(), members.match.start("o"))
    here = [batch for batch in known if batch.paragraph == members.item.sentence.paragraph]
    before = [batch for batch in here if (index - _NEAR, 0) <= batch.place <= (index, members.match.start())]
    near = [batch for batch in before if all(number <= batch.number for number in numbers)]
    return next(reversed(near or [batch for batch in known if batch.number in numbers]), None)


def _listed(members: Match) -> Iterator[Link]:
    """The projects of the list, until a clause begins that is none of its members."""
    text = members.item.sentence.text
    end = members.view.origin(members.match.start("o"))
    for link in members.links("o"):
        if link.mention.type != "Project":
            continue
        between = text[end : link.mention.begin]
        if "，" in between and not pattern("batch", "commas").fullmatch(between):
            return
        yield link
        end = link.mention.end
