"""Phrases: noun phrases of a sentence, and the words that make or end one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from unicodedata import category

from kg.facts.entity import Link
from kg.facts.statement import Statement
from kg.language.lexicon import rows, wordset
from kg.language.rules import pattern
from kg.language.words import Token

_THINGS = ("District", "Enterprise", "Organization", "Project", "Place", "Person", "Quantity", "Period")
"""Annotations that end a noun phrase; an industry or programme may be part of one."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase ``text[begin:end]`` of a masked sentence."""

    begin: int
    end: int
    text: str
    """Its words as the sentence has them."""
    bare: bool = False
    """Only verbs or a grade: the noun has to come from an earlier figure."""


def phrase(statement: Statement, begin: int, words: Sequence[Token]) -> Phrase | None:
    """The phrase that words make, without what only closes it; None where they name nothing. ``begin``: of the clause."""
    if not words:
        return None
    first, last = begin + words[0].begin, begin + words[-1].end
    tail = pattern("clause", "tail").search(statement.text, first, last)
    last = tail.start() if tail else last
    text = _balanced(statement.original(first, last))
    return Phrase(first, last, text, _is_bare(words)) if any(c.isalnum() for c in text) else None


def _balanced(text: str) -> str:
    """Without quotation marks or brackets that open or close nothing."""
    for left, right in _pairs():
        if text.count(left) != text.count(right):
            text = text.strip(left + right)
            if text.count(left) != text.count(right):
                text = text.replace(left, "").replace(right, "")
    return text


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    return tuple((pair[0], pair[1]) for pair in sorted(word("pair")))


def _is_bare(words: Sequence[Token]) -> bool:
    """Whether they are verbs and grades only, and no class that is called by a verb: 居住|类."""
    return words[-1].text not in word("grade") and all(is_verbal(t) or t.text[-1] in word("grade") for t in words)


def noun_length(statement: Statement, begin: int, words: Sequence[Token]) -> int:
    """How many of the words are those of a noun phrase that begins with the first."""
    quoted, count = False, 0
    for i, token in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else None
        if not quoted and i and tells(words[i - 1], token, following):
            break
        if token.text in word("quote"):
            quoted = not quoted
        elif not quoted and not _is_nominal(statement, begin, token, following, count == 0):
            break
        count = i + 1
    return count


def tells(last: Token, token: Token, following: Token | None) -> bool:
    """Whether a verb behind those who act tells what they do: 30家企业[参加]展会, for whom it is done: 为30家企业[减免]租金."""
    governs = any(token.text in table for table in (wordset("boundary_verb"), light_verbs(), wordset("rise"), wordset("fall")))
    acts = pattern("clause", "doer").search(last.text) or pattern("label", "bearer").match(last.text)
    return bool(governs and acts and token.tag != "vn" and following and len(token.text) > 1 and token.text not in _nouns())


@cache
def _nouns() -> frozenset[str]:
    """Verbs that stand for nouns: 进驻企业."""
    return frozenset().union(*(wordset(table) for table in ("figure_noun", "measured_noun", "event_verb", "deed")))


def _is_nominal(statement: Statement, begin: int, token: Token, following: Token | None, first: bool) -> bool:
    note = statement.masked.annotation(begin + token.begin)
    if note and len(token.text) == 1:
        return note.kind not in _THINGS
    happens = not first and token.text in wordset("event_verb")
    if (
        not first
        and token.text in word("grade")
        and following is not None
        and (following.tag[0] == "n" or following.text in wordset("and_so_on"))
    ):
        return True  # 生物医药类公司, 家电类等
    if is_mark(token) or happens or token.text in wordset("attain") or token.text in word("stop"):
        return False
    if token.text in word("and"):
        return not first and following is not None and following.tag[0] in "nblj"
    if not first and token.tag[0] in "vx" and token.text in wordset("verbal_noun") and _ends(following):
        return True  # 志愿服务[组织]、
    if not first and light_verbs().get(token.text) and token.tag[0] in "vx":
        return False
    if not first and (token.text in wordset("measured_noun") or token.text in wordset("figure_noun")):
        return True
    if (token.tag[0] in "nbjliasezgmk" and token.tag != "ad") or token.tag in ("vn", "eng", "x", "f"):
        return True
    return token.tag[0] == "v" and _modifies(token, following)


def _ends(following: Token | None) -> bool:
    """Whether no word follows that a verb could govern."""
    return following is None or is_mark(following) or following.text in word("and")


def _modifies(token: Token, following: Token | None) -> bool:
    """Whether a verb stands for a noun in the phrase: 招商资源, 签约项目."""
    return token.text not in light_verbs() and following is not None and following.tag[0] in "nb" and len(token.text) > 1


def after_break(statement: Statement, begin: int, words: list[Token]) -> list[Token]:
    """What follows the last name, time or number, but for a name in a list that the phrase closes (甲、乙等活动)."""
    for i in range(len(words) - 1, -1, -1):
        note = statement.masked.annotation(begin + words[i].begin)
        if note and (note.kind in _THINGS or (isinstance(note.what, Link) and note.what.anaphor)):
            threshold = i + 2 < len(words) and words[i + 1].text in wordset("bound_after")
            return words[i if threshold else i + 1 :]
    return words


def is_verbal(token: Token) -> bool:
    """Whether a word says what was done or how, and not what is counted."""
    return token.text in wordset("event_verb") or (token.tag[0] in "vdab" and token.text not in wordset("figure_noun"))


class _Verb(NamedTuple):
    word: str
    inside: str


@cache
def light_verbs() -> dict[str, bool]:
    """The verbs that only say that something was done, and whether they do so wherever they stand."""
    return {row.word: bool(row.inside) for row in rows("light_verb", _Verb)}


def is_mark(token: Token) -> bool:
    """Whether it is a punctuation mark, and stands for no annotation."""
    return not token.text.isalnum() and category(token.text[0]) != "Co"


class _Role(NamedTuple):
    word: str
    role: str


def small_words(role: str) -> tuple[str, ...]:
    """The small words of one role, in the table's order: the words for and begin with what binds things most loosely."""
    return tuple(row.word for row in rows("phrase_word", _Role) if row.role == role)


@cache
def word(role: str) -> frozenset[str]:
    """The small words of one role."""
    return frozenset(small_words(role))
