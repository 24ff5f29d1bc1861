"""Tables for people to read."""

from collections.abc import Iterable, Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

_WIDE = 160
"""Columns where the output is no terminal and lines may be long."""


def show(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """Print a table to standard output; on a terminal, cells wrap to fit it."""
    table = Table(*columns, title=title or None, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    for row in rows:
        # Text, for a cell may contain what rich would take for markup.
        table.add_row(*map(Text, row))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDE
    console.print(table)


def align(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Lines of a heading and a text, the texts one below the other: a Chinese character is two columns wide."""
    rows = list(pairs)
    width = max((cell_len(heading) for heading, _ in rows), default=0)
    for heading, text in rows:
        yield f"{heading}{' ' * (width - cell_len(heading))}  {text}"
