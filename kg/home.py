"""The home district: which district a document is about, and whether the document is that district's own report."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from kg.focus import focus
from kg.language.gazetteer import Division, divisions
from kg.language.rules import pattern
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


def housed(document: Document, texts: Sequence[str], found: Sequence[tuple[Mention, ...]]) -> Document:
    """The document with the district that it is about as its home, where the home was given for many at once and this one is plainly about
    another: another's report, which never names the one given.
    """
    known = document.metadata
    if not known.home or not known.home_shared:
        return document
    given = _Given(known.home)
    context = (*unambiguous(_districts(found)), *given.codes)
    about = None if given.is_named(document.text) else focus(texts, found, context)
    division = about and about.reports and resolve(about.name, context)
    if about is None or not division or given.may_be_meant(division, document.text):
        return document
    return replace(document, metadata=replace(known, home=about.name, home_shared=False, home_refused=known.home))


def _districts(found: Sequence[tuple[Mention, ...]]) -> list[str]:
    """All names of districts, as often as they stand in the text."""
    return [m.name for mentions in found for outer in mentions for m in (outer, *outer.inner) if m.type == "District"]


class _Given:
    """A home that was given, and the divisions that it may be or, if it is none, that hold it."""

    def __init__(self, name: str) -> None:
        division = resolve(name, ()) or holder(name, ())
        self._name, self._is = name, (division,) if division else meanings(name)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the only one."""
        return tuple(d.code for d in self._is) if len(self._is) == 1 else ()

    def is_named(self, text: str) -> bool:
        """Whether a text has any of its names."""
        return any(name in text for name in (self._name, *(name for d in self._is for name in (d.name, d.short))))

    def may_be_meant(self, other: Division, text: str) -> bool:
        """Whether a text about ``other`` may be about the home: one in it, or one that holds it while the text says 全区 of a district."""
        around = {above.code for d in self._is for above in ancestors(d.code)}
        within = {above.code for above in ancestors(other.code)} & {d.code for d in self._is}
        speaks = (match["level"] == self._name[-1] for match in pattern("anaphor", "whole-district").finditer(text))
        return bool(within) or (other.code in around and any(speaks))


def home_of(document: Document, texts: Sequence[str], found: Sequence[tuple[Mention, ...]]) -> Home:
    """The home district that is given, or else the one that the sentences and their mentions speak of most."""
    codes = unambiguous(_districts(found))
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


class Elsewhere(NamedTuple):
    """A document that is about another district than the one that was given for it."""

    source: str
    name: str
    """The one that was given."""
    detail: str
    """The one that it is about."""


def elsewhere(documents: Iterable[Document]) -> list[Elsewhere]:
    """The documents that are about other districts than was given for all of them."""
    known = ((document.source, document.metadata) for document in documents)
    return sorted(Elsewhere(source, m.home_refused, m.home) for source, m in known if m.home_refused and m.home)


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
