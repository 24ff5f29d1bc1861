"""Scratch files: what memory should not hold, in files without a name in the folder for temporary files (``TMPDIR``)."""

import os
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile, gettempdir
from weakref import finalize


class ScratchError(Exception):
    """The folder for temporary files can't be written: not the output's fault, and another remedy."""

    def __init__(self, folder: str, detail: str) -> None:
        super().__init__(folder, detail)
        self.folder, self.detail = folder, detail


class Scratch:
    """Pages in a file without a name, which is gone once it is closed or forgotten.

    Whoever is forked from this process may read it too, at any place: no position in the file is shared. Raises ScratchError where it can't
    be written.
    """

    def __init__(self) -> None:
        with _refused():
            # Without a buffer: what there was no room for is not tried again on closing.
            self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - it is open as long as there are pages to read
        self.close = finalize(self, self._file.close)
        """Let the file go."""
        self._places = array("Q", [0])

    def __len__(self) -> int:
        return len(self._places) - 1

    def __getitem__(self, page: int) -> bytes:
        begin, end = self._places[page : page + 2]
        return os.pread(self._file.fileno(), end - begin, begin)

    def append(self, page: bytes) -> None:
        """Put a page behind the others."""
        rest = memoryview(page)
        with _refused():
            while rest:
                rest = rest[self._file.write(rest) :]
        self._places.append(self._places[-1] + len(page))


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ScratchError(_folder(), error.strerror or str(error)) from error


def _folder() -> str:
    try:
        return gettempdir()
    except FileNotFoundError:  # none of the folders that it may be can be written
        return "TMPDIR"
