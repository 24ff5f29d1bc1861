"""How long ``kg build`` takes from texts to graph, page and store, beside bare ``jieba.cut`` of the same texts, and how it grows.

Run by hand: ``python benchmarks/pipeline.py SOURCE [SOURCE …] [--sizes 1000 2000 5000 10000] [--docs docs]``. SOURCE is what ``kg build``
reads. Printed are: one process against ``jieba.cut``, two processes against one at the largest size, processor time and peak memory over
the sizes, with the exponent of the time. ``--docs`` writes the same as a table and a plot. Processor time tells more than the clock where
others use the machine too; with two processes only the clock tells anything.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba
import matplotlib.pyplot as plt

from kg.text.document import UNKNOWN, Document
from kg.text.reading import Unreadable, read

_HEAD = (
    "| documents | characters | clock, s | processor, s | peak memory, MB | jieba.cut, s | times jieba.cut |",
    "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
)


@dataclass(frozen=True, slots=True)
class Run:
    """One build, and ``jieba.cut`` of what it read."""

    documents: int
    characters: int
    clock: float
    processor: float
    peak: float
    """Megabytes."""
    jieba: float
    """Processor seconds."""


def main() -> None:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="+", metavar="SOURCE")
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 2_000, 5_000, 10_000])
    parser.add_argument("--docs", type=Path, help="folder for pipeline.md and pipeline.svg")
    options = parser.parse_args()
    documents = [item for item in read(options.sources, UNKNOWN, sys.stdin.buffer) if not isinstance(item, Unreadable)]
    sizes = sorted({min(size, len(documents)) for size in options.sizes})
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("\n".join(_HEAD), flush=True)
        runs = []
        for size in sizes:
            runs.append(measured(documents[:size], folder / str(size)))
            print(row(runs[-1]), flush=True)
        clock, _, _ = build(documents[: sizes[-1]], folder / "two", workers=2)
    said = list(ratios(runs, runs[-1].clock / clock))
    print("", *said, sep="\n")
    if options.docs:
        report = [*_HEAD, *map(row, runs), "", *said]
        (options.docs / "pipeline.md").write_text("\n".join(["# Speed of `kg build`", "", *report, "", "![](pipeline.svg)", ""]), "utf-8")
        plot(runs, options.docs / "pipeline.svg")


def measured(documents: Sequence[Document], folder: Path) -> Run:
    """A build by one process, then ``jieba.cut``."""
    clock, processor, peak = build(documents, folder, workers=1)
    started = time.process_time()
    for document in documents:
        for _ in jieba.cut(document.text):
            pass
    cut = time.process_time() - started
    return Run(len(documents), sum(len(document.text) for document in documents), clock, processor, peak, cut)


def build(documents: Sequence[Document], folder: Path, workers: int) -> tuple[float, float, float]:
    """Seconds by the clock and of the processors, and the peak memory in megabytes, of a build of its own process."""
    folder.mkdir()
    source = folder / "documents.jsonl"
    rows = ({"text": d.text, "title": d.metadata.title, "date": d.metadata.published} for d in documents)
    source.write_text("\n".join(json.dumps({key: value for key, value in row.items() if value}) for row in rows), "utf-8")
    command = ["-m", "kg", "build", str(source), "--out", str(folder / "out"), "--workers", str(workers), "--quiet"]
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, *command], stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.monotonic() - started
    if status:
        sys.exit(f"kg build of {len(documents)} documents failed")
    return clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def row(run: Run) -> str:
    """One size as a row of the table."""
    cells = (f"{run.clock:.1f}", f"{run.processor:.1f}", f"{run.peak:.0f}", f"{run.jieba:.1f}", f"{run.processor / run.jieba:.1f}")
    return f"| {run.documents:,} | {run.characters:,} | {' | '.join(cells)} |"


def ratios(runs: Sequence[Run], speedup: float) -> Iterator[str]:
    """The measures to be met."""
    yield f"- Two workers are {speedup:.2f} times as fast as one for {runs[-1].documents:,} documents, on {os.cpu_count()} processors."
    if len(runs) > 1:
        grown = f"peak memory from {runs[0].peak:.0f} MB to {runs[-1].peak:.0f} MB"
        yield f"- Time grows with the number of documents to the power of {exponent(runs):.2f}, {grown}."


def exponent(runs: Sequence[Run]) -> float:
    """The slope of the processor time over the number of documents, both as logarithms: least squares."""
    xs, ys = [math.log(run.documents) for run in runs], [math.log(run.processor) for run in runs]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def plot(runs: Sequence[Run], path: Path) -> None:
    """Time and memory over the number of documents."""
    figure, (times, memory) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    sizes = [run.documents for run in runs]
    times.loglog(sizes, [run.processor for run in runs], "o-", label="kg build")
    times.loglog(sizes, [run.jieba for run in runs], "s--", label="jieba.cut")
    times.set(xlabel="documents", ylabel="processor seconds")
    times.legend()
    memory.plot(sizes, [run.peak for run in runs], "o-")
    memory.set(xlabel="documents", ylabel="peak memory, MB", ylim=(0, None))
    figure.savefig(path)


if __name__ == "__main__":
    main()
