"""Triples as three texts, each a term in the syntax of N-Triples: quick to make, to sort and to write, the same in every format."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

Triple: TypeAlias = tuple[str, str, str]
"""Subject, predicate and object."""
Said: TypeAlias = dict[tuple[str, str], tuple[str, ...]]
"""Predicates and objects of one node, each with the documents that alone say it; none where it is known without them."""
_STRING = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#string")
_UNSAFE = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]')
_UNSAFE_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Block:
    """What is said of one node; terms are those of N-Triples."""

    node: str
    said: Said


class Names:
    """The terms of a namespace: ``Names(namespace).value`` is ``<namespace#value>``."""

    def __init__(self, namespace: object) -> None:
        self._namespace = str(namespace)

    def __getattr__(self, name: str) -> str:
        """Made when first asked for, an attribute like any other from then on."""
        term = self[name]
        setattr(self, name, term)
        return term

    def __getitem__(self, name: str) -> str:
        return f"<{self._namespace}{name}>"


def iri(text: str) -> str:
    """The term of an IRI; what no IRI may have, be it escaped, is percent-encoded."""
    return f"<{_UNSAFE_IRI.sub(lambda match: f'%{ord(match[0]):02X}', text)}>"


def literal(text: str, language: str = "", datatype: str = "") -> str:
    """The term of a text, in a language or of a datatype (itself a term) where one is given."""
    suffix = f"@{language}" if language else f"^^{datatype}" if datatype else ""
    return f'"{_UNSAFE.sub(_escape, text)}"{suffix}'


def content(term: str) -> str:
    """The IRI or the text that a term is."""
    return term[1:-1] if term.startswith("<") else term[1 : term.rindex('"')] if term.startswith('"') else term


def term(node: Node) -> str:
    """The term of a node of rdflib."""
    if isinstance(node, Literal):
        return literal(node, node.language or "", iri(node.datatype) if node.datatype else "")
    return iri(node) if isinstance(node, URIRef) else node.n3()


def quads(blocks: Iterable[Block]) -> Iterator[str]:
    """Lines of N-Quads: a triple is in the graph of each document that says it, in the default graph where no document alone does."""
    for block in blocks:
        for (predicate, value), documents in block.said.items():
            triple = f"{block.node} {predicate} {value}"
            yield from (f"{triple} {document} ." for document in documents)
            if not documents:
                yield f"{triple} ."


def nodes(triples: Iterable[pyoxigraph.Triple | pyoxigraph.Quad]) -> Iterator[tuple[Node, Node, Node]]:
    """Triples of pyoxigraph as those of rdflib, literals in exactly the same characters."""
    for triple in triples:
        yield _node(triple.subject), _node(triple.predicate), _node(triple.object)


def parsed(triples: Iterable[Triple]) -> Iterator[tuple[Node, Node, Node]]:
    """The triples as those of rdflib."""
    text = "".join(f"{subject} {predicate} {value} .\n" for subject, predicate, value in triples)
    return nodes(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES))


def _node(term: object) -> Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.Literal):
        datatype = None if term.language or term.datatype == _STRING else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    assert isinstance(term, pyoxigraph.BlankNode)
    return BNode(term.value)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _SHORT.get(match[0]) or (f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}")
