"""What was asked for and can't be had: which file stands in the way, what a graph does not say; ``kg`` as a process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from article import Kg

import kg
from kg.cli import BAD_INPUT, FINE, LANGUAGES

BOUND = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""With this in front not even root writes what may not be written."""


@pytest.fixture
def output(graph: Path, article: Path, command: Kg, tmp_path: Path) -> Iterator[Path]:
    """An output of its own, writable again in the end."""
    out = tmp_path / "out"
    assert command("build", article, "--date", "2024-07", "--out", out, "--quiet").returncode == FINE
    yield out
    for path in (out, *out.iterdir()):
        path.chmod(0o755)


@pytest.mark.parametrize(
    ("barred", "word"), [("", "build"), ("documents.sqlite", "build"), ("documents.sqlite", "remove"), ("store", "build")]
)
def test_what_may_not_be_written_is_named(barred: str, word: str, output: Path, article: Path) -> None:
    path = output / barred
    path.chmod(0o555)
    words = [*BOUND, sys.executable, "-m", "kg", word, str(article), "--out", str(output), "--quiet", "--lang", "en"]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    told = f"{path}: may not be written. Allow it (chmod u+w), or give another folder with --out.\n"
    assert (done.returncode, done.stderr.endswith(told)) == (BAD_INPUT, True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_time_of_which_nothing_is_said_is_told_with_the_time_of_the_documents(lang: str, command: Kg, graph: Path) -> None:
    done = command("query", graph, "said-between", "--from", "2010", "--to", "2012", "--lang", lang)
    assert (done.returncode, done.stderr.count("\n")) == (FINE, 1)
    assert all(word in done.stderr for word in ("2010", "2012", "2024-07"))


def test_names_that_are_known_and_of_which_nothing_is_said(command: Kg, graph: Path) -> None:
    ask = ("query", graph, "evidence-of-relation", "--one", "云帆机械", "--lang", "en", "--other")
    assert command(*ask, "青河区").stderr == "No rows: the graph has 云帆机械, 青河区, but says nothing of the kind about it.\n"
    told = command(*ask, "青荷区").stderr
    assert "nothing called 青荷区" in told
    assert "青河区" in told


def test_a_district_by_its_short_name(command: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("绿园区投资增长7%。", encoding="utf-8")
    assert command("build", tmp_path / "a.txt", "--date", "2024-07", "--out", tmp_path / "out", "--quiet").returncode == FINE
    done = command("query", tmp_path / "out", "figures-of-district", "--district", "绿园", "--lang", "en")
    assert (done.stderr, "投资增长7%" in done.stdout) == ("绿园 is taken as 绿园区.\n", True)


def test_explain_reads_a_file(command: Kg, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("绿园区投资增长7%。", encoding="utf-8")
    assert "绿园区投资增长7%" in command("explain", path, "--lang", "en").stdout
    path.write_bytes(b"\0\1")
    done = command("explain", path, "--lang", "en")
    assert (done.returncode, done.stdout, str(path) in done.stderr) == (BAD_INPUT, "", True)


def test_a_missing_file_is_in_the_result() -> None:
    result = kg.build(["missing.txt"])
    assert (result.facts.documents, [flaw.line("en") for flaw in result.unreadable]) == ((), ["missing.txt: not found. Check the path."])
