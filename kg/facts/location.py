"""Where things are: districts in districts, and enterprises, bodies, projects and places in the district a report is about.

A district's own report counts what it names, bodies aside, as its own unless it says otherwise; that is an implied location, and yields
to any that a sentence states.
"""

from collections.abc import Iterator

from kg.facts.agent import governing_body
from kg.facts.belonging import PROPER, Seen, belongs, home_code, is_inside, is_singular, is_street, opening_region, seen_first
from kg.facts.entity import Entity, Link, LinkedDocument
from kg.facts.relation import Relation
from kg.language.gazetteer import Division, divisions, is_city, lies_in
from kg.language.lexicon import words
from kg.language.words import tokens
from kg.names.abroad import ABROAD
from kg.names.corporate import is_legal
from kg.names.district import Tier, ancestors, holder, is_plausible, may_lie_in, placed, tier
from kg.names.organ import owner_key
from kg.text.genre import tells_of_public_life
from kg.text.sentence import Evidence

_SITED = frozenset({"Enterprise", "Organization", "Project", "Place"})
_COUNTED = _SITED - {"Organization"}
"""Classes of things that a report counts as its district's; bodies it also names as partners, guests and holders."""
_NAMED_AFTER = _SITED - {"Enterprise"}
"""Classes of things that lie where their names say; a firm may bear the name of the town that it has left."""


def locations(document: LinkedDocument, stated: tuple[Relation, ...]) -> tuple[Relation, ...]:
    """partOf and locatedIn that follow from names, codes and the document's home, where ``stated`` has nothing nearer."""
    code = home_code(document)
    seen = seen_first(document, code)
    found = [
        *_by_code(document, seen),
        *_by_name(document),
        *_by_builder(document, _located(stated)),
    ]
    found += _by_opening(document, seen, {r.subject for r in (*stated, *found) if r.predicate == "partOf"})
    found += _by_core(document, seen, _located((*stated, *found)))
    if document.home is not None:
        found += _by_home(document, document.home, seen, code, (*stated, *found))
    found += _by_region(document, seen, _located((*stated, *found)), code if document.reports else None)
    titular = _titular(document, stated)
    return tuple(relation for relation in found if relation.subject not in titular)


def _titular(document: LinkedDocument, stated: tuple[Relation, ...]) -> set[str]:
    """The organs of which nothing is stated but who holds a post in them: where they sit is not said.

    Those are the committees and governments (县委书记王明), and any organ that is but a station in a career (后任县财政局局长).
    """
    named = {r.object for r in stated if r.rule == "position.post"}
    bodies = {r.object for r in stated if r.predicate == "holdsPosition"}
    acting = {key for r in stated if r.predicate != "holdsPosition" for key in (r.subject, r.object)}
    ruling, organ = words("committee") + words("government"), words("organ_ending")
    organizations = [document.entities[key] for key in bodies - acting if document.entities[key].type == "Organization"]
    return {body.key for body in organizations if body.name.endswith(ruling if body.key in named else ruling + organ)}


def _by_home(
    document: LinkedDocument, home: str, seen: dict[str, Seen], code: str | None, known: tuple[Relation, ...]
) -> Iterator[Relation]:
    """What holds the home, and what it holds of what the text names without saying where it is."""
    held = {r.subject for r in known if r.predicate in ("locatedIn", "partOf")}
    if home not in held:
        yield from _by_surroundings(document, seen, code)
    held |= {r.object for r in known if r.subject == home and r.predicate == "partOf"}
    for key, entity in document.entities.items():
        if key in seen and key not in held and key != home:
            yield from _implied(document, home, entity, seen[key], code)


def _located(relations: tuple[Relation, ...]) -> set[str]:
    return {r.subject for r in relations if r.predicate == "locatedIn"}


def _implied(document: LinkedDocument, home: str, entity: Entity, seen: Seen, code: str | None) -> Iterator[Relation]:
    """What the home holds of itself: in its own report all that belongs to it, in any text on it the towns, villages and zones."""
    owner = owner_key(entity.key)
    if owner and document.reports:
        if owner == home:
            yield Relation(entity.key, "locatedIn", owner, seen.evidence, "location.owner")
        return
    wide = tier(home) is not Tier.VILLAGE if document.reports else tier(home) is Tier.COUNTY or is_city(home.removeprefix("District/"))
    ours = entity.type == "District" and not entity.code and ABROAD not in seen.rules
    inside = ours and wide and not seen.abroad and may_lie_in(entity.key, home)
    if inside and is_plausible(entity.name) and is_inside(document, entity):
        around = (seen.within, seen.near) if opening_region(entity.name) is None else ()
        nearest = next((key for key in around if key and may_lie_in(entity.key, key)), home)
        yield Relation(entity.key, "partOf", nearest, seen.evidence, "location.implied")
    if document.reports and entity.type in _COUNTED and belongs(document, entity, seen, code):
        region = opening_region(entity.name)
        # 东河市|安达公司 may be anywhere there
        citys = (
            entity.type == "Enterprise"
            and code is not None
            and region is not None
            and is_city(code)
            and (region == code or lies_in(code, region))
        )
        yield Relation(entity.key, "locatedIn", seen.within or (None if citys else seen.near) or home, seen.evidence, "location.implied")


def _by_name(document: LinkedDocument) -> Iterator[Relation]:
    """What is named after a district lies there, a firm where what holds the district is named too; the home's project stays the home's."""
    home = document.entities[document.home].code if document.home else None
    for item in document.sentences:
        for link in item.links:
            district = next((inner for inner in reversed(link.inner) if inner.mention.type == "District"), None)
            if district is None or link.mention.type not in ("Enterprise", "Organization", "Project", "Place"):
                continue
            code = document.entities[district.key].code
            if link.mention.type == "Organization" or not (document.reports and home and code and lies_in(home, code)):
                evidence = item.sentence.evidence(link.mention.begin, link.mention.end)
                nearest = _nearer(document, link.mention.name, district) or district.key
                yield Relation(link.key, "locatedIn", nearest, evidence, "name.district")


def _nearer(document: LinkedDocument, name: str, district: Link) -> str | None:
    """The division of the document in the one that a name begins with, whose name comes next: 安徽省|庐江|中学."""
    code, rest = document.entities[district.key].code, name.removeprefix(district.mention.name)
    inside = {e.code: e for e in document.entities.values() if code and e.code and e.code != code and lies_in(e.code, code)}
    near = {c: e for c, e in inside.items() if rest.startswith((divisions()[c].name, divisions()[c].short)) and rest != e.name}
    return next(iter(near.values())).key if len(near) == 1 else None


def _by_core(document: LinkedDocument, seen: dict[str, Seen], told: set[str]) -> Iterator[Relation]:
    """What a town or village of the document gave its name to lies there: 柳河小学 in 柳河村."""
    areas = {core: key for key, e in document.entities.items() if key in seen and key != document.home for core in _cores(e)}
    for key, entity in document.entities.items():
        if entity.type in _NAMED_AFTER and key in seen and key not in told and not owner_key(key):
            fits = [core for core in areas if entity.name.startswith(core) and len(entity.name) - len(core) > 1]
            if fits:
                yield Relation(key, "locatedIn", areas[max(fits, key=len)], seen[key].evidence, "location.core")


def _by_region(document: LinkedDocument, seen: dict[str, Seen], told: set[str], home: str | None) -> Iterator[Relation]:
    """What is named after a division that the document names lies there, if it is no street, nor a firm known by a short name only.

    The home's own report has its own word on what is named after the home or after what holds it; what is named after a part of the
    home that it does not name lies in the home.
    """
    known = {entity.code: key for key, entity in document.entities.items() if entity.code and key in seen}
    for key, entity in document.entities.items():
        if entity.type not in _SITED or key not in seen or key in told or owner_key(key) or entity.name.endswith(words("media")):
            continue
        region = opening_region(entity.name)
        firm = entity.type != "Enterprise" or is_legal(entity.name)
        if region is None:
            continue
        own = home is not None and (region == home or lies_in(home, region))
        part = home is not None and lies_in(region, home) and not seen[key].abroad
        place = known.get(region) or (document.home if part else None)
        if place and not own and (firm or part) and not is_street(entity.name):
            yield Relation(key, "locatedIn", place, seen[key].evidence, "location.region")


def _cores(district: Entity) -> Iterator[str]:
    """What sets the names of a town or village apart from others of its kind, where no common noun does: 柳河 of 柳河村."""
    for form in (district.name, *district.aliases) if district.type == "District" and not district.code else ():
        rest = placed(form, ())[1]
        class_word = max((word for word in words("settlement") if rest.endswith(word)), key=len, default="")
        core = rest.removesuffix(class_word)
        told = tokens(core)
        if class_word and len(core) > 1 and (len(told) > 1 or told[0].tag in PROPER):
            yield core


def _by_builder(document: LinkedDocument, told: set[str]) -> Iterator[Relation]:
    """A project in the district that a sentence has build it, where an economic text tells no nearer place."""
    if not tells_of_public_life(document.document.text):
        return
    for item in document.sentences:
        for link in item.links:
            sited = link.key in told or any(inner.mention.type == "District" for inner in link.inner)
            if link.mention.type != "Project" or link.anaphor or sited or not is_singular(document.entities[link.key]):
                continue
            builder = governing_body(document, item, link, "locatedIn")
            if builder is not None:
                begin, end = min(builder.mention.begin, link.mention.begin), link.mention.end
                yield Relation(link.key, "locatedIn", builder.key, item.sentence.evidence(begin, end), "programme_relation.builds")


def _by_code(document: LinkedDocument, seen: dict[str, Seen]) -> Iterator[Relation]:
    """Each division in the nearest division above it that the document names; each zone in the one its name begins with."""
    known = {entity.code: key for key, entity in document.entities.items() if entity.code and key in seen}
    for key, entity in document.entities.items():
        if entity.type != "District" or key not in seen:
            continue
        above = ancestors(entity.code) if entity.code else _holders(entity, tuple(known))
        for division in above:
            if division.code in known:
                yield Relation(key, "partOf", known[division.code], _together(document, key, known[division.code], seen), "location.code")
                break


def _holders(entity: Entity, codes: tuple[str, ...]) -> tuple[Division, ...]:
    division = holder(entity.name, codes)
    return (division, *ancestors(division.code)) if division else ()


def _by_surroundings(document: LinkedDocument, seen: dict[str, Seen], code: str | None) -> Iterator[Relation]:
    """The home that has no code itself in the division that it lies in."""
    home = document.home or ""
    above = next((key for key, entity in document.entities.items() if entity.code == code and key in seen), None) if code else None
    if above and home in seen and not document.entities[home].code and may_lie_in(home, above):
        yield Relation(home, "partOf", above, _together(document, home, above, seen), "location.surroundings")


def _by_opening(document: LinkedDocument, seen: dict[str, Seen], told: set[str]) -> Iterator[Relation]:
    """Each town, village or zone in the nearest district of the document whose name its own begins with: 门头沟|雁翅镇."""
    districts = [entity for entity in document.entities.values() if entity.type == "District" and entity.key in seen]
    forms = {form: entity.key for entity in districts for form in _called(entity)}
    for entity in districts:
        if entity.code or entity.key in told:
            continue
        ending = max((w for table in ("settlement", "park") for w in words(table) if entity.name.endswith(w)), key=len, default="")
        proper = entity.name.removesuffix(ending) if ending else ""
        sizes = range(len(proper) - 2, 1, -1) if not proper.endswith(words("road_noun")) else ()
        above = next((forms[proper[:size]] for size in sizes if proper[:size] in forms), None)
        if above and may_lie_in(entity.key, above):
            yield Relation(entity.key, "partOf", above, _together(document, entity.key, above, seen), "location.opening")


def _called(district: Entity) -> Iterator[str]:
    """The names of a district, the short one included."""
    yield from (form for form in (district.name, *district.aliases) if len(form) > 1)
    if district.code:
        yield divisions()[district.code].short


def _together(document: LinkedDocument, one: str, other: str, seen: dict[str, Seen]) -> Evidence:
    """The first sentence that names both; failing that, the first mention of the one."""
    for item in document.sentences:
        both = [x for link in item.links if not link.anaphor for x in (link, *link.inner) if x.key in (one, other)]
        if len({link.key for link in both}) == 2:
            return item.sentence.evidence(min(x.mention.begin for x in both), max(x.mention.end for x in both))
    return seen[one].evidence
