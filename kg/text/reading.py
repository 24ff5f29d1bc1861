"""Reading: files, folders, globs and standard input to documents."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO, TypeVar

from kg.messages import message
from kg.text import manifest
from kg.text.dateline import infer
from kg.text.document import UNKNOWN, Document, Metadata
from kg.text.formats import FORMATS, Article, Flaw, articles
from kg.text.manifest import Manifest

STDIN = "-"
LONGEST = 2**22
"""Characters of the longest article."""
_WILDCARDS = frozenset("*?[")
_ASIDE = (".", "~$")
"""What names begin with that nobody sees: hidden files and folders, and what Office keeps beside a document that is open."""
ARCHIVE = "documents.sqlite"
OUTPUT = frozenset({ARCHIVE, f"{ARCHIVE}-wal", f"{ARCHIVE}-shm", "graph.ttl", "graph.html", "rules.csv", "store"})
"""What a build writes to its folder, known by the archive: no source of the next one, where the folder lies among the articles."""
_Text = TypeVar("_Text", str, str | None)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that was not read, or not as it was meant to be."""

    source: str
    """The file, folder or pattern, as the caller named it."""
    place: str
    """Where in it: the row of a table, the key of a manifest; empty where it is the whole."""
    reason: str
    """Code of the message, without its ``read-``: empty, binary, encoding, denied, missing, …"""
    detail: str = ""
    """What exactly was found."""

    def line(self, lang: str = "zh") -> str:
        """One readable line: what happened, and what to do about it."""
        place = f"[{self.place}]" if self.place else ""
        return _shown(message(f"read-{self.reason}", lang, source=self.source, place=place, detail=" ".join(self.detail.split())))


@dataclass(frozen=True, slots=True)
class Given:
    """A document as its source gives it."""

    file: str
    """The file, as the caller named it."""
    place: str
    """Which row of the file it is, where the file holds many."""
    document: Document


def read(sources: Iterable[str], defaults: Metadata = UNKNOWN, stdin: BinaryIO | None = None) -> Iterator[Document | Unreadable]:
    """The documents of ``sources``, as ``given`` has them, with a date from the text where nobody gives one. The same text is read once."""
    seen: dict[str, str] = {}
    for item in given(sources, defaults, stdin):
        if isinstance(item, Unreadable):
            yield item
        elif item.document.id in seen:
            yield duplicate(item.document.source, seen[item.document.id])
        else:
            seen[item.document.id] = item.document.source
            yield dated(item.document)


def given(sources: Iterable[str], defaults: Metadata = UNKNOWN, stdin: BinaryIO | None = None) -> Iterator[Given | Unreadable]:
    """Every document of ``sources`` (files, folders, globs, ``-``), and a word on everything that is none.

    Files come sorted by path whatever the order of ``sources``. What a file does not say of itself is taken from ``defaults``.
    """
    for item in _items(sources, stdin):
        if isinstance(item, Given):
            yield replace(item, document=filled(item.document, defaults))
        else:
            yield item


def filled(document: Document, defaults: Metadata) -> Document:
    """The document with what it does not say of itself from ``defaults``."""
    return replace(document, metadata=_fill(document.metadata, defaults))


def dated(document: Document) -> Document:
    """The document with a publication date out of its text, where it has none."""
    if document.metadata.published:
        return document
    found = infer(document.text)
    return replace(document, metadata=replace(document.metadata, published=found, published_inferred=found is not None))


def duplicate(source: str, other: str) -> Unreadable:
    """The word on a document with the same text as another."""
    return Unreadable(source, "", "duplicate", other)


def files(sources: Iterable[str]) -> tuple[list[Path], list[Unreadable]]:
    """The files behind ``sources``, each once, sorted; and a word on each source without any."""
    found: dict[str, Path] = {}
    unreadable: list[Unreadable] = []
    for name in sorted(set(sources)):
        for file in _expand(name):
            if isinstance(file, Unreadable):
                unreadable.append(file)
            else:
                found.setdefault(os.path.realpath(file), file)
    return sorted(found.values()), unreadable


def _items(sources: Iterable[str], stdin: BinaryIO | None) -> Iterator[Given | Unreadable]:
    names = set(sources)
    paths, unreadable = files(names - {STDIN})
    yield from unreadable
    yield from _files(paths)
    if STDIN in names and stdin is not None:
        yield from _parse(stdin, ".txt", STDIN, STDIN, UNKNOWN)


def _expand(name: str) -> Iterator[Path | Unreadable]:
    """The files behind one source."""
    path = Path(name)
    try:
        mode = path.stat().st_mode
    except PermissionError:
        yield Unreadable(_name(path), "", "denied")
    except (OSError, ValueError):
        yield from _within(path, _matches(path)) if _WILDCARDS & set(name) else (Unreadable(_name(path), "", "missing"),)
    else:
        yield from _within(path, _tree(path)) if S_ISDIR(mode) else (path,)


def _matches(pattern: Path) -> Iterator[Path]:
    try:
        yield from Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))
    except ValueError:  # ``**`` inside of a word is no pattern and matches nothing
        return


def _tree(folder: Path) -> Iterator[Path | Unreadable]:
    """What is in a folder and those in it, links to folders aside: they may lead round in circles."""
    denied: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=denied.append):
        made = OUTPUT if ARCHIVE in names else ()
        folders[:] = sorted(name for name in folders if not name.startswith(_ASIDE) and name not in made)
        yield from (Path(root, name) for name in names if name not in made)
    yield from (Unreadable(_name(Path(error.filename)), "", "denied") for error in denied)


def _within(source: Path, found: Iterable[Path | Unreadable]) -> Iterator[Path | Unreadable]:
    """The files among ``found``, without manifests and what is hidden; links that lead nowhere are files that are missing."""
    empty = True
    for path in found:
        if isinstance(path, Unreadable):
            yield path
        elif not _is_folder(path) and path.name != manifest.NAME and not _is_hidden(path, source):
            empty = False
            yield path
    if empty:
        yield Unreadable(_name(source), "", "nothing", _formats())


def _is_hidden(path: Path, source: Path) -> bool:
    """Whether the file or a folder that it is in is hidden, and was not named itself."""
    return any(part.startswith(_ASIDE) for part in path.parts if part not in source.parts)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except PermissionError:  # said of it when it is read
        return False


def _files(paths: Iterable[Path]) -> Iterator[Given | Unreadable]:
    manifests: dict[Path, Manifest] = {}
    for path in paths:
        folder = path.parent
        if folder not in manifests:
            manifests[folder] = manifest.load(folder)
            yield from (_unreadable(_name(folder / manifest.NAME), flaw) for flaw in manifests[folder].flaws)
        yield from _file(path, manifests[folder].entries.get(path.name, UNKNOWN))


def _file(path: Path, known: Metadata) -> Iterator[Given | Unreadable]:
    source, suffix = _name(path), path.suffix.lower()
    if suffix not in FORMATS:
        yield Unreadable(source, "", "unsupported", _formats())
        return
    try:
        # A pipe or a device may never end.
        if not S_ISREG(path.stat().st_mode):
            yield Unreadable(source, "", "unsupported", _formats())
            return
        with path.open("rb") as file:
            yield from _parse(file, suffix, source, _name(Path(path.name)), known)
    except FileNotFoundError:
        yield Unreadable(source, "", "missing")
    except PermissionError:
        yield Unreadable(source, "", "denied")
    except OSError as error:
        yield Unreadable(source, "", "damaged", error.strerror or "")


def _parse(file: BinaryIO, suffix: str, source: str, name: str, known: Metadata) -> Iterator[Given | Unreadable]:
    """The documents in one file; ``known`` counts for more than what the file says of itself."""
    for item in articles(file, suffix):
        found = document(item, source, f"{name}#{item.place}" if item.place else name, known)
        yield found if isinstance(found, Unreadable) else Given(source, item.place, found)


def document(item: Article | Flaw, source: str, name: str, known: Metadata = UNKNOWN) -> Document | Unreadable:
    """The document called ``name`` that an article of ``source`` is; ``known`` counts for more than what the article says of itself."""
    if isinstance(item, Flaw):
        return _unreadable(source, item)
    if not item.text.strip():
        return Unreadable(source, item.place, "empty")
    if len(item.text) > LONGEST:
        return Unreadable(source, item.place, "large", f"{LONGEST:,}")
    return _document(item, name, known)


def _name(path: Path) -> str:
    """The path as text, whatever bytes the file system has."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _shown(text: str) -> str:
    """The text in one line: what can't be printed is escaped."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def _document(article: Article, source: str, known: Metadata) -> Document:
    text, about = _sound(article.text), article.metadata
    about = replace(about, title=_sound(about.title), publisher=_sound(about.publisher), home=_sound(about.home))
    return Document(hashlib.sha256(text.encode()).hexdigest()[:16], source, text, _fill(known, about))


def _sound(text: _Text) -> _Text:
    """The text with U+FFFD for each half of a surrogate pair that stands alone: JSON may have some, no encoding has."""
    return text and text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _fill(first: Metadata, second: Metadata) -> Metadata:
    """``first``, its gaps filled from ``second``."""
    return Metadata(
        first.title or second.title,
        first.publisher or second.publisher,
        first.published or second.published,
        not first.published and second.published_inferred,
        first.home or second.home,
        not first.home and second.home_shared,
    )


def _unreadable(source: str, flaw: Flaw) -> Unreadable:
    return Unreadable(source, flaw.place, flaw.reason, flaw.detail)


def _formats() -> str:
    return " ".join(FORMATS)
