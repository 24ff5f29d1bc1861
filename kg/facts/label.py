"""Label: the name of what a number measures, and where the sentence says it."""

from dataclasses import dataclass

from kg.facts.statement import Target
from kg.language.rules import pattern


@dataclass(frozen=True, slots=True)
class Label:
    """The name of what is measured, and the stretch of the masked sentence that says it."""

    text: str
    begin: int
    end: int
    inherited: bool = False
    """It is that of the figure before, and so is the thing it is about."""
    aligned: bool = False
    """One of several names, which belongs to one of several numbers."""
    root: str = ""
    """The noun that later figures may complete, where it is not the whole text."""


def made(text: str, begin: int, end: int, target: Target, *, inherited: bool = False) -> Label:
    """A label out of words of the sentence, which reaches to its number."""
    return Label(pattern("label", "hedge").sub("", text), min(begin, target.index), max(end, target.index + 1), inherited)
