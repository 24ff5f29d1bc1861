"""Processes that answer questions to a graph, each ended and replaced when it takes too long: a query itself can't be stopped."""

import faulthandler
import os
import signal
import sys
from http import HTTPStatus
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, Queue

from kg.rdf.query import load
from kg.serve.answering import Reply, answer, refusal

_GRACE = 5
"""Seconds after the limit at which a process ends itself, should nobody be left to end it."""
_MEMORY = 2**30
"""Bytes that a query may take besides the graph."""
_spawn = get_context("spawn")


class Workers:
    """A fixed number of processes with the graph in memory."""

    def __init__(self, graph: Path, lang: str, count: int, seconds: float) -> None:
        """``seconds`` is the time limit of a query; refusals are told in ``lang``."""
        self._graph, self._lang, self._seconds = graph, lang, seconds
        self._free: Queue[_Worker] = Queue()
        for _ in range(count):
            self._free.put(self._new())

    def ask(self, text: str, accept: str) -> Reply:
        """The answer to a query, or why there is none."""
        try:
            worker = self._free.get(timeout=self._seconds)
        except Empty:
            return refusal(HTTPStatus.SERVICE_UNAVAILABLE, "serve-busy", self._lang)
        reply = None
        try:
            reply = worker.ask(text, accept, self._seconds)
        except TimeoutError:
            return refusal(HTTPStatus.SERVICE_UNAVAILABLE, "serve-slow", self._lang, detail=f"{self._seconds:g}")
        except (EOFError, OSError):
            return refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "serve-died", self._lang)
        finally:
            if reply is None:
                worker.end()
                worker = self._new()
            self._free.put(worker)
        return reply

    def _new(self) -> "_Worker":
        return _Worker(self._graph, self._lang, self._seconds)


class _Worker:
    """One process and the line to it."""

    def __init__(self, graph: Path, lang: str, seconds: float) -> None:
        self._line, far = _spawn.Pipe()
        self._process = _spawn.Process(target=_work, args=(far, graph, lang, seconds), daemon=True)
        self._process.start()
        far.close()
        self._ready = False

    def ask(self, text: str, accept: str, seconds: float) -> Reply:
        """Raises TimeoutError where no answer comes in time, EOFError where the process has ended."""
        if not self._ready:
            self._ready = self._line.recv()
        self._line.send((text, accept))
        if not self._line.poll(seconds):
            raise TimeoutError
        reply: Reply = self._line.recv()
        return reply

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._line.close()


def _work(line: "Connection[object, tuple[str, str]]", graph: Path, lang: str, seconds: float) -> None:
    # Ctrl-C reaches every process of the terminal; the server is the one that ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    store = load(graph)
    _bound_memory()
    with Path(os.devnull).open("w") as nowhere:
        # Where memory ends the store has last words of its own; those of Python are still heard.
        sys.stderr = os.fdopen(os.dup(2), "w")
        os.dup2(nowhere.fileno(), 2)
        try:
            line.send(True)
            while True:
                text, accept = line.recv()
                faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=nowhere)
                line.send(answer(store, text, accept, lang))
                faulthandler.cancel_dump_traceback_later()
        except (EOFError, OSError):
            return


def _bound_memory() -> None:
    """Let a query that takes too much memory end its process; where the system does not tell what there is of it, time alone is bounded."""
    statistics = Path("/proc/self/statm")
    if statistics.exists():
        import resource  # which not every system has

        limit = int(statistics.read_text().split()[0]) * resource.getpagesize() + _MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
