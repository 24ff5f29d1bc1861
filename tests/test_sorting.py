"""Sorting by runs on disk comes to the same as sorting at once."""

import random
from collections.abc import Iterator

import pytest

from kg import sorting
from kg.sorting import in_order


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 100])
def test_runs_come_back_merged(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "_PAGE", 3)
    items = [(random.Random(number).randrange(20), f"文{number}") for number in range(count)]
    assert list(in_order(items, run=8)) == sorted(items)


def test_all_is_taken_before_anything_is_given_back() -> None:
    taken = []

    def items() -> Iterator[tuple[int]]:
        for number in range(3):
            taken.append(number)
            yield (number,)

    in_order(items())
    assert taken == [0, 1, 2]
