"""Statements: a linked sentence as the figure rules see it, masked, cut into clauses, with the numbers that may be figures."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property

from kg.facts.entity import Link, LinkedSentence
from kg.language.lexicon import alternation, words
from kg.language.period import Period
from kg.language.quantity import Bound, Quantity, normalized, units
from kg.language.rules import Annotation, Masked, Rule, load, pattern

Note = Link | Quantity | Period

_PERCENT, _CENT = "%", Decimal("0.01")
_SMALL = 10
"""Up to this a Chinese numeral may merely announce a list."""


@dataclass(frozen=True, slots=True)
class Clause:
    """``text[begin:end]`` of the masked sentence, between two pauses; ``number`` counts from 0."""

    number: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Target:
    """A quantity that may be a figure: the masked character at ``index``, in ``clause``."""

    index: int
    kind: str
    """One of ``kg.language.rules.TARGETS``."""
    quantity: Quantity
    clause: Clause

    @property
    def counts(self) -> bool:
        """Whether it is a number of things or people."""
        return self.kind in ("Count", "Few", "Head")


@dataclass(frozen=True)
class Statement:
    """A linked sentence with its mask; offsets are those of the masked text unless said otherwise."""

    source: LinkedSentence

    @cached_property
    def masked(self) -> Masked[Note]:
        """The sentence with one character for each link, period and quantity."""
        return _masked(self.source)

    @cached_property
    def text(self) -> str:
        """The masked text."""
        return self.masked.text

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Stretches between pauses; an enumeration comma is a pause after a quantity only."""
        ends = [m.end() for m in _pause().pattern.finditer(self.text)] + [len(self.text)]
        begins = [0, *ends[:-1]]
        return tuple(Clause(i, b, e) for i, (b, e) in enumerate(zip(begins, ends, strict=True)))

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """All quantities that may be figures, in order."""
        if not self.source.quantities:
            return ()
        return tuple(
            Target(i, kind, note, c) for c in self.clauses for i, note in self._quantities(c) if (kind := _kind(note, self.raw(note)))
        )

    def run(self, target: Target) -> tuple[Target, ...]:
        """The numbers of one list that ``target`` is in: 35%、41%."""
        first = last = self.targets.index(target)
        while first and self._continues(first):
            first -= 1
        while last + 1 < len(self.targets) and self._continues(last + 1):
            last += 1
        return self.targets[first : last + 1]

    def _continues(self, number: int) -> bool:
        """Whether a target is one more number of the list that the one before it is in."""
        last, target = self.targets[number - 1 : number + 1]
        return self.joins(last, target) or (last.kind == target.kind and self._between("moves", last, target))

    def joins(self, last: Target, target: Target) -> bool:
        """Whether nothing is said anew of the next number of a list."""
        return last.kind == target.kind and self._between("list", last, target)

    def _between(self, rule: str, last: Target, target: Target) -> bool:
        return bool(pattern("clause", rule).fullmatch(self.text, last.index, target.index))

    def _quantities(self, clause: Clause) -> list[tuple[int, Quantity]]:
        found = [(i, note) for i in self.places(clause.begin, clause.end) if isinstance(note := self.note(i), Quantity)]
        return [one for i, note in found for one in _ends(i, note)]

    def places(self, begin: int, end: int) -> list[int]:
        """Which characters of ``text[begin:end]`` stand for something, in order."""
        return self.masked.places(begin, end)

    def silent(self, clause: Clause) -> Clause | None:
        """The clause before, where it has no number of its own."""
        last = self.clauses[clause.number - 1] if clause.number else None
        return None if last is None or any(t.clause == last for t in self.targets) else last

    def runs_on(self, target: Target) -> bool:
        """Whether words follow a number right away, so that it is not one more of what the one before measured."""
        rest = self.text[target.index + 1 : target.clause.end]
        return bool(rest) and rest[0].isalpha() and not rest.startswith(words("bound_after"))

    def note(self, index: int) -> Note | None:
        """The link, quantity or period behind a masked character."""
        annotation = self.masked.annotation(index)
        return annotation.what if annotation else None

    def link(self, index: int) -> Link | None:
        """The link behind a masked character."""
        note = self.note(index)
        return note if isinstance(note, Link) else None

    def behind(self, keys: tuple[str, ...], begin: int, end: int) -> int:
        """Where the words behind the last name of one of ``keys`` in ``text[begin:end]`` begin; ``begin`` where there is none."""
        return max((i + 1 for i in self.places(begin, end) if (link := self.link(i)) and link.key in keys), default=begin)

    def raw(self, quantity: Quantity) -> str:
        """The quantity as it stands in the sentence."""
        return self.source.sentence.text[quantity.begin : quantity.end]

    def original(self, begin: int, end: int) -> str:
        """The sentence's own text behind masked ``text[begin:end]``."""
        return self.source.sentence.text[self.masked.origin(begin) : self.masked.origin(end)]

    def head(self, target: Target) -> int:
        """Where the words that belong to a quantity begin, with its bound and currency: [约]50亿元, [人民币]50亿元."""
        return max(0, target.index - (self.masked.origin(target.index) - target.quantity.begin))

    def showing(self, target: Target) -> str:
        """The masked text with the kind of ``target`` at its place."""
        return self.masked.showing(target.index, target.kind)


@cache
def _pause() -> Rule:
    return load("clause")[0]


def _ends(index: int, quantity: Quantity) -> tuple[tuple[int, Quantity], ...]:
    """A range is read as its two ends."""
    if quantity.high is None:
        return ((index, quantity),)
    return (index, replace(quantity, bound=quantity.bound.OVER, high=None)), (
        index,
        replace(quantity, value=quantity.high, bound=quantity.bound.UNDER, high=None),
    )


def kind_of(unit: str) -> str:
    """What a unit measures: money, count, length …; empty where it is not known."""
    known = units().get(normalized(Decimal(1), unit)[1])
    return known.kind if known else ""


def _kind(quantity: Quantity, raw: str) -> str:
    """The class in which rules see a quantity; empty for durations, ages, scores and hardly counted things."""
    if quantity.ordinal:
        return "Ordinal"
    if quantity.bound is Bound.EQUAL and raw.startswith(words("scale")):
        return ""
    base, kind = normalized(quantity.value, quantity.unit)[1], kind_of(quantity.unit)
    if quantity.indefinite or kind in ("time", "rating") or base in words("idle_unit"):
        return ""
    if base in words("point_unit"):
        return "Points"
    if kind == "ratio" or base in words("fold_unit"):
        return "Percent"
    if kind == "rank":
        return "Steps"
    if kind not in ("count", "people"):
        return "Amount"
    if quantity.value == 1 and not _is_arabic(raw) and quantity.unit == base:
        return ""
    few = quantity.value <= _SMALL and not _is_arabic(raw)
    if few and base in words("idle_few"):
        return ""
    return "Few" if few else "Head" if base in words("head_unit") else "Count"


def _core(quantity: Quantity, text: str) -> tuple[int, int]:
    """The number and its unit without the bound words around it, which rules have to see."""
    raw = text[quantity.begin : quantity.end]
    start = re.search(f"[0-9]|{alternation('digit')}|{alternation('scale')}", raw)
    tail = re.search(f"{alternation('bound_after')}$", raw)
    begin = quantity.begin + (start.start() if start and not quantity.ordinal else 0)
    return begin, quantity.end - (len(tail[0]) if tail else 0)


def _masked(source: LinkedSentence) -> Masked[Note]:
    """Mask a sentence: links first, then periods, then quantities, none over another."""
    text = source.sentence.text
    notes: list[Annotation[Note]] = [Annotation(k.mention.begin, k.mention.end, k.mention.type, k) for k in source.links]
    notes += [Annotation(p.begin, p.end, "Period", p) for p in source.periods if not _covered(p.begin, p.end, notes)]
    for quantity in map(_as_share, source.quantities):
        if not quantity.unit:
            continue
        begin, end = _core(quantity, text)
        begin = len(text[:begin].rstrip(" ")) or begin  # rules need not look for blanks: 增长 3.1%
        if not _covered(begin, end, notes):
            notes.append(Annotation(begin, end, "Quantity", quantity))
    return Masked(text, notes)


def _as_share(quantity: Quantity) -> Quantity:
    """A fraction as per cent: 五分之一 is 20 %."""
    if not quantity.fraction or quantity.value > 1:
        return quantity
    return replace(quantity, value=(quantity.value * 100).quantize(_CENT).normalize() + 0, unit=_PERCENT)


def _covered(begin: int, end: int, notes: list[Annotation[Note]]) -> bool:
    return any(begin < note.end and note.begin < end for note in notes)


def _is_arabic(raw: str) -> bool:
    return any(c.isascii() and c.isdigit() for c in raw)
