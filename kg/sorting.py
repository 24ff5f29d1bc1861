"""Sorting of more than memory should hold."""

import pickle
from collections.abc import Iterable, Iterator
from heapq import merge
from typing import Any, Generic, TypeVar

from kg.scratch import Scratch

Item = TypeVar("Item", bound=tuple[Any, ...])

_RUN = 2**12
"""Items sorted in memory."""
_PAGE = 2**6
"""Items read at a time of each run."""


class Sorter(Generic[Item]):
    """Takes items one by one and gives them back sorted, once: runs of them go to disk and come back merged."""

    def __init__(self, run: int = _RUN) -> None:
        """``run`` items at most are in memory."""
        self._size, self._run = run, list[Item]()
        self._pages: Scratch | None = None
        self._runs: list[range] = []

    def add(self, item: Item) -> None:
        """Take an item."""
        self._run.append(item)
        if len(self._run) >= self._size:
            self._pages = self._pages if self._pages is not None else Scratch()
            self._put_by(self._pages)

    def sorted(self) -> Iterator[Item]:
        """All that was added, in order."""
        if self._pages is None:
            self._run.sort()
            return iter(self._run)
        self._put_by(self._pages)
        return _merged(self._pages, self._runs)

    def _put_by(self, pages: Scratch) -> None:
        self._run.sort()
        begin = len(pages)
        for at in range(0, len(self._run), _PAGE):
            pages.append(pickle.dumps(self._run[at : at + _PAGE]))
        self._runs.append(range(begin, len(pages)))
        self._run.clear()


def in_order(items: Iterable[Item], run: int = _RUN) -> Iterator[Item]:
    """The items, all of which are taken before the first is given back, sorted."""
    sorter = Sorter[Item](run)
    for item in items:
        sorter.add(item)
    return sorter.sorted()


def _merged(pages: Scratch, runs: Iterable[range]) -> Iterator[Any]:
    yield from merge(*(_read(pages, run) for run in runs))
    pages.close()  # whoever sorted may be there for longer


def _read(pages: Scratch, run: range) -> Iterator[Any]:
    for page in run:
        yield from pickle.loads(pages[page])
