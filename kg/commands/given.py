"""What the user gave: taken as it was meant, or refused."""

import os
import sqlite3
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import NamedNode

from kg.archive import NAME
from kg.cli import Refusal
from kg.identity.alias import AliasError, Rulings, load
from kg.messages import message
from kg.text.dateline import parse

_FAULTS = {
    sqlite3.SQLITE_BUSY: "cli-busy",
    sqlite3.SQLITE_CORRUPT: "cli-archive",
    sqlite3.SQLITE_NOTADB: "cli-archive",
    sqlite3.SQLITE_FULL: "cli-full",
    **dict.fromkeys((sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY), "cli-write"),
}
"""What to say of faults of the archive; any other is the program's own."""


def date(options: Namespace) -> str | None:
    """The publication date as ISO 8601; None where none is given."""
    found = parse(options.date) if options.date else None
    if options.date and not found:
        raise Refusal(message("cli-date", options.lang, detail=options.date))
    return found


def base(options: Namespace) -> str | None:
    """What the names of things begin with; None where nothing is given."""
    if options.base is not None:
        try:
            NamedNode(options.base)
        except ValueError as error:
            raise Refusal(message("cli-base", options.lang, detail=options.base)) from error
    found: str | None = options.base
    return found


def rulings(options: Namespace) -> Rulings | None:
    """What the file of aliases says; None where none is given."""
    if options.aliases is None:
        return None
    try:
        return load(Path(options.aliases))
    except OSError as error:
        raise Refusal(message("cli-read", options.lang, source=options.aliases, detail=error.strerror or error)) from error
    except AliasError as error:
        fields = {"source": options.aliases, "place": f" {error.place}" if error.place else "", "detail": error.detail}
        raise Refusal(message(f"alias-{error.reason}", options.lang, **fields)) from error


@contextmanager
def writable(options: Namespace) -> Iterator[None]:
    """Refuse where the output can't be written, or another process writes it; say how to go on after Ctrl-C."""
    try:
        yield
    except KeyboardInterrupt:
        print(message("build-interrupted", options.lang), file=sys.stderr)
        raise
    except BrokenPipeError:
        raise  # it is the reader of what is printed that is gone
    except OSError as error:
        _refuse_barred(options)
        source, detail = error.filename or options.out, error.strerror or error
        raise Refusal(message("cli-write", options.lang, source=source, detail=detail)) from error
    except sqlite3.DatabaseError as error:
        code = _FAULTS.get(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF)
        if not code:
            raise
        if code == "cli-write":
            _refuse_barred(options)
        raise Refusal(message(code, options.lang, source=options.out, detail=error)) from error


def _refuse_barred(options: Namespace) -> None:
    """Refuse with the folder or file that must not be written, if that is it: the archive calls it a fault of the disk."""
    out = Path(options.out)
    folder = next(path for path in (out, *out.absolute().parents) if path.exists())
    found = [path for path in sorted(out.iterdir()) if path.is_dir() or path.name.startswith(NAME)] if out.is_dir() else []
    barred = next((path for path in (folder, *found) if not os.access(path, os.W_OK)), None)
    if barred:
        raise Refusal(message("cli-barred", options.lang, source=barred)) from None


@contextmanager
def readable(options: Namespace) -> Iterator[None]:
    """Refuse where the graph or the query turns out to be a file that can't be read."""
    try:
        yield
    except OSError as error:
        source, detail = error.filename or options.graph, error.strerror or error
        raise Refusal(message("cli-read", options.lang, source=source, detail=detail)) from error
