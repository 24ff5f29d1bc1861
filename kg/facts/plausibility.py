"""Plausibility: what a number must show before it is believed to be a figure of a thing."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import takewhile
from typing import NamedTuple
from unicodedata import category

from kg.facts.statement import Statement, Target, kind_of
from kg.language.lexicon import plain, rows, words, wordset
from kg.language.period import Period
from kg.language.quantity import Quantity, normalized
from kg.language.rules import Rule, load, pattern
from kg.language.words import Token, tokens

_SHORT, _LONGEST = 2, 40
"""Lengths of an indicator, in characters; a list of things may be longer."""
_COUNTED = 3
"""Fewer are told in passing and not counted."""
_TERSE = 22
"""An indicator of a text that is no report is shorter."""
ASIDE, SHARES, WORK = "aside", "shares", "work"
"""Values of rules of chatter: what is told along the way; what shares were traded at, beside which a company's account may stand; the work
of courts, police and hospitals and money raised. Without a value, a sentence states no figure at all.
"""


def chatter(statement: Statement, begin: int, end: int) -> tuple[Rule, ...]:
    """The rules by which ``text[begin:end]`` tells of shares, weather, crime, sports or prices, whose numbers are no figures."""
    return (*_chatter(statement.text[begin:end]), *_chatter(statement.original(begin, end)))


def is_harmless(statement: Statement, *, economic: bool) -> bool:
    """Whether a number of a sentence may be believed outside of reports, in spite of what else it tells: less in a text on no economy."""
    harmless = (ASIDE, SHARES, WORK) if economic else (WORK,)
    return accounts(statement.text) or all(rule.value in harmless for rule in chatter(statement, 0, len(statement.text)))


@lru_cache(maxsize=64)
def _chatter(text: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in load("plausibility").possible(text) if rule.pattern.search(text))


def reads(statement: Statement, target: Target, indicator: str, *, behind: bool) -> bool:
    """Whether words beside a number, or ``behind`` it, read as the name of what it measures."""
    unit = target.quantity.unit
    counted = kind_of(unit) in ("count", "people") and behind
    closes = (target.counts or target.kind == "Amount") and not statement.text[target.index + 1 : target.index + 2].isalnum()
    long = kind_of(unit) == "length" and len(indicator) > 1 and pattern("label", "measuring").search(indicator)  # 连接线长2公里
    return is_measure(indicator, counted=counted) or bool(long) or is_deed(indicator, unit, closes=closes)


def is_measure(indicator: str, *, counted: bool = False) -> bool:
    """Whether an indicator reads as one: a noun phrase of sensible length, and of what it is a share.

    Things that are ``counted`` may be places.
    """
    whole, indicator = indicator, _without_so_on(pattern("clause", "portion").sub("", indicator))
    likes = pattern("clause", "likes").search(indicator)
    if likes and (likes.start() == 0 or likes.end() == len(indicator)):
        return likes.start() > 0
    parts = [t for t in tokens(indicator) if t.text.strip()]
    if not parts or pattern("clause", "broken").search(indicator) or not _is_of_length(indicator, parts):
        return False
    if is_of_contest(indicator) or indicator in wordset("relational_noun") or (indicator != whole and _is_nominal(parts[-1])):
        return True
    rises = parts[0].text in wordset("rise") and not is_plain(indicator)
    if len(indicator.split()) > 1 or pattern("clause", "verbal").search(indicator) or rises:
        return False
    return is_economic(indicator) or _names_things(indicator, parts, counted)


def _is_of_length(indicator: str, parts: Sequence[Token]) -> bool:
    return len(indicator) >= _SHORT and (len(indicator) <= _LONGEST or _is_list(parts))


def _names_things(indicator: str, parts: Sequence[Token], counted: bool) -> bool:
    """Whether an indicator that ends in no noun of economies ends in another, or in what happens, and in no verb or name of a firm."""
    if parts[-1].text in wordset("attain") or indicator.endswith(words("corporate_form")) or parts[0].tag == "r":
        return False
    happens = len(parts) > 1 and parts[-1].text in wordset("event_verb")
    return happens or _is_noun(parts[-1], len(parts) == 1, counted)


def _without_so_on(indicator: str) -> str:
    """Without what closes a list of examples: 宣讲、辅导[等]."""
    parts = tokens(indicator)
    return indicator[: parts[-1].begin] if len(parts) > 1 and parts[-1].text in wordset("and_so_on") else indicator


def is_economic(indicator: str) -> bool:
    """Whether it ends in what economies are measured by, but for what it is a share of or measured against."""
    indicator = pattern("clause", "portion").sub("", indicator)
    named = indicator.endswith(words("measured_noun")) or is_of_contest(indicator)
    return named and indicator not in wordset("relational_noun")


def is_plain(indicator: str) -> bool:
    """Whether it is the bare noun of a measure, without what it is measured on: 产量."""
    return indicator in wordset("measured_noun")


def fuller(indicator: str, before: str) -> str | None:
    """The words that another clause has before the noun an indicator begins with: [民营企业]进出口实现增长, of 进出口额.

    None where it has none, empty where they are no plain nouns.
    """
    parts = tokens(before)
    at = next((i for i, t in enumerate(parts[:-1]) if i and len(t.text) > 1 and indicator.startswith(t.text)), 0)
    if not at or _is_nominal(parts[at + 1]) or not is_economic(indicator):
        return None
    run = list(takewhile(_is_nominal, reversed(parts[:at])))
    if run:
        return before[run[-1].begin : parts[at].begin]
    return "" if parts[at - 1].tag == "uj" else None


def is_of_contest(indicator: str) -> bool:
    """Whether it is a ranking or contest, or those in one."""
    return indicator.endswith(words("contest_noun")) or bool(pattern("label", "entered").match(indicator))


class _Measured(NamedTuple):
    word: str
    kind: str


@cache
def _of_kind(kind: str) -> tuple[str, ...]:
    return tuple(row.word for row in rows("measured_noun", _Measured) if row.kind == kind)


def suits(indicator: str, quantity: Quantity, owner: str) -> bool:
    """Whether a thing of the class ``owner`` may have so much of it: shops are no sum of money, a district makes no net profit."""
    kind, things = kind_of(quantity.unit), is_thing(indicator)
    casual = kind in ("count", "people") and not quantity.ordinal and quantity.value < _COUNTED and not is_economic(indicator)
    return not casual and not (things and kind == "money") and not (owner == "District" and indicator.endswith(_of_kind("firm")))


def is_thing(indicator: str) -> bool:
    """Whether it is of things that are counted: 企业, 岗位."""
    return indicator.endswith(_of_kind("thing"))


def is_of_listed(indicator: str) -> bool:
    """Whether only a company that keeps accounts can have it."""
    return indicator.endswith(_of_kind("listed"))


def is_of_company(indicator: str) -> bool:
    """Whether a company has it, and a district hardly: 营收."""
    return indicator.endswith((*_of_kind("firm"), *_of_kind("listed")))


def accounts(text: str) -> bool:
    """Whether a sentence tells what a company keeps accounts of."""
    return any(noun in text for noun in _of_kind("listed"))


class _Generic(NamedTuple):
    word: str
    kind: str


def is_of_firm(text: str, *, zone: bool) -> bool:
    """Whether the words before an indicator speak of a firm without its name; of a ``zone`` they may be the name's stand-in: 园区."""
    head = next((t.text for t in tokens(text) if t.tag[0] not in "dcpftr" and t.text.isalnum()), "")
    return any(row.word == head and not (zone and row.kind) for row in rows("generic_subject", _Generic))


def is_of_bearer(text: str) -> bool:
    """Whether a clause begins with a body without a name that does something: 交易中心投入运营."""
    parts = [t for t in tokens(text) if t.text.isalnum() or category(t.text[0]) == "Co"]
    while parts and (parts[0].tag[0] in "dcpftr" or parts[0].text in wordset("opening")):
        parts = parts[1:]
    if len(parts) > 3 and parts[1].tag == "f" and parts[2].tag == "uj":
        parts = parts[3:]  # 改造后的[卫生院]
    head = list(takewhile(_is_nominal, parts))
    if not head or len(head) == len(parts) or category(parts[len(head)].text[0]) == "Co" or parts[len(head)].tag[0] == "f":
        return False
    following = parts[len(head)].text
    return following in wordset("introduction") or (_bears(head) and following not in wordset("attain"))


def is_of_site(indicator: str) -> bool:
    """Whether it is measured on a plant, a park or a building, so that a project may be what it is about."""
    return any(noun in indicator for noun in words("site_noun"))


def is_of_work(indicator: str) -> bool:
    """Whether it is measured on a work that only its class names: 体育场面积."""
    return tokens(indicator)[0].text in _bearers("work")


class _Bearer(NamedTuple):
    word: str
    kind: str


@cache
def _bearers(*kinds: str) -> tuple[str, ...]:
    return tuple(row.word for row in rows("bearer", _Bearer) if row.kind in kinds)


def _bears(head: Sequence[Token]) -> bool:
    return head[-1].text.endswith(_bearers("")) or (len(head) == 1 and head[0].text in _bearers("alone", "work"))


def _is_nominal(token: Token) -> bool:
    return (token.tag[0] in "nxb" or token.tag in ("vn", "eng")) and token.text.isalnum() and category(token.text[0]) != "Co"


def is_of_part(text: str) -> bool:
    """Whether the words behind an owner's name make it that of another body: 江北[半导体]."""
    head = list(takewhile(_is_nominal, tokens(text)))
    if not head or is_plain(head[-1].text):  # 江北公司注册资本
        return False
    ends = head[-1].text.endswith((*_bearers(""), *words("firm_ending"))) or head[-1].text in wordset("trade")
    return ends and head[-1].end < len(text)


_UNKNOWN = ("nr", "nrt", "nt", "nz", "x")
"""Tags of names, and of what the dictionary does not know."""


def is_strange(text: str) -> bool:
    """Whether the words before an indicator hold a name that stands for no entity: whose the number is, is then open."""
    return any(_is_unknown(t) for t in tokens(text))


def is_of_stranger(indicator: str) -> bool:
    """Whether an indicator begins with the short name of a firm: [云帆科技]营业收入."""
    parts = tokens(indicator)
    trades = wordset("trade") | wordset("firm_ending") | wordset("corporate_form")
    return len(parts) > 2 and _is_unknown(parts[0]) and parts[1].text in trades


def _is_unknown(token: Token) -> bool:
    if token.tag not in _UNKNOWN or not token.text.isalpha() or token.text.isascii() or category(token.text[0]) == "Co":
        return False
    return not any(token.text in wordset(table) for table in ("attain", "event_verb", "boundary_verb", "figure_noun", "opening"))


def is_terse(indicator: str) -> bool:
    """Whether it has no place, clause or list inside, but for what it is a share of."""
    indicator = pattern("clause", "portion").sub("", indicator)
    clause = pattern("clause", "relative").search(indicator) and not is_of_contest(indicator)
    parts = tokens(indicator)
    if indicator in wordset("bare_thing"):
        return False
    return (len(indicator) <= _TERSE or _is_list(parts)) and not clause and not _is_of_country(indicator, parts)


def _is_of_country(indicator: str, parts: Sequence[Token]) -> bool:
    """Whether words of an indicator say that a country has it, and not that something is sold or traded there."""
    there = any(pattern("clause", name).search(indicator) for name in ("abroad", "market"))
    return not there and any(t.text in plain("country") for t in parts)


def _is_list(parts: Sequence[Token]) -> bool:
    return any(t.text in wordset("and_so_on") for t in parts)


def is_name(name: str) -> bool:
    """Whether an entity's name reads as one, and not as words that point at something: 该国, 其余, 新设子公司."""
    parts = tokens(name)
    pointing = name.startswith(words("unnamed_opening")) or name.endswith(words("unnamed_ending"))
    counted = (name[0].isdigit() or "%" in name) and name.endswith(words("corporate_form"))
    verbal = parts[0].text in wordset("attain") or parts[-1].text in wordset("attain")
    torn = not name[0].isalnum() or parts[0].tag in ("r", "d", "ad", "p", "c")
    return name not in wordset("country") and not pointing and not counted and not verbal and not torn


def is_brand_name(name: str) -> bool:
    """Whether a firm may be called so: a common noun by itself (火腿) has to be known for a firm's name."""
    parts = tokens(name)
    return len(parts) > 1 or parts[0].tag != "n" or any(name in wordset(table) for table in ("brand", "enterprise"))


def _is_noun(token: Token, alone: bool, counted: bool) -> bool:
    """Whether a word may end an indicator.

    The dictionary takes common nouns for places (资源), but not where one stands alone and is not ``counted``, and for people (农家乐),
    who have other names.
    """
    if token.text in wordset("figure_noun") or token.text in wordset("verbal_noun") or token.tag in ("vn", "eng"):
        return True
    if counted and token.tag == "ns":
        return True
    return token.tag[0] not in "dcpvufrtmqa" and not (alone and token.tag == "ns") and not _ends_nothing(token.text, alone)


class _Idle(NamedTuple):
    word: str
    bare: str


def _ends_nothing(word: str, alone: bool) -> bool:
    """Whether no indicator ends in a word, or only one with more words before it."""
    return any(row.word == word and (alone or not row.bare) for row in rows("not_indicator", _Idle))


def is_deed(indicator: str, unit: str, *, closes: bool) -> bool:
    """Whether what was done is counted: by how often (政策宣讲6次) or, where the number closes the clause, by how much (湿地修复30亩)."""
    parts = tokens(indicator)
    if not parts or parts[-1].tag[0] != "v":
        return False
    light = any(parts[-1].text in wordset(table) for table in ("light_verb", "attain", "rank_verb", "got_rank", "rise", "fall"))
    done_to = len(parts) == 1 or _is_nominal(parts[-2]) or parts[-2].tag == "l"
    told = closes and len(parts[-1].text) > 1 and done_to and not light
    return told or (normalized(Decimal(1), unit)[1] in wordset("happening_unit") and _is_nominal(parts[0]))


def is_alone(statement: Statement, keys: tuple[str, ...], begin: int, end: int) -> bool:
    """Whether nothing but a subject, times, verbs and adverbs stands in ``text[begin:end]``: no other thing whose the number may be."""
    return all(_is_passing(statement, keys, begin, token) for token in tokens(statement.text[begin:end]))


def _is_passing(statement: Statement, keys: tuple[str, ...], begin: int, token: Token) -> bool:
    if note := statement.note(begin + token.begin):
        link = statement.link(begin + token.begin)
        return isinstance(note, Period) or bool(link and link.key in keys)
    light = any(token.text in wordset(table) for table in ("light_verb", "attain", "opening", "generic_subject"))
    return light or token.tag[0] in "dpcvtfu" or not token.text.isalnum()
