"""Where things are: districts in districts, and enterprises, bodies, projects and places in the district a report is about.

A district's own report counts what it names as its own unless it says otherwise; that is an implied location, and yields
to any that a sentence states.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.facts.entity import Entity, Link, LinkedDocument, LinkedSentence
from kg.facts.programme_relation import governing_body
from kg.facts.relation import Relation
from kg.language.gazetteer import Division, divisions, is_city, is_place, lies_in, named
from kg.language.lexicon import words, wordset
from kg.language.rules import pattern
from kg.language.words import tokens
from kg.names.corporate import is_legal
from kg.names.district import Tier, ancestors, holder, is_plausible, may_lie_in, placed, tier
from kg.names.organ import owner_key
from kg.text.genre import tells_of_public_life
from kg.text.sentence import Evidence, Kind

_LEXICAL = frozenset({"lexicon.enterprise", "lexicon.organization", "document.again"})
_PROPER = frozenset({"x", "nz", "nr", "nrt", "nrfg", "ns", "nt", "eng"})
"""Parts of speech of names, and of words that no dictionary knows."""
_SITED = frozenset({"Enterprise", "Organization", "Project", "Place"})
_NAMED_AFTER = _SITED - {"Enterprise"}
"""Classes of things that lie where their names say; a firm may bear the name of the town that it has left."""


def locations(document: LinkedDocument, stated: tuple[Relation, ...]) -> tuple[Relation, ...]:
    """partOf and locatedIn that follow from names, codes and the document's home, where ``stated`` has nothing nearer."""
    code = _home_code(document)
    seen = _seen(document, code)
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
    """The committees and governments that a text names in posts only (县委书记): it says nothing of where they sit."""
    bodies = {r.object for r in stated if r.predicate == "holdsPosition"}
    acting = {key for r in stated if r.predicate != "holdsPosition" for key in (r.subject, r.object)}
    ruling = words("committee") + words("government")
    return {key for key in bodies - acting if key.startswith("Organization/") and document.entities[key].name.endswith(ruling)}


def _by_home(
    document: LinkedDocument, home: str, seen: dict[str, "_Seen"], code: str | None, known: tuple[Relation, ...]
) -> Iterator[Relation]:
    """What holds the home, and what it holds of what the text names without saying where it is."""
    held = {r.subject for r in known if r.predicate in ("locatedIn", "partOf")}
    if home not in held:
        yield from _by_surroundings(document, seen, code)
    held |= {r.object for r in known if r.subject == home and r.predicate == "partOf"}
    spoken_of = {key for r in known if r.predicate in ("undertakes", "projectStatus") for key in (r.subject, r.object)}
    for key, entity in document.entities.items():
        if key in seen and key not in held and key != home and (key in spoken_of or _is_singular(entity)):
            yield from _implied(document, home, entity, seen[key], code)


def _located(relations: tuple[Relation, ...]) -> set[str]:
    return {r.subject for r in relations if r.predicate == "locatedIn"}


def _implied(document: LinkedDocument, home: str, entity: Entity, seen: "_Seen", code: str | None) -> Iterator[Relation]:
    """What the home holds of itself: in its own report all that belongs to it, in any text on it the towns, villages and zones."""
    owner = owner_key(entity.key)
    if owner and document.reports:
        if owner == home:
            yield Relation(entity.key, "locatedIn", owner, seen.evidence, "location.owner")
        return
    wide = tier(home) is not Tier.VILLAGE if document.reports else tier(home) is Tier.COUNTY or is_city(home.removeprefix("District/"))
    inside = entity.type == "District" and not entity.code and wide and not seen.abroad and may_lie_in(entity.key, home)
    if inside and is_plausible(entity.name) and _is_inside(document, entity):
        yield Relation(entity.key, "partOf", home, seen.evidence, "location.implied")
    if document.reports and entity.type in _SITED and _belongs(document, entity, seen, code):
        yield Relation(entity.key, "locatedIn", seen.within or home, seen.evidence, "location.implied")


@dataclass(frozen=True, slots=True)
class _Seen:
    """How a document first names a thing, and what found it anywhere."""

    evidence: Evidence
    # A sentence that first names it with a district which neither holds the home nor lies in it tells of that one: 东河区的安达公司;
    # one that names it among those who send their people tells of guests.
    abroad: bool
    rules: frozenset[str]
    pictured: bool
    """Whether a caption names it: a report shows what is its own."""
    within: str | None
    """The town or zone that the part of the sentence begins with in which it is first named: 青溪镇聚焦…"""


def _seen(document: LinkedDocument, home: str | None) -> dict[str, _Seen]:
    found: dict[str, _Seen] = {}
    for item in document.sentences:
        for link in (link for outer in item.links if not outer.anaphor for link in (outer, *outer.inner)):
            first = found.get(link.key)
            away = first.abroad if first else _is_elsewhere(document, item, link, home)
            evidence = first.evidence if first else item.sentence.evidence(link.mention.begin, link.mention.end)
            rules = (first.rules if first else frozenset()) | {link.mention.rule}
            pictured = (first.pictured if first else False) or item.sentence.kind is Kind.CAPTION
            within = first.within if first else _within(document, item, link)
            found[link.key] = _Seen(evidence, away, rules, pictured, within)
    return found


def _is_elsewhere(document: LinkedDocument, item: LinkedSentence, link: Link, home: str | None) -> bool:
    """Whether the sentence shows that the thing is not in the home, or not in it alone."""
    return _is_abroad(document, item, link, home) or _is_guest(item.sentence.text, link) or _is_around(item, link)


def _is_guest(text: str, link: Link) -> bool:
    """Whether the thing is named among those who have come or sent their people, or as who ranks places far and wide."""
    behind = (pattern("location_subject", name).match(text, link.mention.end) for name in ("guests", "ranker"))
    return any(behind) or pattern("location_subject", "from").search(text, 0, link.mention.begin) is not None


def _is_around(item: LinkedSentence, link: Link) -> bool:
    """Whether the thing is a site in which a district lies: 东河县地处|太行峡谷|腹地."""
    if link.mention.type not in ("Place", "Project"):
        return False
    if not pattern("location_subject", "around").search(item.sentence.text[: link.mention.begin]):
        return False
    before = [other for other in item.links if other.mention.end <= link.mention.begin]
    return bool(before) and before[-1].mention.type == "District"


def _within(document: LinkedDocument, item: LinkedSentence, link: Link) -> str | None:
    """The district in the home whose doings the part of the sentence up to ``link`` tells: a town, street or zone, or one with a code."""
    begin = item.sentence.text.rfind("；", 0, link.mention.begin) + 1
    opening = pattern("location_subject", "opening").match(item.sentence.text, begin)
    at, told = opening.end() if opening else begin, None
    for other in item.links:
        if other.mention.begin == at and other is not link and other.mention.type == "District" and not other.anaphor:
            at, told = other.mention.end, other.key
    alone = item.sentence.text[at : at + 1] not in wordset("list_mark")
    return told if told and alone and told != document.home and _is_below(document, told) else None


def _is_below(document: LinkedDocument, district: str) -> bool:
    """Whether a district may lie in the home: one without a code, or with one of a part of it."""
    code, home = document.entities[district].code, document.entities[document.home].code if document.home else None
    return not code or (home is not None and lies_in(code, home) and code != home)


def _is_abroad(document: LinkedDocument, item: LinkedSentence, link: Link, home: str | None) -> bool:
    """Whether the district named last before a thing, or else one behind it, neither holds the home nor lies in it."""
    if home is None:
        return False
    near = [(x.mention.begin, x.key) for outer in item.links for x in (outer, *outer.inner) if x.mention.type == "District"]
    codes = [(begin, code) for begin, key in near if (code := document.entities[key].code)]
    before = [code for begin, code in codes if begin < link.mention.begin]
    told = before[-1:] or [code for _, code in codes]
    return any(code != home and not lies_in(code, home) and not lies_in(home, code) for code in told)


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


def _by_core(document: LinkedDocument, seen: dict[str, _Seen], told: set[str]) -> Iterator[Relation]:
    """What a town or village of the document gave its name to lies there: 柳河小学 in 柳河村."""
    areas = {core: key for key, e in document.entities.items() if key in seen and key != document.home for core in _cores(e)}
    for key, entity in document.entities.items():
        if entity.type in _NAMED_AFTER and key in seen and key not in told and not owner_key(key):
            fits = [core for core in areas if entity.name.startswith(core) and len(entity.name) - len(core) > 1]
            if fits:
                yield Relation(key, "locatedIn", areas[max(fits, key=len)], seen[key].evidence, "location.core")


def _by_region(document: LinkedDocument, seen: dict[str, _Seen], told: set[str], home: str | None) -> Iterator[Relation]:
    """What is named after a division that the document names lies there, if it is no street, nor a firm known by a short name only.

    The home's own report has its own word on what is named after the home or after what holds it.
    """
    known = {entity.code: key for key, entity in document.entities.items() if entity.code and key in seen}
    for key, entity in document.entities.items():
        if entity.type not in _SITED or key not in seen or key in told or owner_key(key) or entity.name.endswith(words("media")):
            continue
        region = _region(entity.name)
        own = home is not None and region is not None and (region == home or lies_in(home, region))
        firm = entity.type != "Enterprise" or is_legal(entity.name)
        if region in known and not own and firm and not pattern("location_subject", "street").search(entity.name):
            yield Relation(key, "locatedIn", known[region], seen[key].evidence, "location.region")


def _cores(district: Entity) -> Iterator[str]:
    """What sets the names of a town or village apart from others of its kind, where no common noun does: 柳河 of 柳河村."""
    for form in (district.name, *district.aliases) if district.type == "District" and not district.code else ():
        rest = placed(form, ())[1]
        class_word = max((word for word in words("settlement") if rest.endswith(word)), key=len, default="")
        core = rest.removesuffix(class_word)
        told = tokens(core)
        if class_word and len(core) > 1 and (len(told) > 1 or told[0].tag in _PROPER):
            yield core


def _by_builder(document: LinkedDocument, told: set[str]) -> Iterator[Relation]:
    """A project in the district that a sentence has build it, where an economic text tells no nearer place."""
    if not tells_of_public_life(document.document.text):
        return
    for item in document.sentences:
        for link in item.links:
            sited = link.key in told or any(inner.mention.type == "District" for inner in link.inner)
            if link.mention.type != "Project" or link.anaphor or sited or not _is_singular(document.entities[link.key]):
                continue
            builder = governing_body(document, item, link, "locatedIn")
            if builder is not None:
                begin, end = min(builder.mention.begin, link.mention.begin), link.mention.end
                yield Relation(link.key, "locatedIn", builder.key, item.sentence.evidence(begin, end), "programme_relation.builds")


def _by_code(document: LinkedDocument, seen: dict[str, _Seen]) -> Iterator[Relation]:
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


def _by_surroundings(document: LinkedDocument, seen: dict[str, _Seen], code: str | None) -> Iterator[Relation]:
    """The home that has no code itself in the division that it lies in."""
    home = document.home or ""
    above = next((key for key, entity in document.entities.items() if entity.code == code and key in seen), None) if code else None
    if above and home in seen and not document.entities[home].code and may_lie_in(home, above):
        yield Relation(home, "partOf", above, _together(document, home, above, seen), "location.surroundings")


def _by_opening(document: LinkedDocument, seen: dict[str, _Seen], told: set[str]) -> Iterator[Relation]:
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


def _together(document: LinkedDocument, one: str, other: str, seen: dict[str, _Seen]) -> Evidence:
    """The first sentence that names both; failing that, the first mention of the one."""
    for item in document.sentences:
        both = [x for link in item.links if not link.anaphor for x in (link, *link.inner) if x.key in (one, other)]
        if len({link.key for link in both}) == 2:
            return item.sentence.evidence(min(x.mention.begin for x in both), max(x.mention.end for x in both))
    return seen[one].evidence


def _is_inside(document: LinkedDocument, entity: Entity) -> bool:
    """Whether a zone, town or village without a code plausibly lies in the document's home."""
    region = _region(entity.name)
    home = document.entities[document.home] if document.home else None
    if region is None or home is None or not home.code:
        return region is None
    return region == home.code or (
        lies_in(home.code, region) and divisions()[region].level != "province"
    )  # 海南自由贸易港 is the province's


def _region(name: str) -> str | None:
    """Code of the division that a name begins with."""
    for size in range(min(len(name) - 1, 8), 1, -1):
        if name[size:] in wordset("settlement"):  # 东河乡 is not of 东河
            continue
        options = [d for d in named(name[:size]) if d.level != "county" or d.name == name[:size]]  # 复兴公园 is not of 复兴区
        if options:
            return options[0].code if len(options) == 1 else None
    return None


def _belongs(document: LinkedDocument, entity: Entity, seen: _Seen, home: str | None) -> bool:
    """Whether a district's report counts the thing as its own: not where its name points elsewhere, nor a mere well-known name."""
    body = entity.type in ("Enterprise", "Organization")
    if seen.abroad or is_place(entity.name) or entity.name.startswith(words("country")):
        return False
    if body and not seen.pictured and (seen.rules <= _LEXICAL or _is_national(entity.name)):
        return False
    if entity.name.endswith(words("media")) or (entity.type == "Organization" and entity.name[0] in wordset("level")):
        return False  # 区委 in a city's report is of one of its districts, which is not told
    if _is_neighbours(entity.name, home):
        return False
    region, level = _region(entity.name), _level(document)
    if level == "province" and not seen.within:
        return False  # too wide a home to be where a thing is
    small = tier(document.home or "") in (Tier.TOWNSHIP, Tier.VILLAGE)
    if entity.type == "Place" and small and region is not None and home is not None and lies_in(home, region):
        return False  # named after what holds a town, it may be anywhere there: 上海植物园
    if not body:  # 哈尔滨大街 may be any town's, but 区图书馆 is of a level
        first = tokens(entity.name)[0].text
        return first not in wordset("level") or first == _holder_level(document)
    if region is None:  # a city's report names firms of anywhere, that of a county, zone or town its own
        return level != "prefecture"
    return home is not None and (region == home or lies_in(region, home) or (level != "prefecture" and lies_in(home, region)))


def _is_singular(entity: Entity) -> bool:
    """Whether the name of a project holds a proper noun or a number, or is a park's: 民生项目 may be any."""
    names = (entity.name, *entity.aliases)
    if entity.type != "Project" or any(name.endswith(words("park")) for name in names):
        return True
    return any(token.tag in _PROPER or token.text.isdecimal() for name in names for token in tokens(name))


def _is_neighbours(name: str, home: str | None) -> bool:
    """Whether a name begins with that of another district of the same city or prefecture."""
    if home not in divisions():
        return False
    around = (d for size in range(2, min(len(name), 8)) for d in named(name[:size]) if d.parent == divisions()[home].parent)
    return any(division.code != home for division in around)


def _is_national(name: str) -> bool:
    return name.startswith(words("national")) or (name.startswith(words("state")) and name.endswith(words("office")))


def _level(document: LinkedDocument) -> str | None:
    """Level of the home; None for a zone, town or village. A province that is a city, 重庆市, is no wider than a prefecture."""
    code = document.entities[document.home].code if document.home else None
    return None if not code else "prefecture" if is_city(code) else divisions()[code].level


def _holder_level(document: LinkedDocument) -> str | None:
    """The class character of the home's name: 区, 县, 镇; None without a home or where it has none."""
    last = document.entities[document.home].name[-1] if document.home else ""
    return last if last in wordset("level") else None


def _home_code(document: LinkedDocument) -> str | None:
    """Code of the home; of a zone, town or village that of the division its name begins with, or else that the document is about."""
    home = document.entities[document.home] if document.home else None
    return (home.code or _region(home.name) or _surroundings(document)) if home else None


def _surroundings(document: LinkedDocument) -> str | None:
    """Code of the one division that a document names, but for those that hold it."""
    codes = {entity.code for entity in document.entities.values() if entity.code}
    lowest = max(codes, key=lambda code: (len(ancestors(code)), code), default=None)
    return lowest if lowest and all(code == lowest or lies_in(lowest, code) for code in codes) else None
