"""Identity: what several documents say, told in terms of the things that they share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.coverage import Firing
from kg.facts.entity import Entity, Sighting
from kg.facts.figure import Figure
from kg.facts.knowledge import Facts
from kg.facts.relation import Relation
from kg.identity.alias import NO_RULINGS, Name, Rulings
from kg.identity.fit import fits
from kg.identity.occurrence import Occurrence, Source, occurrences
from kg.identity.resolution import Attached, attached, grouped
from kg.identity.verdict import decisions
from kg.names.decision import Decision
from kg.text.document import Document
from kg.text.sentence import Evidence

STAGES = (
    frozenset({"District"}),
    frozenset({"Industry", "Enterprise", "Organization", "Place", "Event"}),
    frozenset({"Programme", "Project", "Person"}),
)
"""Classes in the order in which they are resolved: a person is told by body, a body by district."""


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


def unify(extractions: Iterable[Extraction], rulings: Rulings = NO_RULINGS) -> Facts:
    """The facts of all documents in terms of shared entities, in an order that depends on their content alone.

    ``rulings`` are the user's word on which names mean the same, which overrules every rule.
    """
    ordered = sorted((parted(extraction, rulings) for extraction in extractions), key=lambda e: e.document.id)
    identity = identify(ordered, rulings)
    entities: defaultdict[str, list[Entity]] = defaultdict(list)
    relations: set[Relation] = set()
    figures: list[Figure] = []
    for extraction in ordered:
        own = renamed(extraction, identity.keys[extraction.document.id])
        for entity in own.entities:
            entities[entity.key].append(entity)
        relations.update(own.relations)
        figures += own.figures
    return Facts(
        tuple(extraction.document for extraction in ordered),
        tuple(merged(entities[key]) for key in sorted(entities)),
        tuple(sorted(relations, key=_order)),
        tuple(sorted(figures, key=repr)),
        identity.decisions,
    )


def renamed(extraction: Extraction, keys: Mapping[str, str]) -> Extraction:
    """Its entities, relations and figures in shared keys: ``keys`` has one for each of its own."""
    relations = (_rename(relation, keys) for relation in extraction.relations)
    return replace(
        extraction,
        entities=tuple(replace(entity, key=keys[entity.key]) for entity in extraction.entities),
        relations=tuple(filter(_is_between_two, relations)),
        figures=tuple(_stated_once(replace(figure, about=keys[figure.about]) for figure in extraction.figures)),
    )


def merged(entities: Sequence[Entity]) -> Entity:
    """One entity with every name of all, those of one key in the order of their documents; the fullest name comes first."""
    forms = sorted({form for entity in entities for form in (entity.name, *entity.aliases)}, key=lambda form: (-len(form), form))
    return replace(entities[0], name=forms[0], aliases=tuple(sorted(forms[1:])))


def _order(r: Relation) -> tuple[object, ...]:
    return r.subject, r.predicate, r.object, r.evidence, r.rule, r.role or ""


def _is_between_two(relation: Relation) -> bool:
    """Whether the relation still has two ends: what turned out to be one thing is no part or partner of itself."""
    return relation.literal or relation.subject != relation.object


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


# --- the user's word ---------------------------------------------------------------------------------------------------


def unmet(extractions: Iterable[Extraction], rulings: Rulings) -> tuple[Name, ...]:
    """The names in the rulings that no document has, sorted."""
    found = {(form, e.document.source) for e in extractions for entity in e.entities for form in (entity.name, *entity.aliases)}
    return tuple(name for name in rulings.names if not any(name.means((form,), source) for form, source in found))


def parted(extraction: Extraction, rulings: Rulings) -> Extraction:
    """The extraction with a thing of its own for each name that the user says means another than the document takes it for.

    What is said of the thing goes with the name that stands in the words that say it, and stays with the fullest where none does.
    """
    for names in rulings.different:
        for entity in extraction.entities:
            borne = [name.form for name in names if name.means((entity.name, *entity.aliases), extraction.document.source)]
            for form in sorted(set(borne), key=lambda f: (-len(f), f))[1:]:
                extraction = _without(extraction, entity.key, form)
    return extraction


def _without(extraction: Extraction, key: str, form: str) -> Extraction:
    """The extraction with ``form`` taken from the thing ``key`` and made one by itself."""
    entity = next(e for e in extraction.entities if e.key == key)
    others = tuple(sorted({entity.name, *entity.aliases} - {form}, key=lambda f: (-len(f), f)))
    own = replace(entity, key=f"{entity.type}/{form}", name=form, aliases=(), code=None)
    rest = replace(entity, name=others[0], aliases=tuple(sorted(others[1:])))
    text = extraction.document.text

    def moved(old: str, evidence: Evidence) -> str:
        if old != key:
            return old
        words = "".join(text[span.begin : span.end] for span in evidence.spans)
        for other in others:
            words = words.replace(other, " ") if len(other) > len(form) else words
        return own.key if form in words else key

    return replace(
        extraction,
        entities=(*(e for e in extraction.entities if e.key not in (key, own.key)), rest, own),
        relations=tuple(
            replace(r, subject=moved(r.subject, r.evidence), object=r.object if r.literal else moved(r.object, r.evidence))
            for r in extraction.relations
        ),
        figures=tuple(replace(f, about=moved(f.about, f.evidence)) for f in extraction.figures),
        sightings=tuple(replace(s, key=own.key) if (s.key, s.form) == (key, form) else s for s in extraction.sightings),
    )


# --- shared keys ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Identity:
    """Which things of the documents are one."""

    keys: Mapping[str, Mapping[str, str]]
    """For each document, the shared key of each of its own."""
    decisions: tuple[Decision, ...]


def identify(extractions: Sequence[Extraction], rulings: Rulings = NO_RULINGS) -> Identity:
    """What the things of all documents are; the order of the documents does not matter."""
    sources = sorted(map(source, extractions), key=lambda one: one.document)
    keys: dict[str, dict[str, str]] = {source.document: {} for source in sources}
    found: set[Decision] = set()
    for types in STAGES:
        by_type: defaultdict[str, list[Occurrence]] = defaultdict(list)
        for one in sources:
            for occurrence in occurrences(one, keys[one.document], types):
                by_type[occurrence.entity.type].append(occurrence)
        for alike in by_type.values():
            settled = settle(alike, rulings)
            for occurrence, key in settled.shared():
                keys[occurrence.document][occurrence.entity.key] = key
            found |= set(decisions(settled, rulings))
    return Identity(keys, tuple(sorted(found, key=repr)))


def settle(alike: Sequence[Occurrence], rulings: Rulings = NO_RULINGS) -> Attached:
    """What occurrences of one class are, in the order of their documents: all of the class, or all that bear names of one block."""
    groups = grouped(alike, rulings)
    return attached(groups, fits(groups), rulings)


def source(extraction: Extraction) -> Source:
    """What identity needs to know of a document."""
    document = extraction.document
    year = (document.metadata.published or "")[:4]
    given = document.metadata.home is not None
    return Source(
        document.id, document.source, extraction.home, given, year, extraction.entities, extraction.relations, extraction.sightings
    )
