"""Identity: what several documents call by the same name, and when that is the same thing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.corporate import short_for
from kg.coverage import Firing
from kg.document import Document
from kg.entity import Entity, Sighting
from kg.figure import Figure
from kg.graph import Facts
from kg.organ import owner_key
from kg.relation import Relation

# Classes whose names are told apart by the district that the document is about: every city has its 市委.
_LOCAL = frozenset({"Organization", "Project", "Programme", "Place", "Event"})


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document says, in terms of its own entities."""

    document: Document
    home: str | None
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    figures: tuple[Figure, ...]
    firing: Firing
    sightings: tuple[Sighting, ...]


def unify(extractions: Iterable[Extraction]) -> Facts:
    """The facts of all documents in terms of shared entities, in an order that depends on their content alone."""
    ordered = sorted(extractions, key=lambda e: e.document.id)
    keys = _shared_keys(ordered)
    entities: defaultdict[str, list[Entity]] = defaultdict(list)
    relations: set[Relation] = set()
    figures: list[Figure] = []
    for number, extraction in enumerate(ordered):
        renamed = keys[number]
        for entity in extraction.entities:
            entities[renamed[entity.key]].append(entity)
        relations |= {_rename(relation, renamed) for relation in extraction.relations}
        figures += _stated_once(replace(figure, about=renamed[figure.about]) for figure in extraction.figures)
    return Facts(
        tuple(extraction.document for extraction in ordered),
        tuple(_merged(key, entities[key]) for key in sorted(entities)),
        tuple(sorted(relations, key=lambda r: (r.subject, r.predicate, r.object, r.evidence, r.rule, r.role or ""))),
        tuple(sorted(figures, key=repr)),
    )


def _stated_once(figures: Iterable[Figure]) -> list[Figure]:
    """One figure for each content, with all the places of one document that state it."""
    groups: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for f in figures:
        groups[f.about, f.indicator, f.value, f.unit, f.bound, f.measure, f.status, f.period, f.scope].append(f)
    return [_combined(sorted(group, key=lambda f: (f.evidence, f.rule))) for group in groups.values()]


def _combined(group: Sequence[Figure]) -> Figure:
    first = group[0]
    level = next((figure.level for figure in group if figure.level), None)
    further = dict.fromkeys(figure.evidence for figure in group if figure.evidence != first.evidence)
    return replace(first, level=level, further=tuple(further))


def _rename(relation: Relation, keys: Mapping[str, str]) -> Relation:
    object = relation.object if relation.literal else keys[relation.object]
    return replace(relation, subject=keys[relation.subject], object=object)


def _shared_keys(extractions: Sequence[Extraction]) -> list[dict[str, str]]:
    """For each document, the shared key of each of its entities."""
    keys = [{entity.key: _scoped(entity, extraction.home) for entity in extraction.entities} for extraction in extractions]
    joined = _joined_enterprises(extractions)
    for number, extraction in enumerate(extractions):
        for entity in extraction.entities:
            if entity.type == "Enterprise":
                keys[number][entity.key] = joined[extraction.home, entity.key]
    return keys


def _scoped(entity: Entity, home: str | None) -> str:
    if entity.type not in _LOCAL or home is None or owner_key(entity.key):
        return entity.key
    return f"{entity.type}/{home.removeprefix('District/')}_{entity.key.removeprefix(f'{entity.type}/')}"


def _joined_enterprises(extractions: Sequence[Extraction]) -> dict[tuple[str | None, str], str]:
    """Enterprises of documents about the same district: a short form goes with the one full name that it fits."""
    by_home: defaultdict[str | None, set[str]] = defaultdict(set)
    for extraction in extractions:
        by_home[extraction.home] |= {entity.key for entity in extraction.entities if entity.type == "Enterprise"}
    joined: dict[tuple[str | None, str], str] = {}
    for home, keys in by_home.items():
        for key in sorted(keys, key=lambda k: (-len(k), k)):
            short = key.removeprefix("Enterprise/")
            fits = {joined[home, full] for full in keys if short_for(short, full.removeprefix("Enterprise/"))}
            joined[home, key] = fits.pop() if len(fits) == 1 else key
    return joined


def _merged(key: str, entities: Sequence[Entity]) -> Entity:
    """One entity with every name of all; the fullest name comes first."""
    forms = sorted({form for entity in entities for form in (entity.name, *entity.aliases)}, key=lambda form: (-len(form), form))
    first = entities[0]
    return Entity(key, first.type, forms[0], tuple(sorted(forms[1:])), first.subtype, first.code)
