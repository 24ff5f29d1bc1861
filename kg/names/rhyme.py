"""Rhyme: members of a list that end in the word that a name in it ends in are names of its class: 安达直播基地、达人|直播基地."""

from collections.abc import Iterator, Mapping, Sequence

from kg.language.lexicon import wordset
from kg.language.rules import pattern
from kg.language.words import Token, Words
from kg.names.listing import breaks
from kg.names.mention import Mention

_RHYMING = frozenset({"Enterprise", "Organization", "Place", "Project"})
_LEAST = 2
"""Characters of the word that such names end in, at least."""
_MOST = 6
"""Words of such a name, at most."""
_NEAR = 3
"""Members of the list on either side of a name that it tells of."""
_WORDS = 3
"""Words of a project's name, at least, unless it is long."""
_LONG = 8
"""Characters of one of fewer words, at least."""
_INSIDE = frozenset({"Industry", "District"})
"""Classes of names that others hold."""
_NOMINAL = frozenset("nxj")
"""Parts of speech that make one noun with a name before them."""


def rhyming(text: str, cut: Words, chosen: Sequence[Mention]) -> Iterator[Mention]:
    """The members of lists that no rule has named, beside one of their ending that is a name."""
    ends = {mention.end: mention for mention in chosen if mention.type in _RHYMING}
    taken = {offset for m in chosen if m.type not in _INSIDE for offset in range(m.begin, m.end)} if ends else set()
    for members in _lists(cut) if ends else ():
        told = [_told(member, ends) for member in members]
        for at, member in enumerate(members if any(told) else ()):
            near = {word: kind for words in told[max(at - _NEAR, 0) : at + _NEAR + 1] for word, kind in words.items()}
            name, ending = _rhyme(member, near)
            if name and taken.isdisjoint(range(name[0].begin, name[-1].end)) and _is_own(text, name, near[ending]):
                begin, end = name[0].begin, name[-1].end
                yield Mention(begin, end, near[ending], text[begin:end], "list.rhyme", 2.5)


def _lists(cut: Words) -> list[list[list[Token]]]:
    """The words between the marks of each list, without the conjunctions that begin its members."""
    found: list[list[list[Token]]] = [[[]]]
    for token in cut:
        if token.text in wordset("list_mark") and not token.text.isalnum():
            found[-1].append([])
        elif not token.text.isalnum():
            found.append([[]])
        elif found[-1][-1] or token.tag != "c":
            found[-1][-1].append(token)
    return [members for members in found if len(members) > 1]


def _told(member: Sequence[Token], ends: Mapping[int, Mention]) -> dict[str, str]:
    """The word that each name of the member ends in, with the name's class."""
    last = {token.text: ends[token.end] for token in member if token.end in ends and len(token.text) >= _LEAST}
    return {word: mention.type for word, mention in last.items() if mention.end - mention.begin > len(word)}


def _rhyme(member: Sequence[Token], near: Mapping[str, str]) -> tuple[Sequence[Token], str]:
    """The words that a member begins with up to what names nearby end in, and that ending; none where it has none."""
    for index, token in enumerate(member[:_MOST]):
        ending = next((word for word in near if token.text.endswith(word) and _is_more(index, token, word)), None)
        if ending and not any(after.tag[0] in _NOMINAL for after in member[index + 1 : index + 2]):
            return member[: index + 1], ending
    return (), ""


def _is_more(index: int, token: Token, word: str) -> bool:
    """Whether words stand before the ending, or it ends one that no dictionary knows: 美锦醋业."""
    return token.text == word if index else token.tag == "x" and len(token.text) > len(word) + 1


def _is_own(text: str, inside: Sequence[Token], type: str) -> bool:
    """Whether the words before the last make a name: none governs it or counts, and one tells it from others of its kind."""
    name = text[inside[0].begin : inside[-1].end]
    if type == "Project" and len(inside) < _WORDS and len(name) < _LONG:
        return False  # 暖通|工程 is any
    if any(token.tag == "ns" for token in inside[1:]) and inside[0].tag != "ns":
        return False  # 调度|东河柳林水库
    if any(breaks(token) or token.tag[0] in "mqr" for token in inside) or pattern("naming", "not_a_name").search(name):
        return False
    return len(inside) == 1 or any(map(_tells, inside[:-1]))


def _tells(token: Token) -> bool:
    return not any(token.text in wordset(table) for table in ("generic", "level", "superlative", "post"))
