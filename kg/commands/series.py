"""``kg series``: one indicator over time."""

import csv
from argparse import Namespace
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from kg.cli import FINE, Refusal
from kg.commands.given import readable
from kg.messages import message
from kg.rdf.query import QueryError, load
from kg.series.series import Series, UnknownName, series
from kg.table import show
from kg.vocabulary import labels

_COLUMNS = ("period", "level", "growth", "status", "source")
_FIELDS = ("period", "start", "end", "status", "bound", "value", "unit", "normalized", "growth", "indicator", "source", "published")


def run(options: Namespace) -> int:
    """Print the series as a table, or write it as a picture or CSV besides."""
    writer = _writer(options) if options.out else None
    try:
        with readable(options):
            found = series(load(Path(options.graph)), options.district, options.indicator)
    except QueryError as error:
        raise Refusal(error.line(options.lang)) from error
    except UnknownName as error:
        code = f"series-{error.what}" if error.nearest else f"series-{error.what}-alone"
        raise Refusal(message(code, options.lang, name=error.name, detail=", ".join(error.nearest))) from error
    show(
        [message(f"column-{column}", options.lang) for column in _COLUMNS], _cells(found, options.lang), f"{found.thing} {found.indicator}"
    )
    if writer:
        _write(writer(found), options)
    return FINE


def _cells(found: Series, lang: str) -> list[tuple[str, ...]]:
    names = labels(lang)
    return [
        (
            row.number.period or "-",
            str(row.level or "-"),
            str(row.growth or "-"),
            names[row.number.status],
            f"{row.number.source} {row.number.published}".rstrip(),
        )
        for row in found.rows
    ]


def _writer(options: Namespace) -> Callable[[Series], bytes]:
    """What makes the file; refused where its name does not say how, or matplotlib is not there."""
    suffix = Path(options.out).suffix.removeprefix(".")
    if suffix == "csv":
        return _csv
    if suffix not in ("svg", "png"):
        raise Refusal(message("series-format", options.lang, source=options.out))
    try:
        from kg.series import plot
    except ImportError as error:
        raise Refusal(message("series-plot", options.lang, detail=error.name)) from error

    def draw(found: Series) -> bytes:
        try:
            return plot.picture(found, suffix, options.lang)
        except plot.NoFont as error:
            raise Refusal(message("series-font", options.lang)) from error

    return draw


def _csv(found: Series) -> bytes:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_FIELDS)
    for row in found.rows:
        number = row.number
        level = (row.level.bound, row.level.value, row.level.unit, row.level.normalized) if row.level else ("",) * 4
        growth = row.growth.value if row.growth else ""
        when = (number.period, number.start, number.end, number.status)
        writer.writerow((*when, *level, growth, number.indicator, number.source, number.published))
    return out.getvalue().encode()


def _write(content: bytes, options: Namespace) -> None:
    try:
        Path(options.out).parent.mkdir(parents=True, exist_ok=True)
        Path(options.out).write_bytes(content)
    except OSError as error:
        source, detail = error.filename or options.out, error.strerror or error
        raise Refusal(message("cli-write", options.lang, source=source, detail=detail)) from error
