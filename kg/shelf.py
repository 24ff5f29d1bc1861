"""Shelves: sequences of more items than memory should hold, in a scratch file."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, TypeVar, overload

import msgspec

from kg.scratch import Scratch

Item = TypeVar("Item")

_FEW = 2**9
"""So many items may stay in memory."""
_PAGE = 2**14
"""Bytes that are read at a time, about."""
_ENCODER = msgspec.msgpack.Encoder()
_APART = msgspec.msgpack.Decoder(list[msgspec.Raw])


class Shelf(Sequence[Item]):
    """Items of one kind; whoever is forked from this process may read them too."""

    def __init__(self, kind: Any, items: Iterable[Item]) -> None:
        """``kind`` is the type of the ``items``, as ``msgspec`` knows it."""
        self._kind = kind
        self._all, self._one = msgspec.msgpack.Decoder(list[kind]), msgspec.msgpack.Decoder(kind)
        self._pages, self._first, self._length = Scratch(), array("Q"), 0
        page: list[msgspec.Raw] = []
        size = 0
        for item in items:
            page.append(msgspec.Raw(_ENCODER.encode(item)))
            size += len(page[-1])
            if size >= _PAGE:
                self._write(page)
                page, size = [], 0
        self._write(page)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Item]:
        for page in range(len(self._pages)):
            yield from self._all.decode(self._pages[page])

    @overload
    def __getitem__(self, at: int) -> Item: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Item]: ...

    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        if isinstance(at, slice):
            return tuple(self[number] for number in range(*at.indices(self._length)))
        number = range(self._length)[at]
        page = bisect_right(self._first, number) - 1
        found: Item = self._one.decode(_APART.decode(self._pages[page])[number - self._first[page]])
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        return Shelf, (self._kind, tuple(self))

    def __repr__(self) -> str:
        return f"({', '.join(map(repr, self))})"

    def _write(self, page: list[msgspec.Raw]) -> None:
        if page:
            self._pages.append(_ENCODER.encode(page))
            self._first.append(self._length)
            self._length += len(page)


def shelved(kind: Any, items: Iterable[Item]) -> Sequence[Item]:
    """The items as a sequence: a tuple where they are few, else on a shelf."""
    rest = iter(items)
    few = tuple(islice(rest, _FEW))
    return few if len(few) < _FEW else Shelf(kind, chain(few, rest))
