"""How long each named query takes on a graph on disk, asked about what the graph has most to say of.

Run by hand: ``python benchmarks/queries.py OUTPUT [seconds]``. OUTPUT is what ``kg build`` wrote, best of many articles. Every query is
asked with all that it asks for, and again without its options: the best of three, in processor seconds. The exit code is 1 where one
takes longer than ``seconds`` (1 by default) or half of them longer than a tenth of that.
"""

import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import Store

from kg.rdf.query import load, named_queries, run_query

_TIMES = 3
_CLASSES = {
    "district": "District",
    "one": "District",
    "other": "District",
    "body": "District",
    "organiser": "District",
    "thing": "District",
    "enterprise": "Enterprise",
    "programme": "Programme",
}
"""What a parameter asks for: the name of a thing of that class."""
_VALUES = {"unit": "亿元", "status": "planned", "type": "Enterprise", "kind": "conflict", "from": "2023-01-01", "to": "2023-12-31"}
_SECOND = ("other",)
_BUSIEST = """
SELECT ?label (COUNT(*) AS ?count) {{ ?fact ?link ?node . ?node a {type} ; skos:prefLabel ?label }}
GROUP BY ?label ORDER BY DESC(?count) ?label LIMIT 2
"""


def main() -> None:
    """Measure and print."""
    store = load(Path(sys.argv[1]))
    limit = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    print(f"{len(store):,} quads")
    seconds = []
    for name, parameters in questions(store):
        rows, taken = asked(store, name, parameters)
        seconds.append(taken)
        print(f"{taken:7.3f} s {rows:7,} rows  {name} {' '.join(parameters.values())}")
    median = statistics.median(seconds)
    print(f"{len(seconds)} questions: the slowest {max(seconds):.3f} s, the median {median:.3f} s")
    sys.exit(max(seconds) > limit or median > limit / 10)


def questions(store: Store) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every named query with all its parameters, and without its options."""
    for name, query in named_queries().items():
        full = {parameter.name: value(store, parameter.name) for parameter in query.parameters}
        yield name, full
        if short := {one.name: full[one.name] for one in query.parameters if one.required}:
            if short != full:
                yield name, short
        elif full:
            yield name, {}


@cache
def value(store: Store, parameter: str) -> str:
    """What to ask for."""
    if parameter in _VALUES:
        return _VALUES[parameter]
    if parameter in ("product", "honour"):
        link = "produces" if parameter == "product" else "recognisedAs"
        text = f"SELECT ?o (COUNT(*) AS ?n) {{ ?s dkg:{link} ?o }} GROUP BY ?o ORDER BY DESC(?n) ?o LIMIT 2"
    else:
        text = _BUSIEST.format(type=f"dkg:{_CLASSES[parameter]}" if parameter in _CLASSES else "skos:Concept")
    rows = run_query(store, text, {}).rows
    return rows[parameter in _SECOND][0]


def asked(store: Store, name: str, parameters: Mapping[str, str]) -> tuple[int, float]:
    """The number of rows of the answer, and how long it takes."""
    best = float("inf")
    for _ in range(_TIMES):
        started = time.process_time()
        rows = len(run_query(store, name, parameters).rows)
        best = min(best, time.process_time() - started)
    return rows, best


if __name__ == "__main__":
    main()
