"""Listed firms: the short names right before the code of a firm's shares or what they were traded at: 恒晟生物(600001)."""

from collections.abc import Iterator

from kg.language.lexicon import words, wordset
from kg.language.rules import load
from kg.language.words import Token, Words, within
from kg.names.boundary import is_verb
from kg.names.mention import Mention

_LONGEST = 8
_USUAL = 4
"""Characters that nearly all short names of listed firms have, so that what the dictionary takes for a verb may belong to one."""
_STOPS = ("name_stop", "firm_noun", "post", "generic_subject", "corporate_form", "opening", "and_so_on")
"""Tables of words that stand before a firm's name and never open it."""
_UNKNOWN = ("x", "nz", "nr", "nrt", "eng")
_SCORE = 4.5


def listed_firms(text: str, cut: Words) -> Iterator[Mention]:
    """The names of firms before the codes or the prices of their shares."""
    rule = load("naming").named("share", text)
    for match in rule.pattern.finditer(text) if rule else ():
        end = match.start()
        name = _run(text, cut, end) if end in cut.ends else ()
        if name and _is_name(name):
            begin = name[0].begin
            yield Mention(begin, end, "Enterprise", text[begin:end], "name.listed-firm", _SCORE)


def _run(text: str, cut: Words, end: int) -> tuple[Token, ...]:
    """The words before ``end`` that may belong to one name, which begins with a verb only where a firm is known to be called so."""
    run = within(cut, max(end - _LONGEST, 0), end)
    first = next((i for i in range(len(run), 0, -1) if _is_before(run[i - 1], text, end)), 0)
    while first < len(run) - 1 and _tells(run[first]) and text[run[first].begin : end] not in wordset("enterprise"):
        first += 1
    return run[first:]


def _is_before(token: Token, text: str, end: int) -> bool:
    """Whether the word stands before the name that ends at ``end``, and does not belong to it."""
    outside = token.begin < end - _USUAL or text[token.end : end] in wordset("enterprise")
    governs = token.tag[0] in "utm" or (outside and (token.tag[0] in "pcdr" or token.tag == "v"))
    return not token.text.isalnum() or governs or any(token.text in wordset(table) for table in _STOPS)


def _tells(token: Token) -> bool:
    """Whether the word tells what is done with shares or how they move, though the dictionary may not know it: 增持, 大涨, 增一成."""
    moves = words("rise") + words("fall")
    moved = token.tag == "x" and (token.text.startswith(moves) or token.text.endswith(moves))
    return len(token.text) > 1 and (is_verb(token) or moved)


def _is_name(run: tuple[Token, ...]) -> bool:
    """Whether the words are as long as such names, or one of them is no word of the language."""
    name = "".join(word.text for word in run)
    own = any(word.tag in _UNKNOWN or word.text in wordset("enterprise") for word in run)
    return len(name) > 1 and not name.isascii() and (len(name) >= _USUAL or own)
