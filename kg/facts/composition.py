"""Compositions: which programmes a programme consists of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.facts.agent import mask, rule
from kg.facts.entity import Link, LinkedDocument, LinkedSentence
from kg.facts.programme_relation import is_plan
from kg.facts.relation import Relation
from kg.names.decomposition import announced_number, coded, decompositions, digits, items
from kg.names.quotation import programme_rule


def compositions(document: LinkedDocument) -> tuple[Relation, ...]:
    """``hasPart``: the programmes that a sentence, or a heading with the paragraphs under it, tells to be parts of another."""
    sentences = [sentence for sentence in document.sentences if any(document.type_of(link) == "Programme" for link in sentence.links)]
    found: list[Relation] = []
    for sentence in sentences:
        found += _listed_parts(document, sentence)
        found += _set_out_parts(document, sentence)
    leads = tuple(_leads(document, sentences))
    found += _headed_parts(leads)
    found += _coded_parts(document, leads)
    found += _explained_parts(document, leads)
    return tuple(dict.fromkeys(found))


def _listed_parts(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Relation]:
    """甲、乙、丙“三大工程”."""
    for whole in (*decompositions(sentence.sentence.text), *coded(sentence.sentence.text)):
        announced = None if whole.nameless else _at(document, sentence, whole.begin, whole.end)
        for begin, end in whole.parts:
            part = _at(document, sentence, begin, end)
            if announced and part and part.key != announced.key:
                span = min(begin, whole.begin), max(end, whole.end)
                yield Relation(announced.key, "hasPart", part.key, sentence.sentence.evidence(*span), "programme_relation.counted")


def _at(document: LinkedDocument, sentence: LinkedSentence, begin: int, end: int) -> Link | None:
    """The programme whose mention overlaps ``[begin, end)``."""
    over = (link for link in sentence.links if link.mention.begin < end and begin < link.mention.end)
    return next((link for link in over if document.type_of(link) == "Programme"), None)


def _set_out_parts(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Relation]:
    """《甲规划》，着力打造“乙”, 《规划》明确实施“乙、丙”等8项工程: what a plan is said to provide for."""
    masked, sets_out = mask(sentence, document), rule("sets-out")
    for match in sets_out.pattern.finditer(masked.text):
        parts = [note.what for note in masked.within(*match.span("parts"))]
        plan = _titled(document, match["title"]) if match["title"] else next(masked.within(*match.span())).what.key
        for part in parts:
            if plan and part.key != plan and is_plan(document, part):
                evidence = sentence.sentence.evidence(masked.origin(match.start()), part.mention.end)
                yield Relation(plan, "hasPart", part.key, evidence, sets_out.name)


def _titled(document: LinkedDocument, title: str) -> str | None:
    """The one programme of the document's whose name ends in a short title: 《行动计划》."""
    programmes = (entity for entity in document.entities.values() if entity.type == "Programme")
    named = {e.key for e in programmes if any(rule("years").pattern.sub("", name).endswith(title) for name in (e.name, *e.aliases))}
    return named.pop() if len(named) == 1 else None


@dataclass(frozen=True, slots=True)
class _Lead:
    """A heading or opening sentence that names one programme."""

    sentence: LinkedSentence
    link: Link
    verb: str
    number: int
    """How many parts its name announces; 0 where it announces none."""


def _leads(document: LinkedDocument, sentences: Sequence[LinkedSentence]) -> Iterator[_Lead]:
    for sentence in sentences:
        match = programme_rule("lead").fullmatch(sentence.sentence.text.strip())
        link = next((link for link in sentence.links if document.type_of(link) == "Programme"), None)
        if match and link:
            yield _Lead(sentence, link, match["verb"], announced_number(sentence.sentence.text))


def _explained_parts(document: LinkedDocument, leads: tuple[_Lead, ...]) -> Iterator[Relation]:
    """坚持“三区引领”。 即… with as many items in the next sentence."""
    following = {before.sentence.index: after for before, after in pairwise(document.sentences)}
    for lead in leads:
        after = following.get(lead.sentence.sentence.index)
        match = programme_rule("explained").fullmatch(after.sentence.text.strip()) if after else None
        if after is None or match is None or not lead.number:
            continue
        offset = after.sentence.text.index(match[0])
        found = items(after.sentence.text, match.start("name") + offset, match.end("name") + offset)
        for begin, end in found if len(found) == lead.number else ():
            if part := _at(document, after, begin, end):
                yield Relation(lead.link.key, "hasPart", part.key, after.sentence.evidence(begin, end), "programme_relation.explained")


def _headed_parts(leads: tuple[_Lead, ...]) -> Iterator[Relation]:
    """Under 打好“五场战役”: 打好招商攻坚战。 打好… – as many as the heading announces, with its verb."""
    for position, head in enumerate(leads):
        parts: list[_Lead] = []
        for lead in leads[position + 1 :]:
            if lead.number:
                break
            if lead.verb == head.verb and lead.link.key not in {part.link.key for part in parts}:
                parts.append(lead)
        if head.number and head.number == len(parts):
            for part in parts:
                span = part.link.mention.begin, part.link.mention.end
                yield Relation(head.link.key, "hasPart", part.link.key, part.sentence.sentence.evidence(*span), "programme_relation.headed")


def _coded_parts(document: LinkedDocument, leads: tuple[_Lead, ...]) -> Iterator[Relation]:
    """“三三五”: the leads that announce three, three and five parts, in a row and in this order."""
    numbered = tuple(lead for lead in leads if lead.number)
    numbers = tuple(lead.number for lead in numbered)
    for key, code in _codes(document).items():
        for start in range(len(numbers) - len(code) + 1):
            if numbers[start : start + len(code)] == code:
                for lead in numbered[start : start + len(code)]:
                    span = lead.link.mention.begin, lead.link.mention.end
                    yield Relation(key, "hasPart", lead.link.key, lead.sentence.sentence.evidence(*span), "programme_relation.coded")
                break


def _codes(document: LinkedDocument) -> dict[str, tuple[int, ...]]:
    """The programmes that are named by a code, with its digits."""
    found: dict[str, tuple[int, ...]] = {}
    for entity in document.entities.values():
        for name in (entity.name, *entity.aliases) if entity.type == "Programme" else ():
            if programme_rule("codename").fullmatch(name):
                found[entity.key] = digits(name)
    return found
