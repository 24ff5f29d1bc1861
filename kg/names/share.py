"""Listed firms: the short names right before the code of a firm's shares or what they were traded at: 恒晟生物(600001)."""

from collections.abc import Iterator

from kg.language.lexicon import wordset
from kg.language.rules import load
from kg.language.words import Token, Words, within
from kg.names.mention import Mention

_LONGEST = 8
_USUAL = 4
"""Characters that nearly all short names of listed firms have, so that what the dictionary takes for a verb may belong to one."""
_STOPS = ("firm_noun", "post", "generic_subject", "corporate_form", "opening", "and_so_on")
"""Tables of words that stand before a firm's name and never open it."""
_UNKNOWN = ("x", "nz", "nr", "nrt", "eng")
_SCORE = 4.5


def listed_firms(text: str, cut: Words) -> Iterator[Mention]:
    """The names of firms before the codes or the prices of their shares."""
    rule = load("naming").named("share", text)
    for match in rule.pattern.finditer(text) if rule else ():
        end = match.start()
        name = _run(cut, end)
        if name and _is_name(name):
            begin = name[0].begin
            yield Mention(begin, end, "Enterprise", text[begin:end], "name.listed-firm", _SCORE)


def _run(cut: Words, end: int) -> tuple[Token, ...]:
    """The words before ``end`` that may belong to one name."""
    words = within(cut, max(end - _LONGEST, 0), end)
    if end not in cut.ends:
        return ()
    firms = wordset("enterprise")
    known = [any(token.begin == at.end for token in words) and "".join(t.text for t in words if t.begin >= at.end) in firms for at in words]
    first = next((i for i in range(len(words), 0, -1) if _is_before(words[i - 1], end, known=known[i - 1])), 0)
    return words[first:]


def _is_before(token: Token, end: int, *, known: bool) -> bool:
    """Whether the word stands before the name that ends at ``end``, and does not belong to it; ``known``: a firm is called without it."""
    outside = token.begin < end - _USUAL or known
    governs = token.tag[0] in "utm" or (outside and (token.tag[0] in "pcdr" or token.tag == "v"))
    return not token.text.isalnum() or governs or any(token.text in wordset(table) for table in _STOPS)


def _is_name(words: tuple[Token, ...]) -> bool:
    """Whether the words are as long as such names, or one of them is no word of the language."""
    name = "".join(word.text for word in words)
    own = any(word.tag in _UNKNOWN or word.text in wordset("enterprise") for word in words)
    return len(name) > 1 and not name.isascii() and (len(name) >= _USUAL or own)
