"""The embedded store: a graph on disk that is asked without being loaded.

The default graph is the whole graph; besides, what each document says is a graph named after the document. A store is filled once and never
written again: any number of processes may read it, and a newer one takes its place. Oxigraph keeps numbers by their value: 86.50 is 86.5
there; the digits of the text are in graph.ttl.
"""

import os
from collections.abc import Iterable, Iterator
from errno import ENOENT
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store

if TYPE_CHECKING:
    from kg.graph import Block

NAME = "store"
_LINES = 2**12
"""How many lines are loaded at a time."""


def fill(path: Path, blocks: "Iterable[Block]") -> None:
    """Make a store of ``blocks`` at ``path``, where nothing is yet.

    Raises OSError where it can't be written, ValueError where a name is no IRI.
    """
    store = Store(path)
    store.bulk_load(_Lines(_quads(blocks)), RdfFormat.N_QUADS)
    store.flush()


def open_store(folder: Path) -> Store:
    """The store ``folder``, or the one in the output ``folder``, to be read.

    Raises FileNotFoundError where there is none.
    """
    for place in (folder, folder / NAME):
        if (place / "CURRENT").is_file():
            return Store.read_only(str(place))
    raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(folder / NAME))


def merge(store: Store) -> None:
    """Make the default graph the whole graph, as that of a store is, where there are only named graphs and what none of them has."""
    default = DefaultGraph()
    store.bulk_extend(Quad(q.subject, q.predicate, q.object, default) for q in store if q.graph_name != default)


def _quads(blocks: "Iterable[Block]") -> Iterator[str]:
    for block in blocks:
        for (predicate, value), documents in block.said.items():
            triple = f"{block.node} {predicate} {value}"
            yield f"{triple} .\n"
            for document in documents:
                yield f"{triple} {document} .\n"


class _Lines(BytesIO):
    """Lines as a file."""

    def __init__(self, lines: Iterator[str]) -> None:
        super().__init__()
        self._lines = lines

    def read(self, size: int | None = -1, /) -> bytes:
        """So many bytes, or some more lines where there are not enough."""
        if not (data := super().read(size)):
            self.seek(0)
            self.truncate()
            self.writelines(line.encode() for line in islice(self._lines, _LINES))
            self.seek(0)
            data = super().read(size)
        return data
