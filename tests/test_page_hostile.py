"""Text of documents is data: nothing of it runs, all of it is shown as written, and the page's policy stands behind that."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from browser import Page
from sample import DISTRICT, DOCUMENT, FACTS

from kg.facts.entity import Entity
from kg.facts.knowledge import Facts
from kg.facts.relation import Relation
from kg.text.sentence import Evidence, Span
from kg.view.page import write_page

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


BEFORE, AFTER = "😀甲说", "，句子到此。"


def _said(number: int, text: str) -> Facts:
    """A document that has ``text`` wherever a document can have text, and facts of it."""
    known = replace(DOCUMENT.metadata, title=text, publisher=text)
    document = replace(DOCUMENT, id=f"{number:016x}", text=BEFORE + text + AFTER, source=text, metadata=known)
    place = Evidence(document.id, (Span(len(BEFORE), len(BEFORE) + len(text)),))
    firm = Entity(f"Enterprise/{text}", "Enterprise", text, (text + "二",))
    relations = (Relation(firm.key, "locatedIn", DISTRICT, place, "r"), Relation(firm.key, "produces", text, place, "r", literal=True))
    figure = replace(FACTS.figures[0], about=firm.key, indicator=text, unit=text, scope=text, evidence=place)
    return Facts((document,), (firm,), relations, (figure,))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of documents with every hostile text."""
    said = [_said(number, text) for number, text in enumerate(HOSTILE)]
    documents, relations, figures = ([x for facts in said for x in getattr(facts, f)] for f in ("documents", "relations", "figures"))
    entities = (Entity(DISTRICT, "District", "甲区"), *(facts.entities[0] for facts in said))
    target = tmp_path_factory.mktemp("hostile") / "graph.html"
    write_page(Facts(tuple(documents), entities, tuple(relations), tuple(figures)), target)
    return target


def test_text_of_a_document_is_shown_as_written(page: Page, hostile: Path) -> None:
    page.open(hostile)
    for text in HOSTILE:
        page.run(f"choose(byKey().get({json.dumps(f'Enterprise/{text}')}))")
        for selector in ("#panel h2", "#panel mark", "#panel .indicator th", "#panel .literal", "#panel cite"):
            assert page.one(selector).get_attribute("textContent") == text
        assert page.one("#panel blockquote bdi").get_attribute("textContent") == BEFORE + text + AFTER
    for tab in ("figures", "programmes", "network"):
        page.one(f"#tab-{tab}").click()
    assert page.run("window.ran ?? null") is None
    assert page.all("img, main script, main svg:not(.sign, .spark, .bar)") == []


def test_policy_forbids_what_the_page_does_not_need(page: Page) -> None:
    page.driver.execute_script("""
        const script = document.createElement("script");
        script.textContent = "window.ran = 6";
        const style = document.createElement("style");
        style.textContent = "body { opacity: 0.5 }";
        const picture = document.createElement("img");
        picture.src = "https://example.org/a.png";
        document.body.append(script, style, picture);
        fetch("https://example.org/").catch(() => {});
    """)
    assert page.run("window.ran ?? null") is None
    assert page.run("getComputedStyle(document.body).opacity") == "1"
    told = " ".join(page.complaints())
    for directive in ("script-src", "style-src", "img-src", "default-src"):
        assert f"'{directive}" in told or f'"{directive}' in told, told
    page.requests()  # the log tells of what was stopped, too


@pytest.mark.parametrize("text", [HOSTILE[0], HOSTILE[5], HOSTILE[-1]])
def test_address_names_a_thing_however_it_is_spelt(page: Page, hostile: Path, text: str) -> None:
    page.open(hostile)
    page.run(f"choose(byKey().get({json.dumps(f'Enterprise/{text}')}))")
    page.driver.refresh()
    assert page.one("#panel h2").get_attribute("textContent") == text
    assert page.run("window.ran ?? null") is None
