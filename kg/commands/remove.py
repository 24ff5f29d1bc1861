"""``kg remove``: documents out of a graph."""

from argparse import Namespace
from pathlib import Path
from time import monotonic

from kg.archive import Archive, UnknownDocument
from kg.cli import FINE, Refusal
from kg.commands.build import finish, progress
from kg.commands.given import writable
from kg.messages import message
from kg.pipeline import build_archive


def run(options: Namespace) -> int:
    """Take the documents out and write what the others say."""
    started = monotonic()
    if options.workers < 1:
        raise Refusal(message("cli-workers", options.lang, detail=options.workers))
    archive = Archive(Path(options.out))
    if not archive.exists():
        raise Refusal(message("remove-nothing", options.lang, source=options.out))
    with writable(options), archive:
        try:
            archive.remove(options.documents)
        except UnknownDocument as error:
            code = "remove-several" if error.found else "remove-unknown"
            raise Refusal(message(code, options.lang, source=error.name, detail=" ".join(error.found))) from error
        with progress(options) as advance:
            result = build_archive(archive, workers=options.workers, progress=advance)
        finish(result, archive, options, started)
    return FINE
