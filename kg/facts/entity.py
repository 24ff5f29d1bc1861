"""Entities: the things behind the mentions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.language.period import Period
from kg.language.quantity import Quantity
from kg.language.rules import Annotation, Masked
from kg.names.mention import Mention
from kg.text.document import Document
from kg.text.sentence import Evidence, Sentence


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing of the world, with every name the documents use for it."""

    # Stable identity, derived from content: ``Enterprise/皓月集团``; the IRI is minted from it.
    key: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    """Every other surface form, sorted."""
    subtype: str | None = None
    """``AdministrativeDivision`` or ``DevelopmentZone`` for a District."""
    code: str | None = None
    """Division code of GB/T 2260, where it is known."""


@dataclass(frozen=True, slots=True)
class Link:
    """A mention, or a stand-in such as 全区 or 该公司, tied to its entity."""

    mention: Mention
    key: str
    anaphor: bool = False
    """True for a stand-in that is no name of the entity."""
    inner: "tuple[Link, ...]" = ()
    """Links of the names that the mention begins with."""


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """Where a document first calls a thing by one of its names."""

    key: str
    """Key of the entity."""
    form: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class LinkedSentence:
    """A sentence with everything that was found in it, each tuple sorted by ``begin``."""

    sentence: Sentence
    links: tuple[Link, ...]
    quantities: tuple[Quantity, ...]
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """What the fact extractors read."""

    document: Document
    home: str | None
    """Key of the district that the document is about."""
    entities: Mapping[str, Entity]
    sentences: tuple[LinkedSentence, ...]
    reports: bool = True
    """Whether the document reads like its home district's own report, so that what it names is the district's."""

    @property
    def speaker(self) -> str | None:
        """Key of the district that a sentence without a subject speaks of: the home, in its own report only."""
        return self.home if self.reports else None

    def type_of(self, link: Link) -> str:
        """The class of the thing that a link names."""
        return self.entities[link.key].type


def sightings(document: LinkedDocument) -> tuple[Sighting, ...]:
    """Each name of each thing where it first occurs, sorted; names that are only composed of others occur nowhere."""
    found: dict[tuple[str, str], Sighting] = {}
    for item in document.sentences:
        for link in _named(item):
            for form in (link.mention.name, *link.mention.forms):
                if (link.key, form) not in found:
                    evidence = item.sentence.evidence(link.mention.begin, link.mention.end)
                    found[link.key, form] = Sighting(link.key, form, evidence)
    return tuple(found[place] for place in sorted(found))


def _named(item: LinkedSentence) -> Iterator[Link]:
    """Links that name their things, with those inside them."""
    for outer in item.links:
        if not outer.anaphor:
            yield from (outer, *outer.inner)


def masked(item: LinkedSentence, in_words: str = "") -> Masked[Link | Quantity | Period]:
    """The sentence with every link, quantity and period as one character; a name wins over a number inside it.

    The names of the class ``in_words`` are left as they are.
    """
    links = (link for link in item.links if link.mention.type != in_words)
    notes: list[Annotation[Link | Quantity | Period]] = [Annotation(x.mention.begin, x.mention.end, x.mention.type, x) for x in links]
    for kind, others in (("Quantity", item.quantities), ("Period", item.periods)):
        notes += [Annotation(o.begin, o.end, kind, o) for o in others if not any(n.begin < o.end and o.begin < n.end for n in notes)]
    return Masked(item.sentence.text, notes)
