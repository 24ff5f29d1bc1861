"""Quantities: cases in cases/quantity.tsv, the examples of rules/quantity.toml, and what holds of any text."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.language.numeral import numerals
from kg.language.quantity import Bound, Quantity, kind, normalized, quantities, qudt, units
from kg.language.rules import Rule, load

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "quantity.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith(("#", "text\t"))
]


def shown(text: str, quantity: Quantity) -> str:
    value = str(quantity.value) if quantity.high is None else f"{quantity.value}..{quantity.high}"
    flags = [name for name in ("ordinal", "indefinite") if getattr(quantity, name)]
    return " ".join([text[quantity.begin : quantity.end], quantity.bound, value, quantity.unit or "-", *flags])


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_cases(text: str, expected: str) -> None:
    assert "; ".join(shown(text, q) for q in quantities(text)) == expected


def fires(rule: Rule, text: str) -> bool:
    """Whether the rule fires where its output says that it is asked."""
    match rule.output:
        case "none":
            return any(rule.pattern.match(text, numeral.begin) for numeral in numerals(text))
        case "between":
            return rule.pattern.fullmatch(text) is not None
        case "after":
            match = rule.pattern.match(text)
            # Every part of the unit rule is optional: it must read an example to its end.
            return match is not None and (rule.name != "quantity.unit" or match.end() == len(text))
        case "before" | "any":
            return rule.pattern.search(text) is not None
    raise ValueError(f"{rule.name}: no such output: {rule.output}")


@pytest.mark.parametrize("rule", load("quantity"), ids=lambda rule: rule.name)
def test_rules_are_true_to_their_examples(rule: Rule) -> None:
    assert [text for text in rule.examples if not fires(rule, text)] == []
    assert [text for text in rule.counters if fires(rule, text)] == []


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("1.72", "万户", ("17200", "户")),
        ("277.4", "亿元", ("27740000000", "元")),
        ("7", "万亿元", ("7000000000000", "元")),
        ("5", "百万元", ("5000000", "元")),
        ("60", "万千瓦", ("600000", "千瓦")),
        ("5", "千瓦时", ("5", "千瓦时")),
        ("80", "万", ("800000", "")),
        ("3.2", "标箱", ("3.2", "标箱")),
        ("156", "平方公里", ("156", "平方公里")),
        ("9800", "元/平方米", ("9800", "元/平方米")),
        ("95", "", ("95", "")),
    ],
)
def test_normalized(value: str, unit: str, expected: tuple[str, str]) -> None:
    assert normalized(Decimal(value), unit) == (Decimal(expected[0]), expected[1])


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("亿元", ("money", "CNY")),
        ("万平方米", ("area", "M2")),
        ("平方公里", ("area", "KiloM2")),
        ("万吨", ("mass", "TONNE")),
        ("%", ("ratio", "PERCENT")),
        ("万户", ("count", "")),
        ("元/吨", ("money", "")),
        ("亿", ("", "")),
    ],
)
def test_kind_and_qudt(unit: str, expected: tuple[str, str]) -> None:
    assert (kind(unit), qudt(unit)) == expected


def test_units_are_listed_once() -> None:
    lines = (Path(__file__).parent.parent / "kg" / "lexicon" / "unit.tsv").read_text(encoding="utf-8").splitlines()
    words = [line.split("\t")[0] for line in lines if not line.startswith("#")][1:]
    assert len(words) == len(set(words)) == len(units())


@given(
    st.decimals(Decimal("0.01"), 9999, places=2), st.sampled_from(["", "万", "亿"]), st.sampled_from(["元", "户", "平方米", "吨", "人次"])
)
def test_any_amount_is_read_back(value: Decimal, scale: str, unit: str) -> None:
    [quantity] = quantities(f"共计{value}{scale}{unit}。")
    assert (quantity.value, quantity.unit, quantity.bound) == (value, scale + unit, Bound.EQUAL)


@given(st.integers(1, 999), st.sampled_from([("超过", "", ">"), ("不足", "", "<"), ("约", "", "~"), ("", "以上", ">"), ("", "左右", "~")]))
def test_bounds_belong_to_the_quantity(number: int, bound: tuple[str, str, str]) -> None:
    before, after, sign = bound
    [quantity] = quantities(f"新增{before}{number}家{after}。")
    assert (quantity.begin, quantity.end, quantity.bound) == (2, len(f"新增{before}{number}家{after}"), sign)


@example("十 十")
@given(st.text("超于约近第前一二两三十百千万亿%个家元位年月日成折半多余至到、-0123456789.“” ", max_size=40))
def test_any_text_is_read_in_order_and_without_overlap(text: str) -> None:
    end = 0
    for quantity in quantities(text):
        assert end <= quantity.begin < quantity.end <= len(text)
        end = quantity.end


@given(st.integers(1, 12), st.integers(1, 28), st.integers(1950, 2049))
def test_dates_are_no_quantities(month: int, day: int, year: int) -> None:
    assert quantities(f"{year}年{month}月{day}日，{month}月{day}日，{year}-{month:02}-{day:02}") == ()


@pytest.mark.parametrize("piece", ["1", "一", "万", "百千", "1,111", "“", "《", "1、", "1-", "1万", "三分之", "第一、", "超过"])
def test_long_runs_are_no_trouble(piece: str) -> None:
    assert all(q.begin < q.end for q in quantities(piece * 3000))
