"""Fixtures of several tests."""

from pathlib import Path

import pytest
from article import ARTICLE, Kg, run
from browser import browser, page, sample_page
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # how long an example takes is the machine's affair
settings.load_profile("untimed")

__all__ = ["browser", "page", "sample_page"]
"""Fixtures that live elsewhere."""


@pytest.fixture(scope="session")
def command() -> Kg:
    return run


@pytest.fixture(scope="session")
def article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("article") / "article.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def graph(article: Path) -> Path:
    """The graph of the article."""
    built = run("build", article, "--date", "2024-07", "--home", "青河区", "--out", article.parent / "out", "--quiet")
    assert built.returncode == 0, built.stderr
    return article.parent / "out" / "graph.ttl"


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the seeds."""
    out = tmp_path_factory.mktemp("seeds")
    built = run("build", Path(__file__).parent.parent / "seeds", "--out", out, "--quiet")
    assert built.returncode == 0, built.stderr
    return out / "graph.ttl"
