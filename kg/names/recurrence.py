"""Recurrence: what a document has named once it may name again, in full or in the short forms that the name allows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.language.gazetteer import named
from kg.language.lexicon import words, wordset
from kg.language.words import Token, Words, tokens, within
from kg.names.boundary import PROPER
from kg.names.brand import is_brandlike
from kg.names.corporate import bare
from kg.names.mention import Mention

_COMPOUND = 4
"""Characters of a compound of two words."""
_TRADES = ("generic", "industry", "trade", "country")
"""Tables of words that many enterprises share."""


def known_names(cuts: Sequence[tuple[Token, ...]], chosen: Sequence[tuple[Mention, ...]]) -> dict[str, str]:
    """Names of the document worth looking for again, with their classes: those found, and short forms of enterprises.

    What two events may be called for short means neither.
    """
    known: dict[str, str] = {}
    events: defaultdict[str, set[str]] = defaultdict(set)
    for cut, mentions in zip(cuts, chosen, strict=True):
        for mention in (thing for outer in mentions for thing in (outer, *outer.inner)):
            for form, kind in _forms(mention, cut):
                known.setdefault(form, kind)
                if kind == "Event":
                    events[form].add(mention.name)
    return {form: kind for form, kind in known.items() if kind != "Event" or form in events[form] or len(events[form]) == 1}


def _forms(mention: Mention, cut: tuple[Token, ...]) -> Iterator[tuple[str, str]]:
    for form in (mention.name, *mention.forms):
        if _recurs(mention, form) and not is_common(form):
            yield form, mention.type
    if mention.type == "Enterprise":
        for form in short_forms(mention, cut):
            yield form, "Enterprise"
    if mention.type == "District":
        for division in named(mention.name):
            if division.name == mention.name:
                yield division.short, "District"


def _recurs(mention: Mention, form: str) -> bool:
    """Whether a form by itself means the thing: short words out of a programme's name mean what they always mean, and a region is found
    wherever it is meant.
    """
    if form in wordset("region"):
        return False
    if mention.type == "Programme":
        return form == mention.name or len(form) >= 5 or form[0] in wordset("digit")
    return len(form) >= 3 or mention.type in ("Enterprise", "Person") or bool(named(form))


def is_common(form: str) -> bool:
    """Whether a form is made of ordinary words alone, so that elsewhere it means what it says: 项目建设."""
    return all(t.text in wordset("generic") or t.text in wordset("name_verb") for t in tokens(form))


def short_forms(mention: Mention, cut: tuple[Token, ...]) -> list[str]:
    """Forms that a text may use for an enterprise once it has named it in full: its leading words, with the region and without."""
    inside = within(cut, mention.begin, mention.end)
    found: list[str] = []
    places = next((number for number, token in enumerate(inside) if not _is_place(token)), 0)
    for start in range(places + 1):
        for stop in range(start + 1, len(inside)):
            form = "".join(token.text for token in inside[start:stop])
            telling = any(map(_singles_out, inside[start:stop])) or _is_cut_name(inside[max(start, places) : stop])
            if telling and len(form) >= (2 if stop == start + 1 else 3) and any(c not in "()（）" for c in form):
                found += [form, *_with_half(form, inside[stop])]
    return found


def _with_half(form: str, trade: Token) -> Iterator[str]:
    """The form with the first half of the compound behind it: 宏远精密 of 宏远精密机械."""
    half = trade.text[: _COMPOUND // 2]
    if len(trade.text) == _COMPOUND and trade.text not in wordset("corporate_form") and half not in wordset("generic"):
        yield form + half


def _is_place(token: Token) -> bool:
    """Whether the word tells where a firm is: a division, a town or a village, another country."""
    abroad = token.text in wordset("country") and token.text not in words("nation")
    return abroad or bool(named(token.text)) or (token.tag == "ns" and token.text.endswith(words("settlement")))


def _singles_out(token: Token) -> bool:
    """Whether the word is a firm's own: neither a place nor a trade, nor a word that means what it says wherever it stands (自来水)."""
    if _is_place(token) or any(token.text in wordset(table) for table in _TRADES):
        return False
    known = token.tag in PROPER - {"j"} or any(token.text in wordset(table) for table in ("brand", "enterprise"))
    return known or (is_brandlike(token.text) and token.tag[0] not in "vp")


def _is_cut_name(inside: Sequence[Token]) -> bool:
    """Whether a lone character and more make a name that the dictionary has cut: 企|生活."""
    lone = any(len(token.text) == 1 and token.text.isalpha() and token.text not in wordset("generic") for token in inside)
    return lone and len(inside) > 1


def is_whole(name: str) -> bool:
    """Whether an enterprise's name is more than the end of one: 管理咨询有限公司 has neither place nor a word of its own."""
    core = bare(name)
    if core.startswith((*words("national"), *words("state"))):
        return True
    own = not is_common(core) and core not in wordset("corporate_form")
    return own and any(named(t.text) or not any(t.text in wordset(table) for table in _TRADES) for t in tokens(core))


def again(text: str, cut: Words, known: dict[str, str], first: Sequence[Mention]) -> list[Mention]:
    """Known names where they stand as words of their own and the sentence by itself has not found them."""
    begins, ends = cut.begins, cut.ends
    taken = {(m.begin, m.end) for m in first}
    events = [m for m in first if m.type == "Event"]
    return [
        Mention(begin, begin + len(form), kind, form, "document.again", 3.0)
        for form, kind in known.items()
        for begin in _find_all(text, form)
        if (begin, begin + len(form)) not in taken
        and (kind != "Event" or not any(m.begin <= begin and begin + len(form) <= m.end for m in events))
        and ((begin in begins and begin + len(form) in ends) or len(form) >= (3 if kind == "Person" else 4))
        and (kind != "Programme" or len(form) >= 5 or text[begin - 1 : begin] == "“")
    ]


def _find_all(text: str, form: str) -> list[int]:
    found, begin = [], text.find(form)
    while begin >= 0:
        found.append(begin)
        begin = text.find(form, begin + 1)
    return found
