"""Joints: how well the open end of one paragraph goes on at the beginning of another."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from kg.language.lexicon import rows
from kg.language.words import frequencies
from kg.text.block import Kind
from kg.text.paragraph import PATTERN, Paragraph

_WINDOW = 8
"""Characters on each side within which words are looked for."""
_WORD = 5
"""Characters of the longest word that counts."""
_REACH = 6
"""Characters on each side that repeated strings may cross by."""
_TOPIC = 200
"""Characters on each side whose character pairs show the topic."""
_ASIDE = 60
"""A single sentence no longer than this may stand between the halves of a broken paragraph: a caption, a byline."""
_DOUBT = 0.5
"""What nearness counts where short sentences stand in between that may or may not be captions."""
_MOST = 40
"""With more open ends than this, or most paragraphs open, the text is not a broken page but one without punctuation."""
_FEW = 3
"""So many open ends are no sign of that, however short the page."""


class _Brackets(NamedTuple):
    open: str
    close: str


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence counts, on one scale."""

    word: float = 1.0
    """Each nat of probability that words across the joint gain."""
    repeat: float = 0.6
    """Each nat of information that the words before and after have about each other elsewhere on the page."""
    quote: float = 3.0
    """A quotation that the joint closes; the same off where it leaves one open."""
    topic: float = 0.6
    """Each pair of characters that both sides share and hardly anything else on the page has."""
    adjacent: float = 3.0
    """Nothing but captions and headings in between."""
    broken: float = 1.5
    """The place of the end or of the beginning is one where a column breaks off; the same off where it surely is not."""
    dangling: float = 3.0
    """The end cannot be an end; the beginning cannot be a beginning."""
    whole: float = -6.0
    """The end may well be an end; the beginning is that of a list item or a heading."""


_WEIGHTS = Weights()
_ENOUGH = 1.0
"""A joint of neighbours must score more than this."""
_SURE = 4.5
"""A joint whose words alone score more than this is sure."""
_FAR = 3.0
"""Any other joint must score more than this: it moves text."""


@dataclass(frozen=True, slots=True)
class Joint:
    """Paragraph number ``begin`` goes on where paragraph number ``end`` breaks off."""

    end: int
    begin: int
    score: float
    """All that speaks for it; comparable with other joints'."""
    sure: bool
    """Whether the words alone speak for it so clearly that it may serve as evidence for others."""


def joints(text: str, page: Sequence[Paragraph], known: Mapping[int, int]) -> list[Joint]:
    """All plausible joints between paragraphs of ``page``.

    ``known`` are joints found before, begin by end: they tell where columns break off.
    """
    ends = [number for number, paragraph in enumerate(page) if _may_go_on(paragraph)]
    bodies = sum(paragraph.kind is Kind.BODY for paragraph in page)
    if not ends or len(ends) > _MOST or sum(_must_go_on(page[number]) for number in ends) > max(_FEW, bodies // 2):
        return []
    torn = {number: _torn(page, number, known) for number in ends}
    broken = {number: _broken(page, number, known) for number, paragraph in enumerate(page) if number and _may_continue(paragraph)}
    found = []
    for end, begin in product(ends, broken):
        near = _nearness(page[end + 1 : begin]) if begin > end else 0.0
        fit = _fit(text, page[end], page[begin])
        score = _WEIGHTS.adjacent * near + _WEIGHTS.broken * (broken[begin] + torn[end]) + fit
        if end != begin and score > (_ENOUGH if near else _FAR):
            found.append(Joint(end, begin, score, fit > _SURE))
    return found


def _may_go_on(paragraph: Paragraph) -> bool:
    return paragraph.kind is not Kind.CAPTION and not paragraph.is_("closed") and not paragraph.is_("byline")


def _may_continue(paragraph: Paragraph) -> bool:
    return paragraph.kind is not Kind.CAPTION and not paragraph.is_("byline")


def _must_go_on(paragraph: Paragraph) -> bool:
    """Whether the last sentence of the paragraph has no end."""
    if not _may_go_on(paragraph):
        return False
    whole = paragraph.kind is Kind.HEADING or paragraph.is_("title")
    return not whole or bool(_unclosed(paragraph.text))


def _nearness(between: Sequence[Paragraph]) -> float:
    """1 where nothing or pictures come between, less where it may be a picture, 0 where more does."""
    if all(paragraph.kind is Kind.CAPTION for paragraph in between):
        return 1.0
    return _DOUBT if all(aside(paragraph) and paragraph.kind is Kind.BODY for paragraph in between) else 0.0


def _fit(text: str, left: Paragraph, right: Paragraph) -> float:
    """What the words of the two paragraphs say for the joint."""
    score = _WEIGHTS.whole * (not _must_go_on(left)) + _WEIGHTS.whole * (right.is_("item") or right.kind is Kind.HEADING)
    score += _WEIGHTS.dangling * left.is_("dangling") + _WEIGHTS.dangling * right.is_("tail")
    score += _WEIGHTS.quote * _quotes(left.text, right.text)
    score += _WEIGHTS.word * _word_gain(left.text[-_WINDOW:], right.text[:_WINDOW])
    score += _WEIGHTS.repeat * _repeat(text, left.text, right.text)
    return score + _WEIGHTS.topic * _topic(text, left.text[-_TOPIC:], right.text[:_TOPIC])


def aside(paragraph: Paragraph) -> bool:
    """Whether the paragraph may interrupt another one: a heading, a caption, a byline, one short sentence."""
    return paragraph.kind is not Kind.BODY or (len(paragraph.text) <= _ASIDE and not paragraph.is_("inner"))


def _torn(page: Sequence[Paragraph], end: int, known: Mapping[int, int]) -> bool:
    """Whether what stands below ``end`` is known to continue something else."""
    below = next((number for number in range(end + 1, len(page)) if not aside(page[number])), None)
    return below is not None and any(begin == below and other != end for other, begin in known.items())


def _broken(page: Sequence[Paragraph], begin: int, known: Mapping[int, int]) -> float:
    """How surely the column breaks off before ``begin``: 1.5 it is known to, 1 it looks so, 0 one cannot tell, -1 it does not."""
    before = next((number for number in range(begin - 1, -1, -1) if not aside(page[number])), None)
    between = page[0 if before is None else before + 1 : begin]
    headed = any(paragraph.kind is Kind.HEADING for paragraph in between)
    if before is not None and _must_go_on(page[before]):
        if known.get(before, begin) != begin:
            return 1.5
        if not headed:
            return _nearness(between)
    return -1.0 if headed or not between else 0.0


@cache
def _pairs() -> Mapping[str, str]:
    """Each closing bracket and the one that opens it."""
    return {row.close: row.open for row in rows("bracket", _Brackets)}


@lru_cache(maxsize=1024)
def _balance(text: str) -> tuple[str, str]:
    """The closing brackets of ``text`` that nothing in it opens, and the opening ones that nothing closes."""
    closing, opened = [], []
    for char in text:
        if char in _pairs().values():
            opened.append(char)
        elif char in _pairs():
            if opened:
                opened.pop()
            else:
                closing.append(char)
    return "".join(closing), "".join(opened)


def _unclosed(text: str) -> str:
    return _balance(text)[1]


def _quotes(left: str, right: str) -> int:
    """1 where ``right`` closes what ``left`` opened, -1 where only one of them is unbalanced, else 0."""
    opened, closed = _unclosed(left), _balance(right)[0]
    if not opened and not closed:
        return 0
    return 1 if opened and closed and _pairs()[closed[0]] == opened[-1] else -1


def _word_gain(left: str, right: str) -> float:
    """How much likelier the two are as one string than apart: the worth of words that go across."""
    return _likelihood(left + right) - _likelihood(left) - _likelihood(right)


@lru_cache(maxsize=4096)
def _likelihood(text: str) -> float:
    """Logarithm of the probability of the best segmentation of ``text`` under the dictionary's word frequencies."""
    counts, total = frequencies()
    best = [0.0] + [-math.inf] * len(text)
    for begin in range(len(text)):
        for end in range(begin + 1, min(begin + _WORD, len(text)) + 1):
            count = counts.get(text[begin:end]) or (end == begin + 1)
            if count:
                best[end] = max(best[end], best[begin] + math.log(count / total))
    return best[-1]


def _repeat(text: str, left: str, right: str) -> float:
    """How much oftener than by chance the two sides meet elsewhere in ``text``: mutual information in nats, 0 or more."""
    if PATTERN["mark"].match(left[-1]) or left[-1] + right[0] not in text:
        return 0.0
    befores = [left[-size:] for size in range(1, min(_REACH, len(left)) + 1)]
    afters = [right[:size] for size in range(1, min(_REACH, len(right)) + 1)]
    information = 0.0
    for before in befores:
        for after in afters:
            together = text.count(before + after)
            if not together:
                break
            information = max(information, math.log(together * len(text) / (text.count(before) * text.count(after))))
    return information


def _topic(text: str, left: str, right: str) -> float:
    """How many pairs of characters the two share, each the less the more often it occurs; at most 4."""
    shared = {left[i : i + 2] for i in range(len(left) - 1)} & {right[i : i + 2] for i in range(len(right) - 1)}
    return min(4.0, sum(1 / max(1, text.count(pair) - 1) for pair in sorted(shared)))
