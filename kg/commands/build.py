"""``kg build``: articles to a graph and its page."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kg.archive import Archive
from kg.cli import BAD_INPUT, FINE, Refusal
from kg.commands.given import base, date, rulings, writable
from kg.messages import message
from kg.output import publish
from kg.pipeline import Progress as Report
from kg.pipeline import Result, build
from kg.summary import lines, report, warnings
from kg.table import align

_PATIENCE = 2.0
"""Seconds after which one wants to see that something is going on."""


def run(options: Namespace) -> int:
    """Read the sources, write the graph and its page, say what was found."""
    started = monotonic()
    if options.workers < 1:
        raise Refusal(message("cli-workers", options.lang, detail=options.workers))
    known = {"date": date(options), "home": options.home, "title": options.title, "publisher": options.publisher}
    word = rulings(options)
    with writable(options), Archive(Path(options.out)) as archive:
        if options.fresh:
            archive.mend()
        with progress(options) as advance:
            result = build(
                options.sources,
                **known,
                base=base(options),
                workers=options.workers,
                progress=advance,
                archive=archive,
                fresh=options.fresh,
                rulings=word,
            )
        for line in warnings(result, options.lang, brief=True):
            print(line, file=sys.stderr)
        if not result.facts.documents:
            return BAD_INPUT
        finish(result, archive, options, started)
    return FINE


def finish(result: Result, archive: Archive, options: Namespace, started: float) -> None:
    """Write the result, let the archive go along with it, say what was found."""
    written = publish(result, Path(options.out), bool(options.report), options.workers)
    if options.report:
        Path(options.report).write_text(report(result, options.lang), encoding="utf-8")
    archive.commit(result.base, result.rulings)
    if not options.quiet:
        summary = [*lines(result, monotonic() - started, options.lang), (message("summary-written", options.lang), " ".join(written))]
        print("\n".join(align(summary)))


@contextmanager
def progress(options: Namespace) -> Iterator[Report | None]:
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
