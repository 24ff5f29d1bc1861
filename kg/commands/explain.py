"""``kg explain``: the steps from a text to its facts."""

from argparse import Namespace
from hashlib import sha256
from itertools import chain

from kg.cli import FINE
from kg.commands.given import date
from kg.document import Document, Metadata
from kg.explain import explain
from kg.messages import message
from kg.table import show


def run(options: Namespace) -> int:
    """Print a table for each step."""
    text = options.text
    document = Document(sha256(text.encode()).hexdigest()[:16], "-", text, Metadata(published=date(options), home=options.home))
    for section in explain(document, options.lang):
        title = message(f"explain-{section.title}", options.lang)
        if not section.columns:
            print(title, *chain.from_iterable(section.rows), "", sep="\n")
        elif section.rows:
            show([message(f"column-{column}", options.lang) for column in section.columns], section.rows, title)
    return FINE
