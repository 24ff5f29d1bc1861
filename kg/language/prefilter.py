"""Prefilters: what a text has to contain for a pattern to match in it, told by the pattern itself.

Most sentences hold no match of most patterns, and to look for a few pairs of characters is much cheaper than to try a regular expression.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import add, and_
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_MANY = 4096
"""More words than this are not told apart."""
_SLOTS = 2
"""Of what a pattern needs, so much is looked for: what fewest pairs of characters fulfil."""
_TEXTS = 4096
"""The answers for so many texts are kept."""
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


class Prefilter:
    """Tells by one look at the characters of a text and their pairs which of all patterns that it has been asked about may match there."""

    def __init__(self) -> None:
        self._bits: dict[re.Pattern[str], int] = {}
        self._fulfilled: defaultdict[str, int] = defaultdict(int)
        """What a character or a pair of them fulfils: ``_SLOTS`` bits for each pattern, the first of which is its bit."""
        self._free, self._all = 0, 0
        """The bits that no character has to set, and the bits of all patterns."""
        self._known: dict[str, int] = {}
        """The answers for the last texts."""

    def bit(self, pattern: re.Pattern[str]) -> int:
        """The bit that stands for ``pattern``."""
        if pattern not in self._bits:
            self._add(pattern, 1 << len(self._bits) * _SLOTS)
        return self._bits[pattern]

    def possible(self, text: str) -> int:
        """The bits of the patterns that may match somewhere in ``text``."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) == _TEXTS:
                self._known.clear()
            found = self._known[text] = self._look(text)
        return found

    def _add(self, pattern: re.Pattern[str], bit: int) -> None:
        self._known.clear()
        self._bits[pattern] = bit
        self._all |= bit
        needed = sorted(needs(pattern), key=lambda some: (min(map(len, some)) == 1, len(some)))
        for slot in range(_SLOTS):
            if slot >= len(needed):
                self._free |= bit << slot
            else:
                for piece in needed[slot]:
                    self._fulfilled[piece] |= bit << slot

    def _look(self, text: str) -> int:
        found, fulfilled = self._free, self._fulfilled
        for piece in {*text, *map(add, text, text[1:])}:
            if piece in fulfilled:
                found |= fulfilled[piece]
        return reduce(and_, (found >> slot for slot in range(_SLOTS)), self._all)


PREFILTER = Prefilter()
"""The one of this process."""


def needs(pattern: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    """Sets of characters and pairs, of each of which a text has to hold one: without that the pattern matches nowhere in it."""
    if pattern.flags & re.IGNORECASE:
        return ()
    return tuple(dict.fromkeys(_needs(_parser.parse(pattern.pattern, pattern.flags))))


def _needs(nodes: Iterable[tuple[Any, Any]]) -> Iterator[frozenset[str]]:
    """What a sequence of the parser's nodes needs."""
    words = frozenset({""})
    """What the nodes before may have matched, as far back as that is known."""
    for node in nodes:
        own = _words(node)
        if own is not None and len(words) * len(own) <= _MANY:
            words = _joined(words, own)
            continue
        yield from _pieces(words)
        words = own or frozenset({""})
        yield from _inner(*node) if own is None else ()
    yield from _pieces(words)


def _pieces(words: frozenset[str]) -> Iterator[frozenset[str]]:
    """The first two characters of the words, the second and the third and so on, as far as all have them; of a single one just that."""
    least = min(map(len, words))
    for at in range(max(least - 1, min(least, 1))):
        yield frozenset(word[at : at + 2] for word in words)


def _inner(kind: Any, value: Any) -> Iterator[frozenset[str]]:
    """What a node needs that may match endlessly many words."""
    if kind in (op.SUBPATTERN, op.ASSERT) and not _folds_case(kind, value):
        yield from _needs(value[-1])
    elif kind == op.ATOMIC_GROUP:
        yield from _needs(value)
    elif kind in _REPEATS and value[0]:
        yield from _needs(value[2])
    elif kind == op.BRANCH:
        branches = [min(_needs(branch), key=len, default=frozenset[str]()) for branch in value[1]]
        if all(branches):
            yield frozenset[str]().union(*branches)


def _words(node: tuple[Any, Any]) -> frozenset[str] | None:
    """All that a node can match, None where that is too much."""
    kind, value = node
    found: frozenset[str] | None = None
    if kind == op.LITERAL:
        found = frozenset({chr(value)})
    elif kind == op.IN:
        found = _class(value)
    elif kind == op.SUBPATTERN and not _folds_case(kind, value):
        found = _sequence(value[-1])
    elif kind == op.BRANCH:
        branches = [_sequence(branch) for branch in value[1]]
        known = [words for words in branches if words is not None]
        found = frozenset[str]().union(*known) if len(known) == len(branches) else None
    elif kind in _REPEATS and value[:2] == (0, 1):
        found = _sequence(value[2])
        found = None if found is None else found | {""}
    return found if found is not None and len(found) <= _MANY else None


def _folds_case(kind: Any, value: Any) -> bool:
    return kind == op.SUBPATTERN and bool(value[1] & re.IGNORECASE)


def _sequence(nodes: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    words = frozenset({""})
    for node in nodes:
        own = _words(node)
        if own is None or len(words) * len(own) > _MANY:
            return None
        words = _joined(words, own)
    return words


def _joined(words: frozenset[str], more: frozenset[str]) -> frozenset[str]:
    return frozenset(left + right for left in words for right in more)


def _class(members: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The characters of a class, None where it names them by what they are not or by category."""
    found: set[str] = set()
    for kind, value in members:
        if kind == op.LITERAL:
            found.add(chr(value))
        elif kind == op.RANGE and value[1] - value[0] <= _MANY:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(found)
