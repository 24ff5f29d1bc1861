"""Words: segmentation by jieba with the project's own dictionary on top, in a tokenizer of our own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import jieba
import jieba.posseg

from kg.gazetteer import place_names
from kg.lexicon import words as lexicon_words
from kg.lexicon import wordset

_TABLES = {"industry": "n", "head": "n", "figure_noun": "n", "brand": "nz", "enterprise": "nz", "organization": "nt"}
"""Tables whose words must not be cut, with the part of speech that they have."""


@dataclass(frozen=True, slots=True)
class Token:
    """``text[begin:end]``, with the part of speech the dictionary gives it (ICTCLAS tags; ``x`` where unknown)."""

    begin: int
    end: int
    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class _Dictionary:
    tokenizer: jieba.Tokenizer
    tags: Mapping[str, str]


@cache
def _dictionary() -> _Dictionary:
    jieba.setLogLevel("WARNING")  # it announces on standard error that it reads its dictionary
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    tags: dict[str, str] = dict(jieba.posseg.dt.word_tag_tab)  # read once, on import
    for word in _misleading(tokenizer.FREQ, tags):
        tokenizer.del_word(word)
    for word, tag in _own_words(tags).items():
        tokenizer.add_word(word)
        tags[word] = tag
    return _Dictionary(tokenizer, tags)


def _own_words(tags: Mapping[str, str]) -> dict[str, str]:
    """The words that must not be cut, with their tags; a word of several tables has the tag of the first."""
    own = dict.fromkeys(place_names(), "ns")
    for table, tag in _TABLES.items():
        for word in lexicon_words(table):
            own.setdefault(word, tag)
    for word in lexicon_words("boundary_verb"):
        if len(word) > 1:  # so that 做强 is not lost to 强吾悦
            own.setdefault(word, tags.get(word, "v"))
    return own


def _misleading(known: Mapping[str, int], tags: Mapping[str, str]) -> list[str]:
    """Words of jieba's dictionary that hide where a name begins or ends: 大力支持, 局局长, 市委常委."""
    phrases = [word for word, frequency in known.items() if frequency and len(word) == 4 and _is_phrase(word, tags)]
    return phrases + [head + post for head in lexicon_words("head") for post in lexicon_words("post") if known.get(head + post)]


def _is_phrase(word: str, tags: Mapping[str, str]) -> bool:
    """Whether a dictionary word is an adverb or verb with its verb."""
    verbs = wordset("boundary_verb")
    return word[2:] in verbs and (word[:2] in verbs or tags.get(word[:2], "x")[0] in "dav")


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """Cut ``text`` into words. Tags are looked up, not inferred: speed matters more here than rare ambiguities."""
    dictionary = _dictionary()
    found, begin = [], 0
    for word in _unglued(dictionary.tokenizer.cut(text), dictionary.tags):
        end = begin + len(word)
        found.append(Token(begin, end, word, dictionary.tags.get(word, "x")))
        begin = end
    return tuple(found)


def _unglued(cut: Iterable[str], tags: Mapping[str, str]) -> Iterator[str]:
    """The words, with what jieba's guess at an unknown word has swallowed cut off: 由区 is 由 and 区, 管等 is 管 and 等."""
    for word in cut:
        if len(word) > 1 and word not in tags and word[0] in wordset("preposition"):
            yield word[0]
            word = word[1:]
        if len(word) > 1 and word not in tags and word.endswith(lexicon_words("and_so_on")):
            yield word[:-1]
            word = word[-1]
        yield word


def frequencies() -> tuple[Mapping[str, int], int]:
    """How often each word of the dictionary was counted, and the sum; prefixes that are no words count 0."""
    tokenizer = _dictionary().tokenizer
    return tokenizer.FREQ, tokenizer.total


@cache
def dictionary() -> Mapping[str, tuple[str, int]]:
    """The part of speech and the frequency of each word of the dictionary."""
    own = _dictionary()
    return {word: (own.tags.get(word, "x"), count) for word, count in own.tokenizer.FREQ.items() if count}
