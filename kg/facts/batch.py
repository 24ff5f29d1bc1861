"""Batches: projects whose state a text tells together, by their number, before it names them: 签约9个项目。其中包括……"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from kg.facts.entity import Link, LinkedDocument
from kg.facts.match import Match, clause_begin, matches
from kg.facts.outlook import ahead, planned
from kg.facts.relation import Relation
from kg.facts.statement import Statement, kind_of
from kg.language.lexicon import rows
from kg.language.period import Period
from kg.language.quantity import Quantity
from kg.language.rules import Rules, load, pattern, select

_NEAR = 4
"""Sentences behind a batch in which some of it may be named; all of it is named in the next."""


class _State(NamedTuple):
    word: str
    state: str = ""
    ahead: str = ""


@dataclass(frozen=True, slots=True)
class _Batch:
    number: Decimal
    state: str
    """Empty where it is told of no state that is known."""
    found: Match


def batches(document: LinkedDocument) -> Iterator[Relation]:
    """``projectStatus`` of the projects that are named as members of a batch."""
    known: list[_Batch] = []
    published = document.document.metadata.published
    for statement in map(Statement, document.sentences):
        known += _batches(statement, known, published)
        for members in matches(_parts(), statement.source, statement.masked) if known else ():
            batch = _before(members, known)
            if batch and batch.state and _names(members, batch):
                yield from (_relation(link, batch, members) for link in _listed(members))


@cache
def _parts() -> Rules:
    return Rules(load("batch").by_name[name] for name in ("some", "all"))


@cache
def _states() -> dict[str, _State]:
    return {row.word: row for row in rows("project_state", _State)}


def _batches(statement: Statement, known: list[_Batch], published: str | None) -> Iterator[_Batch]:
    """The batches of a sentence; a number that is told of no state and is no greater than that of the batch before is part of it."""
    last = known[-1].number if known else None
    for found in matches(select("batch", "projectStatus"), statement.source, statement.masked):
        word = found.match["before"] or found.match["after"] or found.match["within"]
        number = next(reversed(_numbers(found, found.match.end())), None)
        if number and (word or not last or number > last):
            last = number
            yield _Batch(number, _state(_states()[word], found, statement, published) if word else "", found)


def _numbers(found: Match, end: int) -> list[Decimal]:
    """How many things are counted from where a match begins."""
    notes = (note.what for note in found.view.within(found.match.start(), end))
    return [what.value for what in notes if isinstance(what, Quantity) and kind_of(what.unit) == "count"]


def _state(row: _State, found: Match, statement: Statement, published: str | None) -> str:
    """What a batch has come to, where its clause does not deny it."""
    begin, end = clause_begin(statement.text, found.match.end() - 1), found.match.end()
    if pattern("narrative", "denied").search(statement.text, begin, end):
        return ""
    to_come = pattern("batch", "ahead").search(statement.text, begin, end) or _is_ahead(statement, found, published)
    return row.ahead if to_come else row.state


def _is_ahead(statement: Statement, found: Match, published: str | None) -> bool:
    """Whether the sentence speaks of aims, or of a time to come."""
    periods = [note.what for note in statement.masked.within(0, found.match.end()) if isinstance(note.what, Period)]
    counted = (target for target in statement.targets if found.match.start() <= target.index < found.match.end())
    timed = bool(periods) and ahead(periods[-1].iso, published)
    return timed or any(planned(statement, target, published) for target in counted)


def _before(members: Match, known: list[_Batch]) -> _Batch | None:
    """The last batch that is told of before some members are named."""
    place = (members.item.sentence.index, members.match.start("o"))
    return next((batch for batch in reversed(known) if (batch.found.item.sentence.index, batch.found.match.end()) <= place), None)


def _names(members: Match, batch: _Batch) -> bool:
    """Whether a match names members of a batch: one that is near, of the number that it gives, and in no other state."""
    here, there = members.item.sentence, batch.found.item.sentence
    numbers = _numbers(members, members.match.start("o"))[:1]
    whole = members.rule.name.endswith(".all")
    fits = all(number == batch.number if whole else number <= batch.number for number in numbers)
    near = here.paragraph == there.paragraph and here.index - there.index <= (_NEAR if numbers or not whole else 1)
    others = (word for word, row in _states().items() if row.state not in ("", batch.state))
    return fits and near and not any(word in members.match[0] for word in others)


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


def _relation(link: Link, batch: _Batch, members: Match) -> Relation:
    """What is told of a member, by the clause of the batch and the words that name it."""
    found, named = batch.found, members.evidence()
    sentence, view = found.item.sentence, found.view
    begin, end = view.origin(clause_begin(view.text, found.match.start())), view.origin(found.match.end())
    if sentence == members.item.sentence:
        spans = sentence.spans(begin, view.origin(members.match.end()))
    else:
        spans = (*sentence.spans(begin, end), *named.spans)
    return Relation(link.key, found.rule.output, batch.state, replace(named, spans=spans), found.rule.name, literal=True)
