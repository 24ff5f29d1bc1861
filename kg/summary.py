"""The summary of a build: counts for people, and a report for programs."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from difflib import get_close_matches

from kg.facts.knowledge import Facts
from kg.home import Elsewhere, Showing, elsewhere, shown
from kg.language.gazetteer import Division, place_names
from kg.messages import message
from kg.names.district import ancestors, meanings
from kg.pipeline import Result
from kg.text.document import Document
from kg.vocabulary import ENTITY_CLASSES, labels

_NAMED = 3
"""So many documents are named of those that a person is told the same of."""
_VERDICTS = {"merges": True, "refusals": False}
"""What the report calls decisions that merge, and those that do not."""


def counts(facts: Facts) -> Mapping[str, Mapping[str, int]]:
    """Entities by class, relations by name and figures by measure, in a fixed order."""
    classes = Counter(entity.type for entity in facts.entities)
    names = Counter(predicate for _, predicate, _ in {(r.subject, r.predicate, r.object) for r in facts.relations})
    measures = Counter(figure.measure.value for figure in facts.figures)
    return {
        "entities": {name: classes[name] for name in ENTITY_CLASSES if classes[name]},
        "relations": dict(sorted(names.items(), key=lambda item: (-item[1], item[0]))),
        "figures": dict(sorted(measures.items(), key=lambda item: (-item[1], item[0]))),
    }


def decisions(facts: Facts) -> Mapping[str, Mapping[str, int]]:
    """Decisions on identity by reason, the most frequent first."""
    found = {name: Counter(d.reason.value for d in facts.decisions if d.merged == merged) for name, merged in _VERDICTS.items()}
    return {name: dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))) for name, reasons in found.items()}


def warnings(result: Result, lang: str, brief: bool = False) -> list[str]:
    """One line for everything that was not read, or not wholly understood for want of a date, for each alias of nothing, each home that
    nobody knows or that is the name of several, and each document about another district than was given; if ``brief``, one for many alike.
    """
    documents = result.facts.documents
    undated = [{"source": source} for source in sorted(document.source for document in documents if not document.metadata.published)]
    unmet = (message("build-unmet", lang, detail=name) for name in result.unmet)
    return [
        *(item.line(lang) for item in result.unreadable),
        *_alike("build-undated", undated, lang, brief),
        *unmet,
        *strange_homes(documents, lang),
        *told_elsewhere(elsewhere(documents), lang, brief),
    ]


def told_elsewhere(found: Iterable[Elsewhere], lang: str, brief: bool) -> Iterator[str]:
    """A line for each document that is about another district than was given; where ``brief``, one for many."""
    return _alike("build-elsewhere", [one._asdict() for one in found], lang, brief)


def _alike(code: str, found: Sequence[Mapping[str, str]], lang: str, brief: bool) -> Iterator[str]:
    """The message ``code`` for each of the documents, or where ``brief`` and these are many, one for all."""
    if brief and len(found) > _NAMED:
        yield message(f"{code}-many", lang, source=", ".join(one["source"] for one in found[:_NAMED]), detail=len(found))
    else:
        yield from (message(code, lang, **fields) for fields in found)


def strange_homes(documents: Iterable[Document], lang: str) -> Iterator[str]:
    """A line for each home that was given with these documents and that they leave strange (see ``told_homes``)."""
    return told_homes(shown(documents), lang)


def told_homes(homes: Mapping[str, Showing], lang: str) -> Iterator[str]:
    """A line for each home that was given and that no table knows and none of its documents names, and for each that is the name of several
    districts, where a document tells nothing of what holds any of them.
    """
    for home, showing in sorted(homes.items()):
        if showing.silent and meanings(home):
            detail = ", ".join(map(_full, meanings(home)))
            yield message("build-home-several", lang, source=showing.silent, name=home, detail=detail)
        elif showing.silent and not showing.named:
            yield _unknown_home(home, showing.silent, lang)


def _full(division: Division) -> str:
    """The name of a division with that of what holds it."""
    return "".join(above.name for above in ancestors(division.code)[:1]) + division.name


def _unknown_home(home: str, source: str, lang: str) -> str:
    """What to say of a home that nobody knows: the names of districts that are much like it, if there are any."""
    like = ", ".join(get_close_matches(home, place_names(), _NAMED))
    return message("build-home-like" if like else "build-home", lang, source=source, name=home, detail=like)


def lines(result: Result, seconds: float, lang: str) -> Iterator[tuple[str, str]]:
    """The summary as pairs of a heading and what is to be said under it."""
    yield message("summary-documents", lang), str(len(result.facts.documents))
    changes = ((name, number) for name, number in asdict(result.changes).items() if number)
    yield message("summary-changes", lang), " · ".join(f"{message(f'changes-{name}', lang)} {number}" for name, number in changes)
    terms = labels(lang)
    for group, numbers in counts(result.facts).items():
        detail = " · ".join(f"{terms.get(name, name)} {number}" for name, number in numbers.items())
        yield message(f"summary-{group}", lang), f"{sum(numbers.values())}: {detail}" if detail else "0"
    yield message("summary-warnings", lang), str(len(warnings(result, lang)))
    yield message("summary-time", lang), message("summary-seconds", lang, detail=f"{seconds:.1f}")


def report(result: Result, lang: str) -> str:
    """The same for programs, as JSON, with every document and every warning; it tells no time and is the same every time."""
    documents = [
        {
            "id": document.id,
            "source": document.source,
            "title": document.metadata.title,
            "published": document.metadata.published,
            "published_inferred": document.metadata.published_inferred,
        }
        for document in result.facts.documents
    ]
    content = {"documents": documents, **counts(result.facts), **decisions(result.facts), "warnings": warnings(result, lang)}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
