"""A document: its text exactly as it came, and what is known about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document besides its text; every field may be unknown."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    """Publication date, ISO 8601 with the precision that is known: ``2024``, ``2024-08`` or ``2024-08-05``."""
    published_inferred: bool = False
    """True where the date was read out of the text and not given."""
    home: str | None = None
    """Name of the district the document is about, where it was given."""
    home_shared: bool = False
    """True where the home was given for many documents at once, of which some may be about others."""
    home_refused: str | None = None
    """The home that was so given, where the text is about another."""


UNKNOWN = Metadata()
"""Nothing is known."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text. All offsets anywhere in the package count code points of ``text``."""

    id: str
    """The first 16 hex digits of the SHA-256 of the text (UTF-8): the same text is the same document."""
    source: str
    """Where it came from, as a person would name it: file name, or file name and row."""
    text: str
    metadata: Metadata = UNKNOWN
