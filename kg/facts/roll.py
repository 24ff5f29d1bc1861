"""Rolls: lists of the best that a text names, and those whom it finds on them, in the same sentence or just behind it."""

from collections.abc import Iterator

from kg.facts.entity import LinkedDocument, masked
from kg.facts.match import Match, apart, matches
from kg.facts.relation import Relation
from kg.facts.title import bearer
from kg.language.rules import select

_NEAR = 2
"""Sentences behind the one that names a list in which it is still spoken of."""
_RANKED = "roll.ranked-on-roll"
"""The rule that tells a place only, which is one of the list where this is named in the same sentence."""


def rolls(document: LinkedDocument) -> tuple[Relation, ...]:
    """``recognisedAs``: who is on the lists that the document names."""
    found: dict[Relation, None] = {}
    last, age = "", 0
    for item in document.sentences:
        if (not last or age >= _NEAR) and not any(select("roll", "none").possible(item.sentence.text)):
            age += 1
            continue  # no list is spoken of
        view = masked(item)
        named = [(match.match.start(), _title(match)) for match in matches(select("roll", "none"), item, view)]
        age = 0 if named else age + 1
        for match in matches(select("roll", "recognisedAs"), item, view):
            here = [title for begin, title in named if begin < match.match.start()]
            title = here[-1] if here else last if age and age <= _NEAR and match.rule.name != _RANKED else ""
            found.update(dict.fromkeys(_on(document, match, title) if title else ()))
        last = named[-1][1] if named else last
    return tuple(found)


def _title(found: Match) -> str:
    """What the list is called, with its numbers."""
    begin, end = found.match.span("text" if found.match["text"] else "more")
    return found.item.sentence.text[found.view.origin(begin) : found.view.origin(end)]


def _on(document: LinkedDocument, found: Match, title: str) -> Iterator[Relation]:
    """Those on the list of the class that its title tells, if it tells one; the last of nested districts is meant."""
    for link in apart(found.links("s")):
        if bearer(title) in (None, document.type_of(link)):
            yield Relation(link.key, "recognisedAs", title, found.evidence("s"), found.rule.name, literal=True)
