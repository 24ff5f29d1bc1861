"""A folder full of what no reader should meet: built to the end, each bad thing named in one line, in bounded memory."""

import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docx
import pytest
from living import content

from kg.cli import BAD_INPUT, FINE
from kg.text.document import Document
from kg.text.formats import articles
from kg.text.reading import Unreadable, read

GOOD = "今年上半年，青河区规模以上工业产值完成{}.5亿元，同比增长7.2%。\n"
ROW = '{{"text": "青河区高新技术企业达到{}户。"}}\n'
MEMORY = 1536 * 2**20
"""Bytes of address space for the whole build, libraries included; the longest line alone would take most of it."""
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{}]><x>&k;</x>'.format(
    "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
)
REFERENCES = "a: &a [x, x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12))
MERGES = "a: &a {x: y}\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} {{<<: [{', '.join([f'*{chr(97 + n)}'] * 9)}]}}\n" for n in range(12))
BAD: dict[str, tuple[str | bytes, str]] = {
    "binary.txt": (bytes(range(256)) * 99, "this is a binary file"),
    "nul.txt": (GOOD.format(1) + "\0", "this is a binary file"),
    "torn.txt": (GOOD.format(1).encode()[:-2], "the encoding is broken"),
    "empty.txt": ("", "there is no text"),
    "deep.html": ("<div>" * 100_000 + GOOD.format(2) + "</div>" * 100_000, "there is no text"),
    "nonsense.pdf": (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n", "damaged"),
    "nonsense.docx": (b"PK\3\4" + b"\0" * 99, "damaged"),
    "half.csv": ('标题,正文\n"报', "[1]: there is no text"),
}
FLAWED: dict[str, tuple[str, str]] = {
    "deep.md": (f"---\na: {'[' * 100_000}\n---\n" + GOOD.format(12), "[front matter]: this entry is invalid"),
    "long.md": (f"---\na: {'x' * 100_000}\n---\n" + GOOD.format(13), "[front matter]: this entry is invalid"),
    "year.md": ("---\ndate: 0000-01-01\n---\n" + GOOD.format(14), 'the date "0000-01-01" is invalid'),
    "first.md": ("---\ndate: 0001-01-01\n---\n" + GOOD.format(33), 'the date "0001-01-01" is invalid'),
    "last.md": ("---\ndate: 9999-12-31\n---\n" + GOOD.format(34), 'the date "9999-12-31" is invalid'),
    "broken.jsonl": (ROW.format(15) + "{broken\n" + ROW.format(16), "[2]: damaged"),
    "deep.jsonl": ("[" * 100_000 + "\n" + ROW.format(17), "[1]: damaged"),
    "digits.jsonl": (f'{{"text": "x", "n": {"9" * 9999}}}\n' + ROW.format(18), "[1]: damaged"),
    "list.jsonl": ('{"text": ["x"]}\n' + ROW.format(19), "[1]: there is no text"),
    "nul.jsonl": ('{"text": "\0"}\n' + ROW.format(20), "[1]: this is a binary file"),
}
"""Files with something bad in them, and a good article each."""
SOUND: dict[str, str] = {
    "references.md": f"---\n{REFERENCES}title: 报\n---\n" + GOOD.format(31),
    "merges.md": f"---\n{MERGES}title: 报\n---\n" + GOOD.format(32),
    "past.txt": GOOD.format(35),
    "future.txt": GOOD.format(36),
    "\udcff\udcfe.txt": GOOD.format(37),
    "two\nlines.txt": GOOD.format(38),
    "marked.jsonl": "\ufeff" + ROW.format(39),
}
"""Files that only look dangerous."""
ROWS: dict[str, tuple[int | None, ...]] = {
    "broken.jsonl": (15, None, 16),
    "deep.jsonl": (None, 17),
    "digits.jsonl": (None, 18),
    "list.jsonl": (None, 19),
    "nul.jsonl": (None, 20),
    "line.jsonl": (40, None, 41),
}
"""The good rows of tables, in their places."""


def packed(document: bytes, more: int = 0) -> bytes:
    """A Word file with this document, and so many megabytes of nothing."""
    page, made = io.BytesIO(), io.BytesIO()
    docx.Document().save(page)
    with zipfile.ZipFile(page) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for member in old.infolist():
            with new.open(member.filename, "w") as file:
                file.write(document if member.filename == "word/document.xml" else old.read(member))
        with new.open("word/more.xml", "w") as file:
            for _ in range(more):
                file.write(bytes(2**20))
    return made.getvalue()


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def poison(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str]]]:
    """The folder, and what has to be said of which file."""
    folder = tmp_path_factory.mktemp("poison")
    for name, (given, _) in BAD.items():
        (folder / name).write_bytes(given if isinstance(given, bytes) else given.encode())
    write(folder, {name: text for name, (text, _) in FLAWED.items()} | SOUND | {"good.txt": GOOD.format(86), "twin.txt": GOOD.format(86)})
    os.utime(folder / "past.txt", (0, 0))
    os.utime(folder / "future.txt", (2**33, 2**33))
    (folder / "bomb.docx").write_bytes(packed(b"", 300))
    (folder / "entities.docx").write_bytes(packed(ENTITIES.encode()))
    (folder / "nobody.docx").write_bytes(packed(b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'))
    piece = ("很长的一行没有标点" * 40_000).encode()
    with (folder / "line.txt").open("wb") as line, (folder / "line.jsonl").open("wb") as rows:
        line.writelines([piece] * 190)
        rows.writelines([ROW.format(40).encode(), b'{"text": "', *[piece] * 40, b'"}\n', ROW.format(41).encode()])
    (folder / "circle").symlink_to(folder)
    (folder / "itself.txt").symlink_to("itself.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    os.mkfifo(folder / "pipe.txt")
    said = {name: words for name, (_, words) in (BAD | FLAWED).items()}
    said |= dict.fromkeys(("bomb.docx", "line.txt"), "too long to be one article") | {"line.jsonl": "[2]: too long to be one article"}
    said |= dict.fromkeys(("entities.docx", "nobody.docx", "itself.txt"), "damaged")
    yield folder, said | {"gone.txt": "not found", "pipe.txt": "not supported", "twin.txt": "the same text as good.txt"}
    shutil.rmtree(folder)


def built(source: Path, out: Path) -> "subprocess.CompletedProcess[str]":
    """A build with no more memory than it may have."""
    command = [sys.executable, "-m", "kg", "build", str(source), "--date", "2024-07", "--out", str(out), "--lang", "en", "--quiet"]
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))  # noqa: E731
    return subprocess.run([*command, "--report", f"{out}.json"], capture_output=True, text=True, preexec_fn=limit, timeout=300, check=False)


def test_all_that_can_be_is_built(poison: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    folder, expected = poison
    done = built(folder, tmp_path / "out")
    assert done.returncode == FINE, done.stderr
    said = dict.fromkeys(expected, "")
    for line in done.stderr.splitlines():
        name = next((name for name in expected if f"{folder / name}" in line or line.startswith(f"{name}:")), line)
        said[name] = said.get(name, "") + line
    assert {name: line for name, line in said.items() if expected.get(name, "nothing") not in line} == {}
    assert done.stderr.count("\n") == len(expected)
    fine = tmp_path / "fine"
    fine.mkdir()
    notes = {name: text for name, (text, _) in FLAWED.items() if name.endswith(".md")}
    write(fine, SOUND | notes | {"good.txt": GOOD.format(86)})
    for name, numbers in ROWS.items():
        (fine / name).write_text("".join(ROW.format(number) if number else "\n" for number in numbers), encoding="utf-8")
    assert built(fine, tmp_path / "same").stderr.count("\n") == len(notes)
    assert content(tmp_path / "out") == content(tmp_path / "same")


@contextmanager
def nobody() -> Iterator[Path]:
    """A folder for one who may not read everything: root may."""
    folder, user = Path(tempfile.mkdtemp()), os.geteuid()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        os.seteuid(user)
        for path in folder.rglob("*"):
            path.chmod(0o755)
        shutil.rmtree(folder)


def test_no_permission() -> None:
    with nobody() as folder:
        for name in ("closed", "listed"):
            (folder / name).mkdir()
            (folder / name / "a.txt").write_text(GOOD.format(1), encoding="utf-8")
        write(folder, {"b.txt": GOOD.format(2), "c.txt": GOOD.format(3)})
        modes = {"closed": 0o000, "listed": 0o744, "b.txt": 0o000}
        for name, mode in modes.items():
            (folder / name).chmod(mode)
        if os.geteuid() == 0:
            os.seteuid(65534)
        items = list(read([str(folder)]))
        denied = sorted(item.source for item in items if isinstance(item, Unreadable) and item.reason == "denied")
        assert denied == [str(folder / name) for name in ("b.txt", "closed", "listed/a.txt", "listed/manifest.toml")]
        assert [item.source for item in items if isinstance(item, Document)] == ["c.txt"]


@pytest.mark.parametrize("name", ["长" * 5000, "a**.txt", "nul\0.txt", "[", "/proc/self/mem/x"])
def test_names_that_no_file_has(name: str) -> None:
    (item,) = read([name])
    assert isinstance(item, Unreadable)
    assert item.reason in ("missing", "nothing")
    assert item.line("en").count("\n") == 0


@pytest.mark.parametrize("kind", ["folder", "deep"])
def test_a_manifest_that_is_none(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "manifest.toml"
    path.mkdir() if kind == "folder" else path.write_text(f"a = {'[' * 100_000}", encoding="utf-8")
    write(tmp_path, {"a.txt": GOOD.format(1)})
    flaw, document = read([str(tmp_path)])
    assert isinstance(flaw, Unreadable)
    assert flaw.source == str(path)
    assert isinstance(document, Document)


def test_a_small_table_does_not_forbid_larger_ones() -> None:
    for size in (1, 1000):
        assert len(list(articles(io.BytesIO(f"正文\n{'很' * size}\n".encode()), ".csv"))) == 1


def test_nothing_but_poison(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\0")
    done = built(tmp_path / "a.txt", tmp_path / "out")
    assert (done.returncode, done.stderr.count("\n")) == (BAD_INPUT, 1)
