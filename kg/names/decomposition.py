"""Decompositions: parts that a text names and counts, as in 治水、治土、治气“三大工程”."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.language.lexicon import rows
from kg.language.rules import select
from kg.names.quotation import programme_rule, quotations

Range = tuple[int, int]
_WORD = 2
"""Characters of a single word: a list of such without quotation marks names places or things, not parts (校区、园区、社区“三区联动”)."""
_LONGEST = 18
"""Parts of a programme have names, not sentences: so many characters at most."""


@dataclass(frozen=True, slots=True)
class Decomposition:
    """``text[begin:end]`` of a sentence announces a number of parts, and so many are named beside it."""

    begin: int
    end: int
    # The announcement without quotation marks: 三大工程.
    name: str
    parts: tuple[Range, ...]
    collective: bool
    """True where the parts have quotation marks of their own and the announcement has none: it then merely counts them."""

    @property
    def nameless(self) -> bool:
        """Whether the announcement merely counts its parts, so that it is no programme of its own: …等8项工程."""
        return self.collective or programme_rule("tally").match(self.name) is not None


class _Count(NamedTuple):
    word: str
    value: str


@cache
def count(word: str) -> int:
    """The number that a numeral of ``lexicon/programme_count.tsv`` stands for; 0 for any other word."""
    return next((int(row.value) for row in rows("programme_count", _Count) if row.word == word), 0)


def items(text: str, begin: int, end: int) -> tuple[Range, ...]:
    """The items of the enumeration ``text[begin:end]``, without the verbs that govern each or all of them."""
    found = tuple(item.span("name") for item in programme_rule("item").finditer(text, begin, end))
    objects = tuple(_object(text, item) for item in found)
    if all(cut != item for cut, item in zip(objects, found, strict=True)):
        return objects
    if len({last - first for first, last in found}) == 1:
        return found
    return (objects[0], *found[1:])


def _object(text: str, item: Range) -> Range:
    verb = programme_rule("object").fullmatch(text, *item)
    return verb.span("name") if verb else item


def _parallel(found: tuple[Range, ...]) -> tuple[Range, ...]:
    """Where all items but the first are equally long, what the first has more is no part of the enumeration."""
    lengths = {end - begin for begin, end in found[1:]}
    begin, end = found[0]
    if len(found) > 2 and len(lengths) == 1 and 4 <= min(lengths) < end - begin:
        return ((end - min(lengths), end), *found[1:])
    return found


def _named_before(text: str, begin: int) -> Iterator[tuple[Range, ...]]:
    """Readings of what stands just before ``begin`` as an enumeration, the likeliest first."""
    if gap := programme_rule("and-so-on").search(text, 0, begin):
        begin = gap.start()
    run = tuple(q for q in quotations(text[:begin]) if q.right == begin)
    if len(run) > 1:
        yield tuple((q.begin, q.end) for q in run)
    if run:
        yield items(text, run[-1].begin + 1, run[-1].end - 1)
    if match := programme_rule("listed").search(text, 0, begin):
        parts = items(text, *match.span("name"))
        parts = _parallel(parts) if parts[0][0] == match.start("name") else parts
        if any(last - first > _WORD for first, last in parts[1:]):
            yield parts


def _named_after(text: str, end: int) -> Iterator[tuple[Range, ...]]:
    if match := programme_rule("expanded").match(text, end):
        yield items(text, *match.span("name"))


def _announced(text: str) -> Iterator[tuple[Range, str, int, bool]]:
    """Where a number of parts is announced: the range, the name, the number, and whether in quotation marks."""
    for rule in select("programme", "announced").possible(text):
        for match in rule.pattern.finditer(text):
            quoted = match["name"] is None
            name, number = (match["name_"], match["count_"]) if quoted else (match["name"], match["count"])
            yield match.span(), name, count(number), quoted


def announced_number(text: str) -> int:
    """How many parts the first announcement in ``text`` counts; 0 where there is none."""
    return next((number for _, _, number, _ in _announced(text)), 0)


def _collective(text: str, parts: tuple[Range, ...]) -> bool:
    return all(programme_rule("mark").match(text, begin) for begin, _ in parts) and all(
        programme_rule("mark").match(text, end - 1) for _, end in parts
    )


def decompositions(text: str) -> tuple[Decomposition, ...]:
    """The announcements in ``text`` whose number of parts is named just before or behind them."""
    found = []
    for (begin, end), name, number, quoted in _announced(text):
        for parts in (*_named_before(text, begin), *_named_after(text, end)):
            if len(parts) == number > 1 and all(last - first <= _LONGEST for first, last in parts):
                found.append(Decomposition(begin, end, name, parts, not quoted and _collective(text, parts)))
                break
    return tuple(found)


def digits(code: str) -> tuple[int, ...]:
    """The numbers that a code such as 三二四 or 1+2+4 is made of."""
    return tuple(number for character in code if (number := count(character)))


def coded(text: str) -> tuple[Decomposition, ...]:
    """Codes whose digits are the numbers of the groups named behind them: “三二四”，即三个原则、两个布局、四场战役."""
    found = []
    for match in programme_rule("coded").finditer(text):
        groups = tuple(programme_rule("counted").finditer(text, match.end()))
        numbers = tuple(count(group["count"]) for group in groups)
        wanted = digits(match["name"])
        if numbers[: len(wanted)] == wanted:
            parts = tuple(group.span("name") for group in groups[: len(wanted)])
            found.append(Decomposition(match.start(), match.end(), match["name"], parts, False))
    return tuple(found)
