"""The embedded store: a graph on disk that is asked without being loaded.

The default graph is the whole graph; besides, what each document says is a graph named after the document. A store is filled once and never
written again: any number of processes may read it, and a newer one takes its place. Oxigraph keeps numbers by their value: 86.50 is 86.5
there; the digits of the text are in graph.ttl.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from errno import ENOENT
from itertools import islice
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store

from kg.rdf.triple import Block

NAME = "store"
_BATCH = 2**15
"""Quads loaded at a time: Oxigraph sorts that many in memory."""


def fill(path: Path, blocks: Iterable[Block], threads: int = 1) -> None:
    """Make a store of ``blocks`` at ``path``, where nothing is yet.

    Raises OSError where it can't be written, ValueError where a name is no IRI.
    """
    store = Store(path)
    quads = _quads(blocks)
    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(threads) as pool:  # Oxigraph sorts and writes outside the lock of the interpreter
        while batch := "".join(islice(quads, _BATCH)):
            waiting.append(pool.submit(store.bulk_load, batch.encode(), RdfFormat.N_QUADS))
            if len(waiting) > threads:
                waiting.popleft().result()
    for one in waiting:
        one.result()
    store.optimize()
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


def _quads(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        for (predicate, value), documents in block.said.items():
            triple = f"{block.node} {predicate} {value}"
            yield f"{triple} .\n"
            for document in documents:
                yield f"{triple} {document} .\n"
