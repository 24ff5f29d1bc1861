"""Relations that whole documents state, from reading names to the last stage."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.facts.entity import masked
from kg.identity.unification import Extraction
from kg.language.rules import Rule, load
from kg.linking.link import link
from kg.pipeline import extract
from kg.recognition import recognize
from kg.text.document import Document, Metadata
from kg.text.sentence import split

CASES = tomllib.loads((Path(__file__).parent / "cases" / "relation.toml").read_text(encoding="utf-8"))["case"]


def stated(extraction: Extraction) -> Iterator[str]:
    """The relations as a case writes them, for every pair of names that the things bear."""
    names = {entity.key: (entity.name, *entity.aliases) for entity in extraction.entities}
    for relation in extraction.relations:
        for subject in names[relation.subject]:
            for object in (relation.object,) if relation.literal else names[relation.object]:
                yield f"{subject} {relation.predicate} {object}" + (f" / {relation.role}" if relation.role else "")


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:16] for case in CASES])
def test_relations(case: dict[str, str | list[str]]) -> None:
    found = set(stated(extract(Document("doc", "doc.txt", str(case["text"]), Metadata(published="2023-08")))))
    assert [fact for fact in case.get("has", ()) if fact not in found] == []
    assert [fact for fact in case.get("lacks", ()) if fact in found] == []


RULES = [*load("relation"), *load("batch"), *load("roll"), *load("route"), *load("status"), *load("position")]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.output not in ("District", "none")], ids=lambda rule: rule.name)
def test_rules_fire_in_their_examples_only(rule: object) -> None:
    """Each example of the files of RULES, built as a document, yields a relation by its rule."""
    for text in rule.examples:  # type: ignore[attr-defined]
        assert rule.name in fired(text), text  # type: ignore[attr-defined]
    for text in rule.counters:  # type: ignore[attr-defined]
        assert rule.name not in fired(text), text  # type: ignore[attr-defined]


@pytest.mark.parametrize("rule", [rule for rule in load("roll") if rule.output == "none"], ids=lambda rule: rule.name)
def test_lists_of_the_best_are_found_in_the_examples_only(rule: Rule) -> None:
    assert [text for text in rule.examples if not names_list(rule, text)] == []
    assert [text for text in rule.counters if names_list(rule, text)] == []


def names_list(rule: Rule, text: str) -> bool:
    document = Document("doc", "doc.txt", text)
    return any(rule.pattern.search(masked(item).text) for item in link(document, recognize(split(document))).sentences)


def fired(text: str) -> set[str]:
    return {relation.rule for relation in extract(Document("doc", "doc.txt", text, Metadata(published="2023-08"))).relations}
