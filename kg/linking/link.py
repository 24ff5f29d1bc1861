"""Linking: the mentions of one document tied to the things they name."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.facts.entity import Entity, Link, LinkedDocument, LinkedSentence
from kg.home import Home, home_of, housed
from kg.language.gazetteer import divisions
from kg.language.lexicon import words
from kg.language.period import periods
from kg.language.quantity import quantities
from kg.linking.discourse import Discourse
from kg.linking.key import Keys, bare, keys_of, with_inner
from kg.linking.settling import settled
from kg.names.district import country_key, may_lie_in, zone
from kg.names.head import is_head
from kg.names.mention import Mention, own_name
from kg.recognition import Recognized
from kg.text.document import Document

_SINGULAR = 5
"""Characters of a site's name that tell it from others without the district in front."""


def link(document: Document, recognized: Sequence[Recognized]) -> LinkedDocument:
    """Group the mentions into entities, find the home district, resolve stand-ins, read quantities and periods."""
    found = settled([item.mentions for item in recognized])
    texts = [item.sentence.text for item in recognized]
    document = housed(document, texts, found)
    home = home_of(document, texts, found)
    keys = keys_of(recognized, found, home)
    entities = _entities(with_inner(found), keys, home)
    if home.key and home.key not in entities:
        entities[home.key] = _unnamed(home, recognized)
    if home.key == country_key():
        entities[home.key] = _country(recognized)
    discourse = Discourse(home, entities)
    sentences: list[LinkedSentence] = []
    for item, mentions in zip(recognized, found, strict=True):
        text = item.sentence.text
        links = _links(text, mentions, keys, discourse)
        sentences.append(LinkedSentence(item.sentence, links, quantities(text), periods(text, document.metadata.published)))
    return LinkedDocument(document, home.key, entities, tuple(sentences), home.reports)


def _links(text: str, mentions: tuple[Mention, ...], keys: Keys, discourse: Discourse) -> tuple[Link, ...]:
    """Links of the mentions of a sentence and of the stand-ins between them, by which the discourse goes on."""
    links: list[Link] = []
    stand_ins = discourse.stand_ins(text, mentions)
    for item in sorted([*mentions, *stand_ins], key=lambda m: m.begin):
        anaphor = item in stand_ins
        key = (stand_ins[item] or discourse.antecedent(item, text, links)) if anaphor else keys[item.type, item.name]
        if key and key in discourse.entities:
            links.append(Link(item, key, anaphor, tuple(Link(m, keys[m.type, m.name]) for m in item.inner)))
            discourse.name(item, key)
    discourse.close(text, links)
    return tuple(links)


def _entities(found: Sequence[tuple[Mention, ...]], keys: Keys, home: Home) -> dict[str, Entity]:
    """The entity of each key, with all that the mentions call it."""
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
                forms[key][bare(mention.name, home)] += 1
                forms[key][_own(mention)] += 1
            if before and before.type == mention.type == "District" and before.end == mention.begin and _nests(before, mention, keys):
                forms[key][before.name + mention.name] += 1
    return {key: _entity(key, types[key], counts) for key, counts in sorted(forms.items())}


def _nests(outer: Mention, inner: Mention, keys: Keys) -> bool:
    return may_lie_in(keys[inner.type, inner.name], keys[outer.type, outer.name])


def _own(mention: Mention) -> str:
    """A site's name without the districts in front, where the rest tells it from others: 柳河县东岭镇|五星蓝莓园."""
    own = own_name(mention)
    return own if len(own) >= _SINGULAR and not is_head(own) else mention.name


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


def _unnamed(home: Home, recognized: Sequence[Recognized]) -> Entity:
    """The home that a text does not name by itself: one that was given, or that it implies."""
    division = divisions().get(home.key.removeprefix("District/")) if home.key else None
    told = division is not None and any(division.short in item.sentence.text for item in recognized)  # 吉林 of 吉林日报
    return _entity(str(home.key), "District", Counter([home.name, division.short] if division and told else [home.name]))


def _country(recognized: Sequence[Recognized]) -> Entity:
    """The country, which is called by its name whatever the document calls it."""
    name, *others = words("nation")
    forms = [word for word in others if any(word in item.sentence.text for item in recognized)]
    return Entity(country_key(), "District", name, tuple(sorted(forms)), "AdministrativeDivision")
