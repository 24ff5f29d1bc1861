"""Workers: processes that work is spread over; what comes of it is the same however many there are."""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain, islice
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from threading import Thread, current_thread, main_thread
from types import FrameType
from typing import Any, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

_BATCH = 8
"""Items that a worker takes at a time, where nothing else is said."""
_WAITING = 2
"""Batches that wait for each worker."""
_PATIENCE = 0.2
"""Seconds after which one looks whether Ctrl-C was pressed."""
_START = "fork" if sys.platform == "linux" else None
"""How processes start: forked ones have all that is in memory already. Elsewhere that is not safe, or not possible."""
_WORK: ContextVar[Callable[[Any], Any]] = ContextVar("_WORK")
"""What a worker does."""


def spread(work: Callable[[Item], Made], items: Iterator[Item], workers: int, batch: int = _BATCH) -> Iterator[Made]:
    """What ``work`` makes of each of the ``items``, in their order; no more of them wait than keep the workers busy.

    With one worker, or a single batch, it is done here; else items, and what is made of them, travel between processes ``batch`` by batch,
    ``work`` only once.
    """
    batches = iter(lambda: list(islice(items, batch)), [])
    first = list(islice(batches, workers))
    if len(first) < 2:
        yield from map(work, chain.from_iterable(chain(first, batches)))
        return
    waiting: deque[Future[list[Made]]] = deque()
    with _heeded() as heed, _pool(work, len(first)) as pool:
        for some in chain(first, batches):
            waiting.append(pool.submit(_do, some))
            if len(waiting) > len(first) * _WAITING:
                yield from _result(waiting.popleft(), heed)
        while waiting:
            yield from _result(waiting.popleft(), heed)


@contextmanager
def beside(work: Callable[[Item], object], items: Sequence[Item], workers: int) -> Iterator[None]:
    """Does ``work`` with each of the ``items`` in other processes while the block runs; with one worker it is done here, once the block is.

    What can't go on in a forked process, as a library with threads of its own, belongs into the block.
    """
    if workers < 2:
        yield
        deque(map(work, items), maxlen=0)
        return
    with _pool(work, min(workers - 1, len(items))) as pool:
        waiting = [pool.submit(_do, [item]) for item in items]
        yield
        with _heeded() as heed:
            for future in waiting:
                _result(future, heed)


def _result(future: Future[list[Made]], heed: Callable[[], None]) -> list[Made]:
    while not wait((future,), _PATIENCE).done:
        heed()
    heed()
    return future.result()


@contextmanager
def _pool(work: Callable[[Item], Made], workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes for ``work``. They last as long as the context and end at once where it, or the process, does not end well."""
    end, leash = Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, get_context(_START), _begin, (work, end, leash))
    try:
        yield pool
        pool.shutdown()
    finally:
        leash.close()
        pool.shutdown(cancel_futures=True)
        end.close()


def _begin(work: Callable[[Item], Made], end: Connection, leash: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leash.close()
    Thread(target=_wait_for_the_end, args=(end,), daemon=True).start()
    _WORK.set(work)


def _wait_for_the_end(end: Connection) -> None:
    """Whoever holds the leash never says a word: there is something to hear once it is let go."""
    end.poll(None)
    os._exit(1)


def _do(batch: list[Item]) -> list[Any]:
    return list(map(_WORK.get(), batch))


@contextmanager
def _heeded() -> Iterator[Callable[[], None]]:
    """Ctrl-C is answered where it is heeded, and not amid the locks of a pool, where it may be lost; a second one is answered at once."""
    pressed = False

    def press(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        heed()
        pressed = True

    def heed() -> None:
        if pressed:
            raise KeyboardInterrupt

    if current_thread() is not main_thread() or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield heed
        return
    signal.signal(signal.SIGINT, press)
    try:
        yield heed
        heed()
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
