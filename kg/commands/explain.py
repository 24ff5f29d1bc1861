"""``kg explain``: the steps from a text to its facts, or why names of a graph are one thing."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from hashlib import sha256
from itertools import chain
from pathlib import Path

from kg.account import account, alike
from kg.cli import FINE, Refusal
from kg.commands.given import date, readable
from kg.explain import Section, explain, untrue
from kg.messages import message
from kg.rdf.query import QueryError, load
from kg.summary import strange_homes
from kg.table import show
from kg.text.document import Document, Metadata
from kg.text.encoding import NotTextError, decode
from kg.text.reading import STDIN, Unreadable, read


def run(options: Namespace) -> int:
    """Print a table for each step."""
    for section in _of_entity(options) if options.entity else _of_text(options):
        title = message(f"explain-{section.title}", options.lang)
        if not section.columns:
            print(title, *chain.from_iterable(section.rows), "", sep="\n")
        elif section.rows:
            show([message(f"column-{column}", options.lang) for column in section.columns], section.rows, title)
    return FINE


def _of_text(options: Namespace) -> Iterable[Section]:
    known = Metadata(published=date(options), home=options.home, home_shared=options.home is not None)
    documents = _read(options, known) if _is_file(options.text) else [_said(options, known)]
    for line in strange_homes(documents, options.lang):
        print(line, file=sys.stderr)
    for rule, example in untrue():
        place = f"rules/relation.toml, {rule.name.partition('.')[2]}"
        print(message("vocabulary-example", options.lang, place=place, detail=example), file=sys.stderr)
    return chain.from_iterable(explain(document, options.lang) for document in documents)


def _said(options: Namespace, known: Metadata) -> Document:
    """The text that was given itself."""
    text = _given(options.lang) if options.text == STDIN else options.text
    if not text.strip():
        raise Refusal(message("cli-text", options.lang))
    return Document(sha256(text.encode()).hexdigest()[:16], "-", text, known)


def _is_file(text: str) -> bool:
    """Whether a text is the path of a file; as a rule it is none, and too long for one."""
    try:
        return Path(text).is_file()
    except OSError:
        return False


def _read(options: Namespace, known: Metadata) -> list[Document]:
    """The documents of a file, with a word on what of it can't be read."""
    found = list(read((options.text,), known))
    documents = [item for item in found if isinstance(item, Document)]
    told = [item.line(options.lang) for item in found if isinstance(item, Unreadable)]
    if not documents:
        raise Refusal("\n".join(told))
    if told:
        print("\n".join(told), file=sys.stderr)
    return documents


def _given(lang: str) -> str:
    """The text of standard input."""
    try:
        return decode(sys.stdin.buffer.read())
    except NotTextError as error:
        raise Refusal(Unreadable(STDIN, "", error.reason, error.detail).line(lang)) from error


def _of_entity(options: Namespace) -> Iterable[Section]:
    """What the graph says of a name; the text is the graph then."""
    options.graph = options.text
    try:
        with readable(options):
            store = load(Path(options.graph))
    except QueryError as error:
        raise Refusal(error.line(options.lang)) from error
    sections = tuple(account(store, options.entity, options.lang))
    if not sections:
        near = message("explain-near", options.lang, detail=" · ".join(alike(store, options.entity)) or "–")
        raise Refusal(message("explain-nobody", options.lang, detail=options.entity, source=options.graph) + near)
    return sections
