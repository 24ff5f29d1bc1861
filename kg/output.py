"""An output folder: the graph, its page and its store, all three of the same documents."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kg.coverage import table
from kg.export import formats as export
from kg.pipeline import Result
from kg.rdf import store
from kg.rdf.graph import blocks, namespaces
from kg.rdf.turtle import GRAPH, write_turtle
from kg.staging import staged
from kg.view import page as view

_PAGE, _RULES = "graph.html", "rules.csv"


def publish(result: Result, folder: Path, rules: bool = False) -> tuple[str, ...]:
    """Write everything to ``folder`` and return what it is; how often each rule fired too, where that is wanted or was before.

    Raises OSError where it can't be written; what was there before is then as it was.
    """
    # Oxigraph sorts and writes on a processor of its own.
    with staged(folder) as aside, ThreadPoolExecutor(1) as beside:
        filled = beside.submit(store.fill, aside / store.NAME, blocks(result.facts, result.base))
        export.whole(aside / GRAPH, write_turtle(blocks(result.facts, result.base), namespaces(result.base)))
        view.write_page(result.facts, aside / _PAGE)
        filled.result()
        if rules or (folder / _RULES).exists():
            (aside / _RULES).write_text(table(result.rules), encoding="utf-8")
    return tuple(str(folder / name) for name in (GRAPH, _PAGE, store.NAME))
