"""JSON-LD that reads well: names with the prefixes of the graph, one object a thing, sorted."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

from rdflib import RDF, Graph, Literal
from rdflib.term import Node

from kg.turtle import Terms


def jsonld(graph: Graph) -> Iterator[str]:
    """The graph as JSON-LD, a line a thing."""
    terms = Terms({str(namespace): prefix for prefix, namespace in graph.namespaces()})
    context = dict(terms.namespaces(graph))
    yield f'{{"@context": {_json(context)},\n"@graph": ['
    for number, subject in enumerate(sorted(set(graph.subjects()), key=str)):
        yield (",\n" if number else "\n") + _json(_thing(terms, graph, subject))
    yield "\n]}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _thing(terms: Terms, graph: Graph, subject: Node) -> Mapping[str, object]:
    said: dict[str, list[object]] = defaultdict(list)
    for predicate, value in sorted(graph.predicate_objects(subject), key=lambda pair: (*map(str, pair), pair[1].n3())):
        if predicate == RDF.type:
            said["@type"].append(terms.name(value))
        else:
            said[terms.name(predicate)].append(_value(terms, value))
    return {"@id": terms.name(subject), **said}


def _value(terms: Terms, value: Node) -> object:
    if not isinstance(value, Literal):
        return {"@id": terms.name(value)}
    if value.language:
        return {"@value": str(value), "@language": value.language}
    # Numbers stay texts with their type: a JSON number would lose the digits as written.
    return {"@value": str(value), "@type": terms.name(value.datatype)} if value.datatype else str(value)
