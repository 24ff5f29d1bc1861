"""Articles that come and go, and what an output is made of them."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph

_CASES = tomllib.loads((Path(__file__).parent / "cases" / "living.toml").read_text(encoding="utf-8"))["document"]
TEXTS = {case["name"]: case["text"] for case in _CASES}
NAMES = tuple(TEXTS)


def write(folder: Path, names: Iterable[str] = NAMES) -> list[Path]:
    """The articles as files."""
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXTS[path.relative_to(folder).as_posix()], encoding="utf-8")
    return paths


def content(out: Path) -> dict[str, bytes]:
    """Everything in an output but its archive: files as they are, the store as the sorted quads that it holds."""
    found = {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file() and path.suffix != ".sqlite"}
    quads = sorted(map(str, pyoxigraph.Store.read_only(str(out / "store"))))
    return found | {"store": "\n".join(quads).encode()}
