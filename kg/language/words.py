"""Words: jieba's segmentation and dictionary, with the project's own words on top, by rjieba, the Rust port of jieba."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from importlib.util import find_spec
from itertools import accumulate, repeat
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import rjieba

from kg.language.gazetteer import place_names, town_names
from kg.language.lexicon import words as lexicon_words
from kg.language.lexicon import wordset

_TABLES = {"adverb": "d", "industry": "n", "head": "n", "figure_noun": "n", "brand": "nz", "enterprise": "nz", "organization": "nt"}
"""Tables whose words must not be cut, with the part of speech that they have."""


_ASCII = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
"""Where jieba cuts what is no Chinese: rjieba keeps 2023-08-09 whole."""


class Token(NamedTuple):
    """``text[begin:end]``, with the part of speech the dictionary gives it (ICTCLAS tags; ``x`` where unknown)."""

    begin: int
    end: int
    text: str
    tag: str


_BEGIN, _END = itemgetter(0), itemgetter(1)
_token = partial(tuple.__new__, Token)
"""Token._make, but without a step of Python for each word."""


class Words(tuple[Token, ...]):
    """The words of a text, in order."""

    @cached_property
    def begins(self) -> Mapping[int, Token]:
        """Each word by the offset at which it begins."""
        return {token[0]: token for token in self}

    @cached_property
    def ends(self) -> Mapping[int, Token]:
        """Each word by the offset at which it ends."""
        return {token[1]: token for token in self}


def within(cut: Sequence[Token], begin: int, end: int) -> tuple[Token, ...]:
    """The words that lie in ``text[begin:end]`` as a whole."""
    return tuple(cut[bisect_left(cut, begin, key=_BEGIN) : bisect_right(cut, end, key=_END)])


def before(cut: Sequence[Token], offset: int, most: int) -> tuple[Token, ...]:
    """The last words of ``text[:offset]``, no more than ``most``, in order."""
    end = bisect_right(cut, offset, key=_END)
    return tuple(cut[max(0, end - most) : end])


def behind(cut: Sequence[Token], offset: int, most: int) -> tuple[Token, ...]:
    """The first words of ``text[offset:]``, no more than ``most``, in order."""
    begin = bisect_left(cut, offset, key=_BEGIN)
    return tuple(cut[begin : begin + most])


@dataclass(frozen=True, slots=True)
class _Dictionary:
    cutter: rjieba.Jieba
    tags: Mapping[str, str]
    counts: Mapping[str, int]
    """How often each word was counted."""


@cache
def _dictionary() -> _Dictionary:
    fields = _jieba().read_text(encoding="utf-8").split()
    counts = dict(zip(fields[::3], map(int, fields[1::3]), strict=True))
    tags = dict(zip(fields[::3], fields[2::3], strict=True))
    for word in _misleading(counts, tags):
        del counts[word]
    cutter: rjieba.Jieba = rjieba.Jieba.empty()
    for word, frequency in counts.items():
        cutter.add_word(word, frequency, None)
    for word, tag in _own_words(tags).items():
        counts[word], tags[word] = cutter.add_word(word, None, None), tag
    return _Dictionary(cutter, tags, counts)


def _jieba() -> Path:
    """The dictionary that comes with jieba; importing jieba itself would read it once more."""
    package = find_spec("jieba")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).with_name("dict.txt")


def _own_words(tags: Mapping[str, str]) -> dict[str, str]:
    """The words that must not be cut, with their tags; a word of several tables has the tag of the first."""
    own = dict.fromkeys((*place_names(), *town_names()), "ns")
    for table, tag in _TABLES.items():
        for word in lexicon_words(table):
            own.setdefault(word, tag)
    for word in lexicon_words("boundary_verb"):
        if len(word) > 1:  # so that 做强 is not lost to 强吾悦
            own.setdefault(word, tags.get(word, "v"))
    return own


def _misleading(known: Mapping[str, int], tags: Mapping[str, str]) -> set[str]:
    """Words of jieba's dictionary that hide where a name ends: 大力支持, 价格上涨, 局局长, 市委常委, 江苏地区生产总值, 街道社区."""
    verbs, moves = wordset("boundary_verb"), wordset("rise") | wordset("fall")
    heads, posts = wordset("head"), wordset("post")
    ends, last = verbs | moves, {post[-1] for post in posts}
    phrases = (word for word in known if len(word) == 4 and word[2:] in ends and (word[2:] in moves or _is_led(word[:2], verbs, tags)))
    posted = (word for word in known if word[-1] in last and any(word[:at] in heads and word[at:] in posts for at in range(1, len(word))))
    quarters = (word for word in known if word[:2] in wordset("settlement") and word[2:] in wordset("settlement"))
    return {word for word in (*phrases, *posted, *quarters, *_regions(known)) if known[word]}


def _regions(known: Iterable[str]) -> Iterator[str]:
    """Words of a place and a class of divisions that it is not, as 江苏地区, whose second half may begin another word."""
    places, classes = frozenset(place_names()), tuple(word for word in wordset("division_suffix") if len(word) > 1)
    ending = (word for word in known if word.endswith(classes) and word not in places)
    return (word for word in ending if any(word.removesuffix(end) in places for end in classes if word.endswith(end)))


def _is_led(word: str, verbs: frozenset[str], tags: Mapping[str, str]) -> bool:
    """Whether a word before a verb is an adverb or verb by itself."""
    return word in verbs or tags.get(word, "x")[0] in "dav"


@lru_cache(maxsize=4096)
def tokens(text: str) -> Words:
    """Cut ``text`` into words. Tags are looked up, not inferred: speed matters more here than rare ambiguities."""
    dictionary = _dictionary()
    tags = dictionary.tags
    words: list[str] = []
    for word in dictionary.cutter.cut(text):
        if len(word) == 1 or word in tags:
            words.append(word)
        elif words and words[-1].isdecimal() and word[0] in wordset("date_end"):  # 7|月区
            words += word[0], word[1:]
        else:
            words.extend(_parts(word, tags))
    ends = tuple(accumulate(map(len, words)))
    return Words(map(_token, zip((0, *ends), ends, words, map(tags.get, words, repeat("x")), strict=False)))


def _parts(word: str, tags: Mapping[str, str]) -> Iterator[str]:
    """An unknown word without what the guess at it has swallowed: 由区 is 由 and 区, 管等 is 管 and 等."""
    if word[0].isascii():
        yield from filter(None, _ASCII.split(word))
        return
    if word[0] in wordset("preposition"):
        yield word[0]
        word = word[1:]
    if word[-1] in wordset("level") and word[-2:-1] in wordset("list_mark"):  # 王绚|和|省
        yield from filter(None, (word[:-2], word[-2], word[-1]))
        return
    if len(word) > 1 and word not in tags and (word.endswith(lexicon_words("and_so_on")) or _swallows(word)):
        yield word[:-1]
        word = word[-1]
    yield word


def _swallows(word: str) -> bool:
    """Whether a preposition is glued to the end of what is long enough to be a person's name: 王明亮为."""
    return len(word) > 3 and word[-1] in wordset("preposition")


@cache
def frequencies() -> tuple[Mapping[str, int], int]:
    """How often each word of the dictionary was counted, and the sum."""
    counts = _dictionary().counts
    return counts, sum(counts.values())


def dictionary(length: int) -> Iterator[tuple[str, str, int]]:
    """The words of the dictionary that have so many characters, each with its part of speech and its frequency."""
    own = _dictionary()
    return ((word, own.tags[word], count) for word, count in own.counts.items() if len(word) == length)
