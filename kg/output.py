"""An output folder: the graph, its page and its store, all three of the same documents."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from kg.audit.audit import audit
from kg.coverage import table
from kg.export import formats as export
from kg.pipeline import Result
from kg.rdf import store
from kg.rdf.graph import blocks, namespaces
from kg.rdf.turtle import GRAPH, write_turtle
from kg.staging import staged
from kg.view import page as view
from kg.workers import beside

_PAGE, _RULES = "graph.html", "rules.csv"


def publish(result: Result, folder: Path, rules: bool = False, workers: int = 1) -> tuple[str, ...]:
    """Write everything to ``folder`` and return what it is; how often each rule fired too, where that is wanted or was before.

    Raises OSError where it can't be written; what was there before is then as it was.
    """
    facts = result.facts
    audit(facts.documents, facts.entities, facts.figures)  # once, before the parts ask for it
    with staged(folder) as aside:
        with beside(partial(_write, result, aside), (_page, _graph), workers):
            store.fill(aside / store.NAME, blocks(facts, result.base), workers)
        if rules or (folder / _RULES).exists():
            (aside / _RULES).write_text(table(result.rules), encoding="utf-8")
    return tuple(str(folder / name) for name in (GRAPH, _PAGE, store.NAME))


def _write(result: Result, aside: Path, part: Callable[[Result, Path], None]) -> None:
    part(result, aside)


def _page(result: Result, aside: Path) -> None:
    view.write_page(result.facts, aside / _PAGE)


def _graph(result: Result, aside: Path) -> None:
    export.whole(aside / GRAPH, write_turtle(blocks(result.facts, result.base), namespaces(result.base)))
