"""Packing: facts as columns of numbers over one table of texts, small to send and quick to read; the page unpacks what is asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rdflib.namespace import SKOS

from kg.audit.audit import Audit
from kg.facts.entity import Entity
from kg.facts.figure import Figure
from kg.facts.relation import Relation
from kg.text.document import Document
from kg.text.sentence import Evidence
from kg.vocabulary import match

Json = dict[str, Any]


class Strings:
    """Texts by number, each once; number 0 is no text."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}

    def number(self, text: str | None) -> int:
        """The number of ``text``, new where it was not met before."""
        return self._numbers.setdefault(text or "", len(self._numbers))

    def table(self) -> list[str]:
        """All texts, each at its number."""
        return list(self._numbers)


def packed_things(entities: Iterable[Entity], types: Sequence[str]) -> Json:
    """Things in columns; what few of them have goes by the thing's number."""
    found: Json = {"type": [], "name": [], "key": {}, "aliases": {}, "subtype": {}, "code": {}}
    for number, entity in enumerate(entities):
        found["type"].append(types.index(entity.type))
        found["name"].append(entity.name)
        rare = {"key": entity.key, "aliases": entity.aliases, "subtype": entity.subtype, "code": entity.code}
        if entity.key == f"{entity.type}/{entity.name}":
            del rare["key"]
        for field, value in rare.items():
            if value:
                found[field][number] = value
    return found


def packed_document(document: Document) -> Json:
    """A document without its empty fields; the page takes absent for empty."""
    known = document.metadata
    fields = {
        "id": document.id,
        "source": document.source,
        "title": known.title,
        "publisher": known.publisher,
        "date": known.published,
        "inferred": known.published_inferred,
        "text": document.text,
    }
    return {name: value for name, value in fields.items() if value}


def packed_relations(relations: Iterable[Relation], things: Mapping[str, int], texts: Mapping[str, int], strings: Strings) -> Json:
    """Each relation once, with all its evidence; an object that is text has its number below zero."""
    found: dict[tuple[str, str, str, bool, str], list[Evidence]] = defaultdict(list)
    for r in relations:
        found[r.subject, r.predicate, r.object, r.literal, r.role or ""].append(r.evidence)
    rows = sorted(found.items())
    return {
        "s": [things[subject] for (subject, *_), _ in rows],
        "p": [strings.number(predicate) for (_, predicate, *_), _ in rows],
        "o": [-strings.number(target) if literal else things[target] for (_, _, target, literal, _), _ in rows],
        "role": [strings.number(role) for (*_, role), _ in rows],
        "evidence": _packed_evidence([evidence for _, evidence in rows], texts),
    }


_FIGURE = ("about", "indicator", "period", "measure", "status", "value", "unit", "bound", "scope")
"""What tells one figure from another, in the order of ``_row``."""


def _row(f: Figure) -> tuple[str, ...]:
    return f.about, f.indicator, f.period or "", f.measure, f.status, format(f.value, "f"), f.unit, f.bound, f.scope or ""


def packed_figures(figures: Iterable[Figure], things: Mapping[str, int], texts: Mapping[str, int], strings: Strings) -> Json:
    """Each figure once, with all its evidence."""
    found: dict[tuple[str, ...], list[Evidence]] = defaultdict(list)
    for f in figures:
        found[_row(f)] += (f.evidence, *f.further)
    rows = sorted(found.items())
    columns = {name: [strings.number(fields[i]) for fields, _ in rows] for i, name in enumerate(_FIGURE) if i}
    about = [things[fields[0]] for fields, _ in rows]
    return {"about": about, **columns, "evidence": _packed_evidence([evidence for _, evidence in rows], texts)}


def packed_indicators(figures: Iterable[Figure]) -> list[list[str]]:
    """The standard indicators that figures are of, each as all names it has."""
    found = (match("indicators", (label,)) for label in sorted({figure.indicator for figure in figures}))
    exact = {str(m.concept): m.description for m in found if m and m.relation == SKOS.exactMatch}
    return [sorted({str(o) for p, o in exact[concept] if p in (SKOS.prefLabel, SKOS.altLabel)}) for concept in sorted(exact)]


def packed_audit(audit: Audit, figures: Iterable[Figure]) -> Json:
    """What does not go together, and which result belongs to which target; figures by their number in ``packed_figures``."""
    number = {row: i for i, row in enumerate(sorted({_row(figure) for figure in figures}))}
    return {
        "discrepancies": [
            {"kind": one.kind, "zh": one.zh, "en": one.en, "figures": sorted({number[_row(figure)] for figure in one.figures})}
            for one in audit.discrepancies
        ],
        "outcomes": [[number[_row(one.actual)], number[_row(one.target)], one.met] for one in audit.outcomes],
    }


def _packed_evidence(facts: Iterable[Iterable[Evidence]], texts: Mapping[str, int]) -> list[list[int]]:
    """For each fact one row of numbers: document, number of spans, begin and end of each span, and so on."""
    return [
        [n for e in sorted(set(each)) for n in (texts[e.document], len(e.spans), *(at for s in e.spans for at in (s.begin, s.end)))]
        for each in facts
    ]
