"""Work that is spread over processes: what comes of it is in order, and what goes wrong is told."""

import os
import time
from functools import partial
from pathlib import Path

import pytest

from kg.workers import beside, spread


def _late(longest: int, number: int) -> int:
    """The first items take longest."""
    time.sleep((longest - number) / 200)
    return number * number


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("batch", [1, 8])
def test_results_come_in_the_order_of_the_items(workers: int, batch: int) -> None:
    assert list(spread(partial(_late, 20), iter(range(20)), workers, batch)) == [number * number for number in range(20)]


def _refused(number: int) -> int:
    raise PermissionError(number)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_goes_wrong_in_a_worker_goes_wrong_here(workers: int) -> None:
    with pytest.raises(PermissionError):
        list(spread(_refused, iter(range(3)), workers))


def _worker(number: int) -> int:
    return os.getpid()


@pytest.mark.parametrize(("workers", "items"), [(1, 40), (4, 8)])
def test_one_worker_or_batch_needs_no_process(workers: int, items: int) -> None:
    assert set(spread(_worker, iter(range(items)), workers, batch=8)) == {os.getpid()}


def test_no_more_processes_than_batches_start() -> None:
    found = set(spread(_worker, iter(range(9)), 4, batch=8))
    assert os.getpid() not in found
    assert len(found) <= 2


def _noted(folder: Path, number: int) -> None:
    (folder / str(number)).write_text(str(os.getpid()), encoding="utf-8")


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_what_is_done_beside_is_done_in_the_end(workers: int, tmp_path: Path) -> None:
    with beside(partial(_noted, tmp_path), range(3), workers):
        pass
    where = {path.name: int(path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()}
    assert set(where) == {"0", "1", "2"}
    assert all((pid == os.getpid()) == (workers == 1) for pid in where.values())


@pytest.mark.parametrize("workers", [1, 2])
def test_what_goes_wrong_beside_goes_wrong_here(workers: int) -> None:
    with pytest.raises(PermissionError), beside(_refused, range(2), workers):
        pass


def _asleep(number: int) -> int:
    if number:
        time.sleep(60)
    return os.getpid()


def test_workers_end_at_once_where_nobody_waits_for_them() -> None:
    found = spread(_asleep, iter(range(2)), 2, batch=1)
    worker = next(found)
    started = time.monotonic()
    found.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 10
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
