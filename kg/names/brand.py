"""Brands: the words that single firms out, told by their characters, and the short names that they make."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from kg.language.gazetteer import is_full_name, named
from kg.language.lexicon import words, wordset
from kg.language.rules import load
from kg.language.words import Token, Words, dictionary, within
from kg.names.mention import Mention

_ORDINARY = frozenset("nvadb")
_NAMES = frozenset({"nr", "ns", "nt", "nz", "nrt", "nrfg"})
_UNKNOWN = frozenset({"x", "nz", "nr"})
"""Parts of speech of words that may be a brand."""
_CHARACTERS = 4000
"""About as many characters as common texts use: what smooths the counts."""
_BRANDLIKE = 0.5
"""A word whose characters are so much likelier (nats for each) in a firm's name than in an ordinary word may be a brand."""

_BRANCH = 4.5
"""The score of a firm's name that a known firm's or a place opens, more than theirs by themselves: 国家电网|东河|电力."""

_BEHIND = ("post", "undertake_verb", "figure_noun")
"""Tables of nouns that may stand behind a firm's short name without making one noun with it: 恒晟科技|产值."""


@cache
def _counts() -> tuple[Counter[str], Counter[str]]:
    """How often each character opens a known firm's name, and stands in an ordinary word of two (square roots of frequencies)."""
    firms = Counter(character for name in words("enterprise") if name.isalpha() and not name.isascii() for character in name[:2])
    ordinary: Counter[str] = Counter()
    for word, tag, frequency in dictionary(2):
        if tag[0] in _ORDINARY and tag not in _NAMES:
            for character in set(word):
                ordinary[character] += math.isqrt(frequency)
    return firms, ordinary


@cache
def _totals() -> tuple[float, float]:
    firms, ordinary = _counts()
    return firms.total() + 0.2 * _CHARACTERS, ordinary.total() + 3 * _CHARACTERS


@cache
def _gain(character: str) -> float:
    """How much likelier, in nats, the character is in a firm's name than in an ordinary word."""
    (firms, ordinary), (all_firms, all_ordinary) = _counts(), _totals()
    return math.log((firms[character] + 0.2) / all_firms) - math.log((ordinary[character] + 3) / all_ordinary)


@lru_cache(maxsize=4096)
def is_brandlike(word: str) -> bool:
    """Whether the characters of ``word`` are such as firms choose for their names: 恒晟, not 轨交."""
    return word.isalpha() and (word.isascii() or sum(map(_gain, word)) > _BRANDLIKE * len(word))


def is_brand(token: Token) -> bool:
    """Whether the word is a known brand, or none that the dictionary knows and one that firms might choose."""
    if token.text in wordset("brand") or token.text in wordset("enterprise"):
        return True
    if token.tag not in _UNKNOWN or token.text in wordset("generic") or is_full_name(token.text):
        return False
    return 2 <= len(token.text) <= 5 and is_brandlike(token.text)


def branded(text: str, cut: tuple[Token, ...]) -> list[Mention]:
    """Short names of enterprises by shape: a brand and a trade, with or without a place: 恒晟模具; or a place and its firm: 东河城投."""
    found: list[Mention] = []
    endings, local = wordset("firm_ending"), wordset("local_firm")
    for index in [index for index, token in enumerate(cut[1:]) if token.text in endings or token.text in local]:
        brand, trade = cut[index], cut[index + 1]
        before, after = cut[max(index - 1, 0) : index], cut[index + 2 : index + 3]
        branch = trade.text in endings and bool(before) and before[0].text in wordset("enterprise") and brand.tag in _NAMES
        branch = branch or (trade.text in local and bool(named(brand.text)))
        if not (branch or (trade.text in endings and is_brand(brand))):
            continue
        if after and after[0].tag.startswith("n") and not any(after[0].text in wordset(table) for table in _BEHIND):
            continue
        begin = before[0].begin if before and (named(before[0].text) or before[0].text in wordset("enterprise")) else brand.begin
        score = _BRANCH if branch else 2.5
        found.append(Mention(begin, trade.end, "Enterprise", text[begin : trade.end], "name.brand-and-trade", score))
    return found


def placed_brands(text: str, cut: Words) -> Iterator[Mention]:
    """Brands by themselves, where the clause tells that a firm is meant: 恒晟负责人, 由恒晟投资."""
    begins, ends = cut.begins, cut.ends
    for rule in load("brand").possible(text):
        for match in rule.pattern.finditer(text):
            begin, end = match.span("name")
            inside = within(cut, begin, end) if end in ends and begin in begins else ()
            if inside and _FITS[rule.value](inside):
                yield Mention(begin, end, "Enterprise", text[begin:end], rule.name, rule.score)


def _is_any_name(words: Sequence[Token]) -> bool:
    """Whether the words may be a firm's name where it must be one: none governs others, tells a post, or is any firm's."""
    common = any(word.text in wordset(table) for word in words for table in ("firm_noun", "post", "generic"))
    return not common and not any(word.tag[0] in ("pcdrufmtav" if len(word.text) > 1 else "pcdruf") for word in words)


def _is_short_name(words: Sequence[Token]) -> bool:
    """Whether the words are such as make short names, with a brand among them."""
    fitting = (
        word.tag in _UNKNOWN or named(word.text) or word.text in wordset("trade") or word.text in wordset("firm_ending") for word in words
    )
    return any(map(is_brand, words)) and all(fitting)


def _is_known(words: Sequence[Token]) -> bool:
    return "".join(word.text for word in words) in wordset("enterprise")


_FITS: Mapping[str, Callable[[Sequence[Token]], bool]] = {"": _is_short_name, "any": _is_any_name, "known": _is_known}
"""What names must be, by the value of the rule that tells where they stand."""


def apposed(text: str, cut: Sequence[Token]) -> Iterator[Mention]:
    """Short names of enterprises right behind what they are: 龙头企业|恒晟生物; 公司 alone is the one that the text is about."""
    for index, noun in enumerate(cut[:-1]):
        if noun.text not in wordset("firm_noun") or (
            noun.text in wordset("name_stop") and not _is_attribute(cut[max(index - 1, 0) : index])
        ):
            continue
        size = _short_name(cut[index + 1 : index + 5])
        begin, last, after = cut[index + 1].begin, cut[index + size], cut[index + size + 1 : index + size + 2]
        if size and not text[begin : last.end].isascii() and not _goes_on(after):
            yield Mention(begin, last.end, "Enterprise", text[begin : last.end], "name.apposed", 2.5)


def _is_attribute(before: Sequence[Token]) -> bool:
    """Whether the word before a firm's noun says what firm it is: 保险|公司."""
    return any(token.text.isalnum() and token.tag[0] in "nvabx" for token in before)


def _goes_on(after: Sequence[Token]) -> bool:
    """Whether what follows a brand makes one noun with it: 公司新拓|业务."""
    return any(token.text.isalnum() and token.tag[0] in "nxjmb" and token.text not in wordset("post") for token in after)


def _short_name(words: Sequence[Token]) -> int:
    """How many of the words that come first make a firm's short name: a brand, a place before it, a trade after; 0 where none does."""
    placed = bool(words) and bool(named(words[0].text))
    size = placed + _brand_size(words[placed:])
    if size == placed:
        return 0
    trade = any(word.text in wordset("trade") or word.text in wordset("firm_ending") for word in words[size : size + 1])
    return size + trade


def owner(first: int, end: int, name: str, cut: tuple[Token, ...]) -> tuple[int, int] | None:
    """The span of a firm's short form that opens, from ``first`` on, the name of a project that ends at ``end``.

    A brand with a place before it or a trade after; 低碳能源产业园 tells a trade, not a firm.
    """
    inside = [t for t in cut if first <= t.begin and t.end < end]
    placed = bool(inside) and bool(named(inside[0].text))
    if placed and len(inside) > 1 and inside[1].text in wordset("firm_ending") and not is_full_name(inside[0].text):
        return inside[0].begin, inside[1].end  # 金阳硅业: a town's name serves as a brand
    size = _brand_size(inside[placed:])
    if not size:
        return None
    trade = [t for t in inside[placed + size : placed + size + 1] if t.text in wordset("trade") and t.end + 2 <= end]
    telling = trade or (size > 1 and len(inside) > placed + size)
    if not placed and (not telling or name.endswith(words("park"))):
        return None
    return inside[0].begin, trade[0].end if trade else inside[placed + size - 1].end


def _brand_size(words: Sequence[Token]) -> int:
    """How many of the words that come first make a brand: one, or two where the segmenter has cut it: 科|达利, 杰露|泰理; 0 where none."""
    brands = [is_brand(word) and word.text not in wordset("generic") for word in words[:2]]
    if brands and brands[0]:
        return 2 if all(brands) and len(brands) > 1 and words[1].text not in wordset("trade") else 1
    cut = len(words) > 1 and len(words[0].text) == 1 and len(words[1].text) <= 3 and words[0].tag[0] == "n"
    return 2 if cut and is_brandlike(words[0].text + words[1].text) else 0
