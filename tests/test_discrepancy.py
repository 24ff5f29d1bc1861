"""Discrepancies, outcomes and arithmetic: invented documents with what is between their figures, and what holds for all numbers."""

import random
import tomllib
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import FIGURES, REVIEWED_FACTS

import kg
from kg.audit.audit import Audit, audit
from kg.audit.discrepancy import Outcome, in_words, is_met, written
from kg.audit.interval import Interval, allowed, amount
from kg.facts.knowledge import Facts
from kg.identity.unification import unify
from kg.language.quantity import Bound
from kg.language.rules import Rule, load
from kg.pipeline import extract
from kg.rdf.graph import build_graph
from kg.rdf.turtle import turtle
from kg.text.document import Document, Metadata

CASES = tomllib.loads((Path(__file__).parent / "cases" / "discrepancy.toml").read_text(encoding="utf-8"))["case"]
WHOLE = ("arithmetic.all-parts", "arithmetic.next-part", "arithmetic.one-part", "arithmetic.share", "arithmetic.phase")
"""Rules that have to match from end to end."""
RULES = [*load("discrepancy"), *load("arithmetic")]
MET = {True: "met", False: "missed", None: "open"}


def document(line: str) -> Document:
    published, publisher, text = (part.strip() for part in line.split("|", 2))
    about = Metadata("报道", publisher or None, published, home="绿园区")
    return Document(sha256(line.encode()).hexdigest()[:16], "case.txt", text, about)


def audited(facts: Facts) -> Audit:
    return audit(facts.documents, facts.entities, facts.figures)


def outcome(one: Outcome) -> str:
    return f"{MET[one.met]} | {written(one.actual)} | {written(one.target)}"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_between_figures(case: dict[str, list[str]]) -> None:
    found = audited(unify(extract(document(line)) for line in case["documents"]))
    said = sorted(" | ".join([d.kind, *sorted(map(written, d.figures))]) for d in found.discrepancies)
    assert said == case.get("found", [])
    assert [outcome(one) for one in found.outcomes] == case.get("outcomes", [])
    for one in found.discrepancies:
        assert all(written(figure) in one.zh and written(figure) in one.en for figure in one.figures)
        assert one.en.isprintable()
        assert ("个百分点" in one.zh) == ("percentage points" in one.en) == (one.figures[-1].unit == "%")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_order_of_documents_and_figures_does_not_matter(case: dict[str, list[str]]) -> None:
    facts = unify(extract(document(line)) for line in case["documents"])
    figures = list(facts.figures)
    random.Random(5).shuffle(figures)
    other = replace(facts, documents=facts.documents[::-1], entities=facts.entities[::-1], figures=tuple(figures))
    assert audited(other) == audited(facts)
    assert "".join(turtle(build_graph(other))) == "".join(turtle(build_graph(facts)))


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_rule_matches_its_examples(rule: Rule) -> None:
    how = (
        rule.pattern.fullmatch if rule.name in WHOLE else rule.pattern.match if rule.name == "arithmetic.and-more" else rule.pattern.search
    )
    assert [text for text in rule.examples if not how(text)] == []
    assert [text for text in rule.counters if how(text)] == []


def test_the_sample_has_a_rounding_and_two_outcomes() -> None:
    found = audited(REVIEWED_FACTS)
    assert [d.kind for d in found.discrepancies] == ["rounding"]
    assert sorted(map(outcome, found.outcomes)) == [
        "met | 8.64亿元 | 8亿元",
        "met | 8.6亿元 | 8亿元",
        "missed | 8.64亿元 | 9亿元",
        "missed | 8.6亿元 | 9亿元",
    ]


def test_the_seeds_do_not_deny_one_another() -> None:
    """What their texts tell apart (two lists of 企业, 148 and 161 高新技术企业 of different years) is no conflict."""
    found = audited(kg.build([str(Path(__file__).parent.parent / "seeds")]).facts)
    assert Counter(d.kind for d in found.discrepancies) == {}
    assert found.outcomes == ()


# --- numbers ----------------------------------------------------------------------------------------------------------

LEVEL = FIGURES[0]
numbers = st.decimals(min_value="0.01", max_value="9999", places=6)
positive = st.decimals(min_value="0.1", max_value="1000", places=3)


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places))


@given(numbers, st.integers(0, 5))
def test_a_rounded_number_allows_the_true_one(value: Decimal, places: int) -> None:
    span = allowed(replace(LEVEL, value=rounded(value, places)))
    assert span.low <= value * 10**8 <= span.high


@given(numbers, st.integers(0, 3), st.integers(0, 3))
def test_two_roundings_of_one_number_meet(value: Decimal, places: int, others: int) -> None:
    one, other = (allowed(replace(LEVEL, value=rounded(value, digits))) for digits in (places, others))
    assert one.meets(other)
    assert other.meets(one)


@given(positive, positive, st.integers(0, 2))
def test_a_rounded_product_is_within_that_of_rounded_numbers(one: Decimal, other: Decimal, places: int) -> None:
    product = Interval(rounded(one, 1), rounded(one, 1) + 1) * Interval(other, other + 1)
    assert product.low <= rounded(one, 1) * other <= product.high
    parts = [allowed(replace(LEVEL, value=rounded(value, places))) for value in (one, other)]
    total = (parts[0] + parts[1]).low, (parts[0] + parts[1]).high
    assert total[0] <= (one + other) * 10**8 <= total[1]
    if parts[1].low > 0 and parts[0].low >= 0:
        ratio = parts[0] / parts[1]
        assert ratio.low <= one / other <= ratio.high


@given(numbers)
def test_bounds_point_away_from_nought(value: Decimal) -> None:
    for sign in (1, -1):
        over, under = (allowed(replace(LEVEL, value=sign * value, bound=bound)) for bound in (Bound.OVER, Bound.UNDER))
        assert over.meets(under)
        assert over.meets(Interval(sign * value * 10**9, sign * value * 10**9))
        assert under.meets(Interval(Decimal(0), Decimal(0)))


@given(numbers, numbers, st.sampled_from(Bound))
def test_an_exact_result_settles_a_target_but_a_vague_one(result: Decimal, goal: Decimal, bound: Bound) -> None:
    target = replace(LEVEL, value=goal, bound=bound)
    met = is_met(replace(LEVEL, value=result), target)
    if bound is Bound.UNDER:
        assert met == (result <= goal)
    elif bound is not Bound.ABOUT or result >= goal:
        assert met == (amount(replace(LEVEL, value=result)) >= amount(target))
    else:
        assert met is None


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2023", "2023年", "2023"),
        ("2023-06", "2023年6月", "2023-06"),
        ("2023-01/2023-06", "2023年1月至2023年6月", "2023-01 to 2023-06"),
        ("2023-06-30", "2023年6月30日", "2023-06-30"),
        (None, "", ""),
    ],
)
def test_periods_are_put_into_words(period: str | None, zh: str, en: str) -> None:
    assert (in_words(period, "zh"), in_words(period, "en")) == (zh, en)
