"""Sorting of more than memory should hold."""

import pickle
from collections.abc import Iterable, Iterator
from heapq import merge
from tempfile import TemporaryFile
from typing import IO, Any, Generic, TypeVar

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
        self._file: IO[bytes] | None = None
        self._places: list[tuple[int, int]] = []

    def add(self, item: Item) -> None:
        """Take an item."""
        self._run.append(item)
        if len(self._run) >= self._size:
            self._put_by()

    def sorted(self) -> Iterator[Item]:
        """All that was added, in order."""
        if self._file is None:
            return iter(sorted(self._run))
        self._put_by()
        return _merged(self._file, self._places)

    def _put_by(self) -> None:
        self._file = self._file or TemporaryFile()  # noqa: SIM115 - whoever reads the runs closes it
        self._places.append((self._file.tell(), len(self._run)))
        self._run.sort()
        for at in range(0, len(self._run), _PAGE):
            pickle.dump(self._run[at : at + _PAGE], self._file)
        self._run.clear()


def in_order(items: Iterable[Item], run: int = _RUN) -> Iterator[Item]:
    """The items, all of which are taken before the first is given back, sorted."""
    sorter = Sorter[Item](run)
    for item in items:
        sorter.add(item)
    return sorter.sorted()


def _merged(file: IO[bytes], places: list[tuple[int, int]]) -> Iterator[Any]:
    with file:
        yield from merge(*(_read(file, place, size) for place, size in places))


def _read(file: IO[bytes], place: int, size: int) -> Iterator[Any]:
    for _ in range(0, size, _PAGE):
        file.seek(place)
        page = pickle.load(file)
        place = file.tell()
        yield from page
