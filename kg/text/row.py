"""Rows of a table as sentences: what its row and its column say of each figure, in pieces of the document and in no other words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, takewhile

from kg.language.gazetteer import is_place
from kg.language.period import periods
from kg.language.quantity import quantities
from kg.language.rules import pattern
from kg.text.block import Span
from kg.text.tabular import Row, Table

_LONG = 80
"""Characters of the longest cell that heads a row or a column."""
_TALL = 3
"""Rows of the tallest head."""
_ABOVE = 2
"""Lines above a table that may say what time it is of, and what its unit is."""
_FAR = 300
"""Characters above a table in which these lines are looked for."""
_YEAR = "年"


@dataclass(frozen=True, slots=True)
class _Head:
    """What the words above or beside figures say of them, each as pieces of the document."""

    name: Row = ()
    """What is counted, or whose it is."""
    time: Row = ()
    rise: Row = ()
    """That they are growth."""
    unit: Row = ()
    order: bool = False
    """That they only count rows or name places in an order."""
    units: bool = False
    """That they are no figures but units."""

    def above(self, other: "_Head") -> "_Head":
        """What two cells of one head say, the other being below."""
        rise, unit = other.rise or self.rise, other.unit or self.unit
        order, units = self.order or other.order, self.units or other.units
        return _Head((*self.name, *other.name), (*self.time, *other.time)[-1:], rise, unit, order, units)


def _filled(row: Row) -> Row:
    """The row with each empty cell as the one to the left of it: a head over several columns."""
    return tuple(accumulate(row, lambda left, cell: cell if cell.begin < cell.end else left))


class Reading:
    """What the rows of a table say."""

    def __init__(self, text: str, table: Table) -> None:
        self._text, self._table = text, table

    def heading(self) -> str:
        """The first row in one line."""
        return " | ".join(" ".join(self._words(cell).split()) for cell in self._table.rows[0])

    def sentences(self) -> Iterator[Row]:
        """The pieces of all sentences row by row: one for each figure, and every other cell of text by itself."""
        for row in self._body:
            said = list(self._figures(row))
            yield from said
            told = {piece.end for pieces in said for piece in pieces}
            yield from ((cell,) for cell in row if self._is_text(cell) and cell.end not in told)

    @cached_property
    def tells(self) -> bool:
        """Whether it has a figure of which row and column say what it is."""
        return any(True for row in self._body for _ in self._figures(row))

    @cached_property
    def _heads(self) -> tuple[Row, ...]:
        """The rows above the first one with a figure, if they are few; else the first row."""
        found = tuple(takewhile(lambda row: not any(map(self._is_figure, row[1:])), self._table.rows))
        return found if len(found) <= _TALL and len(found) < len(self._table.rows) else self._table.rows[:1]

    @cached_property
    def _body(self) -> tuple[Row, ...]:
        return self._table.rows[len(self._heads) :] if self._heads else self._table.rows

    @cached_property
    def _first(self) -> int:
        """The column that names the rows: the first with words in it."""
        found = (at for row in self._body for at, cell in enumerate(row) if self._is_text(cell))
        return min(found, default=len(self._body))

    @cached_property
    def _columns(self) -> tuple[_Head, ...]:
        """What the heads say of each column; growth is that of what the columns to the left of it count."""
        *upper, last = self._heads
        filled = [*map(_filled, upper), last]
        found: list[_Head] = []
        left: list[_Head] = []
        for at in range(max(map(len, filled))):
            head = _Head()
            for cell in dict.fromkeys(row[at] for row in filled if at < len(row)):
                head = head.above(self._head(cell))
            grown = found[-1].rise if found else ()
            if head.rise and not head.name and left:
                head = replace(head, name=left[-1].name, time=head.time or self._latest(left))
                left = [head]
            elif at > self._first and not (head.units or head.order):
                left = [head] if grown or (left and self._said(left[-1].name) != self._said(head.name)) else [*left, head]
            found.append(head)
        return tuple(found)

    def _latest(self, heads: list[_Head]) -> Row:
        """The latest of the times of columns that count one thing, where all have one."""
        return max((head.time for head in heads), key=self._said) if all(head.time for head in heads) else ()

    def _said(self, pieces: Row) -> str:
        return "".join(map(self._words, pieces))

    @cached_property
    def _caption(self) -> _Head:
        """The one time and the one unit that the lines above the table tell."""
        found, begin = _Head(), max(0, self._table.begin - _FAR)
        lines = [line for line in re.finditer(r"[^\r\n]*\S", self._text[begin : self._table.begin]) if not line[0].lstrip().startswith("|")]
        for line in lines[-_ABOVE:]:
            span = Span(begin + line.start(), begin + line.end())
            tail, times = pattern("table", "common").search(line[0]), self._times(span)
            unit = self._unit(span.begin + tail.start("unit"), span.begin + tail.end("unit")) if tail else ()
            found = found.above(_Head(time=times if len(times) == 1 else (), unit=unit))
        return found

    def _figures(self, row: Row) -> Iterator[Row]:
        """The sentences of one row."""
        cells = list(zip(row, self._columns, strict=False)) if self._heads else []
        label = self._head(row[self._first]) if len(cells) > self._first and self._is_text(row[self._first]) else _Head()
        if not (label.name or label.time):
            return
        units = next((self._unit(cell.begin, cell.end) for cell, head in cells if head.units), ())
        for cell, head in cells[self._first + 1 :]:
            bare = self._is_bare(cell)
            unit = head.unit or (() if head.rise else units or label.unit or self._caption.unit)
            if self._is_figure(cell) and not head.order and (unit or not bare):
                yield (*self._time(head, label), *self._called(head, label), *head.rise, cell, *(unit if bare else ()))

    def _time(self, head: _Head, label: _Head) -> Row:
        """The nearest time that is told; 2024年 above the table and 1—7月 above the column are one."""
        time, above = head.time or label.time, self._caption.time
        if time and above and _YEAR not in self._words(time[0]) and self._words(above[0]).endswith(_YEAR):
            return (*above, *time)
        return time or above

    def _called(self, head: _Head, label: _Head) -> Row:
        """What is counted, behind the place whose it is."""
        placed = any(is_place(self._words(name)) for name in head.name)
        return (*head.name, *label.name) if placed else (*label.name, *head.name)

    def _head(self, cell: Span) -> _Head:
        """What one cell says."""
        text = self._words(cell)
        if not 0 < len(text) <= _LONG:
            return _Head()
        tail, lead = pattern("table", "unit").search(text), pattern("table", "lead").match(text)
        unit = self._unit(cell.begin + tail.start("unit"), cell.begin + tail.end("unit")) if tail else ()
        name = Span(cell.begin + (lead.end() if lead else 0), cell.begin + tail.start() if unit and tail else cell.end)
        time = self._times(name)[:1]
        for part in time:  # what is longer: what stands before it, or behind it
            name = max(Span(name.begin, part.begin), Span(part.end, name.end), key=lambda span: span.end - span.begin)
        words = self._words(name).strip()
        is_ = {rule: pattern("table", rule).match(words) is not None for rule in ("rise", "idle", "order", "units")}
        if not words or any(is_.values()):
            return _Head(time=time, rise=(name,) if words and is_["rise"] else (), unit=unit, order=is_["order"], units=is_["units"])
        return _Head((name,), time, unit=unit)

    def _words(self, span: Span) -> str:
        return self._text[span.begin : span.end]

    def _times(self, span: Span) -> Row:
        return tuple(
            Span(span.begin + time.begin, span.begin + time.end)
            for time in periods(self._words(span), None)
            if not (time.vague or time.comparison)
        )

    def _unit(self, begin: int, end: int) -> Row:
        """The span, if its words are a unit."""
        return (Span(begin, end),) if self._is_whole(f"3{self._text[begin:end]}") else ()

    def _is_whole(self, text: str) -> bool:
        """Whether a text is one quantity and nothing else."""
        found = quantities(text)
        return len(found) == 1 and (found[0].begin, found[0].end) == (0, len(text)) and bool(found[0].unit)

    def _is_bare(self, cell: Span) -> bool:
        return pattern("table", "number").fullmatch(self._words(cell)) is not None

    def _is_figure(self, cell: Span) -> bool:
        words = self._words(cell)
        begun = pattern("table", "number").match(words) is not None
        return begun and (self._is_bare(cell) or (self._is_whole(words) and not self._times(cell)))

    def _is_text(self, cell: Span) -> bool:
        return cell.begin < cell.end and not self._is_figure(cell) and any(char.isalpha() for char in self._words(cell))
