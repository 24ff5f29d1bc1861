"""Branches: firms named after another firm and the place that they serve, 宏远银行|柳河|支行."""

from collections.abc import Iterator

from kg.facts.entity import Entity, LinkedDocument, sightings
from kg.facts.relation import Relation
from kg.language.gazetteer import named
from kg.language.rules import pattern

_LONGEST = 10
"""No place in a branch's name has more characters."""


def branches(document: LinkedDocument) -> tuple[Relation, ...]:
    """``locatedIn`` the place and ``subsidiaryOf`` the firm that a branch's name tells, where the document names them."""
    firms = {form: entity.key for entity in document.entities.values() if entity.type == "Enterprise" for form in _forms(entity)}
    places = {entity.code: entity.key for entity in document.entities.values() if entity.code}
    first = {sighting.key: sighting.evidence for sighting in reversed(sightings(document))}
    found: dict[Relation, None] = {}
    for entity in document.entities.values():
        if entity.type != "Enterprise" or entity.key not in first:
            continue
        for form in _forms(entity):
            for firm, code in _parts(form):
                if code in places:
                    found[Relation(entity.key, "locatedIn", places[code], first[entity.key], "branch.place")] = None
                if firms.get(firm, entity.key) != entity.key:
                    found[Relation(entity.key, "subsidiaryOf", firms[firm], first[entity.key], "branch.firm")] = None
    return tuple(found)


def _forms(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *entity.aliases)


def _parts(name: str) -> Iterator[tuple[str, str]]:
    """The firm in a branch's name, with the code of each place that may stand behind it; of a group's firm the group."""
    if group := pattern("branch", "group").search(name):
        yield group["firm"] or group["maker"], ""
    branch = pattern("branch", "ending").search(name)
    rest = name[: branch.start()] if branch else ""
    for size in range(min(len(rest), _LONGEST), 1, -1):
        if places := named(rest[-size:]):
            yield from ((rest[:-size], place.code) for place in places)
            return
