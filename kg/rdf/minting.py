"""Minting: the names of the graph's nodes, each made of content alone, so that whoever knows the content knows the name."""

import hashlib
import re
from functools import lru_cache
from urllib.parse import quote

from kg.facts.figure import Figure
from kg.rdf.triple import iri
from kg.text.sentence import Span
from kg.vocabulary import BASE

_RISKY = re.compile(r"[^A-Za-z0-9_\-\u3400-\u9fff]+")
"""Everything that some RDF reader warns about, or that would need escaping in a prefixed name, is percent-encoded."""

_REMEMBERED = 2**12
"""How many names of things, and of documents, are kept at hand."""


class Mint:
    """Mints names under one base, as terms."""

    def __init__(self, base: str = BASE) -> None:
        self._base = base
        self.thing = lru_cache(_REMEMBERED)(self._thing)
        """The entity with a key."""
        self.document = lru_cache(_REMEMBERED)(self._document)
        """The document with an id."""

    def name(self, kind: str, text: str) -> str:
        """A node of a kind."""
        return iri(f"{self._base}{kind}/{_escaped(text)}")

    def _thing(self, key: str) -> str:
        kind, _, name = key.partition("/")
        return self.name(kind.lower(), name)

    def _document(self, id: str) -> str:
        return self.name("doc", id)

    def place(self, document: str, span: Span) -> str:
        """A place in the document with an id."""
        return f"{self.document(document)[:-1]}#char={span.begin},{span.end}>"

    def figure(self, figure: Figure) -> str:
        """A figure, as one document states it."""
        number = (figure.value, figure.unit, figure.bound, figure.measure, figure.status, figure.period, figure.scope)
        return self.name("figure", digest(figure.about, figure.indicator, *number, figure.evidence.document))


def digest(*parts: object) -> str:
    """A name made of all that tells one node from another."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:16]


def _escaped(text: str) -> str:
    return _RISKY.sub(lambda match: quote(match[0], safe="").replace(".", "%2E").replace("~", "%7E"), text)
