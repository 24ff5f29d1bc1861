"""The graph by document: what each document says as a named graph, so that a source can be looked at, or left out, alone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rdflib import RDF, Graph
from rdflib.namespace import PROV
from rdflib.term import Node

from kg.vocabulary import DKG, NIF

_Triple: TypeAlias = tuple[Node, Node, Node]


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """A part of a graph."""

    name: Node | None
    """The document that says it; None for what no document alone says, such as the names of things."""
    graph: Graph


def by_document(graph: Graph) -> tuple[NamedGraph, ...]:
    """The graph in parts: first what no document alone says, then each document, sorted by name.

    A fact that several documents state is in the part of each; the union of all parts is the graph.
    """
    sources = _Sources(graph)
    parts: dict[Node | None, Graph] = defaultdict(Graph)
    rest = parts[None]
    for triple in graph:
        for part in [parts[name] for name in sources.of(triple)] or [rest]:
            part.add(triple)
    return tuple(NamedGraph(name, parts[name]) for name in sorted(parts, key=lambda name: str(name or "")))


class _Sources:
    """Which documents say a triple."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._documents = {document: (document,) for document in graph.subjects(RDF.type, DKG.Document)}
        places = {place: (document,) for place, document in graph.subject_objects(NIF.referenceContext)}
        self._nodes: Mapping[Node, Sequence[Node]] = self._documents | places | self._facts(places)
        self._stated = self._statements()

    def _facts(self, places: Mapping[Node, Sequence[Node]]) -> dict[Node, Sequence[Node]]:
        found: dict[Node, dict[Node, None]] = defaultdict(dict)
        for fact, place in self._graph.subject_objects(PROV.wasDerivedFrom):
            found[fact].update(dict.fromkeys(places.get(place, ())))
        return {fact: tuple(documents) for fact, documents in found.items()}

    def _statements(self) -> Mapping[_Triple, Sequence[Node]]:
        """The documents of each relation's direct triple, by way of the statement that spells it out."""
        found: dict[_Triple, Sequence[Node]] = {}
        for node in self._graph.subjects(RDF.type, RDF.Statement):
            subject, predicate, value = (self._graph.value(node, part) for part in (RDF.subject, RDF.predicate, RDF.object))
            if subject and predicate and value is not None:
                found[subject, predicate, value] = self._nodes.get(node, ())
        return found

    def of(self, triple: _Triple) -> Sequence[Node]:
        """The documents, without repetition; none where no document alone says it."""
        subject, predicate, value = triple
        if predicate == DKG.rule:
            return ()
        if predicate == PROV.wasDerivedFrom:
            return self._nodes.get(value, ())
        documents = self._nodes.get(subject) or self._stated.get(triple, ())
        if predicate == DKG.quote and len(documents) > 1:
            return self._quoted(subject, str(value)) or documents
        return documents

    def _quoted(self, fact: Node, quote: str) -> Sequence[Node]:
        """The documents that have all the pieces of the quote: the fact's other quotes are from elsewhere."""
        pieces: dict[Node, list[str]] = defaultdict(list)
        for place in self._graph.objects(fact, PROV.wasDerivedFrom):
            for document in self._nodes.get(place, ()):
                pieces[document] += map(str, self._graph.objects(place, NIF.anchorOf))
        return tuple(document for document, texts in pieces.items() if _is_made_of(quote, texts))


def _is_made_of(quote: str, pieces: Sequence[str]) -> bool:
    """Whether some of the pieces, one after the other, are the quote."""
    ends = {0}
    for begin in range(len(quote)):
        if begin in ends:
            ends |= {begin + len(piece) for piece in pieces if quote.startswith(piece, begin)}
    return len(quote) in ends
