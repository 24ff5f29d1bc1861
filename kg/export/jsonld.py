"""JSON-LD that reads well: names with the prefixes of the graph, one object a thing, sorted."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from rdflib import RDF, Graph, Literal
from rdflib.term import Node

from kg.rdf.turtle import Prefixes


def jsonld(graph: Graph) -> Iterator[str]:
    """The graph as JSON-LD, a line a thing."""
    terms = Prefixes({prefix: str(namespace) for prefix, namespace in graph.namespaces()})
    context = terms.declared(map(str, chain.from_iterable(map(_iris, graph))))
    yield f'{{"@context": {_json(context)},\n"@graph": ['
    for number, subject in enumerate(sorted(set(graph.subjects()), key=str)):
        yield (",\n" if number else "\n") + _json(_thing(terms, graph, subject))
    yield "\n]}\n"


def _iris(triple: tuple[Node, Node, Node]) -> Iterator[object]:
    """Every IRI that is spelled out; ``rdf:type`` is a word of JSON-LD."""
    subject, predicate, value = triple
    yield from (subject,) if predicate == RDF.type else (subject, predicate)
    yield (value.datatype or "") if isinstance(value, Literal) else value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _thing(terms: Prefixes, graph: Graph, subject: Node) -> Mapping[str, object]:
    said: dict[str, list[object]] = defaultdict(list)
    for predicate, value in sorted(graph.predicate_objects(subject), key=lambda pair: (*map(str, pair), pair[1].n3())):
        if predicate == RDF.type:
            said["@type"].append(terms.name(value))
        else:
            said[terms.name(predicate)].append(_value(terms, value))
    return {"@id": terms.name(subject), **said}


def _value(terms: Prefixes, value: Node) -> object:
    if not isinstance(value, Literal):
        return {"@id": terms.name(value)}
    if value.language:
        return {"@value": str(value), "@language": value.language}
    # Numbers stay texts with their type: a JSON number would lose the digits as written.
    return {"@value": str(value), "@type": terms.name(value.datatype)} if value.datatype else str(value)
