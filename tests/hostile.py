"""Requests that mean no good, as they go over the wire; by hand: ``python tests/hostile.py GRAPH [requests] [seed]`` with figures."""

import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import quote

_QUERY, _UPDATE = "application/sparql-query", "application/sparql-update"
_MANY = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
HEAVY = (
    f"SELECT (COUNT(*) AS ?n) {{ {_MANY} }}",
    f"SELECT DISTINCT * {{ {_MANY} }}",
    f"SELECT * {{ {_MANY} }} ORDER BY ?l ?a",
    f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?x) {{ {_MANY} }}",
    f"CONSTRUCT {{ ?a ?e ?l }} {{ {_MANY} }}",
    "SELECT * { ?a (!<x:x>|^!<x:x>)* ?b . ?c (!<x:x>|^!<x:x>)* ?d } ORDER BY ?d",
    "SELECT ?x { " + "".join(f"BIND(CONCAT({', '.join([f'?v{n}'] * 9)}) AS ?v{n + 1}) " for n in range(12)).replace("?v0", "'很'") + "}",
    "SELECT * { ?a ?b ?c FILTER(REGEX(STR(?c), '" + "(a*)*" * 99 + "b')) }",
    "SELECT * { ?a ?b ?c FILTER(REGEX(STR(?c), '((a{999}){999}){999}')) }",
)
"""Queries that take as much time or memory as they are given."""
DEEP = (
    "SELECT * " + "{" * 100_000,
    "ASK { FILTER(" + "(" * 200_000 + "1" + ")" * 200_000 + ") }",
    "ASK { FILTER(" + "!" * 500_000 + "true) }",
    "ASK { ?s " + "(" * 100_000 + "<x:x>" + ")" * 100_000 + " ?o }",
    "ASK { " + "?s ?p ?o . " * 60_000 + "}",
    "SELECT (" + "1+" * 300_000 + "1 AS ?x) {}",
    "SELECT * { VALUES ?x { " + "1 " * 400_000 + "} }",
)
"""Queries that a parser may lose itself in."""
UPDATES = (
    "INSERT DATA { <a:b> <a:b> <a:b> }",
    "DROP ALL",
    "LOAD <file:///etc/passwd>",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR DEFAULT; ASK {}",
)
PATHS = (
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fetc/passwd",
    "//[",
    "//[::1",
    "http://[/sparql",
    "/sparql/../page.js",
    "/\\..\\page.js",
    "/page.js%00.css",
    "/" + "a" * 70_000,
    "/sparql?" + "&" * 60_000,
    "/sparql?query=%",
    "/sparql?query=%00",
    "/sparql?query=%ff%fe",
    "/sparql?query=" + quote("很" * 5000),
    "*",
    "",
    "/;/?#",
)
HEADERS = (
    "Accept: " + "a/b;q=0.5," * 6000,
    "Accept: text/csv;q=1e999",
    "Accept: \udcff\udcfe",
    "Accept: ;;;,,,=",
    "A: b\r\n" * 150 + "C: d",
    "X: " + "y" * 70_000,
    ": nothing",
    "no colon",
    "Content-Length: 99999999999999999999",
    "Content-Length: -5",
    "Content-Length: 5, 5",
    "Transfer-Encoding: chunked",
    "Host: \0",
    "Expect: 100-continue",
)
RAW = (
    b"",
    b"\r\n" * 200,
    b"\0" * 3000,
    b"\x16\x03\x01\x02\0\x01\0",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/1.1" + b" " * 70_000,
)


@dataclass(frozen=True)
class Attack:
    """What is sent, at once or in pieces so many seconds apart."""

    kind: str
    pieces: tuple[bytes, ...]
    pause: float = 0.0


def request(path: str = "/sparql", header: str = "", body: bytes | None = None, media: str = _QUERY) -> bytes:
    """A request as bytes; with a body a POST."""
    length = "" if body is None else f"Content-Type: {media}\r\nContent-Length: {len(body)}\r\n"
    head = f"{'GET' if body is None else 'POST'} {path} HTTP/1.1\r\nHost: x\r\n{header}{header and chr(13) + chr(10)}{length}\r\n"
    return head.encode("utf-8", "surrogateescape") + (body or b"")


def _huge(dice: Random) -> Attack:
    claimed = request(body=b"").replace(b"Length: 0", b"Length: %d" % 10 ** dice.randint(6, 40))
    return Attack("huge body", (claimed, *[bytes(2**20)] * 8))


def _slow(dice: Random) -> Attack:
    whole = request(body=b"ASK {}" + b" " * 200) if dice.random() < 0.5 else request("/")
    return Attack("slow client", tuple(whole[i : i + 1] for i in range(len(whole))), 1.0)


KINDS: tuple[Callable[[Random], Attack], ...] = (
    lambda dice: Attack("heavy query", (request(body=dice.choice(HEAVY).encode()),)),
    lambda dice: Attack("deep query", (request(body=dice.choice(DEEP).encode()),)),
    lambda dice: Attack("update", (request(body=dice.choice(UPDATES).encode(), media=dice.choice((_QUERY, _UPDATE))),)),
    lambda dice: Attack("path", (request(dice.choice(PATHS), body=dice.choice((None, b"x"))),)),
    lambda dice: Attack("header", (request(dice.choice(("/", "/sparql?query=ASK%7B%7D")), dice.choice(HEADERS)),)),
    lambda dice: Attack("header of a post", (request(header=dice.choice(HEADERS), body=b"ASK {}"),)),
    lambda dice: Attack("raw bytes", (dice.choice(RAW) + dice.randbytes(dice.randint(0, 500)),)),
    lambda dice: Attack("gone", (request(body=b"ASK {}" * 99)[: dice.randint(1, 400)],)),
    _huge,
    _slow,
)


def attacks(number: int, seed: int) -> Iterator[Attack]:
    """So many requests, of every kind as many."""
    dice = Random(seed)
    yield from (KINDS[i % len(KINDS)](dice) for i in range(number))


def attack(port: int, what: Attack, patience: float = 120) -> str:
    """The status of the answer; empty where the line was closed without one. Raises TimeoutError where neither comes."""
    end, answer = time.monotonic() + patience, b""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as line:
        try:
            for piece in what.pieces:
                line.sendall(piece)
                time.sleep(what.pause)
                if time.monotonic() > end:
                    raise TimeoutError
            if what.kind in ("gone", "raw bytes"):
                line.shutdown(socket.SHUT_WR)
            answer = line.recv(100)
        except ConnectionError:
            pass
    return answer.split()[1].decode("latin-1") if answer.startswith(b"HTTP/") else ""


def main() -> None:
    """Attack a server of one's own, twenty at a time, and say how it fared."""
    graph, number, seed = Path(sys.argv[1]), *map(int, [*sys.argv[2:], *("500", "1")[len(sys.argv) - 2 :]])
    command = [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0", "--timeout", "2", "--lang", "en"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, ThreadPoolExecutor(20) as pool:
        assert server.stdout
        port = int(server.stdout.readline().split()[1].rstrip("/").rpartition(":")[2])
        before, started, peak = _memory(server.pid), time.monotonic(), 0.0
        results = [(what.kind, pool.submit(attack, port, what)) for what in attacks(number, seed)]
        while not all(future.done() for _, future in results):
            peak = max(peak, _memory(server.pid))
            time.sleep(0.2)
        seconds, ends = time.monotonic() - started, Counter((kind, future.result() or "closed") for kind, future in results)
        print(f"{number} requests in {seconds:.0f} s; server and workers: {before:.0f} MB before, at most {peak:.0f} MB")
        for (kind, status), count in sorted(ends.items()):
            print(f"{kind:18} {status:6} {count}")
        print("then ASK {}:", attack(port, Attack("", (request(body=b"ASK {}"),))))
        server.terminate()


def _memory(pid: int) -> float:
    """Resident megabytes of a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    lines = [line for one in (pid, *children) for line in _status(Path(f"/proc/{one}/status"))]
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _status(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:  # it has ended
        return []


if __name__ == "__main__":
    main()
