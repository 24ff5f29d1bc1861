"""Periods: cases in cases/period.tsv, the examples of rules/period.toml, and what holds of any date."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.audit.dates import dates
from kg.language.period import Period, periods
from kg.language.rules import Rule, load

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "period.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith(("#", "published\t"))
]


def shown(text: str, period: Period) -> str:
    flags = [name for name in ("vague", "comparison") if getattr(period, name)]
    return " ".join([text[period.begin : period.end], period.iso or "-", *flags])


@pytest.mark.parametrize(("published", "text", "expected"), CASES)
def test_cases(published: str, text: str, expected: str) -> None:
    found = periods(text, None if published == "-" else published)
    assert "; ".join(shown(text, period) for period in found) == expected


@pytest.mark.parametrize("rule", load("period"), ids=lambda rule: rule.name)
def test_rules_are_true_to_their_examples(rule: Rule) -> None:
    def fires(text: str) -> bool:
        """Whether the rule matches; the parts of ``date`` are all optional, and only a named one counts."""
        match = rule.pattern.search(text)
        return match is not None and bool(match[0])

    assert [text for text in rule.examples if not fires(text)] == []
    assert [text for text in rule.counters if fires(text)] == []


@pytest.mark.parametrize(
    ("text", "anchor", "iso"),
    [("全年税收增长", 2021, "2021"), ("上半年投产", 2021, "2021-01/2021-06"), ("12月兑现", 2021, "2021-12"), ("今年投产", 2021, "2023")],
)
def test_the_year_spoken_of_before(text: str, anchor: int, iso: str) -> None:
    assert [period.iso for period in periods(text, "2023-08", anchor)] == [iso]


@given(
    st.integers(1, 11), st.integers(1, 11), st.integers(1990, 2049), st.sampled_from(["{}月至{}月", "{}-{}月", "{}月—{}月", "{}至{}月份"])
)
def test_any_range_of_months(first: int, length: int, year: int, form: str) -> None:
    last = min(12, first + length)
    text = form.format(first, last)
    assert [p.iso for p in periods(f"{year}年{text}完成", None)] == [f"{year}-{first:02}/{year}-{last:02}"]
    assert [p.iso for p in periods(f"今年{text}完成", f"{year}-12")] == [f"{year}-{first:02}/{year}-{last:02}"]


@given(st.integers(1990, 2049), st.integers(1, 12), st.integers(1, 12))
def test_a_month_without_a_year_is_never_after_publication(year: int, published: int, month: int) -> None:
    [period] = periods(f"{month}月开工", f"{year}-{published:02}")
    assert period.iso == (f"{year}-{month:02}" if month <= published else f"{year - 1}-{month:02}")


@given(st.text("今去前明上下半全年月日季度底末初第一二三十0123456789-—至到、，同期以来近过“”五", max_size=40))
def test_any_text_is_read_in_order_without_overlap_and_as_days_that_there_are(text: str) -> None:
    end = 0
    for period in periods(text, "2023-08"):
        assert end <= period.begin < period.end <= len(text)
        assert period.iso is None or dates(period.iso)
        end = period.end
