"""Words: segmentation by jieba with the project's own dictionary on top, in a tokenizer of our own."""

from collections.abc import Mapping
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import jieba
import jieba.posseg

from kg.gazetteer import place_names
from kg.lexicon import words as lexicon_words
from kg.lexicon import wordset

_TABLES = ("industry", "head", "figure_noun")
"""Tables whose words must not be cut."""


@dataclass(frozen=True, slots=True)
class Token:
    """``text[begin:end]``, with the part of speech the dictionary gives it (ICTCLAS tags; ``x`` where unknown)."""

    begin: int
    end: int
    text: str
    tag: str


@cache
def _tokenizer() -> jieba.posseg.POSTokenizer:
    jieba.setLogLevel("WARNING")  # it announces on standard error that it reads its dictionary
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    tagger = jieba.posseg.POSTokenizer(tokenizer)
    for name in place_names():
        tokenizer.add_word(name, tag="ns")
    for table in _TABLES:
        for word in lexicon_words(table):
            tokenizer.add_word(word, tag="n")
    for word in lexicon_words("brand"):
        tokenizer.add_word(word, tag="nz")
    for word in lexicon_words("boundary_verb"):
        if len(word) > 1:  # so that 做强 is not lost to 强吾悦
            tokenizer.add_word(word, tag=tagger.word_tag_tab.get(word, "v"))
    for word in [w for w in tokenizer.FREQ if len(w) == 4 and tokenizer.FREQ[w] and _is_phrase(w, tagger.word_tag_tab)]:
        tokenizer.del_word(word)
    for head in lexicon_words("head"):
        for post in lexicon_words("post"):  # 局局长 is a word of jieba's that no sentence means
            if head + post in tokenizer.FREQ:
                tokenizer.del_word(head + post)
    return tagger


def _is_phrase(word: str, tags: Mapping[str, str]) -> bool:
    """Whether a dictionary word is an adverb or verb with its verb, such as 大力支持: names begin after it, not with it."""
    verbs = wordset("boundary_verb")
    return word[2:] in verbs and (word[:2] in verbs or tags.get(word[:2], "x")[0] in "dav")


def tokens(text: str) -> tuple[Token, ...]:
    """Cut ``text`` into words. Tags are looked up, not inferred: speed matters more here than rare ambiguities."""
    tagger = _tokenizer()
    tags: dict[str, str] = tagger.word_tag_tab
    found, begin = [], 0
    for word in tagger.tokenizer.cut(text):
        end = begin + len(word)
        found.append(Token(begin, end, word, tags.get(word, "x")))
        begin = end
    return tuple(found)


def frequencies() -> tuple[Mapping[str, int], int]:
    """How often each word of the dictionary was counted, and the sum; prefixes that are no words count 0."""
    tokenizer = _tokenizer().tokenizer
    return tokenizer.FREQ, tokenizer.total
