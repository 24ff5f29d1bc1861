"""Names that end in a telling head noun: …有限公司, …局, …产业园, …广场.

For every head that occurs, each place where the name may begin is weighed by the words it would take in and by the word
before it; the best beginning makes a candidate.
"""

from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise

from kg.language.gazetteer import is_full_name, is_place, town_names
from kg.language.lexicon import words, wordset
from kg.language.rules import pattern
from kg.language.words import Token, Words, before, within
from kg.names.beginning import CLOSE, OPEN, PROPER, best_start, cut_brand, ends_brand, is_verb, place_before
from kg.names.brand import is_brandlike
from kg.names.district import city_before, zone
from kg.names.head import Head, head_pattern, heads, last_head
from kg.names.mention import Mention
from kg.names.recurrence import is_common, is_whole
from kg.names.works import is_area, is_built, is_in_works, is_served, is_site, is_standing

_QUOTED = ("“”", "‘’")
_NO_QUOTES = str.maketrans("", "", "“”‘’")
_SPECIFIC = 5
"""A description with so many telling characters is specific enough to name a project without a proper noun,"""
_LONG = 8
"""and so is one of so many characters of any kind."""
_WITH_VERBS = frozenset({"any", "legal"})
"""What heads need (see Head) whose names may hold verbs."""
_LEVELLED = 4
"""Characters of a head that tells a body with nothing but the level of its district in front."""
_LONGEST_DIVISION = 15
_OWN = 2
"""What areas are called has so many characters at least."""
_LOOSE = frozenset("xs")
"""Parts of speech of words that may hold the end of a name and more: unknown ones, and those of where something is."""
_GLUED = frozenset({"Organization", "District"})
"""Classes whose heads may be glued to the word behind them."""


def headed_names(text: str, tokens: Words) -> list[Mention]:
    """One candidate for each head in ``text`` that a plausible name precedes."""
    found: dict[tuple[int, int], Mention] = {}
    for match in head_pattern().finditer(text):
        head = heads()[match[1]]
        begin, end = match.start(), match.start() + len(head.word)
        whole = _ends_word(begin, end, tokens.ends.get(end)) or _is_glued(head, tokens.begins.get(begin))
        if not whole or _is_cut(tokens, end) or _is_listed_town(tokens.ends.get(end)):
            continue
        start = best_start(tokens, begin, head.least, head.most, head.type, head.need in _WITH_VERBS)
        if head.need == "legal":
            start = cut_brand(tokens, begin, start) or start
        if not (start and _is_name(text, tokens, start.begin, begin, head)):
            start = place_before(tokens, begin, head.most) if head.need == "legal" else None
        elif head.need == "legal" and not is_whole(text[start.begin : end]):
            start = place_before(tokens, begin, head.most) or start
        if start:
            first = _first(text, start.begin, begin, end, head.type)
            end = _past_segment(text, end, head)
            head = replace(head, type=_type(text, first, end, head))
            mention = _with_phase(text, first, end, head, head.weight + start.score + _after(tokens, end))
            for name in (mention, *_division(text, mention), *_branch(text, tokens, mention), *_part(text, mention)):
                found.setdefault((name.begin, name.end), name)  # of 小镇 and 镇 the longer, which comes first
    return list(found.values())


def _is_listed_town(token: Token | None) -> bool:
    """Whether a word is a town's whole name, to which nothing before it belongs."""
    return token is not None and token.text in town_names()


def _type(text: str, begin: int, end: int, head: Head) -> str:
    """The class of a name, which what it says or what is told of it may make another than its head's."""
    if is_area(text, begin, end, head):
        return "District"
    if is_standing(text, begin, end, head):
        return "Place"
    if is_served(text[begin:end], head):
        return "Programme"
    if is_in_works(text, begin, end, head):
        return "Project"
    return "Organization" if _is_bodys(text, begin, end, head) else head.type


def _is_name(text: str, tokens: tuple[Token, ...], start: int, begin: int, head: Head) -> bool:
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
    if (
        (counts and head.need != "legal")
        or pattern("naming", "goes_on").match(text, end)
        or _is_figurative(text, tokens, start, begin, head)
    ):
        return False  # 家长学校57个 counts
    if head.type == "District" and ("“" in modifier or _opens_slogan(text, start, end) or pattern("naming", "aim").match(text, end)):
        return False
    if _is_party_of(modifier, head) and pattern("naming", "post_in_party").match(text, begin):
        return False
    if any(pattern("naming", none).search(text[start:end]) for none in ("not_a_name", "any_site")):
        return False
    if head.need != "legal" and pattern("naming", "bestowed").search(text, 0, start):
        return False
    if head.type == "District" and (pattern("naming", "first").search(text, 0, start) or _is_rank(modifier, tokens, start, begin)):
        return False
    if _is_any_town(tokens, start, begin, head) or _is_done_to(tokens, start, begin, head) or _is_network(modifier, head):
        return False
    if head.least == 0:
        return len(modifier) == 1 or modifier not in wordset("generic")
    if head.type == "Project" and head.need == "strict" and _is_any_work(text, tokens, start, end, head):
        return False
    return _singles_out(modifier, tokens, start, begin, head, text[start - 1 : start] + text[end : end + 1] in _QUOTED)


def _is_figurative(text: str, tokens: tuple[Token, ...], start: int, begin: int, head: Head) -> bool:
    """Whether quotation marks make a figure of speech of it: “空心镇”; of a site with a proper noun they make none: “嘉泰大楼”."""
    end = begin + len(head.word)
    proper = head.type == "Place" and any(_is_proper(token) for token in tokens if start <= token.begin < begin)
    return text[start - 1 : start] + text[end : end + 1] == "“”" and head.type in ("District", "Place") and not proper


def _is_bodys(text: str, begin: int, end: int, head: Head) -> bool:
    """Whether what has the form of a bank's branch is one of a public body: 人民银行|长沙中心支行."""
    branch = head.type == "Enterprise" and head.word in wordset("branch")
    return branch and any(text.startswith(body, begin) for body in words("organization") if begin + len(body) < end)


def _is_rank(modifier: str, tokens: tuple[Token, ...], start: int, begin: int) -> bool:
    """Whether it tells what areas of any place may be made: 国家生态文明|试验区."""
    placed = any(is_place(token.text) for token in tokens if start <= token.begin < begin)
    return not placed and any(pattern("naming", name).match(modifier) for name in ("ranked", "state"))


def _is_any_town(tokens: tuple[Token, ...], start: int, begin: int, head: Head) -> bool:
    """Whether a verb before its head tells what kind of village or quarter it is: 种植|村."""
    inside = within(tokens, start, begin)
    last = inside[-1] if inside and head.word in wordset("settlement") else None
    return last is not None and len(last.text) > 1 and (last.text in wordset("name_verb") or last.tag == "v")


def _is_any_work(text: str, tokens: tuple[Token, ...], start: int, end: int, head: Head) -> bool:
    """Whether a project that has no word of its own is told of as one of many, and not as one that is built: 屋顶光伏项目的利好政策."""
    opened = "“" in text[max(start - 1, 0) : end]
    quoted = opened and (text[end : end + 1] == "”" or head.word in wordset("project_class"))
    own = quoted or any(_is_proper(token) for token in tokens if start <= token.begin < end)
    return not (own or _is_undertaken(tokens, start) or is_built(text, start, end))


def _is_network(modifier: str, head: Head) -> bool:
    """Whether all that a place has of the kind is meant, or who runs it: 广州铁路 is no line."""
    return pattern("naming", "network").match(head.word) is not None and (is_place(modifier) or modifier in wordset("country"))


def _is_done_to(tokens: tuple[Token, ...], start: int, begin: int, head: Head) -> bool:
    """Whether what stands before a site is nothing but what is done to it: 治理|公园; streets are called so, too: 建设路."""
    inside = within(tokens, start, begin)
    deeds = all(token.text in wordset("name_verb") or token.text in wordset("generic") for token in inside)
    done = deeds and any(token.text in wordset("name_verb") for token in inside)
    return head.type == "Place" and head.need != "local" and done


def _opens_slogan(text: str, start: int, end: int) -> bool:
    """Whether a quotation begins with what would be the name and goes on: “乡贤助乡|兴”."""
    return text[start - 1 : start] == "“" and text[end : end + 1] != "”"


def _is_party_of(modifier: str, head: Head) -> bool:
    """Whether the head names the party's branch in a body that is no district."""
    if head.type != "Organization":
        return False
    held = last_head(modifier)
    return held is not None and heads()[held].type in ("Organization", "Enterprise")


def _first(text: str, start: int, begin: int, end: int, type: str) -> int:
    """Where the name begins among the divisions in front of its head: districts have one name, firms may have one district in theirs."""
    numbered = pattern("naming", "list_number").match(text, start)
    start = numbered.end() if numbered else start
    if type == "District":
        start = _listed_zone(text, _past_zone(text, _village(text, past_districts(text, start, begin), begin, end), begin, end), end)
        return start + len(city_before(text[start:end]))
    if type == "Organization" and text[begin] in wordset("settlement"):
        return _village(text, start, begin, begin + 1)
    return _past_village(text, _last_district(text, start, begin), begin) if type == "Enterprise" else start


def _past_zone(text: str, start: int, begin: int, end: int) -> int:
    """Where the name of an area goes on behind the zone that holds it: 开发区|柳河村, 西咸新区|空港新城."""
    kinds = words("zone_kind")
    inside = (stop for stop in range(begin - _OWN, start + _OWN, -1) if text.endswith(kinds, start, stop))
    held = next((stop for stop in inside if (parts := zone(text[start:stop])) and len(parts.core) >= _OWN), None)
    if held or text[begin:end] not in wordset("settlement"):
        return held or start
    return start + len(next((word for word in kinds if text.startswith(word, start) and start + len(word) < begin), ""))


def _past_village(text: str, start: int, begin: int) -> int:
    """Where a firm's name goes on after a village that a town's name before it tells from a brand: 城北区柳河镇东壁村|嘉泰家庭农场."""
    village = pattern("naming", "village").match(text, start, begin)
    return village.end() if village and not is_common(text[village.end() : begin]) else start


def _listed_zone(text: str, start: int, end: int) -> int:
    """Where the zone of the table begins in which the name ends, behind a word that was taken for its beginning: 较|苏州工业园区."""
    return next((begin for begin in range(start, end) if text[begin:end] in wordset("zone")), start)


def _last_district(text: str, begin: int, end: int) -> int:
    """Where the last of the divisions begins whose full names stand in front: 衢州市 tells where, 龙游县 is in 龙游县伊利乳业."""
    for stop in range(min(begin + _LONGEST_DIVISION, end - 1), begin + 1, -1):
        if is_full_name(text[begin:stop]):
            return _last_district(text, stop, end) if past_districts(text, stop, end) > stop else begin
    return begin


def past_districts(text: str, begin: int, end: int) -> int:
    """Where a name goes on after full names of divisions in front of it: 马坝镇 in 盱眙县马坝镇 is a name by itself."""
    for stop in range(min(begin + _LONGEST_DIVISION, end - 1), begin + 1, -1):
        if is_full_name(text[begin:stop]):
            return past_districts(text, stop, end)
    return begin


def _village(text: str, start: int, begin: int, end: int) -> int:
    """Where the name that ends in the head at ``begin`` goes on after a town: a village's may have but one character more: 吕店镇|王村."""
    quarter = text[begin:end] in wordset("settlement") and text[begin:end] not in wordset("township")
    town = past_town(text, start, end if quarter else begin)
    return town if town < begin else start


def past_town(text: str, begin: int, end: int) -> int:
    """Where a village's name goes on after its town's: 红旗村 in 柳河镇红旗村."""
    town = pattern("naming", "town").match(text, begin, end)
    return town.end() if town else begin


def _past_segment(text: str, end: int, head: Head) -> int:
    """Where the name of a line ends of which one part is meant: 青溪铁路（东河段）."""
    segment = pattern("naming", "segment").match(text, end) if head.type in ("Project", "Place") else None
    return segment.end() if segment else end


def _with_phase(text: str, start: int, end: int, head: Head, score: float) -> Mention:
    """The candidate, with the phase that may follow it: an area's second phase is a project."""
    phase = pattern("naming", "phase").match(text, end)
    part = pattern("naming", "part_of_site").match(text, end) if head.type == "Place" else None
    end = part.end() if part else end
    if not phase or head.type not in ("Project", "District"):
        return Mention(start, end, head.type, _unquoted(text[start:end]), f"name.{head.word}", score)
    rule, whole = f"name.{head.word}", _unquoted(text[start:end])
    inner = (Mention(start, end, head.type, whole, rule, score),) if head.type == "District" else ()
    forms = (whole,) if head.type == "Project" and not is_site(whole) else ()
    return Mention(start, phase.end(), "Project", _unquoted(text[start : phase.end()]), rule, score + 1.0, forms, inner)


def _division(text: str, organ: Mention) -> list[Mention]:
    """The division of an organ that acts by itself: 市科技局|创新发展处. The post of one who heads it is the organ's."""
    acts = pattern("naming", "division").match(text, organ.end) if organ.name.endswith(words("organ_ending")) else None
    if acts is None or organ.type != "Organization":
        return []
    return [Mention(organ.begin, acts.end(), organ.type, text[organ.begin : acts.end()], organ.rule, organ.score + 1.0)]


def _branch(text: str, tokens: Words, body: Mention) -> list[Mention]:
    """The branch of a firm or body that is named behind it: 宏远有限公司|东河省分公司, 东河农商银行|柳河支行."""
    found = pattern("naming", "branch").match(text, body.end) if body.type in ("Enterprise", "Organization") else None
    if found is None or any(token.tag[0] in "vpcudr" for token in within(tokens, body.end, found.start("kind"))):
        return []
    kind = heads().get(found["kind"])
    type = "Organization" if kind and kind.type == "Organization" else body.type
    return [Mention(body.begin, found.end(), type, _unquoted(text[body.begin : found.end()]), body.rule, body.score + 1.0)]


def _part(text: str, area: Mention) -> list[Mention]:
    """The part of a zone or a park that is named behind it: 柳河产业园|东河园区."""
    found = pattern("naming", "part_of_area").match(text, area.end) if area.name.endswith((*words("park"), *words("zone_kind"))) else None
    if found is None or is_common(found["own"]):
        return []
    return [Mention(area.begin, found.end(), "District", _unquoted(text[area.begin : found.end()]), area.rule, area.score + 1.0)]


def _unquoted(name: str) -> str:
    return name.translate(_NO_QUOTES)


def _ends_word(begin: int, end: int, token: Token | None) -> bool:
    """Whether the head is a word here or ends one that may be a name: 工信局, but not 布局."""
    if token is None:
        return end - begin > 2
    if end - begin > 1:
        return token.text not in wordset("ordinary_word") or len(token.text) == end - begin
    return not token.text.endswith(words("ordinary_word"))


def _is_glued(head: Head, token: Token | None) -> bool:
    """Whether a body's or a village's head opens a word that no dictionary knows, and so is glued to what follows: 促进|局供, 飞花|村以."""
    return head.type in _GLUED and token is not None and token.tag == "x" and len(token.text) > len(head.word)


def _is_cut(tokens: Words, end: int) -> bool:
    """Whether a word that the dictionary knows goes on past ``end``: 卫生健康委 in 卫生健康|委员会, 政府办 in 政府|办理.

    What is inside of a thing is no part of its name: 产业园|区内.
    """
    if end in tokens.ends:
        return False
    position = bisect_right(tokens, end, key=lambda token: token.end)
    return position < len(tokens) and tokens[position].begin < end and tokens[position].tag not in _LOOSE


def _after(tokens: tuple[Token, ...], end: int) -> float:
    """How well a name ends before the word that begins at ``end``."""
    position = bisect_right(tokens, end, key=lambda token: token.end)
    if position == len(tokens) or tokens[position].begin != end:
        return 0.0
    token = tokens[position]
    compound = token.tag.startswith("n") and token.text not in wordset("post") and token.text not in wordset("generic")
    return -1.0 if compound else 0.0


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
    if _is_described(tokens, begin) and not (proper or specific):
        return False  # 多家知名三甲医院, 国内最大零部件生产基地
    if head.type == "Project" and all(token.tag == "nt" for token in inside):
        return False  # 国家发改委项目 tells whose it is, not which
    joined = head.type == "Project" and any(token.text in wordset("name_word") for token in inside)
    if joined and not (proper and head.need == "strict"):
        return False
    if head.need == "strict" and head.type == "Project" and not (specific or proper or _is_undertaken(tokens, begin)):
        return False  # 海外仓项目 is any, 质量实验室项目 one
    nested = bool(telling) and any(token.text in heads() for token in inside)  # 储能电池基地项目 is one, 电池项目 any
    return (
        len(telling) > 1
        or nested
        or _is_firms(tokens, begin)
        or _is_paid_for(tokens, begin)
        or any(head.need != "strict" or not _is_trade(word) for word in telling)
    )


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
    """Whether what it costs stands before: 投资5亿元的|东河区食品项目."""
    last = before(tokens, begin, 3)
    return bool(last) and last[-1].text in wordset("of") and any(token.tag == "m" for token in last)


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
