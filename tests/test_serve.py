"""``kg serve`` as a real process: what it answers, in which formats, and what it refuses."""

import csv
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
import rdflib
from article import Kg
from browser import Page
from hostile import KINDS, Attack, attack, attacks, request
from sample import FACTS
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from kg.export.formats import write
from kg.rdf.graph import build_graph
from kg.rdf.query import named_queries
from kg.serve.answering import RESULT_LIMIT
from kg.serve.server import BODY_LIMIT

SECONDS = 2
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FIRMS = "SELECT ?name { ?firm a dkg:Enterprise ; skos:prefLabel ?name } ORDER BY ?name"
NAMES = ["宏远汽车", "宏远零部件", "江州青河云帆机械有限公司"]
DESCRIBE = "CONSTRUCT { ?firm skos:prefLabel ?name } { ?firm a dkg:Enterprise ; skos:prefLabel ?name }"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        return self.headers["Content-Type"].partition(";")[0]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("serve") / "graph.ttl"
    write(build_graph(FACTS), path)
    return path


@contextmanager
def serving(graph: Path, seconds: float = SECONDS, lang: str = "en") -> Iterator[str]:
    """The address of ``kg serve`` while it runs; in the end it leaves without a word."""
    command = [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0", "--timeout", str(seconds), "--lang", lang]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout
        assert server.stderr
        said = re.match(rf"{re.escape(str(graph))}[：:]\s*(http://127\.0\.0\.1:\d+/)", server.stdout.readline())
        assert said, server.stderr.read()
        yield said[1]
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=10) == 130
        assert server.stderr.read() == ""


@pytest.fixture(scope="module")
def url(sample: Path) -> Iterator[str]:
    with serving(sample) as address:
        yield address


def fetch(url: str, data: bytes | None = None, method: str | None = None, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data=data, headers=named, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return Reply(answer.status, dict(answer.headers), answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Reply(error.code, dict(error.headers), error.read())


def ask(url: str, query: str, accept: str = "application/sparql-results+json") -> Reply:
    return fetch(f"{url}sparql?{urlencode({'query': query})}", Accept=accept)


def names(reply: Reply) -> list[str]:
    assert reply.status == 200, reply.body
    return [row["name"]["value"] for row in json.loads(reply.body)["results"]["bindings"]]


def test_the_three_ways_to_ask(url: str) -> None:
    form = urlencode({"query": FIRMS}).encode()
    ways = [ask(url, FIRMS), fetch(f"{url}sparql", form, Content_Type=FORM), fetch(f"{url}sparql", FIRMS.encode(), Content_Type=QUERY)]
    assert [names(reply) for reply in ways] == [NAMES] * 3
    assert {reply.headers["Access-Control-Allow-Origin"] for reply in ways} == {"*"}


def test_each_format_says_the_same(url: str) -> None:
    xml, table, tabs = (ask(url, FIRMS, kind) for kind in ("application/sparql-results+xml", "text/csv", "text/tab-separated-values"))
    literal = "{http://www.w3.org/2005/sparql-results#}literal"
    assert [node.text for node in ElementTree.fromstring(xml.body).iter(literal)] == NAMES
    assert [row["name"] for row in csv.DictReader(io.StringIO(table.body.decode()))] == NAMES
    assert tabs.body.decode().splitlines() == ["?name", *(f'"{name}"@zh' for name in NAMES)]
    for accept in ("text/turtle", "application/n-triples"):
        reply = ask(url, DESCRIBE, accept)
        parsed = rdflib.Graph().parse(data=reply.body, format=accept)
        assert sorted(map(str, parsed.objects())) == sorted(NAMES)


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        ("ASK {}", "", "application/sparql-results+json"),
        ("ASK {}", "*/*", "application/sparql-results+json"),
        ("ASK {}", "text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("ASK {}", "text/html, text/csv;q=0.2, */*;q=0.1", "text/csv"),
        ("ASK {}", "application/sparql-results+json;q=0, */*;q=0.5", "application/json"),
        ("ASK {}", "text/turtle, application/json;q=0.5", "application/json"),
        ("ASK {}", "TEXT/CSV", "text/csv"),
        (FIRMS, "text/*", "text/csv"),
        (DESCRIBE, "*/*", "text/turtle"),
        (DESCRIBE, "application/*", "application/n-triples"),
        ("DESCRIBE <x:y>", "application/n-triples, text/turtle;q=0.9", "application/n-triples"),
    ],
)
def test_negotiation(url: str, query: str, accept: str, media: str) -> None:
    reply = ask(url, query, accept)
    assert (reply.status, reply.media) == (200, media)


@pytest.mark.parametrize(("query", "accept"), [(FIRMS, "text/html"), (DESCRIBE, "text/csv"), (FIRMS, "*/*;q=0"), (FIRMS, "text/csv;q=x")])
def test_formats_that_there_are_not(url: str, query: str, accept: str) -> None:
    assert ask(url, query, accept).status == 406


INSERT = "INSERT DATA { <a:b> <a:b> <a:b> }"
REFUSED = [
    (INSERT, 403, "read-only"),
    ("LOAD <http://127.0.0.1/x>", 403, "read-only"),
    ("DROP ALL", 403, "read-only"),
    ("SELECT * { SERVICE <http://127.0.0.1:9999/> { ?s ?p ?o } }", 403, "SERVICE"),
    ("SELECT * { ?s ?p 1service silent ?x { ?s ?p ?o } }", 403, "SERVICE"),
    ("SELECT * { FILTER(?a<?b#>'''\n) SERVICE <http://127.0.0.1:9999/> {} #'''\n}", 403, "SERVICE"),
    ("ASK { { ?s ?p ?o } UNION { SERVICE SILENT ?where { ?s ?p 'service' } } }", 403, "SERVICE"),
    ("PREFIX : <http://127.0.0.1:9999/> SELECT * { ?s ?p ?o . SERVICE:x { ?s ?p ?o } }", 403, "SERVICE"),
    ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?SERVICE SERVICE<http://127.0.0.1:9999/>{?s ?p ?o} }", 403, "SERVICE"),
    ("SELECT * { ?s <a:p>?SERVICE <http://127.0.0.1:9999/> { ?s ?p ?o } }", 400, "not a SPARQL query"),
    ("SELECT * { ?s ?p 'service' nonsense }", 400, "not a SPARQL query"),
    ("SELECT * { \\u0053ERVICE <http://127.0.0.1:9999/> { ?s ?p ?o } }", 400, "not a SPARQL query"),
    ("SELECT nonsense", 400, "not a SPARQL query"),
    ("", 400, "not a SPARQL query"),
]


@pytest.mark.parametrize(("query", "status", "reason"), REFUSED)
def test_queries_that_are_refused(url: str, query: str, status: int, reason: str) -> None:
    reply = ask(url, query)
    assert reply.status == status
    assert reason in reply.body.decode()
    assert reply.body.count(b"\n") == 1


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?service { ?service a dkg:Person }", 1),
        ("SELECT $service { $service a dkg:Person } # SERVICE <http://127.0.0.1:9999/> {}", 1),
        ('SELECT * { BIND("At your service, \\\\service" AS ?x) FILTER(STRLEN(?x) = 25) }', 1),
        ("SELECT * { BIND('''a\nSERVICE <http://127.0.0.1:9999/> {}''' AS ?x) FILTER(STRLEN(?x) = 37) }", 1),
        ("SELECT * { BIND(STR(<http://127.0.0.1/service>) AS ?x) FILTER(STRENDS(?x, 'service')) }", 1),
        ("PREFIX web: <http://127.0.0.1/> SELECT * { ?s schema:serviceType web:service }", 0),
    ],
)
def test_the_word_service_may_stand_where_it_is_no_keyword(url: str, query: str, rows: int) -> None:
    reply = ask(url, query)
    assert reply.status == 200, reply.body
    assert len(json.loads(reply.body)["results"]["bindings"]) == rows


def test_requests_that_are_refused(url: str) -> None:
    form, endpoint = {"Content_Type": FORM}, f"{url}sparql"
    assert fetch(endpoint).status == 400
    assert fetch(f"{endpoint}?query=ASK%7B%7D&query=ASK%7B%7D").status == 400
    assert fetch(f"{endpoint}?query=ASK%7B%7D&default-graph-uri=http%3A%2F%2Fx%2F").status == 400
    assert fetch(endpoint, urlencode({"update": INSERT}).encode(), **form).status == 403
    assert fetch(f"{endpoint}?{urlencode({'update': INSERT})}").status == 403
    assert fetch(endpoint, INSERT.encode(), Content_Type="application/sparql-update").status == 403
    assert fetch(endpoint, b"ASK {}", Content_Type="text/plain").status == 415
    assert fetch(endpoint, b"\xff", Content_Type=QUERY).status == 400
    assert fetch(f"{url}nothing").status == fetch(url, b"query=x", **form).status == fetch(f"{url}../../etc/passwd").status == 404
    assert fetch(endpoint, b"x", method="DELETE").status == 501


@pytest.mark.parametrize(("length", "status"), [(str(BODY_LIMIT + 1), 413), ("9" * 5000, 413), ("-1", 411), ("x", 411), ("", 411)])
def test_a_huge_body_is_refused_before_it_is_read(url: str, length: str, status: int) -> None:
    port = int(url.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(f"POST /sparql HTTP/1.0\r\nContent-Type: {QUERY}\r\nContent-Length: {length}\r\n\r\n".encode())
        assert line.recv(100).split()[1] == str(status).encode()


def test_a_body_at_the_limit_is_read(url: str) -> None:
    query = FIRMS.encode() + b" #"
    assert names(fetch(f"{url}sparql", query.ljust(BODY_LIMIT, b"x"), Content_Type=QUERY)) == NAMES


def test_an_endless_query_is_cut_off_and_others_go_on(url: str) -> None:
    begin = time.monotonic()
    with ThreadPoolExecutor(3) as pool:
        endless = [pool.submit(ask, url, ENDLESS) for _ in range(3)]
        replies = [future.result() for future in endless]
    assert {reply.status for reply in replies} == {503}
    assert {b"more than 2 seconds" in reply.body or b"busy" in reply.body for reply in replies} == {True}
    assert SECONDS <= time.monotonic() - begin < 10 * SECONDS
    assert names(ask(url, FIRMS)) == NAMES


def test_an_answer_too_long_is_refused(url: str) -> None:
    reply = ask(url, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert reply.status == 422
    assert len(reply.body) < 1000
    assert f"{RESULT_LIMIT // 2**20} MiB" in reply.body.decode()


def test_more_clients_than_threads(url: str) -> None:
    with ThreadPoolExecutor(40) as pool:
        replies = list(pool.map(lambda _: ask(url, FIRMS), range(40)))
    assert [names(reply) for reply in replies] == [NAMES] * 40


def test_requests_that_mean_no_good(url: str) -> None:
    """Each has an end within its time, if only that of the line; then the server answers as before."""
    port = int(url.rstrip("/").rpartition(":")[2])
    with ThreadPoolExecutor(20) as pool:
        ends = list(pool.map(lambda what: attack(port, what), attacks(3 * len(KINDS), seed=7)))
    assert set(ends) <= {"", "200", "400", "403", "404", "406", "408", "411", "413", "414", "422", "431", "500", "501", "503", "505"}
    assert names(ask(url, FIRMS)) == NAMES


@pytest.mark.parametrize("path", ["//[", "http://[::1/sparql", "//[/../sparql"])
def test_an_address_that_is_none(url: str, path: str) -> None:
    port = int(url.rstrip("/").rpartition(":")[2])
    assert [attack(port, Attack("path", (request(path, body=body),))) for body in (None, b"ASK {}")] == ["404", "404"]


def test_a_client_may_not_dawdle(url: str) -> None:
    port = int(url.rstrip("/").rpartition(":")[2])
    slow = Attack("slow client", tuple(b"GET / HTTP/1.0\r\nX: " + b"x" if i == 0 else b"x" for i in range(60)), 1)
    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(lambda _: attack(port, slow, patience=40), range(20))) == [""] * 20


def test_a_query_that_takes_all_memory_is_stopped(sample: Path) -> None:
    """Not by time: it would have a minute."""
    with serving(sample, seconds=60) as address:
        reply = ask(address, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i")
        assert (reply.status, b"used up its resources" in reply.body) == (500, True)
        assert names(ask(address, FIRMS)) == NAMES


def test_preflight_and_head(url: str) -> None:
    reply = fetch(f"{url}sparql", method="OPTIONS", Origin="http://example.org", Access_Control_Request_Method="POST")
    assert reply.status == 204
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in reply.headers["Access-Control-Allow-Headers"]
    head = fetch(f"{url}sparql?query={quote('ASK {}')}", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["Content-Length"]) > 0


def test_the_page_asks_nobody_else(url: str) -> None:
    page = fetch(url)
    assert page.media == "text/html"
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    parts = [fetch(f"{url}{name}") for name in ("page.js", "network.js", "vis-network.js", "page.css")]
    assert [part.media for part in parts] == ["text/javascript"] * 3 + ["text/css"]
    assert [part for part in (page, parts[0], parts[1], parts[3]) if b"://" in part.body] == []
    found = json.loads(fetch(f"{url}queries").body)
    assert [query["name"] for query in found] == list(named_queries())


def test_the_page_in_a_browser(url: str, browser: Page) -> None:
    browser.driver.get("about:blank")
    browser.complaints()
    browser.requests()
    browser.driver.get(url)
    WebDriverWait(browser.driver, 10).until(lambda _: len(browser.all("#name option")) > len(named_queries()))
    Select(browser.one("#name")).select_by_value("aliases")
    browser.one("#parameters input").send_keys("江州市青河区")
    browser.one("button").click()
    WebDriverWait(browser.driver, 10).until(lambda _: browser.all("td"))
    assert browser.texts("td") == ["District", "青河区", "江州市青河区", "District", "青河区", "青河"]
    browser.one("td a").click()
    WebDriverWait(browser.driver, 10).until(lambda _: "同比增长7.2%" in browser.texts("td"))
    assert browser.run("document.getElementById('name').value") == "evidence-of"
    browser.one("#parameters input").send_keys("上")
    browser.one("button").click()
    WebDriverWait(browser.driver, 10).until(lambda _: "a name that the graph does not have finds nothing" in browser.one("#status").text)
    browser.one("summary").click()
    text = browser.one("#text")
    text.clear()
    text.send_keys("SELECT ?x ?markup { ?x a dkg:Event BIND('<b>bold</b>' AS ?markup) }")
    browser.one("button").click()
    WebDriverWait(browser.driver, 10).until(lambda _: "<b>bold</b>" in browser.texts("td"))
    browser.one("td a").click()
    WebDriverWait(browser.driver, 10).until(lambda _: "产业对接会" in "".join(browser.texts("pre")))
    assert [address for address in browser.requests() if not address.startswith(url)] == []
    assert [line for line in browser.complaints() if "favicon" not in line] == []


def test_what_is_on_a_list_is_chosen_from_it(url: str, browser: Page) -> None:
    browser.driver.get("about:blank")
    browser.driver.get(f"{url}#projects-by-status")
    WebDriverWait(browser.driver, 10).until(lambda _: browser.all("#p-status option"))
    assert browser.texts("#p-status option")[1:] == ["planned", "signed", "started", "under construction", "completed", "operating"]
    Select(browser.one("#p-status")).select_by_value("planned")
    browser.one("button").click()
    WebDriverWait(browser.driver, 10).until(lambda _: "finds nothing" in browser.one("#status").text)
    Select(browser.one("#p-status")).select_by_value("started")
    browser.one("button").click()
    WebDriverWait(browser.driver, 10).until(lambda _: browser.texts("td"))
    assert "智能传动产业园项目" in browser.texts("td")
    assert browser.run("document.getElementById('p-status').value") == "started"


def test_an_answer_as_a_network(url: str, browser: Page) -> None:
    """Drawn with what relates its things; a click on one leads to its sentences, and nobody else is asked for anything."""
    browser.driver.get("about:blank")
    browser.complaints()
    browser.requests()
    browser.driver.get(f"{url}#enterprises-of-district?{urlencode({'district': '青河区'})}")
    WebDriverWait(browser.driver, 10).until(lambda _: browser.all("td"))
    browser.one("#as-network").click()
    WebDriverWait(browser.driver, 20).until(lambda _: browser.run("network && !network.physics.physicsEnabled"))
    firm = browser.run("network.body.nodeIndices.find((iri) => network.body.nodes[iri].options.label === '宏远汽车')")
    assert browser.run("network.body.data.nodes.length") == len(browser.run("network.body.nodeIndices")) >= 4  # type: ignore[arg-type]
    assert browser.texts(".legend span") == ["district", "enterprise", "industry"]
    labels = browser.run("network.body.data.edges.get().map((edge) => edge.label ?? '')")
    assert isinstance(labels, list)
    assert "located in" in labels
    place = browser.run(f"network.canvasToDOM(network.getPosition({json.dumps(firm)}))")
    assert isinstance(place, dict)
    frame = browser.one("#network")
    x, y = round(place["x"] - frame.size["width"] / 2), round(place["y"] - frame.size["height"] / 2)
    browser.run("document.getElementById('network').scrollIntoView({ block: 'end' })")
    ActionChains(browser.driver).move_to_element_with_offset(frame, x, y).click().perform()
    WebDriverWait(browser.driver, 10).until(lambda _: browser.run("document.getElementById('name').value") == "evidence-of")
    WebDriverWait(browser.driver, 10).until(lambda _: "宏远汽车" in str(browser.run("document.getElementById('p-thing').value")))
    browser.one("#as-table").click()
    WebDriverWait(browser.driver, 10).until(lambda _: "宏远汽车董事长周明远" in browser.texts("td"))
    assert [address for address in browser.requests() if not address.startswith((url, "data:"))] == []
    assert [line for line in browser.complaints() if "favicon" not in line] == []


def test_a_store_is_served_with_a_graph_for_each_document(graph: Path) -> None:
    with serving(graph.parent) as address:
        reply = ask(address, "SELECT DISTINCT ?source { GRAPH ?document { ?figure a dkg:Figure } ?document dcterms:source ?source }")
    assert [row["source"]["value"] for row in json.loads(reply.body)["results"]["bindings"]] == ["article.md"]


def test_only_this_machine_is_answered(url: str) -> None:
    port = int(url.rstrip("/").rpartition(":")[2])
    others = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in sorted(others):
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((address, port), timeout=5)


def test_a_port_in_use_and_other_refusals(url: str, sample: Path, command: Kg, tmp_path: Path) -> None:
    port = url.rstrip("/").rpartition(":")[2]
    cases = [(sample, ["--port", port], f"--port {port}"), (sample, ["--port", "70000"], "--port 70000")]
    cases += [(sample, ["--timeout", "0"], "--timeout 0"), (tmp_path / "missing.ttl", [], "missing.ttl")]
    for graph, options, reason in cases:
        done = command("serve", graph, *options, "--lang", "en", environment=os.environ)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
        assert reason in done.stderr


def test_the_page_speaks_chinese(sample: Path, browser: Page) -> None:
    with serving(sample, lang="zh") as address:
        browser.driver.get(f"{address}#projects-by-status")
        WebDriverWait(browser.driver, 10).until(lambda _: browser.all("td"))
        assert browser.texts("th") == ["阶段", "项目", "所在地", "承担者", "总投资"]
        assert browser.texts("td")[:2] == ["开工", "智能传动产业园项目"]
