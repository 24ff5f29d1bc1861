"""SPARQL answers as bytes in the format that a client accepts, or the reason why there is none."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import TypeVar

from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store

from kg.messages import message
from kg.rdf.complaint import complaint
from kg.vocabulary import PREFIXES

RESULT_LIMIT = 16 * 2**20
"""Bytes of the longest answer."""
_TABLES = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
_GRAPHS = {"text/turtle": RdfFormat.TURTLE, "application/n-triples": RdfFormat.N_TRIPLES}
_PREFIXES = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
_SERVICE = re.compile(r"(?i)[?$:\\]\w+|(s)(?=ervice)")
"""The first letter of the word, but for names of variables and nodes, which a keyword can't follow without a space."""
_CLAUSE = re.compile(r"(?i)service(\s+silent)?")
_Format = TypeVar("_Format")


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back to a client: a status of HTTP, a media type and the content."""

    status: HTTPStatus
    media: str
    content: bytes


def refusal(status: HTTPStatus, code: str, lang: str, **fields: object) -> Reply:
    """One line that says why there is no answer; ``code`` is that of a message."""
    return Reply(status, "text/plain; charset=utf-8", f"{message(code, lang, **fields)}\n".encode())


def answer(store: Store, text: str, accept: str, lang: str) -> Reply:
    """The answer to the query ``text`` in a format that the header ``accept`` allows."""
    try:
        result = store.query(_tame(text), prefixes=_PREFIXES)
    except SyntaxError as error:
        if _SERVICE.search(text) and _is_query(_CLAUSE.sub("GRAPH", text)):
            return refusal(HTTPStatus.FORBIDDEN, "serve-service", lang)
        problem, fields = complaint(text, error.msg)
        status = HTTPStatus.FORBIDDEN if problem == "update" else HTTPStatus.BAD_REQUEST
        return refusal(status, f"query-{problem}", lang, **fields)
    sink = _Bounded()
    try:
        if isinstance(result, QueryTriples):
            media, rdf = _chosen(accept, _GRAPHS)
            result.serialize(sink, format=rdf)
        else:
            media, table = _chosen(accept, _TABLES)
            result.serialize(sink, format=table)
    except _Unacceptable as error:
        return refusal(HTTPStatus.NOT_ACCEPTABLE, "serve-format", lang, detail=error)
    except _TooLong:
        return refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "serve-long", lang, detail=RESULT_LIMIT // 2**20)
    return Reply(HTTPStatus.OK, media if media.startswith("application") else f"{media}; charset=utf-8", sink.getvalue())


def _tame(text: str) -> str:
    """The query with each SERVICE written so that it means the same in strings, IRIs and comments and is a keyword nowhere."""
    return _SERVICE.sub(lambda found: f"\\u{ord(found[1]):04x}" if found[1] else found[0], text)


def _is_query(text: str) -> bool:
    try:
        Store().query(text, prefixes=_PREFIXES)
    except SyntaxError:
        return False
    return True


class _Unacceptable(Exception):  # noqa: N818 - the client's wish, no error of the program's
    """None of the formats is one that the client accepts."""


class _TooLong(OSError):  # noqa: N818 - as above
    """The answer is longer than the limit."""


class _Bounded(BytesIO):
    """Takes an answer up to the limit."""

    def write(self, data: Iterable[int], /) -> int:  # type: ignore[override]
        """Add ``data``, or stop whoever writes."""
        if self.tell() > RESULT_LIMIT:
            raise _TooLong
        return super().write(bytes(data))


def _chosen(accept: str, formats: Mapping[str, _Format]) -> tuple[str, _Format]:
    """The format that the client likes best; among equals the first here."""
    likes = dict(_ranges(accept or "*/*"))
    weights = {media: _weight(media, likes) for media in formats}
    best = max(formats, key=lambda media: weights[media])
    if weights[best] <= 0:
        raise _Unacceptable(", ".join(formats))
    return best, formats[best]


def _weight(media: str, likes: Mapping[str, float]) -> float:
    """How much a media type is liked: what is said of itself goes before what is said of its kind."""
    return next((likes[name] for name in (media, f"{media.partition('/')[0]}/*", "*/*") if name in likes), 0)


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((parameter[2:] for parameter in parameters if parameter.startswith("q=")), "1")
        yield name, float(weight) if re.fullmatch(r"[01](?:\.\d{0,3})?", weight) else 0
