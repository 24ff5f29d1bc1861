"""Subjects: whose figure a number is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.facts.entity import Link
from kg.facts.plausibility import is_of_bearer
from kg.facts.statement import Clause, Statement, Target
from kg.language.lexicon import words, wordset
from kg.language.rules import load, pattern
from kg.language.words import tokens

_TYPES = ("District", "Enterprise", "Project", "Organization", "Place", "Event")
OUTSIDER = ""
"""Key of who is no entity of the document: the country, the world, the trade."""
_ACTORS = ("District", "Enterprise")
_WORDS = 8
"""Characters that hold the word behind a name."""
_TOLD = ("d", "v", "p", "t")
"""Tags of words that begin to tell what somebody does."""
MEASURED = ("Amount", "Percent", "Points")
"""Kinds of numbers that measure and do not count."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The entities that a clause speaks about."""

    keys: tuple[str, ...]
    begin: int
    """Where they stand in the masked sentence."""
    clause: int
    acts: bool
    """A district or an enterprise, which does one thing after the other."""
    each: bool = False
    """The numbers that follow belong to them one by one."""
    brief: bool = False
    """An event, of which beyond the next clause no more is told than how many came and what there was."""
    loose: bool = False
    """Several that are named together, so that an amount may be of all of them jointly."""
    organ: bool = False
    """An organ, whose own is only how much it did, and not what it says of its district."""


class Holder(NamedTuple):
    """Whose a figure is."""

    keys: tuple[str, ...]
    said: bool
    """The sentence or the one before it names them."""
    each: bool = False
    """One of several, to whom one of several numbers belongs."""
    sound: bool = True
    """The figure is believed."""
    strayed: bool = False
    """It was found to be somebody else's."""


def named(statement: Statement, target: Target) -> str | None:
    """The entity that the words around a quantity name as its own: 投资12亿元的[项目]."""
    text = statement.showing(target)
    for rule in load("subject").possible(text):
        match = rule.pattern.search(text, target.clause.begin) if rule.output == "about" else None
        link = statement.link(match.start("a")) if match and match.start() <= target.index < match.end() else None
        if link and _eligible(link):
            return link.key
    return None


def is_for_it(statement: Statement, target: Target) -> bool:
    """Whether the clause tells what a firm named before was helped to."""
    match = pattern("subject", "for-it").search(statement.showing(target), target.clause.begin)
    return bool(match and match.start() <= target.index < match.end())


def is_of_event(statement: Statement, target: Target) -> bool:
    """Whether it is counted who came to an event, or what there was to see: 40位茶艺师与会, 分设9个展厅."""
    text = statement.showing(target)
    found = (pattern("subject", name).search(text, target.clause.begin) for name in ("attends", "stages"))
    return any(match and match.start() <= target.index < match.end() for match in found)


def last_event(statement: Statement, end: int) -> str | None:
    """The last event named before ``end``."""
    return _last(statement, "Event", end)


def last_firm(statement: Statement, end: int) -> str | None:
    """The last enterprise named before ``end``."""
    return _last(statement, "Enterprise", end)


def _last(statement: Statement, type: str, end: int) -> str | None:
    links = (statement.link(index) for index in reversed(statement.places(0, end)))
    return next((link.key for link in links if link and link.mention.type == type), None)


def last_project(statement: Statement, begin: int, end: int) -> str | None:
    """The last project named in ``text[begin:end]``: what it costs and covers is told right after it, whoever builds it."""
    for index in reversed(statement.places(begin, end)):
        link = statement.link(index)
        if link and link.mention.type == "Project":
            return None if pattern("subject", "listed").match(statement.text, index + 1) else link.key
    return None


def carried_out(statement: Statement, target: Target) -> str | None:
    """The project that the clause before, which has no number, ends in: 实施[管网改造工程]，新建管网20公里."""
    clause = statement.silent(target.clause)
    match = pattern("subject", "carried-out").search(statement.text, clause.begin, clause.end) if clause else None
    link = statement.link(match.start("a")) if match else None
    return link.key if link else None


def _eligible(link: Link) -> bool:
    return link.mention.type in _TYPES and not _is_organ(link)


def _is_organ(link: Link) -> bool:
    return link.mention.type == "Organization" and link.mention.name.endswith(words("organ_ending"))


def _works(link: Link) -> bool:
    """Whether it is an organ that does its own work: who rules a district acts for it, and papers tell of others."""
    rules, tells = words("committee") + words("government"), words("media")
    return _is_organ(link) and not link.mention.name.endswith(rules + tells)


def subject(statement: Statement, clause: Clause) -> Subject | None:
    """The subject of one clause: the names at its head, if any."""
    done = _sought(statement, clause, "completed", clause.begin)
    if done and (link := statement.link(done.start("a"))):
        return Subject((link.key,), done.start(), clause.number, False)
    if traded := _sought(statement, clause, "trade-of", clause.begin):
        link = statement.link(traded.start("a")) if traded["a"] else None
        return _single(link, traded.start("a"), clause) if link else None
    for name in ("taken", "signs"):
        match = _sought(statement, clause, name, clause.begin)
        if match and (link := statement.link(match.start("a"))):
            return _single(link, match.start("a"), clause)
    listed = _sought(statement, clause, "list", clause.begin)
    if listed and opens(statement.text[clause.begin : listed.start()]):
        return _joint(statement, clause, listed.start("a"), listed.end("a"), each=bool(listed["each"]))
    if together := _named_together(statement, clause):
        return together
    if (outside := _outsider(statement, clause)) is not None:
        return Subject((OUTSIDER,), outside, clause.number, True)
    single = _sought(statement, clause, "single", clause.begin)
    while single:
        link = statement.link(single.end("a") - 1)
        if link and _is_subject(statement, link, clause.begin, single):
            return _modified(statement, clause, single.end("a")) or _single(link, single.start(), clause)
        single = _sought(statement, clause, "single", single.end("a"))
    return _taken_up(statement, clause)


def _named_together(statement: Statement, clause: Clause) -> Subject | None:
    """Those with whom a clause begins, without a word that tells of each: [东湖区、雨湖区]2个区增幅超过5%."""
    match = _sought(statement, clause, "named-together", clause.begin)
    if not match or not opens(statement.text[clause.begin : match.start()]):
        return None
    joint = _joint(statement, clause, *match.span("a"), each=False)
    return replace(joint, loose=True) if joint and len(joint.keys) > 1 else None


def _sought(statement: Statement, clause: Clause, name: str, begin: int) -> re.Match[str] | None:
    """The first match of a rule in the clause from ``begin`` on."""
    rule = load("subject").named(name, statement.text)
    return rule.pattern.search(statement.text, begin, clause.end) if rule else None


def _single(link: Link, begin: int, clause: Clause) -> Subject:
    return Subject((link.key,), begin, clause.number, _acts(link), brief=link.mention.type == "Event", organ=_is_organ(link))


def _acts(link: Link) -> bool:
    """Whether it is a district or an enterprise; a region that is no division is named in passing."""
    return link.mention.type in _ACTORS and link.mention.name not in wordset("region")


def _modified(statement: Statement, clause: Clause, end: int) -> Subject | None:
    """The project or site that the name ending at ``end`` is only an attribute of: 江北公司投资的[项目]."""
    match = pattern("subject", "relative").match(statement.text, end, clause.end)
    link = statement.link(match.start("a")) if match else None
    return _single(link, match.start("a"), clause) if match and link else None


def _taken_up(statement: Statement, clause: Clause) -> Subject | None:
    """What ends a clause and is spoken of in the next: 5日通车的[江北大桥]，是……, 位于江边的[东河区]，"""
    at, text = clause.end - 2, statement.text
    link = statement.link(at)
    presented = pattern("narrative", "presented").fullmatch(text, clause.begin, clause.end) and text.endswith(words("of"), clause.begin, at)
    told = link and _eligible(link) and (presented or pattern("narrative", "taken-up").match(text, clause.end - 1))
    return _single(link, at, clause) if link and told else None


def _outsider(statement: Statement, clause: Clause) -> int | None:
    """Where the clause names somebody at its head who is no entity: the country, another country."""
    match = _sought(statement, clause, "outsider", clause.begin)
    if not match or not opens(statement.text[clause.begin : match.start()]):
        return None
    if match["trade"] and any(t.clause.number < clause.number for t in statement.targets):
        return None  # 东河区软件企业共30家，[行业]营收5亿元: the trade of those just counted
    links = (statement.link(index) for index in statement.places(clause.begin, match.start()))
    return None if any(link and link.mention.type in _ACTORS for link in links) else match.start()  # 江北公司[全球]销量


def _is_subject(statement: Statement, link: Link, begin: int, match: re.Match[str]) -> bool:
    end = match.end("a")
    passed_by = _is_passed_by(statement, link, end) or _counted(statement, link, end)
    first = opens(statement.text[begin : match.start()]) or _is_described(statement, link, begin, match)
    return (_eligible(link) or _works(link)) and not passed_by and not _is_cut(statement, link, end) and first


def _is_described(statement: Statement, link: Link, begin: int, match: re.Match[str]) -> bool:
    """Whether a clause says of a thing what it is like, and then what it does: 承建工程的[江北公司]先后投入……"""
    at, end = match.span("a")
    if pattern("subject", "placed").search(statement.text, begin, at):
        return True
    told = link.mention.type in ("Enterprise", "Project") and statement.text.endswith(words("of"), begin, at)
    follows = next(iter(tokens(statement.text[end : end + _WORDS])), None)
    return told and follows is not None and follows.tag in _TOLD


def _is_cut(statement: Statement, link: Link, end: int) -> bool:
    """Whether a short name of a firm is only the beginning of another's: 江北[物流]2023年."""
    match = pattern("subject", "rest").match(statement.text, end) if link.mention.type == "Enterprise" else None
    return match is not None and all(t.tag[0] in "nx" for t in tokens(match["i"]))


def _counted(statement: Statement, link: Link, end: int) -> bool:
    """Whether a place is what the number behind it counts: 国家级景区4处."""
    return link.mention.type not in _ACTORS and any(t.index == end and t.kind == "Count" for t in statement.targets)


def _is_passed_by(statement: Statement, link: Link, end: int) -> bool:
    """Whether a body is only named with somebody of it (江北日报记者王平), or for what it reports of others."""
    names = ("member", "reports", *(("speaks",) if _is_organ(link) else ()))
    body = link.mention.type == "Organization"
    return body and any(pattern("subject", name).match(statement.text, end) for name in names)


def _joint(statement: Statement, clause: Clause, begin: int, end: int, *, each: bool) -> Subject | None:
    places = statement.places(begin, end)
    links = [link for i in places if i + 1 not in places and (link := statement.link(i)) and _eligible(link)]
    return Subject(tuple(link.key for link in links), begin, clause.number, True, each) if links else None


def opens(text: str) -> bool:
    """Whether nothing but adverbs, time words and the like stands before a subject."""
    light = wordset("opening") | wordset("generic_subject")
    return all(t.tag in ("d", "c", "t", "f", "ad", "r") or t.text in light or _is_mark(t.text) for t in tokens(text))


def _is_mark(word: str) -> bool:
    return not any(c.isalnum() for c in word)


def leads(statement: Statement, subject: Subject) -> bool:
    """Whether the sentence as a whole speaks about a subject: only adverbial clauses stand before it."""
    return all(pattern("subject", "adverbial").fullmatch(statement.text, c.begin, c.end) for c in statement.clauses[: subject.clause])


def says(statement: Statement) -> bool:
    """Whether a sentence says anything beside a name: a caption or the place of a dispatch says nothing of it."""
    return any(character.isalnum() for character in statement.text)


def prevailing(statement: Statement, target: Target, subjects: Sequence[Subject]) -> Subject | None:
    """The subject of the nearest clause; a project or place that the sentence names in passing holds for one clause more."""
    for one in reversed([s for s in subjects if s.begin < target.index]):
        near = target.clause.number - one.clause <= 1
        told = leads(statement, one) and not (one.brief and target.kind in MEASURED) and not _is_followed(statement, one, target)
        if (near or one.acts or told) and (owning := _owning(statement, target, one)):
            return owning
    return None


def _owning(statement: Statement, target: Target, one: Subject) -> Subject | None:
    """The subject as far as it owns a number: an organ what it did; those named together one number each, or a rate or rank beside them."""
    if not one.loose:
        return None if one.organ and not target.counts else one
    run = statement.run(target)
    if len(run) == len(one.keys) and run[0].clause.number - one.clause <= 1:
        return replace(one, each=True)
    between = statement.behind(one.keys, one.begin, target.index), statement.head(target)
    rate = not (target.counts or target.kind == "Amount") and target.clause.number == one.clause
    each = target.kind == "Ordinal" or pattern("subject", "of-each").fullmatch(statement.text, *between)
    return one if rate and each else None


def _is_followed(statement: Statement, one: Subject, target: Target) -> bool:
    """Whether a body without a name does something in a clause between a subject and a number."""
    between = statement.clauses[one.clause + 1 : target.clause.number]
    return any(is_of_bearer(statement.text[clause.begin : clause.end]) for clause in between)


def speaker(statement: Statement, following: Statement | None) -> str | None:
    """Who says what stands in quotation marks: the body at the head of the words behind them (”[公司]总经理…说)."""
    match = pattern("subject", "speaker").search(statement.text)
    if not match and following and pattern("subject", "quoted").search(statement.text):
        statement, match = following, pattern("subject", "said").match(following.text)
    link = statement.link(match.start("a")) if match else None
    return link.key if link and _eligible(link) else None
