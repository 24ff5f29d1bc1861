"""Words: segmentation by jieba with the project's own dictionary on top, in a tokenizer of our own."""

from dataclasses import dataclass
from functools import cache

import jieba
import jieba.posseg

from kg.gazetteer import place_names
from kg.lexicon import words as lexicon_words

_TABLES = ("industry", "head")
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
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    tagger = jieba.posseg.POSTokenizer(tokenizer)
    for name in place_names():
        tokenizer.add_word(name, tag="ns")
    for table in _TABLES:
        for word in lexicon_words(table):
            tokenizer.add_word(word, tag="n")
    return tagger


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
