"""Persons: names that follow the title of a post."""

import re
from functools import cache

from kg.lexicon import alternation, wordset
from kg.mention import Mention
from kg.words import Token

# Parts of speech with which a sentence does not go on after a name: 莱恩 after 冯德.
_NOMINAL = frozenset("nxj")
_GAP = re.compile(r"\s*")
_HAN = r"[\u4e00-\u9fff]"


@cache
def _post() -> re.Pattern[str]:
    return re.compile(f"{alternation('post')}(?:、{alternation('post')})*")


@cache
def _name() -> re.Pattern[str]:
    return re.compile(f"({alternation('surname')}){_HAN}{{1,2}}|{_HAN}{{1,6}}(?:·{_HAN}{{1,8}}){{1,3}}")


@cache
def _follow() -> re.Pattern[str]:
    return re.compile(f"$|[^\\u4e00-\\u9fff]|{alternation('after_person')}")


def persons(text: str, tokens: tuple[Token, ...]) -> list[Mention]:
    """The persons whom ``text`` names by their posts: 局长王强, 副主任刘文明、康峰镐."""
    if not _post().search(text):
        return []
    begins = {token.begin: token for token in tokens}
    found: list[Mention] = []
    for match in _post().finditer(text):
        begin = _GAP.match(text, match.end()).end()  # type: ignore[union-attr]
        while end := _name_end(text, begin, begins):
            found.append(Mention(begin, end, "Person", text[begin:end], "person.post", 5.0))
            if not (end + 1 < len(text) and (text[end].isspace() or text[end] in wordset("list_mark")) and end + 1 in begins):
                break
            begin = end + 1
    return found


def _name_end(text: str, begin: int, begins: dict[int, Token]) -> int:
    """Where the person's name at ``begin`` ends; 0 where none begins there."""
    match, first = _name().match(text, begin), begins.get(begin)
    if not match or first is None or _is_word(first) or text[begin : begin + 2] in wordset("not_person"):
        return 0
    if not match[1]:
        return match.end()
    surname_end = match.end(1)
    options = [end for end in (surname_end + 2, surname_end + 1) if end <= match.end()]
    followed = [end for end in options if _follow().match(text, end)]
    cut = [end for end in options if end == len(text) or (end in begins and begins[end].tag[0] not in _NOMINAL)]
    return next(iter([end for end in followed if end in cut] or followed or cut), 0)


def _is_word(token: Token) -> bool:
    """Whether the dictionary knows the token as an ordinary word (董事长高度重视 names no one called 高度)."""
    return len(token.text) > 1 and token.tag[:2] not in ("nr", "ns", "nz", "x") and token.text not in wordset("surname")
