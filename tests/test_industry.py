"""Industries: which words name one, and whose it is."""

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.facts.entity import Entity, Link, LinkedDocument, LinkedSentence
from kg.facts.industry import industry_relations
from kg.language.lexicon import rows, words
from kg.language.rules import Rule, load
from kg.language.words import tokens
from kg.names.industry import industry_mentions, industry_stem
from kg.names.mention import Mention, choose
from kg.text.document import Document
from kg.text.sentence import Sentence, Span

CASES = tomllib.loads((Path(__file__).parent / "cases" / "industry.toml").read_text(encoding="utf-8"))
TEXTS = [text for case in CASES["mention"] for text in case["texts"]]
HOME = "青禾区"
MARK = re.compile(r"⟦(?:(?P<type>[A-Z][a-z]+):)?(?P<name>[^⟧|]+)(?:\|(?P<surface>[^⟧]+))?⟧")


def sentence_of(text: str, index: int = 0) -> Sentence:
    return Sentence("d", index, text, (Span(0, len(text)),))


def found_in(text: str) -> tuple[Mention, ...]:
    return choose(industry_mentions(sentence_of(text), tokens(text)))


def marked(text: str) -> list[str]:
    return [match["name"] for match in MARK.finditer(text)]


def unmarked(text: str) -> str:
    return MARK.sub(lambda m: m["surface"] or m["name"], text)


@pytest.mark.parametrize("text", TEXTS)
def test_names_in_sentences(text: str) -> None:
    assert [mention.name for mention in found_in(unmarked(text))] == marked(text)


RULES = load("industry")


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_rule_is_true_to_its_examples(rule: Rule) -> None:
    for text in rule.examples:
        names = {mention.name for mention in found_in(unmarked(text))}
        assert set(marked(text)) <= names, text
        assert rule.pattern.search(unmarked(text)), text
    for text in rule.counters:
        assert [m for m in industry_mentions(sentence_of(text), tokens(text)) if m.rule == rule.name] == [], text


@pytest.mark.parametrize("file", ["industry_shape", "industry_subject"])
def test_shapes_are_true_to_their_examples(file: str) -> None:
    for rule in load(file):
        assert [text for text in rule.examples if not rule.pattern.search(text)] == [], rule.name
        assert [text for text in rule.counters if rule.pattern.search(text)] == [], rule.name


@pytest.mark.parametrize("text", TEXTS)
def test_mentions_lie_where_they_say(text: str) -> None:
    plain = unmarked(text)
    for mention in found_in(plain):
        assert re.sub("[“”‘’]", "", plain[mention.begin : mention.end]) == mention.name
        assert all(form and form in mention.name and form != mention.name for form in mention.forms)


def links_of(text: str) -> tuple[str, list[Link]]:
    """The text without marks, and a link for each: of the marked things, and of the industries that are found."""
    links, plain, position = [], "", 0
    for match in MARK.finditer(text):
        plain += text[position : match.start()]
        surface = match["surface"] or match["name"]
        mention = Mention(len(plain), len(plain) + len(surface), match["type"], surface, "test")
        links.append(Link(mention, f"{match['type']}/{match['name']}", anaphor=bool(match["surface"])))
        plain += surface
        position = match.end()
    plain += text[position:]
    taken = {offset for link in links for offset in range(link.mention.begin, link.mention.end)}
    free = [mention for mention in found_in(plain) if taken.isdisjoint(range(mention.begin, mention.end))]
    links.extend(Link(mention, f"Industry/{mention.name}") for mention in free)
    return plain, sorted(links, key=lambda link: link.mention.begin)


def document_of(texts: list[str]) -> LinkedDocument:
    sentences, entities = [], {f"District/{HOME}": Entity(f"District/{HOME}", "District", HOME)}
    for index, text in enumerate(texts):
        plain, links = links_of(text)
        sentences.append(LinkedSentence(sentence_of(plain, index), tuple(links), (), ()))
        for link in links:
            kind, _, name = link.key.partition("/")
            entities.setdefault(link.key, Entity(link.key, kind, name, link.mention.forms))
    return LinkedDocument(Document("d", "test", ""), f"District/{HOME}", entities, tuple(sentences))


@pytest.mark.parametrize("case", CASES["relation"], ids=[case["name"] for case in CASES["relation"]])
def test_whose_an_industry_is(case: dict[str, list[str]]) -> None:
    found = industry_relations(document_of(case["text"]))
    assert {relation.predicate for relation in found} <= {"inIndustry"}
    facts = {f"{relation.subject.partition('/')[2]} {relation.object.partition('/')[2]}" for relation in found}
    assert facts == set(case["relations"])


@pytest.mark.parametrize("case", CASES["relation"], ids=[case["name"] for case in CASES["relation"]])
def test_evidence_names_both(case: dict[str, list[str]]) -> None:
    document = document_of(case["text"])
    for relation in industry_relations(document):
        (span,) = relation.evidence.spans
        texts = [item.sentence.text[span.begin : span.end] for item in document.sentences]
        names = document.entities[relation.object]
        assert any(form in text or industry_stem(form) in text for text in texts for form in (names.name, *names.aliases)), relation


def test_stems_join_the_forms_of_one_industry_and_no_others() -> None:
    stems = [{industry_stem(name) for name in case["one"]} for case in CASES["stem"]]
    assert [len(one) for one in stems] == [1] * len(stems)
    assert len(set.union(*stems)) == len(stems)


class IndustryRow(NamedTuple):
    word: str
    kind: str


def test_kinds_of_industries() -> None:
    assert {row.kind for row in rows("industry", IndustryRow)} == {"sector", "market", "common", "generic"}


@pytest.mark.parametrize("table", ["industry", "enterprise", "organization", "industry_verb", "industry_modifier", "industry_head"])
def test_words_are_listed_once(table: str) -> None:
    listed = words(table)
    assert sorted(word for word in set(listed) if listed.count(word) > 1) == []
