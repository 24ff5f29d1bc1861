"""Relations between linked mentions."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.facts.entity import Link, LinkedDocument, LinkedSentence, masked
from kg.facts.outlook import ahead
from kg.facts.title import bearer, literals
from kg.language.lexicon import words, wordset
from kg.language.period import Period
from kg.language.quantity import Quantity
from kg.language.rules import Masked, Rule, Rules, load, pattern
from kg.language.words import Token, tokens
from kg.names.district import country_key, may_lie_in
from kg.text.sentence import Evidence


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """One fact ``subject predicate object`` with its evidence."""

    subject: str
    """Key of an entity."""
    predicate: str
    """Name in the ontology: partOf, locatedIn, …"""
    object: str
    """Key of an entity, or text where ``literal``."""
    evidence: Evidence
    rule: str
    literal: bool = False
    """True for produces, recognisedAs and projectStatus, whose object is text."""
    role: str | None = None
    """The post, for holdsPosition."""


View = Masked[Link | Quantity | Period]
"""A sentence as the rules see it."""
_LITERAL = frozenset({"produces", "recognisedAs"})
_NOMINAL = frozenset("njs")
"""Parts of speech that show a subject of its own, or that a name goes on."""
_ADVERBIAL = frozenset("tmqdcfabuzx")
"""Parts of speech of what may stand before a subject, or before the verb of a clause without one."""
_OPENS = frozenset("njrp")
"""Parts of speech that show that a clause, or what introduces it, names something."""
_MARKS = "，。；：！？“"
_PROPER = frozenset({"x", "nz", "nr", "nrt", "nrfg", "ns", "nt", "eng", "m"})
"""Parts of speech of names, of words that no dictionary knows, and of numbers."""
_SUBJECTS = {
    "produces": ("Enterprise",),
    "recognisedAs": ("Enterprise", "Organization", "District", "Project"),
    "supplies": ("Enterprise",),
    "subsidiaryOf": ("Enterprise",),
    "undertakes": ("Enterprise",),
    "partnersWith": ("Enterprise", "Organization"),
    "locatedIn": ("Enterprise", "Organization", "Project", "Place"),
}
"""Classes that can be the unnamed subject of a predicate's rules."""


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's match in a masked sentence."""

    rule: Rule
    item: LinkedSentence
    view: View
    match: re.Match[str]

    def links(self, group: str | int) -> list[Link]:
        """The links in a group, in order; none where the rule has no such group."""
        if isinstance(group, str) and (group not in self.match.re.groupindex or self.match[group] is None):
            return []
        return self.between(*self.match.span(group))

    def between(self, begin: int, end: int) -> list[Link]:
        """The links in a stretch of the masked sentence, in order."""
        return [note.what for note in self.view.within(begin, end) if isinstance(note.what, Link)]

    def evidence(self, *groups: str | int) -> Evidence:
        """The words that match, from the first of some groups on."""
        begin = min(self.match.start(group) for group in groups or (0,))
        return self.item.sentence.evidence(self.view.origin(begin), self.view.origin(self.match.end()))


def relations(document: LinkedDocument) -> tuple[Relation, ...]:
    """What the sentences say of districts, enterprises and projects; persons, programmes and industries have modules of their own."""
    found: dict[Relation, None] = {}
    carried: dict[str, Link] = {}
    for item in document.sentences:
        view = masked(item)
        for extractor in (_named_after, _between_links, _with_text):
            found.update(dict.fromkeys(extractor(document, item, view, carried)))
        found.update(dict.fromkeys(_states(item, document.document.metadata.published)))
        for link in (
            *(link for link in item.links if not link.anaphor and not _is_quoted(link, item.sentence.text)),
            *(link for link in item.links[:1] if _begins(item, link)),
        ):
            carried.pop(link.mention.type, None)  # the latest stands last
            carried[link.mention.type] = link
    return tuple(relation for relation in found if relation.subject != relation.object)


def _begins(item: LinkedSentence, first: Link) -> bool:
    """Whether a sentence begins with its first link, and what else there is in it of that class is not what it tells of."""
    alone = not first.anaphor and all(link.mention.type != first.mention.type for link in item.links[1:])
    return not alone and is_silent(item.sentence.text[: first.mention.begin])


def matches(rules: Rules, item: LinkedSentence, view: View) -> Iterator[Match]:
    """Every match of the rules, rule by rule."""
    for rule in rules.possible(view.text):
        for match in rule.pattern.finditer(view.text):
            yield Match(rule, item, view, match)


def _told(rules: Rules, item: LinkedSentence, view: View) -> Iterator[Match]:
    """Every match but for those whose last clause denies or only supposes what it tells: 尚未落户东河区, 如果落户东河区."""
    for found in matches(rules, item, view):
        begin = _clause(view.text, found.match.end() - 1)
        if not pattern("narrative", "denied").search(view.text, begin, found.match.end()):
            yield found


@cache
def _rules(literal: bool) -> Rules:
    return Rules(rule for rule in load("relation") if (rule.output in _LITERAL) == literal)


def _named_after(document: LinkedDocument, item: LinkedSentence, view: View, carried: dict[str, Link]) -> Iterator[Relation]:
    """A project whose name begins with an enterprise's or a body's is theirs."""
    for link in item.links:
        evidence = item.sentence.evidence(link.mention.begin, link.mention.end)
        for inner in link.inner if link.mention.type == "Project" else ():
            if inner.mention.type in ("Enterprise", "Organization") and not _is_site(inner, link) and not _is_media(inner):
                yield Relation(inner.key, "undertakes", link.key, evidence, "name.owner")


def _is_site(body: Link, project: Link) -> bool:
    """Whether the project is what is done to the body that its name begins with, or is for it: 东河大学|建设项目."""
    rest = project.mention.name.removeprefix(body.mention.name)
    return body.mention.type == "Organization" and pattern("naming", "own_site").match(rest) is not None


def _between_links(document: LinkedDocument, item: LinkedSentence, view: View, carried: dict[str, Link]) -> Iterator[Relation]:
    for found in _told(_rules(literal=False), item, view) if len(item.links) > 1 else ():
        for subject in found.links("s"):
            if not _may_be(found.rule.output, subject) or (found.rule.name == "relation.in-front" and _is_placed(found, subject)):
                continue
            for object in found.links("o"):
                if found.rule.output == "partOf" and not may_lie_in(subject.key, object.key):
                    continue
                yield Relation(subject.key, found.rule.output, object.key, found.evidence(), found.rule.name)
        if "s" not in found.match.re.groupindex:
            for key, object in itertools.product(_understood(document, found), found.links("o")):
                yield Relation(key, found.rule.output, object.key, found.evidence(), found.rule.name)


def _may_be(predicate: str, subject: Link) -> bool:
    """Whether a thing is of a class that what lies somewhere may have: the links of a list may be of any."""
    return predicate != "locatedIn" or subject.mention.type in _SUBJECTS[predicate]


def _is_placed(found: Match, subject: Link) -> bool:
    """Whether the thing needs no place: its name tells a nearer one, or it is an organ, the country's, half of a name: 东河区|安达影城."""
    organ = subject.mention.type == "Organization" and subject.mention.name.endswith(words("organ_ending"))
    common = subject.mention.type != "Enterprise" and not any(token.tag in _PROPER for token in tokens(subject.mention.name))
    placed = any(inner.mention.type == "District" for inner in subject.inner) or country_key() in (o.key for o in found.links("o"))
    if organ or common or subject.anaphor or placed:
        return True
    return subject.mention.type == "Enterprise" and _goes_on(found.item.sentence.text, subject.mention.end)


def _goes_on(text: str, end: int) -> bool:
    """Whether a noun, or a word that no dictionary knows, follows a name that ends at ``end``."""
    after = next((token for token in tokens(text) if token.begin == end), None)
    return after is not None and after.text.isalnum() and after.tag[0] in _NOMINAL | {"x"} and after.text not in wordset("post")


def _with_text(document: LinkedDocument, item: LinkedSentence, view: View, carried: dict[str, Link]) -> Iterator[Relation]:
    for found in _told(_rules(literal=True), item, view):
        predicate = found.rule.output
        subjects = [link.key for link in found.links("s")] or _subjects(document, found, carried)
        for text, subject in itertools.product(_texts(found), subjects):
            borne_by = bearer(text) if predicate == "recognisedAs" else None
            if borne_by == "Enterprise" and _is_counted(found):
                continue
            if borne_by in (None, document.entities[subject].type):
                yield Relation(subject, predicate, text, found.evidence(), found.rule.name, literal=True)


def _texts(found: Match) -> list[str]:
    """The literal objects: each member of a list, as the sentence has it, with the number that a rank ends in: 民营企业|500强."""
    result: list[str] = []
    for group in ("text", "more"):
        if group in found.match.re.groupindex and found.match[group]:
            begin, end = found.match.span(group)
            text = found.item.sentence.text[found.view.origin(begin) : _ranked_end(found, end)]
            result += literals(found.rule.output, text, found.rule.value)
    return result


def _is_counted(found: Match) -> bool:
    """Whether a number closes the match: so many others bear the title, 获批瞪羚企业4家."""
    note = found.view.annotation(found.match.end() - 1)
    return note is not None and isinstance(note.what, Quantity)


def _ranked_end(found: Match, end: int) -> int:
    """Where a title ends in the sentence that ends at ``end`` of the view: behind the number of a rank, which is one of it."""
    note, text = found.view.annotation(end), found.item.sentence.text
    if note is not None and found.rule.output == "recognisedAs" and isinstance(note.what, Quantity):
        return next((to for to in (note.end + 1, note.end) if text[:to].endswith(words("title"))), note.begin)
    return found.view.origin(end)


def _understood(document: LinkedDocument, found: Match) -> list[str]:
    """Keys of the subjects that the sentence has named before a clause without one."""
    keys = _subjects(document, found, {})
    return [key for key in keys if document.entities[key].type in _SUBJECTS[found.rule.output]]


def _subjects(document: LinkedDocument, found: Match, carried: dict[str, Link]) -> list[str]:
    """Keys of those whom a clause without a named subject speaks of.

    That is the nearest name before it, with the list that name ends; else the district whose report it is, or the last sentence's.

    What a project makes is its enterprise's, where its name tells the enterprise.
    """
    predicate, text = found.rule.output, found.item.sentence.text
    types, begin = _SUBJECTS[predicate], found.view.origin(found.match.start())
    named = [link for link in found.between(0, found.match.start()) if link.mention.type in (*types, "Project")]
    before = [link for link in named if text[: link.mention.begin][-1:] not in wordset("object_mark")]
    if _is_of_person(found, before):
        return []
    if titled := _of_title(found, before):
        return titled
    clause = _clause(text, begin)
    if predicate == "recognisedAs":
        if _is_not_awarded(found):
            return []
        before = [link for link in before if _may_be_honoured(link, text)]
    inside = [link for link in before if link.mention.begin >= clause]
    if not is_silent(text[inside[-1].mention.end if inside else clause : begin]):
        return []
    subjects = inside or _taken_up(before, text, clause)
    if not subjects:
        headless = predicate != "recognisedAs" or text.startswith(words("generic_subject"), begin) or _is_headless(text[:begin])
        return [] if named else _goes_on_with(found, types) or (_told_of(document, _awarded(found), carried) if headless else [])
    if subjects[-1].mention.type == "Project" and predicate == "produces":
        return [inner.key for inner in subjects[-1].inner if inner.mention.type == "Enterprise"]
    return [link.key for link in _listed(subjects, text)]


def _taken_up(before: list[Link], text: str, clause: int) -> list[Link]:
    """Those named before a clause that may be its subject, the likeliest last: what the clause before ends in, else what begins one."""
    ended = [link for link in before if link.mention.end == clause - 1 and text[: link.mention.begin].endswith(words("of"))]
    return ended or [link for link in before if _opens_clause(before, link, text) or _is_presented(link, text)]


def _is_not_awarded(found: Match) -> bool:
    """Whether an honour is not, or not yet, awarded, or is a person's, or that of one whom a common noun names in the next clause."""
    text, (begin, end) = found.item.sentence.text, (found.view.origin(at) for at in found.match.span())
    if any(pattern("relation_subject", name).search(text, 0, begin) for name in ("not-awarded", "someone")):
        return True
    head = _first_told(text[end:])
    named = head is not None and any(link.mention.begin == end + head.begin for link in found.item.links)
    return found.rule.name == "relation.as-title" and not named and not _is_headless(text[end:])


def _may_be_honoured(link: Link, text: str) -> bool:
    """Whether an honour may be a thing's: not the paper's that tells of it, nor of what another's title names, nor of a firm's model."""
    model = link.mention.type == "Enterprise" and _goes_on(text, link.mention.end)
    return not model and not _is_quoted(link, text) and not _is_media(link)


def _is_quoted(link: Link, text: str) -> bool:
    """Whether a link is but part of what quotation marks hold: 素有“小南京”之称."""
    begin, end = link.mention.begin, link.mention.end
    opened, closed = text.rfind("“", 0, begin), text.find("”", end)
    return opened > text.rfind("”", 0, begin) and closed >= 0 and (opened + 1 < begin or end < closed)


def _is_headless(text: str) -> bool:
    """Whether the clauses of a sentence have no subject: the first word that tells anything is none that opens one."""
    told = _first_told(text)
    return told is None or told.tag[0] not in _OPENS or told.text in wordset("generic_subject")


def _first_told(text: str) -> Token | None:
    """The first word that tells more than when and how."""
    return next((token for token in tokens(text) if token.tag[0] not in _ADVERBIAL and token.text.isalnum()), None)


def _of_title(found: Match, before: list[Link]) -> list[str]:
    """The one of those named whose case or work, called by its title, is honoured: “东河区：一网通办”入选…"""
    text = found.item.sentence.text
    title = pattern("narrative", "titled-work").search(text, 0, found.view.origin(found.match.start()))
    inside = {link.key for link in before if title and title.start() < link.mention.begin and link.mention.end < title.end()}
    return list(inside) if len(inside) == 1 and found.rule.output == "recognisedAs" else []


def _goes_on_with(found: Match, types: tuple[str, ...]) -> list[str]:
    """The one with whom the next clause goes on: 入选…，东河区将……"""
    end = found.view.origin(found.match.end())
    behind = (link for link in found.item.links if link.mention.begin == end + 1 and link.mention.type in types)
    return [link.key for link in behind if found.item.sentence.text[end] == "，"]


def _is_of_person(found: Match, before: list[Link]) -> bool:
    """Whether a person is named after the last of those that could be meant: what follows is told of them."""
    persons = [link for link in found.between(0, found.match.start()) if link.mention.type == "Person"]
    return bool(persons) and (not before or persons[-1].mention.begin > before[-1].mention.begin)


def _told_of(document: LinkedDocument, types: tuple[str, ...], carried: dict[str, Link]) -> list[str]:
    """Of whom a sentence that names nobody tells: of the district whose report it is, else of the one named last."""
    if types == ("District",) and document.speaker:
        return [document.speaker]
    told = [link.key for kind, link in reversed(carried.items()) if kind in types and not _is_media(link)]
    return told[:1] or [document.speaker for _ in types if document.speaker and "District" in types][:1]


def _opens_clause(links: list[Link], link: Link, text: str) -> bool:
    """Whether a link begins its clause, or stands right behind the district it lies in, which does: 长春市|绿园区."""
    outer = next((other for other in links if other.mention.end == link.mention.begin and other.mention.type == "District"), None)
    begin = outer.mention.begin if outer else link.mention.begin
    return _clause(text, begin) == begin


def _is_presented(link: Link, text: str) -> bool:
    """Whether a clause only says of a link what it is like, for the next to speak of it: 位于江边的东河区，…"""
    begin, end = _clause(text, link.mention.begin), link.mention.end
    presented = pattern("narrative", "presented").fullmatch(text, begin, end + 1)
    return (presented or pattern("narrative", "taken-up").match(text, end)) is not None


def _awarded(found: Match) -> tuple[str, ...]:
    """The classes of what a clause without any subject may speak of: what a 先进县 is, or anything but a project."""
    told = next((kind for text in _texts(found) if (kind := bearer(text))), None) if found.rule.output == "recognisedAs" else None
    return (told,) if told else tuple(type for type in _SUBJECTS[found.rule.output] if type != "Project")


def _is_media(link: Link) -> bool:
    """Whether it is the paper that tells of an honour, not who has it."""
    return link.mention.name.endswith(words("media"))


def _clause(text: str, end: int) -> int:
    """Where the clause begins that ``end`` stands in."""
    return max(text.rfind(mark, 0, end) for mark in _MARKS) + 1


def is_silent(text: str) -> bool:
    """Whether a text names nothing that could be the subject of what follows."""
    if "”" in text:
        return False  # what is quoted is the subject: “晋酥”被认定为…
    lead = next((m for rule in load("relation_subject") if (m := rule.pattern.match(text))), None)
    return not any(token.tag[0] in _NOMINAL for token in tokens(text[lead.end() :] if lead else text))


def _listed(links: list[Link], text: str) -> list[Link]:
    """The last link with those of its class that stand before it in one list: A、B和C."""
    listed, begin = [links[-1]], links[-1].mention.begin
    for link in reversed(links[:-1]):
        between = text[link.mention.end : begin]
        if not between and link.mention.type == "District":  # 东河镇|青溪村: what holds it is not of the list
            begin = link.mention.begin
            continue
        if between not in wordset("list_mark") or link.mention.type != links[-1].mention.type:
            break
        listed.insert(0, link)
        begin = link.mention.begin
    return listed


_BUILT = frozenset({"completed", "operating"})


def unbuilt(document: LinkedDocument) -> frozenset[str]:
    """Keys of the projects that a document nowhere says to be finished."""
    finished = {
        state.subject
        for item in document.sentences
        for state in _states(item, document.document.metadata.published)
        if state.object in _BUILT
    }
    return frozenset(key for key, entity in document.entities.items() if entity.type == "Project") - finished


def _states(item: LinkedSentence, published: str | None) -> Iterator[Relation]:
    """The state of each project: of all rules that match around it, the one with the highest score."""
    best: dict[str, Match] = {}
    if all(link.mention.type != "Project" for link in item.links):
        return
    for found in _told(load("status"), item, _eventless(item)):
        for link in _listed_projects(item, found) if not _is_hoped(found, published) else ():
            rival = best.get(link.key)
            if rival is None or found.rule.score > rival.rule.score:
                best[link.key] = found
    for key, found in best.items():
        yield Relation(key, found.rule.output, found.rule.value, found.evidence(), found.rule.name, literal=True)


def _is_hoped(found: Match, published: str | None) -> bool:
    """Whether a clause only hopes for what it tells, or tells it of a time to come: 确保…如期建成, 2030年建成."""
    if found.rule.value not in ("completed", "operating"):
        return False
    begin = max(found.view.text.rfind(mark, 0, found.match.start()) for mark in "，。；") + 1
    periods = [note.what for note in found.view.within(begin, found.match.end()) if isinstance(note.what, Period)]
    to_come = bool(periods) and ahead(periods[-1].iso, published)
    return to_come or pattern("narrative", "hoped").search(found.view.text, begin, found.match.end()) is not None


def _eventless(item: LinkedSentence) -> View:
    """The sentence with its events in words: a 开工仪式 tells a state."""
    return masked(replace(item, links=tuple(link for link in item.links if link.mention.type != "Event")))


def _listed_projects(item: LinkedSentence, found: Match) -> list[Link]:
    """The projects in the match, and those of the list that runs on before or after it, whatever else is in that list."""
    inside = [link for link in found.links(0) if link.mention.type == "Project"]
    if not inside:
        return []
    text, links = item.sentence.text, item.links
    first, last = links.index(inside[0]), links.index(inside[-1])
    while first > 0 and _is_joined(links[first - 1], links[first], text):
        first -= 1
    while last + 1 < len(links) and _is_joined(links[last], links[last + 1], text):
        last += 1
    return [link for link in links[first : last + 1] if link.mention.type == "Project"]


def _is_joined(link: Link, after: Link, text: str) -> bool:
    """Whether a list joins two links, or the first is where the second lies: A、东河镇|B."""
    between = text[link.mention.end : after.mention.begin]
    return between in wordset("list_mark") if between else link.mention.type == "District"
