"""Explaining: every step from a text to its facts, as tables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.facts.entity import LinkedDocument, LinkedSentence
from kg.facts.figure import Figure
from kg.facts.relation import Relation
from kg.home import elsewhere
from kg.language.rules import Rule, load
from kg.linking.link import link
from kg.messages import message
from kg.pipeline import extract
from kg.recognition import Recognized, recognize
from kg.summary import told_elsewhere
from kg.text.document import Document, Metadata
from kg.text.sentence import Evidence, split

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One table of an explanation; title and columns are codes of messages."""

    title: str
    columns: Row
    """Empty where the rows are plain text."""
    rows: tuple[Row, ...]


def explain(document: Document, lang: str = "zh") -> Iterator[Section]:
    """How ``document`` is read: the words and names of each sentence, the facts, and what was passed over and why."""
    recognized = recognize(split(document))
    linked = link(document, recognized)
    if linked.home is None:  # a sentence by itself: what it says of nobody else, it says of the district at hand
        document = replace(document, metadata=replace(document.metadata, home=message("explain-here", lang)))
        linked = link(document, recognized)
    extraction = extract(document)
    for line in told_elsewhere(elsewhere([linked.document]), lang, brief=False):
        yield Section("elsewhere", (), ((line,),))
    names = {entity.key: f"{entity.name} ({entity.type})" for entity in extraction.entities}
    for found, sentence in zip(recognized, linked.sentences, strict=True):
        yield Section("sentence", (), ((found.sentence.text,),))
        yield Section("tokens", (), ((" ".join(f"{token.text}/{token.tag}" for token in found.tokens),),))
        yield Section("mentions", ("text", "class", "name", "rule", "score"), tuple(_mentions(found)))
        yield Section("links", ("text", "entity"), tuple(_links(sentence, names)))
        yield Section("quantities", ("text", "value", "unit", "bound"), tuple(_quantities(sentence)))
        yield Section("periods", ("text", "period"), tuple(_periods(sentence)))
        yield Section("rejections", ("text", "class", "rule", "score", "reason"), tuple(_rejections(found, lang)))
    yield Section("relations", ("subject", "predicate", "object", "text", "rule"), tuple(_relations(document, extraction.relations, names)))
    columns = ("subject", "indicator", "value", "unit", "bound", "measure", "period", "status", "text", "rule")
    yield Section("figures", columns, tuple(_figures(document, extraction.figures, names)))
    yield Section("unused", ("text", "reason"), tuple(_unused(linked, extraction.figures, lang)))


def untrue() -> Iterator[tuple[Rule, str]]:
    """The rules of relations that are not true to an example or a counter-example, with the first such."""
    for rule in load("relation"):
        wrong = [text for text in rule.examples if rule.name not in _fired(text)] + [
            text for text in rule.counters if rule.name in _fired(text)
        ]
        yield from ((rule, text) for text in wrong[:1])


def _fired(text: str) -> set[str]:
    """The rules that fire in a text by itself."""
    return {relation.rule for relation in extract(Document("-", "-", text, Metadata(published="2023-08"))).relations}


def _mentions(found: Recognized) -> Iterator[Row]:
    for m in found.mentions:
        yield found.sentence.text[m.begin : m.end], m.type, m.name, m.rule, f"{m.score:g}"


def _links(sentence: LinkedSentence, names: Mapping[str, str]) -> Iterator[Row]:
    for tie in sentence.links:
        yield sentence.sentence.text[tie.mention.begin : tie.mention.end], names.get(tie.key, tie.key)


def _quantities(sentence: LinkedSentence) -> Iterator[Row]:
    for q in sentence.quantities:
        value = f"{q.value}" if q.high is None else f"{q.value}…{q.high}"
        yield sentence.sentence.text[q.begin : q.end], value, q.unit, q.bound.value


def _periods(sentence: LinkedSentence) -> Iterator[Row]:
    for period in sentence.periods:
        yield sentence.sentence.text[period.begin : period.end], period.iso or "?"


def _rejections(found: Recognized, lang: str) -> Iterator[Row]:
    text = found.sentence.text
    for rejection in found.rejections:
        loser, winner = rejection.loser, rejection.winner
        if (loser.begin, loser.end, loser.type) == (winner.begin, winner.end, winner.type):
            continue  # another rule for the same reading
        reason = message("explain-overlap", lang, detail=text[winner.begin : winner.end])
        yield text[loser.begin : loser.end], loser.type, loser.rule, f"{loser.score:g}", reason


def _relations(document: Document, relations: Iterable[Relation], names: Mapping[str, str]) -> Iterator[Row]:
    for r in relations:
        object = r.object if r.literal else names.get(r.object, r.object)
        yield names.get(r.subject, r.subject), r.predicate, object, _quote(document, r.evidence), r.rule


def _figures(document: Document, figures: Iterable[Figure], names: Mapping[str, str]) -> Iterator[Row]:
    for f in figures:
        told = (f.indicator, str(f.value), f.unit, f.bound.value, f.measure.value, f.period or "?", f.status.value)
        yield names.get(f.about, f.about), *told, _quote(document, f.evidence), f.rule


def _unused(linked: LinkedDocument, figures: Iterable[Figure], lang: str) -> Iterator[Row]:
    """The quantities that no figure came of."""
    used = [span for figure in figures for span in figure.evidence.spans]
    for item in linked.sentences:
        for quantity in item.quantities:
            spans = item.sentence.spans(quantity.begin, quantity.end)
            if not any(span.begin <= part.begin and part.end <= span.end for part in spans for span in used):
                yield item.sentence.text[quantity.begin : quantity.end], message("explain-aimless", lang)


def _quote(document: Document, evidence: Evidence) -> str:
    return "…".join(document.text[span.begin : span.end] for span in evidence.spans)
