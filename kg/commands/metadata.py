"""What options say about documents."""

from argparse import Namespace

from kg.cli import Refusal
from kg.dateline import parse
from kg.messages import message


def date(options: Namespace) -> str | None:
    """The publication date as ISO 8601; None where none is given."""
    found = parse(options.date) if options.date else None
    if options.date and not found:
        raise Refusal(message("cli-date", options.lang, detail=options.date))
    return found
