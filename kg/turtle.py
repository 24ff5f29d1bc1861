"""Turtle, TriG, N-Triples and N-Quads: one block a thing, kinds in a fixed order, the same bytes for the same graph."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import pyoxigraph
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import ORG, SKOS
from rdflib.term import Node

from kg.dataset import NamedGraph
from kg.query import SYNTAX, QueryError
from kg.vocabulary import DKG, ENTITY_CLASSES, NIF, PREFIXES

_KINDS = (DKG.Document, *(DKG[name] for name in ENTITY_CLASSES), ORG.Membership, DKG.Figure, SKOS.Concept, RDF.Statement, DKG.Evidence)
_ORDER: dict[Node, int] = {kind: rank for rank, kind in enumerate(_KINDS)}
"""Kinds of things from first to last; whatever is none of them comes at the end."""
_SORT = (DKG.about, RDF.subject, DKG.indicator, RDF.predicate, DKG.periodStart, NIF.referenceContext)
"""Within a kind, things are sorted by these where they have them, then by name."""
_FIRST = (RDF.type, SKOS.prefLabel, SKOS.altLabel, RDF.subject, RDF.predicate, RDF.object, DKG.about, DKG.indicator, DKG.value, DKG.unit)
_LEAD: dict[Node, int] = {predicate: rank for rank, predicate in enumerate(_FIRST)}
"""Predicates that come first, in this order; the rest is sorted."""
_LOCAL = re.compile(r"(?!-)(?:[A-Za-z0-9_\-\u3400-\u9fff]|%[0-9A-F]{2})+")
"""Local names that need no escape."""
_BARE = {
    str(XSD.decimal): re.compile(r"[+-]?\d*\.\d+"),
    str(XSD.integer): re.compile(r"[+-]?\d+"),
    str(XSD.boolean): re.compile("true|false"),
}
"""Literals that Turtle lets stand without quotes."""
_STRING = pyoxigraph.NamedNode(str(XSD.string))
_NUMBER = re.compile(r"\d+")
_UNSAFE = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]')
_UNSAFE_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def turtle(graph: Graph) -> Iterator[str]:
    """The graph as Turtle, in pieces; only the prefixes that occur are declared."""
    terms = Terms({str(namespace): prefix for prefix, namespace in graph.namespaces()}, bare=True)
    for prefix, namespace in terms.namespaces(graph):
        yield f"@prefix {prefix}: <{namespace}> .\n"
    yield from _blocks(terms, graph)


def ntriples(graph: Graph) -> Iterator[str]:
    """The graph as N-Triples, one sorted line a triple."""
    terms = Terms({})
    yield from sorted(" ".join(map(terms.write, triple)) + " .\n" for triple in graph)


def nquads(parts: Sequence[NamedGraph]) -> Iterator[str]:
    """The parts as N-Quads, one sorted line a quad."""
    terms = Terms({})
    named = (((*triple, part.name) if part.name else triple) for part in parts for triple in part.graph)
    yield from sorted(" ".join(map(terms.write, quad)) + " .\n" for quad in named)


def trig(graph: Graph, parts: Sequence[NamedGraph]) -> Iterator[str]:
    """The ``parts`` of a graph as TriG: what has no name first, then a block a name."""
    terms = Terms({str(namespace): prefix for prefix, namespace in graph.namespaces()}, bare=True)
    for prefix, namespace in terms.namespaces(graph):
        yield f"@prefix {prefix}: <{namespace}> .\n"
    for part in parts:
        yield f"\n{terms.write(part.name)} {{\n" if part.name else ""
        yield from _blocks(terms, part.graph)
        yield "}\n" if part.name else ""


def read(path: Path) -> Graph:
    """The graph in a Turtle or N-Triples file, its literals in exactly the characters of the file.

    Raises QueryError where the file is not one.
    """
    syntax = SYNTAX.get(path.suffix)
    if syntax is None:
        raise QueryError("format", source=str(path))
    parser = pyoxigraph.parse(path.read_bytes(), format=syntax)
    graph = Graph(bind_namespaces="none")
    try:
        for quad in parser:
            graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    except SyntaxError as error:
        raise QueryError("damaged", source=str(path), detail=error.msg) from error
    for prefix, namespace in (PREFIXES | parser.prefixes).items():
        graph.bind(prefix, namespace)
    return graph


def _term(term: object) -> Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.Literal):
        datatype = None if term.language or term.datatype == _STRING else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    assert isinstance(term, pyoxigraph.BlankNode)
    return BNode(term.value)


_Said: TypeAlias = dict[Node, list[Node]]
"""What is said of one subject: the objects of each predicate."""


def _blocks(terms: "Terms", graph: Graph) -> Iterator[str]:
    blocks = _grouped(graph)
    for subject in sorted(blocks, key=lambda node: (_rank(blocks[node]), _order(blocks[node]), _natural(node))):
        yield "\n" + _block(terms, subject, blocks[subject])


def _grouped(graph: Graph) -> dict[Node, _Said]:
    blocks: dict[Node, _Said] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in graph:
        blocks[subject][predicate].append(value)
    return blocks


def _rank(facts: _Said) -> int:
    return min((_ORDER.get(kind, len(_ORDER)) for kind in facts.get(RDF.type, ())), default=len(_ORDER))


def _order(facts: _Said) -> list[str]:
    return [min(map(str, facts.get(predicate, ("",)))) for predicate in _SORT]


def _natural(node: Node) -> tuple[str, str]:
    """Sorts places in a text by number, not by digit."""
    name, _, place = str(node).partition("#")
    return name, _NUMBER.sub(lambda match: match[0].zfill(12), place)


def _lead(predicate: Node) -> tuple[int, str]:
    return _LEAD.get(predicate, len(_LEAD)), str(predicate)


def _block(terms: "Terms", subject: Node, facts: _Said) -> str:
    lines = []
    for predicate in sorted(facts, key=_lead):
        verb = "a" if predicate == RDF.type else terms.write(predicate)
        lines.append(f"{verb} {', '.join(sorted(map(terms.write, facts[predicate])))}")
    return f"{terms.write(subject)} " + " ;\n    ".join(lines) + " .\n"


class Terms:
    """Writes terms, with prefixes where some are given."""

    def __init__(self, prefixes: Mapping[str, str], bare: bool = False) -> None:
        self._prefixes = prefixes
        """Prefixes by the namespace they stand for."""
        self._bare = bare
        """Whether numbers may stand without quotes."""

    def write(self, term: Node) -> str:
        """The term as the syntax has it."""
        if isinstance(term, Literal):
            return self._literal(term)
        return self._iri(str(term)) if isinstance(term, URIRef) else term.n3()

    def name(self, node: Node) -> str:
        """The node's name bare, with a prefix where there is one for it."""
        curie = self._curie(str(node)) if isinstance(node, URIRef) else None
        return ":".join(curie) if curie else str(node) if isinstance(node, URIRef) else node.n3()

    def namespaces(self, graph: Graph) -> list[tuple[str, str]]:
        """Prefixes that writing the graph takes, each with its namespace."""
        found = {prefix for prefix, _ in filter(None, map(self._curie, {*_iris(graph)}))}
        return sorted((prefix, namespace) for namespace, prefix in self._prefixes.items() if prefix in found)

    def _curie(self, iri: str) -> tuple[str, str] | None:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._prefixes.get(iri[:cut])
        return (prefix, iri[cut:]) if prefix is not None and _LOCAL.fullmatch(iri, cut) else None

    def _iri(self, iri: str) -> str:
        curie = self._curie(iri)
        return ":".join(curie) if curie else f"<{_UNSAFE_IRI.sub(_escape, iri)}>"

    def _literal(self, literal: Literal) -> str:
        datatype = str(literal.datatype or "")
        if self._bare and datatype in _BARE and _BARE[datatype].fullmatch(literal):
            return str(literal)
        suffix = f"@{literal.language}" if literal.language else f"^^{self._iri(datatype)}" if datatype else ""
        return f'"{_UNSAFE.sub(_escape, literal)}"{suffix}'


def _iris(graph: Graph) -> Iterator[str]:
    """Every IRI that Turtle spells out; ``rdf:type`` as a predicate is written ``a``."""
    for subject, predicate, value in graph:
        yield from map(str, (subject,) if predicate == RDF.type else (subject, predicate))
        yield str(value.datatype or "") if isinstance(value, Literal) else str(value)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _SHORT.get(match[0]) or (f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}")
