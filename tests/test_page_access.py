"""The page for everyone: axe-core looks for what screen readers, keyboards or weak eyes would stumble over, in each state of the page."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Page
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
