"""Outlook: whether what is told has come about, by words of aim, by the time and by what is measured."""

from functools import cache

from kg.facts.statement import Clause, Statement, Target
from kg.language.lexicon import words, wordset
from kg.language.period import Period
from kg.language.rules import Rule, load, pattern

_MONTH, _YEAR = len("2024-08"), len("2024")


def planned(statement: Statement, target: Target, published: str | None) -> bool | None:
    """Whether the sentence speaks of aims: the clause of the quantity decides, else the nearest one before; None where none does."""
    text = statement.showing(target)
    for clause in reversed(statement.clauses[: target.clause.number + 1]):
        rule = _mood(text, clause)
        if rule and (clause == target.clause or not rule.value):
            return rule.output == "target"
        if _is_past(statement, clause, published):
            return False
    return None


def said_here(statement: Statement, target: Target) -> bool:
    """Whether the quantity's own clause speaks of aims."""
    rule = _mood(statement.showing(target), target.clause)
    return rule is not None and rule.output == "target" and not rule.value


def _mood(text: str, clause: Clause) -> Rule | None:
    """The first rule that tells whether a clause speaks of aims."""
    return next((rule for rule in load("outlook").possible(text) if rule.pattern.search(text, clause.begin, clause.end)), None)


def _is_past(statement: Statement, clause: Clause, published: str | None) -> bool:
    """Whether a clause names a time that was over at publication, or the present (目前, 今年以来)."""
    if pattern("narrative", "up-to").search(statement.text, clause.begin, clause.end):
        return True
    spoken = [i for i in statement.places(clause.begin, clause.end) if not _is_aside(statement, i)]
    notes = [note for i in spoken if isinstance(note := statement.note(i), Period) and not note.comparison]
    if any(note.vague and statement.source.sentence.text[note.begin : note.end] not in wordset("aspect_time") for note in notes):
        return True
    return any(published and note.iso and note.iso.split("/")[-1] < published[: len(note.iso.split("/")[-1])] for note in notes)


def _is_aside(statement: Statement, index: int) -> bool:
    """Whether a time stands in brackets, or tells only from where something moves: 由[2022年]的25%提升至32%."""
    base = pattern("narrative", "base").match(statement.text, max(0, index - 1))
    return bool(base or pattern("narrative", "aside").search(statement.text, 0, index))


def reaches(statement: Statement, target: Target) -> bool:
    """Whether a number is what is to be reached in the end, and not what sums up over some years: 人口突破5万."""
    return pattern("narrative", "reaching").match(statement.original(target.clause.begin, target.index)) is not None


def ahead(iso: str | None, published: str | None) -> bool:
    """Whether a period begins after the date of publication, or ends in a later year."""
    if not iso or not published:
        return False
    first, last = iso.split("/")[0], iso.split("/")[-1]
    return first[: len(published)] > published[: len(first)] or last[:4] > published[:4]


def is_of_past_year(iso: str | None, published: str | None) -> bool:
    """Whether a period ended before the year of publication."""
    return bool(iso and published) and str(iso).split("/")[-1][:_YEAR] < str(published)[:_YEAR]


def is_of_year_to_come(iso: str | None, published: str | None) -> bool:
    """Whether a period begins in a year after that of publication."""
    return bool(iso and published) and str(iso)[:_YEAR] > str(published)[:_YEAR]


def is_long_past(iso: str | None, published: str | None) -> bool:
    """Whether it is a month of the years before the last: when something began, and no time of what a text tells after it."""
    return len(iso or "") == _MONTH and bool(published) and int(str(iso)[:_YEAR]) < int(str(published)[:_YEAR]) - 1


def stands(indicator: str) -> bool:
    """Whether a measure stands and does not flow: a total investment, an area, what is made year after year."""
    return made_yearly(indicator) or indicator in wordset("standing_noun") or indicator.endswith(_standing())


@cache
def _standing() -> tuple[str, ...]:
    """Nouns of measures that stand, long enough to tell so at the end of others."""
    return tuple(noun for noun in words("standing_noun") if len(noun) > 2)


def made_yearly(indicator: str) -> bool:
    """Whether it is what is made year after year: 年产优质果品."""
    return pattern("narrative", "yearly").match(indicator) is not None


def sized(indicator: str) -> bool:
    """Whether it is a size that is only planned: 规划面积."""
    return bool(pattern("narrative", "planned-size").match(indicator))


def built(indicator: str) -> bool:
    """Whether it is the size of works or what they can make: 建筑面积, 全长, 年产能."""
    return bool(pattern("narrative", "built-size").search(indicator))


def agreed(indicator: str) -> bool:
    """Whether it is what has been signed, whatever is to come of it: 合同金额."""
    return bool(pattern("narrative", "agreed").search(indicator))
