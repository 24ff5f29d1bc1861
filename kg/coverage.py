"""Coverage: how often each rule fired in the documents of a build, and in how many of them."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import NamedTuple

from kg.facts.entity import LinkedDocument
from kg.facts.figure import Figure
from kg.facts.relation import Relation
from kg.language.rules import CLASSES, load
from kg.names.quotation import quotations, weigh
from kg.recognition import Recognized

_NAMING = ("anaphor", "description", "event", "industry", "list", "name", "programme")
_STATING = ("figure", "position", "relation", "status")
"""Files of rules that make a name or a fact by themselves; the others help them, and no trace of them is left in the result."""
_NAMES = frozenset({*CLASSES, "area", "firm", "any", "evidence"})
_SILENT = frozenset({"none", *CLASSES})


@dataclass(frozen=True, slots=True)
class Firing:
    """What the rules did in one document, by their names."""

    kept: Mapping[str, int]
    """Names, stand-ins, relations and figures in the result, and quotations weighed."""
    lost: Mapping[str, int]
    """Candidates for names that gave way to a rival."""


class Coverage(NamedTuple):
    """One rule over a build."""

    rule: str
    fired: int
    documents: int
    lost: int


def firing(recognized: Sequence[Recognized], linked: LinkedDocument, relations: Sequence[Relation], figures: Sequence[Figure]) -> Firing:
    """Count what each rule did in a document."""
    kept = Counter(_naming(recognized))
    kept.update(link.mention.rule for item in linked.sentences for link in item.links if link.anaphor)
    kept.update(relation.rule for relation in relations)
    kept.update(figure.rule for figure in figures)
    return Firing(kept, Counter(rejection.loser.rule for found in recognized for rejection in found.rejections))


def _naming(recognized: Sequence[Recognized]) -> Iterator[str]:
    for found in recognized:
        yield from (thing.rule for mention in found.mentions for thing in (mention, *mention.inner))
        for quotation in quotations(found.sentence.text):
            yield from (rule for rule, _ in weigh(found.sentence.text, quotation))


def coverage(firings: Iterable[Firing]) -> tuple[Coverage, ...]:
    """The rules in alphabetical order, with those of the files above that never fired."""
    fired, documents, lost = Counter(dict.fromkeys(_rules(), 0)), Counter[str](), Counter[str]()
    for one in firings:
        fired.update(one.kept)
        documents.update(one.kept.keys())
        lost.update(one.lost)
    return tuple(Coverage(rule, fired[rule], documents[rule], lost[rule]) for rule in sorted(fired.keys() | lost.keys()))


def _rules() -> Iterator[str]:
    yield from (rule.name for file in _NAMING for rule in load(file) if rule.output in _NAMES)
    yield from (rule.name for file in _STATING for rule in load(file) if rule.output not in _SILENT)


def table(rules: Iterable[Coverage]) -> str:
    """The coverage as CSV."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Coverage._fields)
    writer.writerows(rules)
    return text.getvalue()
