"""``kg spark``: the graph of many articles, built on a cluster."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING

from kg.cli import BAD_INPUT, FINE, Refusal
from kg.commands.given import base, date, rulings
from kg.identity.alias import NO_RULINGS
from kg.messages import message
from kg.summary import told_elsewhere, told_homes
from kg.table import align
from kg.text.document import Metadata
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from kg.spark import Built, Manifest

_TABLE = ".parquet"


def run(options: Namespace) -> int:
    """Build on the cluster, name what was not read, say what was written."""
    started = monotonic()
    built = _built(options)
    warnings = [*(item.line(options.lang) for item in built.unreadable)]
    warnings += [message("build-unmet", options.lang, detail=name) for name in built.unmet]
    warnings += told_homes(built.homes, options.lang)
    warnings += told_elsewhere(built.elsewhere, options.lang, brief=True)
    for line in warnings:
        print(line, file=sys.stderr)
    if built.manifest is None:
        return BAD_INPUT
    if not options.quiet:
        print("\n".join(align(_summary(built.manifest, len(warnings), monotonic() - started, options))))
    return FINE


def _built(options: Namespace) -> "Built":
    given = {"home": options.home, "home_shared": options.home is not None}
    defaults = Metadata(title=options.title, publisher=options.publisher, published=date(options), **given)
    word, name = rulings(options) or NO_RULINGS, base(options) or BASE
    try:
        from kg import spark
    except ImportError as error:
        raise Refusal(message("spark-extra", options.lang, detail=error.name)) from error
    try:
        session = spark.session(options.master)
        table = all(source.rstrip("/").endswith(_TABLE) for source in options.sources)
        documents = session.read.parquet(*options.sources) if table else options.sources
        return spark.build(session, documents, options.out, defaults=defaults, base=name, rulings=word)
    except spark.FAULTS as error:
        # What stands before the first line of Java's stack.
        cause = " ".join(str(error).partition("\n\tat ")[0].split())
        raise Refusal(message("spark-failed", options.lang, detail=cause)) from error


def _summary(manifest: "Manifest", warnings: int, seconds: float, options: Namespace) -> Iterator[tuple[str, str]]:
    lang = options.lang
    yield message("summary-documents", lang), str(manifest.documents)
    yield message("summary-quads", lang), str(manifest.quads)
    yield "sha256", manifest.sha256
    yield message("summary-warnings", lang), str(warnings)
    yield message("summary-time", lang), message("summary-seconds", lang, detail=f"{seconds:.1f}")
    yield message("summary-written", lang), message("spark-written", lang, source=options.out, detail=len(manifest.parts))
