"""Inheritance: the indicator of a number that has none beside it, from the figure, clause or ranking before."""

from dataclasses import dataclass, replace
from functools import cached_property

from kg.facts.completion import headed
from kg.facts.ellipsis import fared
from kg.facts.indicator import before, contest, setting, topic
from kg.facts.label import Label, made
from kg.facts.measure import MOVES, Reading, paced
from kg.facts.narrative import Narrative, Stated, breaks_down
from kg.facts.phrase import Phrase
from kg.facts.plausibility import is_economic, is_thing
from kg.facts.statement import Statement, Target, kind_of
from kg.language.lexicon import words, wordset
from kg.language.rules import pattern


def inherited(statement: Statement, target: Target, reading: Reading, narrative: Narrative) -> tuple[Label, ...]:
    """The label of the figure before; without one, what the clause before speaks of, or the ranking that is told of."""
    if reading.measure == "level" and statement.runs_on(target):
        return ()
    silence = _Silence(statement, target, reading, narrative)
    found = (way(silence) for way in (_compared, _entered, _fared, _again, _placed, _spoken_of, _carried))
    return tuple(one for one in [next(filter(None, found), None)] if one)


@dataclass(frozen=True)
class _Silence:
    """A number beside which no words name what it measures."""

    statement: Statement
    target: Target
    reading: Reading
    narrative: Narrative

    @property
    def ranked(self) -> bool:
        """Whether it may be a place in a ranking."""
        return self.reading.measure == "rank" or self.target.kind in ("Steps", "Head")

    @cached_property
    def named(self) -> Phrase | None:
        """The ranking that the sentence names."""
        return contest(self.statement, self.target.index) if self.ranked else None

    @cached_property
    def last(self) -> Stated | None:
        """The figure before, where this may be one more of what that measured."""
        last, latest = _outside(self.statement, self.target, self.narrative), self.narrative.latest
        latest = latest if latest and latest.sentence == self.statement.source.sentence.index else None
        moved = latest and latest.measure == "change" and (self.reading.measure == "change" or latest.begins(last))
        follows = self.ranked or (moved and self.reading.measure in MOVES)  # 增加40亿元，增长6%；增加40亿元，同比多增6亿元
        last = latest if follows and latest else last
        comparable = last and _comparable(self.target, self.reading, last)
        return last if last and comparable and not _is_unread(self.statement, last, self.target) else None

    @property
    def near(self) -> Stated | None:
        """The figure before, where it is of the same sentence."""
        return self.last if self.last and self.last.sentence == self.statement.source.sentence.index else None

    def label(self, found: Phrase) -> Label:
        """The label that words before make."""
        return made(found.text, found.begin, found.end, self.target)


def _compared(silence: _Silence) -> Label | None:
    """What a ranking compares by: 从增速来看, 在综合考核排名中."""
    statement, target, reading = silence.statement, silence.target, silence.reading
    if reading.scope and reading.scope.endswith(words("contest_noun")):
        return made(reading.scope, reading.end, target.index, target)
    if not silence.ranked:
        return None
    if seen := pattern("label", "seen").search(statement.text, 0, target.clause.begin):
        return made(statement.original(*seen.span("i")), seen.start("i"), seen.end("i"), target)
    within = _setting(statement, target)
    return silence.label(within) if within else None


def _entered(silence: _Silence) -> Label | None:
    """The ranking that is named behind the figure before, or of which that counts the members."""
    named, last = silence.named, silence.near
    if not named or not last:
        return None
    behind = named.begin > max((t.index for t in silence.statement.targets if t.clause == last.clause), default=0)
    return silence.label(named) if behind or _is_entrants(last) else None


def _fared(silence: _Silence) -> Label | None:
    """What the clause before said to fare well."""
    told = fared(silence.statement, silence.target) if silence.reading.measure in ("level", "share", "growth") else None
    return silence.label(told) if told else None


def _again(silence: _Silence) -> Label | None:
    """What the figure before in the sentence measured."""
    last, target, measure = silence.near, silence.target, silence.reading.measure
    if last is None or (silence.ranked and silence.narrative.contest and _is_entrants(last)):
        return None
    told_of = last.measure == "change" or (measure in ("growth", "rank") and last.measure == "share")
    base = last.root if told_of else last.indicator
    base = headed(base) if _is_total(silence.statement, target) else base
    return made(base, last.clause.begin, target.index + 1, target, inherited=True)


def _placed(silence: _Silence) -> Label | None:
    """What the last place in a ranking was taken in, or the ranking that one of the last sentences named."""
    target, narrative = silence.target, silence.narrative
    if not silence.ranked:
        return None
    if narrative.ranking:
        return made(narrative.ranking.indicator, target.clause.begin, target.index, target)
    found = silence.named or _topic(silence.statement, target)
    if narrative.contest and not (found and is_economic(found.text)):
        return made(narrative.contest, target.clause.begin, target.index, target)
    return None


def _spoken_of(silence: _Silence) -> Label | None:
    """What the clause before speaks of."""
    found = silence.named or _topic(silence.statement, silence.target)
    if found and silence.reading.measure == "growth":
        found = replace(found, text=pattern("label", "pace").sub("", found.text))
    return silence.label(found) if found and found.text else None


def _carried(silence: _Silence) -> Label | None:
    """What the last figure of an earlier sentence measured, where this is not the pace of something that is not told."""
    last, target = silence.last, silence.target
    if last is None or paced(silence.statement, target):
        return None
    return made(last.indicator, target.clause.begin, target.index + 1, target, inherited=True)


def some_of(statement: Statement, target: Target, reading: Reading, narrative: Narrative) -> Label | None:
    """Some of the things counted before, by what became of them: 全区成果162项，其中6项[在全市推广]."""
    counted, here = narrative.counted, statement.source.sentence.index
    if counted is None or not target.counts or not _comparable(target, reading, counted) or counted.value < target.quantity.value:
        return None
    near = counted.sentence == here or (counted.sentence == here - 1 and breaks_down(statement))
    if not near or not pattern("label", "of-them").search(statement.text, 0, statement.head(target)):
        return None
    became = pattern("label", "became").match(statement.text, target.index)
    if became is None:
        return None
    told, things = statement.original(*became.span("i")), counted.root
    return made(told if told.endswith(things) else told + things, target.index, became.end(), target)


def each_of(statement: Statement, target: Target) -> Phrase | None:
    """What a list tells of each that it names: 各县GDP排名如下：甲县[3亿元]、乙县[2亿元]; of several such lists none."""
    single = target.kind == "Amount" and len(pattern("label", "respectively").findall(statement.text)) < 2
    told = pattern("label", "of-each").search(statement.text, 0, target.index) if single else None
    found = before(statement, 0, told.start()) if told else None
    return (
        replace(found, text=pattern("label", "each").sub("", found.text))
        if found and is_economic(found.text) and not is_thing(found.text)
        else None
    )


def _is_entrants(last: Stated) -> bool:
    """Whether the last figure counts those in a ranking: 4个区上榜."""
    return last.counts and bool(pattern("label", "entrants").search(last.indicator))


def _outside(statement: Statement, target: Target, narrative: Narrative) -> Stated | None:
    """The last figure, or where that stands in brackets since closed, the one before them: 火电4568万千瓦（煤电2620万千瓦），增长7%."""
    last = narrative.last
    bracket = pattern("label", "bracketed").search(statement.text, 0, target.index)
    if not last or not bracket or last.sentence != statement.source.sentence.index or not bracket.start() < last.at < bracket.end("i"):
        return last
    before_it = (one for one in reversed(narrative.levels) if one.sentence == last.sentence and one.at < bracket.start())
    return next(before_it, last)


def _is_total(statement: Statement, target: Target) -> bool:
    """Whether it says how many there are now, whatever was done of late: 新增企业23家，总数达186家."""
    return any(noun in statement.text[target.clause.begin : target.index] for noun in words("total_noun"))


def _is_unread(statement: Statement, last: Stated, target: Target) -> bool:
    """Whether a number that is no known quantity stands in between, so that the later one may be about it."""
    begin = last.clause.begin if last.sentence == statement.source.sentence.index else 0
    return bool(pattern("label", "unread").search(statement.text, begin, target.index))


def _comparable(target: Target, reading: Reading, last: Stated) -> bool:
    """Whether a number may be one more of what the figure before measured: a length is no output value, cars grow by no sum of money."""
    unit = last.of if last.measure == "growth" else last.unit
    if reading.measure == "change":
        return len({kind_of(unit), kind_of(target.quantity.unit)} - {"", "ratio"}) < 2
    if reading.measure != "level":
        return True
    alike = kind_of(unit) == kind_of(target.quantity.unit) if unit else not target.counts
    return last.measure in ("level", "growth") and alike


def _topic(statement: Statement, target: Target) -> Phrase | None:
    return topic(statement, statement.clauses[target.clause.number - 1]) if target.clause.number else None


def _setting(statement: Statement, target: Target) -> Phrase | None:
    """在综合考核排名中, in this clause or the one before."""
    for clause in reversed(statement.clauses[max(target.clause.number - 1, 0) : target.clause.number + 1]):
        found = setting(statement, clause, min(clause.end, target.index))
        if found and found.text not in wordset("contest_noun") and found.text.endswith(words("contest_noun")):
            return found
    return None
