"""Posts: who holds which post where."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from kg.facts.entity import Entity, Link, LinkedDocument, LinkedSentence, masked
from kg.facts.implied import is_silent
from kg.facts.match import Match, matches
from kg.facts.relation import Relation
from kg.language.gazetteer import divisions
from kg.language.lexicon import words, wordset
from kg.language.rules import pattern, select
from kg.language.words import tokens
from kg.names.district import Tier, tier

_BODIES = frozenset({"Organization", "Enterprise", "District"})
"""Classes of what people may hold posts in: a site has none."""
_FUNCTION = frozenset("rdu")
"""Parts of speech that no name of a unit contains."""


class _Post(NamedTuple):
    """One of the posts of a list: 绿园区副区长、公安分局局长."""

    named: Link | None
    """What is named right before it."""
    unit: str
    """The part of the body that the post is in."""
    role: str


def positions(document: LinkedDocument) -> tuple[Relation, ...]:
    """``holdsPosition``: the posts that stand before and behind persons' names, and those of a career that is told step by step."""
    found: dict[Relation, None] = {}
    employer: Link | None = None
    person: Link | None = None
    body: str | None = None
    for item in document.sentences:
        end, told = 0, body
        body = None
        for match in matches(select("position", "holdsPosition"), item, masked(_with_heads(item))):
            running = not match.match["lead"] and match.view.text[: match.match.start()][-1:] in wordset("list_mark")
            posts = _posts(match)
            if posts[0].named:
                body = _body(document, posts[0].named)
            elif not running:
                body = _employer(match, posts[0], employer) or (told if told and _is_colleague(document, match, told, end) else None)
            end, told = match.match.end(), body or told
            for holder in match.links("o") or _of_career(match, person):
                found.update(dict.fromkeys(_held(document, match, holder, posts, body)))
        employer, person = _spoken_of(item, employer), _only_person(item, person)
    return tuple(found)


def _of_career(found: Match, before: Link | None) -> list[Link]:
    """The person whose career a sentence goes on with: the one named last in it, else the one of the sentences before."""
    named = [link for link in found.between(0, found.match.start()) if link.mention.type == "Person"]
    return named[-1:] or ([before] if before else [])


def _only_person(item: LinkedSentence, before: Link | None) -> Link | None:
    """The person of whom the sentences up to this one tell, if they tell of one only."""
    named = {link.key: link for link in item.links if link.mention.type == "Person"}
    return before if not named else next(iter(named.values())) if len(named) == 1 else None


def _with_heads(item: LinkedSentence) -> LinkedSentence:
    """The sentence in which the last character of a district's name is its head's, too, where he is named behind it: 东河|市长王明."""
    persons, head = {link.mention.begin for link in item.links if link.mention.type == "Person"}, pattern("position", "head-of-government")
    if not persons:
        return item
    links = []
    for link in item.links:
        told = head.match(item.sentence.text, link.mention.end - 1) if link.mention.type == "District" else None
        shared = told is not None and told.end() in persons
        links.append(replace(link, mention=replace(link.mention, end=link.mention.end - 1)) if shared else link)
    return replace(item, links=tuple(links))


def _spoken_of(item: LinkedSentence, before: Link | None) -> Link | None:
    """The enterprise that the sentence after this one may leave unnamed."""
    firms = [link for link in item.links if link.mention.type == "Enterprise"]
    if firms and firms[0] is item.links[0] and is_silent(item.sentence.text[: firms[0].mention.begin]):
        return firms[0]
    return next((link for link in reversed(firms) if not link.anaphor), before)


def _posts(found: Match) -> list[_Post]:
    shape, (place, end), posts = pattern("position", "item"), found.match.span("posts"), []
    while match := shape.match(found.view.text, place, end):
        named = found.between(*match.span("named")) if match["named"] else []
        posts.append(_Post(named[-1] if named else None, match["unit"].lstrip("".join(words("of"))), match["role"]))
        place = match.end()
    return posts


def _held(document: LinkedDocument, found: Match, person: Link, posts: list[_Post], body: str | None) -> Iterator[Relation]:
    evidence = found.evidence(*(name for name in ("posts", "o") if name in found.match.re.groupindex))
    for number, post in enumerate(posts):
        if number and (post.named or pattern("position", "another-body").search(post.unit)):
            body = _body(document, post.named) if post.named else None
        for key, role in _told(document, found, post, body):
            yield Relation(person.key, found.rule.output, key, evidence, found.rule.name, role=role)


def _told(document: LinkedDocument, found: Match, post: _Post, body: str | None) -> Iterator[tuple[str, str]]:
    """The bodies of a post, with what it is called there; 和某公司经理, 该店负责人 are no posts of the body named before."""
    told = tokens(post.unit + post.role)
    if told[0].tag[0] in "cp" or any(token.tag[0] in _FUNCTION for token in told):
        return
    level = pattern("position", "head-of-government").fullmatch(post.role)
    if level and not _governs(document, body):
        body = _government(document, found, body, level["level"])
        if body:
            yield body, post.role
    elif body and (department := _department(document, body, post.unit)):
        yield department, post.role
    elif body and _employs(document.entities[body], post):
        yield from ((body, role) for role in _roles(post))


def _body(document: LinkedDocument, named: Link) -> str | None:
    """The key of the body that a post is in; of a project that is the enterprise which its name tells, of a site there is none."""
    bodies = (link.key for link in (named, *named.inner) if document.type_of(link) in _BODIES)
    return next(bodies, None) if named.mention.type in (*_BODIES, "Project") else None


def _roles(post: _Post) -> tuple[str, ...]:
    """The post with the part of the body that it is in; two posts where they run together: 党组书记|局长."""
    return (post.unit, post.role) if post.unit in wordset("post") else (post.unit + post.role,)


def _department(document: LinkedDocument, body: str, unit: str) -> str | None:
    """The key of the part of a body, where the document knows it as a body of its own: 区委常委、统战部部长."""
    names = (document.entities[body].name, *document.entities[body].aliases) if unit else ()
    known = {form: key for key, e in document.entities.items() if e.type == "Organization" for form in (e.name, *e.aliases)}
    return next((known[name + unit] for name in names if name + unit in known), None)


def _employs(body: Entity, post: _Post) -> bool:
    """Whether the post is one of the body's: a district has only those of its government, not the manager of a shop there."""
    office = not post.unit and (post.role in wordset("district_post") or post.role[0] in wordset("level"))
    return body.type != "District" or office


def _employer(found: Match, post: _Post, before: Link | None) -> str | None:
    """The one enterprise that the sentence has named, else the one of the sentence before, for a manager who is quoted without it."""
    if post.role not in wordset("corporate_post") or not _opens(found):
        return None
    firms = {link.key for link in found.between(0, found.match.start()) if link.mention.type == "Enterprise"}
    return before.key if before and not firms else firms.pop() if len(firms) == 1 else None


def _is_colleague(document: LinkedDocument, found: Match, told: str, end: int) -> bool:
    """Whether a post without a body is one in the body of the post told before, which ends at ``end``: …，党组副书记李静主持."""
    role, lead = found.match["posts"], found.match["lead"]
    others = (link for link in found.between(end, found.match.start()) if document.type_of(link) in _BODIES)
    governs = pattern("position", "head-of-government").match(role) is not None
    named = role.startswith(words("colleague")) and document.entities[told].name.endswith(lead)
    return named and not governs and _opens(found) and not any(others)


def _opens(found: Match) -> bool:
    """Whether the post begins a phrase, so that no name of a body, read or unread, stands before it."""
    begin = found.match.start()
    before = found.view.text[:begin][-1:]
    return not found.between(begin - 1, begin) and (not before.isalpha() or before in wordset("post_opening"))


def _governs(document: LinkedDocument, body: str | None) -> bool:
    """Whether the body named is itself a government: 市政府副市长."""
    return bool(body) and document.entities[body or ""].name.endswith(words("government"))


def _government(document: LinkedDocument, found: Match, body: str | None, level: str) -> str | None:
    """The district whose head a 市长 or 区长 is: the one just named, else the nearest of that level.

    The sentence comes first, with its organs' districts, then the home or the first one that the document names.
    """
    if body and document.entities[body].type == "District":
        return body
    named = (inner for link in reversed(found.between(0, found.match.end())) for inner in (link, *reversed(link.inner)))
    near = [link.key for link in named if document.type_of(link) == "District"]
    home = [document.home] if document.home else []
    anywhere = [entity.key for entity in document.entities.values() if entity.type == "District"]
    return next((key for key in (*near, *home, *anywhere) if _is_of_level(document.entities[key], level)), body)


def _is_of_level(district: Entity, level: str) -> bool:
    """Whether a district is a 省, 市, 区 and so on, however the text calls it: 湖南 is a 省, 临江社区 no 区."""
    name = divisions()[district.code].name if district.code in divisions() else district.name
    return name.endswith(level) and tier(district.key) is not Tier.VILLAGE
