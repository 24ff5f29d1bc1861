"""A build as a whole: the same bytes whatever the circumstances, and evidence that stands in the text."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from article import ARTICLE, Kg
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV

import kg
from kg.text.document import Document
from kg.text.reading import read
from kg.vocabulary import DKG, NIF

SEEDS = Path(__file__).parent.parent / "seeds"
CIRCUMSTANCES = [("0", 1), ("1", 2), ("4242", 1)]
"""Hash seed and number of workers."""


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("sources")
    shutil.copytree(SEEDS, folder / "seeds")
    (folder / "article.md").write_text(ARTICLE, encoding="utf-8")
    return [*sorted((folder / "seeds").glob("*.txt")), folder / "article.md"]


def test_the_same_bytes_every_time(command: Kg, sources: list[Path], tmp_path: Path) -> None:
    graphs, pages = set(), set()
    for number, (seed, workers) in enumerate(CIRCUMSTANCES):
        out = tmp_path / str(number)
        shuffled = random.Random(number).sample(sources, len(sources))
        done = command(
            "build", *shuffled, "--out", out, "--workers", str(workers), "--quiet", environment={**os.environ, "PYTHONHASHSEED": seed}
        )
        assert done.returncode == 0, done.stderr
        graphs.add((out / "graph.ttl").read_bytes())
        pages.add((out / "graph.html").read_bytes())
    assert (len(graphs), len(pages)) == (1, 1)


@pytest.fixture(scope="session")
def seeds() -> Graph:
    return kg.build([str(SEEDS)]).graph


def texts(graph: Graph) -> dict[URIRef, str]:
    """The text of each document of the graph, read from its source again."""
    found = {item.source: item.text for item in read([str(SEEDS)]) if isinstance(item, Document)}
    return {
        node: found[str(graph.value(node, DCTERMS.source))] for node in graph.subjects(RDF.type, DKG.Document) if isinstance(node, URIRef)
    }


def test_every_quotation_stands_in_its_document(seeds: Graph) -> None:
    known = texts(seeds)
    quotations = list(seeds.subjects(RDF.type, DKG.Evidence))
    assert len(quotations) > 100
    for node in quotations:
        begin, end = (seeds.value(node, predicate) for predicate in (NIF.beginIndex, NIF.endIndex))
        document, anchor = seeds.value(node, NIF.referenceContext), seeds.value(node, NIF.anchorOf)
        assert isinstance(begin, Literal)
        assert isinstance(end, Literal)
        assert isinstance(document, URIRef)
        assert known[document][int(begin) : int(end)] == str(anchor) != ""


@pytest.mark.parametrize("kind", [DKG.Figure, RDF.Statement])
def test_every_fact_has_evidence(seeds: Graph, kind: URIRef) -> None:
    facts = list(seeds.subjects(RDF.type, kind))
    assert facts
    assert [fact for fact in facts if not list(seeds.objects(fact, PROV.wasDerivedFrom))] == []


def test_result_is_a_graph_and_a_network() -> None:
    result = kg.build([str(SEEDS)])
    assert isinstance(result.graph, Graph)
    assert len(result.network) == len(result.facts.entities)
    assert result.unreadable == ()


def test_whoever_reads_the_summary_may_leave_early(tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", str(tmp_path / "article.md"), "--out", str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as build:
        assert build.stdout
        assert build.stderr
        build.stdout.close()
        told = build.stderr.read()
    assert (build.returncode, "Broken pipe" in told) == (0, False)
    assert (tmp_path / "out" / "graph.ttl").exists()
