"""Occurrences: a thing as one document has it, and what there is about it that may tell it from its namesakes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.facts.entity import Entity, Sighting
from kg.facts.relation import Relation
from kg.identity.scope import chain, city
from kg.language.gazetteer import is_place
from kg.language.lexicon import rows, words, wordset
from kg.language.rules import pattern
from kg.names import corporate
from kg.names.decision import Reason
from kg.names.district import holder
from kg.names.organ import owner_key

_NATIONWIDE = ("programme", "nationwide_programme", "doctrine", "strategy")
"""Tables of programmes that are the whole country's."""
_UNIQUE = 12
"""A programme's name of this many characters, such as a document's title, is hardly borne by two."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One thing of one document. Keys in it are shared ones wherever the things they mean are known already."""

    document: str
    source: str
    """Where the document came from."""
    entity: Entity
    home: str | None
    """Key of the district that the document is about."""
    given: bool
    """Whether somebody said so, and not the document's own words."""
    year: str
    """Year of publication; empty where unknown."""
    places: tuple[str, ...]
    """Keys of the districts that the document puts it in."""
    owners: tuple[str, ...]
    """Keys of those who issue or undertake it."""
    parts: tuple[str, ...]
    """Names of what it consists of."""
    wholes: tuple[str, ...]
    """Names of what it is a part of."""
    posts: tuple[tuple[str, str], ...]
    """Key of the body and name of the post, for each post that a person has."""
    different: tuple[str, ...]
    """Keys of the things that the document tells it from: what it is a subsidiary, a partner or a supplier of."""
    sightings: tuple[Sighting, ...]

    @property
    def stem(self) -> str:
        """The name as its key has it: what all its variants share."""
        return self.entity.key.removeprefix(f"{self.entity.type}/")

    @property
    def forms(self) -> tuple[str, ...]:
        """Every name of it, the fullest first."""
        return (self.entity.name, *self.entity.aliases)

    @property
    def scopes(self) -> tuple[str, ...]:
        """Where it is: where the document puts it, else where the document is about."""
        return self.places or ((self.home,) if self.home else ())


class Source(NamedTuple):
    """What occurrences are made of: one document's things and relations, in the document's own keys."""

    document: str
    source: str
    home: str | None
    given: bool
    year: str
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    sightings: tuple[Sighting, ...]


_APART = frozenset({"subsidiaryOf", "partnersWith", "supplies"})


def occurrences(source: Source, keys: Mapping[str, str], types: frozenset[str]) -> Iterator[Occurrence]:
    """The document's things of ``types``; ``keys`` gives the shared keys of things that are known already."""
    about: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for relation in source.relations:
        other = relation.object if relation.literal else keys.get(relation.object, relation.object)
        about[relation.subject].append((relation.predicate, other, relation.role or ""))
        about[relation.object].append((f"^{relation.predicate}", keys.get(relation.subject, relation.subject), ""))
    seen: defaultdict[str, list[Sighting]] = defaultdict(list)
    for sighting in source.sightings:
        seen[sighting.key].append(sighting)
    home = keys.get(source.home, source.home) if source.home else None
    for entity in source.entities:
        if entity.type in types:
            told = about[entity.key]
            yield Occurrence(
                source.document,
                source.source,
                entity,
                home,
                source.given,
                source.year,
                places=_objects(told, "partOf", "locatedIn", kind="District/"),
                owners=_objects(told, "issuedBy", "^undertakes"),
                parts=tuple(part.partition("/")[2] for part in _objects(told, "hasPart")),
                wholes=tuple(whole.partition("/")[2] for whole in _objects(told, "^hasPart")),
                posts=tuple(sorted({(body, role) for predicate, body, role in told if predicate == "holdsPosition"})),
                different=_objects(told, *_APART, *(f"^{name}" for name in _APART)),
                sightings=tuple(seen[entity.key]),
            )


def _objects(told: list[tuple[str, str, str]], *predicates: str, kind: str = "") -> tuple[str, ...]:
    return tuple(sorted({other for predicate, other, _ in told if predicate in predicates and other.startswith(kind)}))


# --- features ---------------------------------------------------------------------------------------------------------


class Feature(NamedTuple):
    """What two occurrences must have in common to be one thing: a name, and whatever tells it from its namesakes."""

    reason: Reason
    name: str
    value: str
    """What tells it; empty where the name alone does."""


def features(occurrence: Occurrence) -> tuple[Feature, ...]:
    """The features of an occurrence, never none; to share one of them is to be the same."""
    found = tuple(_FEATURES[occurrence.entity.type](occurrence))
    return found or (Feature(Reason.DOCUMENT, occurrence.stem, occurrence.document),)


def _placed(occurrence: Occurrence, stem: str) -> Iterator[Feature]:
    for place in occurrence.scopes:
        yield Feature(Reason.PLACE, stem, place)


def _district(o: Occurrence) -> Iterator[Feature]:
    core, _, kind = o.stem.rpartition("_")
    if o.entity.code:
        yield Feature(Reason.CODE, o.stem, "")
    elif core and holder(core + kind, ()):
        yield Feature(Reason.ZONE, o.stem, "")
    elif elsewhere := [scope for scope in o.scopes if scope != o.entity.key]:
        yield from (Feature(Reason.PLACE, o.stem, place) for place in elsewhere)
    elif o.given or not pattern("identity", "small-district").search(o.stem):
        yield Feature(Reason.NAME, o.stem, "")


def _industry(o: Occurrence) -> Iterator[Feature]:
    yield Feature(Reason.NAME, o.stem, "")


def _enterprise(o: Occurrence) -> Iterator[Feature]:
    firm = corporate.known(o.entity.name) or corporate.known(o.stem)
    if firm:
        yield Feature(Reason.KNOWN, corporate.bare(firm), "")
    if any(map(corporate.is_legal, o.forms)) or corporate.is_telling(o.stem):
        yield Feature(Reason.NAME, o.stem, "")
    yield from (Feature(Reason.PLACE, o.stem, place) for place in sorted({city(scope) for scope in o.scopes}))


class _Body(NamedTuple):
    word: str
    full: str
    ambiguous: str


@cache
def _bodies() -> dict[str, str]:
    found = {row.word: row.full or row.word for row in rows("organization", _Body)}
    return {full: full for full in found.values()} | found


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(row.word for row in rows("organization", _Body) if row.ambiguous)


def body(name: str) -> str | None:
    """The full name of a body known all over the country by any name of it in the table; None for others."""
    return _bodies().get(name)


def _known_body(o: Occurrence) -> str | None:
    """The full name of the body all over the country that it is.

    No district owns 国家税务总局, though its report may name it bare; but 省国资委 is its own, and so is what its report calls 人大.
    """
    office = o.stem.rpartition("_")[2]
    if not owner_key(o.entity.key):
        return next(filter(None, map(body, (office, *o.forms))), None)
    full = body(office)
    bare = not {office, full}.isdisjoint(o.forms) and office not in _ambiguous()
    return full if bare or office.startswith((*words("national"), *words("state"))) else None


def _organization(o: Occurrence) -> Iterator[Feature]:
    office = o.stem.rpartition("_")[2]
    if full := _known_body(o):
        yield Feature(Reason.KNOWN, full, "")
    elif pattern("identity", "nationwide-body").search(office):
        yield Feature(Reason.NAME, office, "")
    elif owner_key(o.entity.key):
        yield Feature(Reason.ORGAN, o.stem, "")
    elif _is_singular(o.stem):
        yield Feature(Reason.NAME, o.stem, "")
    else:
        yield from _placed(o, o.stem)


def _is_singular(name: str) -> bool:
    """Whether a body without an owner has no namesake: the country's, one named after its place, a university."""
    placed = any(is_place(name[:size]) for size in range(2, len(name)))
    wide = name.startswith((*words("national"), *words("state"), *words("country")))
    return wide or placed or pattern("identity", "singular-body").search(name) is not None


def _place(o: Occurrence) -> Iterator[Feature]:
    if o.stem in wordset("landmark") or pattern("identity", "nationwide-site").search(o.stem):
        yield Feature(Reason.NAME, o.stem, "")
    else:
        yield from _placed(o, o.stem)


def _event(o: Occurrence) -> Iterator[Feature]:
    if o.stem in wordset("event_generic"):
        return  # every place has a 新闻发布会, and another one tomorrow
    if pattern("identity", "nationwide-event").search(o.stem):
        yield Feature(Reason.NAME, o.stem, "")
        return
    numbered = pattern("identity", "counted-event").search(o.stem)
    for place in o.scopes:
        yield Feature(Reason.PLACE, o.stem, place if numbered else f"{place} {o.year}".rstrip())


def is_mere_count(name: str) -> bool:
    """Whether a programme's name only counts its parts: every district has some 三大工程."""
    return bool(pattern("identity", "mere-count").search(name))


def is_nationwide_rule(name: str) -> bool:
    """Whether a programme's name is the title of a rule of the whole country, which every district may go by."""
    return bool(pattern("identity", "nationwide-rule").search(name))


def owners(o: Occurrence) -> tuple[str, ...]:
    """The widest of the districts whose programme it is, an organ standing for its district; else the bodies."""
    districts = {owner_key(owner) or owner for owner in o.owners}
    placed = sorted((d for d in districts if d.startswith("District/")), key=lambda d: (len(chain(d)), d))
    return tuple(placed[:1]) or tuple(sorted(districts))


def readings(name: str) -> tuple[str, ...]:
    """The names that a programme's stands for: 万人驻（助）万企 both of its readings; a list of slogans is the same in any order."""
    found = {name}
    for match in pattern("identity", "bracketed").finditer(name):
        short, long = (name[: match.start() - cut] + match[1] + name[match.end() :] for cut in (len(match[1]), 0))
        found |= {short, long, name[: match.start()] + name[match.end() :]}
    return tuple(sorted("、".join(sorted(reading.split("、"))) for reading in found))


def _programme(o: Occurrence) -> Iterator[Feature]:
    return (feature for name in readings(o.stem) for feature in _programme_named(o, name))


def _programme_named(o: Occurrence, name: str) -> Iterator[Feature]:
    if is_mere_count(name) and o.parts:
        yield from (Feature(Reason.PARTS, name, part) for part in o.parts)
    elif any(name in wordset(table) for table in _NATIONWIDE) or is_nationwide_rule(name) or len(name) >= _UNIQUE:
        yield Feature(Reason.NAME, name, "")
    elif owners(o):
        yield from (Feature(Reason.OWNER, name, owner) for owner in owners(o))
    elif not is_mere_count(name):
        yield from _placed(o, name)


def _project(o: Occurrence) -> Iterator[Feature]:
    park = pattern("identity", "park").fullmatch(o.stem)  # 产业基地 and 产业园 are two words for one
    for name in (o.stem, f"{park['core']}{park['phase']}") if park else (o.stem,):
        if o.owners:
            yield from (Feature(Reason.OWNER, name, owner) for owner in o.owners)
        else:
            yield from _placed(o, name)


def is_nobody(name: str) -> bool:
    """Whether a person's name hides who it is: 王女士, 李某."""
    return bool(pattern("identity", "nobody").search(name))


def _person(o: Occurrence) -> Iterator[Feature]:
    if is_nobody(o.stem):
        return
    if o.stem in wordset("statesman") or pattern("identity", "transcribed").search(o.stem):
        yield Feature(Reason.NAME, o.stem, "")
    for body, role in o.posts:
        yield Feature(Reason.BODY, o.stem, body)
        district = owner_key(body) or body
        if district.startswith("District/"):
            yield Feature(Reason.POST, o.stem, f"{district} {role}")
    if not o.posts:
        yield from _placed(o, o.stem)


_FEATURES = {
    "District": _district,
    "Industry": _industry,
    "Enterprise": _enterprise,
    "Organization": _organization,
    "Place": _place,
    "Event": _event,
    "Programme": _programme,
    "Project": _project,
    "Person": _person,
}
