"""The page in a real browser, used as a person would: typing, clicking, looking."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from browser import Page
from sample import CITY, DISTRICT, FACTS, FIRM, PARTS, SECTOR, TEXT
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from kg.facts.entity import Entity
from kg.view.page import write_page


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


def test_search_flies_to_what_is_found(page: Page) -> None:
    page.run("zoom(4)")
    before = page.run("network.getViewPosition().x")
    page.search("云帆", Keys.ENTER)
    page.still(FIRM)
    assert page.run("network.getViewPosition().x") != before
    places = page.run("[...standing].map((number) => network.canvasToDOM(itemAt(number)))")
    frame = page.one("#network").size
    assert isinstance(places, list)
    assert len(places) == 5
    assert all(0 < place["x"] < frame["width"] and 0 < place["y"] < frame["height"] for place in places)


def test_search_with_arrow_keys(page: Page) -> None:
    page.search("宏远")
    assert page.texts("#hits svg + bdi") == ["宏远汽车", "宏远零部件"]
    page.search("宏远", Keys.ARROW_DOWN, Keys.ENTER)
    assert page.one("#panel h2").text == "宏远零部件"
    page.search("没有这个")
    assert page.texts("#hits li") == ["没有找到"]


def test_search_for_more_words_than_a_name_has_finds_what_resembles_it(page: Page) -> None:
    page.search("三五清障行动")
    assert page.texts("#hits bdi:first-of-type")[0] == "清障行动"
    page.search("已经开工的项目")
    assert "已开工" in page.texts("#hits bdi")
    page.search("云帆有限公司")
    assert page.texts("#hits svg + bdi") == ["江州青河云帆机械有限公司"]


def test_search_for_a_state_shows_whose_it_is(page: Page) -> None:
    page.search("开工", Keys.ENTER)
    assert page.one("#panel h2").text == "已开工"
    assert page.texts("#panel .relations .thing") == ["智能传动产业园项目"]
    assert page.texts("#panel mark") == ["智能传动产业园项目已经开工", "总投资12亿元"]
    page.driver.refresh()
    assert page.one("#panel h2").text == "已开工"


def test_first_look_offers_indicators_and_states(page: Page) -> None:
    states, indicators = (f"//aside//h3[starts-with(., '{begin}')]/following-sibling::div/button" for begin in ("项目进展", "常见指标"))
    page.driver.find_element("xpath", states).click()
    assert page.texts("#panel .relations .thing") == ["智能传动产业园项目"]
    page.one("#panel .close").click()
    page.driver.find_element("xpath", indicators).click()
    assert set(page.texts("#view-figures td.number")) == {"86.50 亿元", "+7.2%", "五城区第 1 位"}


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
    assert page.one("#panel h2").text == "概览"


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


def test_district_lies_on_its_ground_unless_it_is_hidden(page: Page) -> None:
    ground = "grounds().map(({district}) => things[district].key)"
    assert page.run(ground) == [DISTRICT]
    assert page.run("pen.isPointInPath(territories[0].path, things[territories[0].district].x, things[territories[0].district].y)")
    page.one("#legend [data-class=District]").click()
    assert page.run(ground) == []


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


@pytest.mark.parametrize("scale", [0.05, 0.2, 1])
def test_what_is_selected_lies_under_no_label(page: Page, scale: float) -> None:
    page.search("云帆", Keys.ENTER)
    page.still(FIRM)
    page.run(f"void (network.moveTo({{scale: {scale}}}), network.redraw())")
    assert page.run("drawn.length")
    assert page.run("drawn.filter((box) => overlap(box, nodeBox(selected))).length") == 0


def test_search_by_pinyin(page: Page) -> None:
    for letters in ("qhq", "qinghequ", "qhqu"):
        page.search(letters)
        assert page.texts("#hits svg + bdi")[0] == "青河区"
    page.search("yfjx", Keys.ENTER)  # an alias, and 行 is read in two ways
    assert page.one("#panel h2").text == "江州青河云帆机械有限公司"
    page.search("qinzhang")
    assert page.texts("#hits li") == ["没有找到"]


def test_legend_hides_a_class_and_brings_it_back(page: Page) -> None:
    firms = sum(entity.type == "Enterprise" for entity in FACTS.entities)
    page.one("#legend [data-class=Enterprise]").click()
    assert page.run("nodes.length") == len(FACTS.entities) - firms
    assert page.one("#legend [data-class=Enterprise]").get_attribute("aria-pressed") == "false"
    page.search("云帆", Keys.ENTER)  # what is looked for is shown again
    assert page.run("nodes.length") == len(FACTS.entities)


def test_english(page: Page) -> None:
    page.one("#language").click()
    assert page.texts("[role=tab]") == ["Network", "Programmes", "Figures"]
    page.search("青河区", Keys.ENTER)
    assert "over 120 户" in page.texts("#panel .number")
    assert page.run("document.documentElement.lang") == "en"


def test_address_restores_the_selection(page: Page, sample_page: Path) -> None:
    page.search("云帆", Keys.ENTER)
    address = page.driver.current_url
    page.search("青河区", Keys.ENTER)
    page.driver.back()
    assert page.one("#panel h2").text == "江州青河云帆机械有限公司"
    page.open(sample_page)
    assert page.one("#panel h2").text == "概览"
    page.driver.get("about:blank")
    page.driver.get(address)
    assert page.one("#panel h2").text == "江州青河云帆机械有限公司"
    page.open(sample_page, "#%E0%A4%A")
    assert page.one("#panel h2").text == "概览"


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


def test_signs_say_what_they_are_for(page: Page) -> None:
    page.search("青河区", Keys.ENTER)
    hints = {each.text: each.get_attribute("title") for each in page.all("button, #legend")}
    assert hints["⤢"] == "显示全图"
    assert [hints[steps] for steps in "123"] == ["1 层关系", "2 层关系", "3 层关系"]
    assert "点击可隐藏或显示" in str(page.one("#legend").get_attribute("title"))
    page.one("#language").click()
    assert page.one("#zoom-all").get_attribute("title") == "Show everything"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
def test_nothing_sticks_out(page: Page, sample_page: Path, width: int, height: int) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    page.open(sample_page)
    page.one("#filter").click()
    for tab in ("network", "programmes", "figures"):
        page.one(f"#tab-{tab}").click()
        assert page.run("document.documentElement.scrollWidth") == width
        assert page.one(f"#view-{tab}").size["height"] > 200
    page.search("青河区", Keys.ENTER)
    assert page.run("panel.scrollWidth - panel.clientWidth") == 0
    page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1000, 700), (1400, 900)])
def test_all_is_in_view_whatever_size_the_window_takes(page: Page, sample_page: Path, width: int, height: int) -> None:
    resize(page, width, height // 2)
    page.open(sample_page)
    for tall, wide in ((height, width), (height * 2 // 3, width), (height, width + 300)):
        resize(page, wide, tall)
        assert outside(page) == []
    page.one("#zoom-in").click()
    resize(page, width + 300, height - 40)
    assert page.run("network.getScale() > 1.2 * viewOf(nodes.getIds()).scale")  # as somebody wanted it
    page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def resize(page: Page, width: int, height: int) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    page.driver.execute_async_script("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))")


def outside(page: Page) -> object:
    """What of nodes and labels lies beyond the edges of the drawing."""
    boxes = "[...nodes.getIds().map((number) => nodeBox(itemAt(number))), ...drawn]"
    edge = "b.left < -MARGIN.across || b.top < 0 || b.right > frame.clientWidth + MARGIN.across || b.bottom > frame.clientHeight"
    return page.run(f"{boxes}.filter((b) => {edge})")


def test_two_posts_in_one_body_are_one_relation(page: Page, tmp_path: Path) -> None:
    post = next(relation for relation in FACTS.relations if relation.role == "局长")
    told = len({(r.subject, r.predicate, r.object) for r in FACTS.relations})
    target = tmp_path / "posts.html"
    write_page(replace(FACTS, relations=(*FACTS.relations, replace(post, role="党组书记"))), target)
    page.open(target)
    assert f"{told} 条关系" in page.one("#panel .counts").text


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(246, 247, 249)"), ("dark", "rgb(16, 20, 26)")])
def test_light_and_dark(page: Page, scheme: str, paper: str) -> None:
    page.scheme(scheme)
    body = "getComputedStyle(document.body).backgroundColor"
    WebDriverWait(page.driver, 5).until(lambda _: page.run(body) == paper and _painted(page, FIRM) == page.run(RGB))


RGB = "colour('Enterprise').match(/[0-9a-f]{2}/g).map((pair) => parseInt(pair, 16))"


def _painted(page: Page, key: str) -> object:
    colour = _colour_at(page, key)
    assert isinstance(colour, list)
    return colour[:3]


def test_what_is_tied_to_nothing_stands_apart_and_pale(page: Page, tmp_path: Path) -> None:
    alone = tuple(Entity(f"Event/晚会{number}", "Event", f"晚会{number}") for number in range(9))
    write_page(replace(FACTS, entities=(*FACTS.entities, *alone)), tmp_path / "graph.html")
    page.open(tmp_path / "graph.html")
    page.run("void (network.moveTo({ scale: 0.6, animation: false }), network.redraw())")
    assert page.run("layers.map((items) => items.length)") == [len(FACTS.entities), len(alone)]
    assert page.run("Math.min(...layers[1].map(({ y }) => y)) > Math.max(...layers[0].map(({ y }) => y))")
    assert page.run("drawn.some(({ number }) => isLone(itemAt(number)))") is False
    assert page.run("layers.map((items) => vectorNode(items[0]).getAttribute('opacity'))") == [None, "0.45"]
    seen, sure = (_colour_at(page, key) for key in (alone[4].key, "Event/产业对接会"))
    assert seen != sure
    page.run("void (network.moveTo({ position: itemAt(layers[1][4].number), scale: 1.2, animation: false }), network.redraw())")
    assert page.run("drawn.some(({ number }) => isLone(itemAt(number)))")
    page.click_at(alone[4].key)
    assert page.one("#panel h2").text == alone[4].name
    assert "没有关于它的关系或数据" in page.one("#panel").text
    page.run("network.redraw()")
    assert _colour_at(page, alone[4].key) == sure
