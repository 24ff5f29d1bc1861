"""The page as bytes: the same for the same facts, valid under its own security policy, free of anything a text could inject."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from sample import DOCUMENT, FACTS, TEXT

from kg.facts.knowledge import Facts
from kg.view.layout import positions
from kg.view.page import page, write_page

PAGE = page(FACTS)
DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


def _data(html: str) -> dict[str, Any]:
    match = DATA.search(html)
    assert match
    return json.loads(match[1])  # type: ignore[no-any-return]


def test_order_of_facts_does_not_matter() -> None:
    turned = Facts(FACTS.documents[::-1], FACTS.entities[::-1], FACTS.relations[::-1], FACTS.figures[::-1])
    assert page(turned) == PAGE


def _quotes(row: list[int]) -> Iterator[tuple[str, ...]]:
    """What packed evidence quotes, piece by piece."""
    while row:
        _, count, *rest = row
        offsets, row = rest[: 2 * count], rest[2 * count :]
        yield tuple(TEXT[b:e] for b, e in zip(offsets[::2], offsets[1::2], strict=True))


def test_everything_is_in_it_and_evidence_points_into_the_text() -> None:
    data = _data(PAGE)
    assert data["things"]["name"] == [entity.name for entity in sorted(FACTS.entities, key=lambda e: e.key)]
    assert len(data["things"]["x"]) == len(FACTS.entities)
    assert len(data["figures"]["about"]) == len(FACTS.figures)
    assert data["documents"][0]["text"] == TEXT
    evidence = [r.evidence for r in FACTS.relations] + [f.evidence for f in FACTS.figures]
    quotes = {tuple(TEXT[s.begin : s.end] for s in each.spans) for each in evidence}
    assert {quote for facts in ("relations", "figures") for row in data[facts]["evidence"] for quote in _quotes(row)} == quotes


def test_places_are_computed_and_nothing_moves_by_itself() -> None:
    data = _data(PAGE)
    assert data["options"]["physics"]["enabled"] is False
    places = positions(FACTS.entities, FACTS.relations)
    keys = sorted(entity.key for entity in FACTS.entities)
    assert list(zip(data["things"]["x"], data["things"]["y"], strict=True)) == [places[key] for key in keys]


def test_what_has_more_relations_is_larger() -> None:
    data = _data(PAGE)
    size = dict(zip(data["things"]["name"], data["things"]["size"], strict=True))
    assert size["青河区"] > size["宏远汽车"] > size["青河文化广场"]


def test_relations_are_unpacked_as_they_were() -> None:
    data = _data(PAGE)
    keys, strings = sorted(entity.key for entity in FACTS.entities), data["strings"]
    packed = data["relations"]
    rows = zip(packed["s"], packed["p"], packed["o"], packed["role"], strict=True)
    shown = {(keys[s], strings[p], strings[-o] if o < 0 else keys[o], strings[role]) for s, p, o, role in rows}
    assert shown == {(r.subject, r.predicate, r.object, r.role or "") for r in FACTS.relations}


def test_a_fact_stated_twice_is_shown_once_with_both_sentences() -> None:
    data = _data(PAGE)
    [row] = [
        row for row, p in zip(data["relations"]["evidence"], data["relations"]["p"], strict=True) if data["strings"][p] == "projectStatus"
    ]
    assert len(list(_quotes(row))) == 2


def test_a_figure_stated_elsewhere_too_is_shown_with_both_sentences() -> None:
    other = next(relation.evidence for relation in FACTS.relations)
    figure = replace(FACTS.figures[0], further=(other,))
    [row] = _data(page(replace(FACTS, figures=(figure,))))["figures"]["evidence"]
    assert {quote for [quote] in _quotes(row)} == {TEXT[e.spans[0].begin : e.spans[0].end] for e in (figure.evidence, other)}


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
    assert _data(page(Facts((), (), (), ())))["things"]["name"] == []


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
    asked = set(re.findall(r'say\("([\w.]+)"', text)) | set(re.findall(r'data-(?:text|label|hint|placeholder)="(\w+)"', text))
    assert asked <= chinese


def _luminance(colour: str) -> float:
    """Relative luminance after WCAG 2 of ``#rrggbb``, 0 to 1."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


TEXT_ON = [
    ("ink", "paper"),
    ("soft", "paper"),
    ("soft", "canvas"),
    ("accent", "accent-soft"),
    ("target", "target-soft"),
    ("mark-ink", "mark"),
]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_can_be_told_from_what_is_behind_them(scheme: int) -> None:
    style = (files("kg") / "view" / "style.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme]))
    assert min(_contrast(colours[text], colours[behind]) for text, behind in TEXT_ON) >= 4.5
    classes = _data(PAGE)["shapes"]
    assert min(_contrast(colours[name], colours[behind]) for name in classes for behind in ("canvas", "ground")) >= 3
