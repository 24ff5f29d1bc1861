"""Sorting of more than memory should hold."""

import pickle
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar

Item = TypeVar("Item", bound=tuple[Any, ...])

_RUN = 2**14
"""Items sorted in memory."""
_PAGE = 2**6
"""Items read at a time of each run."""


def in_order(items: Iterable[Item]) -> Iterator[Item]:
    """The items, all of which are taken before the first is given back, sorted: runs of them go to disk and come back merged."""
    rest = iter(items)
    run = sorted(islice(rest, _RUN))
    if len(run) < _RUN:
        return iter(run)
    file, places = TemporaryFile(), []  # noqa: SIM115 - whoever reads the runs closes it
    while run:
        places.append((file.tell(), len(run)))
        _write(file, run)
        run = sorted(islice(rest, _RUN))
    return _merged(file, places)


def _write(file: IO[bytes], run: list[Item]) -> None:
    for at in range(0, len(run), _PAGE):
        pickle.dump(run[at : at + _PAGE], file)


def _merged(file: IO[bytes], places: list[tuple[int, int]]) -> Iterator[Any]:
    with file:
        yield from merge(*(_read(file, place, size) for place, size in places))


def _read(file: IO[bytes], place: int, size: int) -> Iterator[Any]:
    for _ in range(0, size, _PAGE):
        file.seek(place)
        page = pickle.load(file)
        place = file.tell()
        yield from page
