"""Workers: processes that work is spread over; what comes of it is the same however many there are."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import parent_process
from threading import Thread, current_thread, main_thread
from types import FrameType
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

_BATCH = 8
"""Items that a worker takes at a time."""
_WAITING = 2
"""Batches that wait for each worker."""


def spread(work: Callable[[Item], Made], items: Iterator[Item], workers: int) -> Iterator[Made]:
    """What ``work`` makes of each of the ``items``, in their order; no more of them wait than keep the workers busy."""
    if workers < 2:
        yield from map(work, items)
        return
    waiting: deque[Future[list[Made]]] = deque()
    with _heeded() as heed, ProcessPoolExecutor(workers, initializer=_end_with_the_parent) as pool:
        try:
            while batch := list(islice(items, _BATCH)):
                heed()
                waiting.append(pool.submit(_all, work, batch))
                if len(waiting) > workers * _WAITING:
                    yield from waiting.popleft().result()
            while waiting:
                heed()
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _all(work: Callable[[Item], Made], batch: list[Item]) -> list[Made]:
    return list(map(work, batch))


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


def _end_with_the_parent() -> None:
    """A worker neither answers Ctrl-C itself nor outlives the process that it works for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
