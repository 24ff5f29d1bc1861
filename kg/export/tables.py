"""The graph as tables: entities, relations, figures, their evidence and the documents, a dataclass for the rows of each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated

from rdflib import RDF, Graph, Literal
from rdflib.namespace import DCTERMS, ORG, PROV, SKOS
from rdflib.term import Node

from kg.vocabulary import DKG, ENTITY_CLASSES, NIF, QUDT, SCHEMA

SEPARATOR = "|"
"""Stands between several texts in one cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a table says of one of its columns."""

    about: str
    optional: bool = True
    """Whether a row may lack it."""
    refers: str = ""
    """The table whose ``id`` it repeats."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document."""

    id: Annotated[str, Column("IRI of the document", optional=False)]
    kind: Annotated[str, Column("NewsArticle or Report")]
    title: Annotated[str, Column("title")]
    publisher: Annotated[str, Column("publisher")]
    published: Annotated[str, Column("publication date: year, month or day")]
    date_inferred: Annotated[bool | None, Column("whether the publication date was inferred")]
    source: Annotated[str, Column("file or address it was read from")]
    sha256: Annotated[str, Column("digest of its text")]


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A named thing."""

    id: Annotated[str, Column("IRI of the entity", optional=False)]
    type: Annotated[str, Column("class", optional=False)]
    subtype: Annotated[str, Column("subclass: AdministrativeDivision or DevelopmentZone")]
    name: Annotated[str, Column("preferred name", optional=False)]
    aliases: Annotated[str, Column("other names, | between them")]
    code: Annotated[str, Column("division code of GB/T 2260")]


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation of an entity to another, or to a text."""

    id: Annotated[str, Column("IRI of the statement", optional=False)]
    subject: Annotated[str, Column("the entity it is a fact of", optional=False, refers="entities")]
    subject_name: Annotated[str, Column("name of the subject", optional=False)]
    predicate: Annotated[str, Column("name of the relation", optional=False)]
    object: Annotated[str, Column("the entity it leads to; empty where it leads to a text", refers="entities")]
    object_name: Annotated[str, Column("name of the object, or the text", optional=False)]
    role: Annotated[str, Column("the post, for holdsPosition; | between several")]
    rule: Annotated[str, Column("the rules that found it, | between them")]
    quote: Annotated[str, Column("what the documents say, | between quotes")]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A number that a document states."""

    id: Annotated[str, Column("IRI of the figure", optional=False)]
    about: Annotated[str, Column("the entity it describes", optional=False, refers="entities")]
    about_name: Annotated[str, Column("name of that entity", optional=False)]
    indicator: Annotated[str, Column("what is measured, in the text's words", optional=False)]
    standard_indicator: Annotated[str, Column("IRI of the standard indicator that it matches")]
    value: Annotated[Decimal | None, Column("the number as written", optional=False)]
    unit: Annotated[str, Column("unit as written")]
    normalized_value: Annotated[Decimal | None, Column("the number in the base unit")]
    normalized_unit: Annotated[str, Column("IRI of the base unit, of QUDT")]
    bound: Annotated[str, Column("= equal, > more, < less, ~ about")]
    measure: Annotated[str, Column("level, growth, change, share or rank", optional=False)]
    status: Annotated[str, Column("actual or target")]
    period: Annotated[str, Column("ISO 8601: a year, month or day, or two of them with / between")]
    period_start: Annotated[date | None, Column("first day of the period")]
    period_end: Annotated[date | None, Column("last day of the period")]
    scope: Annotated[str, Column("the field in which a rank is compared")]
    growth_of: Annotated[str, Column("the level that a growth belongs to", refers="figures")]
    raw: Annotated[str, Column("number and unit as they stand in the text")]
    rule: Annotated[str, Column("the rules that found it, | between them")]
    quote: Annotated[str, Column("what the document says, | between quotes")]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A place in a document that a fact rests on."""

    fact: Annotated[str, Column("IRI of the relation or figure", optional=False)]
    document: Annotated[str, Column("the document", optional=False, refers="documents")]
    begin: Annotated[int, Column("offset of the first character", optional=False)]
    end: Annotated[int, Column("offset after the last character", optional=False)]
    text: Annotated[str, Column("the document's text from begin to end", optional=False)]


@dataclass(frozen=True, slots=True)
class Tables:
    """A whole graph."""

    documents: tuple[DocumentRow, ...]
    entities: tuple[EntityRow, ...]
    relations: tuple[RelationRow, ...]
    figures: tuple[FigureRow, ...]
    evidence: tuple[EvidenceRow, ...]


def tables(graph: Graph) -> Tables:
    """The graph as tables, each sorted by IRI; what a graph of another make lacks is empty."""
    return _Reader(graph).tables()


def _local(node: Node | str) -> str:
    """The last part of an IRI; a text as it stands."""
    return str(node) if isinstance(node, Literal) else str(node).rpartition("#")[2].rpartition("/")[2]


class _Reader:
    """Reads rows out of a graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._roles = self._posts()

    def tables(self) -> Tables:
        relations, figures = tuple(self._relations()), tuple(self._figures())
        facts = sorted([*(row.id for row in relations), *(row.id for row in figures)])
        nodes = {str(node): node for node in self._graph.subjects(PROV.wasDerivedFrom)}
        evidence = tuple(row for fact in facts if fact in nodes for row in self._evidence(nodes[fact]))
        return Tables(tuple(self._documents()), tuple(self._entities()), relations, figures, evidence)

    def _all(self, kind: Node) -> Sequence[Node]:
        return sorted(self._graph.subjects(RDF.type, kind), key=str)

    def _texts(self, node: Node, predicate: Node) -> list[str]:
        return sorted(map(str, self._graph.objects(node, predicate)))

    def _text(self, node: Node, predicate: Node) -> str:
        """The value of a property that has one; the first where a graph has several."""
        return next(iter(self._texts(node, predicate)), "")

    def _joined(self, node: Node, predicate: Node) -> str:
        return SEPARATOR.join(self._texts(node, predicate))

    def _node(self, node: Node, predicate: Node) -> Node | None:
        return min(self._graph.objects(node, predicate), key=str, default=None)

    def _number(self, node: Node, predicate: Node) -> Decimal | None:
        """The number; None too where a graph of another make has none that is one."""
        try:
            return Decimal(self._text(node, predicate))
        except InvalidOperation:
            return None

    def _day(self, node: Node, predicate: Node) -> date | None:
        try:
            return date.fromisoformat(self._text(node, predicate))
        except ValueError:
            return None

    def _name(self, node: Node) -> str:
        return self._text(node, SKOS.prefLabel) or _local(node)

    def _posts(self) -> Mapping[tuple[Node | None, Node | None], Sequence[str]]:
        """The roles of each person at each body."""
        roles: dict[tuple[Node | None, Node | None], list[str]] = defaultdict(list)
        for post in self._all(ORG.Membership):
            roles[self._node(post, ORG.member), self._node(post, ORG.organization)] += self._texts(post, ORG.role)
        return {pair: sorted(found) for pair, found in roles.items()}

    def _documents(self) -> Iterator[DocumentRow]:
        for node in self._all(DKG.Document):
            kinds = [_local(kind) for kind in self._texts(node, RDF.type) if kind != str(DKG.Document)]
            inferred = self._text(node, DKG.dateInferred)
            yield DocumentRow(
                id=str(node),
                kind=next(iter(kinds), ""),
                title=self._text(node, SCHEMA.name),
                publisher=self._text(node, SCHEMA.publisher),
                published=self._text(node, SCHEMA.datePublished),
                date_inferred=inferred == "true" if inferred else None,
                source=self._text(node, DCTERMS.source),
                sha256=self._text(node, SCHEMA.sha256),
            )

    def _entities(self) -> Iterator[EntityRow]:
        classes = {node: name for name in reversed(ENTITY_CLASSES) for node in self._all(DKG[name])}
        for node in sorted(classes, key=str):
            subtypes = [kind for kind in self._texts(node, RDF.type) if kind.startswith(str(DKG)) and _local(kind) not in ENTITY_CLASSES]
            yield EntityRow(
                id=str(node),
                type=classes[node],
                subtype=_local(next(iter(subtypes), "")),
                name=self._name(node),
                aliases=self._joined(node, SKOS.altLabel),
                code=self._text(node, DKG.divisionCode),
            )

    def _relations(self) -> Iterator[RelationRow]:
        for node in self._all(RDF.Statement):
            subject, predicate, value = (self._node(node, part) for part in (RDF.subject, RDF.predicate, RDF.object))
            if subject is None or predicate is None or value is None:
                continue
            yield RelationRow(
                id=str(node),
                subject=str(subject),
                subject_name=self._name(subject),
                predicate=_local(predicate),
                object="" if isinstance(value, Literal) or predicate == DKG.projectStatus else str(value),
                object_name=self._name(value),
                role=SEPARATOR.join(self._roles.get((subject, value), ())) if predicate == DKG.holdsPosition else "",
                rule=self._joined(node, DKG.rule),
                quote=self._joined(node, DKG.quote),
            )

    def _figures(self) -> Iterator[FigureRow]:
        for node in self._all(DKG.Figure):
            about, indicator = self._node(node, DKG.about), self._node(node, DKG.indicator)
            if about is None or indicator is None:
                continue
            yield FigureRow(
                id=str(node),
                about=str(about),
                about_name=self._name(about),
                indicator=self._name(indicator),
                standard_indicator=self._text(indicator, SKOS.exactMatch),
                value=self._number(node, DKG.value),
                unit=self._text(node, DKG.unit),
                normalized_value=self._number(node, DKG.normalizedValue),
                normalized_unit=self._text(node, QUDT.hasUnit),
                bound=self._text(node, DKG.bound),
                measure=_local(self._text(node, DKG.measure)),
                status=_local(self._text(node, DKG.status)),
                period=self._text(node, SCHEMA.temporalCoverage),
                period_start=self._day(node, DKG.periodStart),
                period_end=self._day(node, DKG.periodEnd),
                scope=self._text(node, DKG.scope),
                growth_of=self._text(node, DKG.growthOf),
                raw=self._joined(node, DKG.rawText),
                rule=self._joined(node, DKG.rule),
                quote=self._joined(node, DKG.quote),
            )

    def _evidence(self, fact: Node) -> Iterator[EvidenceRow]:
        rows = []
        for place in self._graph.objects(fact, PROV.wasDerivedFrom):
            document, begin, end = (self._text(place, part) for part in (NIF.referenceContext, NIF.beginIndex, NIF.endIndex))
            if document and begin.isdecimal() and end.isdecimal():
                rows.append(EvidenceRow(str(fact), document, int(begin), int(end), self._text(place, NIF.anchorOf)))
        yield from sorted(rows, key=lambda row: (row.document, row.begin, row.end))
