"""Beginnings: where a name that ends in a head begins, by the words it would take in and the word before it."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from kg.language.lexicon import words, wordset
from kg.language.quantity import is_money
from kg.language.words import Token
from kg.names.boundary import BODIES, CLOSE, DESCRIBING, OPEN, PROPER, begins_behind, governs, is_committee, is_verb
from kg.names.brand import is_brandlike
from kg.names.corporate import is_legal
from kg.names.division import means_place
from kg.names.head import heads, is_complete, last_head

_BRACKETS = "（("
"""What opens a part of a name and no name."""
_STOP = frozenset("pcdruyeo")
"""Parts of speech that names do not contain: prepositions, conjunctions, adverbs, pronouns, particles."""
_MOST_TOKENS = 14
_LONGEST_BRAND = 4
"""Most characters of a brand that stand by themselves."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a name may begin, and how well it does."""

    begin: int
    score: float


def best_start(tokens: tuple[Token, ...], head: int, least: int, most: int, type: str = "", verbs: bool = True) -> Start | None:
    """The best beginning of a name whose head noun begins at ``head``, ``least`` to ``most`` characters before it.

    ``verbs`` tells whether it may hold any (投资促进局). None where no beginning is any good.
    """
    position = bisect_right(tokens, head, key=lambda token: token.end)  # the token that holds the head's first character
    cut = position < len(tokens) and tokens[position].begin < head
    best = Start(head, 0.2 + _lone(tokens, position, type)) if least == 0 and not cut else None
    inner, depth = 0.0, 0
    for index in range(position if cut else position - 1, max(position - _MOST_TOKENS, -1), -1):
        token = tokens[index]
        if head - token.begin > most or begins_behind(tokens, index, position, type, least):
            break
        if not _fits(tokens, index, position, depth, type) or (not verbs and len(token.text) > 1 and is_verb(token)):
            break
        depth += (token.text in CLOSE) - (token.text in OPEN)
        if depth < 0:
            break
        cut = type == "Enterprise" and index > 0 and ends_brand(tokens[index - 1], token)
        inner += (0.0 if cut else _worth(token, type)) + (_joins(token, tokens[index + 1]) if index + 1 < position else _attribute(token))
        enough = head - token.begin >= least or (token.end == head and _is_landmark(token))  # 岳麓山|实验室
        if depth == 0 and enough and token.text not in wordset("name_word") and token.text not in _BRACKETS + "-":
            score = inner + _before(tokens, index, type) + _first(token, type)
            if best is None or score > best.score:
                best = Start(token.begin, score)
    return best if best and best.score > 0 else None


def _lone(tokens: tuple[Token, ...], index: int, type: str) -> float:
    """How well a name begins that is nothing but its head: behind what describes other things, a body's does."""
    described = type == "Organization" and any(token.tag in DESCRIBING for token in tokens[max(index - 1, 0) : index])
    return max(_before(tokens, index, type), 0.0) if described else _before(tokens, index, type)


def _is_landmark(token: Token) -> bool:
    """Whether a name of three characters is neither a division's nor a firm's, and so tells by itself what it stands before."""
    return len(token.text) > 2 and token.tag in PROPER and token.text not in wordset("enterprise")


def _fits(tokens: tuple[Token, ...], index: int, position: int, depth: int, type: str) -> bool:
    """Whether the name may hold the word; that of a post only where the body is for its holders: 退役军人|服务中心."""
    placed = any(means_place(word.text) for word in tokens[index + 1 : index + 2])
    if type == "Enterprise" and placed and tokens[index].text in wordset("corporate_form"):
        return True  # 运输公司|东安分公司
    if type == "Enterprise" and index and ends_brand(tokens[index - 1], tokens[index]):
        return True  # 美亚|达|集团
    common = all(token.tag == "n" and len(token.text) > 1 for token in tokens[index + 1 : position])  # 院士|协同|创新中心
    served = type == "Organization" and common and tokens[index].text in wordset("post")
    if served and not any(_is_body(word) for word in tokens[max(index - 1, 0) : index]):
        return True
    return _may_belong(tokens[index], depth, type)


def _is_body(token: Token) -> bool:
    """Whether the word ends a body's name, which is not a district's."""
    head = last_head(token.text) if is_complete(token) and not means_place(token.text) else None
    return head is not None and heads()[head].type != "District"


def place_before(tokens: tuple[Token, ...], head: int, most: int) -> Start | None:
    """Where the place before ``head`` begins: of a firm's name in full, though its words tell nothing: 柳河|通报|关|（临江）|有限公司.

    What only the dictionary takes for a place may be a brand: it begins a name where no place does.
    """
    return _place_before(tokens, head, most, _is_placed) or _place_before(tokens, head, most, lambda t: t.tag == "ns" or _is_placed(t))


def _place_before(tokens: tuple[Token, ...], head: int, most: int, is_placed: Callable[[Token], bool]) -> Start | None:
    start, place, depth = None, head, 0
    for token in reversed(tokens[: bisect_right(tokens, head, key=lambda token: token.end)]):
        depth += (token.text in CLOSE) - (token.text in OPEN)
        if depth > 0 or (depth == 0 and token.text in OPEN):
            continue
        placed = is_placed(token)
        if head - token.begin > most or not token.text.isalnum() or token.tag[0] in "upr" or (start and not placed):
            break
        if is_legal(token.text) or governs(token):
            break  # another firm ends here, or a verb governs this one: 柳河县|举办
        if placed:
            start, place = Start(token.begin, 0.0), place if start else token.end
    return start if head - place > 1 else None


def _is_placed(token: Token) -> bool:
    return means_place(token.text)


def cut_brand(tokens: tuple[Token, ...], head: int, start: Start | None) -> Start | None:
    """Where a firm's full name begins whose brand the dictionary has cut to characters: 晖|澄|医药|有限公司; None where it has not."""
    index = bisect_right(tokens, head, key=lambda token: token.end) - 1
    if start is not None and not any(token.begin == start.begin and _is_trade(token) for token in tokens[max(index - 3, 0) : index + 1]):
        return None
    while index >= 0 and len(tokens[index].text) > 1 and _is_trade(tokens[index]):
        index -= 1
    last = index
    while index >= 0 and last - index < _LONGEST_BRAND and _is_piece(tokens[index]):
        index -= 1
    unknown = index >= 0 and last > index and tokens[index].tag == "x" and tokens[index].text.isalpha()
    if last - index + unknown < 2:
        return None
    index -= unknown
    if index >= 0 and tokens[index].text.isalnum() and tokens[index].tag[0] not in "pcu" and not means_place(tokens[index].text):
        return None
    placed = index >= 0 and means_place(tokens[index].text)
    return Start(tokens[index + (not placed)].begin, 0.0)


def _is_trade(token: Token) -> bool:
    """Whether the word tells what a firm does, and not which it is, or is but a character of its brand."""
    return len(token.text) == 1 or any(token.text in wordset(table) for table in ("trade", "industry", "generic"))


def ends_brand(before: Token, token: Token) -> bool:
    """Whether a lone character is the end of a brand that the dictionary has cut: 美亚|达."""
    lone = len(token.text) == 1 and token.tag == "v" and token.text not in wordset("particle")
    return lone and before.tag in ("x", "nz", "nr", "nrt", "ns") and not means_place(before.text) and is_brandlike(before.text + token.text)


def _is_piece(token: Token) -> bool:
    """Whether the character may be one of a brand."""
    word = token.text
    return len(word) == 1 and word.isalpha() and token.tag[0] not in "pcuxdr" and word not in wordset("particle")


def _joins(left: Token, right: Token) -> float:
    """How well ``right`` follows ``left`` inside a name: a proper noun opens a name, or stands after another one's end."""
    if not means_place(right.text) and not any(right.text in wordset(table) for table in ("enterprise", "organization", "country")):
        return 0.0
    if left.tag in PROPER or means_place(left.text) or not left.text.isalnum() or is_complete(left):
        return 0.0
    if any(left.text in wordset(table) for table in ("before_district", "trade", "firm_ending", "park", "inner_word")):
        return 0.0
    return -2.0 if left.tag[0] == "v" or left.text in wordset("name_verb") or left.text in wordset("name_word") else -1.2


def _may_belong(token: Token, depth: int, type: str) -> bool:
    """Whether a name may contain the word at all."""
    word, tag = token.text, token.tag
    if word in OPEN or word in CLOSE or word in "·-+&" or word in wordset("inner_word"):
        return True
    if word in wordset("name_word"):
        return type in ("Organization", "Project")
    if not any(ch.isalnum() for ch in word):
        return depth > 0 and word in "、，"
    stops = word in wordset("name_stop") and not (type == "Organization" and word in wordset("class_word"))  # 项目办
    stops = stops or (type == "Place" and word in wordset("road_noun")) or _tells_role(token, type)
    stops = stops or (type == "Enterprise" and word in wordset("bestow"))  # 工信厅认定|东风公司
    if (
        stops
        or word in wordset("superlative")
        or word in wordset("post")
        or word in wordset("classifier")
        or (len(word) == 1 and is_verb(token))
    ):
        return False
    if tag in ("i", "z") or "%" in word or "." in word.strip("."):
        return False  # idioms, shares
    if tag[0] in "mq" and not word.isascii() and depth == 0:
        return word[0] in wordset("ordinal_mark") or word[-1] in wordset("phase_mark")
    return tag[0] not in _STOP


def _tells_role(token: Token, type: str) -> bool:
    """Whether the word tells what the firm or body is that is named behind it: 上市公司, 关联方, 承包单位."""
    firm = type == "Enterprise" and token.text in wordset("firm_noun")
    return firm or (len(token.text) > 2 and token.tag not in PROPER and token.text.endswith(words("role_ending")))


def _attribute(token: Token) -> float:
    """What a verbal noun gains just before the head, whose attribute it is: 劳动公园."""
    return 1.0 if token.tag == "vn" else 0.0


def _worth(token: Token, type: str) -> float:
    """How well a word sits inside a name."""
    word, tag = token.text, token.tag
    if means_place(word):
        return 1.0
    if word in wordset("name_word"):
        return 0.5
    if word in wordset("inner_word"):
        return 0.0
    if word in wordset("name_verb"):
        return 0.3
    if word in wordset("boundary_verb"):
        return -2.0
    if len(word) > 1 and word in wordset("generic"):
        return 0.1
    if tag in ("x", "nr", "nrt", "nrfg", "nt", "nz", "eng"):
        return 0.8
    if tag.startswith(("n", "j", "b", "l", "i", "f", "s", "h", "g")):
        return 0.2 if type == "Place" else 0.5  # sites have short names
    if tag == "vn":
        return -1.0 if type == "Place" else -0.6
    if tag[0] == "m" and type == "Organization" and word[-1] in wordset("phase_mark"):
        return 0.3  # 三号
    return -1.5 if tag[0] in "vtm" else 0.0


def _before(tokens: tuple[Token, ...], index: int, type: str) -> float:
    """How well a name begins after the word that stands before ``tokens[index]``."""
    if index == 0:
        return 1.0
    token = tokens[index - 1]
    if not any(ch.isalnum() for ch in token.text):
        return 1.0
    beside = tokens[index].text[0] in wordset("level") and is_committee(tokens, index - 1)
    if token.text in wordset("boundary_verb") or beside or token.tag[0] in _STOP:
        return 1.0
    if token.text in wordset("name_stop") or _tells_role(token, type):
        return 0.8
    if token.text in wordset("organization") or token.text in wordset("enterprise"):
        return -0.8  # 人民银行|大连市中心支行: whose it is
    if len(token.text) > 1 and token.text in wordset("generic"):
        return 0.3
    if token.tag.startswith("v"):
        nominal = token.tag == "vn" and tokens[index].tag not in PROPER  # 测控 before 装备 is half of a compound
        return (0.5 if nominal else 0.8) if len(token.text) > 1 else 0.0
    dated = token.text.endswith(words("date_end")) and token.tag[0] in "mt"
    if dated or (type in BODIES and token.text in wordset("phase_mark")):
        return 0.8  # 2022年, 75号
    if index > 1 and is_money(tokens[index - 2].text, token.text):
        return 1.5  # 总投资5亿元|东河工程
    if token.text in wordset("classifier") or token.tag[0] in "qm":
        return -2.5  # 52个重点项目 counts things and names none
    return -0.5


def _first(token: Token, type: str) -> float:
    """How well a name begins with the word: often with a place, hardly with a verb or a mere attribute."""
    if means_place(token.text) or (type == "Organization" and token.text in wordset("level")):
        return 1.0
    if token.text in wordset("name_verb"):
        return -1.0
    if token.tag in ("vn", "ad", "an"):
        return -0.5 if type == "Place" else -1.5  # 劳动公园
    if token.text.isdecimal():
        return -1.0
    if token.tag in ("a", "f"):
        return -0.7
    if type == "District" and token.text in wordset("settlement"):
        return -2.0  # 重点村|东壁村
    site = type in ("Place", "District")
    if token.tag == "x" and (token.text[0] in wordset("particle") or (site and token.text[-1] in wordset("particle"))):
        return -2.0  # the dictionary does not know 由企 and 透以, and cut them wrongly
    return -0.5 if len(token.text) > 1 and token.text in wordset("generic") else 0.0
