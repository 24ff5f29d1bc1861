"""Annotated texts: what a careful reader records of them, and how much of it a build finds.

A case in tests/cases/annotated has a ``text`` (⏎ begins a paragraph), of August 2024 unless ``published`` says otherwise, perhaps
its ``home`` district, and what it says:

    entities    "Class name | other form | …"; of several classes that are as good, "Place/District name"
    relations   "subject predicate object", a post behind a slash; "subject projectStatus started"
    figures     "about | indicator | >3.5亿元 | level | 2024-01/2024-06", then "| target" for an aim; "-" is a time left open

What begins with ? a reader may record or not; so are the home itself where it is only ``home``, and that things lie in it.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kg.facts.figure import Figure
from kg.identity.unification import Extraction
from kg.language.quantity import normalized
from kg.pipeline import extract
from kg.text.document import Document, Metadata

FOLDER = Path(__file__).parent / "cases" / "annotated"
KINDS = ("entities", "relations", "core", "full")
"""What is measured; the core of a figure is what it is about, its measure and its number."""
_LITERAL = ("produces", "recognisedAs", "projectStatus")
Same = Callable[[str, Figure], bool]
Faults = tuple[int, list[str], list[str]]
"""The number of hits, what was missed, and what was found and is not so."""
_NUMBER = re.compile(r"([<>~]?)(-?[\d.]+)(.*)")


@dataclass(frozen=True)
class Case:
    text: str
    entities: Sequence[str] = ()
    relations: Sequence[str] = ()
    figures: Sequence[str] = ()
    home: str | None = None
    published: str = "2024-08"


def cases() -> list[Case]:
    tables = (tomllib.loads(path.read_text(encoding="utf-8"))["case"] for path in sorted(FOLDER.glob("*.toml")))
    return [Case(**case) for table in tables for case in table]


class Marked:
    """A case beside its build."""

    def __init__(self, case: Case) -> None:
        self.case = case
        text, about = case.text.replace("⏎", "\n"), Metadata(published=case.published, home=case.home)
        self.built: Extraction = extract(Document("doc", "doc.txt", text, about))
        self.things = {forms[0]: (kinds.split("/"), forms, soft) for kinds, forms, soft in self._things()}
        self.names = self._align()
        """Names of the annotation by keys of the build."""

    def _things(self) -> Iterator[tuple[str, list[str], bool]]:
        for line in self.case.entities:
            kinds, _, names = line.removeprefix("?").partition(" ")
            yield kinds, names.split(" | "), line.startswith("?")
        if self.case.home and not any(self.case.home in line.split(" ") for line in self.case.entities):
            yield "District", [self.case.home], True

    def _align(self) -> dict[str, str]:
        """One thing of the build for each thing annotated: the one with most of its names."""
        pairs = [
            (-len({bare(form) for form in forms} & {bare(n) for n in (entity.name, *entity.aliases)}), name, entity.key)
            for name, (kinds, forms, _) in self.things.items()
            for entity in self.built.entities
            if entity.type in kinds
        ]
        found: dict[str, str] = {}
        for shared, name, key in sorted(pairs):
            if shared and key not in found and name not in found.values():
                found[key] = name
        return found

    def faults(self, kind: str) -> Faults:
        return {"entities": self._entities, "relations": self._relations, "core": self._core, "full": self._full}[kind]()

    def _entities(self) -> Faults:
        needed = [name for name, (_, _, soft) in self.things.items() if not soft]
        missed = [name for name in needed if name not in self.names.values()]
        return len(needed) - len(missed), missed, [e.key for e in self.built.entities if e.key not in self.names]

    def _relations(self) -> Faults:
        needed = [line for line in self.case.relations if not line.startswith("?")]
        allowed = [line.removeprefix("?") for line in self.case.relations]
        said = {self._said(r.subject, r.predicate, r.object, r.role) for r in self.built.relations}
        missed = [line for line in needed if not any(agree(line, one) for one in said)]
        wrong = [one for one in sorted(said) if not any(agree(line, one) for line in allowed) and not self._implied(one)]
        return len(needed) - len(missed), missed, wrong

    def _said(self, subject: str, predicate: str, object: str, role: str | None) -> str:
        other = object if predicate in _LITERAL else self.names.get(object, object)
        return f"{self.names.get(subject, subject)} {predicate} {other}" + (f" / {role}" if role else "")

    def _implied(self, said: str) -> bool:
        """What a report of a home or an organ's name may imply, and what depends on an optional thing."""
        subject, predicate, object = said.split(" / ")[0].split(" ", 2)
        soft = any(thing in self.things and self.things[thing][2] and thing != self.case.home for thing in (subject, object))
        organ = subject in self.things and "Organization" in self.things[subject][0] and subject.startswith(object)
        return soft or (predicate in ("locatedIn", "partOf") and (organ or object == self.case.home))

    def _core(self) -> Faults:
        return self._figures(same_number)

    def _full(self) -> Faults:
        return self._figures(lambda line, figure: same_number(line, figure) and same_statement(line, figure))

    def _figures(self, same: Same) -> Faults:
        left, missed, hits = list(self.built.figures), [], 0
        for line in sorted(self.case.figures, key=lambda line: line.startswith("?")):
            about = line.removeprefix("?").split(" | ")[0]
            fits = [f for f in left if self.names.get(f.about) == about and same(line, f)]
            if fits:
                left.remove(max(fits, key=lambda f: same_statement(line, f)))
                hits += not line.startswith("?")
            elif not line.startswith("?"):
                missed.append(line)
        return hits, missed, [shown(f, self.names) for f in left]


def bare(name: str) -> str:
    return re.sub(r"[\s“”《》‘’]", "", name)


def agree(line: str, said: str) -> bool:
    """Whether two relations are one; texts need only resemble each other, co-operation has no direction, and areas lie in each other."""
    one, other = line.split(" ", 2), said.split(" ", 2)
    if one[1] in ("locatedIn", "partOf") and other[1] in ("locatedIn", "partOf"):
        return one[0] == other[0] and one[2] == other[2]
    if one[1] in ("implements", "issuedBy") and other[1] in ("implements", "issuedBy") and one[1] != other[1]:
        return one[0] == other[2] and one[2] == other[0]
    if one[1] == other[1] == "partnersWith":
        return {one[0], one[2]} == {other[0], other[2]}
    if one[1] in ("produces", "recognisedAs"):
        return one[:2] == other[:2] and alike(one[2], other[2])
    return one == other


def alike(one: str, other: str) -> bool:
    a, b = bare(one), bare(other)
    return bool(a and b) and (a in b or b in a or 2 * (Counter(a) & Counter(b)).total() >= 0.6 * (len(a) + len(b)))


def number(text: str) -> tuple[str, Decimal, str]:
    match = _NUMBER.fullmatch(text)
    assert match, text
    return (match[1] or "=", *normalized(Decimal(match[2]), match[3]))


def same_number(line: str, figure: Figure) -> bool:
    cells = line.removeprefix("?").split(" | ")
    _, value, unit = number(cells[2])
    found, base = normalized(figure.value, figure.unit)
    return cells[3] == figure.measure and unit == base and abs(value - found) <= abs(value) * Decimal("1e-6")


def same_statement(line: str, figure: Figure) -> bool:
    """Whether a figure with the same number also has the same indicator, bound, time and standing."""
    cells = line.removeprefix("?").split(" | ")
    aim = "target" if cells[5:] == ["target"] else "actual"
    return (
        alike(cells[1], figure.indicator)
        and number(cells[2])[0] == figure.bound
        and cells[4] in ("-", figure.period)
        and aim == figure.status
    )


def shown(figure: Figure, names: dict[str, str]) -> str:
    cells = (names.get(figure.about, figure.about), figure.indicator, f"{figure.bound}{figure.value}{figure.unit}")
    return " | ".join((*cells, figure.measure, figure.period or "-", figure.status))
