"""How soon the page shows something, beside plain pyvis with physics of the same graph, in one headless Chromium.

Also: how long a step of zoom and pan takes to draw, and how large the file is, as a share of 1.5 MB plus 400 bytes a fact and,
without what every page has, for each fact. Run by hand: ``python benchmarks/page.py [nodes …]``; needs Chromium and its driver
(``make browser``). Plain pyvis is given up after a while, and takes longer than that then.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from pyvis.network import Network
from selenium import webdriver
from selenium.common.exceptions import TimeoutException
from urllib3.exceptions import ReadTimeoutError

from kg.facts.entity import Entity
from kg.facts.figure import Figure, Measure, Status
from kg.facts.knowledge import Facts
from kg.facts.relation import Relation
from kg.language.quantity import Bound
from kg.text.document import Document, Metadata
from kg.text.sentence import Evidence, Span
from kg.view.page import page, write_page

_SIZES = (500, 1_000, 5_000, 20_000)
_PATIENCE = 100
"""Seconds after which a page is given up."""
_BARE = len(page(Facts((), (), (), ())).encode())
"""Bytes of a page without facts."""
_SHARES = {
    "District": 4,
    "Enterprise": 24,
    "Project": 16,
    "Programme": 28,
    "Industry": 8,
    "Organization": 7,
    "Place": 6,
    "Event": 4,
    "Person": 3,
}
"""How many of a hundred things are of each class, about as in real articles."""
_TIES = {
    "Enterprise": ("locatedIn", "District"),
    "Project": ("locatedIn", "District"),
    "Programme": ("hasPart", "Programme"),
    "Industry": ("inIndustry", "Enterprise"),
    "Organization": ("partOf", "District"),
    "Place": ("locatedIn", "District"),
    "Event": ("organises", "Organization"),
    "Person": ("holdsPosition", "Organization"),
    "District": ("partOf", "District"),
}
_CHARACTERS = "云江远航青河宏安达新区盛华瑞丰金海天城东南西北中光明智造车电材科"


def graph(size: int) -> Facts:
    """An invented graph of ``size`` things, always the same: districts with what is in them, a few ties across, figures, texts."""
    dice = Random(size)
    documents = tuple(_documents(dice, max(size // 80, 2)))
    entities = tuple(_entities(dice, size))
    relations = tuple(_relations(dice, entities, documents))
    figures = tuple(_figures(dice, entities, documents))
    return Facts(documents, entities, relations, figures)


def _documents(dice: Random, count: int) -> Iterator[Document]:
    for number in range(count):
        sentences = ("".join(dice.choices(_CHARACTERS, k=40)) for _ in range(60))
        yield Document(f"{number:016x}", f"{number}.txt", "。".join(sentences), Metadata(f"文献{number}", "日报", "2024-08"))


def _entities(dice: Random, size: int) -> Iterator[Entity]:
    kinds = [kind for kind, share in _SHARES.items() for _ in range(share)]
    for number in range(size):
        kind = kinds[number * 37 % 100]
        name = "".join(dice.choices(_CHARACTERS, k=6)) + str(number)
        yield Entity(f"{kind}/{name}", kind, name)


def _evidence(dice: Random, documents: tuple[Document, ...]) -> Evidence:
    begin = dice.randrange(2000)
    return Evidence(dice.choice(documents).id, (Span(begin, begin + dice.randrange(8, 60)),))


def _relations(dice: Random, entities: tuple[Entity, ...], documents: tuple[Document, ...]) -> Iterator[Relation]:
    """Each thing tied to one that may be its head, near it in number, so that there are communities; then ties across."""
    heads = {kind: [e for e in entities if e.type == kind] for kind in _SHARES}
    for number, entity in enumerate(entities):
        predicate, kind = _TIES[entity.type]
        among = heads[kind]
        head = among[min(int(number / len(entities) * len(among) / 12) * 12 + int(dice.random() ** 3 * 12), len(among) - 1)]
        for target in (head, dice.choice(among) if dice.random() < 0.15 else head, dice.choice(heads["District"])):
            if target.key != entity.key and (target is head or dice.random() < 0.3):
                yield Relation(entity.key, predicate, target.key, _evidence(dice, documents), "r")


def _figures(dice: Random, entities: tuple[Entity, ...], documents: tuple[Document, ...]) -> Iterator[Figure]:
    for entity in dice.choices(entities, k=len(entities) // 2):
        value = dice.randrange(1, 10_000)
        yield Figure(
            entity.key,
            f"指标{dice.randrange(60)}",
            Decimal(value),
            "亿元",
            Bound.EQUAL,
            Measure.LEVEL,
            dice.choice((Status.ACTUAL, Status.TARGET)),
            str(2018 + dice.randrange(7)),
            f"{value}亿元",
            _evidence(dice, documents),
            "r",
        )


def plain(facts: Facts, path: Path) -> None:
    """The same graph as pyvis by itself writes it: physics on, everything in one file."""
    network = Network(cdn_resources="in_line", directed=True)
    for entity in facts.entities:
        network.add_node(entity.key, label=entity.name, group=entity.type)
    for source, target in sorted({(r.subject, r.object) for r in facts.relations}):
        network.edges.append({"from": source, "to": target})
    html = network.generate_html(notebook=False)
    mark = "<script>network.once('stabilizationIterationsDone', () => performance.mark('picture'))</script></body>"
    path.write_text(html.replace("</body>", mark), encoding="utf-8")


def browser(profile: str) -> webdriver.Chrome:
    """A headless Chromium with a network of its own: none."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,800", "--host-resolver-rules=MAP * ~NOTFOUND"):
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={profile}")
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def first_picture(driver: webdriver.Chrome, path: Path) -> float | None:
    """Seconds from the start of loading to the first finished drawing; None where it does not come in time."""
    script = "return performance.getEntriesByName('picture')[0]?.startTime ?? null"
    driver.set_page_load_timeout(_PATIENCE)
    driver.set_script_timeout(_PATIENCE)
    driver.get("about:blank")
    time.sleep(1)  # a browser just started is still busy with itself
    begin = time.monotonic()
    try:
        driver.get(path.as_uri())
        while time.monotonic() - begin < _PATIENCE:
            if seen := driver.execute_script(script):
                return float(seen) / 1000
            time.sleep(0.1)
    except (TimeoutException, ReadTimeoutError):
        pass  # so busy that it does not even answer
    return None


_STEPS = """
    const times = [];
    for (let i = 0; i < 20; i += 1) {
        const begin = performance.now();
        const at = network.getViewPosition();
        network.moveTo({ scale: network.getScale() * (i % 2 ? 1.1 : 1 / 1.1), position: { x: at.x + 5, y: at.y } });
        network.redraw();
        frame.querySelector("canvas").getContext("2d").getImageData(0, 0, 1, 1);
        times.push(performance.now() - begin);
    }
    return times.sort((a, b) => a - b)[10];
"""
_OPEN_ALL = "for (const { index } of communities) opened.add(index); arrange(); emphasise(); showAll();"


def steps(driver: webdriver.Chrome) -> tuple[float, float]:
    """Milliseconds that a step of zoom and pan takes to draw, the median of twenty: as the page opens, and with all communities opened."""
    first = float(driver.execute_script(_STEPS))
    driver.execute_script(_OPEN_ALL)
    return first, float(driver.execute_script(_STEPS))


@dataclass(frozen=True, slots=True)
class Page:
    """What was measured of our page; seconds, milliseconds and bytes."""

    build: float
    picture: float
    step: float
    open_step: float
    size: int
    facts: int

    def __str__(self) -> str:
        share = self.size / (1_500_000 + 400 * self.facts)
        return (
            f"{self.build:7.1f} {self.size / 1e6:6.2f} {share:9.0%} {(self.size - _BARE) / self.facts:10.0f}"
            f" {self.picture:9.2f} {self.step:8.1f} {self.open_step:12.1f}"
        )


def ours(facts: Facts, folder: Path, runs: int) -> Page:
    """Our page, each figure the least of several runs: what else the machine does only ever adds."""
    path = folder / "graph.html"
    begin = time.perf_counter()
    write_page(facts, path)
    built = time.perf_counter() - begin
    seen, first, opened = [], [], []
    for run in range(runs):
        driver = browser(f"{folder}/ours{run}")
        picture = first_picture(driver, path)
        assert picture, "no picture"
        step, open_step = steps(driver)
        driver.quit()
        seen.append(picture)
        first.append(step)
        opened.append(open_step)
    return Page(built, min(seen), min(first), min(opened), path.stat().st_size, len(facts.relations) + len(facts.figures))


def theirs(facts: Facts, folder: Path) -> float | None:
    """Seconds that plain pyvis takes to its picture; the browser is left to its end, for it may never answer again."""
    path = folder / "pyvis.html"
    plain(facts, path)
    driver = browser(f"{folder}/theirs")
    try:
        return first_picture(driver, path)
    finally:
        driver.service.stop()


def line(size: int, folder: Path, runs: int) -> str:
    """What is measured of a graph of ``size`` things."""
    facts = graph(size)
    own, other = ours(facts, folder, runs), theirs(facts, folder)
    told = f"{other:8.1f} {other / own.picture:6.0f}" if other else f"{f'>{_PATIENCE}':>8} {f'>{_PATIENCE / own.picture:.0f}':>6}"
    return f"{size:6} {own} {told}"


def main(sizes: list[int], runs: int) -> None:
    """Print one line a size."""
    print(" nodes build s     MB  of limit bytes/fact picture s  step ms  all open ms  pyvis s  ratio", flush=True)
    for size in sizes:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            print(line(size, Path(folder), runs), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("nodes", nargs="*", type=int, default=_SIZES, help="sizes of the graphs")
    parser.add_argument("--runs", type=int, default=3, help="times that our page is opened; the least counts")
    options = parser.parse_args()
    main(list(options.nodes), options.runs)
