"""The whole flow: documents in, facts out."""

import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import networkx
import rdflib

from kg.coverage import Coverage, coverage, firing
from kg.document import Document, Metadata
from kg.entity import sightings
from kg.event import event_relations
from kg.figure import figures
from kg.graph import Facts, build_graph, network
from kg.identity import Extraction, unify
from kg.industry import industry_relations
from kg.linking import link
from kg.location import locations
from kg.programme_relation import programme_relations
from kg.reading import Unreadable, read
from kg.recognition import recognize
from kg.relation import relations
from kg.sentence import split
from kg.vocabulary import BASE

RELATION_EXTRACTORS = (relations, programme_relations, event_relations, industry_relations)
"""Each reads a LinkedDocument and yields Relations; a new extractor is one more function here."""

Progress = Callable[[int, int], None]
"""Called after each document with the number of documents done and of all."""


@dataclass(frozen=True)
class Result:
    """What a build made of its sources."""

    facts: Facts
    unreadable: tuple[Unreadable, ...]
    base: str = BASE
    rules: tuple[Coverage, ...] = ()
    """How often each rule fired."""

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
    return Extraction(document, linked.home, tuple(linked.entities.values()), facts, numbers, fired, sightings(linked))


def build(
    sources: Iterable[str],
    *,
    date: str | None = None,
    home: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    base: str = BASE,
    workers: int = 1,
    progress: Progress | None = None,
) -> Result:
    """Read ``sources`` (files, folders, globs, ``-``) and build one graph of all that they say.

    ``date`` (ISO 8601), ``home``, ``title`` and ``publisher`` are used for documents that do not tell them. The result does
    not depend on the order of the sources or the number of ``workers`` (processes).
    """
    documents: list[Document] = []
    unreadable: list[Unreadable] = []
    for item in read(sources, Metadata(title=title, publisher=publisher, published=date, home=home), sys.stdin.buffer):
        if isinstance(item, Document):
            documents.append(item)
        else:
            unreadable.append(item)
    extractions: list[Extraction] = []
    for extraction in _extract_all(documents, workers):
        extractions.append(extraction)
        if progress:
            progress(len(extractions), len(documents))
    return Result(unify(extractions), tuple(unreadable), base, coverage(extraction.firing for extraction in extractions))


def _extract_all(documents: list[Document], workers: int) -> Iterator[Extraction]:
    if workers < 2:
        yield from map(extract, documents)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(extract, documents, chunksize=8)
