"""Events: meetings, fairs and ceremonies that a text names or clearly identifies, and who holds them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from kg.facts.agent import company, governing_body, mask, other_actor, rule
from kg.facts.entity import Entity, Link, LinkedDocument, LinkedSentence
from kg.facts.implied import is_silent
from kg.facts.match import apart
from kg.facts.relation import Relation
from kg.language.gazetteer import divisions
from kg.language.lexicon import words, wordset
from kg.language.rules import pattern, select
from kg.language.words import tokens
from kg.names.agenda import agenda
from kg.names.boundary import CLOSE, OPEN
from kg.names.district import country_key
from kg.names.mention import Mention
from kg.names.quotation import programme_rule
from kg.text.sentence import Sentence

_QUOTED = "event.quotation-and-class"
"""The rule of the names that a quotation opens."""
_FRONT = 40
"""Characters that may stand between such a quotation and the verb that governs it."""
_BY_HOLDER = "by-holder"
"""What rules of events are for that no name tells apart, but who holds them."""
_NUMBERS = frozenset({"event.session", "event.plenary", "event.plenary-of-place", "event.plenary-in-full"})
"""Rules of the meetings that one body holds again and again."""
_TELLING = 5
"""Characters of a name that hardly two events of a document have."""


def event_stem(mention: Mention) -> str:
    """What all names of one event share: a plenary's committee, term and number; any other name as it is."""
    (rule,) = select("event", "stem")
    name = mention.forms[0] if mention.forms else mention.name
    match = rule.pattern.fullmatch(name)
    return match["name"] if match else name


def _unquoted(text: str) -> str:
    return programme_rule("mark").sub("", text)


def event_mentions(sentence: Sentence) -> list[Mention]:
    """Candidates for events in the sentence, in the order of the text."""
    found = []
    for event in select("event", "Event").possible(sentence.text):
        for match in event.pattern.finditer(sentence.text):
            begin, end = match.span("name")
            begin = _last_of_list(sentence.text, begin, end)
            name = _unquoted(sentence.text[begin:end])
            generic = name in wordset("event_generic") and event.value != _BY_HOLDER
            if generic or _cuts_word(sentence.text, end) or pattern("naming", "several").match(sentence.text, begin, end):
                continue
            short = (match["short"],) if "short" in event.pattern.groupindex else ()
            found.append(Mention(begin, end, event.output, name, event.name, event.score, short))
    found += agenda(sentence.text)
    whole = [_with_forms(sentence.text, _with_front(sentence.text, event)) for event in (*found, *_titled(sentence.text, found))]
    best = {(m.begin, m.end): m for m in sorted(whole, key=lambda m: (m.score, m.rule))}
    return [best[span] for span in sorted(best)]


def _cuts_word(text: str, end: int) -> bool:
    """Whether a name would end within an adverb or a verb: 将在本市集|中开展."""
    return any(token.begin < end < token.end and token.tag[0] in "avd" for token in tokens(text))


def _with_front(text: str, event: Mention) -> Mention:
    """The event whose name a quotation opens, with what stands between it and the verb that governs it: 举行|东河区第三批“青苗”认定仪式."""
    front = pattern("event", "front").search(text, max(0, event.begin - _FRONT), event.begin) if event.rule == _QUOTED else None
    if not front:
        return event
    name = _unquoted(front["name"]) + event.name
    return replace(event, begin=front.start("name"), name=name, forms=(event.name, *event.forms))


def _with_forms(text: str, event: Mention) -> Mention:
    """The event with what it is called for short: without its edition or what a quotation has in front, each half of 论坛暨揭牌仪式.

    Meetings of one body are told apart by nothing but their numbers.
    """
    if event.rule in _NUMBERS:
        return event
    halves = pattern("event", "half").findall(event.name)
    names = (event.name, *halves) if len(halves) > 1 else (event.name,)
    editions = [edition for name in names if (edition := pattern("event", "edition").match(name))]
    plain = [edition.string[end:] for edition in editions for end in {edition.end(), edition.end("year")} if end > 0]
    quoted = text.find("“", event.begin + 1, event.end)
    plain += [_unquoted(text[quoted : event.end])] if quoted > 0 else []
    short = (name for name in (*names, *plain) if name != event.name and len(name) >= _TELLING and name not in wordset("event_generic"))
    return replace(event, forms=tuple(dict.fromkeys((*event.forms, *short))))


def _titled(text: str, found: list[Mention]) -> Iterator[Mention]:
    """Events that are told by a title and by what they are: 科技大讲堂——2023年东河市科技政策说明会."""
    beginning: dict[int, list[Mention]] = {}
    for event in found:
        beginning.setdefault(event.begin, []).append(event)
    for title in found:
        begin = title.end
        while text.startswith("—", begin):
            begin += 1
        for event in beginning.get(begin, ()) if begin > title.end else ():
            name, forms = title.name + text[title.end : begin] + event.name, (title.name, event.name)
            yield Mention(title.begin, event.end, "Event", name, event.rule, max(title.score, event.score) + 0.1, forms)


def _last_of_list(text: str, begin: int, end: int) -> int:
    """Where the last member begins of a list that 等 closes: 举行产业观摩、|产业发展论坛|等活动."""
    last = text.rfind("、", begin, end) + 1
    whole = sum(c in OPEN for c in text[last:end]) == sum(c in CLOSE for c in text[last:end])
    return max(begin, last) if whole and text.startswith(words("and_so_on"), end) else begin


_PLENARIES = ("event.plenary", "event.plenary-of-place")
"""The rules of the plenaries of party committees."""


def _is_event(document: LinkedDocument, link: Link) -> bool:
    return document.type_of(link) == "Event" or link.mention.rule in _PLENARIES


class _Holding(NamedTuple):
    """An event with the key of the body that holds it, where the sentence says so, and the rule."""

    event: Link
    body: str
    span: tuple[int, int]
    rule: str


def _together(event: Link, body: Link) -> tuple[int, int]:
    return min(event.mention.begin, body.mention.begin), max(event.mention.end, body.mention.end)


def _hosted(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[_Holding]:
    """All those who hold an event together: 由甲、乙主办，丙承办的大会."""
    masked, hosts = mask(sentence, document), rule("hosts")
    events = [note for note in masked.within(0, len(masked.text)) if document.type_of(note.what) == "Event"]
    for match in hosts.pattern.finditer(masked.text):
        end = masked.origin(match.end())
        event = next((note.what for note in (*(e for e in events if e.begin >= end), *reversed(events))), None)
        bodies = apart(note.what for note in masked.within(*match.span("hosts")))
        if event:
            yield from (_Holding(event, body.key, _together(event, body), hosts.name) for body in bodies)


def _in_role(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[_Holding]:
    """Those who are called the hosts of an event: 大会主办方之一东河区商会."""
    masked, role = mask(sentence, document), rule("host-role")
    for match in role.pattern.finditer(masked.text):
        named = (
            [note.what for note in masked.within(*match.span("event"))] if match["event"] else _called(document, sentence, match["noun"])
        )
        for body in apart(note.what for note in masked.within(*match.span("hosts"))):
            span = masked.origin(match.start()), body.mention.end
            yield from (_Holding(event, body.key, span, role.name) for event in named)


def _called(document: LinkedDocument, sentence: LinkedSentence, noun: str) -> list[Link]:
    """The event that has been named last of those that a noun may stand for, if any: 大赛, 活动."""
    before = document.sentences[: document.sentences.index(sentence) + 1]
    events = [link for item in before for link in item.links if document.type_of(link) == "Event"]
    return [event for event in events if noun in wordset("event_generic") or event.mention.name.endswith(noun)][-1:]


def _events(document: LinkedDocument, sentence: LinkedSentence, name: str) -> Iterator[tuple[Link, str]]:
    """Events that what a rule matches names, each with the text before the match."""
    masked = mask(sentence, document)
    for match in rule(name).pattern.finditer(masked.text):
        notes = (note.what for note in masked.within(*match.span()) if not note.what.anaphor)
        events = (what for what in notes if document.type_of(what) == "Event")
        yield from ((event, masked.text[: match.start()]) for event in events)


def _held(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[_Holding]:
    """Events that a verb gives to the nearest body before it, and to those whom that is listed with."""
    for event, _ in _events(document, sentence, "held"):
        if nearest := governing_body(document, sentence, event, "organises"):
            bodies = company(sentence, nearest)
            yield from (_Holding(event, body.key, _together(event, body), rule("organises").name) for body in bodies)


def _own(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[_Holding]:
    """A party committee holds its own plenary, and any body the meeting that its name opens: 商务部二季度座谈会."""
    for link in sentence.links:
        span = link.mention.begin, link.mention.end
        if link.mention.rule in _PLENARIES:
            names = (link.mention.name, *link.mention.forms)
            bodies = sorted(
                (-len(n), entity.key)
                for entity in document.entities.values()
                for n in (entity.name, *entity.aliases)
                if entity.type == "Organization" and any(name.startswith(n) for name in names)
            )
            if bodies:
                yield _Holding(link, bodies[0][1], span, "programme_relation.own-plenary")
        elif link.mention.type == "Event":
            owners = (inner for inner in link.inner if document.type_of(inner) == "Organization" and not _is_unveiled(link, inner))
            yield from (_Holding(link, inner.key, span, "programme_relation.own-meeting") for inner in owners)


def _is_unveiled(event: Link, body: Link) -> bool:
    """Whether the body that an event's name begins with is what it opens: 东河区基金联盟|揭牌仪式."""
    return rule("unveils").pattern.match(event.mention.name.removeprefix(body.mention.name)) is not None


def _implied(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[_Holding]:
    """Events of which nobody is said to hold them: they are of the district that their names tell, else of the home."""
    others = [event for event, before in _events(document, sentence, "called") if not _is_unsaid(before)]
    for event in sentence.links:
        told = document.type_of(event) == "Event" and not event.anaphor and event not in others
        if told and (owner := _namesake(document, event)):
            yield _Holding(event, owner, (event.mention.begin, event.mention.end), "programme_relation.namesake")
    for event, before in _events(document, sentence, "held"):
        home = document.speaker if _namesake(document, event) in (None, document.speaker) else None
        if home and _is_unsaid(before) and not rule("venue").pattern.search(before) and not other_actor(document, sentence, event):
            yield _Holding(event, home, (event.mention.begin, event.mention.end), "programme_relation.home")


def _is_unsaid(before: str) -> bool:
    """Whether the clause names nobody before a verb of holding who would be the one that holds: 合作社还|召开."""
    tail = rule("tail").pattern.search(before)
    return tail is None or is_silent(tail[0])


def _namesake(document: LinkedDocument, event: Link) -> str | None:
    """The district that an event's name opens with, or the home where the name has it anywhere: 2023青溪茶文化节, 全区招商大会.

    A country and a region are whom an event is for: 长三角地区毕业生招聘会.
    """
    name, edition = event.mention.name, rule("edition").pattern.match(event.mention.name)
    rest = name[edition.end() :] if edition else name
    districts = [entity for entity in document.entities.values() if entity.type == "District" and not _is_wide(entity)]
    opening = [(len(n), d.key) for d in districts for n in _names(d) if rest.startswith(n)]
    if opening:
        return max(opening)[1]
    home = document.entities[document.speaker] if document.speaker else None
    whole = pattern("anaphor", "whole-district").search(name)
    own = home and not _is_wide(home) and (any(n in name for n in _names(home)) or (whole and home.name.endswith(whole["level"])))
    return home.key if home and own else None


def _is_wide(district: Entity) -> bool:
    """Whether it is the country, or a region that is no division."""
    return district.key == country_key() or district.name in wordset("region")


def _names(district: Entity) -> tuple[str, ...]:
    """Every name of a district, with its short one."""
    short = divisions()[district.code].short if district.code else ""
    return tuple(name for name in (district.name, *district.aliases, short) if len(name) > 1)


def event_relations(document: LinkedDocument) -> tuple[Relation, ...]:
    """``organises``: who holds the document's events."""
    if not any(_is_event(document, link) for sentence in document.sentences for link in sentence.links):
        return ()
    stated: list[tuple[LinkedSentence, _Holding]] = []
    for sentence in document.sentences:
        said = (*_hosted(document, sentence), *_in_role(document, sentence), *_held(document, sentence), *_own(document, sentence))
        stated += ((sentence, holding) for holding in said)
    theirs = {holding.event.key for _, holding in stated}
    implied = ((sentence, holding) for sentence in document.sentences for holding in _implied(document, sentence))
    found: dict[Relation, None] = {}
    for sentence, held in (*stated, *((s, h) for s, h in implied if h.event.key not in theirs)):
        if document.entities[held.body].type != "Enterprise":
            found[Relation(held.body, "organises", held.event.key, sentence.sentence.evidence(*held.span), held.rule)] = None
    return tuple(found)
