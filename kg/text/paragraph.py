"""Paragraphs: the parts of a page as they stand, and what each of them looks like: body, heading or caption."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median_low
from unicodedata import east_asian_width

from kg.language.rules import load
from kg.text.block import Kind, Span
from kg.text.tabular import tables

_LINE = re.compile(r"[^\r\n]+")
_NEWLINE = re.compile(r"\r\n?|\n")
_RULES = {rule.name.removeprefix("paragraph."): rule for rule in load("paragraph")}
PATTERN = {name: rule.pattern for name, rule in _RULES.items()}
_MARKED = ("chapter", "numbered", "bracketed", "arabic", "dash")
_TITLE_LEVEL = 1
_TALL = 500
"""Lines of the longest paragraph."""
_CAPTION = 60
"""A caption is no longer than this."""
_LIST = 4
"""More unpunctuated lines in a row than this are a list, not headings."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the page."""

    pieces: tuple[Span, ...]
    """One span; several where the text is wrapped at a fixed width."""
    text: str
    gap: int
    """Newlines between it and what stands before it."""
    kind: Kind = Kind.BODY
    level: int = 0
    """Rank of a heading."""

    def is_(self, pattern: str) -> bool:
        """Whether it looks as the rule ``pattern`` of ``rules/paragraph.toml`` says."""
        return PATTERN[pattern].search(self.text) is not None


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of ``text`` as they stand on the page."""
    lines = tuple(_lines(text))
    if len(lines) < 2:
        return lines
    found = _unwrap(lines)
    normal = median_low([line.gap for line in found[1:]] or [1])
    kinds = [_kind(paragraph, max(3, 2 * normal), number) for number, paragraph in enumerate(found)]
    return _demote(kinds)


def _lines(text: str) -> Iterator[Paragraph]:
    """The lines with something in them, tables apart."""
    end, held = 0, deque(tables(text))
    for match in _LINE.finditer(text):
        while held and held[0].end <= match.start():
            end = held.popleft().end
        if held and held[0].begin <= match.start():
            continue
        content = match[0].strip()
        if not content:
            continue
        indent = len(match[0]) - len(match[0].lstrip())
        begin = match.start() + indent
        gap = len(_NEWLINE.findall(text, end, begin))
        end = begin + len(content)
        yield Paragraph((Span(begin, end),), content, gap, level=indent)


def _unwrap(lines: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The lines joined to paragraphs where the text is wrapped at a fixed width; else as they are."""
    widths = [sum(1 + (east_asian_width(char) in "WF") for char in line.text) + line.level for line in lines]
    full = max(widths) - 4
    opened = [
        width for line, follower, width in zip(lines, lines[1:], widths, strict=False) if follower.gap == 1 and not line.is_("closed")
    ]
    wrapped = len(opened) > 2 and 5 * sum(width >= full for width in opened) >= 4 * len(opened)
    found: list[Paragraph] = []
    for number, line in enumerate(lines):
        goes_on = wrapped and number and line.gap == 1 and widths[number - 1] >= full and not line.level and not line.is_("item")
        if goes_on and len(found[-1].pieces) < _TALL:
            found[-1] = replace(found[-1], pieces=found[-1].pieces + line.pieces, text=found[-1].text + line.text)
        else:
            found.append(replace(line, level=0))
    return tuple(found)


def _kind(paragraph: Paragraph, wide: int, number: int) -> Paragraph:
    """The paragraph with its kind: how it looks, and ``wide`` blank space before it, as pictures leave it."""
    single = len(paragraph.text) <= _CAPTION and not paragraph.is_("inner")
    if len(paragraph.text) <= 2 * _CAPTION and paragraph.is_("caption"):
        return replace(paragraph, kind=Kind.CAPTION)
    if paragraph.is_("byline"):
        return paragraph
    if single and number and paragraph.gap >= wide:
        return replace(paragraph, kind=Kind.CAPTION)
    level = _level(paragraph)
    return replace(_bare(paragraph), kind=Kind.HEADING, level=level) if level else paragraph


def _bare(heading: Paragraph) -> Paragraph:
    """The heading without the mark-up before it."""
    marks = PATTERN["markdown"].match(heading.text)
    if not marks:
        return heading
    first, *others = heading.pieces
    return replace(heading, pieces=(Span(first.begin + marks.end(), first.end), *others), text=heading.text[marks.end() :])


def _level(paragraph: Paragraph) -> int:
    """The rank of a heading, 0 where the paragraph is none."""
    marks = PATTERN["markdown"].match(paragraph.text)
    if marks:
        return len(marks["mark"])
    if len(paragraph.text) > _CAPTION:
        return 0
    marked = next((int(_RULES[name].value) for name in _MARKED if paragraph.is_(name)), 0)
    return marked or (_TITLE_LEVEL if paragraph.is_("title") else 0)


def _demote(paragraphs: list[Paragraph]) -> tuple[Paragraph, ...]:
    """Headings that head nothing, and long lists of unpunctuated lines, are body text after all."""
    last = max((number for number, paragraph in enumerate(paragraphs) if paragraph.kind is Kind.BODY), default=-1)
    found: list[Paragraph] = []
    for kind, group in groupby(paragraphs, key=lambda paragraph: paragraph.kind):
        run = list(group)
        if kind is Kind.HEADING and (len(run) > _LIST or len(found) > last):
            run = [replace(paragraph, kind=Kind.BODY, level=0) for paragraph in run]
        found.extend(run)
    return tuple(found)
