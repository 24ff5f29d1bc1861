"""Where things are: districts in districts, and enterprises, bodies, projects and places in the district a report is about.

A district's own report counts what it names as its own unless it says otherwise; that is an implied location, and yields
to any that a sentence states.
"""

from collections.abc import Iterator

from kg.district import ancestors, resolve, zone
from kg.entity import Entity, Link, LinkedDocument
from kg.gazetteer import divisions, lies_in, named
from kg.lexicon import wordset
from kg.relation import Relation
from kg.sentence import Evidence

_SITED = frozenset({"Enterprise", "Organization", "Project", "Place"})


def locations(document: LinkedDocument, stated: tuple[Relation, ...]) -> tuple[Relation, ...]:
    """partOf and locatedIn that follow from names, codes and the document's home, where ``stated`` has nothing nearer."""
    placed = {relation.subject for relation in stated if relation.predicate in ("locatedIn", "partOf")}
    first = _first_mentions(document)
    found = list(_by_code(document, first))
    held = {relation.subject for relation in found} | placed
    for key, entity in document.entities.items():
        if key in held or key not in first or document.home is None or key == document.home or not document.reports:
            continue
        evidence, rules = first[key]
        if entity.type == "District" and not entity.code and _is_inside(document, entity):
            found.append(Relation(key, "partOf", document.home, evidence, "location.implied"))
        if entity.type in _SITED and _belongs(document, entity, rules):
            found.append(Relation(key, "locatedIn", document.home, evidence, "location.implied"))
    return tuple(found)


def _first_mentions(document: LinkedDocument) -> dict[str, tuple[Evidence, frozenset[str]]]:
    """Evidence of each entity's first mention, and the rules that found it anywhere."""
    evidence: dict[str, Evidence] = {}
    rules: dict[str, set[str]] = {}
    for item in document.sentences:
        for link in item.links:
            if not link.anaphor:
                evidence.setdefault(link.key, item.sentence.evidence(link.mention.begin, link.mention.end))
                rules.setdefault(link.key, set()).add(link.mention.rule)
    return {key: (span, frozenset(rules[key])) for key, span in evidence.items()}


def _by_code(document: LinkedDocument, first: dict[str, tuple[Evidence, frozenset[str]]]) -> Iterator[Relation]:
    """Each division in the nearest division above it that the document names; each zone in the one its name begins with."""
    known = {entity.code: key for key, entity in document.entities.items() if entity.code and key in first}
    for key, entity in document.entities.items():
        if entity.type != "District" or key not in first:
            continue
        above = ancestors(entity.code) if entity.code else _holders(entity, tuple(known))
        for division in above:
            if division.code in known:
                yield Relation(key, "partOf", known[division.code], _together(document, key, known[division.code], first), "location.code")
                break


def _holders(entity: Entity, codes: tuple[str, ...]):  # type: ignore[no-untyped-def]
    parts = zone(entity.name)
    division = resolve(parts.core, codes) if parts else None
    return (division, *ancestors(division.code)) if division else ()


def _together(document: LinkedDocument, one: str, other: str, first: dict[str, tuple[Evidence, frozenset[str]]]) -> Evidence:
    """The first sentence that names both; failing that, the first mention of the one."""
    for item in document.sentences:
        both = [link.mention for link in item.links if link.key in (one, other) and not link.anaphor]
        if len({link.key for link in item.links if link.mention in both}) == 2:
            return item.sentence.evidence(min(m.begin for m in both), max(m.end for m in both))
    return first[one][0]


def _is_inside(document: LinkedDocument, entity: Entity) -> bool:
    """Whether a zone, town or village without a code plausibly lies in the document's home."""
    region = _region(entity.name)
    home = document.entities[document.home] if document.home else None
    return region is None or (home is not None and bool(home.code) and (region == home.code or lies_in(home.code or "", region)))


def _region(name: str) -> str | None:
    """Code of the division that a name begins with."""
    for size in range(min(len(name) - 1, 8), 1, -1):
        options = [d for d in named(name[:size]) if d.level != "county" or d.name == name[:size]]  # 复兴公园 is not of 复兴区
        if options:
            return options[0].code if len(options) == 1 else None
    return None


def _belongs(document: LinkedDocument, entity: Entity, rules: frozenset[str]) -> bool:
    """Whether a district's report counts the thing as its own: not where its name points elsewhere, nor a mere well-known name."""
    if entity.type in ("Enterprise", "Organization") and rules <= {"lexicon.enterprise", "lexicon.organization", "document.again"}:
        return False
    home = document.entities[document.home].code if document.home else None
    if entity.type == "Organization" and _of_another_level(document, entity):
        return False
    region = _region(entity.name)
    if region is None or home is None:
        return True
    return region == home or lies_in(home, region) or lies_in(region, home)


def _of_another_level(document: LinkedDocument, entity: Entity) -> bool:
    """Whether the body is an organ of a district of another level than the home: 省委 in a city's report."""
    own = entity.key.removeprefix("Organization/")
    home = document.entities[document.home].name if document.home else ""
    return own[:1] in wordset("level") and own[:1] != home[-1:]
