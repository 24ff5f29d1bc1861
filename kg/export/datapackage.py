"""CSV tables with a frictionless ``datapackage.json`` that says what each column is."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, fields
from datetime import date
from decimal import Decimal
from typing import get_args, get_type_hints

from kg.export.tables import Column, DocumentRow, EntityRow, EvidenceRow, FigureRow, RelationRow, Tables

_ROWS = {"entities": EntityRow, "relations": RelationRow, "figures": FigureRow, "evidence": EvidenceRow, "documents": DocumentRow}
"""The tables and what their rows are, in the order of the package."""
_TYPES = {str: "string", int: "integer", bool: "boolean", Decimal: "number", date: "date"}
_PLACE = ("fact", "document", "begin", "end")
"""What tells one row of the evidence from another."""


def files(tables: Tables) -> Iterator[tuple[str, Iterator[str]]]:
    """Every file of the package: its name and its text."""
    for name, row in _ROWS.items():
        yield f"{name}.csv", lines([field.name for field in fields(row)], map(astuple, getattr(tables, name)))
    yield "datapackage.json", iter([json.dumps(_package(), ensure_ascii=False, indent=2), "\n"])


def lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table as CSV: RFC 4180, but for the line ends, which are those of the rest of the files."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in (header, *rows):
        writer.writerow([_cell(value) for value in row])
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def _package() -> Mapping[str, object]:
    resources = [_resource(name, row) for name, row in _ROWS.items()]
    return {"profile": "tabular-data-package", "name": "district-kg", "resources": resources}


def _resource(name: str, row: type) -> Mapping[str, object]:
    schema = {
        "fields": [_field(field, kind, column) for field, kind, column in _columns(row)],
        "missingValues": [""],
        "primaryKey": list(_PLACE) if row is EvidenceRow else "id",
        "foreignKeys": [_key(field, column.refers, name) for field, _, column in _columns(row) if column.refers],
    }
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "description": (row.__doc__ or "").rstrip("."),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _columns(row: type) -> Iterator[tuple[str, str, Column]]:
    """Name, type as the specification has it, and description of each column."""
    for name, hint in get_type_hints(row, include_extras=True).items():
        kind, column = get_args(hint)
        yield name, next(_TYPES[part] for part in (*get_args(kind), kind) if part in _TYPES), column


def _field(name: str, kind: str, column: Column) -> Mapping[str, object]:
    required = {} if column.optional else {"constraints": {"required": True}}
    return {"name": name, "type": kind, "description": column.about, **required}


def _key(field: str, refers: str, table: str) -> Mapping[str, object]:
    """A foreign key; a table that refers to itself is nameless, as the specification has it."""
    return {"fields": field, "reference": {"resource": "" if refers == table else refers, "fields": "id"}}
