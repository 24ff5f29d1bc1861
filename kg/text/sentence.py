"""Sentences: the units that extraction reads, and the way back from them to the document's text."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.language.rules import load
from kg.text.block import Block, Kind, Span, locate
from kg.text.document import Document
from kg.text.reading_order import mend
from kg.text.width import fold

__all__ = ["Evidence", "Kind", "Sentence", "Span", "split"]

_LONG = 500
"""A sentence longer than this is cut at semicolons."""
_BOUND = 2000
"""No sentence is longer than this, punctuated or not."""
_FOOT = 300
"""How far from the end of a paragraph page furniture is looked for."""
_PATTERN = {rule.name.removeprefix("sentence."): rule.pattern for rule in load("sentence")}


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Where a document says something: one span, or several where a sentence was mended from pieces."""

    document: str
    """The document's id."""
    spans: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError("what no words say has no evidence")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (or heading, or caption) in reading order.

    ``text`` is the document's text with widths folded one character to one (full-width digits and letters to ASCII,
    ASCII punctuation between Chinese characters to the Chinese sign), so that ``len(text)`` is the sum of the lengths
    of ``pieces`` and offsets map back exactly.
    """

    document: str
    """The document's id."""
    index: int
    """Position in reading order, counted from 0."""
    text: str
    pieces: tuple[Span, ...]
    """Spans of the document whose texts, one after the other, are this sentence."""
    kind: Kind = Kind.BODY
    section: tuple[str, ...] = ()
    """Headings above it, outermost first."""
    paragraph: int = 0
    """Number of the (mended) paragraph it stands in, counted from 0."""

    def spans(self, begin: int, end: int) -> tuple[Span, ...]:
        """The spans of the document behind ``text[begin:end]``."""
        return locate(self.pieces, begin, end)

    def evidence(self, begin: int, end: int) -> Evidence:
        """Evidence for what ``text[begin:end]`` says."""
        return Evidence(self.document, self.spans(begin, end))


def split(document: Document) -> tuple[Sentence, ...]:
    """The sentences of ``document`` in reading order."""
    sentences: list[Sentence] = []
    for paragraph, (block, section) in enumerate(_sections(document.text)):
        text = fold(block.text(document.text))
        for begin, end in _cut(text) if block.kind is Kind.BODY else _trim(text, 0, len(text)):
            sentences.append(
                Sentence(document.id, len(sentences), text[begin:end], block.locate(begin, end), block.kind, section, paragraph)
            )
    return tuple(sentences)


def _sections(text: str) -> Iterator[tuple[Block, tuple[str, ...]]]:
    """Each block with the headings above it. A heading right below another one of its rank is its subtitle."""
    stack: list[tuple[int, str]] = []
    after_heading = False
    for block in mend(text):
        if block.kind is not Kind.HEADING:
            after_heading = after_heading and block.kind is Kind.CAPTION
            yield block, tuple(title for _, title in stack)
            continue
        rank = 10 * block.level
        if after_heading and stack and stack[-1][0] // 10 == block.level:
            rank = stack[-1][0] + 1
        stack = [entry for entry in stack if entry[0] < rank]
        yield block, tuple(title for _, title in stack)
        stack.append((rank, fold(block.text(text))))
        after_heading = True


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the sentences of a paragraph, without blanks around them."""
    header = _PATTERN["header"].match(text)
    body = header.end() if header else 0
    yield from _trim(text, 0, body)
    footers = [match.start() for match in _PATTERN["footer"].finditer(text, max(body, len(text) - _FOOT))]
    for match in _PATTERN["unit"].finditer(text, body):
        begin, end = match.span()
        while footers and footers[0] < end:
            yield from _bounded(text, begin, footers[0])
            begin = footers.pop(0)
        yield from _bounded(text, begin, end)


def _bounded(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """One sentence, in several pieces where it is longer than anyone would write, or a photograph's credit ends in it."""
    if end - begin > _LONG:
        for mark in _PATTERN["clause"].finditer(text, begin, end):
            yield from _trim(text, begin, mark.end())
            begin = mark.end()
    for mark in _PATTERN["credit"].finditer(text, begin, end):
        yield from _trim(text, begin, mark.end())
        begin = mark.end()
    while end - begin > _BOUND:
        yield from _trim(text, begin, begin + _BOUND)
        begin += _BOUND
    yield from _trim(text, begin, end)


def _trim(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The range without blanks at its ends; nothing where only blanks are left."""
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and text[end - 1].isspace():
        end -= 1
    if begin < end:
        yield begin, end
