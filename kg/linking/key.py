"""Keys: which names of a document mean one thing."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import product

from kg.facts.event import event_stem
from kg.home import Home
from kg.language.gazetteer import divisions, is_place
from kg.language.lexicon import alternation, words
from kg.names.corporate import bare as legal_stem
from kg.names.corporate import is_legal, short_for
from kg.names.definition import bracketed, definitions
from kg.names.district import Zone, district_key, zone
from kg.names.industry import industry_stem
from kg.names.mention import Mention
from kg.names.organ import organ_key
from kg.names.programme import programme_stem
from kg.recognition import Recognized

Keys = Mapping[tuple[str, str], str]
"""The key of each thing by class and name."""

_OWN = frozenset({"Organization", "Project", "Place", "Programme", "Event"})
"""Classes whose names may carry the home district in front or leave it out."""
_TELLING = 5
"""Characters of a body's name that hardly two bodies of a document end in."""


def keys_of(recognized: Sequence[Recognized], found: Sequence[tuple[Mention, ...]], home: Home) -> Keys:
    """The keys of all that a document names, in its mentions (``found``) and within them; what it defines means that and nothing else."""
    keys = {(m.type, m.name): _key(m, home) for mentions in with_inner(found) for m in mentions}
    meant = {keys[named]: keys[named[0], full] for named, full in _defined(recognized, found).items() if named in keys}
    keys = {named: meant.get(key, key) for named, key in keys.items()}
    registered = {stem(name, type) for type, name in keys if type == "Enterprise" and is_legal(name)}
    _join_short(keys, "Enterprise", lambda short, full: short_for(short, full, {short, full} <= registered) is not None)
    for type in ("Place", "Project", "Event"):
        _join_short(keys, type, ends_alike)
    _join_short(keys, "Organization", _ends_body)
    _join_zones(keys)
    _join_bracketed(keys, recognized, found, home)
    return keys


def with_inner(found: Sequence[tuple[Mention, ...]]) -> list[tuple[Mention, ...]]:
    """The mentions of each sentence, and behind all of them those that others begin with."""
    return [*found, *(tuple(inner for mention in mentions for inner in mention.inner) for mentions in found)]


def _defined(recognized: Sequence[Recognized], found: Sequence[tuple[Mention, ...]]) -> dict[tuple[str, str], str]:
    """For each (class, name) that the text gives one thing besides its own, that thing's name."""
    meant: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for item, mentions in zip(recognized, found, strict=True):
        for mention, name in definitions(item.sentence.text, mentions):
            meant[mention.type, name].add(mention.name)
    return {short: min(full) for short, full in meant.items() if len(full) == 1}


def _key(mention: Mention, home: Home) -> str:
    """What all names of one thing share, by the home that some of them leave out."""
    if mention.type == "District":
        return district_key(mention.name, home.codes, home.key)
    if mention.type == "Organization":
        return organ_key(mention.name, home.lineage)
    if mention.type == "Programme":
        name = programme_stem(mention)
    else:
        name = event_stem(mention) if mention.rule.startswith("event.plenary") else stem(mention.name, mention.type)
    if mention.type in _OWN:
        name = bare(name, home)
    return f"{mention.type}/{name}"


@cache
def _class_word() -> re.Pattern[str]:
    return re.compile(f"(?:(?<=..)(?:{alternation('programme_class')}|{alternation('class_word')}))+$")


def stem(name: str, type: str) -> str:
    """The part of a name that its variants share: without class word or corporate form, quotes and brackets."""
    plain = re.sub(r"[“”‘’《》\s]", "", name)
    if type == "Enterprise":
        return legal_stem(plain)
    if type == "Industry":
        return industry_stem(plain)
    if type in ("Programme", "Project", "Event"):
        return _class_word().sub("", plain) or plain
    return plain


def bare(name: str, home: Home) -> str:
    """The name without the home district (and what holds it) in front."""
    for own in home.names:
        if name.startswith(own) and len(name) - len(own) >= 2:
            return bare(name[len(own) :], home)
    return name


def _join_short(keys: dict[tuple[str, str], str], type: str, fits_in: Callable[[str, str], bool]) -> None:
    """Give a short form the key of the one full name that it abbreviates, as the text calls them; one that fits two stays by itself."""
    called: defaultdict[str, set[str]] = defaultdict(set)
    for (kind, name), key in keys.items():
        if kind == type:
            own = key.removeprefix(f"{type}/")
            called[own] |= {own, stem(name, type)}
    names = sorted(called, key=lambda n: (-len(n), n))
    joined: dict[str, str] = {}
    for short in names:
        fits = [full for full in names if len(full) > len(short) and any(fits_in(*pair) for pair in product(called[short], called[full]))]
        roots = {joined.get(full, full) for full in fits}
        if len(roots) == 1:
            joined[short] = roots.pop()
    for pair, key in keys.items():
        if pair[0] == type:
            name = key.removeprefix(f"{type}/")
            keys[pair] = f"{type}/{joined.get(name, name)}"


def ends_alike(short: str, full: str) -> bool:
    """Whether a site's or an event's name is the end of another: 吾悦广场 of 新城吾悦广场, 采摘节 of 首届青溪采摘节."""
    return len(short) >= 4 and full.endswith(short)


def _ends_body(short: str, full: str) -> bool:
    """Whether a body's name is the end of another: 青年创业联盟 of 云岭青年创业联盟, or all of it but its place: 财政部 of 中国财政部."""
    before = full.removesuffix(short)
    return before != full and (len(short) >= _TELLING or before in words("nation") or is_place(before))


def _join_zones(keys: dict[tuple[str, str], str]) -> None:
    """A zone named without its place (经开区) is the one of its kind that the document names in full."""
    full: defaultdict[str, set[str]] = defaultdict(set)
    for (kind, name), key in keys.items():
        parts = zone(name)
        if kind == "District" and parts and parts.core:
            full[parts.kind].add(key)
    for pair in keys:
        parts = zone(pair[1])
        if pair[0] == "District" and parts == Zone("", parts.kind if parts else "") and parts and len(full[parts.kind]) == 1:
            (keys[pair],) = full[parts.kind]


def _join_bracketed(
    keys: dict[tuple[str, str], str], recognized: Sequence[Recognized], found: Sequence[tuple[Mention, ...]], home: Home
) -> None:
    """A zone and the district in brackets beside it are one administration: 金东区（金义新区）. The home keeps its key."""
    for item, mentions in zip(recognized, found, strict=True):
        for before, mention in bracketed(item.sentence.text, mentions):
            zones = [parts for parts in (zone(before.name), zone(mention.name)) if parts and parts.core]
            if mention.type == "District" and zones:
                pair = sorted(("District", m.name) for m in (before, mention))
                first, other = sorted(pair, key=lambda named: keys[named].removeprefix("District/") not in divisions())
                if keys[other] != home.key:
                    keys[other] = keys[first]
