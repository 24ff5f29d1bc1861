"""Qualifiers: the words beside a number that tell which of several alike it is: 民营企业进出口额, 环比增长."""

import re
from collections.abc import Iterable, Sequence

from kg.facts.figure import Figure, Measure
from kg.language.lexicon import alternation, wordset
from kg.language.rules import load, pattern
from kg.language.words import Token, tokens
from kg.text.sentence import Span

_NOMINAL = frozenset("nbjlizsgx")
"""Parts of speech that name things or kinds of things; ``x`` are words that no dictionary has."""
_BEFORE = 120
"""How many characters of a sentence before the words that state a figure are looked at."""


def qualifiers(figure: Figure, text: str, known: Iterable[str]) -> tuple[str, ...]:
    """The words before the number that neither name what the figure is about nor anything else in ``known``, sorted.

    Two figures of one thing, indicator and period only speak of the same where these words are the same. ``text`` is the whole
    document, ``known`` all names of the figure's entity and all indicators of the document.
    """
    statement = pattern("discrepancy", "break").split(saying(figure, text))[-1]
    *before, own = pattern("discrepancy", "pause").split(statement)
    bearing = [clause for clause in before if _bears_on(clause, figure.indicator)]
    return tuple(sorted(_telling(figure, own, bearing, known)))


def setting(figure: Figure, text: str, names: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    """The same words of the whole sentence; of all its clauses, where none of ``names`` nor a stand-in says whom it speaks of."""
    sentence = saying(figure, text)
    *before, own = re.split("|".join(pattern("discrepancy", mark).pattern for mark in ("break", "pause")), sentence)
    named = any(name in sentence for name in names) or any(rule.pattern.search(sentence) for rule in load("anaphor"))
    bearing = [clause for clause in before if not named or _bears_on(clause, figure.indicator)]
    return tuple(sorted(_telling(figure, own, bearing, known) | {c for c in before if pattern("discrepancy", "basis").search(c)}))


def _telling(figure: Figure, own: str, before: Sequence[str], known: Iterable[str]) -> set[str]:
    """The telling words of the number's own clause and of those before it."""
    clauses = " ".join((*before, own))
    names = sorted((name for name in {*known, figure.indicator} if name in clauses), key=lambda name: (-len(name), name))
    found = {word.text for clause in (own, *before) for word in tokens(_rest(clause, names)) if _tells(word)}
    if figure.measure in (Measure.GROWTH, Measure.CHANGE):
        found |= set(re.split(f"(?={alternation('yardstick')})", _rest(own, names))[1:])
    return found


def sentence_at(figure: Figure, text: str) -> int:
    """Where the sentence ends in which the figure's number stands: the same for figures of one sentence."""
    end = figure.evidence.spans[-1].end
    stop = pattern("discrepancy", "stop").search(text, max(end - 1, 0))
    return stop.start() if stop else len(text)


def number_at(figure: Figure, text: str) -> Span | None:
    """Where the number stands in its document; None where its sentence was mended from pieces."""
    first = figure.evidence.spans[0]
    at = _quote((first,), text).rfind(figure.raw)
    return Span(first.begin + at, first.begin + at + len(figure.raw)) if at >= 0 and len(figure.evidence.spans) == 1 else None


def is_counted_set(figure: Figure, text: str) -> bool:
    """Whether what is counted only follows its number, as some set of such things: 走访47个项目."""
    quote = _quote(figure.evidence.spans, text)
    at = quote.rfind(figure.raw)
    return figure.measure is Measure.LEVEL and at >= 0 and quote.find(figure.indicator, at) > at and figure.indicator not in quote[:at]


def _quote(spans: tuple[Span, ...], text: str) -> str:
    return "".join(text[span.begin : span.end] for span in spans)


def saying(figure: Figure, text: str) -> str:
    """The sentence up to the figure's number."""
    first = figure.evidence.spans[0].begin
    quote = _quote(figure.evidence.spans, text)
    at = quote.rfind(figure.raw)
    said = text[max(0, first - _BEFORE) : first] + (quote[:at] if at >= 0 else quote)
    return pattern("discrepancy", "stop").split(said)[-1]


def _bears_on(clause: str, indicator: str) -> bool:
    """Whether a clause before the number's own has numbers too, or speaks of what is measured."""
    return bool(pattern("discrepancy", "number").search(clause)) or indicator[:2] in clause or indicator[-2:] in clause


def _rest(clause: str, names: Sequence[str]) -> str:
    for name in names:
        clause = clause.replace(name, " ")
    return re.sub(alternation("yearly"), " ", clause)


def _tells(word: Token) -> bool:
    nominal = (word.tag[0] in _NOMINAL and word.tag != "nr") or word.tag == "eng"
    return nominal and word.text.isalpha() and word.text not in wordset("idle_qualifier") | wordset("attain")
