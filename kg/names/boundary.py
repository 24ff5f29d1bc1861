"""Boundaries: which words a name that ends in a head begins behind at the latest."""

from collections.abc import Sequence

from kg.language.gazetteer import is_full_name
from kg.language.lexicon import unambiguous, words, wordset
from kg.language.words import Token
from kg.names.corporate import is_legal
from kg.names.division import means_place
from kg.names.head import ends_like_a_name, heads, is_complete, is_head
from kg.names.person import is_name_word

OPEN, CLOSE = "“（《‘(", "”）》’)"
PROPER = frozenset({"x", "nz", "nr", "nrt", "nrfg", "ns", "nt", "j", "eng"})
"""Parts of speech of names, and of words that no dictionary knows."""
DESCRIBING = frozenset({"a", "ad", "d"})
"""Parts of speech of attributes and adverbs."""
BODIES = frozenset({"Organization", "Enterprise"})
"""Classes of what has an address."""
_BUILT = frozenset({"Place", "Project", "District"})
"""Classes of what is built."""
_LEAST_BODY = 4
"""Characters of a body's whole name, at least."""


def begins_behind(tokens: Sequence[Token], index: int, position: int, type: str, least: int) -> bool:
    """Whether a name that holds the word before ``position`` begins behind ``tokens[index]`` at the latest."""
    token, before, behind = tokens[index], tokens[max(index - 1, 0) : index], tokens[index + 1 : index + 2]
    if index < position and (_is_person(token, before) or _is_before_opening(token, behind, type)):
        return True
    if index == position - 1 and (_is_attribute(token, type, least) or _are_two(tokens, index)):
        return True
    inner = behind if index < position - 1 else ()
    return _ends_another(token, before, inner, type) or _is_deed(token, before, inner, type) or _parts(tokens, index, least)


def _is_person(token: Token, before: Sequence[Token]) -> bool:
    """Whether the word names the holder of a post: 局长刘向民|代表市政府."""
    return is_name_word(token) and any(word.text in wordset("post") for word in before)


def _is_before_opening(token: Token, behind: Sequence[Token], type: str) -> bool:
    """Whether a district's full name or a body's follows, which opens a name unless what holds it stands before: 乡村|扬子晚报."""
    opens = any(_opens_name(word, token, type) for word in behind)
    return opens and token.text not in wordset("level") and not _goes_before(token.text, type)


def _is_attribute(token: Token, type: str, least: int) -> bool:
    """Whether the word describes what is whole by itself, and so has no attribute: 清楚|市政府."""
    return least == 0 and type == "Organization" and token.tag in DESCRIBING


def _are_two(tokens: Sequence[Token], index: int) -> bool:
    """Whether a committee's name ends with the word, and a government's with the next: 区委|区政府."""
    # What the words of a list end in may be none.
    return is_committee(tokens, index) and any(word.text.endswith(words("government")) for word in tokens[index + 1 : index + 2])


def _ends_another(token: Token, before: Sequence[Token], inner: Sequence[Token], type: str) -> bool:
    """Whether the word ends what is another's name, or an address; ``inner`` is the word behind it, if that ends no name."""
    if token.tag == "x" and len(token.text) > 1 and token.text[-1] in wordset("glued"):
        return True  # 勇任|廊坊市委
    if type == "District" and any(means_place(word.text) for word in inner) and _ends_zone(token):
        return True  # 国家级经济开发区|临平经济技术开发区
    if type in BODIES and token.text in wordset("phase_mark") and any(word.text.isdecimal() for word in before):
        return True  # 和平路75号|青云俱乐部: its address
    if type == "Project" and is_legal(token.text) and any(word.text[-1] not in wordset("phase_mark") for word in inner):
        return True  # 宏远有限公司|智能工厂项目: whose it is stands before
    return token.text == "-" and any(ends_like_a_name(word.text) for word in before)  # 滨江路-和平路 are two


def _is_deed(token: Token, before: Sequence[Token], inner: Sequence[Token], type: str) -> bool:
    """Whether the word tells what is done with what is named behind it, or whose part somebody has in it."""
    if token.tag[0] == "v" and any(word.text in wordset("level") for word in inner):
        return True  # 组织|区供热管理中心
    if token.text in wordset("role_ending") and any(map(_is_common, before)):
        return True  # 采购|方|金鹰集团
    if token.text in wordset("undertake_verb"):
        sited = type in _BUILT and any(map(is_complete, before))  # 高新区建设|智能工厂: where it is built stands before
        return sited or (type == "Project" and bool(inner) and _is_act(token, before))  # 加拿大投资|液化气项目
    return type == "Enterprise" and governs(token) and any(means_place(word.text) for word in before)  # 柳河县举办|宏远有限公司


def _opens_name(token: Token, before: Token, type: str) -> bool:
    """Whether the word is known as the beginning of a name; a firm's may have one character before it: 新|东方."""
    firm = type == "Enterprise" and len(before.text) > 1 and token.text in unambiguous("enterprise")
    return firm or is_full_name(token.text) or _is_whole_body(token)


def _is_whole_body(token: Token) -> bool:
    """Whether the dictionary knows the word as a body's whole name: one that opens with a place, or a newspaper's."""
    if token.tag != "nt" or len(token.text) < _LEAST_BODY:
        return False
    opens = any(means_place(token.text[:size]) or token.text[:size] in wordset("country") for size in (2, 3))
    return opens or token.text.endswith(words("media"))


def _goes_before(word: str, type: str) -> bool:
    """Whether the word may stand before a district's full name inside a name: what holds it, a bracket, 中共, a branch's firm."""
    if means_place(word) or word in OPEN or word in wordset("before_district"):
        return True
    firm = type == "Enterprise" and any(word in wordset(table) for table in ("enterprise", "firm_ending", "country"))
    return firm or word in wordset("organization")


def is_committee(tokens: Sequence[Token], index: int) -> bool:
    """Whether a committee's name ends with the word, which may be cut from its place: 东河市委, 青溪区|委."""
    return "".join(token.text for token in tokens[max(index - 1, 0) : index + 1]).endswith(words("committee"))


def _is_act(verb: Token, before: Sequence[Token]) -> bool:
    """Whether somebody builds what is named behind a verb: it is none of those that names hold, or a place stands before it."""
    placed = any(means_place(token.text) or token.text in wordset("country") for token in before)
    return placed or verb.text not in wordset("name_verb")


def governs(verb: Token) -> bool:
    """Whether the word is a verb that has names for its object and stands in none."""
    return len(verb.text) > 1 and verb.text in wordset("boundary_verb") and verb.tag[0] == "v" and is_verb(verb)


def is_verb(token: Token) -> bool:
    """Whether the word is a verb that governs names rather than one that they hold."""
    return (token.tag == "v" or token.text in wordset("boundary_verb")) and token.text not in wordset("name_verb")


def _is_common(token: Token) -> bool:
    return token.tag[0] in "nv" and token.tag not in PROPER


def _ends_zone(token: Token) -> bool:
    return is_head(token.text) and heads()[token.text].type == "District"


def _parts(tokens: Sequence[Token], index: int, least: int) -> bool:
    """Whether the word joins two names: the one before it is complete, or the one behind it by itself, or begins as an organ's does."""
    if tokens[index].text not in wordset("name_word"):
        return False
    if least == 0 or index == 0:
        return True
    behind = tokens[index + 1 : index + 2]
    return _ends_name(tokens[index - 1]) or any(token.text in wordset("level") or token.tag == "nt" for token in behind)


def _ends_name(token: Token) -> bool:
    return token.text in CLOSE or is_head(token.text) or is_complete(token)
