"""How long Turtle takes to write, beside pyoxigraph's own dump and rdflib's serializer of the same triples.

Run by hand: ``python benchmarks/turtle.py [triples] [--rdflib]``. The facts are invented, always the same ones; rdflib's
serializer is asked for only on request, for it takes minutes.
"""

import sys
import time
from collections.abc import Callable
from io import BytesIO
from typing import TypeVar

import pyoxigraph
from page import graph as invented

from kg.facts.knowledge import Facts
from kg.rdf.graph import blocks, build_graph, namespaces
from kg.rdf.turtle import write_turtle

_PER_THING = 36
"""Triples for each thing of the invented graph, about."""
_T = TypeVar("_T")


def main() -> None:
    """Measure and print."""
    numbers = [word for word in sys.argv[1:] if word.isdecimal()]
    facts = invented(int(numbers[0] if numbers else 1_000_000) // _PER_THING)
    made = timed("facts to triples", lambda: list(blocks(facts)))
    print(f"{sum(len(block.said) for block in made):,} triples")
    text, ours = measured(lambda: "".join(write_turtle(made, namespaces())).encode())
    store = pyoxigraph.Store()
    store.bulk_load(text, pyoxigraph.RdfFormat.TURTLE)
    _, theirs = measured(lambda: dumped(store))
    print(f"kg               {ours:6.1f} s  {ours / theirs:.2f} × pyoxigraph's dump\npyoxigraph dump  {theirs:6.1f} s")
    timed("facts to Turtle", lambda: sum(map(len, write_turtle(blocks(facts), namespaces()))))
    if "--rdflib" in sys.argv:
        serialize(facts)


def dumped(store: pyoxigraph.Store) -> int:
    """The length of the store as pyoxigraph writes it."""
    out = BytesIO()
    store.dump(out, pyoxigraph.RdfFormat.TURTLE, from_graph=pyoxigraph.DefaultGraph(), prefixes=namespaces())
    return len(out.getvalue())


def serialize(facts: Facts) -> None:
    """How long rdflib takes."""
    graph = timed("facts to rdflib", lambda: build_graph(facts))
    timed("rdflib", lambda: len(graph.serialize(format="turtle")))


def measured(work: Callable[[], _T]) -> tuple[_T, float]:
    """What the work gives, and the processor seconds that it takes."""
    started = time.process_time()
    found = work()
    return found, time.process_time() - started


def timed(name: str, work: Callable[[], _T]) -> _T:
    """Say how long the work takes."""
    found, seconds = measured(work)
    print(f"{name:16} {seconds:6.1f} s")
    return found


if __name__ == "__main__":
    main()
