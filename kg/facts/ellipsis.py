"""Ellipsis: what an indicator leaves unsaid because the words or the number before it have said it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from kg.facts.indicator import topic
from kg.facts.measure import Reading
from kg.facts.narrative import Narrative, Stated, breaks_down
from kg.facts.phrase import Phrase
from kg.facts.plausibility import fuller, is_economic, is_thing
from kg.facts.statement import Statement, Target, kind_of
from kg.language.lexicon import rows, words, wordset
from kg.language.rules import load, pattern


class _Kin(NamedTuple):
    word: str
    kin: str


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    return {row.word: frozenset(row.kin) for row in rows("kin_measure", _Kin)}


def _kin(measure: str) -> frozenset[str]:
    return _kinds().get(measure, frozenset())


def supplied(statement: Statement, text: str, begin: int, target: Target, reading: Reading, narrative: Narrative) -> str:
    """An indicator with the thing or the measure that it leaves out: 铜产量3万吨，[铜]销量2万吨; 其中，住宅3万平方米 of 销售面积.

    ``begin``: where its own words begin.
    """
    if _kin(text) and (said := _topic(statement, target) or _owners(statement, text, begin, target, narrative)):
        return said + text.removeprefix(said)
    if whose := _borrowers(statement, text, target, narrative):
        return whose + text
    whole = _whole(statement, bool(_kin(text)), target, narrative)
    if whole is None:
        return text
    thing, measure = _parted(whole.root)
    measure = _seen(statement, target) or measure
    if _kin(text):
        thing = thing if text == measure else _turned(thing)
        return thing + text if _has_both(thing, _kin(measure) & _kin(text)) else text
    if pattern("label", "locality").match(text) and reading.measure == "level" and whole.unit == target.quantity.unit:
        return text + whole.root
    return text + measure if _lacks(text, measure) and _is_part(statement, text, target, reading, whole) else text


def filled(statement: Statement, text: str, phrase: Phrase, target: Target) -> str:
    """An indicator with what only the clause before it says of it: 民营企业进出口实现增长，[民营企业]进出口额达5亿元."""
    clause = statement.silent(target.clause)
    if clause is None:
        return text
    partner = pattern("label", "partner-told").search(statement.text, clause.begin, clause.end) if _TRADE in _kin(text) else None
    words = statement.original(*partner.span("i")) if partner else fuller(text, statement.text[clause.begin : clause.end])
    bare = text in wordset("kin_measure") | wordset("relational_noun")
    alone = any(pattern("label", rule).fullmatch(statement.text, target.clause.begin, phrase.begin) for rule in ("no-owner", "doing"))
    if words is None and bare and alone:
        told = pattern("label", "told-of").search(statement.text, clause.begin, clause.end)
        words = statement.original(*told.span("i")) if told and not is_economic(told["i"]) else None
    return text if words is None or words in text else joined(words, text)


def joined(left: str, right: str) -> str:
    """Two parts of an indicator without saying twice what the one ends and the other begins with: 规模以上[工业]总产值."""
    shared = next((size for size in range(len(left), 0, -1) if right.startswith(left[-size:])), 0)
    return left + right[shared:]


def fared(statement: Statement, target: Target) -> Phrase | None:
    """What the clause before only says to fare well, where this one tells how: 餐饮收入增势良好，同比增长13%; 合格率稳步上升，达到95%."""
    clause = statement.silent(target.clause)
    spoken = topic(statement, clause) if clause else None
    if spoken is None:
        return None
    text = pattern("label", "pace").sub("", spoken.text)
    reached = pattern("label", "reached").fullmatch(statement.text, target.clause.begin, target.index)
    return replace(spoken, text=text) if is_economic(text) and (text != spoken.text or reached) else None


_ACCOUNT, _JOINT, _TOLD, _TRADE = "b", "s", "m", "t"
"""Kin of measures: of a business, of which a firm has several; of the members of a set together; of a topic; of trade across borders."""


def _has_both(thing: str, shared: frozenset[str]) -> bool:
    """Whether what one measure is of has another measure too, which is akin to it by ``shared``."""
    if len(thing) <= 1 or thing in wordset("counted_district"):
        return False
    accounts = _ACCOUNT in shared and pattern("label", "segment").search(thing)
    joint = _JOINT in shared and pattern("label", "bearer").match(thing)
    return bool(accounts or joint or shared - {_ACCOUNT, _JOINT, _TOLD})


def _borrowers(statement: Statement, text: str, target: Target, narrative: Narrative) -> str:
    """To whom was lent what is now told by its term: 住户贷款增加3亿元，其中[住户]短期贷款增加2亿元."""
    latest = narrative.latest
    if latest is None or not pattern("label", "term").match(text) or not _is_partitive(statement, target):
        return ""
    thing, measure = _parted(latest.root)
    match = pattern("label", "borrowers").match(thing) if measure and text.endswith(measure) else None
    return match["i"] if match else ""


def _turned(thing: str) -> str:
    """Whom goods come from as those whom they go to: 自东盟进口, and then [对东盟]出口."""
    rule = load("label").by_name["from"]
    match = rule.pattern.match(thing)
    return rule.value + match["i"] if match else thing


def _owners(statement: Statement, text: str, begin: int, target: Target, narrative: Narrative) -> str:
    """Those counted right before, of whom a measure is told with nothing else before it: 酒厂有25家，[酒厂]销售额达6亿元."""
    counted, clause = narrative.last, target.clause
    if counted is None or not counted.counts or counted.sentence != statement.source.sentence.index or _JOINT not in _kin(text):
        return ""
    next_to = clause.number - counted.clause.number == 1 and _has_no_owner(statement, clause.begin, begin, counted)
    bearer = pattern("label", "bearer").match(counted.root) if next_to else None
    return bearer["i"] if bearer else ""


def _has_no_owner(statement: Statement, begin: int, end: int, counted: Stated) -> bool:
    """Whether nothing before a measure says whose it is: 酒厂有25家，[实现]销售额, but not 新增酒厂25家，实现销售额."""
    if pattern("label", "no-owner").fullmatch(statement.text, begin, end):
        return True
    done = pattern("label", "doing").fullmatch(statement.text, begin, end)
    return bool(done and pattern("label", "there-are").search(statement.text, counted.clause.begin, counted.at))


def deed(statement: Statement, text: str, end: int) -> str:
    """The verb before ``end`` that says to whom something was done, or of which things so many are told: [惠及]居民, [引进]企业."""
    rules = ("effect", "act") if pattern("label", "acted-on").search(text) else ("effect",)
    found = (pattern("label", rule).search(statement.text, 0, end) for rule in rules)
    return next((match["i"] for match in found if match), "")


def _topic(statement: Statement, target: Target) -> str:
    """What the clause before is about, by its form: [硅片]环节，产量……"""
    match = pattern("label", "spoken-of").search(statement.text, 0, target.clause.begin)
    return statement.original(*match.span("i")) if match else ""


def _seen(statement: Statement, target: Target) -> str:
    """The measure that the clause before looks at its parts by: 从产品[产量]看，甲增长3%."""
    match = pattern("label", "seen").search(statement.text, 0, target.clause.begin)
    return "" if match is None or pattern("label", "pace").search(match["i"]) else _parted(match["i"])[1]


def _whole(statement: Statement, akin: bool, target: Target, narrative: Narrative) -> Stated | None:
    """The figure that the words before the number may go on from: of the same stretch, or that 其中 takes apart."""
    last, here = narrative.last, statement.source.sentence.index
    if last is None or last.measure not in ("level", "growth"):
        return None
    if last.sentence != here:
        return last if breaks_down(statement) and last.sentence == here - 1 else None
    apart = pattern("label", "stretch").search(statement.text, last.at, target.index)
    goes_on = not apart or _is_partitive(statement, target) or pattern("clause", "abroad").match(last.root)
    return last if goes_on or (akin and _is_same_kind(statement, target, last)) else None


def _is_same_kind(statement: Statement, target: Target, last: Stated) -> bool:
    """Whether as much is told in the same unit, by the same one, of what goods were told of before: 实现产量5万吨；实现[销量4万吨]."""
    named = any(statement.link(index) for index in statement.places(target.clause.begin, target.index))
    return not named and (last.of or last.unit) == target.quantity.unit and kind_of(target.quantity.unit) != "money"


def _is_partitive(statement: Statement, target: Target) -> bool:
    """Whether the number is one of the parts of something."""
    return breaks_down(statement) or bool(pattern("label", "partitive").search(statement.text, 0, target.index))


def _parted(indicator: str) -> tuple[str, str]:
    """An indicator as the thing and what is measured on it: 住宅, 销售面积."""
    measure = next((noun for noun in _measures() if indicator.endswith(noun)), "")
    return indicator.removesuffix(measure), measure


@cache
def _measures() -> tuple[str, ...]:
    """The nouns that measure something, the longest first."""
    return tuple(sorted(_nouns(), key=lambda noun: (-len(noun), noun)))


def _nouns() -> Iterator[str]:
    return (noun for noun in {*words("measured_noun"), *words("kin_measure")} if not is_thing(noun))


def _lacks(text: str, measure: str) -> bool:
    """Whether an indicator does not say itself what is measured, and what was measured before is neither works nor the size of a site."""
    works = measure in wordset("bare_thing") or measure in wordset("class_word")
    if not measure or works or measure in text or is_economic(text) or text in wordset("relational_noun"):
        return False
    return not pattern("label", "measuring").search(text) and not pattern("label", "size").match(measure)


def _is_part(statement: Statement, text: str, target: Target, reading: Reading, whole: Stated) -> bool:
    """Whether an indicator only names a part of what was measured, and not what is measured on it."""
    if not (_is_partitive(statement, target) or pattern("label", "sector").search(text)):
        return False
    if reading.measure == "growth":
        return True
    return reading.measure == "level" and target.kind == "Amount" and kind_of(target.quantity.unit) == kind_of(whole.of or whole.unit)
