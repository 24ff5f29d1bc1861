"""File formats: the bytes of a file to the articles in it, with what the format itself says about them."""

import csv
import io
import json
import logging
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
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
_DELIMITERS = ",;\t|"
"""What may separate the columns of a CSV file, the usual first."""
_PROSE = 40
"""Characters from which on a cell that is not read may be text that somebody misses."""
_SHOWN = 12
"""So many columns are named."""
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


class _Row(NamedTuple):
    place: str
    fields: Mapping[str, object]


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
    """The fields by their standard names, blank ones left out."""
    named = _named(fields)
    return {field: named[column].strip() for field, column in _columns(named).items()}


def _columns(named: Mapping[str, str]) -> dict[str, str]:
    """The column of each standard field; of two for one field the table's first that is not blank."""
    found: dict[str, str] = {}
    for column in rows("column", _Column):
        if named.get(column.name, "").strip():
            found.setdefault(column.field, column.name)
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
    yield from _table(_json(line, str(number)) for number, line in enumerate(_lines(file), start=1) if line is None or line.strip())


def _json(line: bytes | None, place: str) -> _Row | Flaw:
    if line is None:
        return Flaw("large", place, f"{_FILE // 2**20} MiB")
    try:
        fields = json.loads(decode(line))
    except NotTextError as error:
        return Flaw(error.reason, place, error.detail)
    except json.JSONDecodeError as error:
        return Flaw("damaged", place, error.msg)
    except (ValueError, RecursionError) as error:
        return Flaw("damaged", place, str(error))
    return _Row(place, fields if isinstance(fields, dict) else {})


def _csv(file: BinaryIO) -> Iterator[Article | Flaw]:
    data = _whole(file, _TABLE)
    csv.field_size_limit(max(csv.field_size_limit(), len(data) + 1))
    text = decode(data)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        if _has_text(names := reader.fieldnames or ()):
            yield from _table(_Row(str(number), _told(fields)) for number, fields in enumerate(reader, start=1))
        else:
            yield _lacking(names)
    except csv.Error as error:
        yield Flaw("damaged", str(reader.line_num), str(error))


def _delimiter(text: str) -> str:
    """What separates the columns: of the signs in use the one by which most of the first line's names are known, or there are most."""

    def found(sign: str) -> tuple[int, int]:
        try:
            names = next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), [])
        except csv.Error:  # told when the rows are read
            return 0, 0
        return len(_known(dict.fromkeys(names, "named"))), len(names)

    return max(_DELIMITERS, key=found)


def _told(fields: Mapping[str | None, object]) -> dict[str, object]:
    """The cells of a row that have a column."""
    return {key: value for key, value in fields.items() if key}


def _table(found: Iterable[_Row | Flaw]) -> Iterator[Article | Flaw]:
    """The articles of all rows of a table, and a word on the columns of text that are not read."""
    unread: dict[str, None] = {}
    for one in found:
        if isinstance(one, Flaw):
            yield one
            continue
        yield from row(one.fields, one.place)
        named = _named(one.fields)
        read = _columns(named)
        if "text" in read:
            unread |= dict.fromkeys(name for name, text in named.items() if len(text) >= _PROSE and name not in read.values())
    if unread:
        yield Flaw("unread", detail=_listed(unread))


def row(fields: Mapping[str, object], place: str) -> Iterator[Article | Flaw]:
    """The article in one row of a table, whose columns have any of the names in ``lexicon/column.tsv``."""
    if not _has_text(fields):
        yield _lacking(fields, place)
        return
    known, flaws = metadata(fields, place)
    yield from flaws
    named = _named(fields)
    yield Article(named.get(_columns(named).get("text", ""), ""), known, place)


def _has_text(names: Iterable[str]) -> bool:
    """Whether one of the columns is that of the text."""
    return "text" in _known(dict.fromkeys(names, "named"))


def _lacking(names: Iterable[str], place: str = "") -> Flaw:
    """The word on columns of which none is that of the text: which there are, and what it may be called."""
    wanted = ", ".join(column.name for column in rows("column", _Column) if column.field == "text")
    return Flaw("column", place, f"{_listed(names) or '–'} → {wanted}")


def _listed(names: Iterable[str]) -> str:
    """The first of some columns' names."""
    shown = [name.strip()[:_HEADING] for name in names if name and name.strip()]
    return ", ".join(shown[:_SHOWN]) + " …" * (len(shown) > _SHOWN)


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
    ".tsv": _csv,
    ".pdf": _pdf,
    ".docx": _docx,
}
"""How each format is read, by the end of the file's name."""
