"""Branches: firms and bodies named after another one and the place that they serve, 宏远银行|柳河|支行, 东河大学|柳河|校区."""

from collections.abc import Iterator

from kg.facts.entity import Entity, LinkedDocument, sightings
from kg.facts.relation import Relation
from kg.language.gazetteer import named
from kg.language.rules import pattern
from kg.names.district import ancestors

_LONGEST = 10
"""No place in a branch's name has more characters."""
_ENDINGS = {"Enterprise": "ending", "Organization": "body"}
"""The rules of what their branches end in."""


def branches(document: LinkedDocument) -> tuple[Relation, ...]:
    """``locatedIn`` the place and ``subsidiaryOf`` the firm that a branch's name tells, where the document names them."""
    firms = {form: entity.key for entity in document.entities.values() if entity.type == "Enterprise" for form in _forms(entity)}
    places = {entity.code: entity.key for entity in document.entities.values() if entity.code}
    first = {sighting.key: sighting.evidence for sighting in reversed(sightings(document))}
    found: dict[Relation, None] = {}
    for entity in document.entities.values():
        ending = _ENDINGS.get(entity.type)
        if ending is None or entity.key not in first:
            continue
        for form in _forms(entity):
            for firm, codes in _parts(form, ending):
                if known := [code for code in codes if code in places]:  # 长沙 is the city where that is named, too
                    widest = places[min(known, key=lambda code: len(ancestors(code)))]
                    found[Relation(entity.key, "locatedIn", widest, first[entity.key], "branch.place")] = None
                if entity.type == "Enterprise" and firms.get(firm, entity.key) != entity.key:
                    found[Relation(entity.key, "subsidiaryOf", firms[firm], first[entity.key], "branch.firm")] = None
    return tuple(found)


def _forms(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *entity.aliases)


def _parts(name: str, ending: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The firm or body in a branch's name, with the codes of the places that may be meant behind it; of a group's firm the group."""
    if group := pattern("branch", "group").search(name):
        yield group["firm"] or group["maker"], ()
    branch = pattern("branch", ending).search(name)
    rest = name[: branch.start()] if branch else ""
    for size in range(min(len(rest), _LONGEST), 1, -1):
        if places := named(rest[-size:]):
            yield rest[:-size], tuple(place.code for place in places)
            return
