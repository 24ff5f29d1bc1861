"""The words the extractors know: tab-separated tables in ``kg/lexicon``, one kind of word each.

A table has a header line; ``#`` begins a comment line. The first column is the word. ``# kind: one of a, b, or nothing`` says what else
the cells of a column may be.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import NamedTuple, TypeVar

Row = TypeVar("Row", bound=NamedTuple)
_MANY = 12
"""With more branches than this it pays to ask first whether there is one."""
_CHOICES = re.compile(r"^# (\w+): one of (.+)$", re.MULTILINE)
_NOTHING = "or nothing"
_LEAST = 2
"""Lines a table has: its header and one row."""


class VocabularyError(ValueError):
    """A table of words or file of rules that is not as it must be: ``reason`` is the code of the message without its ``vocabulary-``."""

    def __init__(self, reason: str, place: str, detail: str = "") -> None:
        super().__init__(reason, place, detail)
        self.reason, self.place, self.detail = reason, place, detail


def _lines(name: str) -> Iterator[list[str]]:
    """The cells of the header and of each row.

    Raises VocabularyError where there is no such table, it has no rows, a row has more cells than the header, or a cell is not one of those
    that its column may have.
    """
    file = f"lexicon/{name}.tsv"
    try:
        text = (files("kg") / file).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise VocabularyError("table", file) from error
    except UnicodeDecodeError as error:
        raise VocabularyError("encoding", file, str(error)) from error
    header: list[str] = []
    seen = 0
    choices = {column: tuple(words.split(", ")) for column, words in _CHOICES.findall(text)}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) > len(header or cells):
            raise VocabularyError("cells", f"{file}:{number}", str(len(header)))
        if " " in cells[0]:
            raise VocabularyError("blank", f"{file}:{number}", cells[0])
        if header:
            _check_choices(f"{file}:{number}", dict(zip_longest(header, cells, fillvalue="")), choices)
        header = header or cells
        seen += 1
        yield cells
    if seen < _LEAST:
        raise VocabularyError("rows", file)


def _check_choices(place: str, row: Mapping[str, str], choices: Mapping[str, Sequence[str]]) -> None:
    for column, known in choices.items():
        if row[column] not in known and (row[column] or _NOTHING not in known):
            raise VocabularyError("choice", f"{place}, {column} “{row[column]}”", ", ".join(known))


@cache
def rows(name: str, row: type[Row]) -> tuple[Row, ...]:
    """The rows of table ``name`` as ``row`` tuples, whose fields name the columns; absent cells are empty strings.

    Raises VocabularyError where the table lacks a column or a row does not fit.
    """
    lines = _lines(name)
    header = next(lines)
    missing = set(row._fields) - set(header)
    if missing:
        raise VocabularyError("column", f"lexicon/{name}.tsv", ", ".join(sorted(missing)))
    at = [header.index(field) for field in row._fields]
    return tuple(row._make(cells[i] if i < len(cells) else "" for i in at) for cells in lines)


@cache
def words(name: str) -> tuple[str, ...]:
    """The first column of table ``name``, in the table's order."""
    lines = _lines(name)
    next(lines)
    return tuple(cells[0] for cells in lines)


@cache
def wordset(name: str) -> frozenset[str]:
    """The first column of table ``name`` for membership tests."""
    return frozenset(words(name))


class _Named(NamedTuple):
    word: str
    ambiguous: str


@cache
def unambiguous(name: str) -> frozenset[str]:
    """The names in table ``name`` that are no ordinary words besides."""
    return frozenset(row.word for row in rows(name, _Named) if row.ambiguous != "1")


class _Kind(NamedTuple):
    word: str
    kind: str


@cache
def plain(name: str) -> frozenset[str]:
    """The words of table ``name`` that are of no ``kind`` of their own."""
    return frozenset(row.word for row in rows(name, _Kind) if not row.kind)


@cache
def alternation(name: str) -> str:
    """A regular expression that matches any word of table ``name``, the longest first."""
    return one_of(words(name))


def one_of(found: Iterable[str]) -> str:
    """A regular expression that matches any of these words, the longest first.

    It is a prefix tree, which the engine walks down where in a flat list it would try one word after the other; where a node has many
    branches, one look at the next character tells whether there is any for it.
    """
    tails: defaultdict[str, set[str]] = defaultdict(set)
    for word in found:
        tails[word[:1]].add(word[1:])
    optional = "?" if tails.pop("", None) else ""
    firsts = [re.escape(first) for first in sorted(tails)]
    branches = "|".join(
        first + ("" if rest == {""} else one_of(rest)) for first, (_, rest) in zip(firsts, sorted(tails.items()), strict=True)
    )
    return f"(?:(?=[{''.join(firsts)}])(?:{branches}))" if len(tails) > _MANY and not optional else f"(?:{branches}){optional}"
