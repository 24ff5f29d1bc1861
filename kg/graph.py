"""The graph: entities, relations and figures as RDF, every node named after its content."""

import hashlib
import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from urllib.parse import quote

import networkx
from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, SKOS

from kg.document import Document
from kg.entity import Entity
from kg.figure import Figure, Measure
from kg.lexicon import words
from kg.quantity import normalized, units
from kg.relation import Relation
from kg.sentence import Evidence
from kg.vocabulary import BASE, CODED, CURRENCY, DKG, ENTITY_CLASSES, NIF, PREFIXES, QUDT, SCHEMA, UNIT, Match, match

Triple: TypeAlias = tuple[URIRef, URIRef, URIRef | Literal]
_LevelKey: TypeAlias = tuple[str, str, tuple[str, object, str] | None]

# First segments of the names of things; each gets a prefix, so that Turtle reads ``district:绿园区``.
_KINDS = (*(name.lower() for name in ENTITY_CLASSES), "doc", "figure", "indicator", "membership", "statement")
_COUNTED = frozenset({"count", "people"})
"""Kinds of units that count things."""
_RISKY = re.compile(r"[^A-Za-z0-9_\-\u3400-\u9fff]+")
"""Everything that some RDF reader warns about, or that would need escaping in a prefixed name, is percent-encoded."""
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a build found."""

    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    figures: tuple[Figure, ...]


def build_graph(facts: Facts, base: str = BASE) -> Graph:
    """The facts as RDF, after the contract of the ontology; the order of the facts does not matter."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in _namespaces(base):
        graph.bind(prefix, namespace)
    for triple in _Writer(facts, base).triples():
        graph.add(triple)
    return graph


def network(facts: Facts) -> networkx.MultiDiGraph:
    """Entities as nodes and relations between them as edges; relations to text are attributes of the node."""
    net: networkx.MultiDiGraph = networkx.MultiDiGraph()
    for entity in sorted(facts.entities, key=lambda e: e.key):
        net.add_node(entity.key, name=entity.name, type=entity.type, aliases="|".join(entity.aliases))
    for relation in sorted(facts.relations):
        if relation.literal:
            node = net.nodes[relation.subject]
            values = [*node.get(relation.predicate, "").split("|"), relation.object]
            node[relation.predicate] = "|".join(dict.fromkeys(filter(None, values)))
        elif not net.has_edge(relation.subject, relation.object, relation.predicate):
            net.add_edge(relation.subject, relation.object, relation.predicate, name=relation.predicate, role=relation.role or "")
    return net


def dates(period: str) -> tuple[date, date]:
    """First and last day of an ISO 8601 period: a year, month or day, or two of them with ``/`` between.

    Raises ValueError for anything else.
    """
    first, slash, last = period.partition("/")
    return _day(first, last=False), _day(last if slash else first, last=True)


def _day(text: str, last: bool) -> date:
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"not an ISO 8601 year, month or day: {text!r}")
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    return date(year, month, int(match[3] or (monthrange(year, month)[1] if last else 1)))


def _namespaces(base: str) -> Iterator[tuple[str, str]]:
    yield from ((kind, f"{base}{kind}/") for kind in _KINDS)
    yield from ((prefix, str(namespace)) for prefix, namespace in PREFIXES.items())


def _name(text: str) -> str:
    return _RISKY.sub(lambda match: quote(match[0], safe="").replace(".", "%2E").replace("~", "%7E"), text)


def _digest(*parts: object) -> str:
    """A name made of all that tells one node from another."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:16]


def _chinese(text: str) -> Literal:
    return Literal(text, lang="zh")


def _typed(text: object, datatype: URIRef) -> Literal:
    """A literal in exactly these characters: 277.40 stays 277.40."""
    return Literal(str(text), datatype=datatype, normalize=False)


def _published(text: str) -> Literal:
    return _typed(text, (XSD.gYear, XSD.gYearMonth, XSD.date)[text.count("-")])


def _standard(node: URIRef, found: Match | None) -> Iterator[Triple]:
    if found:
        yield node, found.relation, found.concept
        yield from ((found.concept, predicate, value) for predicate, value in found.description)


def _normalized(node: URIRef, figure: Figure) -> Iterator[Triple]:
    value, base = normalized(figure.value, figure.unit)
    unit = _qudt(base)
    if unit and figure.measure != Measure.RANK:
        yield node, DKG.normalizedValue, _typed(f"{value.normalize():f}", XSD.decimal)
        yield node, QUDT.hasUnit, unit


def _qudt(word: str) -> URIRef | None:
    """The QUDT unit of a unit word; what is merely counted is a number."""
    unit = units().get(word)
    if unit is None or not (unit.qudt or unit.kind in _COUNTED):
        return None
    return CURRENCY[unit.qudt] if unit.kind == "money" else UNIT[unit.qudt or "NUM"]


class _Writer:
    """Turns facts into triples under one base."""

    def __init__(self, facts: Facts, base: str) -> None:
        self._facts = facts
        self._base = base
        self._texts = {document.id: document.text for document in facts.documents}
        self._levels = _levels(facts.figures)

    def triples(self) -> Iterator[Triple]:
        for document in self._facts.documents:
            yield from self._document(document)
        for entity in self._facts.entities:
            yield from self._entity(entity)
        for relation in self._facts.relations:
            yield from self._relation(relation)
        for figure in self._facts.figures:
            yield from self._figure(figure)

    def _iri(self, kind: str, name: str) -> URIRef:
        return URIRef(f"{self._base}{kind}/{_name(name)}")

    def _thing(self, key: str) -> URIRef:
        kind, _, name = key.partition("/")
        return self._iri(kind.lower(), name)

    def _document(self, document: Document) -> Iterator[Triple]:
        node, about = self._iri("doc", document.id), document.metadata
        report = (about.title or "").endswith(words("report_title"))
        yield node, RDF.type, DKG.Document
        yield node, RDF.type, SCHEMA.Report if report else SCHEMA.NewsArticle
        yield node, DCTERMS.source, Literal(document.source)
        yield node, SCHEMA.sha256, Literal(hashlib.sha256(document.text.encode()).hexdigest())
        if about.title:
            yield node, SCHEMA.name, _chinese(about.title)
        if about.publisher:
            yield node, SCHEMA.publisher, _chinese(about.publisher)
        if about.published:
            yield node, SCHEMA.datePublished, _published(about.published)
            yield node, DKG.dateInferred, _typed(str(about.published_inferred).lower(), XSD.boolean)

    def _entity(self, entity: Entity) -> Iterator[Triple]:
        node = self._thing(entity.key)
        yield node, RDF.type, DKG[entity.type]
        if entity.subtype:
            yield node, RDF.type, DKG[entity.subtype]
        yield node, SKOS.prefLabel, _chinese(entity.name)
        yield from ((node, SKOS.altLabel, _chinese(alias)) for alias in entity.aliases if alias != entity.name)
        if entity.code:
            yield node, DKG.divisionCode, Literal(entity.code)
        if entity.type == "Industry":
            yield from _standard(node, match("industries", (entity.name, *entity.aliases)))

    def _evidence(self, fact: URIRef, evidence: Evidence) -> Iterator[Triple]:
        document, text = self._iri("doc", evidence.document), self._texts[evidence.document]
        yield fact, DKG.quote, Literal("".join(text[span.begin : span.end] for span in evidence.spans))
        for span in evidence.spans:
            node = URIRef(f"{document}#char={span.begin},{span.end}")
            yield fact, PROV.wasDerivedFrom, node
            yield node, RDF.type, DKG.Evidence
            yield node, NIF.referenceContext, document
            yield node, NIF.beginIndex, _typed(span.begin, XSD.nonNegativeInteger)
            yield node, NIF.endIndex, _typed(span.end, XSD.nonNegativeInteger)
            yield node, NIF.anchorOf, Literal(text[span.begin : span.end])

    def _object(self, relation: Relation) -> URIRef | Literal:
        if not relation.literal:
            return self._thing(relation.object)
        return DKG[relation.object] if relation.predicate in CODED else _chinese(relation.object)

    def _relation(self, relation: Relation) -> Iterator[Triple]:
        subject, predicate, value = self._thing(relation.subject), DKG[relation.predicate], self._object(relation)
        node = self._iri("statement", _digest(relation.subject, relation.predicate, relation.object))
        yield subject, predicate, value
        yield node, RDF.type, RDF.Statement
        yield node, RDF.subject, subject
        yield node, RDF.predicate, predicate
        yield node, RDF.object, value
        yield node, DKG.rule, Literal(relation.rule)
        yield from self._evidence(node, relation.evidence)
        if relation.predicate == "holdsPosition":
            yield from self._membership(relation)

    def _membership(self, relation: Relation) -> Iterator[Triple]:
        node = self._iri("membership", _digest(relation.subject, relation.object, relation.role or ""))
        yield node, RDF.type, ORG.Membership
        yield node, ORG.member, self._thing(relation.subject)
        yield node, ORG.organization, self._thing(relation.object)
        if relation.role:
            yield node, ORG.role, _chinese(relation.role)
        yield from self._evidence(node, relation.evidence)

    def _figure_iri(self, figure: Figure) -> URIRef:
        number = (figure.value, figure.unit, figure.bound, figure.measure, figure.status, figure.period, figure.scope)
        return self._iri("figure", _digest(figure.about, figure.indicator, *number, figure.evidence.document))

    def _figure(self, figure: Figure) -> Iterator[Triple]:
        node, indicator = self._figure_iri(figure), self._iri("indicator", figure.indicator)
        yield node, RDF.type, DKG.Figure
        yield node, DKG.about, self._thing(figure.about)
        yield node, DKG.indicator, indicator
        yield node, DKG.value, _typed(f"{figure.value:f}", XSD.decimal)
        yield node, DKG.unit, Literal(figure.unit)
        yield node, DKG.bound, Literal(figure.bound.value)
        yield node, DKG.measure, DKG[figure.measure.value]
        yield node, DKG.status, DKG[figure.status.value]
        yield node, DKG.rawText, Literal(figure.raw)
        yield node, DKG.rule, Literal(figure.rule)
        if figure.scope:
            yield node, DKG.scope, _chinese(figure.scope)
        yield from self._period(node, figure.period)
        yield from _normalized(node, figure)
        yield from self._level(node, figure)
        for evidence in (figure.evidence, *figure.further):
            yield from self._evidence(node, evidence)
        yield from self._indicator(indicator, figure.indicator)

    def _period(self, node: URIRef, period: str | None) -> Iterator[Triple]:
        if period:
            start, end = dates(period)
            yield node, SCHEMA.temporalCoverage, Literal(period)
            yield node, DKG.periodStart, _typed(start, XSD.date)
            yield node, DKG.periodEnd, _typed(end, XSD.date)

    def _level(self, node: URIRef, figure: Figure) -> Iterator[Triple]:
        candidates = self._levels.get((figure.about, figure.evidence.document, figure.level), ())
        if candidates:
            yield node, DKG.growthOf, self._figure_iri(min(candidates, key=lambda level: _distance(level, figure)))

    def _indicator(self, node: URIRef, label: str) -> Iterator[Triple]:
        yield node, RDF.type, SKOS.Concept
        yield node, SKOS.prefLabel, _chinese(label)
        yield from _standard(node, match("indicators", (label,)))


def _levels(figures: Iterable[Figure]) -> dict[_LevelKey, list[Figure]]:
    """Levels by what growth figures say of them."""
    found: dict[_LevelKey, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.measure == Measure.LEVEL:
            found[figure.about, figure.evidence.document, (figure.indicator, figure.value, figure.unit)].append(figure)
    return found


def _distance(level: Figure, growth: Figure) -> tuple[object, ...]:
    """Prefers the level that stands nearest in the text; the rest settles ties."""
    here, there = level.evidence.spans[0], growth.evidence.spans[0]
    return abs(here.begin - there.begin), here.begin, level.period or "", level.bound, level.status, level.scope or ""
