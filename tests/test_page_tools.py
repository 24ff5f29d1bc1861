"""The page's tools in a real browser: paths, filters, charts, tables, pictures, what differs."""

import codecs
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from browser import Page
from sample import CAR, CITY, COLLEGE, DISTRICT, DOCUMENT, FACTS, FIGURES, FIRM, PARK, PARTS, SECTOR, TEXT, ZONE
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from kg.facts.figure import Figure, Status
from kg.facts.knowledge import Facts
from kg.facts.relation import Relation
from kg.language.quantity import Bound
from kg.text.document import Document, Metadata
from kg.text.sentence import Evidence, Span
from kg.view.page import write_page


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


def test_filter_by_relation(page: Page) -> None:
    page.choose("relation", "合作方")
    assert page.drawn() == {CAR, COLLEGE}
    page.search("宏远汽车", Keys.ENTER)
    assert [text.rstrip("0123456789 ") for text in page.texts("#panel .relations h3")] == ["合作方"]
    page.driver.refresh()
    assert page.drawn() == {CAR, COLLEGE}
    page.one("#unfilter").click()
    assert len(page.drawn()) == len(FACTS.entities)


def test_filter_by_status_and_measure(page: Page) -> None:
    page.choose("measure", "总量")
    assert page.drawn() == {DISTRICT, PARK}
    page.choose("status", "目标")
    assert page.drawn() == {DISTRICT}
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
    page.choose("document", "另一篇")
    assert page.drawn() == {COLLEGE, CITY}


def test_filter_by_time(page: Page) -> None:
    page.one("#filter").click()
    page.one("#filters [data-filter=from]").send_keys(Keys.END)  # the last month that any period reaches
    assert page.texts("#filters output") == ["2024年12月 至 2024年12月"]
    assert page.drawn() == {DISTRICT}
    page.one("#tab-figures").click()
    assert page.texts("#view-figures .number") == ["超 150 户"]
    page.driver.refresh()
    assert page.texts("#view-figures .number") == ["超 150 户"]


def test_brush_over_time(page: Page) -> None:
    page.one("#filter").click()
    brush = page.one(".brush")
    assert page.run("document.querySelector('.brush path').getAttribute('d').match(/M/g).length") == 12  # every month of 2024
    month = brush.size["width"] / 12
    across = ActionChains(page.driver).move_to_element_with_offset(brush, round(7.5 * month - brush.size["width"] / 2), 0)
    across.click_and_hold().move_by_offset(round(2 * month), 0).release().perform()
    assert page.texts("#filters output") == ["2024年8月 至 2024年10月"]
    assert page.drawn() == {DISTRICT}
    assert page.run("[filter.from, filter.until]") == ["2024-08", "2024-10"]
    page.driver.refresh()
    assert page.texts("#filters output") == ["2024年8月 至 2024年10月"]
    page.one("#unfilter").click()
    assert page.texts("#filters output") == ["2024年1月 至 2024年12月"]


def _several(*values: tuple[str, str, Status]) -> Facts:
    """The sample with figures of the same kind besides."""
    first = FIGURES[0]
    more = (replace(first, value=Decimal(value), period=period, status=status) for value, period, status in values)
    return replace(FACTS, figures=(*FACTS.figures, *more))


LATER = Document(
    "e" * 16,
    "later.txt",
    "青河区上半年规模以上工业总产值完成87.50亿元。到年底，高新技术企业达到155户。",
    Metadata("青河区去年工作盘点", "江州日报", "2025-01"),
)


def _told_otherwise() -> Facts:
    """The sample, and another document that gives another output, and what came of a target."""

    def told(figure: Figure, value: str, quote: str, period: str) -> Figure:
        begin = LATER.text.index(quote)
        place = Evidence(LATER.id, (Span(begin, begin + len(quote)),))
        return replace(figure, value=Decimal(value), period=period, evidence=place, status=Status.ACTUAL, bound=Bound.EQUAL)

    output, _, _, _, target, *_ = FIGURES
    more = told(output, "87.50", "规模以上工业总产值完成87.50亿元", "2024-01/2024-06"), told(target, "155", "高新技术企业达到155户", "2024")
    return replace(FACTS, documents=(DOCUMENT, LATER), figures=(*FACTS.figures, *more))


def test_values_that_differ_are_marked_and_explained(page: Page, tmp_path: Path) -> None:
    write_page(_told_otherwise(), tmp_path / "graph.html")
    page.open(tmp_path / "graph.html")
    page.one("#disputes").click()
    assert sorted(page.texts("#view-figures td.number")) == ["86.50 亿元", "87.50 亿元"]
    page.search("青河区", Keys.ENTER)
    rows = [text.split()[0] for text in page.texts("#panel tr:has(.disputed)")]
    assert rows == ["86.50", "87.50"]
    assert page.one("#panel .disputed").text == "说法不一"
    page.one("#panel .disputed").click()
    explained = page.one("#panel .explained")
    assert {"86.50", "87.50"} <= set(re.findall(r"[\d.]+", explained.find_element("css selector", "p").text))
    assert page.texts("#panel .explained b")[:2] == ["86.50 亿元", "87.50 亿元"]
    assert page.texts("#panel .explained mark")[:2] == ["规模以上工业总产值完成86.50亿元", "规模以上工业总产值完成87.50亿元"]
    assert "青河日报" in explained.text
    assert "江州日报" in explained.text
    page.one("#language").click()
    assert page.one("#panel .disputed").text == "conflict"
    page.one("#panel .close").click()
    page.one("#tab-network").click()
    page.one("#network [role=application]").send_keys(Keys.HOME)
    assert page.one("#tip .disputed").text == "at odds"
    assert page.run("marks().length") == 1
    assert page.run("[...vectors().querySelectorAll('text')].filter((text) => text.textContent === '!').length") == 1


def test_whether_a_target_was_reached_is_told_at_both(page: Page, tmp_path: Path) -> None:
    write_page(_told_otherwise(), tmp_path / "graph.html")
    page.open(tmp_path / "graph.html")
    page.search("青河区", Keys.ENTER)
    told = {badge.get_attribute("title"): badge.text for badge in page.all("#panel .outcome")}
    assert told == {"目标 超 150 户": "达标", "实际 155 户": "达标"}


def test_line_of_values_over_time(page: Page, tmp_path: Path) -> None:
    whole = (("60", "2023-01/2023-06", Status.ACTUAL), ("95", "2025-01/2025-06", Status.TARGET), ("999", "2022", Status.ACTUAL))
    write_page(_several(*whole), tmp_path / "graph.html")
    page.open(tmp_path / "graph.html")
    page.search("青河区", Keys.ENTER)
    assert [dot.get_attribute("class") for dot in page.all("#panel .spark circle")] == ["actual", "actual", "target"]
    told = str(page.one("#panel .spark").get_attribute("aria-label"))
    assert "60 亿元" in told
    assert "999" not in told  # a whole year's output is no neighbour of half a year's


def test_names_of_one_indicator_are_one(page: Page, tmp_path: Path) -> None:
    other = replace(FIGURES[0], indicator="规上工业产值", value=Decimal(60), period="2023-01/2023-06")
    write_page(replace(FACTS, figures=(*FACTS.figures, other)), tmp_path / "graph.html")
    page.open(tmp_path / "graph.html")
    page.search("规上工业总产值增速", Keys.ENTER)  # a third name, and what it is asked for
    assert set(page.texts("#view-figures td.number")) == {"60 亿元", "86.50 亿元", "+7.2%", "五城区第 1 位"}
    assert page.texts(".chart .number") == ["60 亿元", "86.50 亿元"]
    page.search("青河区", Keys.ENTER)
    assert page.texts("#panel tr.indicator .indicator-name")[0] == "规模以上工业总产值"  # what is spoken of most comes first
    assert "规上工业产值" not in page.texts("#panel tr.indicator .indicator-name")
    assert len(page.all("#panel .spark circle")) == 2


def test_long_table_of_figures_is_shown_in_parts(page: Page, tmp_path: Path) -> None:
    many = tuple(replace(FIGURES[0], indicator=f"指标{i}") for i in range(100))
    write_page(replace(FACTS, figures=many), tmp_path / "graph.html")
    page.open(tmp_path / "graph.html")
    page.search("青河区", Keys.ENTER)
    assert len(page.all("#panel tr.indicator")) == 15
    page.one("#panel section .more").click()
    assert len(page.all("#panel tr.indicator")) == 100


def test_chart_of_an_indicator(page: Page, tmp_path: Path) -> None:
    write_page(_several(("60", "2023-01/2023-06", Status.ACTUAL), ("95", "2025-01/2025-06", Status.TARGET)), tmp_path / "graph.html")
    page.open(tmp_path / "graph.html")
    page.search("工业总产值", Keys.ENTER)
    assert page.texts(".chart .number") == ["60 亿元", "86.50 亿元", "95 亿元"]  # in the order of time
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
        assert len(drawing.findall("{*}path")) == len(FACTS.entities) + 2  # the lines, and the district's ground
        assert "青河区" in [text.text for text in drawing.findall("{*}text")]


def test_figures_follow_the_search(page: Page) -> None:
    page.one("#tab-figures").click()
    everything = len(page.all("#view-figures td.number"))
    page.search("宏远汽车", Keys.ENTER)
    assert set(page.texts("#view-figures tbody tr:not(.below) td:first-child")) <= {"宏远汽车"}
    assert page.run("document.querySelector('#view-figures input').value") == "宏远汽车"
    page.search("青河区", Keys.ENTER)
    rows = page.texts("#view-figures tbody tr.mine td:first-child")
    assert set(rows) == {"青河区"}
    assert len(rows) == len(page.all("#view-figures td.number"))
    page.run("wanted.text = ''")
    page.run("fillFigures()")
    assert len(page.all("#view-figures td.number")) == everything >= len(page.all("#view-figures tr.mine")) == len(rows)


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
    assert saved.read_bytes().startswith(codecs.BOM_UTF8)  # or Excel takes it for another encoding
    assert head == "主体,指标,界限,数值,单位,时期,性质,状态,排名范围,出处,发布日期,原文"
    assert row.startswith("青河区,高新技术企业,超,150,户,2024年,总量,目标,,青河区工业经济稳中有进,2024-07,全区")


def test_programmes_as_a_tree(page: Page) -> None:
    page.one("#tab-programmes").click()
    assert page.texts(".tree > li > div bdi")[0] == "三五工作法"
    page.one(".tree .unfold").click()
    assert not page.one(".tree ul").is_displayed()
    page.one(".tree .unfold").send_keys(Keys.ENTER)
    page.one(".tree ul .thing").click()
    assert page.one("#panel h2").text == "清障行动"


def test_what_fits_nothing_says_so(page: Page) -> None:
    page.choose("measure", "位次")
    page.choose("status", "目标")
    assert page.drawn() == set()
    assert "没有符合筛选条件的事实" in page.one("#panel .note").text
    page.one("#tab-figures").click()
    assert page.one("#rows").text == "没有符合条件的数据"
