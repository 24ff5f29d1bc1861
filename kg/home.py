"""The home district: which district a document is about, and whether the document is that district's own report."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.focus import focus
from kg.language.gazetteer import divisions
from kg.names.district import ancestors, country_key, district_key, holder, is_known, meanings, resolve, unambiguous, zone
from kg.names.mention import Mention
from kg.names.organ import Holder
from kg.text.document import Document
from kg.text.genre import tells_of_public_life


@dataclass(frozen=True, slots=True)
class Home:
    """Where a document stands: the key, names and division codes of its home district and of what that lies in."""

    key: str | None
    name: str
    names: tuple[str, ...]
    """Every name of the home and its ancestors, the longest first."""
    codes: tuple[str, ...]
    lineage: tuple[Holder, ...]
    """The home and what holds it, the nearest first."""
    reports: bool
    """Whether the document is the home's own report, which counts what it names as its own."""


def home_of(document: Document, texts: Sequence[str], found: Sequence[tuple[Mention, ...]]) -> Home:
    """The home district that is given, or else the one that the sentences and their mentions speak of most."""
    names = [m.name for mentions in found for outer in mentions for m in (outer, *outer.inner) if m.type == "District"]
    codes = unambiguous(names)
    given, about = document.metadata.home, None if document.metadata.home else focus(texts, found, codes)
    reports = given is not None or (about is not None and about.reports and tells_of_public_life(document.text))
    if about and about.key == country_key():
        return Home(about.key, "", (), codes, (), reports=False)
    home = given or (about.name if about else None)
    if home is None:
        return Home(None, "", (), codes, (), False)
    key = district_key(home, codes, None)
    own = _own_names(home, codes)
    return Home(key, home, own, tuple(dict.fromkeys((*_codes_of(home, codes), *codes))), _lineage(key, home, codes), reports)


def _lineage(key: str, home: str, codes: Sequence[str]) -> tuple[Holder, ...]:
    held = [divisions()[code] for code in _codes_of(home, codes)]
    own = [Holder(f"District/{d.code}", tuple(sorted({d.name, d.short}, key=lambda n: (-len(n), n))), d.name[-1]) for d in held]
    if own and own[0].key == key:
        return tuple(own)
    parts = zone(home)
    names = {home, f"{parts.core}{parts.kind}", parts.kind} if parts else {home}
    return (Holder(key, tuple(sorted(names, key=lambda n: (-len(n), n))), home[-1]), *own)


def _codes_of(name: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Codes of a district and of all that holds it; a zone lies in the division that holds it."""
    division = resolve(name, codes) or holder(name, codes)
    return (division.code, *(d.code for d in ancestors(division.code))) if division else ()


def _own_names(home: str, codes: Sequence[str]) -> tuple[str, ...]:
    held = [divisions()[code] for code in _codes_of(home, codes)]
    names = {home, *(d.name for d in held), *(d.short for d in held)}
    return tuple(sorted(names, key=lambda n: (-len(n), n)))


class Showing(NamedTuple):
    """What documents show of the home that was given with them."""

    silent: str
    """The first source of one that does not tell which district it is; empty where all do."""
    named: bool
    """Whether any tells."""


def showing(document: Document) -> dict[str, Showing]:
    """What a document shows of the home that was given with it, if one was."""
    home = document.metadata.home
    if not home:
        return {}
    told = _teller(home)(document.text)
    return {home: Showing("" if told else document.source, told)}


def joined(one: Showing, other: Showing) -> Showing:
    """What two documents show of one home."""
    return Showing(min(filter(None, (one.silent, other.silent)), default=""), one.named or other.named)


def shown(documents: Iterable[Document]) -> Mapping[str, Showing]:
    """What all documents show of each home that was given."""
    found: dict[str, Showing] = {}
    for document in documents:
        for home, own in showing(document).items():
            found[home] = joined(found[home], own) if home in found else own
    return found


@cache
def _teller(home: str) -> Callable[[str], bool]:
    """What says of a document's text whether it tells which district the home is: that is told already where only one has the name."""
    names = {name for division in meanings(home) for above in ancestors(division.code) for name in (above.name, above.short)}
    if names:
        return lambda text: any(name in text for name in names)
    return lambda text: is_known(home) or home in text
