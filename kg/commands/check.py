"""``kg check``: whether a graph keeps its contract."""

from argparse import Namespace
from pathlib import Path

from kg.check import check
from kg.cli import FINE, PROBLEMS, Refusal
from kg.commands.given import readable
from kg.messages import message
from kg.query import QueryError


def run(options: Namespace) -> int:
    """Print a line for each thing that is wrong, and how many there are."""
    try:
        with readable(options):
            violations = check(Path(options.graph))
    except QueryError as error:
        raise Refusal(error.line(options.lang)) from error
    for violation in violations:
        print(violation.line(options.lang))
    print(message("check-count", options.lang, source=options.graph, detail=len(violations)))
    return PROBLEMS if violations else FINE
