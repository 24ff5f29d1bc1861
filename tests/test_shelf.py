"""Items on a shelf are those of a tuple, whoever reads them, however many there are."""

import os
import pickle
from decimal import Decimal

import pytest
from sample import FACTS, FIGURES

from kg import shelf
from kg.facts.figure import Figure
from kg.facts.knowledge import Facts, by_subject
from kg.shelf import Shelf, shelved


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_FEW", 5)
    monkeypatch.setattr(shelf, "_PAGE", 40)


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6, 100])
def test_items_are_where_a_tuple_has_them(count: int) -> None:
    items = tuple((number, f"文{number}" * (number % 7)) for number in range(count))
    found = shelved(tuple[int, str], items)
    assert isinstance(found, tuple if count < 5 else Shelf)
    assert tuple(found) == tuple(found) == items
    assert len(found) == count
    assert [found[number] for number in range(-count, count)] == [items[number] for number in range(-count, count)]
    assert found[1:-1] == items[1:-1]
    assert tuple(found[::-1]) == items[::-1]
    assert repr(found) == repr(items) or count == 1
    with pytest.raises(IndexError):
        found[count]


def test_facts_come_back_as_they_were() -> None:
    figures = [figure for figure in FIGURES for _ in range(3)]
    found = Shelf(Figure, figures)
    assert list(found) == figures
    assert {type(figure.value) for figure in found} == {Decimal}
    assert list(pickle.loads(pickle.dumps(found))) == figures


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_processes_do_not_disturb_each_other() -> None:
    found = Shelf(int, range(10_000))
    here = iter(found)
    next(here)
    child = os.fork()
    if not child:
        os._exit(list(found) != list(range(10_000)))
    assert list(here) == list(range(1, 10_000))
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize("kind", [list, tuple])
def test_facts_are_in_the_same_order_whatever_order_they_come_in(kind: type) -> None:
    parts = (FACTS.documents, FACTS.entities, FACTS.relations, FACTS.figures, FACTS.decisions)
    turned = Facts(*(kind(reversed(part)) for part in parts))
    assert turned == FACTS
    assert turned.figures == tuple(sorted(FIGURES, key=by_subject))
