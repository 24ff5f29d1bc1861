"""Lists: names known by the company they keep, and by what the list says that it lists."""

import re
from functools import cache

from kg.language.gazetteer import is_place
from kg.language.lexicon import wordset
from kg.language.rules import load, pattern
from kg.language.words import Token, within
from kg.names.beginning import best_start
from kg.names.boundary import CLOSE, OPEN
from kg.names.brand import is_brand
from kg.names.front import past_districts, past_town
from kg.names.head import ends_like_a_name, heads, is_head
from kg.names.mention import Mention

_ITEM = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·()（）+\-“”]+$")
_COUNTED = re.compile(r"\d+[\u4e00-\u9fff]")
_JOINT = "”“"
"""Where one quoted item ends and the next begins."""
_TELLING = frozenset({"x", "nz", "nr", "nrt"})
"""Parts of speech of words that single things out."""
_LISTABLE = frozenset({"Enterprise", "Organization", "Place", "Project"})
_SITES = frozenset({"Place", "Project"})
"""Classes whose names are listed in quotation marks with nothing between; what firms are judged by is, too."""
_WORKS = frozenset({"Project", "Organization"})
"""Classes of heads that end names of projects."""
_SITE = 3
"""A word of so many characters names a site where most of its list do, and a project only has so many."""
_LONGEST_WORD = 4
"""A firm named by an ordinary word (理想, 美团) has no more characters than this."""

Range = tuple[int, int]


def listed(text: str, cut: tuple[Token, ...]) -> list[Mention]:
    """The members of lists that say what they list: A、B、C等10家企业."""
    found: list[Mention] = []
    for rule in load("list").possible(text):
        for match in rule.pattern.finditer(text):
            span = match.span("list") if "list" in rule.pattern.groupindex else (0, match.start())
            items = _members(_items(text, span, cut, rule.output), rule.output, cut)
            found.extend(Mention(*item, rule.output, text[slice(*item)].strip("“”‘’《》"), rule.name, rule.score) for item in items)
    return found


def siblings(text: str, cut: tuple[Token, ...], chosen: tuple[Mention, ...]) -> list[Mention]:
    """Members of a list that have no class of their own take that of the neighbour: 绕城高速、四环路、长白公路."""
    found: list[Mention] = []
    for mention in (m for m in chosen if m.type in _LISTABLE):
        for match in (
            pattern("sibling", "item-after").match(text, mention.end),
            pattern("sibling", "item-before").search(text, 0, mention.begin),
        ):
            span = match.span("name") if match else (0, 0)
            if _may_join(text, span, mention.type, cut, chosen):
                found += [Mention(*span, mention.type, text[slice(*span)], "list.sibling", 2.0)]
    return found


def _items(text: str, span: Range, cut: tuple[Token, ...], type: str) -> list[Range]:
    """Spans of the list items that stand at the end of a span, first to last; one that begins within the text begins with the list."""
    begin, end = span
    items: list[Range] = []
    separators = "、—" if type == "Place" else "、"  # 朝天门—解放碑
    while match := _ITEM.search(text[max(end - 40, begin) : end]):
        low = max(end - 40, begin) + match.start()
        low = max(low, text.rfind(_JOINT, low, end) + 1 if type in _SITES else 0)
        if items and pattern("sibling", "closed").search(text[low:end]):
            break  # A等4个网点、B等…: another list has ended here
        quoted = type in _SITES and text.startswith(_JOINT, max(low - 1, 0))
        in_list = low > 0 and (low == begin or quoted or text[low - 1] in separators)
        if type == "Project" and not in_list and pattern("naming", "counted").search(text, low, end):
            return []  # 100个节能减碳、生态固碳等项目: so many of these kinds
        start = low if in_list else _first_item(low, end, cut)
        if start is None:
            break
        start += _open_quote(text[start:end])
        named = past_town(text, start, end) if type == "District" else _past_noun(start, end, type, cut)
        parts = _parts((past_districts(text, named, end - 1), end), type, cut)
        parts = tuple((begun, _before_bracket(text, begun, ended)) for begun, ended in parts)
        items = [part for part in parts if _is_item(text[slice(*part)], within(cut, *part), type)] + items
        joint = next((token for token in cut if token.end == start and token.tag == "c"), None)
        if joint is None and (not in_list or start > low):
            break
        end = joint.begin if joint else low - (not quoted)
    return items


def _before_bracket(text: str, begin: int, end: int) -> int:
    """Where an item ends that opens a bracket and does not close it: 长安汽车|（含深蓝."""
    at = max(text.rfind(bracket, begin, end) for bracket in OPEN)
    return at if at > begin and not any(bracket in text[at:end] for bracket in CLOSE) else end


def _past_noun(begin: int, end: int, type: str, cut: tuple[Token, ...]) -> int:
    """Where a firm's name begins behind what the firm is: 头部企业|苍穹数码."""
    nouns = [token.end for token in within(cut, begin, end) if token.text in _kinds()]
    return nouns[-1] if type == "Enterprise" and nouns and end - nouns[-1] > 1 else begin


def _open_quote(item: str) -> int:
    """How many characters lead up to a list in quotation marks that the item opens: 串联起“甲."""
    return item.rfind("“") + 1 if item.count("“") > item.count("”") else 0


def _parts(item: Range, type: str, cut: tuple[Token, ...]) -> tuple[Range, ...]:
    """The item, or the two that a conjunction joins in it: 盛原机械和华曜电气, but 割草车和割灌机制造|项目 is one."""
    inside = within(cut, *item)
    at = next((at for at, token in enumerate(inside) if token.tag == "c" or token.text in wordset("list_mark")), None)
    head = heads().get(inside[-1].text) if inside else None
    works = type == "Project" and head is not None and head.type == "Project"
    if at is None or (works and at and not is_head(inside[at - 1].text)):
        return (item,)
    return ((item[0], inside[at].begin), (inside[at].end, item[1]))


def _members(items: list[Range], type: str, cut: tuple[Token, ...]) -> list[Range]:
    """The items that are names, as far as the list tells: in one without any that singles something out, none is."""
    inside = {item: within(cut, *item) for item in items}
    telling = [item for item in items if _tells(inside[item], type)]
    if not telling:
        return []
    if type == "District":
        short = [item for item in items if 2 * len(telling) > len(items) and item[1] - item[0] <= _SITE]  # a town's name without its class
        whole = [item for item in telling if len(inside[item]) == 1 or is_head(inside[item][-1].text)]
        return [item for item in items if item in whole or item in short]
    if type == "Project":
        return [item for item in items if item[1] - item[0] >= _SITE and (item in telling or 2 * len(telling) >= len(items))]
    if type != "Enterprise":
        sites = type == "Place" and 2 * len(telling) > len(items)
        told = [item for item in items if item in telling or len(inside[item]) > 1 or (sites and item[1] - item[0] >= _SITE)]
        return [item for item in told if not all(is_place(token.text) for token in inside[item])]  # 上海等多所高校
    return [item for item in items if item in telling or (_may_be_firm(inside[item]) and not _is_anywhere(inside[item]))]


def _tells(inside: tuple[Token, ...], type: str) -> bool:
    """Whether the item singles something out of the class: by a word that no dictionary knows, a place in it, a head."""
    if type != "Enterprise" and (any(_is_placelike(token) for token in inside) or (len(inside) > 1 and _is_headed(inside, type))):
        return True
    if type == "Project":
        return any(is_brand(token) and not token.text.isascii() for token in inside) or _ends_in_trade(inside)
    if any(token.tag in _TELLING and not token.text.isdecimal() and not is_place(token.text) for token in inside):
        return True
    if type != "Enterprise" or len(inside) < 2:
        return False
    ends = inside[-1].text in wordset("trade") or (inside[-1].text in wordset("corporate_form") and not _is_any_firm(inside))
    return ends or any(len(t.text) == 1 for t in inside)


def _is_headed(inside: tuple[Token, ...], type: str) -> bool:
    """Whether a name's head ends the item: among projects no river's and no square's, unless it has a word of its own."""
    head = heads().get(inside[-1].text)
    return head is not None and (type != "Project" or head.type in _WORKS or any(token.tag in _TELLING for token in inside[:-1]))


def _ends_in_trade(inside: tuple[Token, ...]) -> bool:
    """Whether a project is named by its firm: a word that no dictionary knows, and a trade."""
    return len(inside) > 1 and inside[-1].text in wordset("trade") and any(token.tag in _TELLING for token in inside[:-1])


def _is_any_firm(inside: tuple[Token, ...]) -> bool:
    """Whether all words before the last say what kind of firm it is: 上市公司, 国有商业公司."""
    return all(token.text in wordset("generic") or token.text in wordset("industry") for token in inside[:-1])


def _is_placelike(token: Token) -> bool:
    return (token.tag == "ns" or is_place(token.text)) and token.text not in wordset("generic")


def _may_be_firm(inside: tuple[Token, ...]) -> bool:
    """Whether in a list of firms the item may be one: one short word (理想), or a place and more (东河红包)."""
    if len(inside) == 1:
        return len(inside[0].text) <= _LONGEST_WORD
    return _is_placelike(inside[0]) and not any(breaks(token) for token in inside)


def _is_anywhere(inside: tuple[Token, ...]) -> bool:
    """Whether the item is a place and no firm's name besides."""
    foreign = inside[0].tag == "ns"  # a place of no division; behind another place such a word is a brand: 东河|雅晟
    places = all(is_place(token.text) or token.text in wordset("country") or (foreign and token is inside[0]) for token in inside)
    return places and not any(token.text in wordset("enterprise") for token in inside)


def _first_item(low: int, end: int, cut: tuple[Token, ...]) -> int | None:
    """Where the first item of a list begins: with its clause, or after the verb that governs the list."""
    inside = within(cut, low, end)
    if inside and inside[0].begin == low and end - low <= 10 and not any(breaks(token) for token in inside):
        return low
    begun = best_start(inside, end, 2, end - low)
    return next((token.begin for token in inside if not breaks(token) and token.begin >= begun.begin), None) if begun else None


def breaks(token: Token) -> bool:
    """Whether the word shows that a clause, and not a name, begins the list."""
    if token.tag[0] == "v":
        return len(token.text) > 1 or token.text in wordset("boundary_verb")
    governs = len(token.text) > 1 and token.text in wordset("boundary_verb") and token.text not in wordset("generic")
    return token.tag[0] in "pdcut" or governs


def _is_item(name: str, inside: tuple[Token, ...], type: str) -> bool:
    """Whether a list item may be a name: neither generic nor a mere trade, a holder of a post, a clause; a project's may end in 项目."""
    if not 2 <= len(name) <= 24 or _COUNTED.match(name) or any(name in wordset(table) for table in ("generic", "industry")):
        return False
    if inside and (inside[-1].tag[0] in "ft" or (type == "Enterprise" and _is_kind(inside[-1]))):
        return False
    told = inside[:-1] if type == "Project" or (inside and inside[-1].text in wordset("corporate_form")) else inside
    return not any(token.tag[0] in "ur" or token.text in wordset("post") or token.text in wordset("name_stop") for token in told)


def _is_kind(last: Token) -> bool:
    """Whether the word that an item ends in says that it is any firm, or a place: 餐饮企业, 农贸市场."""
    head = heads().get(last.text)
    return last.text.endswith(tuple(_kinds())) or (head is not None and head.type in ("Place", "District"))


@cache
def _kinds() -> frozenset[str]:
    """Words for kinds of firms, which end no firm's name: 餐饮企业."""
    return wordset("firm_noun") - wordset("corporate_form")


def _may_join(text: str, span: Range, type: str, cut: tuple[Token, ...], chosen: tuple[Mention, ...]) -> bool:
    """Whether an item beside a name is one too: of its own words alone, with one that tells, and without a head that classes it."""
    inside = within(cut, *span)
    whole = bool(inside) and inside[0].begin == span[0] and inside[-1].end == span[1]
    free = not any(m.begin < span[1] and span[0] < m.end for m in chosen)
    if not (whole and free) or not _is_item(text[slice(*span)], inside, type) or any(breaks(token) for token in inside):
        return False
    if type == "Enterprise":
        return not ends_like_a_name(inside[-1].text) and _is_firm_by_its_words(inside)
    if type == "Organization":
        return _is_levels(text[slice(*span)], inside)
    return any(token.tag in _TELLING or token.tag == "ns" for token in inside)


def _is_levels(name: str, inside: tuple[Token, ...]) -> bool:
    """Whether beside a body an item is one too: a level of government stands before what tells it: 市|光彩会."""
    owned = name[0] in wordset("level") and len(name) > _SITE
    return (
        owned and not any(pattern("naming", none).search(name) for none in ("not_a_name", "of_any_level")) and not _is_placelike(inside[0])
    )


def _is_firm_by_its_words(inside: tuple[Token, ...]) -> bool:
    """Whether beside a firm an item is one too: it holds a brand, or a trade ends it."""
    return (not _is_anywhere(inside) and any(map(is_brand, inside))) or (len(inside) > 1 and inside[-1].text in wordset("trade"))
