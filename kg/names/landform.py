"""Landforms: rivers, lakes and mountains that the dictionary knows by name."""

from collections.abc import Iterator

from kg.language.gazetteer import is_place
from kg.language.lexicon import words, wordset
from kg.language.words import Token, Words
from kg.names.head import heads, last_head
from kg.names.mention import Mention

_TITLE = "《"
_UNKNOWN = frozenset({"x", "nr"})
"""Parts of speech of words that the dictionary has cut without knowing them, or takes for persons: what ends like a water is one."""
_LEAST = 3
"""A landform's name that no table knows has so many characters: 永定河, but 江山."""


def landforms(cut: Words) -> Iterator[Mention]:
    """Words that name a water or a mountain and no division, waters also such as the dictionary does not know; what stands beside makes no
    other name of it.
    """
    endings = words("landform") + words("water")
    for before, token, after in zip((None, *cut), cut, (*cut[1:], None), strict=False):
        if not token.text.endswith(endings):
            continue
        if _is_known(before, token, after) or (len(token.text) >= _LEAST and _is_landform(before, token) and not _goes_on(after)):
            yield Mention(token.begin, token.end, "Place", token.text, "place.landform", 2.0)


def _is_known(before: Token | None, token: Token, after: Token | None) -> bool:
    """Whether it is one that all know by a short name, and no attribute of what is named behind it: 南临|黄河, but 长江|干堤."""
    if token.text not in wordset("landmark") or not token.text.endswith(words("landform")) or is_place(token.text):
        return False
    nouns = (word for word in (before, after) if word is not None and word.tag[0] in "nqjx" and word.text.isalnum())
    return not any(word is after or is_place(word.text) or word.tag != "ns" for word in nouns)  # 东临|黄河


def _is_landform(before: Token | None, token: Token) -> bool:
    """Whether a word is called like one, and is no title, no division, nothing abroad and no half of a compound."""
    if not token.text.endswith(words("landform") if token.tag == "ns" else words("water") if token.tag in _UNKNOWN else ()):
        return False
    if before is not None and (before.text == _TITLE or (token.tag in _UNKNOWN and _is_part(before))):
        return False
    return not is_place(token.text) and token.text not in wordset("generic") and not token.text.startswith(words("country"))


def _is_part(before: Token) -> bool:
    """Whether a noun or a number before an unknown word makes it no name: 18|条中河, 山水|林田湖."""
    return before.tag[0] in "nmqx" and before.text.isalnum()


def _goes_on(after: Token | None) -> bool:
    """Whether a lone noun or a road makes another name of the landform: 大别山|区, 金沙江|西路."""
    if after is None:
        return False
    head = last_head(after.text)
    lone = len(after.text) == 1 and after.tag[0] in "nz" and after.text.isalpha()
    return lone or (head is not None and heads()[head].type == "Place")
