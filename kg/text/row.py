"""Rows of a table as sentences: what its row and its column say of each figure, in pieces of the document and in no other words."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, reduce
from itertools import accumulate, takewhile

from kg.language.gazetteer import is_place
from kg.language.period import periods
from kg.language.quantity import kind, quantities
from kg.language.rules import load, pattern
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
_FITTING = ("share", "count", "worth")
"""Rules for what is counted, each with the kinds of units that it may be counted in."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What the words above or beside figures say of them, each as pieces of the document."""

    name: Row = ()
    """What is counted, or whose it is."""
    time: Row = ()
    """From the outer to the inner."""
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
        return _Head((*self.name, *other.name), (*self.time, *other.time), rise, unit, order, units)


def _filled(row: Row) -> Row:
    """The row with each empty cell as the one to the left of it: a head over several columns."""
    return tuple(accumulate(row, lambda left, cell: cell if cell.begin < cell.end else left))


@lru_cache(maxsize=2**10)
def _year(outer: str, inner: str) -> int:
    """How many characters of one time, from its first, go with another that has no year of its own: 2024年 of 2024年上半年 with 一季度."""
    ends = (end for end in range(1, len(outer) + 1) if _is_time(outer[:end]) and _is_time(outer[:end] + inner))
    return next(ends, 0)


def _is_time(text: str) -> bool:
    """Whether a text is one time and nothing else."""
    return [(time.begin, time.end) for time in periods(text, None)] == [(0, len(text))]


class Reading:
    """What the rows of a table say."""

    def __init__(self, text: str, table: Table) -> None:
        self._text, self._table = text, table

    def heading(self) -> str:
        """The first row in one line."""
        return " | ".join(" ".join(self._words(cell).split()) for cell in self._table.rows[0])

    def sentences(self) -> Iterator[Row]:
        """The pieces of all sentences row by row: one for each figure, and every other cell of text by itself."""
        for row in self._captions:
            yield from ((cell,) for cell in row[:1] if self._is_text(cell))
        for row, label in zip(self._body, self._labels, strict=True):
            said = list(self._figures(row, label))
            yield from said
            told = {piece.end for pieces in said for piece in pieces}
            yield from ((cell,) for cell in row if self._is_text(cell) and cell.end not in told)

    @cached_property
    def tells(self) -> bool:
        """Whether it has a figure of which row and column say what it is."""
        return any(True for row, label in zip(self._body, self._labels, strict=True) for _ in self._figures(row, label))

    @cached_property
    def _captions(self) -> tuple[Row, ...]:
        """The first rows, if they are one cell each."""
        return tuple(takewhile(lambda row: self._only(row) is not None, self._table.rows))

    @cached_property
    def _heads(self) -> tuple[Row, ...]:
        """The first row without a figure, and the rows that go on with it; none where it has a figure."""
        rows = self._table.rows[len(self._captions) :]
        if not rows or any(map(self._is_figure, rows[0][1:])):
            return ()
        found = [rows[0]]
        for row in rows[1:_TALL]:
            if not self._goes_on(found[-1], row):
                break
            found.append(row)
        return tuple(found)

    def _goes_on(self, above: Row, row: Row) -> bool:
        """Whether a row is part of the head whose last row is ``above``."""
        names = {self._words(above[0]), self._words(row[0])}
        given = any(self._is_figure(cell) or self._is_blank(cell) for cell in row[1:])
        return not given and self._only(row) is None and ("" in names or len(names) == 1)

    def _only(self, row: Row) -> Span | None:
        """The first cell of a row that has no other, or that one throughout."""
        others = {self._words(cell) for cell in row[1:]} - {"", self._words(row[0])}
        return row[0] if not others and self._is_text(row[0]) else None

    @cached_property
    def _body(self) -> tuple[Row, ...]:
        return self._table.rows[len(self._captions) + len(self._heads) :]

    @cached_property
    def _first(self) -> int:
        """The first column with words in it."""
        found = (at for row in self._body for at, cell in enumerate(row) if self._is_text(cell))
        return min(found, default=0)

    @cached_property
    def _key(self) -> int:
        """The column that names the rows: the first with words that does not put them into groups."""
        at = self._first
        while self._groups(at):
            at += 1
        return at

    def _groups(self, at: int) -> bool:
        """Whether a column tells what several rows belong to, whose own names are in the next."""
        rows = [row for row in self._body if len(row) > at + 1 and self._is_text(row[at + 1]) and self._only(row) is None]
        if not rows or at + 1 >= len(self._columns) or self._columns[at + 1].units:
            return False
        pairs = [(self._words(row[at]), self._words(row[at + 1])) for row in rows]
        own = {name for name, _ in pairs}
        repeated = "" in own or (len(own) < len(pairs) and len(set(pairs)) == len(pairs))
        return repeated or not any(self._head(row[at]).name for row in rows) or self._is_class(at)

    def _is_class(self, at: int) -> bool:
        """Whether the heads of two columns say that the first only sorts what the second names."""
        heads = "|".join(self._words(cell) for cell in self._heads[-1][at : at + 2])
        return pattern("table", "group").match(heads) is not None

    @cached_property
    def _labels(self) -> tuple[_Head, ...]:
        """What the words of each row of the body say of its figures; groups go on where their cells are empty."""
        if not self._heads:
            return (_Head(),) * len(self._body)
        found: list[_Head] = []
        above = [self._head(cell) for cell in map(self._only, self._captions) if cell]
        section = next((head for head in above if is_place(self._said(head.name))), _Head())
        groups = [_Head()] * (self._key - self._first)
        for row in self._body:
            cells = [self._head(cell) if self._is_text(cell) else _Head() for cell in row[self._first : self._key + 1]]
            if only := self._only(row):
                section, groups = self._head(only), [_Head()] * len(groups)
                cells = []
            at = max((at for at, head in enumerate(cells) if head.name or head.time), default=0)
            groups[: at + 1] = [new if new.name or new.time else old for new, old in zip(cells, groups[: at + 1], strict=False)]
            owner = reduce(_Head.above, groups[:at], section)
            sorts = at == 0 or self._is_class(self._first + at - 1)
            found.append(self._owned(cells[at], owner, sorts) if cells else _Head())
        return tuple(found)

    def _owned(self, label: _Head, owner: _Head, sorts: bool) -> _Head:
        """A row's name, behind that of what it belongs to where it says too little by itself, or may do so."""
        words, whose = self._said(label.name).strip(), self._said(owner.name[-1:])
        repeated = self._names[words] > 1
        if not (owner.name or owner.time):
            return _Head() if repeated and label.name else label
        both = owner.above(label)
        if owner.name and pattern("table", "total").match(words):
            return _Head()
        known = is_place(words) or pattern("table", "named").search(words)
        partial = repeated or pattern("table", "measure").match(words)
        return both if partial or (not known and (is_place(whose) or not sorts)) else replace(both, name=label.name)

    @cached_property
    def _names(self) -> Counter[str]:
        """How many rows have each name."""
        cells = (row[self._key] for row in self._body if len(row) > self._key and self._only(row) is None)
        return Counter(self._said(self._head(cell).name).strip() for cell in cells)

    @cached_property
    def _columns(self) -> tuple[_Head, ...]:
        """What the heads say of each column; growth is that of what the columns to the left of it count."""
        *upper, last = self._heads
        filled = [*map(_filled, upper), last]
        found: list[_Head] = []
        left: list[_Head] = []
        for at in range(max(map(len, filled))):
            head = _Head()
            for cell in {self._words(row[at]): row[at] for row in filled if at < len(row)}.values():
                head = head.above(self._head(cell))
            grown = found[-1].rise if found else ()
            if head.rise and not head.name and left:
                head = replace(head, name=left[-1].name, time=head.time or self._latest(left))
                left = [head]
            elif at in self._counted and not (head.units or head.order):
                left = [head] if grown or (left and self._said(left[-1].name) != self._said(head.name)) else [*left, head]
            found.append(head)
        return tuple(found)

    @cached_property
    def _counted(self) -> set[int]:
        """The columns with figures."""
        return {at for row in self._body for at, cell in enumerate(row) if self._is_figure(cell)}

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
        spans = [Span(begin + line.start(), begin + line.end()) for line in lines[-_ABOVE:]]
        for span in (*spans, *filter(None, map(self._only, self._captions))):
            tail, times = pattern("table", "common").search(self._words(span)), self._times(span)
            unit = self._unit(span.begin + tail.start("unit"), span.begin + tail.end("unit")) if tail else ()
            found = found.above(_Head(time=times if len(times) == 1 else (), unit=unit))
        return found

    def _figures(self, row: Row, label: _Head) -> Iterator[Row]:
        """The sentences of one row."""
        if not (label.name or label.time):
            return
        cells = list(zip(row, self._columns, strict=False))
        units = next((self._unit(cell.begin, cell.end) for cell, head in cells if head.units), ())
        for cell, head in cells[self._key + 1 :]:
            bare = self._is_bare(cell)
            unit = head.unit or (() if head.rise else self._fitting(units or label.unit or self._caption.unit, head, label))
            if self._is_figure(cell) and not head.order and (unit or not bare):
                yield (*self._time(head, label), *self._called(head, label), *head.rise, cell, *(unit if bare else ()))

    def _fitting(self, unit: Row, head: _Head, label: _Head) -> Row:
        """A unit that the row or the table has, if what the figure counts can have it: no share is in yuan."""
        names = [self._words(name).strip() for name in (*label.name[-1:], *head.name)]
        rules = [load("table").by_name[rule] for rule in _FITTING]
        kinds = [rule.output.split() for name in names for rule in rules if rule.pattern.search(name)]
        return unit if all(kind(self._said(unit)) in each for each in kinds) else ()

    def _time(self, head: _Head, label: _Head) -> Row:
        """The innermost time that is told; 2024年 above the table and 1—7月 above the column are one."""
        return reduce(self._dated, (*self._caption.time, *label.time, *head.time), ())

    def _dated(self, outer: Row, inner: Span) -> Row:
        """A time with the year that another one tells, or else by itself."""
        for whole, part in (((*outer[:1], inner), (inner,)), ((inner, *outer[:1]), outer[-1:])):
            if outer and (size := _year(self._words(whole[0]), self._said(part))):
                return (Span(whole[0].begin, whole[0].begin + size), *part)
        return (inner,)

    def _called(self, head: _Head, label: _Head) -> Row:
        """What is counted, behind the place whose it is."""
        said = {self._words(name) for name in label.name}
        names = tuple(name for name in head.name if self._words(name) not in said)
        return (*names, *label.name) if any(is_place(self._words(name)) for name in names) else (*label.name, *names)

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
        if self._is_bare(name):
            return _Head(order=True)
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

    def _is_blank(self, cell: Span) -> bool:
        """Whether a cell stands for a figure that is not there."""
        return pattern("table", "blank").fullmatch(self._words(cell)) is not None

    def _is_figure(self, cell: Span) -> bool:
        words = self._words(cell)
        begun = pattern("table", "number").match(words) is not None
        return begun and (self._is_bare(cell) or (self._is_whole(words) and not self._times(cell)))

    def _is_text(self, cell: Span) -> bool:
        return cell.begin < cell.end and not self._is_figure(cell) and any(char.isalpha() for char in self._words(cell))
