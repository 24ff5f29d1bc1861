"""The build on Apache Spark: documents of any source in, the graph as parts of one canonical N-Quads document out.

What a single machine does with all documents is done here with each document, with each block of names (``kg.identity.blocking``) and
with each thing, by the same functions, wherever Spark has put them. What is said of one node comes from several of these; the graph is
the set of all lines. No machine holds the documents; the driver holds the distinct names that may be short for one another, no more.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

import msgspec
from py4j.protocol import Py4JError
from pyspark import RDD, StorageLevel
from pyspark.core.broadcast import Broadcast
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StringType

from kg import __version__
from kg.archive import content
from kg.audit.audit import Audit, about, whole
from kg.audit.ledger import Ledger
from kg.facts.entity import Entity
from kg.facts.knowledge import Facts
from kg.home import Elsewhere, Showing, elsewhere, joined, showing
from kg.identity.alias import NO_RULINGS, Name, Rulings
from kg.identity.blocking import blocks, names
from kg.identity.fit import SHORTENING, shortened
from kg.identity.occurrence import Occurrence, Source, occurrences
from kg.identity.unification import STAGES, Extraction, merged, parted, renamed, settle, source, unmet
from kg.identity.verdict import decisions
from kg.names.decision import Decision
from kg.pipeline import extract
from kg.rdf.graph import audited, stated
from kg.rdf.triple import quads
from kg.text.document import UNKNOWN, Document, Metadata
from kg.text.formats import Flaw, row
from kg.text.reading import Given, Unreadable, dated, document, duplicate, files, filled, given
from kg.vocabulary import BASE

MANIFEST = "manifest.json"
FAULTS = (Py4JError, PySparkException)
"""What is raised where Spark does not finish."""
_COMING = ".coming"
_DISK = StorageLevel.DISK_ONLY
_Keys: TypeAlias = RDD[tuple[str, tuple[str, str]]]
"""Document, its own key of a thing, the shared one."""
_Place: TypeAlias = tuple[str, int]
"""Document and number within it: the order of things that come from several."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the graph."""

    name: str
    quads: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build has written; ``sha256`` is that of all parts one after the other, however the graph was cut into them."""

    program: str
    base: str
    documents: int
    quads: int
    sha256: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build."""

    manifest: Manifest | None
    """None where there was no document."""
    unreadable: tuple[Unreadable, ...]
    unmet: tuple[Name, ...]
    """Names of the rulings that no document has."""
    homes: Mapping[str, Showing]
    """What the documents show of the homes that were given with them."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """The documents about other districts than was given for all of them."""


def session(master: str | None = None) -> SparkSession:
    """A session at ``master``; without one, where Spark's configuration says, else in this machine's own processes.

    Every machine must have this program in an interpreter of the same path, or PYSPARK_PYTHON says where.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName(f"kg {__version__}")
    builder = builder.config("spark.ui.showConsoleProgress", str(sys.stderr.isatty()).lower())
    spark = (builder.master(master) if master else builder).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def build(
    spark: SparkSession,
    documents: DataFrame | Iterable[str],
    out: str,
    *,
    defaults: Metadata = UNKNOWN,
    base: str = BASE,
    rulings: Rulings = NO_RULINGS,
) -> Built:
    """Build the graph of ``documents`` in the folder ``out``, any that Spark can write to.

    ``documents`` are a table with a column for the text, ``id`` for what a document is called, and the others that a JSONL file may have
    (``kg/lexicon/column.tsv``); or files, folders and globs that every machine sees. The graph is the same as a local build's of the same
    documents: parts ``part-00000.nq`` and so on, which one after the other are its sorted N-Quads, and ``manifest.json``, written last.
    """
    found = _rows(documents, defaults) if isinstance(documents, DataFrame) else _files(spark, documents, defaults)
    found.persist(_DISK)
    # One file may hold most of the documents: from here on they are spread by their ids.
    count = max(found.getNumPartitions(), spark.sparkContext.defaultParallelism)
    unique = found.flatMap(_keyed).reduceByKey(_first, count).persist(_DISK)
    flaws = found.flatMap(_flaws).union(unique.values().flatMap(_again)).distinct().collect()
    unreadable, number = tuple(sorted(flaws, key=repr)), unique.count()
    if not number:
        return Built(None, unreadable, (), {})
    extractions = unique.mapValues(lambda one: parted(extract(dated(one.document)), rulings)).persist(_DISK)
    lines = _lines(extractions, *_identified(extractions, rulings), base)
    parts, digest = _Folder(spark, out).write(lines)
    manifest = Manifest(f"kg {__version__}", base, number, sum(part.quads for part in parts), digest, parts)
    _Folder(spark, out).note(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
    strange = extractions.values().map(lambda one: frozenset(unmet((one,), rulings))).reduce(frozenset.intersection)
    homes = extractions.values().flatMap(lambda one: showing(one.document).items()).reduceByKey(joined).collectAsMap()
    others = extractions.values().flatMap(lambda one: elsewhere([one.document])).collect()
    return Built(manifest, unreadable, tuple(sorted(strange)), homes, tuple(sorted(others)))


# --- documents --------------------------------------------------------------------------------------------------------


def _files(spark: SparkSession, sources: Iterable[str], defaults: Metadata) -> "RDD[Document | Unreadable]":
    paths, unreadable = files(sources)
    context = spark.sparkContext
    read = context.parallelize([str(path.resolve()) for path in paths]).flatMap(lambda path: given((path,), defaults))
    return read.map(lambda one: one.document if isinstance(one, Given) else one).union(context.parallelize(unreadable))


def _rows(table: DataFrame, defaults: Metadata) -> "RDD[Document | Unreadable]":
    lacking = [item for item in row(dict.fromkeys(table.columns, ""), "") if isinstance(item, Flaw)]
    if lacking:
        unreadable = [Unreadable(", ".join(table.columns), item.place, item.reason, item.detail) for item in lacking]
        return table.sparkSession.sparkContext.parallelize(unreadable)
    return table.rdd.flatMap(lambda one: _row(one.asDict(), defaults))


def _row(fields: dict[str, object], defaults: Metadata) -> Iterator[Document | Unreadable]:
    name = str(fields.get("id") or "")
    for item in row(fields, ""):
        found = document(item, name, name)
        if isinstance(found, Document):
            found = filled(found if name else replace(found, source=found.id), defaults)
        yield found


class _Unique(NamedTuple):
    """A document, and the sources of others with the same text."""

    document: Document
    others: tuple[str, ...] = ()


def _keyed(one: Document | Unreadable) -> list[tuple[str, _Unique]]:
    return [(one.id, _Unique(one))] if isinstance(one, Document) else []


def _flaws(one: Document | Unreadable) -> list[Unreadable]:
    return [one] if isinstance(one, Unreadable) else []


def _first(one: _Unique, other: _Unique) -> _Unique:
    """Of several documents with the same text the one whose source sorts first, as in an archive."""
    first, last = sorted((one, other), key=lambda each: (each.document.source, sha256(content(each.document)).digest()))
    return _Unique(first.document, (*first.others, last.document.source, *last.others))


def _again(one: _Unique) -> list[Unreadable]:
    return [duplicate(other, one.document.source) for other in one.others]


# --- identity ---------------------------------------------------------------------------------------------------------


def _identified(extractions: RDD[tuple[str, Extraction]], rulings: Rulings) -> tuple[_Keys, RDD[Decision]]:
    """The shared keys of the things of each document, and why: block by block, class by class in the order of ``STAGES``."""
    context, count = extractions.context, extractions.getNumPartitions()
    sources = extractions.mapValues(source).persist(_DISK)
    # What is spread as the documents are meets them where they are.
    keys: _Keys = context.emptyRDD().partitionBy(count)
    why: RDD[Decision] = context.emptyRDD()
    for types in STAGES:
        seen = sources.cogroup(keys, count).flatMap(partial(_seen, types)).persist(_DISK)
        block = context.broadcast(_blocks(seen, rulings))
        settled = seen.keyBy(partial(_block, block)).groupByKey(count).values().map(partial(_settled, rulings)).persist(_DISK)
        keys = keys.union(settled.flatMap(itemgetter(0)).partitionBy(count))
        why = why.union(settled.flatMap(itemgetter(1)))
    return keys, why


def _seen(
    types: frozenset[str], one: tuple[str, tuple[Iterable[Source], Iterable[tuple[str, str]]]]
) -> Iterator[tuple[_Place, Occurrence]]:
    """The things of a document that are of the ``types``, in terms of what is known of those before."""
    document, (sources, keys) = one
    for known in sources:
        for number, occurrence in enumerate(occurrences(known, dict(keys), types)):
            yield (document, number), occurrence


def _blocks(seen: RDD[tuple[_Place, Occurrence]], rulings: Rulings) -> dict[str, dict[str, str]]:
    """For each class the blocks of the names that have more than one name; the driver sees no others, but for those that may be short."""
    context = seen.context
    named = seen.map(lambda one: (one[1].entity.type, names(one[1], rulings))).distinct(seen.getNumPartitions()).persist(_DISK)
    linked: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for type, several in named.filter(lambda one: len(one[1]) > 1).collect():
        linked[type].append(several)
    stems: defaultdict[str, list[str]] = defaultdict(list)
    for type, stem in named.filter(lambda one: one[0] in SHORTENING).mapValues(itemgetter(0)).distinct().collect():
        stems[type].append(stem)
    for type, shorts in stems.items():
        linked[type] += context.parallelize(shorts).mapPartitions(partial(_shortened, type, context.broadcast(shorts))).collect()
    return {type: blocks(several) for type, several in linked.items()}


def _shortened(type: str, shorts: Broadcast[list[str]], fulls: Iterable[str]) -> Iterator[tuple[str, str]]:
    return shortened(type, shorts.value, fulls)


def _block(blocks: Broadcast[dict[str, dict[str, str]]], one: tuple[_Place, Occurrence]) -> tuple[str, str]:
    type, stem = one[1].entity.type, one[1].stem
    return type, blocks.value.get(type, {}).get(stem, stem)


def _settled(rulings: Rulings, block: Iterable[tuple[_Place, Occurrence]]) -> tuple[list[tuple[str, tuple[str, str]]], list[Decision]]:
    """The shared keys of a block, and why."""
    settled = settle([occurrence for _, occurrence in sorted(block, key=itemgetter(0))], rulings)
    keys = [(occurrence.document, (occurrence.entity.key, key)) for occurrence, key in settled.shared()]
    return keys, list(decisions(settled, rulings))


# --- the graph --------------------------------------------------------------------------------------------------------


def _lines(extractions: RDD[tuple[str, Extraction]], keys: _Keys, why: RDD[Decision], base: str) -> RDD[str]:
    """The graph as lines, some of them more than once: what documents say, what things are, and what is between figures."""
    count = extractions.getNumPartitions()
    shared = extractions.cogroup(keys, count).flatMapValues(_renamed).persist(_DISK)
    said = shared.cogroup(why.flatMap(_shown).partitionBy(count), count).values()
    entities = shared.values().flatMap(_placed).reduceByKey(_merged, count).values().map(_whole_name).persist(_DISK)
    found = shared.values().flatMap(_audible).cogroup(entities.keyBy(lambda entity: whole(entity.key)), count).values()
    return extractions.context.union(
        [
            said.flatMap(lambda one: quads(stated(_said(*one), base))),
            entities.flatMap(lambda entity: quads(stated(Facts((), (entity,), (), ()), base))),
            found.flatMap(lambda one: quads(audited(_audit(*one), base))),
        ]
    )


def _shown(decision: Decision) -> list[tuple[str, Decision]]:
    """The decision with each document that shows a name of it; with none where no document does."""
    documents = {sight.evidence.document for sight in decision.sights if sight.evidence}
    return [(document, decision) for document in documents or ("",)]


def _renamed(one: tuple[Iterable[Extraction], Iterable[tuple[str, str]]]) -> list[Extraction]:
    """What one document says, in shared keys."""
    extractions, keys = one[0], dict(one[1])
    return [renamed(extraction, keys) for extraction in extractions]


def _said(extractions: Iterable[Extraction], shown: Iterable[Decision]) -> Facts:
    """What one document says, as facts, and the decisions that its names show."""
    found = list(extractions)
    relations = {relation for extraction in found for relation in extraction.relations}
    figures = [figure for extraction in found for figure in extraction.figures]
    return Facts([extraction.document for extraction in found], (), list(relations), figures, list(shown))


def _placed(extraction: Extraction) -> Iterator[tuple[str, tuple[_Place, Entity]]]:
    return ((entity.key, ((extraction.document.id, number), entity)) for number, entity in enumerate(extraction.entities))


def _merged(one: tuple[_Place, Entity], other: tuple[_Place, Entity]) -> tuple[_Place, Entity]:
    (place, first), (_, second) = sorted((one, other), key=itemgetter(0))
    return place, merged((first, second))


def _whole_name(one: tuple[_Place, Entity]) -> Entity:
    """The entity by its fullest name, were it only one document's."""
    return merged(one[1:])


def _audible(extraction: Extraction) -> list[tuple[str, Extraction]]:
    """What a document says, with each thing that its figures are about: an audit compares those about one."""
    return [(key, replace(extraction, relations=(), sightings=())) for key in {whole(figure.about) for figure in extraction.figures}]


def _audit(extractions: Iterable[Extraction], entities: Iterable[Entity]) -> Audit:
    """The audit of the figures about one thing, with all that their documents say."""
    found = sorted(extractions, key=lambda extraction: extraction.document.id)
    things = sorted(entities, key=lambda entity: entity.key)
    return about(Ledger([e.document for e in found], things, [figure for e in found for figure in e.figures]))


# --- the folder -------------------------------------------------------------------------------------------------------


class _Folder:
    """A folder of any file system that Spark can write to."""

    def __init__(self, spark: SparkSession, path: str) -> None:
        java: Any = spark._jvm  # pyspark has no other way to the file systems that it writes to
        self._spark, self._path, self._paths = spark, path, java.org.apache.hadoop.fs.Path
        self._files = self._paths(path).getFileSystem(spark._jsc.hadoopConfiguration())

    def write(self, lines: RDD[str]) -> tuple[tuple[Part, ...], str]:
        """Write the lines, each once, sorted by code point, as parts; what they are, and the digest of all."""
        table = self._spark.createDataFrame(lines, StringType(), verifySchema=False).persist(_DISK)
        # Rows that are equal are in one part already: the graph is sent around once.
        table.repartitionByRange("value").distinct().sortWithinPartitions("value").write.mode("overwrite").text(f"{self._path}/{_COMING}")
        for old in (self._paths(self._path, MANIFEST), *self._found(self._path)):
            self._files.delete(old, False)
        for number, new in enumerate(self._found(f"{self._path}/{_COMING}")):
            self._files.rename(new, self._paths(self._path, f"part-{number:05}.nq"))
        self._files.delete(self._paths(self._path, _COMING), True)
        return self._digested([path.getName() for path in self._found(self._path)])

    def note(self, name: str, text: bytes) -> None:
        """Write a small file."""
        stream = self._files.create(self._paths(self._path, name), True)
        stream.write(bytearray(text))
        stream.close()

    def _found(self, folder: str) -> list[Any]:
        """The parts in a folder, in their order."""
        return [status.getPath() for status in self._files.globStatus(self._paths(folder, "part-*"))]

    def _digested(self, names: Iterable[str]) -> tuple[tuple[Part, ...], str]:
        whole, parts = sha256(), []
        for name in names:
            (data,) = self._spark.sparkContext.binaryFiles(f"{self._path}/{name}").values().collect()
            whole.update(data)
            parts.append(Part(name, data.count(b"\n"), sha256(data).hexdigest()))
        return tuple(parts), whole.hexdigest()
