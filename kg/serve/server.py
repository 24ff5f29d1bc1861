"""A read-only SPARQL 1.1 Protocol endpoint on the loopback, and a page to ask from."""

import io
import json
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment, StrictUndefined

from kg.messages import message
from kg.rdf.query import named_queries
from kg.serve.answering import Reply, refusal
from kg.serve.worker import Workers
from kg.view.page import vis_network
from kg.vocabulary import labels

ADDRESS = "127.0.0.1"
BODY_LIMIT = 2**20
"""Bytes of the longest request."""
_THREADS = 16
_PATIENCE = 10
"""Seconds in which a client has to say what it wants, and in which it has to take the answer."""
_LANGUAGES = ("zh", "en")
_ENDPOINT = "/sparql"
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}


class Server(ThreadingHTTPServer):
    """Takes requests at a port, so many at a time; more wait for their turn."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, workers: Workers, lang: str) -> None:
        """Port 0 is any that is free. Raises OSError or OverflowError where the port can't be had."""
        super().__init__((ADDRESS, port), _Handler)
        self.workers, self.lang, self.pages = workers, lang, _pages(lang)
        self._slots = BoundedSemaphore(_THREADS)

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Serve it in a thread as soon as one may begin."""
        self._slots.acquire()
        super().process_request(request, client_address)

    def process_request_thread(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Serve it and make room for another."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._slots.release()

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """A client that has gone is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Timed(socket.SocketIO):
    """Reads from a client until its time is over, however often it sends a little."""

    def __init__(self, line: socket.socket) -> None:
        super().__init__(line, "r")
        self._line, self._end = line, time.monotonic() + _PATIENCE

    def readinto(self, buffer: Any) -> int | None:
        """Raises TimeoutError where nothing comes in what is left of its time."""
        self._line.settimeout(max(self._end - time.monotonic(), 0.001))
        return super().readinto(buffer)


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    server_version, sys_version = "kg", ""
    timeout = _PATIENCE

    def setup(self) -> None:
        super().setup()
        self.rfile = io.BufferedReader(_Timed(self.connection))

    def do_GET(self) -> None:
        path, query = self._target()
        if path == _ENDPOINT:
            self._send(self._asked(parse_qs(query, keep_blank_values=True)))
        else:
            self._send(self.server.pages.get(path) or self._refuse(HTTPStatus.NOT_FOUND, "serve-missing", detail=_ENDPOINT))

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        self._send(self._posted())

    def do_OPTIONS(self) -> None:
        self._send(Reply(HTTPStatus.NO_CONTENT, "text/plain", b""), _PREFLIGHT)

    def _posted(self) -> Reply:
        length = self.headers.get("Content-Length", "")
        path, query = self._target()
        if path != _ENDPOINT:
            return self._refuse(HTTPStatus.NOT_FOUND, "serve-missing", detail=_ENDPOINT)
        if not (length.isascii() and length.isdigit()):
            return self._refuse(HTTPStatus.LENGTH_REQUIRED, "serve-length")
        if len(length) > len(str(BODY_LIMIT)) or int(length) > BODY_LIMIT:
            return self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "serve-large", detail=BODY_LIMIT // 2**10)
        try:
            body = self.rfile.read(int(length)).decode("utf-8")
        except UnicodeDecodeError:
            return self._refuse(HTTPStatus.BAD_REQUEST, "serve-encoding")
        match self.headers.get_content_type():
            case kind if kind == _FORM:
                return self._asked(parse_qs(body, keep_blank_values=True))
            case kind if kind == _QUERY:
                return self._asked({**parse_qs(query, keep_blank_values=True), "query": [body]})
            case kind if kind == _UPDATE:
                return self._refuse(HTTPStatus.FORBIDDEN, "query-update")
        return self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "serve-media", detail=f"{_FORM}, {_QUERY}")

    def _target(self) -> tuple[str, str]:
        """Path and query; of an address that is none, nothing."""
        try:
            address = urlsplit(self.path)
        except ValueError:
            return "", ""
        return address.path, address.query

    def _asked(self, fields: Mapping[str, Sequence[str]]) -> Reply:
        if "update" in fields:
            return self._refuse(HTTPStatus.FORBIDDEN, "query-update")
        if {"default-graph-uri", "named-graph-uri"} & fields.keys():
            return self._refuse(HTTPStatus.BAD_REQUEST, "serve-graph")
        if len(fields.get("query", ())) != 1:
            return self._refuse(HTTPStatus.BAD_REQUEST, "serve-query", detail=_ENDPOINT)
        return self.server.workers.ask(fields["query"][0], ",".join(self.headers.get_all("Accept", [])))

    def _refuse(self, status: HTTPStatus, code: str, **fields: object) -> Reply:
        return refusal(status, code, self.server.lang, **fields)

    def _send(self, reply: Reply, more: Mapping[str, str] | None = None) -> None:
        self.connection.settimeout(_PATIENCE)
        self.send_response(reply.status)
        for name, value in {**_HEADERS, **(more or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", reply.media)
        self.send_header("Content-Length", str(len(reply.content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nobody reads it."""


def _pages(lang: str) -> Mapping[str, Reply]:
    """The page, what belongs to it, and the named queries for it."""
    folder = files("kg") / "serve"
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string((folder / "page.html").read_text(encoding="utf-8"))
    page = template.render(lang=lang, say=partial(message, lang=lang))
    texts = {"/": ("text/html", page), "/vis-network.js": ("text/javascript", vis_network())}
    for name, media in (("page.js", "text/javascript"), ("network.js", "text/javascript"), ("page.css", "text/css")):
        texts[f"/{name}"] = (media, (folder / name).read_text(encoding="utf-8"))
    for name, data in (("queries", _catalogue(lang)), ("terms", labels(lang))):
        texts[f"/{name}"] = ("application/json", json.dumps(data, ensure_ascii=False))
    return {path: Reply(HTTPStatus.OK, f"{media}; charset=utf-8", text.encode()) for path, (media, text) in texts.items()}


def _catalogue(lang: str) -> list[dict[str, object]]:
    """The named queries, ready for JSON."""
    return [
        {
            "name": name,
            "about": dict(zip(_LANGUAGES, query.about, strict=True))[lang],
            "parameters": [
                {
                    "name": parameter.name,
                    "about": dict(zip(_LANGUAGES, parameter.about, strict=True))[lang],
                    "required": parameter.required,
                    "choices": {choice: labels(lang)[choice] for choice in query.choices.get(parameter.name, ())},
                }
                for parameter in query.parameters
            ],
            "text": query.text,
            "columns": query.columns if lang == "zh" else (),
        }
        for name, query in named_queries().items()
    ]
