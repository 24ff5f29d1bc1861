"""Tables within texts: lines one below the other that begin and end with a bar, as Markdown and what reads web pages have them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.text.block import Span

_LINE = re.compile(r"^[ \t]*(\|.*\|)[ \t]*\r?$", re.MULTILINE)
_CELL = re.compile(r"(?<=\|)[^|]*(?=\|)")
_RULERS = frozenset("|:-—= \t")
Row = tuple[Span, ...]
"""Cells, without the blanks around them."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a text; ruled lines are no rows."""

    begin: int
    end: int
    rows: tuple[Row, ...]


def tables(text: str) -> Iterator[Table]:
    """The tables of a text, in order."""
    run: list[re.Match[str]] = []
    lines = list(_LINE.finditer(text)) if "|" in text else []
    for line, below in pairwise([*lines, None]):
        assert line is not None
        run.append(line)
        if below is None or below.start() != line.end() + 1:
            rows = tuple(tuple(_cells(text, each)) for each in run if not _RULERS.issuperset(each[1]))
            if len(rows) > 1:
                yield Table(run[0].start(), run[-1].end(), rows)
            run = []


def written(rows: Iterable[Iterable[str]]) -> str:
    """Rows of cells as lines of a table."""
    lines = ["| " + " | ".join(" ".join(cell.replace("|", "/").split()) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _cells(text: str, line: re.Match[str]) -> Iterator[Span]:
    for cell in _CELL.finditer(text, line.start(1), line.end(1)):
        words = cell[0].strip()
        begin = cell.start() + cell[0].find(words)
        yield Span(begin, begin + len(words))
