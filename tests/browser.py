"""A real browser, used as a person would: typing, clicking, looking; and the page of the sample open in it."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample import FACTS
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from kg.view.page import write_page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--window-size=1280,800",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
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

    def choose(self, name: str, words: str) -> None:
        """Set one of the filters."""
        if not self.one("#filters").is_displayed():
            self.one("#filter").click()
        Select(self.one(f"#filters [data-filter={name}]")).select_by_visible_text(words)

    def drawn(self) -> set[str]:
        """The keys of all things that are drawn."""
        keys = self.run("nodes.getIds().map((number) => things[number].key)")
        assert isinstance(keys, list)
        return set(keys)

    def still(self, key: str) -> dict[str, float]:
        """Where the node of the thing ``key`` is drawn, once the picture stands still."""
        place = f"network.canvasToDOM(things[byKey().get({json.dumps(key)})])"

        def unmoved(_: object) -> bool:
            before = self.run(place)
            time.sleep(0.1)
            return before == self.run(place)

        WebDriverWait(self.driver, 5).until(unmoved)
        at = self.run(place)
        assert isinstance(at, dict)
        return at

    def click_at(self, key: str) -> None:
        """Click where the node of the thing ``key`` is drawn."""
        at, frame = self.still(key), self.one("#network").size
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


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    if not (CHROMIUM and DRIVER) and os.environ.get("CI") != "true":
        pytest.skip("needs chromium and chromedriver: make browser")
    page = Page(tmp_path_factory.mktemp("profile"))
    yield page
    page.driver.quit()


@pytest.fixture(scope="session")
def sample_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("page") / "graph.html"
    write_page(FACTS, target)
    return target


@pytest.fixture
def page(browser: Page, sample_page: Path) -> Iterator[Page]:
    """The sample's page, freshly opened; whatever a test does, nothing is asked of the network and nothing goes wrong."""
    browser.driver.get("about:blank")
    browser.complaints()
    browser.requests()
    browser.open(sample_page)
    yield browser
    assert browser.complaints() == []
    assert [url for url in browser.requests() if not url.startswith(("file:", "about:", "data:", "blob:"))] == []
