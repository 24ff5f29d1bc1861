"""File formats: the bytes of a file to the articles in it, with what the format itself says about them."""

import csv
import io
import json
import logging
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from kg.language.lexicon import rows
from kg.text.dateline import parse
from kg.text.document import UNKNOWN, Metadata
from kg.text.encoding import NotTextError, decode
from kg.text.row import Reading
from kg.text.tabular import tables, written

if TYPE_CHECKING:
    from docx.table import Table

_FILE, _TABLE, _UNPACKED = 32 * 2**20, 256 * 2**20, 256 * 2**20
"""Bytes of the longest file that is one article, of the longest table that has to be read as a whole, and of what is packed in a file."""
_NAMED, _HEADING = 3, 40
"""So many tables that tell no figure are named, with so many characters of their first rows."""
_FRONT = 2**16
"""Characters of the longest front matter."""
_DAMAGE = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, RuntimeError, SyntaxError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error),
)
"""What libraries raise, besides errors of their own, over bytes that are not what they should be."""


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


class _TooLong(Exception):  # noqa: N818 - the file's fault, no error of the program's
    """More bytes than an article has."""


def articles(file: BinaryIO, suffix: str) -> Iterator[Article | Flaw]:
    """The articles in ``file``, whose name ends in ``suffix`` (one of FORMATS)."""
    try:
        for item in FORMATS[suffix](file):
            if isinstance(item, Article):
                yield from _untold(item)
            yield item
    except NotTextError as error:
        yield Flaw(error.reason, detail=error.detail)
    except _TooLong as error:
        yield Flaw("large", detail=str(error))
    except ImportError as error:
        yield Flaw("extra", detail=error.name or "")


def _untold(article: Article) -> Iterator[Flaw]:
    """A word on the tables of an article that tell no figure: what the first ones are known by."""
    readings = (Reading(article.text, table) for table in tables(article.text))
    found = [reading.heading()[:_HEADING] for reading in readings if not reading.tells]
    if found:
        yield Flaw("table", article.place, "; ".join(found[:_NAMED]) + " …" * (len(found) > _NAMED))


def metadata(fields: Mapping[str, object], place: str = "") -> tuple[Metadata, tuple[Flaw, ...]]:
    """What ``fields``, under any of the names in ``lexicon/column.tsv``, say about an article; a bad date is a flaw."""
    known = _known(fields)
    date = known.get("published", "")
    published = parse(date)
    flaws = (Flaw("date", place, date),) if date and not published else ()
    return Metadata(known.get("title"), known.get("publisher"), published, False, known.get("home")), flaws


def _known(fields: Mapping[str, object]) -> dict[str, str]:
    """The fields by their standard names, blank ones left out; of two columns for one field the table's first counts."""
    named = _named(fields)
    found: dict[str, str] = {}
    for column in rows("column", _Column):
        if text := named.get(column.name, "").strip():
            found.setdefault(column.field, text)
    return found


def _named(fields: Mapping[str, object]) -> dict[str, str]:
    """The fields that are one text or number each, by their names in small letters."""
    return {
        str(key).strip().lower(): str(value) for key, value in fields.items() if value is not None and not isinstance(value, dict | list)
    }


def _whole(file: BinaryIO, limit: int = _FILE) -> bytes:
    """All bytes of ``file``, and never more than it may have."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise _TooLong(f"{limit // 2**20} MiB")
    return data


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines of ``file``, one at a time; None for one that is longer than an article."""
    while line := file.readline(_FILE + 1):
        yield line if len(line) <= _FILE else None
        while len(line) > _FILE and not line.endswith(b"\n"):
            line = file.readline(_FILE + 1)


def _plain(file: BinaryIO) -> Iterator[Article | Flaw]:
    yield Article(decode(_whole(file)))


class _FrontMatter(YAMLHandler):
    """Every value as the text that it is: what other loaders make of references grows without bound, and deep nesting ends the process."""

    def load(self, fm: str, **options: object) -> Any:
        if len(fm) > _FRONT:
            raise yaml.YAMLError(f"more than {_FRONT} characters")
        return super().load(fm, Loader=yaml.BaseLoader)


def _markdown(file: BinaryIO) -> Iterator[Article | Flaw]:
    text = decode(_whole(file))
    try:
        fields, content = frontmatter.parse(text, handler=_FrontMatter())
    except (yaml.YAMLError, RecursionError) as error:
        yield Flaw("entry", "front matter", str(error))
        fields, content = {}, text
    known, flaws = metadata(fields)
    yield from flaws
    yield Article(content, known)


def _html(file: BinaryIO) -> Iterator[Article | Flaw]:
    import trafilatura  # takes a while to load, and few sources are HTML

    # A fixed latest date: the library's own default is today's, and the same page must read the same tomorrow.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
    text = decode(_whole(file))
    try:
        page = trafilatura.bare_extraction(text, include_comments=False, with_metadata=True, date_extraction_params=dates)
    except _DAMAGE as error:
        yield Flaw("damaged", detail=str(error))
        return
    if isinstance(page, dict) or page is None or not page.text:
        yield Flaw("empty")
        return
    known, flaws = metadata({"title": page.title, "publisher": page.sitename, "published": page.date})
    yield from flaws
    yield Article(page.text, known)


def _jsonl(file: BinaryIO) -> Iterator[Article | Flaw]:
    for number, line in enumerate(_lines(file), start=1):
        if line is None:
            yield Flaw("large", str(number), f"{_FILE // 2**20} MiB")
        elif line.strip():
            yield from _json(line, str(number))


def _json(line: bytes, place: str) -> Iterator[Article | Flaw]:
    try:
        fields = json.loads(decode(line))
    except NotTextError as error:
        yield Flaw(error.reason, place, error.detail)
    except json.JSONDecodeError as error:
        yield Flaw("damaged", place, error.msg)
    except (ValueError, RecursionError) as error:
        yield Flaw("damaged", place, str(error))
    else:
        yield from row(fields if isinstance(fields, dict) else {}, place)


def _csv(file: BinaryIO) -> Iterator[Article | Flaw]:
    data = _whole(file, _TABLE)
    csv.field_size_limit(max(csv.field_size_limit(), len(data) + 1))
    reader = csv.DictReader(io.StringIO(decode(data), newline=""))
    try:
        if "text" not in _known(dict.fromkeys(reader.fieldnames or (), "named")):
            yield Flaw("column", detail=_text_columns())
            return
        for number, fields in enumerate(reader, start=1):
            yield from row({key: value for key, value in fields.items() if key}, str(number))
    except csv.Error as error:
        yield Flaw("damaged", str(reader.line_num), str(error))


def row(fields: Mapping[str, object], place: str) -> Iterator[Article | Flaw]:
    """The article in one row of a table, whose columns have any of the names in ``lexicon/column.tsv``."""
    if "text" not in _known(dict.fromkeys(fields, "named")):
        yield Flaw("column", place, _text_columns())
        return
    known, flaws = metadata(fields, place)
    yield from flaws
    yield Article(_text(fields), known, place)


def _text(fields: Mapping[str, object]) -> str:
    """The text of a row exactly as it stands."""
    named = _named(fields)
    columns = (column.name for column in rows("column", _Column) if column.field == "text")
    return next((named[name] for name in columns if named.get(name)), "")


def _text_columns() -> str:
    return ", ".join(column.name for column in rows("column", _Column) if column.field == "text")


def _pdf(file: BinaryIO) -> Iterator[Article | Flaw]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # It has a word to say on each oddity; what can't be read is told below.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(_whole(file)))
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, *_DAMAGE) as error:
        yield Flaw("damaged", detail=str(error))
    else:
        yield Article(text, Metadata(title=title or None))


def _docx(file: BinaryIO) -> Iterator[Article | Flaw]:
    import docx
    from docx.text.paragraph import Paragraph

    data = io.BytesIO(_whole(file))
    try:
        _unpackable(data)
        page = docx.Document(data)
        text = "\n".join(
            part.text if isinstance(part, Paragraph) else "\n\n".join(_word_tables(part)) for part in page.iter_inner_content()
        )
        title = page.core_properties.title
    except _DAMAGE as error:
        yield Flaw("damaged", detail=str(error))
    else:
        yield Article(text, Metadata(title=title or None))


def _word_tables(table: "Table") -> Iterator[str]:
    """A table of a Word file, and behind it those within its cells; a merged cell stands in every place that it covers."""
    rows = [row.cells for row in table.rows]
    yield written([cell.text for cell in row] for row in rows)
    yield from dict.fromkeys("\n\n".join(_word_tables(inner)) for row in rows for cell in row for inner in cell.tables)


def _unpackable(data: BinaryIO) -> None:
    """Raises _TooLong where what is packed in a file is more than memory is there for."""
    with zipfile.ZipFile(data) as packed:
        if sum(member.file_size for member in packed.infolist()) > _UNPACKED:
            raise _TooLong(f"{_UNPACKED // 2**20} MiB")


FORMATS: Mapping[str, Callable[[BinaryIO], Iterator[Article | Flaw]]] = {
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
