"""``kg diff``: in words, what sets one graph apart from another."""

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from kg.cli import FINE, PROBLEMS, Refusal, say
from kg.commands.given import readable
from kg.export.diff import Change, Diff, Difference, FieldChange, diff
from kg.messages import message
from kg.rdf.query import QueryError
from kg.rdf.turtle import read
from kg.vocabulary import labels


def run(options: Namespace) -> int:
    """Print a line for each difference, and how many there are."""
    try:
        with readable(options):
            found = diff(read(Path(options.old)), read(Path(options.new)))
    except QueryError as error:
        raise Refusal(error.line(options.lang)) from error
    say([_json(found)] if options.format == "json" else _text(found, options.lang))
    return FINE if found.same else PROBLEMS


def _json(found: Diff) -> str:
    triples = {"added": found.added, "withdrawn": found.withdrawn}
    return json.dumps({"differences": [asdict(d) for d in found.differences], "triples": triples}, ensure_ascii=False, indent=2)


def _text(found: Diff, lang: str) -> Iterator[str]:
    if found.same:
        yield message("diff-same", lang)
        return
    for difference in found.differences:
        yield _line(difference, lang)
    counts = Counter(difference.change for difference in found.differences)
    yield message("diff-count", lang, **{change: counts[change] for change in Change})
    yield message("diff-triples", lang, added=found.added, withdrawn=found.withdrawn)


def _line(difference: Difference, lang: str) -> str:
    # An entity's class says what kind it is.
    kind = () if difference.kind == "entity" else (message(f"diff-{difference.kind}", lang),)
    what = (labels(lang).get(word, word) for word in difference.words if word)
    line = " ".join((message(f"diff-{difference.change}", lang), *kind, *what))
    changes = message("diff-and", lang).join(_field(field, lang) for field in difference.fields)
    return message("diff-fields", lang, source=line, detail=changes) if changes else line


def _field(field: FieldChange, lang: str) -> str:
    name = message(f"diff-{field.name}", lang)
    if field.name == "quote":  # whole sentences, which --format json has
        return name
    old, new = (labels(lang).get(value, value) or "-" for value in (field.old, field.new))
    return f"{name} {old} → {new}"
