"""A graph as files of every kind: RDF, networks, tables; each whole or not at all, the same bytes for the same graph."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from rdflib import Graph

from kg.export import datapackage, neo4j
from kg.export.jsonld import jsonld
from kg.export.property_graph import gexf, graphml, property_graph
from kg.export.tables import tables
from kg.rdf.dataset import by_document
from kg.rdf.turtle import nquads, ntriples, trig, turtle

FILES: dict[str, Callable[[Graph], Iterable[str]]] = {
    "ttl": turtle,
    "nt": ntriples,
    "nq": lambda graph: nquads(by_document(graph)),
    "trig": lambda graph: trig(graph, by_document(graph)),
    "jsonld": jsonld,
    "graphml": lambda graph: graphml(property_graph(tables(graph))),
    "gexf": lambda graph: gexf(property_graph(tables(graph))),
}
"""Formats of one file, by its suffix."""
FOLDERS: dict[str, Callable[[Graph], Iterable[tuple[str, Iterable[str]]]]] = {
    "tables": lambda graph: datapackage.files(tables(graph)),
    "neo4j": lambda graph: neo4j.files(property_graph(tables(graph))),
}
"""Formats of a folder: names of files, each with its text."""
FORMATS = (*FILES, *FOLDERS)


class UnknownFormat(ValueError):  # noqa: N818 - it is the name that says nothing, not the program that fails
    """The name of a file does not say what it is to be."""


def format_of(path: Path) -> str:
    """The format that a name asks for: by its suffix; a folder's is tables.

    Raises UnknownFormat for any other suffix.
    """
    suffix = path.suffix.removeprefix(".")
    if path.is_dir() or not suffix:
        return "tables"
    if suffix not in FILES:
        raise UnknownFormat(suffix)
    return suffix


def write(graph: Graph, path: Path, format: str | None = None) -> None:
    """Write the graph to a file or folder, in ``format`` or the one that the name asks for.

    Raises UnknownFormat where neither says it.
    """
    format = format or format_of(path)
    if format in FILES:
        whole(path, FILES[format](graph))
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, pieces in FOLDERS[format](graph):
        whole(path / name, pieces)


def whole(path: Path, pieces: Iterable[str]) -> None:
    """Write beside, then rename: nobody ever sees half a file."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
