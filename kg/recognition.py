"""Recognition: from sentences to the names in them, first by themselves, then by what the whole document tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from kg.event import event_mentions
from kg.gazetteer import is_full_name, named, places
from kg.industry import industry_mentions
from kg.lexicon import rows, words, wordset
from kg.mention import Mention, Rejection, choose, rejected
from kg.naming import best_start, headed_names, past_districts
from kg.person import persons
from kg.programme import programme_mentions
from kg.rules import load, pattern
from kg.sentence import Sentence
from kg.words import Token, tokens

_ITEM = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·()（）+\-“”]+$")
_TRADES = ("generic", "industry", "trade", "country")
"""Tables of words that many enterprises share."""
_COUNTED = re.compile(r"\d+[\u4e00-\u9fff]")
_SHORT = 3
"""A full name no longer than this must begin where a word does: by chance its characters stand in others."""
_SITED = frozenset({"Organization", "Project", "Place", "Event", "Programme"})
"""Classes whose names may begin with the district that they belong to."""
_LISTABLE = frozenset({"Enterprise", "Place", "Project"})


@dataclass(frozen=True, slots=True)
class Recognized:
    """A sentence with its words, its names and the candidates that were passed over."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    rejections: tuple[Rejection, ...] = ()


def recognize(sentences: Sequence[Sentence]) -> tuple[Recognized, ...]:
    """The names in the sentences of one document.

    The first pass knows one sentence at a time; the second finds again, anywhere in the document, what the first named
    and the short forms it allows (长春敏实汽车零部件有限公司 … 长春敏实).
    """
    cuts = [tokens(sentence.text) for sentence in sentences]
    first = [_candidates(sentence, cut) for sentence, cut in zip(sentences, cuts, strict=True)]
    chosen = [choose(candidates) for candidates in first]
    for candidates, sentence, cut, best in zip(first, sentences, cuts, chosen, strict=True):
        candidates.extend(_siblings(sentence.text, cut, best))
    known = _known(cuts, chosen)
    found = []
    for sentence, cut, candidates in zip(sentences, cuts, first, strict=True):
        everything = [*candidates, *_again(sentence.text, cut, known, candidates)]
        best = choose(everything)
        full = tuple(replace(mention, inner=_inner(mention, everything, cut)) for mention in best)
        found.append(Recognized(sentence, cut, full, rejected(everything, best)))
    return tuple(found)


def _candidates(sentence: Sentence, cut: tuple[Token, ...]) -> list[Mention]:
    text = sentence.text
    return [
        *_districts(text, cut),
        *headed_names(text, cut),
        *_shaped(text, cut),
        *_listed(text, cut),
        *persons(text, cut),
        *_lexical(text, cut),
        *_branded(text, cut),
        *programme_mentions(sentence),
        *event_mentions(sentence),
        *industry_mentions(sentence, cut),
    ]


def _districts(text: str, cut: tuple[Token, ...]) -> list[Mention]:
    """Divisions by name: a full name anywhere, the short name of a province or prefecture where it is a word of its own."""
    begins, ends = {t.begin for t in cut}, {t.end for t in cut}
    found = []
    for begin, end in places(text):
        name = text[begin:end]
        if name in wordset("generic"):
            continue
        full = is_full_name(name)
        whole = begin in begins and end in ends
        alone = whole and name not in wordset("ambiguous_place") and any(division.level != "county" for division in named(name))
        cut_loose = whole if len(name) == 2 else begin in begins or (len(name) > _SHORT and end in ends)  # 嘉义县 does not hold 义县
        if (full and cut_loose) or (alone and not _goes_on(end, cut)):
            found.append(Mention(begin, end, "District", name, "gazetteer.full" if full else "gazetteer.short", 4.0 if full else 2.5))
    return found


def _goes_on(end: int, cut: tuple[Token, ...]) -> bool:
    """Whether a lone noun-like character follows, so that the short name is only the beginning of another: 台湾园, 朝阳沟."""
    follower = next((token for token in cut if token.begin == end), None)
    return follower is not None and len(follower.text) == 1 and follower.tag[0] in "nzgx" and follower.text.isalpha()


def _shaped(text: str, cut: tuple[Token, ...]) -> list[Mention]:
    """Names by their own shape and by what a clause says of them: ，宏远全年产值达到20亿元."""
    found: list[Mention] = []
    for rule in load("name"):
        for match in rule.pattern.finditer(text):
            begin, end = match.span("name" if "name" in rule.pattern.groupindex else 0)
            inside = [token for token in cut if begin <= token.begin and token.end <= end]
            if not _is_common(text[begin:end]) and not any(_breaks(token) for token in inside):
                found.append(Mention(begin, end, rule.output, text[begin:end], rule.name, rule.score))
    return found


def _listed(text: str, cut: tuple[Token, ...]) -> list[Mention]:
    """The members of lists that say what they list: A、B、C等10家企业."""
    found: list[Mention] = []
    for rule in load("list"):
        for match in rule.pattern.finditer(text):
            found.extend(
                Mention(begin, end, rule.output, _unquoted(text[begin:end]), rule.name, rule.score)
                for begin, end in _items(text, match.start(), cut)
                if rule.output != "Project" or end - begin > 3 or _is_unknown(begin, end, cut)  # 游泳、篮球等项目 are no undertakings
            )
    return found


def _items(text: str, end: int, cut: tuple[Token, ...]) -> list[tuple[int, int]]:
    """Spans of the list items that stand before ``end``, first to last."""
    items: list[tuple[int, int]] = []
    while match := _ITEM.search(text[max(end - 40, 0) : end]):
        low = max(end - 40, 0) + match.start()
        if items and _closed(text[low:end]):
            break  # A等4个网点、B等…: another list has ended here
        listed = low > 0 and text[low - 1] == "、"
        start = low if listed else _first_item(low, end, cut)
        if start is None:
            break
        begin = past_districts(text, start, end - 1)
        if _is_item(text[begin:end]):
            items.insert(0, (begin, end))
        if not listed or start > low:
            break
        end = low - 1
    return items


def _is_unknown(begin: int, end: int, cut: tuple[Token, ...]) -> bool:
    """Whether the span holds a proper noun, or a word that no dictionary knows."""
    return any(begin <= token.begin and token.end <= end and token.tag in ("x", "nz", "nr") for token in cut)


def _closed(run: str) -> bool:
    return pattern("sibling", "closed").search(run) is not None


def _first_item(low: int, end: int, cut: tuple[Token, ...]) -> int | None:
    """Where the first item of a list begins: with its clause, or after the verb that governs the list."""
    inside = tuple(token for token in cut if low <= token.begin and token.end <= end)
    if inside and inside[0].begin == low and end - low <= 10 and not any(_breaks(t) for t in inside):
        return low
    begun = best_start(inside, end, 2, end - low)
    return begun.begin if begun else None


def _breaks(token: Token) -> bool:
    """Whether the word shows that a clause, and not a name, begins the list."""
    return token.tag[0] in "pdcut" or (token.tag[0] == "v" and len(token.text) > 1)


def _is_item(name: str) -> bool:
    """Whether a list item may be a name: neither generic nor a mere trade."""
    return 2 <= len(name) <= 24 and not _COUNTED.match(name) and not any(name in wordset(table) for table in ("generic", "industry"))


def _siblings(text: str, cut: tuple[Token, ...], chosen: tuple[Mention, ...]) -> list[Mention]:
    """Members of a list that have no class of their own take that of the neighbour: 绕城高速、四环路、长白公路."""
    found: list[Mention] = []
    for mention in (m for m in chosen if m.type in _LISTABLE):
        for match in (
            pattern("sibling", "item-after").match(text, mention.end),
            pattern("sibling", "item-before").search(text, 0, mention.begin),
        ):
            if match and _may_join(text, match.span("name"), cut, chosen):
                begin, end = match.span("name")
                found.append(Mention(begin, end, mention.type, match["name"], "list.sibling", 2.0))
    return found


def _may_join(text: str, span: tuple[int, int], cut: tuple[Token, ...], chosen: tuple[Mention, ...]) -> bool:
    inside = [token for token in cut if span[0] <= token.begin and token.end <= span[1]]
    whole = bool(inside) and inside[0].begin == span[0] and inside[-1].end == span[1]
    telling = any(token.tag in ("x", "nz", "nr", "nrt", "ns") for token in inside)
    free = not any(m.begin < span[1] and span[0] < m.end for m in chosen)
    return whole and telling and free and _is_item(text[slice(*span)]) and not any(_breaks(token) for token in inside)


def _lexical(text: str, cut: tuple[Token, ...]) -> list[Mention]:
    """Well-known enterprises and bodies, where the name is a word of its own."""
    found: list[Mention] = []
    for table, kind in (("enterprise", "Enterprise"), ("organization", "Organization")):
        known = unambiguous_names(table)
        found.extend(Mention(t.begin, t.end, kind, t.text, f"lexicon.{table}", 2.5) for t in cut if t.text in known)
    return found


def _inner(mention: Mention, candidates: Sequence[Mention], cut: tuple[Token, ...]) -> tuple[Mention, ...]:
    """The longest things that the name begins with: a district, or the enterprise or body whose project it is."""
    leading = [m for m in candidates if m.begin == mention.begin and m.end < mention.end]
    owners = (
        [m for m in leading if m.type in ("Enterprise", "Organization") and m.end + 3 <= mention.end] if mention.type == "Project" else []
    )
    districts = _leading_districts(mention, candidates) if mention.type in _SITED else []
    found = [*districts, *([max(owners, key=lambda m: (m.end, m.score))] if owners else [])]
    if mention.type == "Project" and not owners:
        found += _place_and_brand(mention, candidates, cut)
    return tuple(found)


def _leading_districts(mention: Mention, candidates: Sequence[Mention]) -> list[Mention]:
    """The districts that the name begins with, one in the other: of 东河市城北区财政局 both 东河市 and 城北区."""
    found, begin = [], mention.begin
    while step := [
        m for m in candidates if m.begin == begin and m.end < mention.end and m.type == "District" and m.rule != "gazetteer.short"
    ]:
        found.append(max(step, key=lambda m: (m.end, m.score)))
        begin = found[-1].end
    return found


def _place_and_brand(mention: Mention, candidates: Sequence[Mention], cut: tuple[Token, ...]) -> list[Mention]:
    """A firm's short form that opens a project's name: a word that no dictionary knows, with a place before it or a trade after."""
    first = max((m.end for m in _leading_districts(mention, candidates)), default=mention.begin)
    inside = [t for t in cut if first <= t.begin and t.end < mention.end]
    placed = bool(inside) and bool(named(inside[0].text))
    brand = inside[placed : placed + 1]
    if not brand or brand[0].tag not in ("x", "nz", "nr") or len(brand[0].text) < 2 or named(brand[0].text):
        return []
    trade = [t for t in inside[placed + 1 : placed + 2] if t.text in wordset("trade") and t.end + 2 <= mention.end]
    if not placed and (not trade or mention.name.endswith(words("park"))):  # 低碳能源产业园 tells a trade, not a firm
        return []
    if any(m.type == "Enterprise" and m.name.startswith(brand[0].text) and m.begin != mention.begin for m in candidates):
        return []  # the sentence itself names the firm
    begin, end = inside[0].begin, (trade or brand)[0].end
    return [Mention(begin, end, "Enterprise", "".join(t.text for t in inside if t.end <= end), "inner.brand", 2.0)]


def _branded(text: str, cut: tuple[Token, ...]) -> list[Mention]:
    """Short names of enterprises by shape: a word that no dictionary knows and a trade, with a place before or without: 恒晟模具."""
    found: list[Mention] = []
    for index in range(len(cut) - 1):
        brand, trade = cut[index], cut[index + 1]
        if brand.tag not in ("x", "nz", "nr") or not 2 <= len(brand.text) <= 4 or trade.text not in wordset("firm_ending"):
            continue
        before, after = cut[index - 1 : index], cut[index + 2 : index + 3]
        if not brand.text.isalnum() or (after and after[0].tag.startswith("n") and after[0].text not in wordset("post")):
            continue
        begin = before[0].begin if before and named(before[0].text) else brand.begin
        found.append(Mention(begin, trade.end, "Enterprise", text[begin : trade.end], "name.brand-and-trade", 2.5))
    return found


class _NameRow(NamedTuple):
    word: str
    ambiguous: str


@cache
def unambiguous_names(table: str) -> frozenset[str]:
    """The names in ``table`` that are no ordinary words besides."""
    return frozenset(row.word for row in rows(table, _NameRow) if row.ambiguous != "1")


def _unquoted(name: str) -> str:
    return name.strip("“”‘’《》")


def _known(cuts: Sequence[tuple[Token, ...]], chosen: Sequence[tuple[Mention, ...]]) -> dict[str, str]:
    """Names of the document worth looking for again, with their classes: those found, and short forms of enterprises."""
    known: dict[str, str] = {}
    for cut, mentions in zip(cuts, chosen, strict=True):
        for mention in mentions:
            for form in (mention.name, *mention.forms):
                if _recurs(mention, form) and not _is_common(form):
                    known.setdefault(form, mention.type)
            if mention.type == "Enterprise":
                for form in short_forms(mention, cut):
                    known.setdefault(form, "Enterprise")
            if mention.type == "District":
                for division in named(mention.name):
                    if division.name == mention.name:
                        known.setdefault(division.short, "District")
    return known


def _recurs(mention: Mention, form: str) -> bool:
    """Whether a form by itself means the thing: short words out of a programme's name mean what they always mean."""
    if mention.type == "Programme":
        return form == mention.name or len(form) >= 5 or form[0] in wordset("digit")
    return len(form) >= 3 or mention.type in ("Enterprise", "Person")


def _is_common(form: str) -> bool:
    """Whether a form is made of ordinary words alone, so that elsewhere it means what it says: 项目建设."""
    return all(t.text in wordset("generic") or t.text in wordset("name_verb") for t in tokens(form))


def short_forms(mention: Mention, cut: tuple[Token, ...]) -> list[str]:
    """Forms that a text may use for an enterprise once it has named it in full: its leading words, with the region and without."""
    inside = [t.text for t in cut if mention.begin <= t.begin and t.end <= mention.end]
    found: list[str] = []
    for start in (0, 1) if inside and named(inside[0]) else (0,):
        for stop in range(start + 1, len(inside)):
            form = "".join(inside[start:stop])
            telling = [word for word in inside[start:stop] if not named(word) and not any(word in wordset(table) for table in _TRADES)]
            if telling and len(form) >= (2 if stop == start + 1 else 3) and any(c not in "()（）" for c in form):
                found.append(form)
    return found


def _again(text: str, cut: tuple[Token, ...], known: dict[str, str], first: Sequence[Mention]) -> list[Mention]:
    """Known names where they stand as words of their own and the sentence by itself has not found them."""
    begins, ends = {t.begin for t in cut}, {t.end for t in cut}
    taken = {(m.begin, m.end) for m in first}
    return [
        Mention(begin, begin + len(form), kind, form, "document.again", 3.0)
        for form, kind in known.items()
        for begin in _find_all(text, form)
        if (begin, begin + len(form)) not in taken
        and ((begin in begins and begin + len(form) in ends) or len(form) >= 4)
        and (kind != "Programme" or len(form) >= 5 or text[begin - 1 : begin] == "“")
    ]


def _find_all(text: str, form: str) -> list[int]:
    found, begin = [], text.find(form)
    while begin >= 0:
        found.append(begin)
        begin = text.find(form, begin + 1)
    return found
