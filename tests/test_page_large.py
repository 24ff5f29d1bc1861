"""The page of a large graph in a real browser: communities first, things on demand."""

from itertools import pairwise
from pathlib import Path

import pytest
from browser import Page
from sample import DOCUMENT
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from kg.facts.entity import Entity
from kg.facts.knowledge import Facts
from kg.facts.relation import Relation
from kg.text.sentence import Evidence, Span
from kg.view.page import write_page


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a graph above the limit: districts with their firms, and people of whom nothing is said."""
    place = Evidence(DOCUMENT.id, (Span(0, 4),))
    areas = [Entity(f"District/{d}区", "District", f"{d}区") for d in range(31)]
    firms = [Entity(f"Enterprise/{d}区{f}厂", "Enterprise", f"{d}区{f}厂") for d in range(31) for f in range(98)]
    people = [Entity(f"Person/{p}", "Person", f"人{p}") for p in range(50)]
    ties = tuple(Relation(firm.key, "locatedIn", f"District/{firm.name.partition('区')[0]}区", place, "r") for firm in firms)
    across = tuple(Relation(a.key, "partnersWith", b.key, place, "r") for a, b in pairwise(areas))
    target = tmp_path_factory.mktemp("large") / "graph.html"
    write_page(Facts((DOCUMENT,), (*areas, *firms, *people), (*ties, *across), ()), target)
    return target


def test_large_graph_opens_on_communities_that_unfold(page: Page, large: Path) -> None:
    page.open(large)
    assert page.run("nodes.length") == page.run("communities.length") == 32
    page.one("#panel .community").click()
    count = int(str(page.run("communities[0].members.length")))
    assert page.run("nodes.length") == 31 + count
    assert page.run("communities[0].members[0].type") == "District"  # the most important one names it
    assert page.one("#panel h2").text.startswith(str(page.run("communities[0].members[0].name")))
    page.driver.refresh()
    assert page.run("nodes.length") == 31 + count
    page.one("#fold").click()
    assert page.run("nodes.length") == 32


def test_what_hangs_together_with_nothing_is_called_by_its_class(page: Page, large: Path) -> None:
    page.open(large)
    assert page.run("communities.filter(({scattered}) => scattered).map((each) => each.names(2))") == [["其他人物"]]
    assert page.run("communities.at(-1).scattered"), "it comes last"
    assert page.run("[communities[0], communities.at(-1)].map((each) => paintOf(kindOf(each), 1).fill === colour('community'))") == [
        True,
        False,
    ]
    page.run("void chooseCommunity(communities.findIndex(({scattered}) => scattered))")
    assert page.one("#panel h2").text == "其他人物"
    assert "共 50 项" in page.one("#panel").text


def test_few_things_need_no_communities(page: Page, large: Path) -> None:
    page.open(large)
    page.choose("relation", "合作方")
    assert page.drawn() == {f"District/{d}区" for d in range(31)}
    assert page.all("#panel .community") == []
    page.still("District/7区")
    page.run("void (network.moveTo({ scale: 0.02, animation: false }), network.redraw())")
    at, frame = page.run("network.canvasToDOM(things[byKey().get('District/7区')])"), page.one("#network").size
    assert isinstance(at, dict)  # what little there is can be seen and hit from afar
    offset = round(at["x"] + 4 - frame["width"] / 2), round(at["y"] + 4 - frame["height"] / 2)
    ActionChains(page.driver).move_to_element_with_offset(page.one("#network"), *offset).click().perform()
    assert page.one("#panel h2").text == "7区"
    page.one("#unfilter").click()
    page.one("#panel .close").click()
    page.one("#legend [data-class=Enterprise]").click()
    assert page.run("nodes.length") == 31 + 50


def test_click_on_a_community_opens_it(page: Page, large: Path) -> None:
    page.open(large)
    at, frame = page.run("network.canvasToDOM(communities[3])"), page.one("#network").size
    assert isinstance(at, dict)
    offset = round(at["x"] - frame["width"] / 2), round(at["y"] - frame["height"] / 2)
    ActionChains(page.driver).move_to_element_with_offset(page.one("#network"), *offset).click().perform()
    WebDriverWait(page.driver, 5).until(lambda _: page.run("opened.has(3)"))
    assert page.run("nodes.length") == page.run("31 + communities[3].members.length")


def test_labels_stand_clear_of_each_other_and_the_nearer_the_more(page: Page, large: Path) -> None:
    page.open(large)
    page.run("void (communities.forEach(({ index }) => opened.add(index)), arrange(), showAll(), network.redraw())")
    assert page.run("drawn.some((a, i) => drawn.some((b, j) => i < j && overlap(a, b)))") is False
    far = page.run("drawn.length / labelled.length")
    page.run("void (zoom(6), network.redraw())")
    seen = "labelled.filter((item) => boxesOf(item, {scale: network.getScale(), left: LEFT, top: TOP}).length)"
    corner = "network.DOMtoCanvas({ x: 0, y: 0 })"
    near = page.run(f"drawn.length / {seen}.length".replace("LEFT", f"{corner}.x").replace("TOP", f"{corner}.y"))
    assert float(str(near)) > 2 * float(str(far))
    assert page.run("drawn.some((a, i) => drawn.some((b, j) => i < j && overlap(a, b)))") is False


def test_file_stays_small(large: Path) -> None:
    facts = 3069 - 31 + 30
    assert large.stat().st_size < 1_500_000 + 400 * facts


def test_what_is_looked_for_leaves_its_community(page: Page, large: Path) -> None:
    page.open(large)
    page.search("7区5厂", Keys.ENTER)
    assert page.run("nodes.length") == 34  # the firm and its district besides
    assert page.texts("#panel .relations .thing") == ["7区"]


def test_community_opened_by_keyboard(page: Page, large: Path) -> None:
    page.open(large)
    canvas = page.one("#network [role=application]")
    canvas.send_keys(Keys.HOME, Keys.PAGE_DOWN)
    told = str(page.one("#told").get_attribute("textContent"))
    assert told.endswith("回车展开")
    count = int(str(page.run("itemAt(cursor).members.length")))
    canvas.send_keys(Keys.ENTER)
    assert page.run("nodes.length") == 31 + count
    assert page.run("things[cursor].type") == "District"
