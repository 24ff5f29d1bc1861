"""Scratch files hold pages for whoever reads them; where they can't be written, the folder is named."""

import pickle
import resource
import tempfile
from pathlib import Path

import pytest

from kg.scratch import Scratch, ScratchError


def test_pages_are_where_they_were_put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pages = Scratch()
    for page in (b"one", b"", b"three"):
        pages.append(page)
    assert (len(pages), pages[2], pages[0], pages[1]) == (3, b"three", b"one", b"")
    assert not list(tmp_path.iterdir())


@pytest.mark.filterwarnings("error")
def test_a_full_disk_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What there was no room for isn't tried again when the file is let go."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pages = Scratch()
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(ScratchError) as refused:
            pages.append(bytes(1_500))
        pages.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert (refused.value.folder, refused.value.detail) == (str(tmp_path), "File too large")


def test_a_folder_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    # Not chmod: root may write everywhere but there.
    monkeypatch.setattr(tempfile, "tempdir", "/proc/kg")
    with pytest.raises(ScratchError) as refused:
        Scratch()
    error = pickle.loads(pickle.dumps(refused.value))  # it may come from a worker
    assert (error.folder, error.detail) == ("/proc/kg", "No such file or directory")
