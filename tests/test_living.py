"""A living graph: however documents came and went, the output is that of one build from those that are there."""

import json
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from article import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from living import NAMES, TEXTS, content, write

from kg import archive as archives
from kg import pipeline, shelf
from kg.archive import Archive, Changes
from kg.cli import BAD_INPUT, FINE, main
from kg.identity.unification import Extraction
from kg.messages import message
from kg.output import publish
from kg.pipeline import build, build_archive, extract
from kg.rdf.graph import blocks, build_graph
from kg.rdf.store import open_store
from kg.rdf.turtle import turtle
from kg.text.document import Document
from kg.text.reading import read

DATE = "2024-07"
DISTINCT = NAMES[:5]
"""Articles of which no two have the same text."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    write(folder)
    return folder


def paths(folder: Path, names: Sequence[str]) -> list[str]:
    return [str(folder / name) for name in names]


def built(folder: Path, names: Sequence[str]) -> str:
    """The graph of one build."""
    return "".join(turtle(build(paths(folder, names), date=DATE).graph))


QUESTION = "SELECT ?thing ?property ?value WHERE { ?thing ?property ?value FILTER (!isNumeric(?value)) }"
STEPS = st.lists(
    st.tuples(st.sampled_from(["build", "build", "remove", "fresh"]), st.permutations(NAMES), st.integers(1, len(NAMES))), max_size=6
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_only_what_is_there_counts(folder: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, list[str], int]]) -> None:
    there: set[str] = set()
    out = tmp_path_factory.mktemp("out")
    for kind, order, count in steps:
        chosen = order[:count]
        with Archive(out) as archive:
            if kind == "remove":
                chosen = [name for name in chosen if name in there]
                if not there:
                    continue
                archive.remove(paths(folder, chosen))
                result = build_archive(archive)
                there -= set(chosen)
            else:
                result = build(paths(folder, chosen), date=DATE, archive=archive, fresh=kind == "fresh")
                there = set(chosen) | (set() if kind == "fresh" else there)
            archive.commit(result.base, result.rulings)
        assert "".join(turtle(result.graph)) == built(folder, sorted(there))


def test_the_command_line_does_the_same(folder: Path, tmp_path: Path) -> None:
    def kg(*words: str | Path) -> str:
        done = run(*words, "--lang", "en", "--report", tmp_path / "report.json")
        assert (done.returncode, done.stderr) == (FINE, ""), done.stderr
        return str(done.stdout)

    first, *others = paths(folder, DISTINCT[:4])
    out = tmp_path / "out"
    assert "changes    new 1\n" in kg("build", first, "--date", DATE, "--out", out)
    assert "changes    new 3 · unchanged 1\n" in kg("build", *others, first, "--date", DATE, "--out", out, "--workers", "2")
    assert "changes    kept 2 · removed 2\n" in kg("remove", NAMES[0], others[1], "--out", out)
    report = (tmp_path / "report.json").read_bytes()
    kg("build", others[0], others[2], "--date", DATE, "--out", tmp_path / "once")
    assert content(out) == content(tmp_path / "once")
    assert report == (tmp_path / "report.json").read_bytes()
    assert sorted(path.name for path in out.iterdir()) == ["documents.sqlite", "graph.html", "graph.ttl", "rules.csv", "store"]


def changes(folder: Path, out: Path, names: Sequence[str], **options: str) -> Changes:
    with Archive(out) as archive:
        result = build(paths(folder, names), archive=archive, **({"date": DATE} | options))  # type: ignore[arg-type]
        archive.commit(result.base, result.rulings)
    return result.changes


def test_what_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out = tmp_path / "articles", tmp_path / "out"
    write(folder)
    monkeypatch.setattr(pipeline, "extract", counted := _Counted())
    assert changes(folder, out, NAMES[:3]) == Changes(new=3)
    assert counted.times == 3
    assert changes(folder, out, NAMES[:3]) == Changes(unchanged=3)
    assert counted.times == 3
    (folder / NAMES[1]).write_text(TEXTS[NAMES[1]] + "青河区召开会议。", encoding="utf-8")
    assert changes(folder, out, NAMES[1:2]) == Changes(changed=1, kept=2)
    assert counted.times == 4
    # Another date is another document: what it says of 今年 changes.
    assert changes(folder, out, NAMES[:2], date="2020") == Changes(changed=2, kept=1)
    assert counted.times == 6
    # The same text elsewhere is no reason to read it twice.
    assert changes(folder, out, NAMES[2:3]) == Changes(unchanged=1, kept=2)
    monkeypatch.setattr(archives, "edition", lambda: "another")
    assert changes(folder, out, NAMES[:1], date="2020") == Changes(unchanged=1, kept=2)
    assert counted.times == 9


class _Counted:
    """Extraction that counts."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, document: Document) -> Extraction:
        self.times += 1
        return extract(document)


def test_an_extraction_comes_back_as_it_was(folder: Path, tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        build(paths(folder, NAMES), date=DATE, archive=archive)
        kept = {extraction.document.id: extraction for extraction in archive.extractions()}
    for document in read(paths(folder, NAMES)):
        if isinstance(document, Document):
            assert kept[document.id].document.text == document.text
            made = extract(replace(document, metadata=kept[document.id].document.metadata))
            assert replace(made, document=kept[document.id].document) == kept[document.id]


def test_rows_that_a_file_no_longer_has_are_gone(tmp_path: Path) -> None:
    rows = [json.dumps({"text": text}) + "\n" for text in list(TEXTS.values())[:3]]
    source = tmp_path / "rows.jsonl"
    source.write_text("".join(rows), encoding="utf-8")
    assert changes(tmp_path, tmp_path / "out", ["rows.jsonl"]) == Changes(new=3)
    source.write_text(rows[0] + rows[2], encoding="utf-8")
    assert changes(tmp_path, tmp_path / "out", ["rows.jsonl"]) == Changes(changed=1, unchanged=1, removed=1)
    assert main(["remove", "rows.jsonl#2", "--out", str(tmp_path / "out"), "--quiet"]) == FINE
    with Archive(tmp_path / "out") as archive:
        archive.remove([])
        assert [extraction.document.source for extraction in archive.extractions()] == ["rows.jsonl#1"]


def test_a_folder_that_moves_with_its_output_is_the_same(tmp_path: Path) -> None:
    write(tmp_path / "here" / "articles")
    assert changes(tmp_path / "here" / "articles", tmp_path / "here" / "out", NAMES).new == len(NAMES)
    (tmp_path / "here").rename(tmp_path / "there")
    assert changes(tmp_path / "there" / "articles", tmp_path / "there" / "out", NAMES) == Changes(unchanged=len(NAMES))


REMOVALS = {
    "path of a folder": ("{folder}/年报", ["年报/项目.txt"]),
    "path": ("{folder}/项目.txt", ["项目.txt"]),
    "file name": ("产值.txt", ["产值.txt"]),
}


@pytest.mark.parametrize("case", REMOVALS)
def test_names_of_documents(case: str, folder: Path, tmp_path: Path) -> None:
    name, gone = REMOVALS[case]
    changes(folder, tmp_path, NAMES)
    with Archive(tmp_path) as archive:
        archive.remove([name.format(folder=folder)])
        graph = "".join(turtle(build_archive(archive).graph))
    assert graph == built(folder, [name for name in NAMES if name not in gone])


def test_a_document_by_its_id(folder: Path, tmp_path: Path) -> None:
    changes(folder, tmp_path, NAMES)
    (twice,) = {document.id for document in read(paths(folder, ["项目.txt"])) if isinstance(document, Document)}
    with Archive(tmp_path) as archive:
        archive.remove([twice])
        assert build_archive(archive).changes == Changes(kept=len(NAMES) - 2, removed=2)


def test_a_removed_text_is_not_left_in_the_file(folder: Path, tmp_path: Path) -> None:
    changes(folder, tmp_path, NAMES)
    (path,) = tmp_path.glob("*.sqlite")
    assert "周明远".encode() in path.read_bytes()
    assert main(["remove", str(folder / "年报"), "--out", str(tmp_path), "--quiet"]) == FINE
    assert "周明远".encode() not in path.read_bytes()


def test_the_base_stays(folder: Path, tmp_path: Path) -> None:
    base = "https://example.org/id/"
    changes(folder, tmp_path, NAMES[:1], base=base)
    with Archive(tmp_path) as archive:
        assert build(paths(folder, NAMES[1:2]), archive=archive).base == base


# ---------------------------------------------------------------- the store


def test_the_store_holds_the_graph_and_each_documents_part(folder: Path, tmp_path: Path) -> None:
    import pyoxigraph

    from kg.rdf.dataset import by_document
    from kg.rdf.turtle import nquads

    result = build(paths(folder, NAMES), date=DATE)
    publish(result, tmp_path)
    parts = pyoxigraph.Store()
    parts.bulk_load("".join(nquads(by_document(build_graph(result.facts)))), pyoxigraph.RdfFormat.N_QUADS)
    store = open_store(tmp_path)
    named = {quad for quad in store if quad.graph_name != pyoxigraph.DefaultGraph()}
    assert named == {quad for quad in parts if quad.graph_name != pyoxigraph.DefaultGraph()}
    assert {quad.triple for quad in store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())} == {q.triple for q in parts}
    assert sum(len(block.said) for block in blocks(result.facts)) == len({q.triple for q in parts})


@pytest.mark.parametrize("form", ["", "/store", "/graph.ttl", "/graph.nq", "/graph.trig", "/graph.nt"])
def test_every_form_of_a_graph_can_be_asked(form: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command(tmp_path, paths(folder, DISTINCT))) == FINE
    assert main(["export", str(tmp_path), *(str(tmp_path / f"graph.{suffix}") for suffix in ("nq", "trig", "nt"))]) == FINE
    answers = []
    for graph in (str(tmp_path / "graph.ttl"), f"{tmp_path}{form}"):
        assert main(["query", graph, QUESTION]) == FINE
        answers.append(sorted(capsys.readouterr().out.splitlines()))
    assert answers[0] == answers[1]
    assert len(answers[0]) > 10


def test_a_store_that_is_replaced_answers_those_who_have_it_open(folder: Path, tmp_path: Path) -> None:
    publish(build(paths(folder, NAMES[:2]), date=DATE), tmp_path)
    store = open_store(tmp_path)
    count = len(store)
    publish(build(paths(folder, NAMES), date=DATE), tmp_path)
    assert len(store) == count < len(open_store(tmp_path))


# ---------------------------------------------------------------- faults


def command(out: Path, sources: Sequence[str], *options: str) -> list[str]:
    return ["build", *sources, "--date", DATE, "--out", str(out), "--lang", "en", "--quiet", *options]


def start(words: Sequence[str]) -> "subprocess.Popen[str]":
    """The program, that hears Ctrl-C even where the tests run in the background of a shell, which silences it."""
    heard = partial(signal.signal, signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen([sys.executable, "-m", "kg", *words], stderr=subprocess.PIPE, text=True, preexec_fn=heard)


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[float, dict[str, bytes]]:
    """How long a build takes that nothing disturbs, and what it writes."""
    out = tmp_path_factory.mktemp("whole")
    started = time.monotonic()
    with start(command(out, paths(folder, DISTINCT))) as process:
        assert process.wait() == FINE
    return time.monotonic() - started, content(out)


@pytest.mark.parametrize("moment", [0.6, 0.75, 0.85, 0.95])
def test_a_build_that_was_killed_goes_on(moment: float, folder: Path, whole: tuple[float, dict[str, bytes]], tmp_path: Path) -> None:
    seconds, expected = whole
    assert main(command(tmp_path, paths(folder, DISTINCT[:2]))) == FINE
    before = content(tmp_path)
    with start(command(tmp_path, paths(folder, DISTINCT), "--workers", "2")) as process:
        time.sleep(moment * seconds)
        process.kill()
    # Files take their places one by one, each whole: the old or the new one.
    for name in ("graph.ttl", "graph.html"):
        assert (tmp_path / name).read_bytes() in (before[name], expected[name])
    assert main(command(tmp_path, paths(folder, DISTINCT))) == FINE
    assert content(tmp_path) == expected


def test_ctrl_c_is_answered_with_one_line(tmp_path: Path) -> None:
    many, out = tmp_path / "rows.jsonl", tmp_path / "out"
    many.write_text("".join(json.dumps({"text": f"{number}、{TEXTS[NAMES[0]]}"}) + "\n" for number in range(3000)), encoding="utf-8")
    with start(command(out, [str(many)], "--workers", "2")) as process:
        while not any(path.stat().st_size > 3_000_000 for path in out.glob("documents.sqlite-wal")):
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert (process.returncode, said) == (130, "Interrupted. The same command goes on from here.\n")
    assert [path.name for path in out.iterdir()] == ["documents.sqlite"]


@pytest.mark.parametrize("limit", [10_000, 60_000, 300_000])
def test_a_full_disk_leaves_what_was_there(limit: int, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No file may grow beyond the limit: now the archive has no room, now the page or the store."""
    assert main(command(tmp_path, paths(folder, DISTINCT[:2]))) == FINE
    before = content(tmp_path)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        assert main(command(tmp_path, paths(folder, DISTINCT))) == BAD_INPUT
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "cannot be written" in said
    assert content(tmp_path) == before


@pytest.mark.parametrize("workers", [1, 2])
def test_no_room_for_temporary_files(
    workers: int, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The line is about their folder, not the output's."""
    assert main(command(tmp_path, paths(folder, DISTINCT[:2]))) == FINE
    before = content(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(shelf, "_FEW", 1)
        patch.setattr(tempfile, "tempdir", "/proc/kg")
        assert main(command(tmp_path, paths(folder, DISTINCT), "--workers", str(workers))) == BAD_INPUT
    said = capfd.readouterr().err
    assert said == message("cli-scratch", "en", source="/proc/kg", detail="No such file or directory") + "\n"
    assert content(tmp_path) == before


def test_a_folder_that_cannot_be_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Not chmod: root may write everywhere but there.
    assert main(command(Path("/proc/kg"), paths(folder, DISTINCT))) == BAD_INPUT
    said = capsys.readouterr().err
    assert said.startswith("/proc/kg: cannot be written")
    assert said.count("\n") == 1


def test_two_builds_at_once(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Archive(tmp_path) as archive:
        build(paths(folder, NAMES[:1]), archive=archive)
        assert main(["build", *paths(folder, NAMES), "--out", str(tmp_path), "--lang", "en"]) == BAD_INPUT
    assert "another kg" in capsys.readouterr().err


@pytest.mark.parametrize("damage", ["no database", "another layout"])
def test_a_damaged_archive_is_named_and_replaced(damage: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changes(folder, tmp_path, NAMES[:1])
    (path,) = tmp_path.glob("*.sqlite")
    if damage == "no database":
        path.write_bytes(b"x" * 5000)
    else:
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA user_version = 99")
        database.close()
    command = ["build", *paths(folder, NAMES), "--date", DATE, "--out", str(tmp_path), "--lang", "en", "--quiet"]
    assert main(command) == BAD_INPUT
    assert "--fresh" in capsys.readouterr().err
    assert main([*command, "--fresh"]) == FINE
    assert (tmp_path / "graph.ttl").read_text(encoding="utf-8") == built(folder, NAMES)


def test_removal_needs_to_know_what(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "articles").mkdir()
    changes(folder, tmp_path, NAMES)
    for name, complaint in (("nothing.txt", "no such document"), ("项目.txt", "several folders")):
        assert main(["remove", name, "--out", str(tmp_path), "--lang", "en"]) == BAD_INPUT
        assert complaint in capsys.readouterr().err
