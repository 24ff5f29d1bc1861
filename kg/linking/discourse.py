"""Discourse: what a document has named so far, and what the words mean that stand in for it: 该公司, 全区, 该中心."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.facts.entity import Entity, Link
from kg.home import Home
from kg.language.gazetteer import divisions, lies_in
from kg.language.rules import load
from kg.language.words import Token, tokens
from kg.names.district import country_key, zone
from kg.names.mention import Mention

_DESCRIBED = frozenset({"Organization", "Project", "Place"})
"""Classes of things that a later sentence may call by the noun that their names end in."""
_CENTRAL = frozenset({"Enterprise", "Project"})
"""Classes of which a sentence speaks of the one that it begins with."""
_BY_THE_WAY = frozenset({"District", "Industry"})
"""Classes of what may be named before that: where it is, and what it does."""
_RECENT = 4
"""Sentences for which a thing may be called so."""
_NOUN = 2
"""Characters that tell events apart by what they are called: 大会, 论坛."""
_OWN_ZONE = "anaphor.own-zone"
"""The rule of the words that a zone's own report calls it by."""
_COUNTRY = "anaphor.country"
"""The rule of the words for the country, which only a national report tells of."""
_THAT = "anaphor.that-district"
"""The rule of the stand-ins that mean the district of their level that was named last."""


class _Told(NamedTuple):
    """A thing that a document has named."""

    name: str
    type: str
    key: str
    sentence: int


class Discourse:
    """What a document has named up to some sentence, which its stand-ins mean."""

    def __init__(self, home: Home, entities: Mapping[str, Entity]) -> None:
        self._home, self.entities = home, entities
        self._last: dict[str, str] = {}
        """Keys of the latest thing of each class, district of each level and event of each noun."""
        self._told: list[_Told] = []
        self._sentence = 0

    def stand_ins(self, text: str, mentions: Sequence[Mention]) -> dict[Mention, str | None]:
        """The words of the next sentence that stand in for things, with the keys of those that are described by the noun of a name."""
        stood_for = [mention for mention in _anaphors(text, mentions) if self._may_mean(mention)]
        return {**dict.fromkeys(stood_for), **dict(self._described(text, [*mentions, *stood_for]))}

    def antecedent(self, item: Mention, text: str, links: Sequence[Link]) -> str | None:
        """The key of the thing that a stand-in means, with the ``links`` before it in its sentence."""
        home, last = self._home, self._last
        if item.type != "District":
            return last.get(item.name[-_NOUN:], last.get(item.type)) if item.type == "Event" else last.get(item.type)
        if key := next(self._heads(text, links, item), None):
            return key
        if item.rule == _THAT and item.name in last:
            return last[item.name]
        if len(item.name) > 1:
            return home.key
        holder = next((holder.key for holder in home.lineage if holder.level == item.name), None)
        inside = last.get(item.name)  # 全区 in a city's report, of the district that was named last
        return inside if inside and home.key and holder != home.key and _lies_in(inside, home.key) else holder

    def name(self, item: Mention, key: str) -> None:
        """Go on behind a mention of a thing."""
        self._last[item.type] = key
        if item.type == "District":
            self._last[_level(key, self.entities[key].name)] = key
        if item.type == "Event":
            self._last[item.name[-_NOUN:]] = key

    def close(self, text: str, links: Sequence[Link]) -> None:
        """Go on behind a sentence: what follows means the firm or project that it is about, and not the one it names last."""
        first = next((link for link in links if link.mention.type not in _BY_THE_WAY), None)
        if first and first.mention.type in _CENTRAL and (first.anaphor or _begins_clause(text, first)):
            self._last[first.mention.type] = first.key
        described = (link for link in links if link.mention.type in _DESCRIBED)
        self._told += [_Told(link.mention.name, link.mention.type, link.key, self._sentence) for link in described]
        self._sentence += 1

    def _may_mean(self, item: Mention) -> bool:
        """Whether a word that means some homes only means this one."""
        if item.rule == _COUNTRY:
            return self._home.key == country_key()
        return item.rule != _OWN_ZONE or _is_called(self._home, item.name)

    def _described(self, text: str, taken: Sequence[Mention]) -> Iterator[tuple[Mention, str]]:
        """Descriptions by the noun that a name ends in (该中心, 交易中心), each with the key of the thing named so last."""
        recent = [thing for thing in self._told if self._sentence - thing.sentence <= _RECENT]
        covered = {offset for mention in taken for offset in range(mention.begin, mention.end)}
        following = tokens(text).begins if recent else {}
        for rule in load("description").possible(text) if recent else ():
            for match in rule.pattern.finditer(text):
                begin, least = match.start("noun"), int(rule.value)
                alone = [
                    end for end in range(match.end("noun"), begin + least - 1, -1) if end in following and not _is_noun(following[end])
                ]
                fits = ((end, thing) for end in alone for thing in reversed(recent) if _ends_in(thing.name, text[begin:end]))
                end, thing = next(fits, (0, None))
                if thing and covered.isdisjoint(range(match.start(), end)):
                    yield Mention(match.start(), end, thing.type, text[begin:end], rule.name), thing.key
                    covered.update(range(match.start(), end))

    def _heads(self, text: str, links: Sequence[Link], item: Mention) -> Iterator[str]:
        """Keys of the districts that the words before speak of: the one named right before, the one whose organ begins a clause.

        南通全市; 武汉市统计局发布数据，全市……
        """
        touching = [link for link in links[-1:] if link.mention.end == item.begin]
        acting = [inner for link in links if link.mention.type == "Organization" and _begins_clause(text, link) for inner in link.inner]
        for link in (*touching, *reversed(acting)):
            code = self.entities[link.key].code if link.mention.type == "District" and link.key in self.entities else None
            if code and divisions()[code].name.endswith(item.name):
                yield link.key


def _anaphors(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    rules = load("anaphor").possible(text)
    taken = {offset for mention in mentions for offset in range(mention.begin, mention.end)} if rules else set()
    for rule in rules:
        for match in rule.pattern.finditer(text):
            if match.end() > match.start() and taken.isdisjoint(range(*match.span())):
                yield Mention(match.start(), match.end(), rule.output, match.groupdict().get("level") or match[0], rule.name)
                taken.update(range(*match.span()))


def _is_noun(token: Token) -> bool:
    """Whether a word makes one noun with a noun before it, which then is no longer that thing."""
    return token.tag[0] == "n"


def _ends_in(name: str, noun: str) -> bool:
    return len(noun) < len(name) and name.endswith(noun)


def _begins_clause(text: str, link: Link) -> bool:
    return not text[: link.mention.begin].rstrip()[-1:].isalnum()


def _is_called(home: Home, word: str) -> bool:
    """Whether the home is a zone that a word for such zones means: 新区 of 临江新区."""
    return any(name.endswith(word) and zone(name) for name in home.names)


def _lies_in(key: str, home: str) -> bool:
    """Whether the district of a key lies in another's by the table; all of the table lies in the country."""
    code = key.removeprefix("District/")
    return code in divisions() and (home == country_key() or lies_in(code, home.removeprefix("District/")))


def _level(key: str, name: str) -> str:
    """The last character of a district's full name, which tells its level."""
    division = divisions().get(key.removeprefix("District/"))
    return (division.name if division else name)[-1:]
