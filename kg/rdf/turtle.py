"""Turtle, TriG, N-Triples and N-Quads: one block a thing, kinds in a fixed order, the same bytes for the same graph."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph
from rdflib import RDF, XSD, Graph, URIRef
from rdflib.namespace import ORG, SKOS
from rdflib.term import Node

from kg.rdf.dataset import NamedGraph
from kg.rdf.query import SYNTAX, QueryError
from kg.rdf.triple import Block, Said, content, iri, nodes, term
from kg.sorting import in_order
from kg.vocabulary import DKG, ENTITY_CLASSES, NIF, PREFIXES

GRAPH = "graph.ttl"
"""The graph in an output folder."""
_TYPE = iri(RDF.type)
_NAMED = (DKG[name] for name in ENTITY_CLASSES)
_KINDS = (DKG.Document, *_NAMED, ORG.Membership, DKG.Figure, DKG.Discrepancy, SKOS.Concept, RDF.Statement, DKG.Evidence)
_ORDER = {iri(kind): rank for rank, kind in enumerate(_KINDS)}
"""Kinds of things from first to last; whatever is none of them comes at the end."""
_SORT = tuple(map(iri, (DKG.about, RDF.subject, DKG.indicator, RDF.predicate, DKG.periodStart, NIF.referenceContext)))
"""Within a kind, things are sorted by these where they have them, then by name."""
_FIRST = (RDF.type, SKOS.prefLabel, SKOS.altLabel, RDF.subject, RDF.predicate, RDF.object, DKG.about, DKG.indicator, DKG.value, DKG.unit)
_LEAD = {iri(predicate): rank for rank, predicate in enumerate(_FIRST)}
"""Predicates that come first, in this order; the rest is sorted."""
_LOCAL = re.compile(r"(?!-)(?:[A-Za-z0-9_\-\u3400-\u9fff]|%[0-9A-F]{2})+")
"""Local names that need no escape."""
_BARE = {
    iri(XSD.decimal): re.compile(r'"[+-]?\d*\.\d+"'),
    iri(XSD.integer): re.compile(r'"[+-]?\d+"'),
    iri(XSD.boolean): re.compile('"(?:true|false)"'),
}
"""Literals that Turtle lets stand without quotes."""
_NUMBER = re.compile(r"\d+")
_REMEMBERED = 2**13
"""How many terms are kept at hand."""


def turtle(graph: Graph) -> Iterator[str]:
    """The graph as Turtle, in pieces; only the prefixes that occur are declared."""
    return write_turtle(_blocks(graph), {prefix: str(namespace) for prefix, namespace in graph.namespaces()})


def write_turtle(blocks: Iterable[Block], namespaces: Mapping[str, str]) -> Iterator[str]:
    """The blocks as Turtle, whatever their order; ``namespaces`` go by their prefixes."""
    names = _Names(namespaces)
    body = names.body(blocks)
    yield from names.head()
    for _, text in body:
        yield text


def ntriples(graph: Graph) -> Iterator[str]:
    """The graph as N-Triples, one sorted line a triple."""
    yield from sorted(" ".join(map(term, triple)) + " .\n" for triple in graph)


def nquads(parts: Sequence[NamedGraph]) -> Iterator[str]:
    """The parts as N-Quads, one sorted line a quad."""
    named = (((*triple, part.name) if part.name else triple) for part in parts for triple in part.graph)
    yield from sorted(" ".join(map(term, quad)) + " .\n" for quad in named)


def trig(graph: Graph, parts: Sequence[NamedGraph]) -> Iterator[str]:
    """The ``parts`` of a graph as TriG: what has no name first, then a block a name."""
    names = _Names({prefix: str(namespace) for prefix, namespace in graph.namespaces()})
    bodies = [(part.name and names.write(term(part.name)), names.body(_blocks(part.graph))) for part in parts]
    yield from names.head()
    for name, body in bodies:
        yield f"\n{name} {{\n" if name else ""
        yield from (text for _, text in body)
        yield "}\n" if name else ""


def read(path: Path) -> Graph:
    """The graph in a file (Turtle, TriG, N-Triples, N-Quads) or of an output folder, its literals in exactly the characters of the file.

    Raises QueryError where the file is not one, OSError where it can't be read.
    """
    if path.is_dir():
        path = path / GRAPH
    syntax = SYNTAX.get(path.suffix)
    if syntax is None:
        raise QueryError("format", source=str(path))
    parser = pyoxigraph.parse(path.read_bytes(), format=syntax)
    graph = Graph(bind_namespaces="none")
    try:
        for triple in nodes(parser):
            graph.add(triple)
    except SyntaxError as error:
        raise QueryError("damaged", source=str(path), detail=error.msg) from error
    for prefix, namespace in (PREFIXES | parser.prefixes).items():
        graph.bind(prefix, namespace)
    return graph


def _blocks(graph: Graph) -> Iterator[Block]:
    blocks: dict[str, Said] = defaultdict(dict)
    for subject, predicate, value in graph:
        blocks[term(subject)][term(predicate), term(value)] = ()
    yield from (Block(node, said) for node, said in blocks.items())


class Prefixes:
    """Names of nodes with a prefix, where there is one for them."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self._namespaces = namespaces
        self._prefixes = {namespace: prefix for prefix, namespace in namespaces.items()}

    def declared(self, iris: Iterable[str]) -> dict[str, str]:
        """The prefixes that the IRIs take, sorted, each with what it stands for."""
        found = {curie[0] for curie in map(self.curie, set(iris)) if curie}
        return {prefix: self._namespaces[prefix] for prefix in sorted(found)}

    def curie(self, iri: str) -> tuple[str, str] | None:
        """Prefix and local name."""
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._prefixes.get(iri[:cut])
        return (prefix, iri[cut:]) if prefix is not None and _LOCAL.fullmatch(iri, cut) else None

    def name(self, node: Node) -> str:
        """The node's name bare, with a prefix where there is one for it."""
        curie = self.curie(str(node)) if isinstance(node, URIRef) else None
        return ":".join(curie) if curie else str(node) if isinstance(node, URIRef) else node.n3()


class _Terms(dict[str, str]):
    """Terms as Turtle has them, by what N-Triples has, and the prefixes that it took; names come again and again."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = Prefixes(namespaces)
        self.used: set[str] = set()

    def __missing__(self, term: str) -> str:
        """A term that ends in ``>``: an IRI, or a literal with a datatype; any other is the same in both."""
        written = self._named(term) if term.startswith("<") else self._typed(term)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[term] = written
        return written

    def _named(self, term: str) -> str:
        curie = self._prefixes.curie(content(term))
        if not curie:
            return term
        self.used.add(curie[0])
        return ":".join(curie)

    def _typed(self, term: str) -> str:
        value, _, datatype = term.rpartition("^^")
        name = self._named(datatype)
        return value[1:-1] if datatype in _BARE and _BARE[datatype].fullmatch(value) else f"{value}^^{name}"


class _Names:
    """Writes blocks as Turtle, and knows which prefixes that has taken."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self._namespaces = namespaces
        self._terms = _Terms(namespaces)
        self._verbs: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        """Predicates in their order, each with its verb, by the predicates as they come: things of a kind have the same ones."""

    def head(self) -> Iterator[str]:
        """The declarations of all prefixes used so far."""
        for prefix in sorted(self._terms.used):
            yield f"@prefix {prefix}: <{self._namespaces[prefix]}> .\n"

    def body(self, blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
        """The blocks as text, in their order."""
        said = ((block.node, _by_predicate(block)) for block in blocks)
        return in_order((_key(node, values), self._block(node, values)) for node, values in said)

    def write(self, term: str) -> str:
        """A term as Turtle has it."""
        return self._terms[term] if term.endswith(">") else term

    def _block(self, node: str, said: Mapping[str, Sequence[str]]) -> str:
        predicates = tuple(said)
        verbs = self._verbs.get(predicates)
        if verbs is None:
            verbs = self._verbs[predicates] = [(predicate, self._verb(predicate)) for predicate in sorted(predicates, key=_lead)]
        terms = self._terms
        lines = []
        for predicate, verb in verbs:
            values = said[predicate]
            if len(values) == 1:
                value = values[0]
                lines.append(f"{verb} {terms[value] if value[-1] == '>' else value}")
            else:
                lines.append(f"{verb} {', '.join(sorted(map(self.write, values)))}")
        return f"\n{self.write(node)} " + " ;\n    ".join(lines) + " .\n"

    def _verb(self, predicate: str) -> str:
        return "a" if predicate == _TYPE else self.write(predicate)


def _by_predicate(block: Block) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for predicate, value in block.said:
        if predicate in values:
            values[predicate].append(value)
        else:
            values[predicate] = [value]
    return values


def _key(node: str, said: Mapping[str, Sequence[str]]) -> str:
    """Sorts blocks by kind, by what they are about, and by name: one text, for these are the quickest to compare."""
    rank = min((_ORDER.get(kind, len(_ORDER)) for kind in said.get(_TYPE, ())), default=len(_ORDER))
    # Without its end, ``<a`` sorts before ``<a-b`` as the names do.
    order = [min(said[predicate])[:-1] if predicate in said else "" for predicate in _SORT]
    return "\0".join((chr(rank), *order, _natural(node[:-1])))


def _natural(name: str) -> str:
    """Sorts places in a text by number, not by digit."""
    name, mark, place = name.partition("#")
    return f"{name}\0{_NUMBER.sub(_padded, place)}" if mark else name


def _padded(number: re.Match[str]) -> str:
    return number[0].zfill(12)


def _lead(predicate: str) -> tuple[int, str]:
    return _LEAD.get(predicate, len(_LEAD)), content(predicate)
