"""The build on Spark: on a real cluster, the same graph as the local build's, to the byte."""

import json
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from article import run
from cluster import cluster, environment
from installed import need

from kg.cli import BAD_INPUT, FINE, main
from kg.rdf.query import named_queries, run_query

MANIFEST = "manifest.json"
SEEDS = Path(__file__).parent.parent / "seeds"
CASES = tomllib.loads((Path(__file__).parent / "cases" / "discrepancy.toml").read_text(encoding="utf-8"))["case"]
ROWS = [[part.strip() for part in line.split("|", 2)] for case in CASES for line in case["documents"]]
ROWS += [
    ["2024-02", "", "云帆产业园项目落户绿园区，项目总投资10亿元。"],
    ["2024-03", "", "绿园区云帆产业园一期项目总投资6亿元，云帆产业园二期项目总投资7亿元。"],
    ["2024-04", "", "新疆乌鲁木齐市高新区（新市区）新增企业12家。新市区新增项目3个，新市区召开会议。"],
]
"""Date, publisher and text of invented documents whose figures have to meet: conflicts, sums, phases of a project, targets; and of one
whose district has a fuller name than the document calls it by."""
ALIASES = """
same = [["青怡坊", "青怡坊国际旅游文创产业园项目"]]
different = [["王强@001_b82738bbf9c2f211.txt", "王强@003_ef167e022457e2c2.txt"]]
"""
KINDS = ("investmentMismatch", "shrinkingTotal", "outcomeOf", "user-same", "user-different")
"""What the graph has only if documents have met."""
TABLE = """
import json, sys
from kg import spark
session = spark.session(sys.argv[1])
rows = [json.loads(line) for line in open(sys.argv[3], encoding="utf-8")]
rows = [(f"rows.jsonl#{number}", *row.values()) for number, row in enumerate(rows, start=1)]
table = session.createDataFrame(rows, "id string, `日期` string, `来源` string, `地区` string, `正文` string")
print(spark.build(session, table, sys.argv[2]).manifest.sha256)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented documents, one of them twice, and one that is none."""
    folder = tmp_path_factory.mktemp("invented")
    rows = [{"日期": date, "来源": publisher, "地区": "绿园区", "正文": text} for date, publisher, text in ROWS]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    (folder / "again.txt").write_text(ROWS[0][-1], encoding="utf-8")
    (folder / "empty.txt").write_text("\n", encoding="utf-8")
    (folder / "fair.jsonl").write_text('{"日期": "2024-05", "地区": "朝阳区", "正文": "全区举办农产品交易会12场。"}', encoding="utf-8")
    (folder.parent / "aliases.toml").write_text(ALIASES, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    need(shutil.which("java") and find_spec("pyspark"), "Spark")
    with cluster(tmp_path_factory.mktemp("cluster")) as address:
        yield address


@pytest.fixture(scope="module")
def parts(address: str, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``kg spark`` makes of them and of the seeds."""
    out = tmp_path_factory.mktemp("parts")
    done = run("spark", *given(folder), "--master", address, "--out", out, "--lang", "en", environment=environment())
    assert done.returncode == FINE, done.stderr
    assert "empty.txt: there is no text" in done.stderr
    assert "rows.jsonl#1: the same text as again.txt" in done.stderr
    assert "several 朝阳区: 北京市朝阳区, 长春市朝阳区" in done.stderr
    return out


def given(folder: Path) -> list[str | Path]:
    return [SEEDS, folder, "--date", "2023-08", "--aliases", folder.parent / "aliases.toml"]


def local(*arguments: str | Path, folder: Path) -> bytes:
    """The sorted N-Quads of a local build."""
    assert run("build", *arguments, "--out", folder / "local", "--quiet").returncode == FINE
    assert main(["export", str(folder / "local"), str(folder / "local.nq")]) == FINE
    return (folder / "local.nq").read_bytes()


def test_a_cluster_builds_the_same_graph(parts: Path, folder: Path, tmp_path: Path) -> None:
    whole = b"".join(path.read_bytes() for path in sorted(parts.glob("part-*.nq")))
    assert whole == local(*given(folder), folder=tmp_path)
    assert [kind for kind in KINDS if kind.encode() not in whole] == []


def test_the_manifest_says_what_is_there(parts: Path) -> None:
    manifest = json.loads((parts / MANIFEST).read_text(encoding="utf-8"))
    texts = {part["name"]: (parts / part["name"]).read_bytes() for part in manifest["parts"]}
    assert set(texts) == {path.name for path in parts.glob("part-*")}
    assert {part["name"]: part["sha256"] for part in manifest["parts"]} == {name: sha256(text).hexdigest() for name, text in texts.items()}
    assert manifest["sha256"] == sha256(b"".join(texts.values())).hexdigest()
    assert manifest["quads"] == sum(text.count(b"\n") for text in texts.values())
    assert manifest["documents"] == len(list(SEEDS.glob("*.txt"))) + len({text for *_, text in ROWS}) + 1


def test_the_parts_load_into_a_served_store(parts: Path, folder: Path, tmp_path: Path) -> None:
    """By the Graph Store Protocol, as the README has it; any query that a local store answers is then answered over HTTP."""
    question = (named_queries()["contradictions"].bind({}), named_queries()["documents"].bind({}))
    local(*given(folder), folder=tmp_path)
    with served(tmp_path / "served") as address:
        for part in sorted(parts.glob("part-*.nq")):
            ask(f"{address}/store", part.read_bytes(), "application/n-quads")
        answers = [ask(f"{address}/query?union-default-graph", text.encode(), "application/sparql-query") for text in question]
    found = [
        {tuple(row.get(name, {}).get("value", "") for name in table["head"]["vars"]) for row in table["results"]["bindings"]}
        for table in map(json.loads, answers)
    ]
    assert found == [set(run_query(tmp_path / "local", text, {}).rows) for text in question]
    assert all(found)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of an Oxigraph server on the loopback, which ends with the context."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "oxigraph"), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            assert "Listening" in process.stderr.readline()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def ask(address: str, body: bytes, kind: str) -> bytes:
    headers = {"Content-Type": kind, "Accept": "application/sparql-results+json"}
    with urlopen(Request(address, data=body, headers=headers)) as answer:
        data: bytes = answer.read()
    return data


def test_a_table_of_any_source_is_read(address: str, folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", TABLE, address, str(tmp_path / "out"), str(folder / "rows.jsonl")]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == sha256(local(folder / "rows.jsonl", folder=tmp_path)).hexdigest()


def test_a_cluster_that_is_none_gets_one_line(address: str, folder: Path, tmp_path: Path) -> None:
    done = run("spark", folder, "--master", "nowhere", "--out", tmp_path, "--lang", "en", environment=environment())
    assert done.returncode == BAD_INPUT
    assert done.stderr.splitlines()[-1].startswith("Spark did not finish:")


def test_without_the_extra_one_line_says_what_to_install(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.delitem(sys.modules, "kg.spark", raising=False)
    monkeypatch.delattr("kg.spark", raising=False)
    assert main(["spark", str(folder), "--out", str(tmp_path), "--lang", "en"]) == BAD_INPUT
    assert "pip install 'district-kg[spark]'" in capsys.readouterr().err
