"""What a new user wants to know of the seeds, each found in at most three actions, as `docs/tasks.md` tells them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Page
from selenium.webdriver.common.keys import Keys

from kg.pipeline import build
from kg.view.page import write_page

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("seeds") / "graph.html"
    write_page(build([str(SEEDS)]).facts, target)
    return target


@pytest.fixture
def tried(page: Page, seeds: Path) -> Iterator[Page]:
    page.open(seeds)
    yield page
    assert page.one("mark").is_displayed()


@pytest.mark.parametrize("asked", ["产值", "产值最大的企业是谁", "产值最大的企业是谁，出处在哪里"])
def test_which_enterprise_has_the_largest_output_and_where_is_it_said(tried: Page, asked: str) -> None:
    tried.search(asked, Keys.ENTER)
    row = tried.one("#view-figures tbody tr:has(.sign.Enterprise)")
    row.find_element("css selector", ".opener").click()
    assert "亿元" in tried.one("#view-figures mark").text


@pytest.mark.parametrize("asked", ["三二五四", "三二五四行动计划", "三二五四行动计划由什么组成"])
def test_what_does_a_programme_consist_of(tried: Page, asked: str) -> None:
    tried.search(asked, Keys.ENTER)
    assert "五场战役" in tried.texts("#panel .relations .thing")


@pytest.mark.parametrize("asked", ["GDP", "GDP增速", "地区生产总值", "上半年GDP增速及其来源"])
def test_growth_of_the_product_in_half_a_year_and_its_source(tried: Page, asked: str) -> None:
    tried.search(asked, Keys.ENTER)
    row = next(row for row in tried.all("#view-figures tbody tr") if "上半年" in row.text and "增速" in row.text)
    row.find_element("css selector", ".opener").click()
    assert "%" in tried.one("#view-figures mark").text


@pytest.mark.parametrize("asked", ["开工", "已经开工", "哪些项目已经开工"])
def test_which_projects_have_begun(tried: Page, asked: str) -> None:
    tried.search(asked, Keys.ENTER)
    assert tried.one("#panel h2").text == "已开工"
    assert tried.all("#panel .relations .sign.Project")
