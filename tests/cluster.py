"""A standalone Spark cluster on the loopback: a master and workers, each a process of its own."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

_PATIENCE = 180.0
_MASTER = "org.apache.spark.deploy.master.Master"
_WORKER = "org.apache.spark.deploy.worker.Worker"


def environment() -> dict[str, str]:
    """What processes of Spark need to know."""
    spec = find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    return {**os.environ, "SPARK_HOME": str(Path(spec.origin).parent), "SPARK_LOCAL_IP": "127.0.0.1"}


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[str]:
    """The address of a cluster, which ends with the context; ``folder`` is scratch space."""
    with ExitStack() as stack:
        master = stack.enter_context(_process(folder / "master.log", _MASTER, "--port", "0"))
        address = _said(master, folder / "master.log", r"Starting Spark master at (spark://\S+)")
        for number in range(workers):
            work = folder / f"worker{number}"
            log = folder / f"worker{number}.log"
            worker = stack.enter_context(_process(log, _WORKER, "--cores", "1", "--memory", "2g", "--work-dir", str(work), address))
            _said(worker, log, "Successfully registered with master")
        yield address


@contextmanager
def _process(log: Path, main: str, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    command = [f"{environment()['SPARK_HOME']}/bin/spark-class", main, "--host", "127.0.0.1", "--webui-port", "0", *arguments]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment(), stdout=out, stderr=out)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def _said(process: "subprocess.Popen[bytes]", log: Path, words: str) -> str:
    """What the process has said of itself, once it has."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(words, log.read_text(encoding="utf-8")):
            return found[found.lastindex or 0]
        time.sleep(0.2)
    raise AssertionError(f"{words}: not said in {log.read_text(encoding='utf-8')}")
