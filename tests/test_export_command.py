"""``kg export`` and ``kg diff`` as people call them."""

import json
from pathlib import Path

import pyoxigraph
import pytest
from sample import FACTS

from kg.cli import EXPORTS, FINE, PROBLEMS, main
from kg.export.formats import FORMATS, write
from kg.rdf.graph import build_graph


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    write(build_graph(FACTS), tmp_path / "graph.ttl")
    return tmp_path / "graph.ttl"


@pytest.fixture
def changed(graph: Path, tmp_path: Path) -> Path:
    text = graph.read_text(encoding="utf-8")
    assert "dkg:value 86.50 ;" in text
    (tmp_path / "new.ttl").write_text(text.replace("dkg:value 86.50 ;", "dkg:value 87.10 ;"), encoding="utf-8")
    return tmp_path / "new.ttl"


def test_the_command_offers_every_format() -> None:
    assert EXPORTS == FORMATS


def test_several_outputs_at_once_and_nothing_beside_them(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new"
    assert main(["export", str(graph), *(str(out / name) for name in ("graph.gexf", "again.ttl", "tables"))]) == FINE
    assert capsys.readouterr() == ("", "")
    assert sorted(path.name for path in out.iterdir()) == ["again.ttl", "graph.gexf", "tables"]
    assert (out / "again.ttl").read_bytes() == graph.read_bytes()
    tables = ["datapackage.json", "documents.csv", "entities.csv", "evidence.csv", "figures.csv", "relations.csv"]
    assert sorted(path.name for path in (out / "tables").iterdir()) == tables


def test_a_folder_for_neo4j(graph: Path, tmp_path: Path) -> None:
    assert main(["export", str(graph), str(tmp_path / "neo4j"), "--format", "neo4j"]) == FINE
    assert sorted(path.name for path in (tmp_path / "neo4j").iterdir()) == ["nodes.csv", "relationships.csv"]


def test_standard_output(graph: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", str(graph), "-", "--format", "jsonld"]) == FINE
    out = capsysbinary.readouterr().out
    assert len(set(pyoxigraph.parse(out, format=pyoxigraph.RdfFormat.JSON_LD))) == len(build_graph(FACTS))


def test_nothing_is_written_where_one_name_tells_no_format(graph: Path, tmp_path: Path) -> None:
    assert main(["export", str(graph), str(tmp_path / "a.nt"), str(tmp_path / "b.xlsx")]) == 2
    assert not (tmp_path / "a.nt").exists()


@pytest.mark.parametrize(
    ("lang", "line", "count"),
    [
        ("zh", "更改 数据 青河区 规模以上工业总产值 2024-01/2024-06 总量 86.50亿元：数值 86.50 → 87.10", "新增 0，更改 1，撤回 0"),
        (
            "en",
            "changed figure 青河区 规模以上工业总产值 2024-01/2024-06 level 86.50亿元: value 86.50 → 87.10",
            "0 added, 1 changed, 0 withdrawn",
        ),
    ],
)
def test_a_difference_in_words(graph: Path, changed: Path, lang: str, line: str, count: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(graph), str(changed), "--lang", lang]) == PROBLEMS
    assert capsys.readouterr().out.splitlines()[:2] == [line, count]


def test_a_difference_as_json(graph: Path, changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(graph), str(changed), "--format", "json"]) == PROBLEMS
    found = json.loads(capsys.readouterr().out)
    assert found["triples"] == {"added": 1, "withdrawn": 1}
    assert [(d["change"], d["kind"], d["fields"]) for d in found["differences"]] == [
        ("changed", "figure", [{"name": "value", "old": "86.50", "new": "87.10"}])
    ]


def test_no_difference(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(graph), str(graph), "--lang", "en"]) == FINE
    assert capsys.readouterr().out == "the graphs are the same\n"
    assert main(["diff", str(graph), str(graph), "--format", "json"]) == FINE
    assert json.loads(capsys.readouterr().out) == {"differences": [], "triples": {"added": 0, "withdrawn": 0}}
