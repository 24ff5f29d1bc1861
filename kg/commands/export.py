"""``kg export``: a graph in the formats of other programs."""

import sys
from argparse import Namespace
from pathlib import Path

from rdflib import Graph

from kg.cli import FINE, Refusal
from kg.commands.given import readable
from kg.export import formats as export
from kg.messages import message
from kg.rdf.query import QueryError
from kg.rdf.turtle import read

_STDOUT = "-"


def run(options: Namespace) -> int:
    """Write the graph to each file or folder."""
    formats = [_format(out, options) for out in options.out]
    try:
        with readable(options):
            graph = read(Path(options.graph))
    except QueryError as error:
        raise Refusal(error.line(options.lang)) from error
    for out, format in zip(options.out, formats, strict=True):
        _write(graph, out, format, options)
    return FINE


def _format(out: str, options: Namespace) -> str:
    """The format asked for; what can't be told is refused before anything is written."""
    format: str | None = options.format
    if out == _STDOUT:
        if format not in export.FILES:
            raise Refusal(message("export-stdout", options.lang, detail=", ".join(export.FILES)))
        return format
    try:
        return format or export.format_of(Path(out))
    except export.UnknownFormat as error:
        suffixes = ", ".join(f".{suffix}" for suffix in export.FILES)
        raise Refusal(message("export-format", options.lang, source=out, detail=suffixes)) from error


def _write(graph: Graph, out: str, format: str, options: Namespace) -> None:
    if out == _STDOUT:
        # The formats are in UTF-8, whatever the terminal's locale says.
        sys.stdout.buffer.writelines(piece.encode() for piece in export.FILES[format](graph))
        return
    try:
        path = Path(out)
        path.parent.mkdir(parents=True, exist_ok=True)
        export.write(graph, path, format)
    except OSError as error:
        raise Refusal(message("export-write", options.lang, source=out, detail=error.strerror or error)) from error
