"""The page in a real browser, used as a person would: typing, clicking, looking."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sample import CAR, CITY, COLLEGE, DISTRICT, DOCUMENT, FACTS, FIRM, PARK, PARTS, SECTOR, TEXT, ZONE
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from kg.document import Document, Metadata
from kg.entity import Entity
from kg.figure import Status
from kg.graph import Facts
from kg.relation import Relation
from kg.sentence import Evidence, Span
from kg.view import write_page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
if not (CHROMIUM and DRIVER) and os.environ.get("CI") != "true":
    pytest.skip("needs chromium and chromedriver: apt-get install chromium chromium-driver", allow_module_level=True)

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--window-size=1280,800",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


class Page:
    """A browser with the page open in it."""

    def __init__(self, profile: Path) -> None:
        assert CHROMIUM, "chromium is missing"
        assert DRIVER, "chromedriver is missing"
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))

    def open(self, path: Path, fragment: str = "") -> None:
        self.driver.get("about:blank")
        self.driver.get(path.as_uri() + fragment)

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        return [element.text for element in self.all(selector)]

    def run(self, script: str) -> object:
        return self.driver.execute_script(f"return {script}")

    def search(self, text: str, *keys: str) -> None:
        box = self.one("#search")
        box.clear()
        box.send_keys(text, *keys)

    def click_at(self, key: str) -> None:
        """Click where the node of the thing ``key`` is drawn, once the picture stands still."""
        place = f"network.canvasToDOM(things[byKey().get({json.dumps(key)})])"

        def still(_: object) -> bool:
            before = self.run(place)
            time.sleep(0.1)
            return before == self.run(place)

        WebDriverWait(self.driver, 5).until(still)
        at, frame = self.run(place), self.one("#network").size
        assert isinstance(at, dict)
        x, y = round(at["x"] - frame["width"] / 2), round(at["y"] - frame["height"] / 2)
        ActionChains(self.driver).move_to_element_with_offset(self.one("#network"), x, y).click().perform()

    def scheme(self, name: str) -> None:
        """Prefer light or dark colours from now on."""
        feature = {"name": "prefers-color-scheme", "value": name}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def requests(self) -> list[str]:
        """Every address asked for since the last call."""
        sent = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))  # type: ignore[no-untyped-call]
        return [event["params"]["request"]["url"] for event in sent if event["method"] == "Network.requestWillBeSent"]

    def complaints(self) -> list[str]:
        """Everything on the console since the last call."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    page = Page(tmp_path_factory.mktemp("profile"))
    yield page
    page.driver.quit()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("page") / "graph.html"
    write_page(FACTS, target)
    return target


@pytest.fixture
def page(browser: Page, path: Path) -> Iterator[Page]:
    """The sample's page, freshly opened; whatever a test does, nothing is asked of the network and nothing goes wrong."""
    browser.driver.get("about:blank")
    browser.complaints()
    browser.requests()
    browser.open(path)
    yield browser
    assert browser.complaints() == []
    assert [url for url in browser.requests() if not url.startswith(("file:", "about:", "data:", "blob:"))] == []


def test_network_is_there_with_labels(page: Page) -> None:
    assert page.run("nodes.length") == len(FACTS.entities)
    WebDriverWait(page.driver, 5).until(lambda _: page.run("drawn.length"))
    pixels = "new Set(frame.querySelector('canvas').getContext('2d').getImageData(0, 0, frame.clientWidth, frame.clientHeight).data).size"
    assert int(str(page.run(pixels))) > 20


def test_search_by_alias_and_enter_shows_the_sentences(page: Page) -> None:
    page.search("云帆", Keys.ENTER)
    assert page.one("#panel h2").text == "江州青河云帆机械有限公司"
    assert "云帆机械" in page.one("#panel .aliases").text
    assert "从事智能装备制造" in page.texts("#panel mark")
    assert "云帆机械有限公司坐落在青河经济开发区，从事智能装备制造，为宏远汽车配套" in page.one("#panel blockquote").text
    assert "青河日报" in page.one("#panel blockquote footer").text
    assert "2024年7月（日期由文中推断）" in page.one("#panel blockquote footer").text


def test_search_with_arrow_keys(page: Page) -> None:
    page.search("宏远")
    assert page.texts("#hits svg + bdi") == ["宏远汽车", "宏远零部件"]
    page.search("宏远", Keys.ARROW_DOWN, Keys.ENTER)
    assert page.one("#panel h2").text == "宏远零部件"
    page.search("没有这个")
    assert page.texts("#hits li") == ["没有找到"]


def test_search_for_a_state_shows_whose_it_is(page: Page) -> None:
    page.search("开工", Keys.ENTER)
    assert page.one("#panel h2").text == "已开工"
    assert page.texts("#panel .relations .thing") == ["智能传动产业园项目"]
    assert page.texts("#panel mark") == ["智能传动产业园项目已经开工", "总投资12亿元"]
    page.driver.refresh()
    assert page.one("#panel h2").text == "已开工"


def test_search_for_an_indicator_shows_its_figures(page: Page) -> None:
    page.search("失业", Keys.ENTER)
    assert page.texts("#view-figures .number") == ["-0.5 个百分点"]
    page.one("#view-figures .opener").click()
    assert page.texts("#view-figures mark") == ["失业率下降0.5个百分点"]


def test_click_on_a_node_selects_it_and_beside_it_nothing(page: Page) -> None:
    page.click_at(FIRM)
    assert page.one("#panel h2").text == "江州青河云帆机械有限公司"
    frame = page.one("#network")
    corner = (8 - frame.size["width"] // 2, 8 - frame.size["height"] // 2)
    ActionChains(page.driver).move_to_element_with_offset(frame, *corner).click().perform()
    assert page.all("#panel h2") == []


def test_figures_in_words_actual_and_target_apart(page: Page) -> None:
    page.search("青河区", Keys.ENTER)
    rows = {" ".join(text.split()) for text in page.texts("#panel table tbody tr:not(.below)")}
    for expected in (
        "86.50 亿元 2024年上半年 实际 总量 原文 1 处",
        "+7.2% 2024年上半年 实际 增速 原文 1 处",
        "五城区第 1 位 2024年上半年 实际 位次 原文 1 处",
        "超 120 户 — 实际 总量 原文 1 处",
        "超 150 户 2024年 目标 总量 原文 1 处",
        "不足 2000 人 2024年上半年 实际 总量 原文 1 处",
        "约 95% 2024年6月30日 实际 比率 原文 1 处",
        "-0.5 个百分点 2024年上半年 实际 增减 原文 1 处",
    ):
        assert expected in rows


def test_evidence_opens_on_demand_and_in_the_whole_text(page: Page) -> None:
    page.search("青河区", Keys.ENTER)
    assert page.all("#panel blockquote") == []
    opener = page.one("#panel tbody .opener")
    opener.click()
    assert opener.get_attribute("aria-expanded") == "true"
    page.one("#panel blockquote .link").click()
    assert page.one("#reader .text").get_attribute("textContent") == TEXT
    assert page.one("#reader mark").is_displayed()
    page.one("#reader .close").click()
    assert not page.one("#reader").is_displayed()


def test_evidence_in_two_pieces_marks_both(page: Page) -> None:
    page.search("青河区", Keys.ENTER)
    page.one("#panel .link").click()
    marks = page.texts("#panel mark")
    assert {"就业率", "达到95%左右"} <= set(marks)


def test_relations_in_words_lead_on(page: Page) -> None:
    page.search("宏远汽车", Keys.ENTER)
    headings = [text.rstrip("0123456789 ") for text in page.texts("#panel .relations h3")]
    assert headings == ["位于", "合作方", "下属公司", "供应商", "任职者"]
    page.one("#panel .relations .thing").click()
    assert page.one("#panel h2").text == "青河区"


def _colour_at(page: Page, key: str) -> object:
    """The colour in the middle of a node, read off a copy of the drawing."""
    copy = "(p) => (c => (c.drawImage(frame.querySelector('canvas'), -p.x, -p.y), [...c.getImageData(0, 0, 1, 1).data]))(PEN)"
    pen = "document.createElement('canvas').getContext('2d', {willReadFrequently: true})"
    return page.run(f"({copy.replace('PEN', pen)})(network.canvasToDOM(things[byKey().get({json.dumps(key)})]))")


def test_what_is_selected_stands_out_as_far_as_asked(page: Page) -> None:
    page.run("void (network.moveTo = () => {})")  # the view stays where it is
    clear = {key: _colour_at(page, key) for key in (PARTS, CITY, SECTOR)}
    page.search("宏远零部件", Keys.ENTER)
    page.run("network.redraw()")
    for key, steps in ((CITY, 3), (SECTOR, 3)):
        assert page.run(f"near.has(byKey().get({json.dumps(key)}))") is False
        assert _colour_at(page, key) != clear[key]
        page.all("#panel .reach button")[steps - 1].click()
        page.run("network.redraw()")
        assert _colour_at(page, key) == clear[key]
        page.all("#panel .reach button")[0].click()
        page.run("network.redraw()")


def test_search_by_pinyin(page: Page) -> None:
    for letters in ("qhq", "qinghequ", "qhqu"):
        page.search(letters)
        assert page.texts("#hits svg + bdi")[0] == "青河区"
    page.search("yfjx", Keys.ENTER)  # an alias, and 行 is read in two ways
    assert page.one("#panel h2").text == "江州青河云帆机械有限公司"
    page.search("qinzhang")
    assert page.texts("#hits li") == ["没有找到"]


def test_shortest_path_to_another_thing(page: Page) -> None:
    page.search("宏远零部件", Keys.ENTER)
    page.one("#path").send_keys("智能装备", Keys.ENTER)
    assert page.texts(".way .thing") == ["宏远零部件", "青河经济开发区", "江州青河云帆机械有限公司", "智能装备制造"]
    assert page.texts(".way .fact > small") == ["位于", "区内有", "所属产业"]
    assert page.run("[...near].map((number) => things[number].key)") == [PARTS, ZONE, FIRM, SECTOR]
    page.one(".way .opener").click()
    assert page.texts(".way mark") == ["在青河经济开发区设有子公司宏远零部件"]
    page.driver.refresh()
    assert len(page.texts(".way .thing")) == 4
    page.one(".way h3 .link").click()
    assert page.all(".way") == []
    page.one("#path").send_keys("青河文化广场", Keys.ENTER)
    assert len(page.texts(".way .thing")) == 4


def test_no_path_where_nothing_leads(page: Page, tmp_path: Path) -> None:
    write_page(replace(FACTS, relations=()), tmp_path / "graph.html")
    page.open(tmp_path / "graph.html")
    page.search("青河区", Keys.ENTER)
    page.one("#path").send_keys("江州市", Keys.ENTER)
    assert "与“江州市”之间没有联系" in page.one(".way").text


def _choose(page: Page, name: str, words: str) -> None:
    if not page.one("#filters").is_displayed():
        page.one("#filter").click()
    Select(page.one(f"#filters [data-filter={name}]")).select_by_visible_text(words)


def _drawn(page: Page) -> set[str]:
    keys = page.run("nodes.getIds().map((number) => things[number].key)")
    assert isinstance(keys, list)
    return set(keys)


def test_filter_by_relation(page: Page) -> None:
    _choose(page, "relation", "合作方")
    assert _drawn(page) == {CAR, COLLEGE}
    page.search("宏远汽车", Keys.ENTER)
    assert [text.rstrip("0123456789 ") for text in page.texts("#panel .relations h3")] == ["合作方"]
    page.driver.refresh()
    assert _drawn(page) == {CAR, COLLEGE}
    page.one("#unfilter").click()
    assert len(_drawn(page)) == len(FACTS.entities)


def test_filter_by_status_and_measure(page: Page) -> None:
    _choose(page, "measure", "总量")
    assert _drawn(page) == {DISTRICT, PARK}
    _choose(page, "status", "目标")
    assert _drawn(page) == {DISTRICT}
    page.one("#tab-figures").click()
    assert page.texts("#view-figures .number") == ["超 150 户"]


def test_filter_by_document(page: Page, tmp_path: Path) -> None:
    other = Document("f" * 16, "other.txt", TEXT, Metadata("另一篇"))
    place = Evidence(other.id, FACTS.relations[0].evidence.spans)
    write_page(
        replace(FACTS, documents=(DOCUMENT, other), relations=(*FACTS.relations, Relation(COLLEGE, "locatedIn", CITY, place, "r"))),
        tmp_path / "g.html",
    )
    page.open(tmp_path / "g.html")
    _choose(page, "document", "另一篇")
    assert _drawn(page) == {COLLEGE, CITY}


def test_filter_by_time(page: Page) -> None:
    page.one("#filter").click()
    page.one("#filters [data-filter=from]").send_keys(Keys.END)  # the last month that any period reaches
    assert "2024年12月" in page.texts("#filters output")
    assert _drawn(page) == {DISTRICT}
    page.one("#tab-figures").click()
    assert page.texts("#view-figures .number") == ["超 150 户"]
    page.driver.refresh()
    assert page.texts("#view-figures .number") == ["超 150 户"]


def _several(*values: tuple[str, str, Status]) -> Facts:
    """The sample with figures of the same kind besides."""
    first = FACTS.figures[0]
    more = (replace(first, value=Decimal(value), period=period, status=status) for value, period, status in values)
    return replace(FACTS, figures=(*FACTS.figures, *more))


def test_values_that_differ_are_marked_and_explained(page: Page, tmp_path: Path) -> None:
    write_page(_several(("87.50", "2024-01/2024-06", Status.ACTUAL), ("99", "2024-01/2024-06", Status.TARGET)), tmp_path / "graph.html")
    page.open(tmp_path / "graph.html")
    page.one("#disputes").click()
    assert sorted(page.texts("#view-figures td.number")) == ["86.50 亿元", "87.50 亿元"]
    page.search("青河区", Keys.ENTER)
    rows = [text.split()[0] for text in page.texts("#panel tr:has(.disputed)")]
    assert rows == ["86.50", "87.50"]
    page.one("#panel .disputed").click()
    assert page.texts("#panel .explained b") == ["86.50 亿元", "87.50 亿元", "", ""]
    assert "青河日报" in page.one("#panel .explained").text


def test_line_of_values_over_time(page: Page, tmp_path: Path) -> None:
    whole = (("60", "2023-01/2023-06", Status.ACTUAL), ("95", "2025-01/2025-06", Status.TARGET), ("999", "2022", Status.ACTUAL))
    write_page(_several(*whole), tmp_path / "graph.html")
    page.open(tmp_path / "graph.html")
    page.search("青河区", Keys.ENTER)
    assert [dot.get_attribute("class") for dot in page.all("#panel .spark circle")] == ["actual", "actual", "target"]
    told = str(page.one("#panel .spark").get_attribute("aria-label"))
    assert "60 亿元" in told
    assert "999" not in told  # a whole year's output is no neighbour of half a year's


def test_chart_of_an_indicator(page: Page, tmp_path: Path) -> None:
    write_page(_several(("60", "2023-01/2023-06", Status.ACTUAL), ("95", "2025-01/2025-06", Status.TARGET)), tmp_path / "graph.html")
    page.open(tmp_path / "graph.html")
    page.search("工业总产值", Keys.ENTER)
    assert page.texts(".chart .number") == ["60 亿元", "86.50 亿元", "95 亿元"]
    widths = [float(str(bar.get_attribute("width"))) for bar in page.all(".chart rect")]
    assert widths == sorted(widths)
    assert [bar.get_attribute("class") for bar in page.all(".chart rect")] == ["actual", "actual", "target"]


@pytest.mark.parametrize(("name", "begin"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_picture_is_saved(page: Page, tmp_path: Path, name: str, begin: bytes) -> None:
    WebDriverWait(page.driver, 5).until(lambda _: page.run("drawn.length"))
    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    page.one(f"#{name}").click()
    saved = tmp_path / f"graph.{name}"
    WebDriverWait(page.driver, 5).until(lambda _: saved.exists() and saved.stat().st_size)
    assert saved.read_bytes().startswith(begin)
    if name == "svg":
        drawing = ElementTree.fromstring(saved.read_bytes())
        assert len(drawing.findall("{*}path")) == len(FACTS.entities) + 1
        assert "青河区" in [text.text for text in drawing.findall("{*}text")]


def test_legend_hides_a_class_and_brings_it_back(page: Page) -> None:
    firms = sum(entity.type == "Enterprise" for entity in FACTS.entities)
    page.one("#legend [data-class=Enterprise]").click()
    assert page.run("nodes.length") == len(FACTS.entities) - firms
    assert page.one("#legend [data-class=Enterprise]").get_attribute("aria-pressed") == "false"
    page.search("云帆", Keys.ENTER)  # what is looked for is shown again
    assert page.run("nodes.length") == len(FACTS.entities)


def test_programmes_as_a_tree(page: Page) -> None:
    page.one("#tab-programmes").click()
    assert page.texts(".tree > li > details > summary bdi")[0] == "三五工作法"
    page.one(".tree ul .thing").click()
    assert page.one("#panel h2").text == "清障行动"


def test_figures_sorted_filtered_and_saved(page: Page, tmp_path: Path) -> None:
    page.one("#tab-figures").click()
    assert page.one("#view-figures .number").text == "86.50 亿元"
    page.one("th[data-sort=value] button").click()
    assert page.one("#view-figures .number").text == "-3%"
    page.one("#view-figures .tools input").send_keys("区域 高新")
    page.one("#filter").click()
    page.one("#filters [data-filter=status]").send_keys("目标")
    assert page.texts("#view-figures .number") == ["超 150 户"]
    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    page.one("#view-figures .action").click()
    saved = tmp_path / "figures.csv"
    WebDriverWait(page.driver, 5).until(lambda _: saved.exists() and saved.stat().st_size)
    head, row = saved.read_text(encoding="utf-8-sig").splitlines()
    assert head == "thing,indicator,bound,value,unit,period,measure,status,scope,source,quote"
    assert row.startswith("青河区,高新技术企业,>,150,户,2024,level,target,,")


def test_english(page: Page) -> None:
    page.one("#language").click()
    assert page.texts("[role=tab]") == ["Network", "Programmes", "Figures"]
    page.search("青河区", Keys.ENTER)
    assert "over 120 户" in page.texts("#panel .number")
    assert page.run("document.documentElement.lang") == "en"


def test_address_restores_the_selection(page: Page, path: Path) -> None:
    page.search("云帆", Keys.ENTER)
    address = page.driver.current_url
    page.search("青河区", Keys.ENTER)
    page.driver.back()
    assert page.one("#panel h2").text == "江州青河云帆机械有限公司"
    page.open(path)
    assert page.all("#panel h2") == []
    page.driver.get("about:blank")
    page.driver.get(address)
    assert page.one("#panel h2").text == "江州青河云帆机械有限公司"
    page.open(path, "#%E0%A4%A")
    assert page.all("#panel h2") == []


def test_address_restores_the_whole_state(page: Page) -> None:
    page.one("#legend [data-class=Place]").click()
    page.search("青河区", Keys.ENTER)
    page.all("#panel .reach button")[1].click()
    page.one("#tab-figures").click()
    page.one("th[data-sort=indicator] button").click()
    page.one("#view-figures .tools input").send_keys("企业")
    page.one("#language").click()
    address = page.driver.current_url
    page.driver.get("about:blank")
    page.driver.get(address)
    assert page.one("#panel h2").text == "青河区"
    assert page.run("[focus.depth, language, view, [...hidden]]") == [2, "en", "figures", ["Place"]]
    assert page.one("th[data-sort=indicator]").get_attribute("aria-sort") == "ascending"
    assert page.one("#view-figures .tools input").get_attribute("value") == "企业"
    assert page.driver.current_url == address
    page.one("#tab-network").click()
    assert page.one("#legend [data-class=Place]").get_attribute("aria-pressed") == "false"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a graph above the limit: districts with their firms."""
    place = Evidence(DOCUMENT.id, (Span(0, 4),))
    areas = [Entity(f"District/{d}区", "District", f"{d}区") for d in range(31)]
    firms = [Entity(f"Enterprise/{d}区{f}厂", "Enterprise", f"{d}区{f}厂") for d in range(31) for f in range(98)]
    ties = tuple(Relation(firm.key, "locatedIn", f"District/{firm.name.partition('区')[0]}区", place, "r") for firm in firms)
    across = tuple(Relation(a.key, "partnersWith", b.key, place, "r") for a, b in pairwise(areas))
    target = tmp_path_factory.mktemp("large") / "graph.html"
    write_page(Facts((DOCUMENT,), (*areas, *firms), (*ties, *across), ()), target)
    return target


def test_large_graph_opens_on_communities_that_unfold(page: Page, large: Path) -> None:
    page.open(large)
    assert page.run("nodes.length") == page.run("communities.length") == 31
    page.one("#panel .community").click()
    count = int(str(page.run("communities[0].members.length")))
    assert page.run("nodes.length") == 30 + count
    assert page.run("communities[0].members[0].type") == "District"  # the most important one names it
    assert page.one("#panel h2").text.startswith(str(page.run("communities[0].members[0].name")))
    page.driver.refresh()
    assert page.run("nodes.length") == 30 + count
    page.one("#fold").click()
    assert page.run("nodes.length") == 31


def test_click_on_a_community_opens_it(page: Page, large: Path) -> None:
    page.open(large)
    at, frame = page.run("network.canvasToDOM(communities[3])"), page.one("#network").size
    assert isinstance(at, dict)
    offset = round(at["x"] - frame["width"] / 2), round(at["y"] - frame["height"] / 2)
    ActionChains(page.driver).move_to_element_with_offset(page.one("#network"), *offset).click().perform()
    WebDriverWait(page.driver, 5).until(lambda _: page.run("opened.has(3)"))
    assert page.run("nodes.length") == page.run("30 + communities[3].members.length")


def test_what_is_looked_for_leaves_its_community(page: Page, large: Path) -> None:
    page.open(large)
    page.search("7区5厂", Keys.ENTER)
    assert page.run("nodes.length") == 33  # the firm and its district besides
    assert page.texts("#panel .relations .thing") == ["7区"]


def test_by_keyboard_alone(page: Page) -> None:
    page.one("body").send_keys("/")
    page.driver.switch_to.active_element.send_keys("云帆", Keys.ENTER)
    assert page.one("#panel h2").text == "江州青河云帆机械有限公司"
    page.one("#tab-network").send_keys(Keys.ARROW_RIGHT)
    assert page.one("#tab-programmes").get_attribute("aria-selected") == "true"
    assert page.driver.switch_to.active_element == page.one("#tab-programmes")
    page.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert page.all("#panel h2") == []


def test_everything_to_press_has_a_name(page: Page) -> None:
    page.search("青河区", Keys.ENTER)
    nameless = [
        e.get_attribute("outerHTML") for e in page.all("button, input, select, [role]") if e.is_displayed() and not e.accessible_name
    ]
    assert nameless == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
def test_nothing_sticks_out(page: Page, path: Path, width: int, height: int) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    page.open(path)
    for tab in ("network", "programmes", "figures"):
        page.one(f"#tab-{tab}").click()
        assert page.run("document.documentElement.scrollWidth") == width
        assert page.one(f"#view-{tab}").size["height"] > 200
    page.search("青河区", Keys.ENTER)
    assert page.run("panel.scrollWidth - panel.clientWidth") == 0
    page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_dark(page: Page) -> None:
    colours = "[getComputedStyle(document.body).backgroundColor, network.body.nodes[0].options.color.background]"
    page.scheme("light")
    WebDriverWait(page.driver, 5).until(lambda _: page.run(colours) == ["rgb(246, 247, 249)", page.run("colour(things[0].type)")])
    light = page.run(colours)
    page.scheme("dark")
    WebDriverWait(page.driver, 5).until(lambda _: page.run(colours) == ["rgb(16, 20, 26)", page.run("colour(things[0].type)")])
    assert page.run(colours) != light


HOSTILE = (
    "<script>window.ran = 1</script>",
    "</script><script>window.ran = 2</script>",
    '"><img src=x onerror="window.ran = 3">',
    "]]>--><svg onload=window.ran=4>",
    "行一\u2028行二\u2029行三",
    "\u202e倒写\u202c与\u200f标记",
    "表情😀与𠮷字",
    "{{ 7 * 7 }} {% raw %} ${7*7} &lt;b&gt;",
    "javascript:window.ran=5",
    "__proto__",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_document_is_shown_as_written(browser: Page, tmp_path: Path, text: str) -> None:
    browser.driver.get("about:blank")
    browser.complaints()
    before, after = "😀甲说", "，句子到此。"
    document = replace(DOCUMENT, text=before + text + after, source=text, metadata=replace(DOCUMENT.metadata, title=text, publisher=text))
    place = Evidence(document.id, (Span(len(before), len(before) + len(text)),))
    area, firm = Entity(DISTRICT, "District", "甲区"), Entity(f"Enterprise/{text}", "Enterprise", text, (text + "二",))
    relations = (Relation(firm.key, "locatedIn", area.key, place, "r"), Relation(firm.key, "produces", text, place, "r", literal=True))
    figures = tuple(replace(figure, about=firm.key, indicator=text, unit=text, scope=text, evidence=place) for figure in FACTS.figures[:1])
    write_page(Facts((document,), (area, firm), relations, figures), tmp_path / "graph.html")
    browser.open(tmp_path / "graph.html")
    browser.run(f"choose(byKey().get({json.dumps(firm.key)}))")
    for selector in ("#panel h2", "#panel mark", "#panel .indicator th", "#panel .literal", "#panel cite"):
        assert browser.one(selector).get_attribute("textContent") == text
    assert browser.one("#panel blockquote bdi").get_attribute("textContent") == before + text + after
    for tab in ("figures", "programmes", "network"):
        browser.one(f"#tab-{tab}").click()
    assert browser.run("window.ran ?? null") is None
    assert browser.all("img, main script, main svg:not(.sign, .spark, .bar)") == []
    assert browser.complaints() == []
    assert [url for url in browser.requests() if not url.startswith(("file:", "about:", "data:"))] == []
    browser.driver.refresh()  # the address names the thing, however it is spelt
    assert browser.one("#panel h2").get_attribute("textContent") == text
