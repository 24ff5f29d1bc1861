"""The whole flow: documents in, facts out."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice

import networkx
import rdflib

from kg.archive import NO_CHANGES, Archive, Changes, encode, read_document
from kg.coverage import Coverage, coverage, firing
from kg.facts.branch import branches
from kg.facts.composition import compositions
from kg.facts.entity import sightings
from kg.facts.event import event_relations
from kg.facts.industry import industry_relations
from kg.facts.knowledge import Facts
from kg.facts.location import locations
from kg.facts.nesting import nestings
from kg.facts.position import positions
from kg.facts.programme_relation import programme_relations
from kg.facts.reader import figures
from kg.facts.relation import relations
from kg.facts.roll import rolls
from kg.facts.route import routes
from kg.facts.state import states
from kg.identity.alias import NO_RULINGS, Name, Rulings
from kg.identity.unification import Extraction, unify, unmet
from kg.linking.link import link
from kg.rdf.graph import build_graph, network
from kg.recognition import recognize
from kg.text.document import Document, Metadata
from kg.text.reading import Given, Unreadable, dated, given
from kg.text.sentence import split
from kg.vocabulary import BASE
from kg.workers import spread

RELATION_EXTRACTORS = (
    relations,
    states,
    rolls,
    routes,
    nestings,
    branches,
    positions,
    programme_relations,
    compositions,
    event_relations,
    industry_relations,
)
"""Each reads a LinkedDocument and yields Relations; a new extractor is one more function here."""

Progress = Callable[[int, int], None]
"""Called after each document read with the number of documents done and of all to read."""


@dataclass(frozen=True)
class Result:
    """What a build made of its sources."""

    facts: Facts
    unreadable: tuple[Unreadable, ...]
    """What was not read, or not as it was meant to be, each with a ``line()`` that says so; nothing is raised over it."""
    base: str = BASE
    rules: tuple[Coverage, ...] = ()
    """How often each rule fired."""
    rulings: Rulings = NO_RULINGS
    """The user's word on identity that it keeps to."""
    unmet: tuple[Name, ...] = ()
    """Names of the rulings that no document has."""
    changes: Changes = NO_CHANGES
    """What sets its documents apart from those of the archive before."""

    @cached_property
    def graph(self) -> rdflib.Graph:
        """The facts as RDF."""
        return build_graph(self.facts, self.base)

    @cached_property
    def network(self) -> networkx.MultiDiGraph:
        """Entities as nodes, relations as edges."""
        return network(self.facts)


def extract(document: Document) -> Extraction:
    """Everything that one document says, in terms of its own entities."""
    recognized = recognize(split(document))
    linked = link(document, recognized)
    stated = tuple(relation for extractor in RELATION_EXTRACTORS for relation in extractor(linked))
    facts = (*stated, *locations(linked, stated))
    numbers = figures(linked)
    fired = firing(recognized, linked, facts, numbers)
    return Extraction(linked.document, linked.home, tuple(linked.entities.values()), facts, numbers, fired, sightings(linked))


def build(
    sources: Iterable[str],
    *,
    date: str | None = None,
    home: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    base: str | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    archive: Archive | None = None,
    fresh: bool = False,
    rulings: Rulings | None = None,
) -> Result:
    """Read ``sources`` (files, folders, globs, ``-``) and build one graph of all that they say.

    ``date`` (ISO 8601), ``home``, ``title`` and ``publisher`` are used for documents that do not tell them; one that never names ``home``
    and is plainly about another district is read as about that. ``rulings`` (``kg.identity.alias.load``) are the user's word on which
    names mean the same. The result does not depend on the order of the sources or the number of ``workers`` (processes). Nothing is
    raised over what can't be read, missing files included: it is in the result's ``unreadable``, and the rest is built.

    With the ``archive`` of an earlier build, its documents are part of the graph too, unless ``fresh``, and only what is new or
    changed is read. The caller commits the archive once the result is written; without a document to read there is nothing to write.
    """
    archive = archive or Archive()
    unreadable: list[Unreadable] = []
    defaults = Metadata(title=title, publisher=publisher, published=date, home=home, home_shared=home is not None)
    if not archive.give(_readable(given(sources, defaults, sys.stdin.buffer), unreadable), fresh):
        return Result(unify(()), tuple(unreadable), base or BASE)
    result = build_archive(archive, base=base, workers=workers, progress=progress, rulings=rulings)
    return replace(result, unreadable=(*unreadable, *archive.duplicates()))


def build_archive(
    archive: Archive,
    *,
    base: str | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    rulings: Rulings | None = None,
) -> Result:
    """The graph of the documents to come of an archive; what is not read yet is read and kept in it, one by one.

    The ``base`` and ``rulings`` of the last build hold on where none are given.
    """
    unread = archive.unread()
    documents = ((digest, archive.document(digest)) for digest in unread)
    # What the first document makes this process load, forked workers have from the start.
    read = chain(map(_read_out, islice(documents, 1)), spread(_read_out, documents, workers))
    for number, (digest, extraction) in enumerate(read, start=1):
        archive.keep(digest, extraction)
        if progress:
            progress(number, len(unread))
    word = archive.rulings if rulings is None else rulings
    facts, unknown = unify(archive.extractions(), word, workers), unmet(archive.extractions(), word)
    return Result(facts, (), base or archive.base or BASE, coverage(archive.firings()), word, unknown, archive.changes())


def _readable(items: Iterable[Given | Unreadable], unreadable: list[Unreadable]) -> Iterator[Given]:
    for item in items:
        if isinstance(item, Given):
            yield item
        else:
            unreadable.append(item)


def _read_out(one: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """Digest and extraction of a document, out of its digest and itself."""
    digest, document = one
    return digest, encode(extract(dated(read_document(document))))
