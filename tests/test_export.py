"""Turtle as written: the same triples for every reader, the same bytes for every run, and whole files only."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jena
import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from installed import need
from rdflib import XSD, BNode, Graph, Literal, URIRef
from sample import DOCUMENT, ENTITIES, FACTS

from kg.export import formats as export
from kg.export.formats import write
from kg.facts.knowledge import Facts
from kg.rdf.graph import build_graph
from kg.rdf.turtle import ntriples, read, turtle

ROOT = Path(__file__).parent.parent
GRAPH = build_graph(FACTS)
TEXT = "".join(turtle(GRAPH))

BLOCK = """
district:青河区 a dkg:AdministrativeDivision, dkg:District ;
    skos:prefLabel "青河区"@zh ;
    skos:altLabel "江州市青河区"@zh, "青河"@zh ;
    dkg:divisionCode "999901" ;
    dkg:implements programme:三五工作法 ;
    dkg:organises event:产业对接会 ;
    dkg:partOf district:江州市 .
"""


def test_a_thing_is_one_block_that_reads_well() -> None:
    assert BLOCK in TEXT
    assert "\n    dkg:value 86.50 ;\n" in TEXT


def test_documents_come_first_then_things_then_figures_then_evidence() -> None:
    kinds = ["doc:", "district:", "enterprise:", "programme:", "person:", "membership:", "figure:", "indicator:", "statement:", "<http"]
    starts = [TEXT.index(f"\n{kind}") for kind in kinds]
    assert starts == sorted(starts)


def test_evidence_stands_in_the_order_of_the_text() -> None:
    begins = [int(n) for n in re.findall(r"^<\S+#char=(\d+),\d+> a dkg:Evidence", TEXT, re.MULTILINE)]
    assert begins == sorted(begins)
    assert begins[-1] > 99 > begins[0]


def test_only_prefixes_that_occur_are_declared() -> None:
    declared = re.findall(r"^@prefix (\w+):", TEXT, re.MULTILINE)
    body = TEXT[TEXT.index("\n\n") :]
    assert declared == sorted(declared)
    assert all(re.search(rf"\b{prefix}:", body) for prefix in declared)
    assert "place" not in "".join(turtle(build_graph(Facts((), ENTITIES[:1], (), ()))))


def test_an_empty_graph_is_empty() -> None:
    assert "".join(turtle(Graph())) == ""


LITERALS = st.one_of(
    st.builds(Literal, st.text(st.characters(exclude_categories=["Cs"]))),
    st.builds(lambda text: Literal(text, lang="zh"), st.text(st.characters(exclude_categories=["Cs"]))),
    st.builds(lambda n: Literal(f"{n:f}", datatype=XSD.decimal, normalize=False), st.decimals(allow_nan=False, allow_infinity=False)),
    st.builds(lambda b: Literal(str(b).lower(), datatype=XSD.boolean), st.booleans()),
    st.builds(lambda n: Literal(n, datatype=XSD.integer), st.integers()),
)
IRIS = st.builds(
    "https://example.org/{}{}".format,
    st.text(st.sampled_from("aB0-_.~/:,;=!'()*@&$+?青河·é")) | st.just("%E2%80%9C"),
    st.sampled_from(["", "#", "#char=1,2", "#青河"]),
).map(URIRef)


@given(st.lists(st.tuples(IRIS, IRIS, LITERALS | IRIS), max_size=8))
def test_whatever_is_written_is_read_back(triples: list[tuple[URIRef, URIRef, Literal | URIRef]]) -> None:
    graph = Graph(bind_namespaces="none")
    graph.bind("ex", "https://example.org/")
    for triple in triples:
        graph.add(triple)
    text = "".join(turtle(graph))
    read = {str(quad.triple) for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)}
    same = {str(quad.triple) for quad in pyoxigraph.parse("".join(ntriples(graph)), format=pyoxigraph.RdfFormat.N_TRIPLES)}
    assert read == same
    assert len(read) == len(graph)
    rdflib_read = Graph().parse(data=text, format="turtle")
    assert {s for s, _, _ in rdflib_read} == {s for s, _, _ in graph}
    assert {str(o) for _, _, o in rdflib_read if getattr(o, "language", None)} == {
        str(o) for _, _, o in graph if getattr(o, "language", None)
    }


def test_a_blank_node_of_a_foreign_graph_is_kept() -> None:
    graph = Graph()
    graph.add((BNode("x"), URIRef("https://example.org/p"), Literal("y")))
    assert "".join(turtle(graph)).strip() == '_:x <https://example.org/p> "y" .'


def test_ntriples_are_sorted_and_say_the_same(tmp_path: Path) -> None:
    write(GRAPH, tmp_path / "graph.nt")
    lines = (tmp_path / "graph.nt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    assert len(lines) == len(GRAPH)
    assert set(Graph().parse(tmp_path / "graph.nt", format="nt")) == set(Graph().parse(data=TEXT, format="turtle"))


def test_what_is_read_is_written_back_to_the_byte(tmp_path: Path) -> None:
    for name in ("graph.ttl", "graph.nt"):
        write(GRAPH, tmp_path / name)
        write(read(tmp_path / name), tmp_path / f"again-{name}")
        assert (tmp_path / f"again-{name}").read_bytes() == (tmp_path / name).read_bytes()


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("as before")

    def broken(_: Graph) -> Iterator[str]:
        yield "half"
        raise OSError("disk full")

    monkeypatch.setitem(export.FILES, "ttl", broken)
    with pytest.raises(OSError, match="disk full"):
        write(GRAPH, path)
    assert [file.name for file in tmp_path.iterdir()] == ["graph.ttl"]
    assert path.read_text() == "as before"


def test_the_hash_seed_does_not_matter(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from sample import FACTS; "
    code += "from kg.rdf.graph import build_graph; from kg.export.formats import write; "
    code += "write(build_graph(FACTS), Path(sys.argv[1]))"
    for seed in ("1", "42"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / f"{seed}.ttl")], env=environment, check=True)
    assert {(tmp_path / f"{seed}.ttl").read_bytes() for seed in ("1", "42")} == {TEXT.encode()}


# ---------------------------------------------------------------- foreign readers


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, int]:
    """Every Turtle file there is to read, with its number of triples: the ontology's, the sample's, one with hostile names."""
    folder = tmp_path_factory.mktemp("turtle")
    write(GRAPH, folder / "sample.ttl")
    names = (
        '引"号',
        "</script>",
        "a\nb\tc\r",
        "\u2028",
        "😀",
        "\u202eعربי",
        "<{|}>^`\\",
        "..",
        "%zz",
        "e\u0301\u1100\u1161豈",
        "\x07",
        "-",
        "",
    )
    entities = tuple(replace(ENTITIES[3], key=f"Enterprise/{name}", name=name) for name in names)
    write(build_graph(Facts((DOCUMENT,), entities, (), ())), folder / "hostile.ttl")
    paths = [*sorted((ROOT / "ontology").glob("*.ttl")), folder / "hostile.ttl", folder / "sample.ttl"]
    counts = {path: len(Graph().parse(path, format="turtle")) for path in paths}
    assert counts[folder / "sample.ttl"] == len(GRAPH)
    return counts


def test_pyoxigraph_reads_it(files: dict[Path, int]) -> None:
    assert {path: len(set(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))) for path in files} == files


def test_rapper_reads_it(files: dict[Path, int]) -> None:
    need(shutil.which("rapper"), "rapper")
    for path, count in files.items():
        done = subprocess.run(["rapper", "-c", "-i", "turtle", str(path)], capture_output=True, text=True)
        assert re.findall(r"Parsing returned (\d+) triples", done.stderr) == [str(count)], done.stderr
        assert not re.search("[Ww]arning|[Ee]rror", done.stderr)


def test_riot_reads_it(files: dict[Path, int], tmp_path: Path) -> None:
    need(jena.is_installed(), "Apache Jena")
    done = jena.jena(tmp_path, "riotcmd.riot", "--count", *map(str, files))
    said = done.stdout + done.stderr
    counted = re.findall(r"^file://(\S+) : Triples = ([\d,]+)$", said, re.MULTILINE)
    assert {Path(name): int(count.replace(",", "")) for name, count in counted} == files
    assert not re.search("WARN|ERROR", said)
