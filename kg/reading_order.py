"""Reading order: the blocks of a page in the order in which they are meant to be read."""

import re

from kg.block import Block, Kind, Span

_LINE = re.compile(r"[^\r\n]+")


def mend(text: str) -> tuple[Block, ...]:
    """The blocks of ``text`` in reading order."""
    return tuple(Block(Kind.BODY, (Span(*match.span()),)) for match in _LINE.finditer(text) if not match[0].isspace())
