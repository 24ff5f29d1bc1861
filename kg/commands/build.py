"""``kg build``: articles to a graph and its page."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kg import export, pipeline, view
from kg.cli import BAD_INPUT, FINE, Refusal
from kg.commands.given import date
from kg.coverage import table
from kg.graph import blocks, namespaces
from kg.messages import message
from kg.summary import lines, report, warnings
from kg.table import align
from kg.turtle import write_turtle
from kg.vocabulary import BASE

_PATIENCE = 2.0
"""Seconds after which one wants to see that something is going on."""


def run(options: Namespace) -> int:
    """Read the sources, write the graph and its page, say what was found."""
    started = monotonic()
    if options.workers < 1:
        raise Refusal(message("cli-workers", options.lang, detail=options.workers))
    known = {"date": date(options), "home": options.home, "title": options.title, "publisher": options.publisher}
    with _progress(options) as progress:
        result = pipeline.build(options.sources, **known, base=options.base or BASE, workers=options.workers, progress=progress)
    for line in warnings(result, options.lang):
        print(line, file=sys.stderr)
    if not result.facts.documents:
        return BAD_INPUT
    written = _write(result, options)
    if not options.quiet:
        summary = [*lines(result, monotonic() - started, options.lang), (message("summary-written", options.lang), " ".join(written))]
        print("\n".join(align(summary)))
    return FINE


@contextmanager
def _progress(options: Namespace) -> Iterator[pipeline.Progress | None]:
    """A bar on a terminal's standard error, shown once the work takes a while."""
    console = Console(stderr=True)
    if options.quiet or not console.is_terminal:
        yield None
        return
    started = monotonic()
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task(message("build-progress", options.lang), total=None)

    def advance(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)
        if monotonic() - started > _PATIENCE:
            bar.start()

    try:
        yield advance
    finally:
        bar.stop()


def _write(result: pipeline.Result, options: Namespace) -> tuple[str, ...]:
    """Write what is asked for; the names of the files."""
    graph, page = Path(options.out, "graph.ttl"), Path(options.out, "graph.html")
    try:
        graph.parent.mkdir(parents=True, exist_ok=True)
        export.whole(graph, write_turtle(blocks(result.facts, result.base), namespaces(result.base)))
        view.write_page(result.facts, page)
        if options.report:
            Path(options.report).write_text(report(result, options.lang), encoding="utf-8")
            Path(options.out, "rules.csv").write_text(table(result.rules), encoding="utf-8")
    except OSError as error:
        source, detail = error.filename or options.out, error.strerror or error
        raise Refusal(message("cli-write", options.lang, source=source, detail=detail)) from error
    return str(graph), str(page)
