"""The page as bytes: the same for the same facts, valid under its own security policy, free of anything a text could inject."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest
from sample import DOCUMENT, FACTS, TEXT

from kg.graph import Facts
from kg.view import page, write_page

PAGE = page(FACTS)
DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


def _data(html: str) -> dict[str, list[dict[str, object]]]:
    match = DATA.search(html)
    assert match
    return json.loads(match[1])  # type: ignore[no-any-return]


def test_order_of_facts_does_not_matter() -> None:
    turned = Facts(FACTS.documents[::-1], FACTS.entities[::-1], FACTS.relations[::-1], FACTS.figures[::-1])
    assert page(turned) == PAGE


def test_everything_is_in_it_and_evidence_points_into_the_text() -> None:
    data = _data(PAGE)
    assert len(data["things"]) == len(data["nodes"]) == len(FACTS.entities)
    assert len(data["figures"]) == len(FACTS.figures)
    assert data["documents"][0]["text"] == TEXT
    evidence = [r.evidence for r in FACTS.relations] + [f.evidence for f in FACTS.figures]
    quotes = {tuple(TEXT[s.begin : s.end] for s in each.spans) for each in evidence}
    shown = set()
    for fact in (*data["relations"], *data["figures"]):
        for _, *at in fact["evidence"]:  # type: ignore[attr-defined]
            shown.add(tuple(TEXT[b:e] for b, e in zip(at[::2], at[1::2], strict=True)))
    assert shown == quotes


def test_a_fact_stated_twice_is_shown_once_with_both_sentences() -> None:
    [started] = [r for r in _data(PAGE)["relations"] if r["p"] == "projectStatus"]
    assert len(started["evidence"]) == 2  # type: ignore[arg-type]


def test_scripts_and_style_are_those_the_policy_names() -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', PAGE)
    assert policy
    assert policy[1].startswith("default-src 'none';")
    assert "unsafe" not in policy[1]
    parts = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", PAGE, re.DOTALL)
    assert len(parts) == 3
    for part in parts:
        assert b64encode(sha256(part.encode()).digest()).decode() in policy[1].replace("&#43;", "+")


def test_text_cannot_leave_its_block() -> None:
    nasty = "</script><script>alert(1)</script><!-- ]]> &amp; \u2028\u2029 \u202e"
    document = replace(DOCUMENT, text=TEXT + nasty)
    html = page(replace(FACTS, documents=(document,)))
    match = DATA.search(html)
    assert match
    assert not set("<>&\u2028\u2029") & set(match[1])
    assert _data(html)["documents"][0]["text"] == TEXT + nasty


def test_empty_graph_is_a_page_too() -> None:
    assert _data(page(Facts((), (), (), ())))["nodes"] == []


def test_written_in_utf_8_and_nothing_left_beside(tmp_path: Path) -> None:
    target = tmp_path / "graph.html"
    target.write_text("old", encoding="utf-8")
    write_page(FACTS, target)
    assert target.read_bytes().decode("utf-8") == PAGE
    assert list(tmp_path.iterdir()) == [target]


def _names(table: dict[str, object], above: str = "") -> set[str]:
    return {above + name for name in table} | {n for k, v in table.items() if isinstance(v, dict) for n in _names(v, f"{above}{k}.")}


@pytest.mark.parametrize("script", sorted(p.name for p in (files("kg") / "view").iterdir() if p.name.endswith((".js", ".html"))))
def test_every_phrase_a_script_asks_for_is_there_in_both_languages(script: str) -> None:
    folder = files("kg") / "view"
    chinese, english = (_names(json.loads((folder / f"{code}.json").read_text(encoding="utf-8"))) for code in ("zh", "en"))
    assert chinese == english
    text = (folder / script).read_text(encoding="utf-8")
    asked = set(re.findall(r'say\("([\w.]+)"', text)) | set(re.findall(r'data-(?:text|label|placeholder)="(\w+)"', text))
    assert asked <= chinese
