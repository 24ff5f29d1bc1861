"""Distribution: which of several things or times each of several numbers belongs to (出口、进口分别增长35%、41%)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.facts.indicator import before, topic
from kg.facts.measure import Reading, read
from kg.facts.narrative import Stated
from kg.facts.phrase import Phrase, small_words
from kg.facts.plausibility import is_economic, is_plain, is_terse, is_thing
from kg.facts.statement import Clause, Statement, Target, kind_of
from kg.language.lexicon import rows, words
from kg.language.rules import load, pattern
from kg.language.words import tokens

_NOUNS = ("n", "x", "e")
"""Tags of words that name a thing by themselves."""
_SHARED = ("growth", "rank", "change", "share")
"""Measures that are told of the levels before, one by one."""
_TOLD = ("level", "share", "growth")
"""Measures that others may be told of."""


class _List(NamedTuple):
    """As many things as there are numbers, which they belong to one by one."""

    begin: int
    end: int
    items: tuple[str, ...]
    measured: str
    """What is measured on all, where only other words say it."""


def item(statement: Statement, target: Target, reading: Reading) -> Phrase | None:
    """The item of a list that one of several numbers belongs to, with what is measured on all: 铁路、公路分别运货3万吨、5万吨."""
    run = statement.run(target)
    if traded := _traded(statement, run):
        return traded[run.index(target)]
    lists = _lists(statement, target, reading, run) if len(run) > 1 else ()
    found = next((one for one in lists if one.items), None)
    if found is None:
        return None
    one, measured = found.items[run.index(target)], found.measured
    return Phrase(found.begin, found.end, one if one.endswith(measured) else one + measured)


def _lists(statement: Statement, target: Target, reading: Reading, run: Sequence[Target]) -> Iterator[_List]:
    """The lists that may be meant: right before the numbers, before what was done, over several clauses, in the clause before."""
    sign, begin = _sign(statement, run), run[0].clause.begin
    first = None if sign else read(statement, run[0], None)
    end = sign.start() if sign else min(first.end, statement.head(run[0])) if first else begin
    own = before(statement, begin, end)
    measured = shared(statement, target, reading)
    if own:
        yield _List(own.begin, own.end, _items(own.text, len(run)), measured)
        yield _over_clauses(statement, run, own, measured)
    if sign is None:
        return
    measured = measured or (own.text if own and is_economic(own.text) else "")
    if own and (doers := before(statement, begin, own.begin)):
        if pattern("label", "comma").match(statement.text, doers.end):
            yield _List(doers.begin, own.end, _items(statement.original(doers.begin, doers.end + 1) + own.text, len(run)), measured)
        elif measured in ("", own.text):
            yield _List(doers.begin, doers.end, _items(doers.text, len(run)), own.text)
    if spoken := _spoken_of(statement, run):
        yield spoken._replace(measured=measured or spoken.measured)


def _over_clauses(statement: Statement, run: Sequence[Target], own: Phrase, measured: str) -> _List:
    """A list whose items are clauses: 批发和零售业，住宿和餐饮业，金融业增加值分别增长6%、8%、9%."""
    number, count = run[0].clause.number, len(run) - 1
    clauses = statement.clauses[number - count : number] if number >= count else ()
    parts = [part for clause in clauses if (part := before(statement, clause.begin, clause.end - 1)) and part.end == clause.end - 1]
    if len(parts) != count or not all(pattern("label", "sector").search(part.text) for part in parts):
        return _List(own.begin, own.end, (), measured)
    return _List(parts[0].begin, own.end, _headed([*(part.text for part in parts), own.text]), measured)


def _spoken_of(statement: Statement, run: Sequence[Target]) -> _List | None:
    """The list that the clause before speaks of: 水稻、小麦产量稳步增加，分别增长4%、2%; 家电类、汽车类等商品零售额增长，…"""
    number = run[0].clause.number
    clause = statement.clauses[number - 1] if number else None
    if clause is None or pattern("label", "stretch").search(statement.text, clause.begin, clause.end):
        return None
    counts = [t for t in statement.targets if t.clause == clause]
    if any(t.quantity.value != len(run) for t in counts):
        return None
    end = counts[0].index if counts else clause.end
    comma = max((m.end() for m in pattern("label", "comma").finditer(statement.text, clause.begin, end)), default=clause.begin)
    last = topic(statement, replace(clause, begin=comma, end=end))
    first = before(statement, clause.begin, comma - 1) if comma > clause.begin else None
    if last is None:
        return None
    text = f"{first.text}{statement.text[comma - 1]}{last.text}" if first else last.text
    items = _items(text, len(run))
    brief = any(len(one) == 1 for one in items)
    return _List(first.begin if first else last.begin, last.end, () if brief else items, _said_of_all(statement, clause, last.end))


def _said_of_all(statement: Statement, clause: Clause, at: int) -> str:
    """The measure behind a list: 家电类、汽车类等消费品[零售额], 电子和通讯产品的[销售收入]."""
    link = next((word for word in words("and_so_on") + words("of") if statement.text.startswith(word, at)), "")
    kind = topic(statement, replace(clause, begin=at + len(link))) if link else None
    if kind is None:
        return ""
    text = pattern("label", "pace").sub("", kind.text)
    return text if link in words("of") and is_economic(text) else _measure(text)


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


def aligned(statement: Statement, target: Target, reading: Reading, told: Sequence[Stated]) -> Phrase | None:
    """The indicator of the earlier figure that one of several numbers belongs to: A、B分别为3吨、5吨，分别增长35%、41%."""
    run, sentence = statement.run(target), statement.source.sentence.index
    if len(run) == 1 or not (reading.measure in _SHARED or reading.reached):
        return None
    before_it = [one for one in told if one.sentence == sentence and one.at < run[0].index]
    several = ([one for one in before_it if one.measure == kind][-len(run) :] for kind in _TOLD)
    whole = [here for here in several if len(here) == len(run) and (here[0].measure == "level" or _goes_on(run, here))]
    here = max(whole, key=lambda here: here[-1].at if target.kind == "Points" else 0, default=[])
    measured = shared(statement, target, reading)
    if not here or (reading.measure == "share" and not measured) or not (_sign(statement, run) or _goes_on(run, here)):
        return None
    return Phrase(here[0].clause.begin, target.index, here[run.index(target)].indicator + measured)


def part(statement: Statement, target: Target, reading: Reading, levels: Sequence[Stated]) -> Phrase | None:
    """What was told of all, of which the number right behind a name is its part: 园区产值60亿元，增长2%；其中[江北园区]20亿元."""
    begin, end, here = target.clause.begin, statement.head(target), statement.source.sentence.index
    if reading.measure != "level" or not pattern("label", "part").search(statement.text, 0, end):
        return None
    kind, unit = kind_of(target.quantity.unit), target.quantity.unit
    alike = (one for one in reversed(levels) if here - one.sentence <= 1 and kind_of(one.unit) == kind)
    whole = next((one for one in alike if kind not in ("count", "people") or one.unit == unit), None)
    return Phrase(begin, end, whole.indicator) if whole and whole.sound else None


def every(statement: Statement, target: Target, reading: Reading, told: Sequence[Stated]) -> tuple[Phrase, ...]:
    """What the clauses right before told, where a place in a ranking goes to each: A为3亿元，B为5亿元，均居第一."""
    clause, here = target.clause, statement.source.sentence.index
    match = pattern("label", "all").match(statement.text, clause.begin, target.index) if reading.measure == "rank" else None
    if not match:
        return ()
    before_it = [one for one in told if one.sentence == here and one.clause.number < clause.number]
    gaps = (i for i, one in enumerate(reversed(before_it)) if one.clause.number < clause.number - 1 - i)
    close = before_it[len(before_it) - next(gaps, len(before_it)) :]
    each = {one.indicator: one for one in close if one.sound}
    noun = match["i"] or ""
    return tuple(Phrase(one.clause.begin, target.index, name if name.endswith(noun) else name + noun) for name, one in each.items())


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
    """Whether levels are one list that ends right before the numbers: 产值3亿元、利润5000万元，增长4%、6%."""
    listed = levels[0].clause.number >= levels[-1].clause.number - len(levels) + 1
    return listed and levels[-1].clause.number == run[0].clause.number - 1


def _items(text: str, count: int) -> tuple[str, ...]:
    """So many items of a list, each with the noun that only the last one has; none where it is no such list."""
    items = next((s for s in _splits(text, count) if len(s) == count and all(part and is_terse(_plain(part)) for part in s)), [])
    return _headed(items) if items else _pair(text, count)


def _headed(items: Sequence[str]) -> tuple[str, ...]:
    """The items of a list, each with the noun that only the last one has."""
    last = _plain(items[-1])
    related = pattern("label", "related").search(last) and any(is_economic(part) for part in items[:-1])
    return () if related else (*(_with_head(part, last) for part in items[:-1]), last)  # 收入与利润增长的贡献率


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
    """An item without what ties its measure to it: 锂电池[的]出口额, 城区[完成]投资."""
    ties = [match for match in pattern("label", "tie").finditer(item) if match.start() and _measures(item[match.end() :])]
    return item[: ties[-1].start()] + item[ties[-1].end() :] if ties else item


def _measures(text: str) -> bool:
    return is_economic(text) or is_plain(text)


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
    attribute = not part.endswith(things) if things else len(own) == 1 and own[0].tag[0] not in _NOUNS
    if attribute and is_economic(rest) and not is_economic(part):
        return part + rest  # 国有、民营[企业进出口], 基本养老、工伤[保险支出], but not 水泵、锂离子[电池出口]
    whole = is_economic(part) and (is_thing(last) or not is_thing(part))  # but 粮食、蔬菜[产量]
    return part if whole or pattern("label", "measuring").search(part) else part + _measure(last)


def _measure(text: str) -> str:
    """The noun of a measure that an indicator ends in."""
    return next((noun for noun in sorted(words("measured_noun"), key=len, reverse=True) if text.endswith(noun) and text != noun), "")


class _PairNoun(NamedTuple):
    word: str
    first: str
    second: str


def _pair(text: str, count: int) -> tuple[str, ...]:
    """The two that one indicator names at once: 城乡居民收入 is 城镇居民收入 and 农村居民收入."""
    pair = next((pair for pair in rows("pair_noun", _PairNoun) if pair.word in text), None) if count > 1 else None
    return (text.replace(pair.word, pair.first, 1), text.replace(pair.word, pair.second, 1)) if pair and count == len(pair) - 1 else ()
