"""Whether a build that is killed at any moment goes on: kill -9 at random moments, start again, compare every byte.

Run by hand: ``python benchmarks/interruption.py [SOURCE] [kills] [seed]``. SOURCE is what ``kg build`` reads, by default articles
invented here.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

import pyoxigraph

_ARTICLES = 200
_STAGES = ("nothing read", "reading", "writing", "done")


def main() -> None:
    """Kill, start again, compare; stop at the first difference."""
    words = sys.argv[1:]
    kills, seed = map(int, [*words[1:], *("25", "1")[max(len(words) - 1, 0) :]])
    dice = Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = Path(words[0]) if words else articles(folder / "articles.jsonl")
        build(source, folder / "whole").wait()
        expected = content(folder / "whole")
        # The first one has compiled the program; the second tells how long one takes.
        started = time.monotonic()
        build(source, folder / "again").wait()
        seconds = time.monotonic() - started
        print(f"undisturbed: {seconds:.1f} s")
        stages: Counter[str] = Counter()
        for number in range(1, kills + 1):
            out = folder / str(number)
            stage = interrupted(source, out, dice.uniform(0, seconds), 1 + number % 2)
            build(source, out).wait()
            same = content(out) == expected
            stages[stage] += 1
            print(f"{number:3} {stage:12} {'the same bytes' if same else 'NOT THE SAME'}", flush=True)
            if not same:
                sys.exit(1)
        print("killed while:", ", ".join(f"{stage} {stages[stage]}" for stage in _STAGES))


def articles(path: Path) -> Path:
    """Invented articles, a row each."""
    text = "今年上半年，第{0}区规模以上工业产值完成{1}.5亿元，同比增长{2}.2%。第{0}机械有限公司投资{1}亿元的智能传动产业园项目开工建设。"
    rows = (json.dumps({"text": text.format(number, number + 20, number % 9 + 1) * 8, "date": "2024-07"}) for number in range(_ARTICLES))
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def build(source: Path, out: Path, workers: int = 1) -> "subprocess.Popen[bytes]":
    """Start a build."""
    command = [sys.executable, "-m", "kg", "build", str(source), "--out", str(out), "--workers", str(workers), "--quiet"]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def interrupted(source: Path, out: Path, seconds: float, workers: int) -> str:
    """Kill a build after so many seconds; what it was at."""
    process = build(source, out, workers)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if (out / "store").exists() and not (out / ".coming").exists():
        return "done"
    if (out / ".coming").exists():
        return "writing"
    return "reading" if (out / "documents.sqlite").exists() else "nothing read"


def content(out: Path) -> dict[str, bytes]:
    """Everything in an output but its archive; the store as the sorted quads that it holds."""
    found = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file() and not path.name.startswith("documents.sqlite")}
    return found | {"store": "\n".join(sorted(map(str, pyoxigraph.Store.read_only(str(out / "store"))))).encode()}


if __name__ == "__main__":
    main()
