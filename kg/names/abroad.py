"""Places abroad: states and cities right behind their country, such as the dictionary knows or as are called one."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from kg.language.gazetteer import is_place
from kg.language.lexicon import plain, wordset
from kg.language.rules import pattern
from kg.language.words import Token, Words
from kg.names.mention import Mention

ABROAD = "district.abroad"
"""The rule of places that lie in no district of ours."""
_FOREIGN = frozenset({"ns", "nrt", "nr", "nz", "x"})
"""Parts of speech of the words that foreign names are cut into."""
_KNOWN = frozenset({"ns", "nrt"})
"""Parts of speech of foreign names that the dictionary knows; nrt are persons and coins too, so that a kind must follow: 德国|默克尔."""
_MOST = 3
"""Words that such a name is cut into, at most."""


def abroad(text: str, cut: Words) -> Iterator[Mention]:
    """The place right behind each country: 智利|圣费利佩大区, 韩国|釜山."""
    foreign = plain("country") - wordset("nation")
    for index, country in enumerate(cut):
        if country.text in foreign and country.tag in _KNOWN and (end := _end(text, cut[index + 1 : index + 2 + _MOST])):
            yield Mention(country.end, end, "District", text[country.end : end], ABROAD, 3.0)


def _end(text: str, following: Sequence[Token]) -> int:
    """Where the place ends that the words begin with; 0 where they begin with none."""
    name = list(takewhile(_is_foreign, following))[:_MOST]
    if not name or is_place(name[0].text):
        return 0
    kind = pattern("district", "abroad").match(text, name[-1].end)
    if kind or pattern("district", "abroad").fullmatch(name[-1].text[-1:]):
        return kind.end() if kind else name[-1].end
    return name[0].end if name[0].tag == "ns" and len(name[0].text) > 1 and not any(map(_makes_noun, following[1:2])) else 0


def _is_foreign(token: Token) -> bool:
    """Whether a foreign name may be cut into this: what the dictionary does not know is transcribed."""
    if token.text in wordset("generic"):
        return False  # 东盟|多国
    return token.tag in _KNOWN or (token.tag in _FOREIGN and set(token.text) <= wordset("transcription"))


def _makes_noun(after: Token) -> bool:
    """Whether the word behind makes one noun with the name: 法国尼斯|大学."""
    return after.tag[0] in "nvjx" and after.tag != "v" and after.text.isalnum()
