"""The build on Spark: on a real cluster, the same graph as the local build's, to the byte."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pytest
from article import run
from cluster import cluster, environment

from kg.cli import BAD_INPUT, FINE, main

MANIFEST = "manifest.json"
SEEDS = Path(__file__).parent.parent / "seeds"
INVENTED = {
    "works.txt": "今年上半年，青河区云帆机械有限公司投资12亿元的智能传动产业园项目开工建设，其中智能传动产业园一期投资9亿元。",
    "phase.txt": "青河区智能传动产业园二期投资8亿元，由云帆机械建设。青河区规模以上工业产值完成86.5亿元，同比增长7.2%。",
    "other.txt": "今年上半年，青河区规模以上工业产值完成96.5亿元。青河区委书记王伟到云帆集团调研。",
    "again.txt": "今年上半年，青河区规模以上工业产值完成96.5亿元。青河区委书记王伟到云帆集团调研。",
    "plan.txt": "2023年，青河区力争规模以上工业产值完成180亿元。王伟说，青河区实施“三大工程”。",
    "done.txt": "2023年，青河区规模以上工业产值完成190亿元。长海机械有限公司与长海科技有限公司入驻，长海集团增资。",
    "empty.txt": " \n",
}
"""Phases of a project, figures that disagree, a target and its result, short names, the same text twice, a text that is none."""
ALIASES = 'same = [["云帆集团", "云帆机械"]]\ndifferent = [["王伟@other.txt", "王伟@plan.txt"]]\n'
GIVEN = ("--date", "2023-08", "--home", "青河区", "--lang", "en")
TABLE = """
import sys
from kg import spark
session = spark.session(sys.argv[1])
texts = [text.split("=") for text in sys.argv[3:]]
table = session.createDataFrame([(name, text, "2023-08") for name, text in texts], "id string, 正文 string, 日期 string")
print(spark.build(session, table, sys.argv[2]).manifest.sha256)
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The seeds, and what is hard about identity."""
    folder = tmp_path_factory.mktemp("invented")
    for name, text in INVENTED.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "aliases.toml").write_text(ALIASES, encoding="utf-8")
    return [SEEDS, *(folder / name for name in INVENTED)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not (shutil.which("java") and find_spec("pyspark")):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("Spark is not installed")
    with cluster(tmp_path_factory.mktemp("cluster")) as address:
        yield address


@pytest.fixture(scope="module")
def parts(address: str, sources: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``kg spark`` makes of them."""
    out = tmp_path_factory.mktemp("parts")
    aliases = sources[-1].parent / "aliases.toml"
    done = run("spark", *sources, *GIVEN, "--aliases", aliases, "--master", address, "--out", out, environment=environment())
    assert done.returncode == FINE, done.stderr
    assert "empty.txt: there is no text" in done.stderr
    assert "other.txt: the same text as again.txt" in done.stderr
    return out


def local(*arguments: str | Path, folder: Path) -> bytes:
    """The sorted N-Quads of a local build."""
    assert run("build", *arguments, "--out", folder / "local", "--quiet").returncode == FINE
    assert main(["export", str(folder / "local"), str(folder / "local.nq")]) == FINE
    return (folder / "local.nq").read_bytes()


def test_a_cluster_builds_the_same_graph(parts: Path, sources: list[Path], tmp_path: Path) -> None:
    whole = b"".join(path.read_bytes() for path in sorted(parts.glob("part-*.nq")))
    assert whole == local(*sources, *GIVEN, "--aliases", sources[-1].parent / "aliases.toml", folder=tmp_path)
    assert all(word in whole.decode() for word in ("investmentMismatch", "outcomeOf", "user-different", "user-same"))


def test_the_manifest_says_what_is_there(parts: Path) -> None:
    manifest = json.loads((parts / MANIFEST).read_text(encoding="utf-8"))
    texts = {part["name"]: (parts / part["name"]).read_bytes() for part in manifest["parts"]}
    assert set(texts) == {path.name for path in parts.glob("part-*")}
    assert {part["name"]: part["sha256"] for part in manifest["parts"]} == {name: sha256(text).hexdigest() for name, text in texts.items()}
    assert manifest["sha256"] == sha256(b"".join(texts.values())).hexdigest()
    assert manifest["quads"] == sum(text.count(b"\n") for text in texts.values())
    assert manifest["documents"] == len(list(SEEDS.glob("*.txt"))) + len(INVENTED) - 2


def test_a_table_of_any_source_is_read(address: str, tmp_path: Path) -> None:
    texts = {f"rows.jsonl#{number}": text for number, text in enumerate(INVENTED.values(), start=1) if text.strip()}
    (tmp_path / "rows.jsonl").write_text(
        "\n".join(json.dumps({"正文": text, "日期": "2023-08"}, ensure_ascii=False) for text in texts.values()), encoding="utf-8"
    )
    command = [sys.executable, "-c", TABLE, address, str(tmp_path / "out"), *(f"{name}={text}" for name, text in texts.items())]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == sha256(local(tmp_path / "rows.jsonl", folder=tmp_path)).hexdigest()


def test_a_cluster_that_is_none_gets_one_line(address: str, sources: list[Path], tmp_path: Path) -> None:
    done = run("spark", sources[-1], "--master", "nowhere", "--out", tmp_path, "--lang", "en", environment=environment())
    assert done.returncode == BAD_INPUT
    assert done.stderr.splitlines()[-1].startswith("Spark did not finish:")
    assert "nowhere" in done.stderr.splitlines()[-1]


def test_without_the_extra_one_line_says_what_to_install(
    sources: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.delitem(sys.modules, "kg.spark", raising=False)
    monkeypatch.delattr("kg.spark", raising=False)
    assert main(["spark", str(sources[-1]), "--out", str(tmp_path), "--lang", "en"]) == BAD_INPUT
    assert "pip install 'district-kg[spark]'" in capsys.readouterr().err
