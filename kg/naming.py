"""Names that end in a telling head noun: …有限公司, …局, …产业园, …广场.

For every head that occurs, each place where the name may begin is weighed by the words it would take in and by the word
before it; the best beginning makes a candidate.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.brand import is_brandlike
from kg.gazetteer import is_full_name, is_place
from kg.lexicon import one_of, rows, words, wordset
from kg.mention import Mention
from kg.rules import pattern
from kg.words import Token

_OPEN, _CLOSE = "“（《‘(", "”）》’)"
_NO_QUOTES = str.maketrans("", "", "“”‘’")
_STOP = frozenset("pcdruyeo")
"""Parts of speech that names do not contain: prepositions, conjunctions, adverbs, pronouns, particles."""
_PROPER = frozenset({"x", "nz", "nr", "nrt", "nrfg", "ns", "nt", "j", "eng"})
"""Parts of speech of names, and of words that no dictionary knows."""
_SPECIFIC = 5
"""A description with so many telling characters is specific enough to name a project without a proper noun,"""
_LONG = 8
"""and so is one of so many characters of any kind."""
_WITH_VERBS = frozenset({"any", "legal"})
"""What heads need (see Head) whose names may hold verbs."""
_MOST_TOKENS = 14
_LONGEST_DIVISION = 15


class _Head(NamedTuple):
    word: str
    type: str
    weight: str
    least: str
    most: str
    need: str


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun: the class of the names it ends, its weight, and how many characters may stand before it."""

    word: str
    type: str
    weight: float
    least: int
    most: int
    # What must stand before it: ``any`` words; ``telling`` ones (more than 重点 or 新建); ``strict``, more than a place and a
    # trade (东河区农业项目 is any); ``legal``, the same with verbs; ``proper``, a word that is no common noun (警告公司 is none);
    # ``local``, such a word or a short common one (建设路).
    need: str


@cache
def _heads() -> dict[str, Head]:
    return {
        row.word: Head(row.word, row.type, float(row.weight), int(row.least), int(row.most), row.need or "telling")
        for row in rows("head", _Head)
    }


@cache
def _head_pattern() -> re.Pattern[str]:
    # Zero-width: heads overlap (集团有限公司 holds 集团, 有限公司 and 公司), and each occurrence is weighed.
    return re.compile(f"(?=({one_of(_heads())}))")


def headed_names(text: str, tokens: tuple[Token, ...]) -> list[Mention]:
    """One candidate for each head in ``text`` that a plausible name precedes."""
    ends = {token.end: token for token in tokens}
    found: dict[tuple[int, int], Mention] = {}
    for match in _head_pattern().finditer(text):
        head = _heads()[match[1]]
        begin, end = match.start(), match.start() + len(head.word)
        if not _ends_word(begin, end, ends.get(end)) or _is_cut(tokens, end):
            continue
        start = best_start(tokens, begin, head.least, head.most, head.type, head.need in _WITH_VERBS)
        if start and _is_name(text, tokens, start.begin, begin, head):
            first = _past_town(text, past_districts(text, start.begin, begin), begin) if head.type == "District" else start.begin
            mention = _with_phase(text, first, end, head, head.weight + start.score + _after(tokens, end))
            found.setdefault((mention.begin, mention.end), mention)  # of 小镇 and 镇 the longer, which comes first
    return list(found.values())


def _is_name(text: str, tokens: tuple[Token, ...], start: int, begin: int, head: Head) -> bool:
    """Whether what stands before the head at ``begin`` makes it a name, and not a title just bestowed or a counted set."""
    modifier, end = text[start:begin], begin + len(head.word)
    if not modifier:
        return head.least == 0
    quoted = text[start - 1 : start] + text[end : end + 1] == "“”"
    if pattern("naming", "counted").match(text, end) or (quoted and head.type in ("District", "Place")):
        return False  # 家长学校57个 counts; “空心镇” is a figure of speech
    if head.type == "District" and ("“" in modifier or _opens_slogan(text, start, end) or pattern("naming", "aim").match(text, end)):
        return False
    if _is_party_of(modifier, head) and pattern("naming", "post_in_party").match(text, begin):
        return False
    if pattern("naming", "not_a_name").search(text[start:end]) or pattern("naming", "bestowed").search(text, 0, start):
        return False
    if head.least == 0:
        return len(modifier) == 1 or modifier not in wordset("generic")
    return _singles_out(modifier, tokens, start, begin, head)


def _opens_slogan(text: str, start: int, end: int) -> bool:
    """Whether a quotation begins with what would be the name and goes on: “乡贤助乡|兴”."""
    return text[start - 1 : start] == "“" and text[end : end + 1] != "”"


def _is_party_of(modifier: str, head: Head) -> bool:
    """Whether the head names the party's branch in a body that is no district."""
    if head.type != "Organization":
        return False
    held = max((word for word in _heads() if modifier.endswith(word)), key=len, default=None)
    return held is not None and _heads()[held].type in ("Organization", "Enterprise")


def _goes_before(word: str, type: str) -> bool:
    """Whether the word may stand before a district's full name inside a name: what holds it, a bracket, 中共, a branch's firm."""
    holds = is_place(word) or word in _OPEN or word in wordset("before_district")
    return holds or (type == "Enterprise" and (word in wordset("enterprise") or word in wordset("firm_ending")))


def _ends_name(token: Token) -> bool:
    return token.text in _CLOSE or is_head(token.text) or _is_complete(token)


def _is_complete(token: Token) -> bool:
    """Whether a name may end with the word: 合肥工业大学, 统计局."""
    head = next((word for word in _heads() if token.text.endswith(word) and (len(word) > 1 or len(token.text) != 2)), None)
    return head is not None and _heads()[head].type not in ("Place", "Project")


def _joins(left: Token, right: Token) -> float:
    """How well ``right`` follows ``left`` inside a name: a proper noun opens a name, or stands after another one's end."""
    if not is_place(right.text) and not any(right.text in wordset(table) for table in ("enterprise", "organization", "country")):
        return 0.0
    if left.tag in _PROPER or is_place(left.text) or not left.text.isalnum() or _is_complete(left):
        return 0.0
    if any(left.text in wordset(table) for table in ("before_district", "trade", "firm_ending", "park")):
        return 0.0
    return -2.0 if left.tag[0] == "v" or left.text in wordset("name_verb") or left.text in wordset("name_word") else -1.2


def is_head(word: str) -> bool:
    """Whether the word is a head noun."""
    return word in _heads()


def ends_like_a_name(word: str) -> bool:
    """Whether the word is or ends in a head noun."""
    return word.endswith(tuple(_heads()))


def past_districts(text: str, begin: int, end: int) -> int:
    """Where a name goes on after full names of divisions in front of it: 马坝镇 in 盱眙县马坝镇 is a name by itself."""
    for stop in range(min(begin + _LONGEST_DIVISION, end - 1), begin + 1, -1):
        if is_full_name(text[begin:stop]):
            return past_districts(text, stop, end)
    return begin


def _past_town(text: str, begin: int, end: int) -> int:
    """Where a village's name goes on after its town's: 红旗村 in 柳河镇红旗村."""
    town = pattern("naming", "town").match(text, begin, end)
    return town.end() if town else begin


def _with_phase(text: str, start: int, end: int, head: Head, score: float) -> Mention:
    """The candidate, with the phase that may follow it: an area's second phase is a project."""
    phase = pattern("naming", "phase").match(text, end)
    if not phase or head.type not in ("Project", "District"):
        return Mention(start, end, head.type, _unquoted(text[start:end]), f"name.{head.word}", score)
    rule, whole = f"name.{head.word}", _unquoted(text[start:end])
    inner = (Mention(start, end, head.type, whole, rule, score),)
    return Mention(start, phase.end(), "Project", _unquoted(text[start : phase.end()]), rule, score + 1.0, inner=inner)


def _unquoted(name: str) -> str:
    return name.translate(_NO_QUOTES)


def _ends_word(begin: int, end: int, token: Token | None) -> bool:
    """Whether the head is a word here or ends one that may be a name: 工信局, but not 布局."""
    if token is None:
        return end - begin > 2
    if end - begin > 1:
        return token.text not in wordset("ordinary_word") or len(token.text) == end - begin
    return not token.text.endswith(words("ordinary_word"))


def _is_cut(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether a word that the dictionary knows goes on past ``end``: 卫生健康委 in 卫生健康|委员会, 政府办 in 政府|办理."""
    position = bisect_right(tokens, end, key=lambda token: token.end)
    return position < len(tokens) and tokens[position].begin < end and tokens[position].tag != "x"


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
    best = Start(head, 0.2 + _before(tokens, position)) if least == 0 and not cut else None
    inner, depth = 0.0, 0
    for index in range(position if cut else position - 1, max(position - _MOST_TOKENS, -1), -1):
        token = tokens[index]
        if index < position - 1 and is_full_name(tokens[index + 1].text) and not _goes_before(token.text, type):
            break  # a district's full name opens a name, unless what holds it stands before
        if token.text in wordset("name_word") and (least == 0 or not index or _ends_name(tokens[index - 1])):
            break  # 与 after a name that is complete, or before one that is complete by itself, joins two names
        if head - token.begin > most or not _may_belong(token, depth, type) or (not verbs and len(token.text) > 1 and _is_verb(token)):
            break
        depth += (token.text in _CLOSE) - (token.text in _OPEN)
        if depth < 0:
            break
        inner += _worth(token, type) + (_joins(token, tokens[index + 1]) if index + 1 < position else _attribute(token))
        if depth == 0 and head - token.begin >= least and token.text not in wordset("name_word"):
            score = inner + _before(tokens, index) + _first(token, type)
            if best is None or score > best.score:
                best = Start(token.begin, score)
    return best if best and best.score > 0 else None


def _may_belong(token: Token, depth: int, type: str) -> bool:
    """Whether a name may contain the word at all."""
    word, tag = token.text, token.tag
    if word in _OPEN or word in _CLOSE or word in "·-+&" or word in wordset("inner_word"):
        return True
    if word in wordset("name_word"):
        return type in ("Organization", "Project")
    if not any(ch.isalnum() for ch in word):
        return depth > 0 and word in "、，"
    if (
        word in wordset("name_stop")
        or word in wordset("superlative")
        or word in wordset("post")
        or word in wordset("classifier")
        or (len(word) == 1 and _is_verb(token))
    ):
        return False
    if tag in ("i", "z") or "%" in word or "." in word.strip("."):
        return False  # idioms, shares
    if tag[0] in "mq" and not word.isascii():
        return word[0] in wordset("ordinal_mark") or word[-1] in wordset("phase_mark")
    return tag[0] not in _STOP


def _attribute(token: Token) -> float:
    """What a verbal noun gains just before the head, whose attribute it is: 劳动公园."""
    return 1.0 if token.tag == "vn" else 0.0


def _worth(token: Token, type: str) -> float:
    """How well a word sits inside a name."""
    word, tag = token.text, token.tag
    if is_place(word):
        return 1.0
    if word in wordset("name_word"):
        return 0.5
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
    return -1.5 if tag[0] in "vtm" else 0.0


def _before(tokens: tuple[Token, ...], index: int) -> float:
    """How well a name begins after the word that stands before ``tokens[index]``."""
    if index == 0:
        return 1.0
    token = tokens[index - 1]
    if not any(ch.isalnum() for ch in token.text):
        return 1.0
    if token.text in wordset("boundary_verb") or token.tag[0] in _STOP:
        return 1.0
    if token.text in wordset("name_stop"):
        return 0.8
    if len(token.text) > 1 and token.text in wordset("generic"):
        return 0.3
    if token.tag.startswith("v"):
        nominal = token.tag == "vn" and tokens[index].tag not in _PROPER  # 测控 before 装备 is half of a compound
        return (0.5 if nominal else 0.8) if len(token.text) > 1 else 0.0
    if token.text in wordset("classifier") or token.tag[0] in "qm":
        return -2.5  # 52个重点项目 counts things and names none
    return -0.5


def _first(token: Token, type: str) -> float:
    """How well a name begins with the word: often with a place, hardly with a verb or a mere attribute."""
    if is_place(token.text) or (type == "Organization" and token.text in wordset("level")):
        return 1.0
    if token.text in wordset("name_verb"):
        return -1.0
    if token.tag in ("vn", "ad", "an"):
        return -0.5 if type == "Place" else -1.5  # 劳动公园
    if token.text.isdecimal():
        return -1.0
    if token.tag in ("a", "f"):
        return -0.7
    if token.tag == "x" and token.text[0] in wordset("particle"):
        return -2.0  # the dictionary does not know 由企, and cut it wrongly
    return -0.5 if len(token.text) > 1 and token.text in wordset("generic") else 0.0


def _after(tokens: tuple[Token, ...], end: int) -> float:
    """How well a name ends before the word that begins at ``end``."""
    position = bisect_right(tokens, end, key=lambda token: token.end)
    if position == len(tokens) or tokens[position].begin != end:
        return 0.0
    token = tokens[position]
    compound = token.tag.startswith("n") and token.text not in wordset("post") and token.text not in wordset("generic")
    return -1.0 if compound else 0.0


def _singles_out(modifier: str, tokens: tuple[Token, ...], begin: int, end: int, head: Head) -> bool:
    """Whether the words before the head tell one thing from others of its kind."""
    inside = [token for token in tokens if begin <= token.begin < end]
    proper = "“" in modifier or any(map(_is_proper, inside))
    if not inside or _is_verb(inside[-1]):
        return False
    if head.type in ("Place", "Project", "District") and pattern("naming", "ranked").match(modifier) and not proper:
        return False
    if head.need == "any" or (head.need == "local" and inside[-1].end > end and inside[-1].tag in ("ns", "nt")):
        return True  # the dictionary knows 建设路
    if (len(modifier) > 1 and modifier in wordset("generic")) or (head.type == "Enterprise" and modifier in wordset("industry")):
        return False
    told = [token for token in inside if _tells(token.text[: end - token.begin], head)]
    if head.need == "local" and not any(token.tag in _PROPER for token in told):
        return bool(told) and 2 <= len(modifier) <= 3  # 红旗村, 建设路
    if head.need == "legal":
        return bool(told)
    if head.need == "proper":
        return any(
            token.tag in _PROPER and token.text not in wordset("country") and (token.text == modifier or not token.text.isdecimal())
            for token in told
        )
    telling = [token.text[: end - token.begin] for token in told]
    specific = len("".join(telling)) >= _SPECIFIC or (bool(telling) and len(modifier) >= _LONG)
    if _is_described(tokens, begin) and not (proper or specific):
        return False  # 多家知名三甲医院, 国内最大零部件生产基地
    joined = head.type == "Project" and any(token.text in wordset("name_word") for token in inside)
    if joined and not (proper and head.need == "strict"):
        return False
    if head.need == "strict" and head.type == "Project" and not (specific or proper or _is_undertaken(tokens, begin)):
        return False  # 海外仓项目 is any, 质量实验室项目 one
    nested = bool(telling) and any(token.text in _heads() for token in inside)  # 储能电池基地项目 is one, 电池项目 any
    return len(telling) > 1 or nested or any(head.need != "strict" or not _is_trade(word) for word in telling)


def _is_undertaken(tokens: tuple[Token, ...], begin: int) -> bool:
    """Whether the word before says that one is built, or whose it is: 建设|智能工厂项目, 公司|智能工厂项目."""
    before = [token for token in tokens if token.end <= begin][-2:]
    if len(before) > 1 and before[-1].text in wordset("of"):  # 投资建设的, 投资5亿元的
        return before[0].text in wordset("undertake_verb") or before[0].tag == "m"
    return bool(before) and (before[-1].text in wordset("undertake_verb") or before[-1].text in wordset("corporate_form"))


def _is_described(tokens: tuple[Token, ...], begin: int) -> bool:
    """Whether, past attributes, a count or a superlative stands before: a description of things follows."""
    for index in range(bisect_right(tokens, begin, key=lambda token: token.end) - 1, -1, -1):
        word = tokens[index].text
        if word in wordset("superlative") or word in wordset("classifier"):
            return True
        if word not in wordset("generic"):
            return tokens[index].tag[0] in "mq"
    return False


def _is_proper(token: Token) -> bool:
    """Whether the word is a name, and not an abbreviation that no dictionary knows: 嘉泰, not 提质."""
    if is_place(token.text) or token.tag not in ("x", "nz"):
        return is_place(token.text) or (token.tag in _PROPER and len(token.text) > 1)
    known = token.text in wordset("enterprise") or any(character.isascii() and character.isalpha() for character in token.text)
    return known or len(token.text) > 2 or is_brandlike(token.text)


def _tells(word: str, head: Head) -> bool:
    if word in _OPEN + _CLOSE or word in wordset("zone_kind") or (head.need == "strict" and is_place(word)):
        return False
    return word not in wordset("generic") or (len(word) == 1 == head.least and head.type == "Place")


def _is_verb(token: Token) -> bool:
    return (token.tag == "v" or token.text in wordset("boundary_verb")) and token.text not in wordset("name_verb")


def _is_trade(word: str) -> bool:
    return word in wordset("industry") or word in wordset("name_verb")
