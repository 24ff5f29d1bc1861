"""What a district counts as its own: how its report names a thing first, and whether that is no guest, nor a thing of another place."""

from dataclasses import dataclass
from typing import NamedTuple

from kg.facts.entity import Entity, Link, LinkedDocument, LinkedSentence
from kg.language.gazetteer import Division, are_kin, divisions, is_city, is_place, is_within, lies_in, named
from kg.language.lexicon import plain, words, wordset
from kg.language.rules import pattern
from kg.language.words import tokens
from kg.names.corporate import is_legal
from kg.names.district import Tier, ancestors, tier
from kg.names.mention import is_listed
from kg.text.sentence import Evidence, Kind

_WELL_KNOWN = frozenset({"lexicon.enterprise", "lexicon.organization", "name.listed-firm", "document.again"})
"""What finds names that any text may tell of, wherever it is from: the dictionary, and news of shares."""
_PART = "；"
"""What parts a sentence that tells of one district after the other."""
_RECENT = 1
"""A district of the sentence before may be where a thing is, too."""
PROPER = frozenset({"x", "nz", "nr", "nrt", "nrfg", "ns", "nt", "eng"})
"""Parts of speech of names, and of words that no dictionary knows."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How a document first names a thing, and what found it anywhere."""

    evidence: Evidence
    # A sentence that first names it with a district which neither holds the home nor lies in it tells of that one: 东河区的安达公司;
    # one that names it among those who send their people tells of guests.
    abroad: bool
    rules: frozenset[str]
    pictured: bool
    """Whether a caption names it: a report shows what is its own."""
    alone: bool
    """Whether it is named anywhere but inside of another name."""
    near: str | None
    """The division below the home that this sentence or the one before names last before it."""
    within: str | None
    """The town or zone that the part of the sentence begins with in which it is first named: 青溪镇聚焦…"""


class _Told(NamedTuple):
    """The division that a text has named last, where it lies in the home."""

    key: str | None
    number: int
    """Of the sentence."""
    end: int


def seen_first(document: LinkedDocument, home: str | None) -> dict[str, Seen]:
    """How a document names each thing first; ``home`` is the code of the district it is about."""
    found: dict[str, Seen] = {}
    last = _Told(None, 0, 0)
    for number, item in enumerate(document.sentences):
        for outer, link in ((whole, link) for whole in item.links if not whole.anaphor for link in (whole, *whole.inner)):
            first = found.get(link.key)
            away = first.abroad if first else _is_elsewhere(document, item, link, home)
            evidence = first.evidence if first else item.sentence.evidence(link.mention.begin, link.mention.end)
            rules = (first.rules if first else frozenset()) | {link.mention.rule}
            pictured = (first.pictured if first else False) or item.sentence.kind is Kind.CAPTION
            alone = (first.alone if first else False) or link is outer
            within = first.within if first else _within(document, item, link)
            told = number - _RECENT <= last.number and (
                number > last.number or _PART not in item.sentence.text[last.end : link.mention.begin]
            )
            near = first.near if first else last.key if told else None
            found[link.key] = Seen(evidence, away, rules, pictured, alone, near, within)
            if link.mention.type == "District" and document.entities[link.key].code and link.key != document.home:
                inside = _is_below(document, link.key) and not is_listed(item.sentence.text, link.mention)
                last = _Told(link.key if inside else None, number, link.mention.end)
    return found


def _is_elsewhere(document: LinkedDocument, item: LinkedSentence, link: Link, home: str | None) -> bool:
    """Whether the sentence shows that the thing is not in the home, or not in it alone."""
    return _is_abroad(document, item, link, home) or _is_guest(item.sentence.text, link, home) or _is_around(item, link)


def _is_guest(text: str, link: Link, home: str | None) -> bool:
    """Whether the thing is named among those who have come, sent their people or only deal with the home, or as who ranks places."""
    behind = (pattern("location_subject", name).match(text, link.mention.end) for name in ("guests", "ranker", "contractor"))
    if any(behind) or pattern("location_subject", "from").search(text, 0, link.mention.begin):
        return True
    deals = pattern("location_subject", "deals").match(text, link.mention.end)
    if not deals or not pattern("location_subject", "with").search(text, 0, link.mention.begin):
        return False
    region = opening_region(link.mention.name)
    return region is None or home is None or not is_within(region, home)


def _is_around(item: LinkedSentence, link: Link) -> bool:
    """Whether the thing is a site in which a district lies: 东河县地处|太行峡谷|腹地."""
    if link.mention.type not in ("Place", "Project"):
        return False
    if not pattern("location_subject", "around").search(item.sentence.text[: link.mention.begin]):
        return False
    before = [other for other in item.links if other.mention.end <= link.mention.begin]
    return bool(before) and before[-1].mention.type == "District"


def _within(document: LinkedDocument, item: LinkedSentence, link: Link) -> str | None:
    """The district in the home whose doings the part of the sentence up to ``link`` tells: a town, street or zone, or one with a code."""
    begin = item.sentence.text.rfind(_PART, 0, link.mention.begin) + 1
    opening = pattern("location_subject", "opening").match(item.sentence.text, begin)
    at, told = opening.end() if opening else begin, None
    for other in item.links:
        if other.mention.begin == at and other is not link and other.mention.type == "District" and not other.anaphor:
            at, told = other.mention.end, other.key
    alone = item.sentence.text[at : at + 1] not in wordset("list_mark")
    return told if told and alone and told != document.home and _is_below(document, told) else None


def _is_below(document: LinkedDocument, district: str) -> bool:
    """Whether a district may lie in the home: one without a code, or with one of a part of it."""
    code, home = document.entities[district].code, document.entities[document.home].code if document.home else None
    return not code or (home is not None and lies_in(code, home) and code != home)


def _is_abroad(document: LinkedDocument, item: LinkedSentence, link: Link, home: str | None) -> bool:
    """Whether the district named last before a thing, or else one behind it, neither holds the home nor lies in it."""
    if home is None:
        return False
    near = [(x.mention.begin, x.key) for outer in item.links for x in (outer, *outer.inner) if x.mention.type == "District"]
    codes = [(begin, code) for begin, key in near if (code := document.entities[key].code)]
    before = [code for begin, code in codes if begin < link.mention.begin]
    told = before[-1:] or [code for _, code in codes]
    return not all(are_kin(code, home) for code in told)


def is_inside(document: LinkedDocument, entity: Entity) -> bool:
    """Whether a zone, town or village without a code plausibly lies in the document's home."""
    region = opening_region(entity.name)
    home = document.entities[document.home] if document.home else None
    if region is None or home is None or not home.code:
        return region is None
    return is_within(region, home.code) or (
        lies_in(home.code, region) and divisions()[region].level != "province"
    )  # 海南自由贸易港 is the province's


def belongs(document: LinkedDocument, entity: Entity, seen: Seen, home: str | None) -> bool:
    """Whether a district's report counts the thing as its own: not where its name points elsewhere, nor a mere well-known name."""
    body = entity.type == "Enterprise"
    if seen.abroad or is_place(entity.name) or entity.name in wordset("landmark"):
        return False
    if body and not seen.pictured and (seen.rules <= _WELL_KNOWN or _is_national(entity.name) or _is_foreign(entity.name)):
        return False
    if entity.name.endswith(words("media")) or _is_neighbours(entity.name, home):
        return False
    region, level = opening_region(entity.name), _level(document)
    if level == "province" and not seen.within and not (body and region == home) and not _is_work(entity):
        return False  # too wide a home to be where a thing is, but for the works that it counts
    if level == "prefecture" and not seen.within and not body and not is_proper(entity.name):
        return False  # what many a district of a city has
    small = tier(document.home or "") in (Tier.TOWNSHIP, Tier.VILLAGE)
    if entity.type == "Place" and small and region is not None and home is not None and lies_in(home, region):
        return False  # named after what holds a town, it may be anywhere there: 上海植物园
    if entity.type == "Place" and region is not None and not is_street(entity.name) and not (home and are_kin(region, home)):
        return False  # 天津港 in a report of Beijing
    if not body:  # 哈尔滨大街 may be any town's, but 区图书馆 is of a level
        first = tokens(entity.name)[0].text
        return first not in wordset("level") or first == _holder_level(document)
    if region is None:  # a city's report names guests, that of a county, zone or town its own
        return level != "prefecture" or seen.alone
    wider = home is not None and lies_in(home, region) and (level != "prefecture" or is_legal(entity.name))
    return home is not None and (is_within(region, home) or wider)


def opening_region(name: str) -> str | None:
    """Code of the division that a name begins with, else of the one that it has in brackets: 安达（长春）公司."""
    for size in range(min(len(name) - 1, 8), 1, -1):
        if name[size:] in wordset("settlement"):  # 东河乡 is not of 东河
            continue
        options = [
            d for d in named(name[:size]) if d.name == name[:size] or (d.level != "county" and _is_plain(d))
        ]  # 复兴公园 is not of 复兴区
        provinces = [d for d in options if d.level == "province"]  # 海南 is no prefecture of 青海
        if provinces:
            inner = opening_region(name[size:])
            return inner if inner and lies_in(inner, provinces[0].code) else provinces[0].code
        if options:
            return options[0].code if len(options) == 1 else None
    seat = pattern("location_subject", "seat").search(name)
    seats = named(seat["place"]) if seat else ()
    return seats[0].code if len(seats) == 1 else None


def _is_plain(division: Division) -> bool:
    """Whether the short name of a division is no word of another meaning: 朝阳学校 is not of 朝阳市."""
    return division.short not in wordset("ambiguous_place")


def is_street(name: str) -> bool:
    """Whether it is called as roads, railways and rivers are, which bear the names of towns far away."""
    return pattern("location_subject", "street").search(name) is not None


def is_singular(entity: Entity) -> bool:
    """Whether the name of a project holds a proper noun or a number, or is a park's: 民生项目 may be any."""
    names = (entity.name, *entity.aliases)
    if entity.type != "Project" or any(name.endswith(words("park")) for name in names):
        return True
    return any(is_proper(name) or any(token.text.isdecimal() for token in tokens(name)) for name in names)


def _is_work(entity: Entity) -> bool:
    """Whether it is one project by its name, and none that is abroad."""
    return entity.type == "Project" and is_singular(entity) and not _is_foreign(entity.name)


def is_proper(name: str) -> bool:
    """Whether a name holds a proper noun."""
    return any(token.tag in PROPER for token in tokens(name))


def _is_neighbours(name: str, home: str | None) -> bool:
    """Whether a name begins with that of another district of the same city or prefecture."""
    if home not in divisions():
        return False
    around = (d for size in range(2, min(len(name), 8)) for d in named(name[:size]) if d.parent == divisions()[home].parent)
    return any(division.code != home for division in around)


def _is_national(name: str) -> bool:
    return name.startswith(words("national")) or (name.startswith(words("state")) and name.endswith(words("office")))


def _is_foreign(name: str) -> bool:
    """Whether a name holds that of another country: 韩国|安达集团."""
    return any(token.text in plain("country") - wordset("nation") for token in tokens(name))


def _level(document: LinkedDocument) -> str | None:
    """Level of the home; None for a zone, town or village. A province that is a city, 重庆市, is no wider than a prefecture."""
    code = document.entities[document.home].code if document.home else None
    return None if not code else "prefecture" if is_city(code) else divisions()[code].level


def _holder_level(document: LinkedDocument) -> str | None:
    """The class character of the home's name: 区, 县, 镇; None without a home or where it has none."""
    last = document.entities[document.home].name[-1] if document.home else ""
    return last if last in wordset("level") else None


def home_code(document: LinkedDocument) -> str | None:
    """Code of the home; of a zone, town or village that of the division its name begins with, or else that the document is about."""
    home = document.entities[document.home] if document.home else None
    return (home.code or opening_region(home.name) or _surroundings(document)) if home else None


def _surroundings(document: LinkedDocument) -> str | None:
    """Code of the one division that a document names, but for those that hold it."""
    codes = {entity.code for entity in document.entities.values() if entity.code}
    lowest = max(codes, key=lambda code: (len(ancestors(code)), code), default=None)
    return lowest if lowest and all(code == lowest or lies_in(lowest, code) for code in codes) else None
