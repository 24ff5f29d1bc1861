"""Whether a graph keeps its contract: the shapes of the ontology, and its checks, which compare several nodes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import pyshacl
from pyoxigraph import RdfFormat, Store, parse, serialize
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from kg.rdf.query import SYNTAX, Query, load, run_query
from kg.rdf.turtle import GRAPH
from kg.vocabulary import DKG, NIF, ontology

_NAMES = (SKOS.prefLabel, DKG.rawText, NIF.anchorOf)
"""What a person knows a node by, the best first."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong with a graph."""

    node: str
    """IRI of the node."""
    label: str
    """What a person knows it by; its IRI where there is nothing better."""
    property: str
    """Where the fault is, prefixed: ``dkg:value``; empty where it is the node as a whole."""
    value: str
    """What stands there; empty where something is missing."""
    zh: str
    en: str
    """What is wrong, in Chinese and in English."""

    def line(self, language: str = "zh") -> str:
        """The violation for a person to read, in ``zh`` or ``en``."""
        where = " ".join(filter(None, (self.label, self.property)))
        what = self.zh if language == "zh" else self.en
        return f"{where}: {what}" + (f" ({self.value})" if self.value else "") + f" <{self.node}>"


def check(path: Path) -> tuple[Violation, ...]:
    """Everything that is wrong with the graph in a file (Turtle, TriG, N-Triples, N-Quads) or an output folder, sorted.

    Raises QueryError where it is no graph.
    """
    store, graph = load(path), _graph(path / GRAPH if path.is_dir() else path)
    return tuple(sorted({*_shapes(graph), *_checks(graph, store)}))


def _graph(path: Path) -> Graph:
    """The triples of a file, whatever graphs it names; the store would not do, it takes xsd:nonNegativeInteger for xsd:integer."""
    triples = (quad.triple for quad in parse(path=str(path), format=SYNTAX[path.suffix]))
    return Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Figures that do not add up."""

    zh: str
    en: str
    sentences: tuple[tuple[str, str], ...]
    """Where each figure is said, and in which words."""

    def lines(self, language: str = "zh") -> Iterator[str]:
        """What is wrong, and below it what the documents say, for a person to read."""
        yield self.zh if language == "zh" else self.en
        yield from (f"  {source}: {words}" for source, words in self.sentences)


def mismatches(path: Path) -> tuple[Mismatch, ...]:
    """What does not add up in a graph, sorted.

    Raises QueryError where the file is no graph.
    """
    found = run_query(load(path), (ontology() / "arithmetic.rq").read_text(encoding="utf-8"), {}).rows
    groups = groupby(found, key=lambda row: row[:2])
    return tuple(Mismatch(zh, en, tuple((source, words) for _, _, source, words in rows)) for (zh, en), rows in groups)


@cache
def _contract() -> Graph:
    return Graph().parse(data=(ontology() / "shapes.ttl").read_bytes(), format="turtle")


def _shapes(graph: Graph) -> Iterator[Violation]:
    report = pyshacl.validate(graph, shacl_graph=_contract(), inference="none")[1]
    assert isinstance(report, Graph)
    for result in report.objects(None, SH.result):
        node, path, value = (report.value(result, predicate) for predicate in (SH.focusNode, SH.resultPath, SH.value))
        if isinstance(path, BNode):  # a path of several steps is a list, and known by its first
            path = next(report.items(path), None)
        messages = {m.language: str(m) for m in report.objects(result, SH.resultMessage) if isinstance(m, Literal)}
        yield _violation(graph, node, path, value, messages["zh"], messages["en"])


def _checks(graph: Graph, store: Store) -> Iterator[Violation]:
    for file in (ontology() / "checks").iterdir():
        query = Query(file.read_text(encoding="utf-8"))
        zh, en = query.about
        for node, path, value in run_query(store, query.text, {}).rows:
            yield _violation(graph, URIRef(node), URIRef(path), Literal(value), zh, en)


def _violation(graph: Graph, node: Node | None, path: Node | None, value: Node | None, zh: str, en: str) -> Violation:
    where = _contract().namespace_manager.normalizeUri(path) if isinstance(path, URIRef) else ""
    what = "" if value is None or value == node else _label(graph, value)
    return Violation(str(node), _label(graph, node), where, what, zh, en)


def _label(graph: Graph, node: Node | None) -> str:
    """What a person knows a node by; a text for itself."""
    names = (str(name) for predicate in _NAMES for name in graph.objects(node, predicate) if getattr(name, "language", None) != "en")
    return min(names, default=str(node))
