"""Reports: whether what a document counts is its district's, though its sentences do not say so."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.facts.belief import Trust
from kg.facts.entity import LinkedDocument
from kg.facts.narrative import names
from kg.facts.statement import Statement
from kg.facts.subject import subject
from kg.names.district import country_key
from kg.text.genre import tells_of_public_life

EARLY = 3
"""The sentences that tell what a text is about."""
_FEW = 5
"""A text of so few sentences is too short to tell what it is about otherwise than by saying it."""
_OFTEN, PASSING = 2, 2
"""A district that fewer sentences speak of is only where something happened; a firm that is named no more often is named in passing."""


def spoken_of_home(document: LinkedDocument, lines: Sequence[Statement]) -> str | None:
    """The district that sentences without a subject are about; None where the text only happens there."""
    said = [line for line in lines if document.home and names(line, document.home)]
    spoken = (
        _is_taken_at_its_word(document) or _is_national(document, lines) or len(said) >= _OFTEN or _opens_with_home(document, lines[:EARLY])
    )
    return document.home if spoken else None


def _is_national(document: LinkedDocument, lines: Sequence[Statement]) -> bool:
    """Whether a text on an economy is about the country, which it need not name, and about no firm."""
    named = max(Counter(firms(lines)).values(), default=0)
    return document.home == country_key() and tells_of_public_life(document.document.text) and named <= PASSING


def firms(lines: Sequence[Statement]) -> Iterator[str]:
    """The enterprises that sentences name, once for each time."""
    return (link.key for line in lines for link in line.source.links if link.mention.type == "Enterprise" and not link.anaphor)


def _opens_with_home(document: LinkedDocument, lines: Sequence[Statement]) -> bool:
    """Whether the district does something in the first sentences of a text on an economy."""
    if document.home is None or not tells_of_public_life(document.document.text):
        return False
    return any(s.keys == (document.home,) for line in lines for clause in line.clauses if (s := subject(line, clause)))


def trust(document: LinkedDocument, home: str | None) -> Trust:
    """What a document is worth as a witness of what ``home`` has, the district that it speaks of."""
    if _is_report(document):
        return Trust.REPORT
    return Trust.ECONOMIC if home and tells_of_public_life(document.document.text) else Trust.OTHER


def _is_report(document: LinkedDocument) -> bool:
    return document.reports or _is_taken_at_its_word(document)


def _is_taken_at_its_word(document: LinkedDocument) -> bool:
    """Whether nothing in the document speaks against what it counts being its district's: the district is given, or the text short."""
    text = document.document.text
    return document.document.metadata.home is not None or (len(document.sentences) <= _FEW and tells_of_public_life(text))
