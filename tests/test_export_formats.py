"""Every format of an export, loaded back by the reader that its users have: as many facts as went in, and the same ones."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import jgrapht
import networkx
import pandas
import pyoxigraph
import pytest
from installed import need
from lxml import etree
from rdflib import RDF, Dataset, Graph, URIRef
from rdflib.namespace import PROV
from sample import DOCUMENT, ENTITIES, FACTS, FIGURES, FIRM, RELATIONS, TEXT

from kg.export.formats import FILES, FOLDERS, FORMATS, UnknownFormat, format_of, write
from kg.facts.knowledge import Facts
from kg.rdf.graph import build_graph
from kg.rdf.turtle import ntriples
from kg.text.document import Metadata
from kg.text.sentence import Evidence
from kg.vocabulary import DKG, NIF

ROOT = Path(__file__).parent.parent
SECOND = replace(DOCUMENT, id="f" * 16, source="second.txt", metadata=Metadata("再看青河"))
TWICE = replace(RELATIONS[0], evidence=Evidence(SECOND.id, RELATIONS[0].evidence.spans))
"""A relation that a second document states too."""
ODD = replace(ENTITIES[4], key="Enterprise/怪", name='怪\x07"名",<&>\u2028]]>\n第二行', aliases=("a|b;c",))
"""A name with what XML forbids and what CSV must quote."""
FACTS_OF_TWO = Facts((DOCUMENT, SECOND), (*ENTITIES, ODD), (*RELATIONS, TWICE), FIGURES)
GRAPH = build_graph(FACTS_OF_TWO)
STATEMENTS = len({(r.subject, r.predicate, r.object) for r in RELATIONS})
TEXTS = len({(r.predicate, r.object) for r in RELATIONS if r.literal})
GROWTHS = len(list(GRAPH.triples((None, DKG.growthOf, None))))
NODES = len(FACTS_OF_TWO.entities) + len(FIGURES) + len(FACTS_OF_TWO.documents) + TEXTS
EDGES = STATEMENTS + 2 * len(FIGURES) + GROWTHS
"""Each figure is about a thing and derived from a document."""
TABLES = ("documents", "entities", "relations", "figures", "evidence")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    for suffix in FILES:
        write(GRAPH, folder / f"graph.{suffix}")
    for name in FOLDERS:
        write(GRAPH, folder / name, name)
    return folder


def test_the_sample_has_something_of_everything() -> None:
    assert min(STATEMENTS, TEXTS, GROWTHS) >= 1
    assert len(RELATIONS) > STATEMENTS


# ---------------------------------------------------------------- RDF


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")  # its parsers use what it has deprecated
@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld", "nq", "trig"])
def test_rdflib_and_pyoxigraph_read_the_same_triples(folder: Path, suffix: str) -> None:
    path = folder / f"graph.{suffix}"
    quads = pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.from_extension(suffix))
    dataset = Dataset(default_union=True).parse(data=path.read_bytes(), format={"jsonld": "json-ld", "nq": "nquads"}.get(suffix, suffix))
    plain = "".join(ntriples(GRAPH))
    assert {quad.triple for quad in quads} == {quad.triple for quad in pyoxigraph.parse(plain, format=pyoxigraph.RdfFormat.N_TRIPLES)}
    assert {quad[:3] for quad in dataset.quads()} == set(Graph().parse(data=plain, format="nt"))
    assert len(plain.splitlines()) == len(GRAPH)


@pytest.mark.parametrize("suffix", ["nq", "trig"])
def test_each_document_is_a_named_graph_that_holds_what_it_says(folder: Path, suffix: str) -> None:
    store = pyoxigraph.Store()
    store.bulk_load(path=str(folder / f"graph.{suffix}"), format=pyoxigraph.RdfFormat.from_extension(suffix))
    facts = "VALUES ?kind { rdf:Statement dkg:Figure } ?f a ?kind ; prov:wasDerivedFrom/nif:referenceContext ?g"
    text = f"SELECT ?g (COUNT(DISTINCT ?f) AS ?facts) {{ GRAPH ?g {{ {facts} }} }} GROUP BY ?g"
    answer = store.query(text, prefixes={"rdf": str(RDF), "prov": str(PROV), "nif": str(NIF), "dkg": str(DKG)})
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    counts = {row["g"].value[-16:]: int(row["facts"].value) for row in answer}
    assert counts == {DOCUMENT.id: STATEMENTS + len(FIGURES), SECOND.id: 1}
    second = pyoxigraph.NamedNode(f"https://w3id.org/district-kg/id/doc/{SECOND.id}")
    said = {str(quad.predicate).rpartition("#")[2].rstrip(">") for quad in store.quads_for_pattern(None, None, None, second)}
    assert {"partOf", "anchorOf", "quote"} <= said
    assert not {"prefLabel", "locatedIn", "value"} & said
    assert {quad.graph_name for quad in store if "prefLabel" in quad.predicate.value} == {pyoxigraph.DefaultGraph()}


def test_a_quote_is_only_with_the_document_it_is_from() -> None:
    lines = (TEXT.splitlines()[0] + "\n", "区委提出“三五”工作法")
    texts = (replace(SECOND, text=lines[0]), replace(DOCUMENT, text=lines[1]))
    spans = (replace(RELATIONS[0].evidence.spans[0], begin=0, end=3), replace(RELATIONS[0].evidence.spans[0], begin=4, end=9))
    twins = tuple(replace(RELATIONS[0], evidence=Evidence(text.id, (span,))) for text, span in zip(texts, spans, strict=True))
    pieces = "".join(FILES["nq"](build_graph(Facts(texts, ENTITIES[:2], twins, ()))))
    quotes = [line for line in pieces.splitlines() if "ontology#quote>" in line]
    assert [line.split('"')[1] in lines[SECOND.id not in line] for line in quotes] == [True, True]


# ---------------------------------------------------------------- networks


def _networks(folder: Path) -> Mapping[str, networkx.MultiDiGraph]:
    return {
        "graphml": networkx.read_graphml(folder / "graph.graphml", force_multigraph=True),
        "gexf": networkx.MultiDiGraph(networkx.read_gexf(folder / "graph.gexf")),
    }


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_networkx_reads_the_network(folder: Path, suffix: str) -> None:
    net = _networks(folder)[suffix]
    assert (len(net), net.number_of_edges()) == (NODES, EDGES)
    firm = next(name for name, about in net.nodes(data=True) if about["label"] == "江州青河云帆机械有限公司")
    assert net.nodes[firm]["class"] == "Enterprise"
    labels = sorted(about["label"] for _, _, about in net.out_edges(firm, data=True))
    assert labels == sorted(r.predicate for r in RELATIONS if r.subject == FIRM)


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_a_network_keeps_the_evidence(folder: Path, suffix: str) -> None:
    net = _networks(folder)[suffix]
    edges = [about for *_, about in net.edges(data=True) if about["label"] == "supplies"]
    figures = [about for _, about in net.nodes(data=True) if about.get("indicator") == "就业率"]
    for about, quote in ((edges[0], "为宏远汽车配套"), (figures[0], "就业率达到95%左右")):
        assert about["quote"] == quote
        pieces = [TEXT[slice(*map(int, offset.split(",")))] for offset in about["offsets"].split("|")]
        assert sorted(pieces) == sorted(["就业率", "达到95%左右"] if len(pieces) > 1 else [quote])
        assert {document[-16:] for document in about["document"].split("|")} == {DOCUMENT.id}
    assert figures[0]["value"] == 95.0


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_what_xml_forbids_is_left_out_and_the_rest_kept(folder: Path, suffix: str) -> None:
    labels = [about["label"] for _, about in _networks(folder)[suffix].nodes(data=True)]
    assert ODD.name.replace("\x07", "") in labels


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, etree.XMLSchema]:
    need(jgrapht.is_installed(), "JGraphT")
    return {suffix: jgrapht.schema(tmp_path_factory.mktemp(suffix), suffix) for suffix in ("graphml", "gexf")}


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_a_network_is_valid(schemas: Mapping[str, etree.XMLSchema], suffix: str) -> None:
    for graph in (GRAPH, Graph()):
        schemas[suffix].assertValid(etree.fromstring("".join(FILES[suffix](graph)).encode()))


@pytest.mark.parametrize(
    ("suffix", "said", "wrong"),
    [
        ("graphml", 'id="n1"', 'id="https://example.org/1"'),
        ("graphml", 'id="n1"', 'id="n0"'),
        ("graphml", 'target="n0"', 'target="n99999"'),
        ("graphml", 'attr.type="double"', 'attr.type="decimal"'),
        ("gexf", "<edge ", '<edge name="x" '),
        ("gexf", 'type="double"', 'type="decimal"'),
        ("gexf", "<nodes>", "<nodes><data />"),
    ],
)
def test_a_schema_finds_what_is_wrong(schemas: Mapping[str, etree.XMLSchema], suffix: str, said: str, wrong: str) -> None:
    text = "".join(FILES[suffix](GRAPH))
    assert said in text
    assert not schemas[suffix].validate(etree.fromstring(text.replace(said, wrong, 1).encode()))


def test_what_gexf_refers_to_is_there(folder: Path) -> None:
    """Its schema does not say so, as that of GraphML does."""
    space = "{http://www.gexf.net/1.2draft}"
    graph = ElementTree.parse(folder / "graph.gexf").getroot()[0]
    for part, count in (("node", NODES), ("edge", EDGES)):
        declared = {a.get("id") for block in graph if block.get("class") == part for a in block}
        items = list(graph.iter(f"{space}{part}"))
        assert len({item.get("id") for item in items}) == len(items) == count
        assert {value.get("for") for item in items for value in item.iter(f"{space}attvalue")} == declared
    ends = {edge.get(end) for edge in graph.iter(f"{space}edge") for end in ("source", "target")}
    assert ends <= {node.get("id") for node in graph.iter(f"{space}node")}


# ---------------------------------------------------------------- tables


def _read(folder: Path) -> Mapping[str, pandas.DataFrame]:
    """The tables as pandas reads them with the types that the package declares."""
    package = json.loads((folder / "tables" / "datapackage.json").read_text(encoding="utf-8"))
    types = {"string": "string", "integer": "int64", "number": "float64", "boolean": "boolean", "date": "string"}
    found = {}
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        table = pandas.read_csv(
            folder / "tables" / resource["path"],
            dtype={field["name"]: types[field["type"]] for field in fields},
            keep_default_na=False,
            na_values={field["name"]: resource["schema"]["missingValues"] for field in fields},
        )
        assert list(table.columns) == [field["name"] for field in fields]
        found[resource["name"]] = table
    return found


def test_pandas_reads_as_many_rows_as_there_are_facts(folder: Path) -> None:
    counts = {name: len(table) for name, table in _read(folder).items()}
    facts = [fact for kind in (RDF.Statement, DKG.Figure) for fact in GRAPH.subjects(RDF.type, kind)]
    places = {(fact, place) for fact in facts for place in GRAPH.objects(fact, PROV.wasDerivedFrom)}
    entities = len(FACTS_OF_TWO.entities)
    assert counts == {"documents": 2, "entities": entities, "relations": STATEMENTS, "figures": len(FIGURES), "evidence": len(places)}


def test_tables_keep_every_constraint_that_the_package_states(folder: Path) -> None:
    package = json.loads((folder / "tables" / "datapackage.json").read_text(encoding="utf-8"))
    tables = _read(folder)
    assert (package["profile"], sorted(tables)) == ("tabular-data-package", sorted(TABLES))
    for resource in package["resources"]:
        table, schema = tables[resource["name"]], resource["schema"]
        key = schema["primaryKey"]
        assert not table.duplicated(key).any()
        for field in schema["fields"]:
            assert field["description"]
            assert not (field.get("constraints", {}).get("required") and table[field["name"]].isna().any())
            if field["type"] == "date":
                pandas.to_datetime(table[field["name"]].dropna(), format="%Y-%m-%d")
        for foreign in schema["foreignKeys"]:
            known = tables[foreign["reference"]["resource"] or resource["name"]][foreign["reference"]["fields"]]
            assert set(table[foreign["fields"]].dropna()) <= set(known)


def test_tables_say_what_the_graph_says(folder: Path) -> None:
    tables = _read(folder)
    figures = tables["figures"]
    output = figures[(figures.indicator == "规模以上工业总产值") & (figures.measure == "level")].iloc[0]
    assert (output.about_name, output.value, output.normalized_value, output.unit) == ("青河区", 86.5, 8650000000, "亿元")
    assert (output.period, output.period_end, output.bound, output.status) == ("2024-01/2024-06", "2024-06-30", "=", "actual")
    growth = figures[(figures.indicator == "规模以上工业总产值") & (figures.measure == "growth")].iloc[0]
    assert growth.growth_of == output.id
    places = tables["evidence"]
    assert [TEXT[row.begin : row.end] for row in places.itertuples()] == list(places.text)
    posts = tables["relations"].query("predicate == 'holdsPosition'")
    assert sorted(zip(posts.object_name, posts.role, strict=True)) == [("宏远汽车", "董事长"), ("青河区工信局", "局长")]
    texts = tables["relations"][tables["relations"].object.isna()]
    assert set(texts.object_name) == {r.object for r in RELATIONS if r.literal}
    assert ODD.name in set(tables["entities"].name)


def test_numbers_keep_the_digits_of_the_text(folder: Path) -> None:
    with (folder / "tables" / "figures.csv").open(encoding="utf-8", newline="") as file:
        values = {row["value"] for row in csv.DictReader(file)}
    assert "86.50" in values
    assert {Decimal(value) for value in values} == {figure.value for figure in FIGURES}


# ---------------------------------------------------------------- Neo4j


def test_neo4j_gets_nodes_and_relationships(folder: Path) -> None:
    nodes = pandas.read_csv(folder / "neo4j" / "nodes.csv", keep_default_na=False)
    edges = pandas.read_csv(folder / "neo4j" / "relationships.csv", keep_default_na=False)
    assert list(nodes.columns[:2]) == ["iri:ID", ":LABEL"]
    assert list(edges.columns[:3]) == [":START_ID", ":END_ID", ":TYPE"]
    assert (len(nodes), len(edges)) == (NODES, EDGES)
    assert not nodes["iri:ID"].duplicated().any()
    assert {*edges[":START_ID"], *edges[":END_ID"]} <= {*nodes["iri:ID"]}
    assert "District;AdministrativeDivision" in set(nodes[":LABEL"])
    assert {"LOCATED_IN", "ABOUT", "GROWTH_OF", "WAS_DERIVED_FROM"} <= set(edges[":TYPE"])
    assert {86.5, 12.0} <= set(pandas.to_numeric(nodes["value:double"]))
    assert list(edges[edges[":TYPE"] == "SUPPLIES"].quote) == ["为宏远汽车配套"]


def test_neo4j_gets_one_line_a_row(folder: Path) -> None:
    assert len((folder / "neo4j" / "nodes.csv").read_bytes().splitlines()) == NODES + 1


# ---------------------------------------------------------------- all


def test_the_hash_seed_matters_to_no_format(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from sample import FACTS; "
    code += "from kg.rdf.graph import build_graph; from kg.export import formats as export; "
    code += "[export.write(build_graph(FACTS), Path(sys.argv[1]) / name, name) for name in export.FORMATS]"
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "there")], env=environment, check=True)
    for format in FORMATS:
        write(build_graph(FACTS), tmp_path / "here" / format, format)
    files = [path.relative_to(tmp_path / "here") for path in sorted((tmp_path / "here").rglob("*")) if path.is_file()]
    assert len(files) == len(FILES) + len(TABLES) + 1 + 2
    assert [name for name in files if (tmp_path / "there" / name).read_bytes() != (tmp_path / "here" / name).read_bytes()] == []


def test_the_order_of_the_facts_matters_to_no_format(folder: Path, tmp_path: Path) -> None:
    facts = FACTS_OF_TWO
    turned = Facts(facts.documents[::-1], facts.entities[::-1], facts.relations[::-1], facts.figures[::-1])
    graph = build_graph(turned)
    for format in FORMATS:
        write(graph, tmp_path / (f"graph.{format}" if format in FILES else format), format)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [path for path in files if (tmp_path / path.relative_to(folder)).read_bytes() != path.read_bytes()] == []


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_graph_and_a_foreign_one_can_be_written(format: str, tmp_path: Path) -> None:
    foreign = Graph()
    foreign.add((URIRef("urn:a"), URIRef("urn:b"), URIRef("urn:c")))
    foreign.add((URIRef("urn:a"), RDF.type, DKG.Figure))
    for number, graph in enumerate((Graph(), foreign)):
        write(graph, tmp_path / str(number), format)
        path = tmp_path / str(number)
        written = [path] if path.is_file() else [*path.iterdir()]
        assert all(file.stat().st_size for file in written) or not len(graph)


def test_the_name_tells_the_format(tmp_path: Path) -> None:
    (tmp_path / "v1.0").mkdir()
    names = {"a.ttl": "ttl", "b.gexf": "gexf", "tables": "tables", "v1.0": "tables"}
    assert {name: format_of(tmp_path / name) for name in names} == names
    with pytest.raises(UnknownFormat):
        format_of(tmp_path / "graph.xlsx")
