"""Linking: the mentions of one document tied to the things they name."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from itertools import product
from typing import NamedTuple

from kg.facts.entity import Entity, Link, LinkedDocument, LinkedSentence
from kg.facts.event import event_stem
from kg.home import Home, home_of
from kg.language.gazetteer import divisions, is_place, lies_in
from kg.language.lexicon import alternation, words
from kg.language.period import periods
from kg.language.quantity import quantities
from kg.language.rules import load
from kg.language.words import Token, tokens
from kg.names.corporate import bare as legal_stem
from kg.names.corporate import is_legal, short_for
from kg.names.definition import bracketed, definitions
from kg.names.district import Tier, Zone, country_key, district_key, may_lie_in, tier, zone
from kg.names.head import is_head
from kg.names.industry import industry_stem
from kg.names.mention import Mention, own_name
from kg.names.organ import organ_key
from kg.names.programme import programme_stem
from kg.recognition import Recognized
from kg.text.document import Document

_OWN = frozenset({"Organization", "Project", "Place", "Programme", "Event"})
"""Classes whose names may carry the home district in front or leave it out."""


_DESCRIBED = frozenset({"Organization", "Project", "Place"})
"""Classes of things that a later sentence may call by the noun that their names end in."""
_SITES = frozenset({"District", "Project", "Place"})
"""Classes that one and the same site may have, by what is told of it."""
_CENTRAL = frozenset({"Enterprise", "Project"})
"""Classes of which a sentence speaks of the one that it begins with."""
_NAMED_AFTER = frozenset({"Project", "Place"})
"""Classes of things whose names may bear a village without speaking of it."""
_TELLING = 5
"""Characters of a body's name that hardly two bodies of a document end in."""
_SINGULAR = 5
"""Characters of a site's name that tell it from others without the district in front."""
_RECENT = 4
"""Sentences for which a thing may be called so."""
_NOUN = 2
"""Characters that tell events apart by what they are called: 大会, 论坛."""


class _Told(NamedTuple):
    """A thing that a document has named."""

    name: str
    type: str
    key: str
    sentence: int


def link(document: Document, recognized: Sequence[Recognized]) -> LinkedDocument:
    """Group the mentions into entities, find the home district, resolve stand-ins, read quantities and periods."""
    found = [found.mentions for found in recognized]
    types = _settled_types(found)
    found = _without_idle_villages([tuple(_settled(mention, types) for mention in mentions) for mentions in found])
    inner = [tuple(m for mention in mentions for m in mention.inner) for mentions in found]
    home = home_of(document, [item.sentence.text for item in recognized], found)
    keys = _keys([*found, *inner], home, _defined(recognized, found))
    _join_bracketed(keys, recognized, found, home)
    entities = _entities([*found, *inner], keys, home)
    if home.key and document.metadata.home:  # a home that was given may go unnamed in the text
        entities.setdefault(home.key, _entity(home.key, "District", Counter([document.metadata.home])))
    if home.key == country_key():
        entities[home.key] = _country(recognized)
    published = document.metadata.published
    sentences: list[LinkedSentence] = []
    last: dict[str, str] = {}
    told: list[_Told] = []
    for number, (item, mentions) in enumerate(zip(recognized, found, strict=True)):
        text = item.sentence.text
        recent = [thing for thing in told if number - thing.sentence <= _RECENT]
        links = _links(text, mentions, keys, entities, home, last, recent)
        last.update(_spoken_of(text, links))
        told += [_Told(link.mention.name, link.mention.type, link.key, number) for link in links if link.mention.type in _DESCRIBED]
        sentences.append(LinkedSentence(item.sentence, links, quantities(text), periods(text, published)))
    return LinkedDocument(document, home.key, entities, tuple(sentences), home.reports)


def _settled_types(found: Sequence[tuple[Mention, ...]]) -> Mapping[str, str]:
    """One class for each name: the one that the mentions speak for most strongly."""
    votes: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for mentions in found:
        for mention in mentions:
            for thing in (mention, *mention.inner):
                votes[thing.name][thing.type] += thing.score
    built = {stem(name, "Project") for name, counts in votes.items() if "Project" in counts}
    return {name: _settled_type(name, counts, built) for name, counts in votes.items()}


def _settled_type(name: str, counts: Mapping[str, float], built: Set[str]) -> str:
    """The class with the most votes; a park that is an area, or a site that is ``built``, anywhere in the document is one everywhere."""
    if "District" in counts and set(counts) <= _SITES and ("Project" in counts or name.endswith(words("park"))):
        return "District"
    if set(counts) <= _SITES - {"District"} and any(name == project or _ends_alike(name, project) for project in built):
        return "Project"
    return min(counts, key=lambda t: (-counts[t], t))


def _settled(mention: Mention, types: Mapping[str, str]) -> Mention:
    things = (mention, *mention.inner)
    if all(types[thing.name] == thing.type for thing in things):
        return mention
    return replace(mention, type=types[mention.name], inner=tuple(replace(m, type=types[m.name]) for m in mention.inner))


def _without_idle_villages(found: Sequence[tuple[Mention, ...]]) -> list[tuple[Mention, ...]]:
    """The mentions without the villages of which the document knows but what is named after them: 蓝村路, 相古村温室项目."""
    spoken_of = {mention.name for mentions in found for mention in mentions}
    return [tuple(_without_village(m, spoken_of) if m.type in _NAMED_AFTER else m for m in mentions) for mentions in found]


def _without_village(mention: Mention, spoken_of: Collection[str]) -> Mention:
    idle = [m for m in mention.inner if m.type == "District" and tier(m.name) is Tier.VILLAGE and m.name not in spoken_of]
    return replace(mention, inner=tuple(m for m in mention.inner if m not in idle)) if idle else mention


# --- canonical names --------------------------------------------------------------------------------------------------


@cache
def _class_word() -> re.Pattern[str]:
    return re.compile(f"(?:(?<=..)(?:{alternation('programme_class')}|{alternation('class_word')}))+$")


def stem(name: str, type: str) -> str:
    """The part of a name that its variants share: without class word or corporate form, quotes and brackets."""
    bare = re.sub(r"[“”‘’《》\s]", "", name)
    if type == "Enterprise":
        return legal_stem(bare)
    if type == "Industry":
        return industry_stem(bare)
    if type in ("Programme", "Project", "Event"):
        return _class_word().sub("", bare) or bare
    return bare


def _bare(name: str, home: Home) -> str:
    """The name without the home district (and what holds it) in front."""
    for own in home.names:
        if name.startswith(own) and len(name) - len(own) >= 2:
            return _bare(name[len(own) :], home)
    return name


def _own(mention: Mention) -> str:
    """A site's name without the districts in front, where the rest tells it from others: 柳河县东岭镇|五星蓝莓园."""
    own = own_name(mention)
    return own if len(own) >= _SINGULAR and not is_head(own) else mention.name


def _key(mention: Mention, home: Home) -> str:
    if mention.type == "District":
        return district_key(mention.name, home.codes, home.key)
    if mention.type == "Organization":
        return organ_key(mention.name, home.lineage)
    if mention.type == "Programme":
        name = programme_stem(mention)
    else:
        name = event_stem(mention) if mention.rule.startswith("event.plenary") else stem(mention.name, mention.type)
    if mention.type in _OWN:
        name = _bare(name, home)
    return f"{mention.type}/{name}"


def _defined(recognized: Sequence[Recognized], found: Sequence[tuple[Mention, ...]]) -> dict[tuple[str, str], str]:
    """For each (class, name) that the text gives one thing besides its own, that thing's name."""
    meant: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for item, mentions in zip(recognized, found, strict=True):
        for mention, name in definitions(item.sentence.text, mentions):
            meant[mention.type, name].add(mention.name)
    return {short: min(full) for short, full in meant.items() if len(full) == 1}


def _keys(found: Sequence[tuple[Mention, ...]], home: Home, defined: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """The key of each (class, name); what is ``defined`` means that and nothing else that it may be short for."""
    keys: dict[tuple[str, str], str] = {}
    for mentions in found:
        for mention in mentions:
            keys[mention.type, mention.name] = _key(mention, home)
    meant = {keys[named]: keys[named[0], full] for named, full in defined.items() if named in keys}
    keys = {named: meant.get(key, key) for named, key in keys.items()}
    registered = {stem(name, type) for type, name in keys if type == "Enterprise" and is_legal(name)}
    _join_short(keys, "Enterprise", lambda short, full: short_for(short, full, {short, full} <= registered) is not None)
    for type in ("Place", "Project", "Event"):
        _join_short(keys, type, _ends_alike)
    _join_short(keys, "Organization", _ends_body)
    _join_zones(keys)
    return keys


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


def _ends_alike(short: str, full: str) -> bool:
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


# --- entities and links -----------------------------------------------------------------------------------------------


def _entities(found: Sequence[tuple[Mention, ...]], keys: Mapping[tuple[str, str], str], home: Home) -> dict[str, Entity]:
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    types: dict[str, str] = {}
    for mentions in found:
        for before, mention in zip((None, *mentions), mentions, strict=False):
            key = keys[mention.type, mention.name]
            types.setdefault(key, mention.type)
            forms[key][mention.name] += 1
            for form in mention.forms:
                forms[key][form] += 1
            if mention.type in ("Place", "Project") and mention.rule.startswith("name."):
                forms[key][_bare(mention.name, home)] += 1
                forms[key][_own(mention)] += 1
            if before and before.type == mention.type == "District" and before.end == mention.begin and _nests(before, mention, keys):
                forms[key][before.name + mention.name] += 1
    return {key: _entity(key, types[key], counts) for key, counts in sorted(forms.items())}


def _nests(outer: Mention, inner: Mention, keys: Mapping[tuple[str, str], str]) -> bool:
    return may_lie_in(keys[inner.type, inner.name], keys[outer.type, outer.name])


def _entity(key: str, type: str, counts: Counter[str]) -> Entity:
    code = key.removeprefix("District/")
    own = divisions()[code].short if code in divisions() else ""
    name = min(counts, key=lambda form: (own not in form, -len(form), form))
    aliases = tuple(sorted(form for form in counts if form != name))
    if type != "District":
        return Entity(key, type, name, aliases)
    if code in divisions():
        return Entity(key, type, name, aliases, "AdministrativeDivision", code)
    return Entity(key, type, name, aliases, "DevelopmentZone" if zone(name) else "AdministrativeDivision")


def _links(
    text: str,
    mentions: tuple[Mention, ...],
    keys: Mapping[tuple[str, str], str],
    entities: Mapping[str, Entity],
    home: Home,
    last: dict[str, str],
    recent: Sequence[_Told],
) -> tuple[Link, ...]:
    """Links of the mentions and of the stand-ins between them; ``last`` carries the latest thing of each class along."""
    links: list[Link] = []
    stood_for = [m for m in _anaphors(text, mentions) if _means_home(m, home)]
    described = dict(_described(text, [*mentions, *stood_for], recent))
    for item in sorted([*mentions, *stood_for, *described], key=lambda m: m.begin):
        anaphor = item.rule.startswith(("anaphor.", "description."))
        key = described.get(item) or (
            _antecedent(item, home, last, _heads(text, links, item, entities)) if anaphor else keys[item.type, item.name]
        )
        if key and key in entities:
            inner = tuple(Link(m, keys[m.type, m.name]) for m in item.inner)
            links.append(Link(item, key, anaphor, inner))
            last[item.type] = key
            if item.type == "District":
                last[_level(key, entities[key].name)] = key
            if item.type == "Event":
                last[item.name[-_NOUN:]] = key
    return tuple(links)


def _spoken_of(text: str, links: Sequence[Link]) -> Iterator[tuple[str, str]]:
    """The firm or project that a sentence begins with, which later stand-ins mean and not the one it names last, with its class."""
    first = next((link for link in links if link.mention.type != "District"), None)
    if first and first.mention.type in _CENTRAL and _begins_clause(text, first):
        yield first.mention.type, first.key


def _anaphors(text: str, mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    rules = load("anaphor").possible(text)
    taken = {offset for mention in mentions for offset in range(mention.begin, mention.end)} if rules else set()
    for rule in rules:
        for match in rule.pattern.finditer(text):
            if match.end() > match.start() and taken.isdisjoint(range(*match.span())):
                yield Mention(match.start(), match.end(), rule.output, match.groupdict().get("level") or match[0], rule.name)
                taken.update(range(*match.span()))


def _described(text: str, taken: Sequence[Mention], recent: Sequence[_Told]) -> Iterator[tuple[Mention, str]]:
    """Descriptions by the noun that a name ends in (该中心, 交易中心), each with the key of the thing named so last."""
    covered = {offset for mention in taken for offset in range(mention.begin, mention.end)}
    following = tokens(text).begins if recent else {}
    for rule in load("description"):
        for match in rule.pattern.finditer(text) if recent else ():
            begin, least = match.start("noun"), int(rule.value)
            alone = [end for end in range(match.end("noun"), begin + least - 1, -1) if end in following and not _is_noun(following[end])]
            fits = ((end, thing) for end in alone for thing in reversed(recent) if _ends_in(thing.name, text[begin:end]))
            end, thing = next(fits, (0, None))
            if thing and covered.isdisjoint(range(match.start(), end)):
                yield Mention(match.start(), end, thing.type, text[begin:end], rule.name), thing.key
                covered.update(range(match.start(), end))


def _is_noun(token: Token) -> bool:
    """Whether a word makes one noun with a noun before it, which then is no longer that thing."""
    return token.tag[0] == "n"


def _ends_in(name: str, noun: str) -> bool:
    return len(noun) < len(name) and name.endswith(noun)


def _heads(text: str, links: Sequence[Link], item: Mention, entities: Mapping[str, Entity]) -> Iterator[str]:
    """Keys of the districts that the words before a stand-in speak of: the one named right before it, the one whose organ begins a clause.

    南通全市; 武汉市统计局发布数据，全市……
    """
    touching = [link for link in links[-1:] if link.mention.end == item.begin]
    acting = [inner for link in links if link.mention.type == "Organization" and _begins_clause(text, link) for inner in link.inner]
    for link in (*touching, *reversed(acting)):
        code = entities[link.key].code if link.mention.type == "District" and link.key in entities else None
        if code and divisions()[code].name.endswith(item.name):
            yield link.key


def _begins_clause(text: str, link: Link) -> bool:
    return not text[: link.mention.begin].rstrip()[-1:].isalnum()


_OWN_ZONE = "anaphor.own-zone"
"""The rule of the words that a zone's own report calls it by."""


_COUNTRY = "anaphor.country"
"""The rule of the words for the country, which only a national report tells of."""


def _means_home(item: Mention, home: Home) -> bool:
    """Whether a word that means some homes only means this one."""
    if item.rule == _COUNTRY:
        return home.key == country_key()
    return item.rule != _OWN_ZONE or _is_called(home, item.name)


def _country(recognized: Sequence[Recognized]) -> Entity:
    """The country, which is called by its name whatever the document calls it."""
    name, *others = words("nation")
    forms = [word for word in others if any(word in item.sentence.text for item in recognized)]
    return Entity(country_key(), "District", name, tuple(sorted(forms)), "AdministrativeDivision")


def _is_called(home: Home, word: str) -> bool:
    """Whether the home is a zone that a word for such zones means: 新区 of 临江新区."""
    return any(name.endswith(word) and zone(name) for name in home.names)


_THAT = "anaphor.that-district"
"""The rule of the stand-ins that mean the district of their level that was named last."""


def _antecedent(item: Mention, home: Home, last: Mapping[str, str], heads: Iterator[str]) -> str | None:
    """The key of the thing that a stand-in means."""
    if item.type != "District":
        return last.get(item.name[-_NOUN:], last.get(item.type)) if item.type == "Event" else last.get(item.type)
    if key := next(heads, None):
        return key
    if item.rule == _THAT and item.name in last:
        return last[item.name]
    if len(item.name) > 1:
        return home.key
    holder = next((holder.key for holder in home.lineage if holder.level == item.name), None)
    inside = last.get(item.name)  # 全区 in a city's report, of the district that was named last
    return inside if inside and holder != home.key and _lies_in(inside, home.key or country_key()) else holder


def _lies_in(key: str, home: str) -> bool:
    """Whether the district of a key lies in another's by the table; all of the table lies in the country."""
    code = key.removeprefix("District/")
    return code in divisions() and (home == country_key() or lies_in(code, home.removeprefix("District/")))


def _level(key: str, name: str) -> str:
    """The last character of a district's full name, which tells its level."""
    division = divisions().get(key.removeprefix("District/"))
    return (division.name if division else name)[-1:]
