"""Every rule: it has a name of its own and examples, and it is true to them."""

import re
import signal
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import kg
from kg.language.rules import Annotation, Masked, Rule, load

FILES = sorted(path.stem for path in (Path(kg.__file__).parent / "rules").glob("*.toml"))
PLAIN = (
    "anaphor",
    "branch",
    "dateline",
    "definition",
    "description",
    "event",
    "home",
    "identity",
    "list",
    "location_subject",
    "nesting",
    "numeral",
    "organ",
    "person",
    "relation_subject",
    "sentence",
    "table",
    "width",
)
"""Files whose rules run on the text itself: a pattern alone decides about their examples. The rules of all other files depend on
what was found in the text before, and the tests of their extractors run them."""
RULES = [rule for name in PLAIN for rule in load(name)]


def named(rules: Iterable[Rule]) -> list[str]:
    return [rule.name for rule in rules]


@pytest.mark.parametrize("file", FILES)
def test_names_are_unique(file: str) -> None:
    assert [name for name, number in Counter(named(load(file))).items() if number > 1] == []


@pytest.mark.parametrize("file", FILES)
def test_every_rule_has_an_example(file: str) -> None:
    assert named(rule for rule in load(file) if not rule.examples) == []


@pytest.mark.parametrize("file", [file for file in FILES if file not in PLAIN])
def test_every_other_file_is_tested_by_its_extractor(file: str) -> None:
    tests = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py") if path != Path(__file__)]
    assert any(re.search(rf"""["']{file}["']""", text) for text in tests), f"no test reads the examples of rules/{file}.toml"


@pytest.mark.parametrize("rule", RULES, ids=named(RULES))
def test_plain_rule_fires_in_its_examples_only(rule: Rule) -> None:
    assert [text for text in rule.examples if not rule.pattern.search(unmarked(text))] == []
    assert [text for text in rule.counters if rule.pattern.search(unmarked(text))] == []


PIECES = (
    "一",
    "1",
    "1,",
    "1.",
    "12月",
    "第一",
    " ",
    "\n",
    "“",
    "“a”",
    "《",
    "（",
    "、",
    "，",
    "的",
    "区",
    "亿元",
    "\ue001",
    "\ue001、",
    "\ue009和",
)
LIST = "青溪、"
LENGTH, SECONDS = 400, 120


@contextmanager
def patience() -> Iterator[None]:
    """Breaks off what takes minutes of the processor."""

    def give_up(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def likings(rule: Rule) -> set[str]:
    """What a pattern nearly matches, again and again, to the end and up to something else."""
    texts = {unmarked(text) for text in rule.examples[:2]}
    beginnings = {part for text in texts for part in (text, text[:-1], text[: len(text) // 2])}
    listing = {text + LIST * (LENGTH // len(LIST)) + "。" for text in texts}
    runs = {piece * (LENGTH // len(piece)) for piece in {*PIECES, *beginnings} if piece}
    return runs | {f"{run}从" for run in runs} | listing


@pytest.mark.parametrize("file", FILES)
def test_no_pattern_loses_itself(file: str) -> None:
    """Were one exponential in any of these, it would not come to an end; sentences are bounded besides."""
    with patience():
        for rule in load(file):
            for text in likings(rule):
                assert all(match.end() <= len(text) for match in rule.pattern.finditer(text))


def test_a_pattern_that_loses_itself_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_rules.SECONDS", 0.2)
    with patience(), pytest.raises(TimeoutError):
        re.search("(?:a|a)*b", "a" * 400)


def unmarked(text: str) -> str:
    return text.replace("⟦", "").replace("⟧", "")


def test_masked_text_leads_back_to_the_original() -> None:
    text = "甲公司向乙区投资3亿元"
    view = Masked(text, [Annotation(8, 11, "Quantity", "q"), Annotation(0, 3, "Enterprise", "e"), Annotation(4, 6, "District", "d")])
    assert len(view.text) == len(text) - 5
    assert text[view.origin(0) : view.origin(1)] == "甲公司"
    assert text[view.origin(3) : view.origin(len(view.text))] == "投资3亿元"
    assert [note.what for note in view.within(0, len(view.text))] == ["e", "d", "q"]
    assert view.annotation(1) is None
