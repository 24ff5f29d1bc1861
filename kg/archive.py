"""The archive of an output: the documents that it is made of and what was read out of each, in one file that survives any interruption.

What is read out of a document is kept at once, by a digest of the document. Which documents there are changes in one step, at the end.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import msgspec

from kg.coverage import Firing
from kg.edition import edition
from kg.identity.alias import NO_RULINGS, Rulings
from kg.identity.unification import Extraction
from kg.text.document import Document
from kg.text.reading import ARCHIVE, Given, Unreadable, duplicate

NAME = ARCHIVE
_LAYOUT = 1
"""Of the tables, and of a document; an archive of another layout can't be used."""
_TABLES = """
CREATE TABLE IF NOT EXISTS content (digest BLOB PRIMARY KEY, text TEXT NOT NULL, document BLOB NOT NULL, edition TEXT, extraction BLOB);
CREATE TABLE IF NOT EXISTS document (name TEXT PRIMARY KEY, file TEXT NOT NULL, source TEXT NOT NULL, digest BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS coming (
    name TEXT PRIMARY KEY, file TEXT NOT NULL, source TEXT NOT NULL, digest BLOB NOT NULL, given INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE VIEW IF NOT EXISTS ranked AS
    SELECT name, source, digest, text, given,
        FIRST_VALUE(name) OVER same AS first, FIRST_VALUE(source) OVER same AS first_source
    FROM coming JOIN content USING (digest)
    WINDOW same AS (PARTITION BY text ORDER BY source, digest, name);
"""
_ENCODER = msgspec.msgpack.Encoder()
_DOCUMENT = msgspec.msgpack.Decoder(Document)
_EXTRACTION = msgspec.msgpack.Decoder(Extraction)


class _Fired(msgspec.Struct):
    """An extraction's word on the rules alone."""

    firing: Firing


_FIRED = msgspec.msgpack.Decoder(_Fired)


class UnknownDocument(ValueError):  # noqa: N818 - what was asked for, no error of the program's
    """A name that no document of the archive has, or several have."""

    def __init__(self, name: str, found: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.found = name, found


@dataclass(frozen=True, slots=True)
class Changes:
    """How many documents a build found new, changed and unchanged among those given, kept besides, and removed."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    removed: int = 0


NO_CHANGES = Changes()


class _Row(NamedTuple):
    name: str
    file: str
    source: str
    text: str


class Archive:
    """Documents and extractions: first the documents to come, then what they say, then the step from the old ones to the new.

    A context; every method raises sqlite3.Error where the file can't be used, be it that the disk is full or another process at work.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Of the output in ``folder``; of none, in memory, by default. Nothing is made before there is something to keep."""
        self._folder = folder
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go; what is not finished is undone."""
        if self._connection:
            self._connection.close()
            self._connection = None

    @property
    def path(self) -> Path | None:
        """The file."""
        return self._folder and self._folder / NAME

    @property
    def base(self) -> str | None:
        """The base of the output's names, where one was given."""
        row = self._run("SELECT value FROM setting WHERE name = 'base'").fetchone()
        return row and str(row[0])

    @property
    def rulings(self) -> Rulings:
        """The user's word on identity, as it was last given."""
        row = self._run("SELECT value FROM setting WHERE name = 'aliases'").fetchone()
        return msgspec.json.decode(row[0], type=Rulings) if row else NO_RULINGS

    def exists(self) -> bool:
        """Whether there is one yet."""
        return self.path is not None and self.path.is_file()

    def mend(self) -> None:
        """Delete the file if it is damaged, or of another layout."""
        if self.path is None or not self.exists():
            return
        try:
            sound = self._run("PRAGMA quick_check").fetchone() == ("ok",)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            sound = False
        if not sound:
            self.close()
            for suffix in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def give(self, documents: Iterable[Given], fresh: bool = False) -> bool:
        """Let ``documents`` come to those that there are, or alone where ``fresh``; False where there are none, and nothing is changed.

        One of the same name as an earlier one takes its place; what else an earlier version of the same file held is gone.
        """
        given = iter(documents)
        first = next(given, None)
        if first is None:
            return False
        self._begin()
        with self._database:
            self._add(first)
            for one in given:
                self._add(one)
            old = "1" if fresh else "file IN (SELECT file FROM coming WHERE given)"
            self._run(f"DELETE FROM coming WHERE NOT given AND {old}")
        return True

    def remove(self, names: Iterable[str]) -> None:
        """Let the documents go that are meant: by path (of a file or folder), by file name, or by id.

        Raises UnknownDocument where a name means none, or files in several folders.
        """
        self._begin()
        rows = [_Row(*row) for row in self._run("SELECT name, file, source, text FROM coming JOIN content USING (digest)")]
        found = {row.name for name in names for row in self._meant(name, rows)}
        with self._database:
            for name in found:
                self._run("DELETE FROM coming WHERE name = ?", name)

    def unread(self) -> list[bytes]:
        """Digests of the documents to come that this edition of the program has not read yet, each text once."""
        wanted = "SELECT digest FROM ranked JOIN content USING (digest) WHERE name = first AND edition IS NOT ? ORDER BY name"
        return [digest for (digest,) in self._run(wanted, edition())]

    def document(self, digest: bytes) -> bytes:
        """A document, encoded."""
        (document,) = self._run("SELECT document FROM content WHERE digest = ?", digest).fetchone()
        return bytes(document)

    def keep(self, digest: bytes, extraction: bytes) -> None:
        """Keep what was read out of a document, encoded."""
        with self._database:
            self._run("UPDATE content SET edition = ?, extraction = ? WHERE digest = ?", edition(), extraction, digest)

    def extractions(self) -> Iterator[Extraction]:
        """What the documents to come say; of several with the same text, the one whose source sorts first."""
        rows = "SELECT source, document, extraction FROM ranked JOIN content USING (digest) WHERE name = first ORDER BY ranked.text"
        for source, document, extraction in self._run(rows):
            found, text = _EXTRACTION.decode(extraction), _DOCUMENT.decode(document).text
            yield replace(found, document=replace(found.document, source=source, text=text))

    def firings(self) -> Iterator[Firing]:
        """What the rules did in each of the documents to come, in the same order."""
        rows = "SELECT extraction FROM ranked JOIN content USING (digest) WHERE name = first ORDER BY ranked.text"
        return (_FIRED.decode(extraction).firing for (extraction,) in self._run(rows))

    def duplicates(self) -> Iterator[Unreadable]:
        """A word on each document given that has the same text as another; by their paths where the names are the same too."""
        twins = "SELECT source, first_source, name, first FROM ranked WHERE given AND name != first ORDER BY name"
        for source, first, *names in self._run(twins):
            yield duplicate(*((source, first) if source != first else map(self._path, names)))

    def changes(self) -> Changes:
        """What the step to the documents to come changes."""
        (new, changed, unchanged, kept) = self._run(
            "SELECT TOTAL(given AND old.digest IS NULL), TOTAL(given AND old.digest != coming.digest), "
            "TOTAL(given AND old.digest = coming.digest), TOTAL(NOT given) FROM coming LEFT JOIN document AS old USING (name)"
        ).fetchone()
        (removed,) = self._run("SELECT COUNT(*) FROM document WHERE name NOT IN (SELECT name FROM coming)").fetchone()
        return Changes(*map(int, (new, changed, unchanged, kept, removed)))

    def commit(self, base: str, rulings: Rulings) -> None:
        """Take the step: the documents to come are those that there are; ``base`` is that of the output's names."""
        with self._database:
            self._run("INSERT OR REPLACE INTO setting VALUES ('base', ?)", base)
            self._run("INSERT OR REPLACE INTO setting VALUES ('aliases', ?)", msgspec.json.encode(rulings).decode())
            self._run("DELETE FROM document")
            self._run("INSERT INTO document SELECT name, file, source, digest FROM coming")
            self._run("DELETE FROM coming")
            self._run("DELETE FROM content WHERE digest NOT IN (SELECT digest FROM document)")

    @property
    def _database(self) -> sqlite3.Connection:
        """The open file."""
        if self._connection is None:
            if self._folder:
                self._folder.mkdir(parents=True, exist_ok=True)
            self._connection = _opened(self.path)
        return self._connection

    def _run(self, statement: str, *values: str | bytes | int) -> sqlite3.Cursor:
        return self._database.execute(statement, values)

    def _begin(self) -> None:
        """What there is, is to come; what an interrupted build let come is forgotten, though not what it read."""
        with self._database:
            self._run("DELETE FROM coming")
            self._run("INSERT INTO coming (name, file, source, digest) SELECT name, file, source, digest FROM document")

    def _add(self, one: Given) -> None:
        document = content(one.document)
        file = self._file(one.file)
        name, digest = f"{file}#{one.place}" if one.place else file, sha256(document).digest()
        self._run("INSERT OR IGNORE INTO content (digest, text, document) VALUES (?, ?, ?)", digest, one.document.id, document)
        self._run("INSERT OR REPLACE INTO coming VALUES (?, ?, ?, ?, 1)", name, file, one.document.source, digest)

    def _file(self, path: str) -> str:
        """The path as seen from the output: both may move together."""
        if self._folder is None or path == "-":
            return path
        return Path(os.path.relpath(Path(path).resolve(), self._folder.resolve())).as_posix()

    def _path(self, name: str) -> str:
        """What ``_file`` made of a path, as seen from here."""
        return name if self._folder is None else os.path.relpath(self._folder / name)

    def _meant(self, name: str, rows: Iterable[_Row]) -> list[_Row]:
        path = self._file(name)
        by_path = [row for row in rows if path in (row.name, row.file) or row.file.startswith(f"{path}/")]
        found = by_path or [row for row in rows if name in (row.source, Path(row.file).name, row.text)]
        files = tuple(dict.fromkeys(row.file for row in found if name != row.text))
        if not found or (not by_path and len(files) > 1):
            raise UnknownDocument(name, files)
        return found


def content(document: Document) -> bytes:
    """A document, encoded without its source: the same wherever it comes from."""
    return _ENCODER.encode(replace(document, source=""))


def read_document(data: bytes) -> Document:
    """A document as the archive keeps it."""
    return _DOCUMENT.decode(data)


def encode(extraction: Extraction) -> bytes:
    """What was read out of a document, as the archive keeps it: without the text, which it has already."""
    return _ENCODER.encode(replace(extraction, document=replace(extraction.document, source="", text="")))


def _opened(path: Path | None) -> sqlite3.Connection:
    database = sqlite3.connect(path or ":memory:", timeout=0)
    try:
        # The lock is held until the end; a log that is written ahead makes each commit cheap.
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        # What is removed is gone from the file too.
        database.execute("PRAGMA secure_delete = ON")
        (layout,) = database.execute("PRAGMA user_version").fetchone()
        if layout not in (0, _LAYOUT):
            raise sqlite3.DatabaseError(f"layout {layout}, not {_LAYOUT}")
        database.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_LAYOUT}; COMMIT")
    except sqlite3.Error:
        database.close()
        raise
    return database
