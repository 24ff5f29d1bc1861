"""Telling names: whether the words before a head noun tell one thing from others of its kind."""

from bisect import bisect_right
from itertools import pairwise

from kg.language.gazetteer import is_place
from kg.language.lexicon import words, wordset
from kg.language.quantity import is_money
from kg.language.rules import pattern
from kg.language.words import Token, before, within
from kg.names.beginning import ends_brand
from kg.names.boundary import CLOSE, OPEN, PROPER, is_verb
from kg.names.brand import is_brandlike
from kg.names.corporate import regionless
from kg.names.head import Head, heads, last_head
from kg.names.works import is_built

_QUOTED = ("“”", "‘’")
_SPECIFIC = 5
"""A description with so many telling characters is specific enough to name a project without a proper noun,"""
_LONG = 8
"""and so is one of so many characters of any kind."""
_LEVELLED = 4
"""Characters of a head that tells a body with nothing but the level of its district in front."""


def is_name(text: str, tokens: tuple[Token, ...], start: int, begin: int, head: Head) -> bool:
    """Whether what stands before the head at ``begin`` makes it a name, and not a title just bestowed or a counted set."""
    modifier, end = text[start:begin], begin + len(head.word)
    if not modifier:
        return head.least == 0
    if modifier.endswith(head.word):
        return False  # 公路|公路
    if text[start:end] in wordset("organization" if head.type == "Enterprise" else "enterprise"):
        return False  # 中铁四局 is no bureau, 人民银行 no bank
    placed = any(
        token.begin == start and (is_place(token.text) or (token.text in words("nation") and token.tag == "ns")) for token in tokens
    )
    counts = pattern("naming", "counted").match(text, end) and not placed
    if (counts and head.need != "legal") or pattern("naming", "goes_on").match(text, end):
        return False  # 家长学校57个 counts
    if _is_figurative(text, tokens, start, begin, head) or _is_any_area(text, tokens, start, begin, head):
        return False
    if _is_party_of(modifier, head) and pattern("naming", "post_in_party").match(text, begin):
        return False
    if any(pattern("naming", none).search(text[start:end]) for none in ("not_a_name", "any_site")):
        return False
    if head.need != "legal" and pattern("naming", "bestowed").search(text, 0, start):
        return False
    if _is_any_town(tokens, start, begin, head) or _is_done_to(tokens, start, begin, head) or _is_network(modifier, head):
        return False
    if pattern("naming", "many").match(regionless(text[start:end])):
        return False
    if head.least == 0:
        return len(modifier) == 1 or modifier not in wordset("generic")
    if head.type == "Project" and head.need == "strict" and _is_any_work(text, tokens, start, end, head):
        return False
    return _singles_out(modifier, tokens, start, begin, head, text[start - 1 : start] + text[end : end + 1] in _QUOTED)


def _is_any_area(text: str, tokens: tuple[Token, ...], start: int, begin: int, head: Head) -> bool:
    """Whether an area is told of in a slogan, as an aim, as the first of its kind or as a rank, which any may be."""
    if head.type != "District":
        return False
    modifier, end = text[start:begin], begin + len(head.word)
    slogan = "“" in modifier or _opens_slogan(text, start, end)
    aim = pattern("naming", "aim").match(text, end) or pattern("naming", "first").search(text, 0, start)
    return slogan or aim is not None or _is_rank(modifier, tokens, start, begin)


def _is_figurative(text: str, tokens: tuple[Token, ...], start: int, begin: int, head: Head) -> bool:
    """Whether quotation marks make a figure of speech of it: “空心镇”; of a site with a proper noun they make none: “嘉泰大楼”."""
    end = begin + len(head.word)
    proper = head.type == "Place" and any(_is_proper(token) for token in tokens if start <= token.begin < begin)
    return text[start - 1 : start] + text[end : end + 1] == "“”" and head.type in ("District", "Place") and not proper


def _opens_slogan(text: str, start: int, end: int) -> bool:
    """Whether a quotation begins with what would be the name and goes on: “乡贤助乡|兴”."""
    return text[start - 1 : start] == "“" and text[end : end + 1] != "”"


def _is_party_of(modifier: str, head: Head) -> bool:
    """Whether the head names the party's branch in a body that is no district."""
    if head.type != "Organization":
        return False
    held = last_head(modifier)
    return held is not None and heads()[held].type in ("Organization", "Enterprise")


def _is_rank(modifier: str, tokens: tuple[Token, ...], start: int, begin: int) -> bool:
    """Whether it tells what areas of any place may be made: 国家生态文明|试验区."""
    placed = any(is_place(token.text) for token in tokens if start <= token.begin < begin)
    return not placed and any(pattern("naming", name).match(modifier) for name in ("ranked", "state"))


def _is_any_town(tokens: tuple[Token, ...], start: int, begin: int, head: Head) -> bool:
    """Whether a verb before its head tells what kind of village or quarter it is: 种植|村."""
    inside = within(tokens, start, begin)
    last = inside[-1] if inside and head.word in wordset("settlement") else None
    return last is not None and len(last.text) > 1 and (last.text in wordset("name_verb") or last.tag == "v")


def _is_done_to(tokens: tuple[Token, ...], start: int, begin: int, head: Head) -> bool:
    """Whether what stands before a site is nothing but what is done to it: 治理|公园; streets are called so, too: 建设路."""
    inside = within(tokens, start, begin)
    deeds = all(token.text in wordset("name_verb") or token.text in wordset("generic") for token in inside)
    done = deeds and any(token.text in wordset("name_verb") for token in inside)
    return head.type == "Place" and head.need != "local" and done


def _is_network(modifier: str, head: Head) -> bool:
    """Whether all that a place has of the kind is meant, or who runs it: 广州铁路 is no line."""
    return pattern("naming", "network").match(head.word) is not None and (is_place(modifier) or modifier in wordset("country"))


def _is_any_work(text: str, tokens: tuple[Token, ...], start: int, end: int, head: Head) -> bool:
    """Whether a project that has no word of its own is told of as one of many, and not as one that is built: 屋顶光伏项目的利好政策."""
    opened = "“" in text[max(start - 1, 0) : end]
    quoted = opened and (text[end : end + 1] == "”" or head.word in wordset("project_class"))
    own = quoted or any(_is_proper(token) for token in tokens if start <= token.begin < end)
    return not (own or _is_undertaken(tokens, start) or is_built(text, start, end))


def _singles_out(modifier: str, tokens: tuple[Token, ...], begin: int, end: int, head: Head, quoted: bool) -> bool:
    """Whether the words before the head tell one thing from others of its kind."""
    inside = [token for token in tokens if begin <= token.begin < end]
    proper = "“" in modifier or any(map(_is_proper, inside))
    levelled = modifier in wordset("level") and len(head.word) >= _LEVELLED
    if head.type == "Organization" and inside and (quoted or levelled):
        return True  # “海燕服务队”, 区|建管中心
    if not inside or (is_verb(inside[-1]) and not (head.type == "Enterprise" and any(ends_brand(*pair) for pair in pairwise(inside[-2:])))):
        return False
    if head.type in ("Place", "Project") and pattern("naming", "ranked").match(modifier) and not proper:
        return False
    if head.need == "any" or (head.need == "local" and inside[-1].end > end and inside[-1].tag in ("ns", "nt")):
        return True  # the dictionary knows 建设路
    if (len(modifier) > 1 and modifier in wordset("generic")) or (head.type == "Enterprise" and modifier in wordset("industry")):
        return False
    told = [token for token in inside if _tells(token.text[: end - token.begin], head)]
    if head.need == "local" and not any(token.tag in PROPER for token in told):
        return bool(told) and 2 <= len(modifier) <= 3  # 红旗村, 建设路
    if head.need == "legal":
        return bool(told)
    if head.need == "proper":
        national = head.type == "Organization" and inside[0].text in wordset("country") and inside[0].tag == "ns" and len(inside) > 1
        return _is_estate(modifier, head) or _is_owned(inside, end) or _has_proper(modifier, told) or is_place(modifier) or national
    telling = [token.text[: end - token.begin] for token in told]
    specific = len("".join(telling)) >= _SPECIFIC or (bool(telling) and len(modifier) >= _LONG)
    paid = _is_paid_for(tokens, begin)
    if _is_described(tokens, begin) and not (proper or specific or paid):
        return False  # 多家知名三甲医院, 国内最大零部件生产基地
    if head.type == "Project" and _is_any_project(inside, head, proper, specific or proper or paid or _is_undertaken(tokens, begin)):
        return False
    nested = bool(telling) and any(token.text in heads() for token in inside)  # 储能电池基地项目 is one, 电池项目 any
    return (
        len(telling) > 1
        or nested
        or _is_firms(tokens, begin)
        or paid
        or any(head.need != "strict" or not _is_trade(word) for word in telling)
    )


def _is_any_project(inside: list[Token], head: Head, proper: bool, told: bool) -> bool:
    """Whether its words tell but whose a project is (国家发改委项目), join others or tell a kind: 海外仓项目 is any, 质量实验室项目 one."""
    joined = any(token.text in wordset("name_word") for token in inside)
    strict = head.need == "strict"
    return all(token.tag == "nt" for token in inside) or (joined and not (proper and strict)) or (strict and not told)


def _has_proper(modifier: str, told: list[Token]) -> bool:
    """Whether a word is that of a name, and neither a country's nor a mere number beside others."""
    known = wordset("brand") | wordset("enterprise")
    names = (token for token in told if (token.tag in PROPER or token.text in known) and token.text not in wordset("country"))
    return any(token.text == modifier or not token.text.isdecimal() for token in names)


def _is_estate(modifier: str, head: Head) -> bool:
    """Whether it is called as housing estates are: 富贵园|小区."""
    return head.type == "Place" and len(modifier) > 1 and pattern("naming", "estate").search(modifier) is not None


def _is_owned(inside: list[Token], end: int) -> bool:
    """Whether a level of government stands in front of what the body is for: 区|供热管理."""
    return len(inside) > 2 and inside[0].text in wordset("level") and end - inside[0].end >= _SPECIFIC - 1


def _is_firms(tokens: tuple[Token, ...], begin: int) -> bool:
    """Whether the firm whose it is stands before it, so that where it is tells which: 宏远有限公司|柳河项目."""
    return any(token.end == begin and token.text in wordset("corporate_form") for token in tokens)


def _is_undertaken(tokens: tuple[Token, ...], begin: int) -> bool:
    """Whether the word before says that one is built, or whose it is: 建设|智能工厂项目, 公司|智能工厂项目."""
    last = before(tokens, begin, 2)
    if len(last) > 1 and last[-1].text in wordset("of"):  # 投资建设的
        return _says_whose(last[0]) or _is_paid_for(tokens, begin)
    return bool(last) and _says_whose(last[-1])


def _is_paid_for(tokens: tuple[Token, ...], begin: int) -> bool:
    """Whether what it costs stands before: 投资5亿元(的, 打造)东河区食品项目."""
    *told, last = before(tokens, begin, 4) or (None,)
    if last is None:
        return False
    if last.text in wordset("of"):
        return any(token.tag == "m" for token in told)
    amount = told if last.text in wordset("undertake_verb") else [*told, last]
    invested = any(token.text in wordset("undertake_verb") for token in amount[:-2])
    return invested and is_money(*(token.text for token in amount[-2:]))


def _says_whose(token: Token) -> bool:
    return token.text in wordset("undertake_verb") or token.text in wordset("corporate_form")


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
        return is_place(token.text) or (token.tag in PROPER and len(token.text) > 1)
    known = token.text in wordset("enterprise") or any(character.isascii() and character.isalpha() for character in token.text)
    return known or len(token.text) > 2 or is_brandlike(token.text)


def _tells(word: str, head: Head) -> bool:
    if word in OPEN + CLOSE or word in wordset("zone_kind") or (head.need == "strict" and is_place(word)):
        return False
    return word not in wordset("generic") or (len(word) == 1 == head.least and head.type == "Place")


def _is_trade(word: str) -> bool:
    return word in wordset("industry") or word in wordset("name_verb")
