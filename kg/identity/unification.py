"""Identity: what several documents say, told in terms of the things that they share."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

import msgspec

from kg.coverage import Firing
from kg.facts.entity import Entity, Sighting
from kg.facts.figure import Figure
from kg.facts.knowledge import Facts, by_subject, by_triple
from kg.facts.relation import Relation
from kg.identity.alias import NO_RULINGS, Name, Rulings
from kg.identity.blocking import Linked
from kg.identity.fit import fits
from kg.identity.occurrence import Occurrence, Source, occurrences
from kg.identity.resolution import Attached, attached, grouped
from kg.identity.verdict import decisions
from kg.names.decision import Decision
from kg.shelf import shelved
from kg.sorting import Sorter, in_order
from kg.text.document import Document
from kg.text.sentence import Evidence
from kg.workers import spread

STAGES = (
    frozenset({"District"}),
    frozenset({"Industry", "Enterprise", "Organization", "Place", "Event"}),
    frozenset({"Programme", "Project", "Person"}),
)
"""Classes in the order in which they are resolved: a person is told by body, a body by district."""
_SOME = 2**8
"""Extractions sorted in memory."""
_BATCH = 2**7
"""Blocks that a worker takes at a time; most of them are small."""
_Keys: TypeAlias = dict[str, str]
"""The shared key of each thing of a document, by its own."""
_Thing: TypeAlias = tuple[str, str, int, bytes]
"""Key of an entity, where it comes from, itself encoded."""
_Stated: TypeAlias = tuple[str, str, str, str, bytes]
_Told: TypeAlias = tuple[str, str, str, bytes]


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


_ENCODER = msgspec.msgpack.Encoder()
_EXTRACTION = msgspec.msgpack.Decoder(Extraction)
_OCCURRENCE = msgspec.msgpack.Decoder(Occurrence)
_ENTITY = msgspec.msgpack.Decoder(Entity)
_RELATION = msgspec.msgpack.Decoder(Relation)
_FIGURE = msgspec.msgpack.Decoder(Figure)
_DECISION = msgspec.msgpack.Decoder(Decision)


def unify(extractions: Iterable[Extraction], rulings: Rulings = NO_RULINGS, workers: int = 1) -> Facts:
    """The facts of all documents in terms of shared entities, in an order that depends on their content alone.

    ``rulings`` are the user's word on which names mean the same, which overrules every rule. No more than some of the extractions are
    in memory at a time.
    """
    encoded = ((extraction.document.id, _ENCODER.encode(parted(extraction, rulings))) for extraction in extractions)
    ordered = shelved(Extraction, (_EXTRACTION.decode(data) for _, data in in_order(encoded, _SOME)))
    identity = identify(ordered, rulings, workers)
    entities, relations, figures = Sorter[_Thing](), Sorter[_Stated](), Sorter[_Told]()
    for extraction, keys in zip(ordered, identity.keys, strict=True):
        own = renamed(extraction, keys)
        for number, entity in enumerate(own.entities):
            entities.add((entity.key, own.document.id, number, _ENCODER.encode(entity)))
        for relation in own.relations:
            relations.add(by_triple(relation))
        for figure in own.figures:
            figures.add(by_subject(figure))
    return Facts(
        shelved(Document, (extraction.document for extraction in ordered)),
        shelved(Entity, _merged(entities.sorted())),
        shelved(Relation, map(_RELATION.decode, _once(relations.sorted()))),
        shelved(Figure, (_FIGURE.decode(data) for *_, data in figures.sorted())),
        identity.decisions,
    )


def _merged(things: Iterable[_Thing]) -> Iterator[Entity]:
    for _, same in groupby(things, itemgetter(0)):
        yield merged([_ENTITY.decode(data) for *_, data in same])


def _once(items: Iterable[tuple[*tuple[Any, ...], bytes]]) -> Iterator[bytes]:
    """What is encoded at the end of the items, each once; the same ones are side by side."""
    return (item[-1] for item, _ in groupby(items))


def renamed(extraction: Extraction, keys: Mapping[str, str]) -> Extraction:
    """Its entities, relations and figures in shared keys: ``keys`` has one for each of its own."""
    changed = {own: shared for own, shared in keys.items() if own != shared}
    relations = (_rename(relation, changed) for relation in extraction.relations)
    return replace(
        extraction,
        entities=tuple(replace(e, key=changed[e.key]) if e.key in changed else e for e in extraction.entities),
        relations=tuple(filter(_is_between_two, relations)),
        figures=tuple(_stated_once(replace(f, about=changed[f.about]) if f.about in changed else f for f in extraction.figures)),
    )


def merged(entities: Sequence[Entity]) -> Entity:
    """One entity with every name of all, those of one key in the order of their documents; the fullest name comes first."""
    forms = sorted({form for entity in entities for form in (entity.name, *entity.aliases)}, key=lambda form: (-len(form), form))
    return replace(entities[0], name=forms[0], aliases=tuple(sorted(forms[1:])))


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


def _rename(relation: Relation, changed: Mapping[str, str]) -> Relation:
    subject = changed.get(relation.subject, relation.subject)
    object = relation.object if relation.literal else changed.get(relation.object, relation.object)
    return relation if (subject, object) == (relation.subject, relation.object) else replace(relation, subject=subject, object=object)


# --- the user's word ---------------------------------------------------------------------------------------------------


def unmet(extractions: Iterable[Extraction], rulings: Rulings) -> tuple[Name, ...]:
    """The names in the rulings that no document has, sorted."""
    wanted = set(rulings.names)
    for extraction in extractions if wanted else ():
        forms = {form for entity in extraction.entities for form in (entity.name, *entity.aliases)}
        wanted -= {name for name in wanted if name.means(forms, extraction.document.source)}
    return tuple(sorted(wanted))


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

    keys: Sequence[Mapping[str, str]]
    """For each document the shared key of each of its own."""
    decisions: Sequence[Decision]


class _Seen(NamedTuple):
    """An occurrence: its class, its stem and itself, encoded."""

    type: str
    stem: str
    data: bytes


def identify(extractions: Sequence[Extraction], rulings: Rulings = NO_RULINGS, workers: int = 1) -> Identity:
    """What the things of all documents, in the order of these, are: block by block, class by class in the order of ``STAGES``."""
    sources = shelved(Source, map(source, extractions))
    keys: Sequence[_Keys] = shelved(_Keys, ({} for _ in sources))
    found = Sorter[tuple[bytes]]()
    for types in STAGES:
        linked = Linked(rulings)
        seen = shelved(_Seen, _seen(sources, keys, types, linked))
        shared = Sorter[tuple[str, str, str]]()
        for own, why in spread(partial(_settled, rulings), _parts(seen, linked.blocks()), workers, _BATCH):
            for key in own:
                shared.add(key)
            for decision in why:
                found.add((decision,))
        keys = shelved(_Keys, _joined(sources, keys, shared.sorted()))
    return Identity(keys, shelved(Decision, map(_DECISION.decode, _once(found.sorted()))))


def _seen(sources: Iterable[Source], keys: Iterable[_Keys], types: frozenset[str], linked: Linked) -> Iterator[_Seen]:
    """The occurrences of some classes; their names are noted."""
    for one, known in zip(sources, keys, strict=True):
        for occurrence in occurrences(one, known, types):
            linked.note(occurrence)
            yield _Seen(occurrence.entity.type, occurrence.stem, _ENCODER.encode(occurrence))


def _parts(seen: Iterable[_Seen], blocks: Mapping[str, Mapping[str, str]]) -> Iterator[list[bytes]]:
    """The occurrences of each block, encoded, in their order."""
    placed = ((one.type, blocks.get(one.type, {}).get(one.stem, one.stem), number, one.data) for number, one in enumerate(seen))
    for _, part in groupby(in_order(placed), itemgetter(0, 1)):
        yield [data for *_, data in part]


def _settled(rulings: Rulings, part: Iterable[bytes]) -> tuple[list[tuple[str, str, str]], list[bytes]]:
    """Of a block each document with its own key of a thing and the shared one; and the decisions, encoded."""
    settled = settle(list(map(_OCCURRENCE.decode, part)), rulings)
    keys = [(occurrence.document, occurrence.entity.key, key) for occurrence, key in settled.shared()]
    return keys, list(map(_ENCODER.encode, decisions(settled, rulings)))


def _joined(sources: Iterable[Source], keys: Iterable[_Keys], shared: Iterable[tuple[str, str, str]]) -> Iterator[_Keys]:
    """The keys with those more of them that are ``shared``, sorted by document as the sources are."""
    groups = groupby(shared, itemgetter(0))
    document, more = next(groups, ("", iter(())))
    for one, known in zip(sources, keys, strict=True):
        if one.document == document:
            known |= {own: key for _, own, key in more}
            document, more = next(groups, ("", iter(())))
        yield known


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
