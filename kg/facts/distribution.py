"""Distribution: which of several things or times each of several numbers belongs to (出口、进口分别增长35%、41%)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.facts.indicator import before
from kg.facts.measure import Reading
from kg.facts.narrative import Stated
from kg.facts.phrase import Phrase, small_words
from kg.facts.plausibility import is_economic, is_terse, is_thing
from kg.facts.statement import Statement, Target, kind_of
from kg.language.lexicon import rows, words
from kg.language.rules import load, pattern
from kg.language.words import tokens

_NOUNS = ("n", "x", "e")
"""Tags of words that name a thing by themselves."""
_SHARED = ("growth", "rank", "change", "share")
"""Measures that are told of the levels before, one by one."""


def item(statement: Statement, target: Target, reading: Reading) -> Phrase | None:
    """The item of a list that one of several numbers belongs to, with what is measured on all: 铁路、公路分别运货3万吨、5万吨."""
    run = statement.run(target)
    if traded := _traded(statement, run):
        return traded[run.index(target)]
    sign = _sign(statement, run)
    phrase = before(statement, run[0].clause.begin, sign.start()) if sign else None
    items = _items(phrase.text, len(run)) if phrase else ()
    if not phrase or not items:
        return None
    measured = shared(statement, target, reading)
    one = items[run.index(target)]
    return Phrase(phrase.begin, phrase.end, one if one.endswith(measured) else one + measured)


def _traded(statement: Statement, run: Sequence[Target]) -> tuple[Phrase, ...]:
    """What was traded with each of as many as there are numbers: 对[甲国]和[乙国][出口]3亿元和5亿元; none where there is no such list."""
    begin, end = run[0].clause.begin, statement.head(run[0])
    match = pattern("label", "partners").search(statement.text, begin, end) if len(run) > 1 else None
    return _each(statement, match, match["p"], match["i"], run) if match else _partnered(statement, run)


def _partnered(statement: Statement, run: Sequence[Target]) -> tuple[Phrase, ...]:
    """What was traded with those whom the clause before calls partners: [甲国]、[乙国]为前两大贸易伙伴，分别[出口]3亿元、5亿元."""
    clause, rule = run[0].clause, load("label").by_name["partnered"]
    if not clause.number:
        return ()
    traded = pattern("label", "traded").search(statement.text, clause.begin, statement.head(run[0]))
    last = statement.clauses[clause.number - 1]
    match = rule.pattern.search(statement.text, last.begin, last.end) if traded else None
    return _each(statement, match, rule.value, traded["i"], run) if match and traded else ()


def _each(statement: Statement, match: re.Match[str], how: str, what: str, run: Sequence[Target]) -> tuple[Phrase, ...]:
    """What was traded how with each of a list; none where they are not as many as the numbers."""
    partners = pattern("label", "and").split(statement.original(*match.span("list")))
    whole = tuple(Phrase(match.start(), statement.head(run[0]), how + partner + what) for partner in partners)
    return whole if len(partners) == len(run) else ()


def aligned(statement: Statement, target: Target, reading: Reading, levels: Sequence[Stated]) -> Phrase | None:
    """The indicator of the earlier figure that one of several numbers belongs to: A、B分别为3吨、5吨，分别增长35%、41%."""
    run = statement.run(target)
    here = [one for one in levels if one.sentence == statement.source.sentence.index][-len(run) :]
    if reading.measure not in _SHARED or not 1 < len(run) == len(here):
        return None
    told = shared(statement, target, reading)
    if (reading.measure == "share" and not told) or not (_sign(statement, run) or _goes_on(run, here)):
        return None
    return Phrase(here[0].clause.begin, target.index, here[run.index(target)].indicator + told)


def part(statement: Statement, target: Target, reading: Reading, levels: Sequence[Stated]) -> Phrase | None:
    """What was told of all, of which the number right behind a name is its part: 园区产值60亿元，增长2%；其中[江北园区]20亿元."""
    begin, end, here = target.clause.begin, statement.head(target), statement.source.sentence.index
    if reading.measure != "level" or not pattern("label", "part").search(statement.text, 0, end):
        return None
    kind, unit = kind_of(target.quantity.unit), target.quantity.unit
    alike = (one for one in reversed(levels) if here - one.sentence <= 1 and kind_of(one.unit) == kind)
    whole = next((one for one in alike if kind not in ("count", "people") or one.unit == unit), None)
    return Phrase(begin, end, whole.indicator) if whole and whole.sound else None


def every(statement: Statement, target: Target, reading: Reading, levels: Sequence[Stated]) -> tuple[Stated, ...]:
    """The levels of the clauses right before, where a place in a ranking goes to each: A为3亿元，B为5亿元，均居第一."""
    clause, here = target.clause, statement.source.sentence.index
    if reading.measure != "rank" or not pattern("label", "all").match(statement.text, clause.begin, target.index):
        return ()
    before_it = [one for one in levels if one.sentence == here and one.clause.number < clause.number]
    gaps = (i for i, one in enumerate(reversed(before_it)) if one.clause.number < clause.number - 1 - i)
    return tuple(before_it[len(before_it) - next(gaps, len(before_it)) :])


def shared(statement: Statement, target: Target, reading: Reading) -> str:
    """What is measured on all items, where it stands behind them: 分别完成[货运量], 分别[占全省的比重]为."""
    if reading.indicator:
        return "" if reading.whole else statement.original(*reading.indicator).removesuffix(words("of")[0])
    run = statement.run(target)
    sign = _sign(statement, run)
    phrase = before(statement, sign.end(), statement.head(run[0])) if sign else None
    return phrase.text if phrase and is_economic(phrase.text) else ""


def _sign(statement: Statement, run: Sequence[Target]) -> re.Match[str] | None:
    """What tells that the numbers of a list belong to several things one by one."""
    begin, end = run[0].clause.begin, run[0].index
    return pattern("label", "respectively").search(statement.text, begin, end) if len(run) > 1 else None


def _goes_on(run: Sequence[Target], levels: Sequence[Stated]) -> bool:
    """Whether levels are one list that ends right before the numbers: 分别为3亿元、5亿元，增长4%、6%."""
    listed = len({one.unit for one in levels}) == 1 and levels[0].clause.number >= levels[-1].clause.number - len(levels) + 1
    return listed and levels[-1].clause.number == run[0].clause.number - 1


def _items(text: str, count: int) -> tuple[str, ...]:
    """So many items of a list, each with the noun that only the last one has; none where it is no such list."""
    items = next((s for s in _splits(text, count) if len(s) == count and all(part and is_terse(_plain(part)) for part in s)), [])
    last = _plain(items[-1]) if items else ""
    return (*(_with_head(part, last) for part in items[:-1]), last) if items else _pair(text, count)


def members(text: str) -> tuple[str, ...]:
    """The items of a list that one number holds for each of: 甲产业、乙产业[产值]均突破5亿元."""
    count = len(pattern("label", "comma").split(text))
    return (_items(text, count) if count > 1 else ()) or (text,)


def _splits(text: str, count: int) -> tuple[list[str], ...]:
    """The ways to take a list apart: at its commas, at as many of the words for and in its last item as it takes, or at all of them."""
    *first, last = pattern("label", "comma").split(text)
    loosest = small_words("and")
    ands = [t for t in tokens(last) if 0 < t.begin < t.end < len(last) and t.text in loosest]
    ands.sort(key=lambda t: loosest.index(t.text))
    cuts = sorted(ands[: count - len(first) - 1], key=lambda t: t.begin) if count > len(first) else []
    begins, ends = [0, *(t.end for t in cuts)], [*(t.begin for t in cuts), len(last)]
    chosen = [last[begin:end] for begin, end in zip(begins, ends, strict=True)]
    return [*first, *chosen], pattern("label", "and").split(text)


def _plain(item: str) -> str:
    """An item without what ties its measure to it: 锂电池[的]出口额."""
    thing, tie, measure = item.rpartition(words("of")[0])
    return thing + measure if tie and thing and is_economic(measure) else item


_BRIEF = 6
"""A measure of so many characters at the most has nothing else before it."""


def _with_head(part: str, last: str) -> str:
    """An item of a list with what only the last one says: [城镇]、农村[居民收入], [装备]、新材料[产值]."""
    first, own = tokens(last)[0], tokens(part)
    measure = last.partition(own[-1].text)[2]
    if len(own) > 1 and len(measure) <= _BRIEF and is_economic(measure) and not is_thing(measure):
        return part + measure  # 钢材产业链、装备产业链[产值]
    things = next((word for word in words("bare_thing") if first.text.endswith(word) and first.text != word), "")
    rest = things + last[first.end :]
    attribute = len(own) == 1 and (own[0].tag[0] not in _NOUNS or bool(things))
    if attribute and is_economic(rest) and not is_economic(part):
        return part + rest  # 国有、民营[企业进出口], but not 水泵、锂离子[电池出口]
    head = next((noun for noun in sorted(words("measured_noun"), key=len, reverse=True) if last.endswith(noun) and last != noun), "")
    return part if is_economic(part) or pattern("label", "measuring").search(part) else part + head


class _PairNoun(NamedTuple):
    word: str
    first: str
    second: str


def _pair(text: str, count: int) -> tuple[str, ...]:
    """The two that one indicator names at once: 城乡居民收入 is 城镇居民收入 and 农村居民收入."""
    pair = next((pair for pair in rows("pair_noun", _PairNoun) if pair.word in text), None) if count > 1 else None
    return (text.replace(pair.word, pair.first, 1), text.replace(pair.word, pair.second, 1)) if pair and count == len(pair) - 1 else ()
