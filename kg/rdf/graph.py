"""The graph: entities, relations and figures as RDF, every node named after its content."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from heapq import merge
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from typing import TypeAlias

import msgspec
import networkx
from rdflib import RDF, XSD, Graph
from rdflib.namespace import DCTERMS, ORG, PROV, SKOS

from kg.audit.audit import NOTHING, Audit, audit
from kg.audit.dates import dates
from kg.facts.entity import Entity
from kg.facts.figure import Figure, Measure
from kg.facts.knowledge import Facts
from kg.facts.relation import Relation
from kg.language.lexicon import words
from kg.language.quantity import normalized, units
from kg.names.decision import Decision
from kg.rdf.finding import discrepant, reached
from kg.rdf.minting import Mint, digest
from kg.rdf.triple import Block, Names, Said, Triple, iri, literal, parsed, term
from kg.sorting import in_order
from kg.text.document import Document
from kg.text.sentence import Evidence, Span
from kg.vocabulary import BASE, CODED, CURRENCY, DKG, ENTITY_CLASSES, NIF, PREFIXES, QUDT, SCHEMA, UNIT, Match, match

_Part: TypeAlias = tuple[str, int, Entity | Relation]
"""A thing, or what is said of one, with its key and what comes first."""
_LevelKey: TypeAlias = tuple[str, str, tuple[str, object, str] | None]

_rdf, _xsd, _dcterms, _org, _prov, _skos = map(Names, (RDF, XSD, DCTERMS, ORG, PROV, SKOS))
_dkg, _nif, _schema, _qudt, _unit, _currency = map(Names, (DKG, NIF, SCHEMA, QUDT, UNIT, CURRENCY))

# First segments of the names of things; each gets a prefix, so that Turtle reads ``district:绿园区``.
_KINDS = (*(name.lower() for name in ENTITY_CLASSES), "decision", "discrepancy", "doc", "figure", "indicator", "membership", "statement")
_COUNTED = frozenset({"count", "people"})
"""Kinds of units that count things."""
_REMEMBERED = 2**8
"""How many texts are kept at hand."""
_ENCODER = msgspec.msgpack.Encoder()
_DECISION = msgspec.msgpack.Decoder(Decision)


def blocks(facts: Facts, base: str = BASE) -> Iterator[Block]:
    """The facts as RDF, after the contract of the ontology: a block a node, in no order that means anything."""
    return _Writer(facts, base, audit(facts.documents, facts.entities, facts.figures)).blocks()


def stated(facts: Facts, base: str = BASE) -> Iterator[Block]:
    """The same without what an audit finds: the facts of some of the documents give their part of the graph."""
    return _Writer(facts, base, NOTHING).blocks()


def audited(found: Audit, base: str = BASE) -> Iterator[Block]:
    """What an audit found; of a figure no more than that."""
    mint = Mint(base)
    return chain(discrepant(found, mint), reached(found, mint))


def build_graph(facts: Facts, base: str = BASE) -> Graph:
    """The same as a graph of rdflib; the order of the facts does not matter."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in namespaces(base).items():
        graph.bind(prefix, namespace)
    for triple in parsed(_triples(blocks(facts, base))):
        graph.add(triple)
    return graph


def namespaces(base: str = BASE) -> dict[str, str]:
    """The prefixes of a graph, each with what it stands for."""
    return {kind: f"{base}{kind}/" for kind in _KINDS} | {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}


def _triples(blocks: Iterable[Block]) -> Iterator[Triple]:
    for block in blocks:
        for predicate, value in block.said:
            yield block.node, predicate, value


def network(facts: Facts) -> networkx.MultiDiGraph:
    """Entities as nodes and relations between them as edges; relations to text are attributes of the node."""
    net: networkx.MultiDiGraph = networkx.MultiDiGraph()
    for entity in facts.entities:
        net.add_node(entity.key, name=entity.name, type=entity.type, aliases="|".join(entity.aliases))
    for relation in sorted(facts.relations):
        if relation.literal:
            node = net.nodes[relation.subject]
            values = [*node.get(relation.predicate, "").split("|"), relation.object]
            node[relation.predicate] = "|".join(dict.fromkeys(filter(None, values)))
        elif not net.has_edge(relation.subject, relation.object, relation.predicate):
            net.add_edge(relation.subject, relation.object, relation.predicate, name=relation.predicate, role=relation.role or "")
    return net


def _chinese(text: str) -> str:
    return literal(text, "zh")


def _decimal(text: str) -> str:
    """A literal in exactly these characters: 277.40 stays 277.40."""
    return literal(text, datatype=_xsd.decimal)


def _offset(number: int) -> str:
    return literal(str(number), datatype=_xsd.nonNegativeInteger)


def _published(text: str) -> str:
    return literal(text, datatype=(_xsd.gYear, _xsd.gYearMonth, _xsd.date)[text.count("-")])


def _said(pairs: Iterable[tuple[str, str]], documents: tuple[str, ...] = ()) -> Said:
    return dict.fromkeys(pairs, documents)


def _fired(facts: Iterable[Relation | Figure]) -> Said:
    """The rules that read the facts out of the documents: no document says so."""
    return _said((_dkg.rule, literal(fact.rule)) for fact in facts)


@cache
def _qudt_unit(word: str) -> str | None:
    """The QUDT unit of a unit word; what is merely counted is a number."""
    unit = units().get(word)
    if unit is None or not (unit.qudt or unit.kind in _COUNTED):
        return None
    return _currency[unit.qudt] if unit.kind == "money" else _unit[unit.qudt or "NUM"]


class _Texts:
    """The texts of documents, by id."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._numbers = {document.id: number for number, document in enumerate(documents)}
        self._text = lru_cache(_REMEMBERED)(self._read)

    def __contains__(self, id: str) -> bool:
        return id in self._numbers

    def __getitem__(self, id: str) -> str:
        return self._text(id)

    def _read(self, id: str) -> str:
        return self._documents[self._numbers[id]].text


class _Writer:
    """Turns facts into blocks under one base."""

    def __init__(self, facts: Facts, base: str, found: Audit) -> None:
        self._facts = facts
        self._mint = Mint(base)
        self._texts = _Texts(facts.documents)
        self._found = found
        self._reached = {block.node: block.said for block in reached(found, self._mint)}

    def blocks(self) -> Iterator[Block]:
        for document in self._facts.documents:
            yield self._document(document)
        yield from self._entities()
        yield from self._figures()
        yield from self._concepts()
        yield from self._statements()
        yield from self._memberships()
        yield from discrepant(self._found, self._mint)
        yield from self._decisions()
        yield from self._places()

    def _document(self, document: Document) -> Block:
        node, about = self._mint.document(document.id), document.metadata
        report = (about.title or "").endswith(words("report_title"))
        pairs = [
            (_rdf.type, _dkg.Document),
            (_rdf.type, _schema.Report if report else _schema.NewsArticle),
            (_dcterms.source, literal(document.source)),
            (_schema.sha256, literal(hashlib.sha256(document.text.encode()).hexdigest())),
        ]
        if about.title:
            pairs.append((_schema.name, _chinese(about.title)))
        if about.publisher:
            pairs.append((_schema.publisher, _chinese(about.publisher)))
        if about.published:
            pairs.append((_schema.datePublished, _published(about.published)))
            pairs.append((_dkg.dateInferred, literal(str(about.published_inferred).lower(), datatype=_xsd.boolean)))
        return Block(node, _said(pairs, (node,)))

    def _entities(self) -> Iterator[Block]:
        """Things, each with its relations."""
        entities: Iterator[_Part] = ((entity.key, 0, entity) for entity in self._facts.entities)
        relations: Iterator[_Part] = ((relation.subject, 1, relation) for relation in self._facts.relations)
        for key, parts in groupby(merge(entities, relations, key=itemgetter(0, 1)), itemgetter(0)):
            said: Said = {}
            tellers: defaultdict[tuple[str, str], list[Evidence]] = defaultdict(list)
            for *_, part in parts:
                if isinstance(part, Entity):
                    said |= _said(self._entity(part))
                else:
                    tellers[_dkg[part.predicate], self._object(part)].append(part.evidence)
            yield Block(self._mint.thing(key), said | {pair: self._tellers(evidence) for pair, evidence in tellers.items()})

    def _entity(self, entity: Entity) -> Iterator[tuple[str, str]]:
        yield _rdf.type, _dkg[entity.type]
        if entity.subtype:
            yield _rdf.type, _dkg[entity.subtype]
        yield _skos.prefLabel, _chinese(entity.name)
        yield from ((_skos.altLabel, _chinese(alias)) for alias in entity.aliases if alias != entity.name)
        if entity.code:
            yield _dkg.divisionCode, literal(entity.code)
        if found := _industry(entity):
            yield iri(found.relation), iri(found.concept)

    def _concepts(self) -> Iterator[Block]:
        """Indicators in the words of the texts, and the standard concepts that they and the industries stand for."""
        standard = {found.concept: found for entity in self._facts.entities if (found := _industry(entity))}
        for (label,), _ in groupby(in_order((figure.indicator,) for figure in self._facts.figures)):
            said = _said([(_rdf.type, _skos.Concept), (_skos.prefLabel, _chinese(label))])
            if found := match("indicators", (label,)):
                said[iri(found.relation), iri(found.concept)] = ()
                standard[found.concept] = found
            yield Block(self._mint.name("indicator", label), said)
        for concept, found in standard.items():
            yield Block(iri(concept), _said((iri(predicate), term(value)) for predicate, value in found.description))

    def _tellers(self, evidence: Iterable[Evidence]) -> tuple[str, ...]:
        """The documents that give the evidence."""
        return tuple(dict.fromkeys(self._mint.document(one.document) for one in evidence))

    def _proof(self, evidence: Sequence[Evidence]) -> Said:
        """Quotes and places of a fact."""
        said: Said = {}
        for one in evidence:
            document, text = self._mint.document(one.document), self._texts[one.document]
            quote = (_dkg.quote, literal("".join(text[span.begin : span.end] for span in one.spans)))
            said[quote] = tuple(dict.fromkeys((*said.get(quote, ()), document)))
            said |= _said(((_prov.wasDerivedFrom, self._mint.place(one.document, span)) for span in one.spans), (document,))
        return said

    def _places(self) -> Iterator[Block]:
        """The evidence of all facts, each place once."""
        evidence = chain(
            (relation.evidence for relation in self._facts.relations),
            (one for figure in self._facts.figures for one in (figure.evidence, *figure.further)),
            (sight.evidence for decision in self._facts.decisions for sight in decision.sights if sight.evidence),
        )
        spots = in_order((one.document, span.begin, span.end) for one in evidence if one.document in self._texts for span in one.spans)
        for (name, begin, end), _ in groupby(spots):
            span = Span(begin, end)
            document, text = self._mint.document(name), self._texts[name]
            pairs = [
                (_rdf.type, _dkg.Evidence),
                (_nif.referenceContext, document),
                (_nif.beginIndex, _offset(span.begin)),
                (_nif.endIndex, _offset(span.end)),
                (_nif.anchorOf, literal(text[span.begin : span.end])),
            ]
            yield Block(self._mint.place(name, span), _said(pairs, (document,)))

    def _object(self, relation: Relation) -> str:
        if not relation.literal:
            return self._mint.thing(relation.object)
        return _dkg[relation.object] if relation.predicate in CODED else _chinese(relation.object)

    def _stated(self) -> Iterator[list[Relation]]:
        """Relations by what they state."""
        for _, group in groupby(self._facts.relations, attrgetter("subject", "predicate", "object")):
            yield list(group)

    def _statements(self) -> Iterator[Block]:
        for group in self._stated():
            relation, evidence = group[0], [r.evidence for r in group]
            pairs = [
                (_rdf.type, _rdf.Statement),
                (_rdf.subject, self._mint.thing(relation.subject)),
                (_rdf.predicate, _dkg[relation.predicate]),
                (_rdf.object, self._object(relation)),
            ]
            said = _said(pairs, self._tellers(evidence)) | self._proof(evidence) | _fired(group)
            name = digest(relation.subject, relation.predicate, relation.object)
            yield Block(self._mint.name("statement", name), said)

    def _memberships(self) -> Iterator[Block]:
        for group in self._stated():
            posts: defaultdict[str, list[Evidence]] = defaultdict(list)
            for relation in group if group[0].predicate == "holdsPosition" else ():
                posts[relation.role or ""].append(relation.evidence)
            for role, evidence in posts.items():
                person, body = group[0].subject, group[0].object
                pairs = [(_rdf.type, _org.Membership), (_org.member, self._mint.thing(person)), (_org.organization, self._mint.thing(body))]
                if role:
                    pairs.append((_org.role, _chinese(role)))
                said = _said(pairs, self._tellers(evidence)) | self._proof(evidence)
                yield Block(self._mint.name("membership", digest(person, body, role)), said)

    def _decisions(self) -> Iterator[Block]:
        """What is one thing; and of each thing that is not another, what it is kept apart from."""
        for node, parts in groupby(in_order(self._decided()), itemgetter(0)):
            said: Said = {}
            for _, key, data in parts:
                said |= _said(self._decision(_DECISION.decode(data), key))
            yield Block(node, said)

    def _decided(self) -> Iterator[tuple[str, str, bytes]]:
        """Decisions, encoded, with the thing that each is told of and the node that tells it."""
        for decision in self._facts.decisions:
            data = _ENCODER.encode(decision)
            for key in decision.keys:
                forms = sorted({sight.form for sight in decision.sights if sight.key == key})
                yield self._mint.name("decision", digest(decision.reason.value, key, *decision.keys, *forms)), key, data

    def _decision(self, decision: Decision, key: str) -> Iterator[tuple[str, str]]:
        yield _rdf.type, _dkg.Decision
        yield _rdf.type, _dkg.Merge if decision.merged else _dkg.Refusal
        yield _dkg.decided, self._mint.thing(key)
        yield _dkg.rule, literal(decision.reason.value)
        yield from ((_dkg.apartFrom, self._mint.thing(other)) for other in decision.keys if other != key)
        for sight in decision.sights:
            if sight.key == key:
                yield _dkg.form, _chinese(sight.form)
                yield from ((_dkg.seenAt, place) for place in self._spots(sight.evidence))

    def _spots(self, evidence: Evidence | None) -> Iterator[str]:
        if evidence:
            yield from (self._mint.place(evidence.document, span) for span in evidence.spans)

    def _figures(self) -> Iterator[Block]:
        for _, same in groupby(self._facts.figures, attrgetter("about")):
            figures = list(same)
            levels = _levels(figures)
            groups: defaultdict[str, list[Figure]] = defaultdict(list)
            for figure in figures:
                groups[self._mint.figure(figure)].append(figure)
            for node, group in groups.items():
                evidence = [one for figure in group for one in (figure.evidence, *figure.further)]
                pairs = (pair for figure in group for pair in (*self._figure(figure), *self._level(figure, levels)))
                said = _said(chain(pairs, self._reached.get(node, ())), self._tellers(evidence)) | self._proof(evidence) | _fired(group)
                yield Block(node, said)

    def _figure(self, figure: Figure) -> Iterator[tuple[str, str]]:
        yield _rdf.type, _dkg.Figure
        yield _dkg.about, self._mint.thing(figure.about)
        yield _dkg.indicator, self._mint.name("indicator", figure.indicator)
        yield _dkg.value, _decimal(f"{figure.value:f}")
        yield _dkg.unit, literal(figure.unit)
        yield _dkg.bound, literal(figure.bound.value)
        yield _dkg.measure, _dkg[figure.measure.value]
        yield _dkg.status, _dkg[figure.status.value]
        yield _dkg.rawText, literal(figure.raw)
        if figure.scope:
            yield _dkg.scope, _chinese(figure.scope)
        yield from _period(figure.period)
        yield from _normalized(figure)

    def _level(self, figure: Figure, levels: Mapping[_LevelKey, Sequence[Figure]]) -> Iterator[tuple[str, str]]:
        candidates = levels.get((figure.about, figure.evidence.document, figure.level), ())
        if candidates:
            yield _dkg.growthOf, self._mint.figure(min(candidates, key=lambda level: _distance(level, figure)))


@cache
def _period(period: str | None) -> tuple[tuple[str, str], ...]:
    if not period:
        return ()
    start, end = (literal(str(day), datatype=_xsd.date) for day in dates(period))
    return (_schema.temporalCoverage, literal(period)), (_dkg.periodStart, start), (_dkg.periodEnd, end)


def _normalized(figure: Figure) -> Iterator[tuple[str, str]]:
    value, base = normalized(figure.value, figure.unit)
    unit = _qudt_unit(base)
    if unit and figure.measure != Measure.RANK:
        yield _dkg.normalizedValue, _decimal(f"{value.normalize():f}")
        yield _qudt.hasUnit, unit


def _industry(entity: Entity) -> Match | None:
    return match("industries", (entity.name, *entity.aliases)) if entity.type == "Industry" else None


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
