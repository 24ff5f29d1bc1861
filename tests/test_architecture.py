"""The stages of the flow: each module is written in terms of the stages before its own, so that there is one direction."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__).parent
ORDER = (
    *("messages", "vocabulary", "edition", "staging", "scratch", "sorting", "shelf", "table", "workers"),
    *("language", "text", "names", "facts", "focus", "home", "recognition", "linking", "coverage", "identity", "audit"),
    *("archive", "rdf", "export", "series", "view", "serve", "pipeline", "spark", "output", "summary", "explain", "account"),
    *("cli", "commands"),
)
"""From left to right: what everything may use, the way from a file to a graph, what is made of the graph, the command line."""
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py") if path.stem not in ("__init__", "__main__"))


def stage(name: str) -> str:
    return name.split(".")[1]


def imported(path: Path) -> Iterator[str]:
    """The stages that a module imports from."""
    for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kg."):
            yield stage(node.module)
        elif isinstance(node, ast.ImportFrom) and node.module == "kg":
            yield from (alias.name for alias in node.names if not alias.name.startswith("__"))


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_only_from_the_left(path: Path) -> None:
    own = path.parts[0].removesuffix(".py")
    assert [other for other in imported(path) if ORDER.index(other) > ORDER.index(own)] == []


def test_every_stage_is_there() -> None:
    assert set(ORDER) == {path.parts[0].removesuffix(".py") for path in MODULES}
