"""Prefilters: what patterns need, and that no match is lost by asking for it first."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.language.prefilter import needs
from kg.language.rules import Rule, Rules, compile_pattern, load

RULES = [rule for path in sorted((Path(kg.__file__).parent / "rules").glob("*.toml")) for rule in load(path.stem)]


@pytest.mark.parametrize(
    ("pattern", "sets"),
    [
        ("增长", ["增长"]),
        ("增长|提高", ["增长 提高"]),
        ("增长率|提高", ["增长 提高"]),
        ("区域经", ["区域", "域经"]),
        ("增长?", ["增 增长"]),
        ("(?:了|着)?增长", ["了增 着增 增长"]),
        ("[东西]区.*长", ["东区 西区", "长"]),
        ("(?:甲.*乙|丙)", ["甲 丙"]),
        ("(?:甲.*乙|.)", []),
        ("(?:甲乙)+", ["甲乙"]),
        ("(?:甲乙)*丙", ["丙"]),
        ("(?<=在)东(?!西)", ["在", "东"]),
        ("[^东]西", ["西"]),
        (r"\d亿", ["亿"]),
        ("(?P<name>.)(?P=name)", []),
        ("", []),
        ("(?i:a)b", ["b"]),
    ],
)
def test_needs(pattern: str, sets: list[str]) -> None:
    assert set(needs(re.compile(pattern))) == {frozenset(some.split()) for some in sets}


def test_a_pattern_that_ignores_case_needs_nothing() -> None:
    assert needs(re.compile("a", re.IGNORECASE)) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_possible_where_it_matches(rule: Rule) -> None:
    texts = [text for text in (*rule.examples, *rule.counters) if rule.pattern.search(text)]
    assert [text for text in texts if rule not in load(rule.name.split(".")[0]).possible(text)] == []


PARTS = st.sampled_from(
    ["甲", "乙", "丙", ".", "[甲乙]", "[^甲]", "(?=乙)", "(?!丙)", "甲?", "(?:乙丙)*", "(?:甲|乙丙)", "(?:甲.|乙)+", "(?<=甲)", "^", "$"]
)


@given(st.lists(PARTS, min_size=1, max_size=5).map("".join), st.text("甲乙丙丁", max_size=8))
def test_no_match_is_lost(pattern: str, text: str) -> None:
    rules = Rules((Rule("any", compile_pattern(pattern)),))
    assert bool(rules[0].pattern.search(text)) <= bool(list(rules.possible(text)))
