"""The edition of the program: what else than the document itself decides what is read out of it."""

import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

_SUFFIXES = (".py", ".tsv", ".toml", ".ttl")
"""Code, words, rules and concepts."""


@cache
def edition() -> str:
    """A digest of the package and of what it reads texts with: another edition may read something else out of the same text."""
    digest = sha256(f"{sys.version_info[:2]} {version('jieba')} {version('rjieba')}".encode())
    for name, file in _files(files("kg"), ""):
        content = file.read_bytes()
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(_SUFFIXES):
            yield f"{path}{entry.name}", entry
