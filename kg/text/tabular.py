"""Tables within texts, which are not read: what they are known by, so that one can tell of them."""

from collections.abc import Iterator
from itertools import pairwise

_RULE = "---"
_RULERS = frozenset("|:-+ \t\r")


def headings(text: str) -> Iterator[str]:
    """The first row of each table in a text, as Markdown has it: a row of cells above a ruled line."""
    if _RULE not in text:
        return
    for head, line in pairwise(text.split("\n")):
        if _RULE in line and "|" in line and "|" in head and _RULERS.issuperset(line) and not _RULERS.issuperset(head):
            yield heading(head.strip().strip("|").split("|"))


def heading(cells: list[str]) -> str:
    """A row of cells in one line."""
    return " | ".join(" ".join(cell.split()) for cell in cells)
