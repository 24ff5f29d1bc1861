"""Figures: invented sentences with what they say, and the examples of the rules."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cast import HOME, linked
from hypothesis import given
from hypothesis import strategies as st

from kg.facts.figure import Figure
from kg.facts.measure import fire
from kg.facts.reader import figures
from kg.facts.statement import Statement, Target
from kg.language.rules import Rule, load

CASES = tomllib.loads((Path(__file__).parent / "cases" / "figure.toml").read_text(encoding="utf-8"))["case"]
WHOLE_CLAUSE = ("subject.adverbial", "subject.of-each", "label.among", "label.no-owner", "clause.bracketed", "clause.sent", "clause.size")
"""Rules that have to match a clause from end to end."""
OPENING = (
    *(
        "subject.member",
        "subject.listed",
        "subject.said",
        "subject.reports",
        "subject.speaks",
        "subject.reckons",
        "narrative.ahead",
        "narrative.back",
    ),
    *("narrative.instance", "narrative.of", "narrative.another-year", "narrative.breakdown", "narrative.reaching"),
)
"""Rules that have to match where the text begins."""
WHOLE = [rule for name in ("subject", "outlook", "label", "narrative", "clause", "plausibility") for rule in load(name)]


def written(figure: Figure) -> str:
    """A figure as the cases have it: about | indicator | number | measure | period, then what is not usual."""
    bound = "" if figure.bound == "=" else figure.bound
    unusual = [*(["target"] if figure.status == "target" else []), *([f"in {figure.scope}"] if figure.scope else [])]
    number = f"{bound}{figure.value.normalize():f}{figure.unit}"
    return " | ".join([figure.about, figure.indicator, number, figure.measure, figure.period or "-", *unusual])


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:30] for case in CASES])
def test_sentence_says(case: dict[str, Any]) -> None:
    assert [written(figure) for figure in figures(linked(case["text"], given=None if case.get("news") else HOME))] == list(
        case.get("figures", [])
    )


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:30] for case in CASES])
def test_evidence_holds_number(case: dict[str, str]) -> None:
    for figure in figures(linked(case["text"])):
        quoted = "".join(case["text"][span.begin : span.end] for span in figure.evidence.spans)
        assert figure.raw in quoted
        assert not quoted.startswith(("，", "。", "、"))


def marked(text: str) -> tuple[Statement, Target | None]:
    """The statement of an example, and its quantity between 【 and 】."""
    line = Statement(linked(text.replace("【", "").replace("】", "")).sentences[0])
    begin, end = text.find("【"), text.find("】") - 1
    found = [t for t in line.targets if t.quantity.begin < end and begin < t.quantity.end]
    return line, found[0] if found else None


@pytest.mark.parametrize("rule", load("figure"), ids=[rule.name for rule in load("figure")])
def test_figure_rule_fires_in_its_examples(rule: Rule) -> None:
    for text in rule.examples:
        line, target = marked(text)
        assert target, text
        fired = fire(line, target)
        assert fired, text
        assert fired[0].name == rule.name, text
    for text in rule.counters:
        line, target = marked(text)
        fired = fire(line, target) if target else None
        assert not fired or fired[0].name != rule.name, text


@pytest.mark.parametrize("rule", WHOLE, ids=[rule.name for rule in WHOLE])
def test_other_rule_matches_its_examples(rule: Rule) -> None:
    assert [text for text in rule.examples if not matches(rule, text)] == []
    assert [text for text in rule.counters if matches(rule, text)] == []


def matches(rule: Rule, text: str) -> bool:
    line, target = marked(text)
    shown = line.showing(target) if target else line.text
    how = rule.pattern.fullmatch if rule.name in WHOLE_CLAUSE else rule.pattern.match if rule.name in OPENING else rule.pattern.search
    return bool(how(shown))


def test_growth_knows_its_level() -> None:
    level, growth = figures(linked("规模以上工业产值完成86.5亿元，同比增长7.2%。"))
    assert growth.level == (level.indicator, level.value, level.unit)


def test_the_same_fact_twice_has_the_same_content() -> None:
    first, second = figures(linked("上半年固投完成52.2亿元\n上半年，全区固定资产投资完成52.2亿元。"))
    assert (first.indicator, first.period) == (second.indicator, second.period) == ("固定资产投资", "2024-01/2024-06")
    assert first.evidence != second.evidence


def test_without_a_date_nothing_lies_ahead() -> None:
    (figure,) = figures(linked("2030年，全区常住人口58万人。", published=None))
    assert (figure.period, figure.status) == ("2030", "actual")


@given(st.decimals(min_value="0.01", max_value="99999", places=2), st.sampled_from(["增长", "下降"]))
def test_every_number_comes_through(number: Decimal, word: str) -> None:
    text = f"全区固定资产投资完成{number}亿元，同比{word}{number}%。"
    level, growth = figures(linked(text))
    assert (level.value, growth.value) == (number, number if word == "增长" else -number)
    assert {level.about, growth.about} == {HOME}


CROPS = ("水稻", "小麦", "玉米", "油菜", "棉花", "甜菜")
LISTS = (
    "{crops}产量分别增长{numbers}。",
    "{crops}产量稳步增加，同比分别增长{numbers}。",
    "{crops}等作物产量较快增长，分别增长{numbers}。",
    "{crops}产量增长{numbers}。",
)


@given(st.lists(st.sampled_from(CROPS), min_size=2, max_size=6, unique=True), st.sampled_from(LISTS), st.data())
def test_each_number_of_a_list_goes_to_its_thing(crops: list[str], form: str, data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.decimals(min_value="0.1", max_value="99", places=1), min_size=len(crops), max_size=len(crops)))
    found = figures(linked("全区" + form.format(crops="、".join(crops), numbers="、".join(f"{n}%" for n in numbers))))
    assert [(f.indicator, f.value) for f in found] == [(f"{crop}产量", n) for crop, n in zip(crops, numbers, strict=True)]


@given(st.text(alphabet="全区年产值增长达，。、的第一二3.5亿元%个位排名为占比（）“”项目将0", max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    for figure in figures(linked(text)):
        assert figure.indicator
        assert figure.raw in text
