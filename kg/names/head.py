"""Heads: the nouns that names end in, and what must stand before each to make one."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from kg.language.lexicon import one_of, rows
from kg.language.words import Token


class _Head(NamedTuple):
    word: str
    type: str
    weight: str
    least: str
    most: str
    need: str


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun: the class of the names it ends, its weight, and how many characters may stand before it."""

    word: str
    type: str
    weight: float
    least: int
    most: int
    # What must stand before it: ``any`` words; ``telling`` ones (more than 重点 or 新建); ``strict``, more than a place and a
    # trade (东河区农业项目 is any); ``legal``, the same with verbs; ``proper``, a word that is no common noun (警告公司 is none);
    # ``local``, such a word or a short common one (建设路).
    need: str


@cache
def heads() -> dict[str, Head]:
    """Every head by its word, and those of the works that build a site: 大桥|工程."""
    listed, endings = _listed("head"), _listed("works").values()
    sites = [head.word for head in listed.values() if head.type == "Place" and head.need != "local"]
    works = (replace(ending, word=site + ending.word) for ending in endings for site in sites)
    return {**{head.word: head for head in works}, **listed}


def _listed(table: str) -> dict[str, Head]:
    """The heads of a table by their words."""
    return {
        row.word: Head(row.word, row.type, float(row.weight), int(row.least), int(row.most), row.need or "telling")
        for row in rows(table, _Head)
    }


@cache
def head_pattern() -> re.Pattern[str]:
    """What finds every head, in group 1."""
    # Zero-width: heads overlap (集团有限公司 holds 集团, 有限公司 and 公司), and each occurrence is weighed.
    return re.compile(f"(?=({one_of(heads())}))")


def is_head(word: str) -> bool:
    """Whether the word is a head noun."""
    return word in heads()


@cache
def _longest() -> int:
    return max(map(len, heads()))


def last_head(text: str) -> str | None:
    """The longest head noun that the text ends in."""
    return next((text[-size:] for size in range(min(len(text), _longest()), 0, -1) if text[-size:] in heads()), None)


def ends_like_a_name(word: str) -> bool:
    """Whether the word is or ends in a head noun."""
    return last_head(word) is not None


def is_complete(token: Token) -> bool:
    """Whether a name may end with the word: 合肥工业大学, 统计局."""
    return _completes(token.text)


@lru_cache(maxsize=4096)
def _completes(word: str) -> bool:
    head = next((head for head in heads() if word.endswith(head) and (len(head) > 1 or len(word) != 2)), None)
    return head is not None and heads()[head].type not in ("Place", "Project")
