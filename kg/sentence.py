"""Sentences: the units that extraction reads, and the way back from them to the document's text."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[begin, end)`` of code points of a document's text."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Where a document says something: one span, or several where a sentence was mended from pieces."""

    document: str
    """The document's id."""
    spans: tuple[Span, ...]


class Kind(StrEnum):
    """What part a sentence plays on the page."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"


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
        found, offset = [], 0
        for piece in self.pieces:
            length = piece.end - piece.begin
            low, high = max(begin - offset, 0), min(end - offset, length)
            if low < high:
                found.append(Span(piece.begin + low, piece.begin + high))
            offset += length
        return tuple(found)

    def evidence(self, begin: int, end: int) -> Evidence:
        """Evidence for what ``text[begin:end]`` says."""
        return Evidence(self.document, self.spans(begin, end))
