"""CSV for Neo4j's importer: ``neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv``."""

import re
from collections.abc import Iterable, Iterator

import networkx

from kg.export.datapackage import lines
from kg.export.property_graph import Properties

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ELSEWHERE = ("class", "subclass")
"""Properties of a node that become its labels."""


def files(net: networkx.MultiDiGraph) -> Iterator[tuple[str, Iterator[str]]]:
    """Both files of a property graph: name and text."""
    yield "nodes.csv", _nodes(net)
    yield "relationships.csv", _relationships(net)


def _nodes(net: networkx.MultiDiGraph) -> Iterator[str]:
    columns = _columns(about for _, about in net.nodes(data=True))
    labels = (";".join(about[name] for name in _ELSEWHERE if name in about) for _, about in net.nodes(data=True))
    nodes = zip(net.nodes(data=True), labels, strict=True)
    rows = ((name, label, *(_cell(about.get(column)) for column in columns)) for (name, about), label in nodes)
    return lines(["iri:ID", ":LABEL", *columns.values()], rows)


def _relationships(net: networkx.MultiDiGraph) -> Iterator[str]:
    columns = _columns(about for *_, about in net.edges(data=True))
    columns.pop("label", None)
    rows = (
        (begin, end, _type(about["label"]), *(_cell(about.get(column)) for column in columns)) for begin, end, about in net.edges(data=True)
    )
    return lines([":START_ID", ":END_ID", ":TYPE", *columns.values()], rows)


def _columns(items: Iterable[Properties]) -> dict[str, str]:
    """The heading of each property, with its type where it is no text."""
    found: dict[str, str] = {}
    for about in items:
        for name, value in about.items():
            if name not in _ELSEWHERE:
                found.setdefault(name, ("name" if name == "label" else name) + (":double" if isinstance(value, float) else ""))
    return found


def _type(label: str) -> str:
    """The name of a relationship as Neo4j's users write it: PART_OF."""
    return _HUMP.sub("_", label).upper()


def _cell(value: object) -> object:
    """One line: the importer takes a line's end for the row's, unless told otherwise."""
    return " ".join(value.splitlines()) if isinstance(value, str) else value
