"""The graph as nodes and edges with properties, as Gephi, yEd, networkx and Neo4j know it; written as GraphML and GEXF.

Entities, figures, documents and texts are nodes; relations, and what a figure is about, the growth of and derived from, are edges.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeAlias

import networkx
from networkx.readwrite.gexf import GEXFWriter

from kg.export.tables import SEPARATOR, DocumentRow, EntityRow, EvidenceRow, FigureRow, RelationRow, Tables

Properties: TypeAlias = Mapping[str, str | int | float | bool]
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 forbids, however they are escaped."""


def property_graph(tables: Tables) -> networkx.MultiDiGraph:
    """Nodes have a ``label`` and a ``class``, edges a ``label``; facts have quote, documents and offsets of their evidence."""
    net: networkx.MultiDiGraph = networkx.MultiDiGraph()
    places = _places(tables.evidence)
    nodes = chain(map(_document, tables.documents), map(_entity, tables.entities), _texts(tables.relations))
    for name, properties in chain(nodes, ((figure.id, _figure(figure, places.get(figure.id, ()))) for figure in tables.figures)):
        net.add_node(name, **properties)
    for relation in tables.relations:
        properties = _relation(relation, places.get(relation.id, ()))
        net.add_edge(relation.subject, relation.object or _text(relation), relation.id, **properties)
    for figure in tables.figures:
        for label, target in _links(figure, places.get(figure.id, ())):
            net.add_edge(figure.id, target, f"{figure.id} {label} {target}", label=label)
    return net


def graphml(net: networkx.MultiDiGraph) -> Iterator[str]:
    """The property graph as GraphML; what the nodes are called elsewhere is their ``iri`` here."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    for line in networkx.generate_graphml(_numbered(_clean(net))):
        yield f"{line}\n"


def gexf(net: networkx.MultiDiGraph) -> Iterator[str]:
    """The property graph as GEXF 1.2."""
    writer = GEXFWriter(encoding="utf-8", version="1.2draft")
    # networkx puts today's date there, and its own version; and it gives the graph a name, which GEXF does not know.
    writer.xml.remove(writer.xml.find("meta"))
    writer.add_graph(_clean(net))
    del writer.graph_element.attrib["name"]
    text = io.BytesIO()
    writer.write(text)
    yield text.getvalue().decode() + "\n"


def _clean(net: networkx.MultiDiGraph) -> networkx.MultiDiGraph:
    clean: networkx.MultiDiGraph = networkx.MultiDiGraph()
    for name, properties in net.nodes(data=True):
        clean.add_node(_xml(name), **{key: _xml(value) for key, value in properties.items()})
    for begin, end, name, properties in net.edges(keys=True, data=True):
        clean.add_edge(_xml(begin), _xml(end), _xml(name), **{key: _xml(value) for key, value in properties.items()})
    return clean


def _numbered(net: networkx.MultiDiGraph) -> networkx.MultiDiGraph:
    """GraphML allows only letters, digits and few signs in the names of nodes and edges, so that no IRI is one."""
    numbers = {name: f"n{number}" for number, name in enumerate(net)}
    numbered: networkx.MultiDiGraph = networkx.MultiDiGraph()
    for name, properties in net.nodes(data=True):
        numbered.add_node(numbers[name], iri=name, **properties)
    for number, (begin, end, properties) in enumerate(net.edges(data=True)):
        numbered.add_edge(numbers[begin], numbers[end], f"e{number}", **properties)
    return numbered


def _xml(value: object) -> object:
    return _NO_XML.sub("", value) if isinstance(value, str) else value


def _places(evidence: Sequence[EvidenceRow]) -> Mapping[str, Sequence[EvidenceRow]]:
    places: dict[str, list[EvidenceRow]] = defaultdict(list)
    for row in evidence:
        places[row.fact].append(row)
    return places


def _known(**properties: str | float | bool | None) -> Properties:
    """Only what has a value; ``class_`` is a word of Python."""
    return {name.rstrip("_"): value for name, value in properties.items() if value not in (None, "")}


def _evidence(quote: str, rule: str, places: Sequence[EvidenceRow]) -> Properties:
    """Quote, and document and offsets of each place, in the same order."""
    offsets = SEPARATOR.join(f"{place.begin},{place.end}" for place in places)
    return _known(quote=quote, rule=rule, document=SEPARATOR.join(place.document for place in places), offsets=offsets)


def _document(row: DocumentRow) -> tuple[str, Properties]:
    about = {"publisher": row.publisher, "published": row.published, "source": row.source, "sha256": row.sha256}
    return row.id, _known(label=row.title or row.source or row.id, class_="Document", **about)


def _entity(row: EntityRow) -> tuple[str, Properties]:
    return row.id, _known(label=row.name, class_=row.type, subclass=row.subtype, aliases=row.aliases, code=row.code)


def _text(row: RelationRow) -> str:
    """The node of a text that a relation leads to."""
    return f"{row.predicate}/{row.object_name}"


def _texts(relations: Sequence[RelationRow]) -> Iterator[tuple[str, Properties]]:
    for row in relations:
        if not row.object:
            yield _text(row), _known(label=row.object_name, class_="Text")


def _relation(row: RelationRow, places: Sequence[EvidenceRow]) -> Properties:
    return {**_known(label=row.predicate, iri=row.id, role=row.role), **_evidence(row.quote, row.rule, places)}


def _figure(row: FigureRow, places: Sequence[EvidenceRow]) -> Properties:
    properties = _known(
        label=f"{row.indicator} {row.raw}",
        class_="Figure",
        indicator=row.indicator,
        standardIndicator=row.standard_indicator,
        value=None if row.value is None else float(row.value),
        unit=row.unit,
        normalizedValue=None if row.normalized_value is None else float(row.normalized_value),
        normalizedUnit=row.normalized_unit,
        bound=row.bound,
        measure=row.measure,
        status=row.status,
        period=row.period,
        scope=row.scope,
        rawText=row.raw,
    )
    return {**properties, **_evidence(row.quote, row.rule, places)}


def _links(row: FigureRow, places: Sequence[EvidenceRow]) -> Iterator[tuple[str, str]]:
    yield "about", row.about
    if row.growth_of:
        yield "growthOf", row.growth_of
    yield from (("wasDerivedFrom", document) for document in dict.fromkeys(place.document for place in places))
