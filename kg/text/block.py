"""Blocks: the paragraphs, headings and captions of a page, each made of one or more pieces of the text."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[begin, end)`` of code points of a document's text."""

    begin: int
    end: int


class Kind(StrEnum):
    """What part a block, or a sentence of it, plays on the page."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or caption; its pieces, read one after the other, are its text."""

    kind: Kind
    pieces: tuple[Span, ...]
    level: int = 0
    """Rank of a heading: 1 is the outermost; 0 for anything else."""

    def text(self, text: str) -> str:
        """The block's text, given the document's."""
        return "".join(text[piece.begin : piece.end] for piece in self.pieces)

    def locate(self, begin: int, end: int) -> tuple[Span, ...]:
        """The spans of the document behind ``[begin, end)`` of the block's own text."""
        return locate(self.pieces, begin, end)


def locate(pieces: tuple[Span, ...], begin: int, end: int) -> tuple[Span, ...]:
    """The spans behind ``[begin, end)`` of the text that ``pieces`` make."""
    found, offset = [], 0
    for piece in pieces:
        length = piece.end - piece.begin
        low, high = max(begin - offset, 0), min(end - offset, length)
        if low < high:
            found.append(Span(piece.begin + low, piece.begin + high))
        offset += length
    return tuple(found)
