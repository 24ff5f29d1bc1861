"""Routes: the districts through which a road, a railway or a pipe runs, as a text tells them from its beginning to its end."""

from collections.abc import Iterable, Iterator

from kg.facts.entity import Link, LinkedDocument, masked
from kg.facts.match import Match, apart, matches
from kg.facts.relation import Relation
from kg.language.rules import load, pattern


def routes(document: LinkedDocument) -> tuple[Relation, ...]:
    """``locatedIn``: the line that a sentence, or the one before it, tells of, in each district that it runs through."""
    found: dict[Relation, None] = {}
    last: Link | None = None
    for item in document.sentences:
        told = list(matches(load("route"), item, masked(item)))
        # What it joins on its way (接青禾高速公路) does not take its place.
        line = _line(told[0].between(0, told[0].match.start())) or last if told else _line(item.links)
        found.update(dict.fromkeys(relation for match in told if line for relation in _through(match, line)))
        last = line
    return tuple(found)


def _line(links: Iterable[Link]) -> Link | None:
    """The first of these that is called as lines are, or stands for a project."""
    sites = (link for link in links if link.mention.type in ("Place", "Project"))
    return next((link for link in sites if link.anaphor or _is_line(link.mention.name)), None)


def _is_line(name: str) -> bool:
    return pattern("location_subject", "line").search(name) is not None


def _through(found: Match, line: Link) -> Iterator[Relation]:
    """The line in each district of the list; of those that stand one behind the other (东河区|青溪镇), in the nearest."""
    for district in apart(found.links("o")):
        yield Relation(line.key, found.rule.output, district.key, found.evidence("o"), found.rule.name)
