"""Programmes and events: every rule by its examples, every case of cases/programme.toml, and what follows from both."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.facts.agent import protagonist
from kg.facts.composition import compositions
from kg.facts.entity import Entity, Link, LinkedDocument, LinkedSentence
from kg.facts.event import event_mentions, event_relations
from kg.facts.programme_relation import programme_relations
from kg.language.rules import CLASSES, Annotation, Masked, Rule, load
from kg.names.decomposition import coded, count, decompositions, digits, items
from kg.names.mention import Mention, choose
from kg.names.programme import programme_mentions
from kg.names.quotation import quotations, weigh
from kg.text.document import Document
from kg.text.sentence import Kind, Sentence, Span

CASES = tomllib.loads((Path(__file__).parent / "cases" / "programme.toml").read_text(encoding="utf-8"))
MARKED = re.compile("⟦(.*?)⟧")


def sentence(text: str, section: tuple[str, ...] = (), index: int = 0) -> Sentence:
    return Sentence("d", index, text, (Span(0, len(text)),), Kind.BODY, section)


def rules(*tables: str) -> list[Rule]:
    return [rule for table in tables for rule in load(table)]


@pytest.mark.parametrize("rule", rules("programme", "event"), ids=lambda rule: rule.name)
def test_rule_finds_what_its_examples_mark(rule: Rule) -> None:
    assert rule.examples
    for example in rule.examples:
        if rule.output == "evidence":
            assert rule.pattern.search(example), example
        elif rule.output == "separator":
            assert rule.pattern.fullmatch(MARKED.search(example)[1]), example  # type: ignore[index]
        else:
            found = [match["name"] for match in rule.pattern.finditer(MARKED.sub(r"\1", example))]
            assert set(MARKED.findall(example)) <= set(found), example


@pytest.mark.parametrize("rule", rules("programme", "event"), ids=lambda rule: rule.name)
def test_rule_spares_its_counters(rule: Rule) -> None:
    for counter in rule.counters:
        assert not rule.pattern.search(counter), counter


def masked(example: str) -> str:
    """An example in which <Class> stands for a name, with the character that a mask puts there."""
    notes = [Annotation(m.start(), m.end(), m[1], None) for m in re.finditer(f"<({'|'.join(CLASSES)})>", example)]
    return Masked(example, notes).text


@pytest.mark.parametrize("rule", rules("programme_relation"), ids=lambda rule: rule.name)
def test_relation_rule_fires_on_its_examples(rule: Rule) -> None:
    assert rule.examples
    assert all(rule.pattern.search(masked(example)) for example in rule.examples)
    assert not any(rule.pattern.search(masked(counter)) for counter in rule.counters)


@pytest.mark.parametrize("case", CASES["name"], ids=lambda case: case["text"])
def test_names(case: dict[str, list[str]]) -> None:
    found = sentence(str(case["text"]), tuple(case.get("section", ())))
    chosen = choose([*programme_mentions(found), *event_mentions(found)])
    assert [m.name for m in chosen if m.type == "Programme"] == case.get("programmes", [])
    assert [m.name for m in chosen if m.type == "Event"] == case.get("events", [])


def test_forms_are_the_words_of_the_name_without_their_class_word() -> None:
    (mention,) = programme_mentions(sentence("实施“三二六”高质量发展战略。"))
    assert (mention.name, mention.forms) == ("三二六高质量发展战略", ("三二六",))
    assert (mention.begin, mention.end) == (2, 14)


def linked(texts: list[str], bodies: dict[str, str], home: str) -> LinkedDocument:
    """Sentences with their programmes and events, and with the given bodies found by name."""
    entities = {f"{kind}/{name}": Entity(f"{kind}/{name}", kind, name) for name, kind in bodies.items()}
    sentences = []
    for index, text in enumerate(texts):
        plain = sentence(text, index=index)
        named = [Mention(m.start(), m.end(), kind, name, "test", 3.0) for name, kind in bodies.items() for m in re.finditer(name, text)]
        links = []
        for mention in choose([*named, *programme_mentions(plain), *event_mentions(plain)]):
            names = {mention.name, *mention.forms}
            key = next((e.key for e in entities.values() if e.type == mention.type and names & {e.name, *e.aliases}), None)
            if key is None:
                key = f"{mention.type}/{mention.name}"
                entities[key] = Entity(key, mention.type, mention.name, mention.forms)
            links.append(Link(mention, key))
        sentences.append(LinkedSentence(plain, tuple(links), (), ()))
    text = "".join(texts)
    return LinkedDocument(Document("d", "d", text), home, entities, tuple(sentences))


@pytest.mark.parametrize("case", CASES["relation"], ids=lambda case: "".join(case["text"])[:40])
def test_relations(case: dict[str, list[str]]) -> None:
    bodies = {"云岭市": "District", "青溪区": "District", "省委": "Organization", "市委": "Organization", "宏远集团": "Enterprise"}
    bodies["区委"] = bodies["县文旅局"] = "Organization"
    document = linked(case["text"], bodies, "District/青溪区")
    found = {
        f"{document.entities[r.subject].name} {r.predicate} {document.entities[r.object].name}"
        for r in (*programme_relations(document), *compositions(document), *event_relations(document))
    }
    assert found == set(case["facts"])


@pytest.mark.parametrize("case", CASES["protagonist"], ids=lambda case: "".join((*case["text"], case.get("home", ""))))
def test_protagonist(case: dict[str, str]) -> None:
    document = linked(list(case["text"]), {"市委": "Organization", "宏远集团": "Enterprise", "青溪区": "District"}, "District/青溪区")
    hero = protagonist(replace(document, home=document.home if "home" in case else None, reports=False))
    assert (document.entities[hero].name if hero else None) == case.get("told")


@given(st.lists(st.integers(1, 9), min_size=2, max_size=5))
def test_digits_are_read_in_every_notation(numbers: list[int]) -> None:
    chinese = "".join("一二三四五六七八九"[n - 1] for n in numbers)
    assert digits(chinese) == digits("+".join(map(str, numbers))) == tuple(numbers)


@given(st.integers(2, 9), st.integers(2, 9))
def test_parts_are_found_only_in_the_announced_number(announced: int, named: int) -> None:
    listed = "、".join(f"{'甲乙丙丁戊己庚辛壬'[i]}河治理" for i in range(named))
    text = f"{listed}“{'一二三四五六七八九'[announced - 1]}大工程”"
    wholes = [d for d in decompositions(text) if d.name.endswith("工程")]
    assert [len(d.parts) for d in wholes] == ([named] if named == announced else [])
    for whole in wholes:
        assert "、".join(text[begin:end] for begin, end in whole.parts) == listed


@given(st.text(alphabet="“”‘’甲乙、，。实施工程三大即", max_size=40))
def test_spans_stay_inside_any_text(text: str) -> None:
    found = sentence(text)
    for mention in (*programme_mentions(found), *event_mentions(found)):
        assert 0 <= mention.begin < mention.end <= len(text)
    for part in (p for d in (*decompositions(text), *coded(text)) for p in d.parts):
        assert 0 <= part[0] < part[1] <= len(text)


def test_quotations_in_a_row_are_one_list() -> None:
    text = "落实“甲城同创”“乙城同创”，做好“丙城同创”。"
    assert [(q.name, q.left, q.right) for q in quotations(text)] == [("甲城同创", 2, 14), ("乙城同创", 2, 14), ("丙城同创", 17, 23)]


def test_weighing_tells_its_reasons() -> None:
    text = "稳住“压舱石”"
    assert ("programme.metaphor", -2.0) in weigh(text, quotations(text)[0])


def test_items_lose_a_verb_that_governs_the_list() -> None:
    text = "统筹推进治水攻坚、治土清零"
    assert [text[begin:end] for begin, end in items(text, 0, len(text))] == ["治水攻坚", "治土清零"]
    assert count("两") == 2
    assert count("甲") == 0
