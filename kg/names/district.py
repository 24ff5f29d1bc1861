"""Districts: which division or zone a name means, and what holds it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import cache, lru_cache
from typing import NamedTuple

from kg.language.gazetteer import Division, divisions, is_within, lies_in, named, short_form, town_counties
from kg.language.lexicon import alternation, rows, words, wordset
from kg.language.rules import pattern
from kg.language.words import tokens

_ZONE_MARK = "_"
"""What keys of zones have between place and kind."""
_LONGEST = 15
"""No division's name is longer."""
_PROPER = frozenset({"x", "nz", "nr", "nrt", "nrfg", "ns"})
"""Parts of speech of names, and of words that no dictionary knows."""
_RANK = {"county": 1.0, "prefecture": 0.6, "province": 0.3}
"""A county named as often as its province is what the document is about."""


class _ZoneKind(NamedTuple):
    word: str
    kind: str


@cache
def _zone() -> re.Pattern[str]:
    return re.compile(f"(?P<core>.*?)(?P<kind>{alternation('zone_kind')})$")


@cache
def _kinds() -> dict[str, str]:
    return {row.word: row.kind for row in rows("zone_kind", _ZoneKind)}


@dataclass(frozen=True, slots=True)
class Zone:
    """A functional zone's name taken apart: 长春经开区 and 长春经济技术开发区 are both (长春, 经开区)."""

    core: str
    kind: str


@lru_cache(maxsize=4096)
def zone(name: str) -> Zone | None:
    """The parts of a zone's name; None where it is no zone's."""
    match = _zone().match(_plain(name))
    if not match:
        return None
    return Zone(_shortened(match["core"]), _kinds()[match["kind"]])


def _plain(name: str) -> str:
    """The name of a free trade zone without the country and the brackets: 中国（重庆）自由贸易试验区."""
    national = pattern("district", "national").match(name)
    return national["place"] + name[national.end() :] if national else name


class _Region(NamedTuple):
    word: str
    region: str


@cache
def _regions() -> dict[str, str]:
    """Parts of the country that are no division, by every name: 长三角 is 长三角地区."""
    return {row.word: row.region for row in rows("region", _Region)}


class _ListedZone(NamedTuple):
    name: str
    kind: str
    code: str


@cache
def _listed() -> dict[Zone, str]:
    """Codes of the divisions that hold the zones of the table."""
    parts = ((zone(row.name), row.code) for row in rows("zone", _ListedZone))
    return {known: code for known, code in parts if known and known.core}


def holder(name: str, context: Sequence[str]) -> Division | None:
    """The division that holds a zone or town: what the tables say of it, else the division that its name begins with."""
    parts = zone(name)
    if parts is None:
        return _county(name, context)
    if parts in _listed():
        return divisions()[_listed()[parts]]
    held, _ = placed(name, context)
    return held[-1] if held else resolve(parts.core, context)


def is_known(name: str) -> bool:
    """Whether a table has the district of a name, be it of one meaning or of several."""
    held, rest = placed(name, ())
    return bool(named(name) or (held and not rest) or town_counties(rest)) or zone(name) in _listed()


def _county(name: str, context: Sequence[str]) -> Division | None:
    """The county of a town: the one that its name begins with, or the only one in the context that has a town so called."""
    held, rest = placed(name, context)
    around = (held[-1].code,) if held else context
    near = [code for code in town_counties(rest) if any(is_within(code, place) for place in around)]
    return divisions()[near[0]] if len(near) == 1 else None


def placed(name: str, context: Sequence[str]) -> tuple[tuple[Division, ...], str]:
    """The divisions that a name begins with, each in the one before it, and what remains: 浙江, 桐乡 and 乌镇; 临淄区 and 金山工业园.

    A short form of a county opens no name: 复兴街道 is not of 复兴区.
    """
    held: list[Division] = []
    rest, full = name, False
    while step := _step(rest, held, context):
        division, size = step
        held.append(division)
        full = full or rest[:size] == division.name
        rest = rest[size:]
    street = len(held) == 1 and not full and rest.endswith(words("settlement"))  # 南京东路街道 is not in 南京 for its name
    return ((), name) if street else (tuple(held), rest)


def city_before(name: str) -> str:
    """The division in front of a zone that has a name of its own besides: 南京 of 南京建邺高新区; empty for 长春经开区."""
    held, rest = placed(name, ())
    parts = zone(rest) if held else None
    own = parts is not None and (parts in _listed() or any(lies_in(division.code, held[-1].code) for division in named(parts.core)))
    return name.removesuffix(rest) if own else ""


def _step(rest: str, held: Sequence[Division], context: Sequence[str]) -> tuple[Division, int] | None:
    """The division whose name ``rest`` begins with, and the length of that name; a class word must not be all that remains."""
    for size in range(min(len(rest), _LONGEST), 1, -1):
        word, remains = rest[:size], rest[size:]
        if len(remains) == 1 or remains in wordset("settlement") or remains in _kinds():
            continue
        if held:
            found = next((option for option in named(word) if lies_in(option.code, held[-1].code)), None)
        else:
            found = _bearer(word, context)
            found = None if found and found.level == "county" and word != found.name else found
        if found:
            return found, size
    return None


def _shortened(core: str) -> str:
    """Every division in the core by its short form, only the lowest kept: 长春市绿园 → 绿园."""
    rest = core
    for size in range(len(core), 1, -1):
        if named(core[:size]):
            rest = core[size:]
            return _shortened(rest) if rest else short_form(core[:size])
    return rest


def resolve(name: str, context: Sequence[str]) -> Division | None:
    """The division that ``name`` means, alone or behind the names of those that hold it: 浦东新区, 上海浦东新区.

    ``context`` holds codes of divisions the document is known to speak of, the surest first: a name that several
    divisions bear is the one that lies in, holds, or is next to one of them.
    """
    if division := _bearer(name, context):
        return division
    held, rest = placed(name, context)
    return held[-1] if held and not rest else None


def _bearer(name: str, context: Sequence[str]) -> Division | None:
    """The division that bears ``name`` itself."""
    options = _widest(named(name), name)
    provinces = [option for option in options if option.level == "province"]  # 河北 is never the 河北区 of 天津
    if provinces or len(options) < 2:
        return (*provinces, *options)[0] if options else None
    for code in context:
        same = [option for option in options if option.code == code]
        inside = [option for option in options if lies_in(option.code, code)]
        around = [option for option in options if lies_in(code, option.code)]
        if close := [*same, *inside, *around]:
            return close[0]
    full = [option for option in options if option.name == name]
    ranked = sorted(full or options, key=lambda o: (_RANK[o.level], o.code))
    return ranked[0] if len(ranked) == 1 or _RANK[ranked[0].level] < _RANK[ranked[1].level] else None


def _widest(options: Sequence[Division], name: str) -> list[Division]:
    """The options without those that lie in another one and do not bear the very name: 长沙 is the city and not 长沙县."""
    return [o for o in options if o.name == name or not any(lies_in(o.code, other.code) for other in options)]


def is_plausible(name: str) -> bool:
    """Whether a zone, town or village that no table knows is named like one: by a word that is no common noun, or after a division.

    京东 and 花园 are names of 社区 only where something besides says so, though 大桥 is one of a 街道; 国家级开发区 names none, and 长三角
    is no district that a county holds.
    """
    if name in _regions() or pattern("district", "region").search(name):
        return False
    held, rest = placed(name, ())
    if town_counties(rest):
        return True
    parts = zone(rest)
    class_word = next((word for word in words("settlement") if rest.endswith(word)), None)
    if parts in _listed() or (parts is None and class_word is None):
        return True
    core = parts.core if parts else rest.removesuffix(class_word or "")
    if held and (parts is not None or len(core) > 1):
        return True
    if class_word in wordset("township") and 1 < len(core) < 4 and not core.endswith(words("town_quality")):
        return True
    told = tokens(core)
    foreign = any(token.text in wordset("country") or token.text in wordset("enterprise") for token in told)
    described = core.endswith(words("town_quality")) or rest.startswith(words("national"))
    return len(core) > 1 and not foreign and not described and any(token.tag in _PROPER for token in told)


class Tier(IntEnum):
    """How wide a district is, the widest first."""

    PROVINCE = auto()
    PREFECTURE = auto()
    COUNTY = auto()
    TOWNSHIP = auto()
    VILLAGE = auto()


def tier(key: str) -> Tier | None:
    """The tier of the district of a key; None for a zone, which may be of any."""
    name = key.removeprefix("District/")
    if name in divisions():
        return Tier[divisions()[name].level.upper()]
    if _ZONE_MARK in name or not name.endswith(words("settlement")):
        return None
    return Tier.TOWNSHIP if name.endswith(words("township")) else Tier.VILLAGE


def may_lie_in(inner: str, outer: str) -> bool:
    """Whether the district of a key may lie in another's: 淮安盐城 are two, and no town holds a town or a division of the table."""
    held, holding = inner.removeprefix("District/"), outer.removeprefix("District/")
    if held in divisions():
        return lies_in(held, holding) if holding in divisions() else _ZONE_MARK in holding
    lower, upper = tier(inner), tier(outer)
    if lower and upper:
        return upper < lower or lower is Tier.VILLAGE
    core = held.partition(_ZONE_MARK)[0] if holding in divisions() else ""
    places = [place for place in named(core) if place.level != "county" or place.name == core]  # 江北新区 is not of 江北区
    return not places or any(lies_in(place.code, holding) or lies_in(holding, place.code) for place in places)


def unambiguous(names: Iterable[str]) -> tuple[str, ...]:
    """Codes of the divisions that names mean by themselves, the most frequent first: the context for the others."""
    counts: Counter[str] = Counter()
    for name in names:
        options = _widest(named(name), name)
        if len(options) == 1:
            counts[options[0].code] += 1
    return tuple(code for code, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def rank(division: Division | None, name: str) -> float:
    """How much one mention counts when asking which district a document is about: zones and towns like counties, regions and common
    nouns nothing.
    """
    if division:
        return _RANK[division.level]
    return 1.0 if name in _kinds() or is_plausible(name) else 0.0


def meanings(name: str) -> tuple[Division, ...]:
    """The divisions that a name may mean where nothing else tells; none where it means one by itself, or no table has it."""
    return () if resolve(name, ()) else tuple(_widest(named(name), name))


def ancestors(code: str) -> tuple[Division, ...]:
    """The divisions that hold ``code``, the nearest first."""
    found = []
    while code in divisions() and (code := divisions()[code].parent):
        found.append(divisions()[code])
    return tuple(found)


def district_key(name: str, codes: Sequence[str], home: str | None) -> str:
    """The key of the district that ``name`` means: its division code, or for a zone the place and kind."""
    division = resolve(name, codes)
    if division:
        return f"District/{division.code}"
    if name in _regions():
        return f"District/{_regions()[name]}"
    parts = zone(name)
    if parts is None:
        return _unlisted_key(name, codes)
    if not parts.core and home and home.endswith(f"_{parts.kind}"):
        return home
    return f"District/{parts.core}_{parts.kind}"


def country_key() -> str:
    """The key of the country, which holds every division and is the home of national reports."""
    return f"District/{words('nation')[0]}"


def _unlisted_key(name: str, codes: Sequence[str]) -> str:
    """The key of a town or village, or of a division that cannot be told from others of its name."""
    shared = {division.name for division in named(name)}
    if len(shared) == 1:
        return f"District/{shared.pop()}"
    held, rest = placed(name, codes)
    return f"District/{held[-1].code}" if held and not rest else f"District/{_past_county(rest, codes)}"


def _past_county(name: str, codes: Sequence[str]) -> str:
    """The name of a town or village without the short name of a county that the document speaks of: 义乌|苏溪镇."""
    short = next((d.short for code in codes if (d := divisions()[code]).level == "county" and name.startswith(d.short)), "")
    return name.removeprefix(short) if short and pattern("district", "own").fullmatch(name, len(short)) else name
