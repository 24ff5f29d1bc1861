"""The page for everyone: axe-core looks for what screen readers, keyboards or weak eyes would stumble over, in each state of the page."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Page
from sample import DISTRICT, FACTS
from selenium.webdriver.common.keys import Keys

AXE = Path(__file__).parent / "npm" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "axe.run({runOnly: %s}).then((found) => arguments[0](found.violations.map((v) => `${v.id}: ${v.nodes[0].html}`)))"


def _violations(page: Page) -> list[str]:
    page.driver.execute_script(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.driver.execute_async_script(RUN % json.dumps(RULES))
    return found


def _thing(page: Page) -> None:
    page.search("青河区", Keys.ENTER)
    page.one("#panel .opener").click()


def _path(page: Page) -> None:
    page.search("宏远零部件", Keys.ENTER)
    page.one("#path").send_keys("智能装备", Keys.ENTER)


def _reader(page: Page) -> None:
    _thing(page)
    page.one("#panel blockquote .link").click()


STATES: dict[str, Callable[[Page], None]] = {
    "overview": lambda page: None,
    "hits": lambda page: page.search("宏远"),
    "thing": _thing,
    "path": _path,
    "reader": _reader,
    "filters": lambda page: page.choose("status", "目标"),
    "programmes": lambda page: page.one("#tab-programmes").click(),
    "figures": lambda page: page.search("规模以上工业总产值", Keys.ENTER),
    "english": lambda page: page.one("#language").click(),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_nothing_stands_in_anybodys_way(page: Page, state: str, scheme: str) -> None:
    if not AXE.exists() and os.environ.get("CI") != "true":
        pytest.skip("needs axe-core: make browser")
    page.scheme(scheme)
    STATES[state](page)
    assert _violations(page) == []


def test_what_stands_in_the_way_is_found(page: Page) -> None:
    if not AXE.exists() and os.environ.get("CI") != "true":
        pytest.skip("needs axe-core: make browser")
    page.run("void document.querySelector('#filter').removeAttribute('data-text')")
    page.run("void document.querySelector('#filter').replaceChildren()")
    assert any(found.startswith("button-name") for found in _violations(page))


def test_by_keyboard_alone(page: Page) -> None:
    page.one("body").send_keys("/")
    page.driver.switch_to.active_element.send_keys("云帆", Keys.ENTER)
    assert page.one("#panel h2").text == "江州青河云帆机械有限公司"
    page.one("#tab-network").send_keys(Keys.ARROW_RIGHT)
    assert page.one("#tab-programmes").get_attribute("aria-selected") == "true"
    assert page.driver.switch_to.active_element == page.one("#tab-programmes")
    page.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert page.one("#panel h2").text == "概览"


def test_nodes_by_keyboard_told_to_those_who_listen(page: Page) -> None:
    page.one("#search").send_keys(Keys.TAB)
    while page.run("document.activeElement.getAttribute('role')") != "application":
        page.driver.switch_to.active_element.send_keys(Keys.TAB)
    canvas = page.driver.switch_to.active_element
    assert canvas.accessible_name == "关系网络图"
    assert "方向键" in page.one("#keys").text
    canvas.send_keys(Keys.HOME)
    assert _told(page).startswith("青河区，区域，")
    seen = [_told(page)]
    for _ in FACTS.entities[1:]:
        canvas.send_keys(Keys.PAGE_DOWN)
        seen.append(_told(page))
    assert {told.partition("，")[0] for told in seen} == {entity.name for entity in FACTS.entities}
    canvas.send_keys(Keys.HOME, Keys.ARROW_RIGHT)
    there, here = (page.run(f"things[{number}].x") for number in ("cursor", f"byKey().get({json.dumps(DISTRICT)})"))
    assert int(str(there)) > int(str(here))
    name = page.run("things[cursor].name")
    canvas.send_keys(Keys.ENTER)
    assert page.one("#panel h2").text == name
    canvas.send_keys(Keys.ESCAPE)
    assert page.one("#panel h2").text == "概览"
    scale = float(str(page.run("network.getScale()")))
    canvas.send_keys("+")
    assert float(str(page.run("network.getScale()"))) > scale
    left = float(str(page.run("network.getViewPosition().x")))
    canvas.send_keys(Keys.SHIFT, Keys.ARROW_RIGHT)
    assert float(str(page.run("network.getViewPosition().x"))) > left


def test_focus_stays_where_the_details_change(page: Page) -> None:
    page.search("青河区", Keys.ENTER)
    skip = page.one(".skip")
    skip.send_keys(Keys.ENTER)
    assert page.run("document.activeElement.id") == "panel"
    assert page.one("#panel h2").text == "青河区"  # the address has not changed
    page.one("#panel .relations .thing").send_keys(Keys.ENTER)
    assert page.run("document.activeElement.id") == "panel"
    page.one("#panel .close").send_keys(Keys.ENTER)
    assert page.run("document.activeElement.id") == "panel"
    assert page.one("#panel h2").text == "概览"


def test_focus_is_seen_everywhere(page: Page) -> None:
    ring = "(s => s.outlineStyle !== 'none' && s.outlineWidth !== '0px')(getComputedStyle(document.activeElement))"
    of_network = "getComputedStyle(frame).outlineStyle !== 'none'"
    page.one("#filter").send_keys(Keys.ENTER)
    for steps in range(200):
        page.driver.switch_to.active_element.send_keys(Keys.TAB)
        if page.run("document.activeElement.tagName") == "BODY":  # past the last
            assert steps > 30
            return
        role = page.run("document.activeElement.getAttribute('role')")
        assert page.run(of_network if role == "application" else ring), page.run("document.activeElement.outerHTML")


def _told(page: Page) -> str:
    return str(page.one("#told").get_attribute("textContent"))


def test_everything_to_press_has_a_name(page: Page) -> None:
    page.one("#filter").click()
    page.search("青河区", Keys.ENTER)
    nameless = [
        e.get_attribute("outerHTML") for e in page.all("button, input, select, [role]") if e.is_displayed() and not e.accessible_name
    ]
    assert nameless == []
