"""What the user gave: taken as it was meant, or refused."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from kg.cli import Refusal
from kg.dateline import parse
from kg.messages import message


def date(options: Namespace) -> str | None:
    """The publication date as ISO 8601; None where none is given."""
    found = parse(options.date) if options.date else None
    if options.date and not found:
        raise Refusal(message("cli-date", options.lang, detail=options.date))
    return found


@contextmanager
def readable(options: Namespace) -> Iterator[None]:
    """Refuse where the graph or the query turns out to be a file that can't be read."""
    try:
        yield
    except OSError as error:
        source, detail = error.filename or options.graph, error.strerror or error
        raise Refusal(message("cli-read", options.lang, source=source, detail=detail)) from error
