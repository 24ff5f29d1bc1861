"""Staging: files and folders are made aside and take their places once all of them are whole."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ASIDE, _OLD = ".coming", ".going"


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder in ``folder`` to write to. In the end all that is in it moves to ``folder``; after an error nothing is changed.

    What a process that was killed had left there is deleted.
    """
    aside = folder / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        yield aside
        for made in sorted(aside.iterdir()):
            _move(made, folder / made.name, aside / _OLD)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _move(made: Path, place: Path, old: Path) -> None:
    if made.is_dir() and place.exists():
        place.rename(old)
    made.replace(place)
    shutil.rmtree(old, ignore_errors=True)
