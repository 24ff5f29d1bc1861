"""File formats: the bytes of a file to the articles in it, with what the format itself says about them."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from kg.dateline import parse
from kg.document import UNKNOWN, Metadata
from kg.encoding import NotTextError, decode
from kg.lexicon import rows


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a file."""

    text: str
    metadata: Metadata = UNKNOWN
    place: str = ""
    """Which row of the file it is, where the file holds many."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a file that could not be used."""

    reason: str
    """Code of the message that explains it, without its ``read-``."""
    place: str = ""
    detail: str = ""


class _Column(NamedTuple):
    name: str
    field: str


def articles(data: bytes, suffix: str) -> Iterator[Article | Flaw]:
    """The articles in ``data``, a file whose name ends in ``suffix`` (one of FORMATS)."""
    try:
        yield from FORMATS[suffix](data)
    except NotTextError as error:
        yield Flaw(error.reason, detail=error.detail)
    except ImportError as error:
        yield Flaw("extra", detail=error.name or "")


def metadata(fields: Mapping[str, object], place: str = "") -> tuple[Metadata, tuple[Flaw, ...]]:
    """What ``fields``, under any of the names in ``lexicon/column.tsv``, say about an article; a bad date is a flaw."""
    known = _known(fields)
    date = known.get("published", "")
    published = parse(date)
    flaws = (Flaw("date", place, date),) if date and not published else ()
    return Metadata(known.get("title"), known.get("publisher"), published, False, known.get("home")), flaws


def _known(fields: Mapping[str, object]) -> dict[str, str]:
    """The fields by their standard names, blank ones left out; of two columns for one field the table's first counts."""
    named = {str(key).strip().lower(): str(value).strip() for key, value in fields.items() if value is not None}
    found: dict[str, str] = {}
    for column in rows("column", _Column):
        if named.get(column.name):
            found.setdefault(column.field, named[column.name])
    return found


def _plain(data: bytes) -> Iterator[Article | Flaw]:
    yield Article(decode(data))


def _markdown(data: bytes) -> Iterator[Article | Flaw]:
    text = decode(data)
    try:
        fields, content = frontmatter.parse(text, handler=YAMLHandler())
    except yaml.YAMLError as error:
        yield Flaw("entry", "front matter", " ".join(str(error).split()))
        fields, content = {}, text
    known, flaws = metadata(fields)
    yield from flaws
    yield Article(content, known)


def _html(data: bytes) -> Iterator[Article | Flaw]:
    import trafilatura  # takes a while to load, and few sources are HTML

    # A fixed latest date: the library's own default is today's, and the same page must read the same tomorrow.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
    page = trafilatura.bare_extraction(decode(data), include_comments=False, with_metadata=True, date_extraction_params=dates)
    if isinstance(page, dict) or page is None or not page.text:
        yield Flaw("empty")
        return
    known, flaws = metadata({"title": page.title, "publisher": page.sitename, "published": page.date})
    yield from flaws
    yield Article(page.text, known)


def _jsonl(data: bytes) -> Iterator[Article | Flaw]:
    for number, line in enumerate(decode(data).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            yield Flaw("damaged", str(number), error.msg)
            continue
        yield from _row(row if isinstance(row, dict) else {}, str(number))


def _csv(data: bytes) -> Iterator[Article | Flaw]:
    csv.field_size_limit(len(data) + 1)
    reader = csv.DictReader(io.StringIO(decode(data), newline=""))
    if "text" not in _known(dict.fromkeys(reader.fieldnames or (), "named")):
        yield Flaw("column", detail=_text_columns())
        return
    try:
        for number, row in enumerate(reader, start=1):
            yield from _row({key: value for key, value in row.items() if key}, str(number))
    except csv.Error as error:
        yield Flaw("damaged", str(reader.line_num), str(error))


def _row(fields: Mapping[str, object], place: str) -> Iterator[Article | Flaw]:
    """One row of a table."""
    if "text" not in _known(dict.fromkeys(fields, "named")):
        yield Flaw("column", place, _text_columns())
        return
    known, flaws = metadata(fields, place)
    yield from flaws
    yield Article(_text(fields), known, place)


def _text(fields: Mapping[str, object]) -> str:
    """The text of a row exactly as it stands."""
    named = {str(key).strip().lower(): value for key, value in fields.items()}
    columns = (column.name for column in rows("column", _Column) if column.field == "text")
    return next((str(named[name]) for name in columns if named.get(name)), "")


def _text_columns() -> str:
    return ", ".join(column.name for column in rows("column", _Column) if column.field == "text")


def _pdf(data: bytes) -> Iterator[Article | Flaw]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        text = "\n\n".join(page.extract_text() for page in reader.pages)
    except PyPdfError as error:
        yield Flaw("damaged", detail=str(error))
        return
    yield Article(text, Metadata(title=(reader.metadata.title if reader.metadata else None) or None))


def _docx(data: bytes) -> Iterator[Article | Flaw]:
    import docx

    try:
        page = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        yield Flaw("damaged", detail=str(error))
        return
    yield Article("\n".join(paragraph.text for paragraph in page.paragraphs), Metadata(title=page.core_properties.title or None))


FORMATS: Mapping[str, Callable[[bytes], Iterator[Article | Flaw]]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".html": _html,
    ".htm": _html,
    ".jsonl": _jsonl,
    ".csv": _csv,
    ".pdf": _pdf,
    ".docx": _docx,
}
"""How each format is read, by the end of the file's name."""
