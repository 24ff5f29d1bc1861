"""Relations: what sentences say of districts, enterprises and projects, and the form of what any module says of anything."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.facts.entity import Link, LinkedDocument, LinkedSentence, masked
from kg.facts.implied import goes_on, is_media, remember, subjects, understood
from kg.facts.match import Match, View, told
from kg.facts.title import bearer, texts
from kg.language.lexicon import VocabularyError, words
from kg.language.quantity import Quantity
from kg.language.rules import Rules, load, pattern
from kg.language.words import tokens
from kg.names.district import country_key, may_lie_in
from kg.text.sentence import Evidence
from kg.vocabulary import classes, labels


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


_LITERAL = frozenset({"produces", "recognisedAs"})
_PROPER = frozenset({"x", "nz", "nr", "nrt", "nrfg", "ns", "nt", "eng", "m"})
"""Parts of speech of names, of words that no dictionary knows, and of numbers."""


def relations(document: LinkedDocument) -> tuple[Relation, ...]:
    """What the sentences say of things of any class; states, posts, programmes, events and industries have modules of their own."""
    found: dict[Relation, None] = {}
    carried: dict[str, Link] = {}
    for item in document.sentences:
        view = masked(item)
        said = (*_named_after(item), *_between_links(document, item, view), *_with_text(document, item, carried))
        found.update(dict.fromkeys(said))
        remember(carried, item)
    return tuple(relation for relation in found if relation.subject != relation.object and _is_possible(document, relation))


def _is_possible(document: LinkedDocument, relation: Relation) -> bool:
    """Whether both ends are of classes that the ontology allows, as not all of a list need be; and none supplies that lends or insures."""
    subject, predicate = document.entities[relation.subject], relation.predicate
    fits = subject.type in classes(predicate, "domain")
    fits &= relation.literal or document.entities[relation.object].type in classes(predicate, "range")
    return fits and not (predicate == "supplies" and pattern("industry_subject", "financier").search(subject.name))


@cache
def _rules(literal: bool) -> Rules:
    """The rules whose object is text, or the others. Raises VocabularyError where the ontology has no such relation."""
    for rule in load("relation"):
        if rule.output not in labels("en"):
            raise VocabularyError("output", f"rules/relation.toml, {rule.name.partition('.')[2]}", rule.output or "-")
    return Rules(rule for rule in load("relation") if (rule.output in _LITERAL) == literal)


def _named_after(item: LinkedSentence) -> Iterator[Relation]:
    """A project whose name begins with an enterprise's or a body's is theirs."""
    for link in item.links:
        evidence = item.sentence.evidence(link.mention.begin, link.mention.end)
        for inner in link.inner if link.mention.type == "Project" else ():
            if inner.mention.type in ("Enterprise", "Organization") and not _is_site(inner, link) and not is_media(inner):
                yield Relation(inner.key, "undertakes", link.key, evidence, "name.owner")


def _is_site(body: Link, project: Link) -> bool:
    """Whether the project is what is done to the body that its name begins with, or is for it: 东河大学|建设项目."""
    rest = project.mention.name.removeprefix(body.mention.name)
    return body.mention.type == "Organization" and pattern("naming", "own_site").match(rest) is not None


def _between_links(document: LinkedDocument, item: LinkedSentence, view: View) -> Iterator[Relation]:
    """What the rules say of two things, both named, or the first only before its clause."""
    for found in told(_rules(literal=False), item, view) if len(item.links) > 1 else ():
        for subject in found.links("s"):
            if found.rule.name == "relation.in-front" and _is_placed(found, subject):
                continue
            for object in found.links("o"):
                if found.rule.output == "partOf" and not may_lie_in(subject.key, object.key):
                    continue
                if found.rule.output == "partnersWith" and object.mention.begin <= subject.mention.begin:
                    continue  # the members of one list: each two once
                yield Relation(subject.key, found.rule.output, object.key, found.evidence(), found.rule.name)
        if "s" not in found.match.re.groupindex:
            for key, object in itertools.product(understood(document, found), found.links("o")):
                yield Relation(key, found.rule.output, object.key, found.evidence(), found.rule.name)


def _is_placed(found: Match, subject: Link) -> bool:
    """Whether the thing needs no place: its name tells a nearer one, or it is an organ, the country's, half of a name: 东河区|安达影城."""
    organ = subject.mention.type == "Organization" and subject.mention.name.endswith(words("organ_ending"))
    common = subject.mention.type != "Enterprise" and not any(token.tag in _PROPER for token in tokens(subject.mention.name))
    placed = any(inner.mention.type == "District" for inner in subject.inner) or country_key() in (o.key for o in found.links("o"))
    if organ or common or subject.anaphor or placed:
        return True
    return subject.mention.type == "Enterprise" and goes_on(found.item.sentence.text, subject.mention.end)


def _with_text(document: LinkedDocument, item: LinkedSentence, carried: dict[str, Link]) -> Iterator[Relation]:
    """What things produce and are honoured with; an industry in such words is what they make, or part of a title."""
    said: set[tuple[str, str]] = set()
    for found in told(_rules(literal=True), item, masked(item, in_words="Industry")):
        predicate = found.rule.output
        keys = [link.key for link in found.links("s")] or subjects(document, found, carried)
        for text, subject in itertools.product(texts(found), keys):
            borne_by = bearer(text) if predicate == "recognisedAs" else None
            if borne_by == "Enterprise" and _is_counted(found):
                continue
            if borne_by in (None, document.entities[subject].type):
                if found.rule.value != "goods" or (subject, text) not in said:  # the loosest rule adds what no other tells
                    yield Relation(subject, predicate, text, found.evidence(), found.rule.name, literal=True)
                said.add((subject, text))


def _is_counted(found: Match) -> bool:
    """Whether a number closes the match: so many others bear the title, 获批瞪羚企业4家."""
    note = found.view.annotation(found.match.end() - 1)
    return note is not None and isinstance(note.what, Quantity)
