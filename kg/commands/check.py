"""``kg check``: whether a graph keeps its contract, and whether its figures add up."""

from argparse import Namespace
from pathlib import Path

from kg.cli import FINE, PROBLEMS, Refusal, say
from kg.commands.given import readable
from kg.messages import message
from kg.rdf.check import check, mismatches
from kg.rdf.query import QueryError


def run(options: Namespace) -> int:
    """Print what is wrong, and how many things there are."""
    graph = Path(options.graph)
    if graph.is_file() and not graph.stat().st_size:
        raise Refusal(message("check-hollow", options.lang, source=graph))
    try:
        with readable(options):
            found = _mismatches(options) if options.arithmetic else _violations(options)
    except QueryError as error:
        raise Refusal(error.line(options.lang)) from error
    total = "check-arithmetic" if options.arithmetic else "check-count"
    say([*found, message(total, options.lang, source=options.graph, detail=len(found))])
    return PROBLEMS if found else FINE


def _violations(options: Namespace) -> list[str]:
    return [violation.line(options.lang) for violation in check(Path(options.graph))]


def _mismatches(options: Namespace) -> list[str]:
    """A line for each, and one for each sentence behind it."""
    return ["\n".join(mismatch.lines(options.lang)) for mismatch in mismatches(Path(options.graph))]
