"""Labels: the indicator of a figure, from the words beside the number or from an earlier figure."""

from dataclasses import dataclass
from functools import cache

from kg.indicator import Phrase, after, before, setting, topic
from kg.lexicon import wordset
from kg.measure import Reading
from kg.narrative import Narrative
from kg.rules import Rule, load
from kg.statement import Statement, Target
from kg.words import tokens

_COUNTED = ("Count", "Few", "Head")


@dataclass(frozen=True, slots=True)
class Label:
    """The name of what is measured, and the stretch of the masked sentence that says it."""

    text: str
    begin: int
    end: int


def labels(statement: Statement, target: Target, reading: Reading, narrative: Narrative) -> tuple[Label, ...]:
    """The indicators a number is about: one as a rule, two for 增速和质量均列第一, none where the text gives no name."""
    phrase = _own(statement, target, reading)
    last = narrative.last
    if reading.indicator:
        begin, end = reading.indicator
        own = statement.original(begin, end)
        return (_label(last.indicator + own if reading.measure == "share" and last else own, begin, end, target),)
    if phrase is None:
        return _inherited(statement, target, reading, narrative)
    texts = _joint(statement, phrase, reading)
    return tuple(_label(_complete(text, phrase, target, narrative), phrase.begin, phrase.end, target) for text in texts)


def _label(text: str, begin: int, end: int, target: Target) -> Label:
    return Label(text, min(begin, target.index), max(end, target.index + 1))


def _own(statement: Statement, target: Target, reading: Reading) -> Phrase | None:
    """The phrase before or behind the number that names the indicator."""
    left = before(statement, target.clause.begin, reading.end)
    if reading.measure in ("rank", "growth", "change"):
        return left
    right = after(statement, target.index, target.clause.end)
    if target.kind in _COUNTED:
        return right or left
    return left if left and not (left.bare and right) else right


def _complete(text: str, phrase: Phrase, target: Target, narrative: Narrative) -> str:
    """The label with the noun it leaves out: 落地[项目], [项目]总投资."""
    last = narrative.counted if target.kind in _COUNTED else narrative.last
    if phrase.bare and last:
        return text + _head(last.indicator)
    if text in wordset("relational_noun") and narrative.last:
        return narrative.last.indicator + text
    return text


def _head(text: str) -> str:
    """An indicator without the verbs or rank at its beginning: 签约[亿元以上项目]."""
    parts = list(tokens(text))
    while len(parts) > 1 and (parts[0].tag[0] in "vd" and parts[0].text not in wordset("figure_noun")):
        parts = parts[1:]
    return text[parts[0].begin :] if parts else text


@cache
def _rule(name: str) -> Rule:
    return next(rule for rule in load("label") if rule.name == f"label.{name}")


def _joint(statement: Statement, phrase: Phrase, reading: Reading) -> tuple[str, ...]:
    """Two names where one place in a ranking goes to both."""
    both = _rule("both").pattern.search(statement.text, phrase.end, phrase.end + 16)
    parts = _rule("joint").pattern.fullmatch(phrase.text) if both and reading.measure == "rank" else None
    return (parts[1], parts[2]) if parts else (phrase.text,)


def _inherited(statement: Statement, target: Target, reading: Reading, narrative: Narrative) -> tuple[Label, ...]:
    """The label of the figure before; without one, what the clause before speaks of, or the ranking that is told of."""
    last, here = narrative.last, statement.source.sentence.index
    if last and last.sentence == here:
        return (_label(last.indicator, last.clause.begin, target.index + 1, target),)
    found = _ranking(statement, target) if reading.measure == "rank" else _topic(statement, target)
    if found:
        return (_label(found.text, found.begin, found.end, target),)
    return (_label(last.indicator, target.clause.begin, target.index + 1, target),) if last else ()


def _topic(statement: Statement, target: Target) -> Phrase | None:
    number = target.clause.number
    return topic(statement, statement.clauses[number - 1]) if number else None


def _ranking(statement: Statement, target: Target) -> Phrase | None:
    """在综合考核排名中, in this clause or the one before; else the ranking list that the sentence names."""
    for clause in reversed(statement.clauses[max(target.clause.number - 1, 0) : target.clause.number + 1]):
        if found := setting(statement, clause, min(clause.end, target.index)):
            return found
    return _topic(statement, target)
