"""``kg serve``: a graph to ask over HTTP, from this machine only."""

import signal
from argparse import Namespace
from pathlib import Path

from kg.cli import FINE, Refusal
from kg.commands.given import readable
from kg.messages import message
from kg.rdf.query import QueryError, load
from kg.serve.server import Server
from kg.serve.worker import Workers

_WORKERS = 2


def run(options: Namespace) -> int:
    """Answer until somebody stops it."""
    graph = Path(options.graph)
    if options.timeout <= 0:
        raise Refusal(message("cli-timeout", options.lang, detail=f"{options.timeout:g}"))
    try:
        with readable(options):
            load(graph)
    except QueryError as error:
        raise Refusal(error.line(options.lang)) from error
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with _server(options, Workers(graph, options.lang, _WORKERS, options.timeout)) as server:
        host, port = server.server_address[:2]
        print(message("serve-ready", options.lang, source=graph, detail=f"http://{host!s}:{port}/"), flush=True)
        server.serve_forever()
    return FINE


def _server(options: Namespace, workers: Workers) -> Server:
    try:
        return Server(options.port, workers, options.lang)
    except (OSError, OverflowError) as error:
        detail = getattr(error, "strerror", None) or error
        raise Refusal(message("cli-port", options.lang, source=options.port, detail=detail)) from error
