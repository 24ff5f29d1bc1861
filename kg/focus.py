"""Focus: which district a text is about, namely the lowest area that holds most of what the text says of districts."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.language.gazetteer import Division, divisions
from kg.language.lexicon import words, wordset
from kg.language.rules import pattern
from kg.language.words import tokens
from kg.names.abroad import ABROAD
from kg.names.district import ancestors, country_key, district_key, holder, may_lie_in, placed, rank, resolve, zone
from kg.names.mention import Mention, is_listed

_EARLY, _SOON = 3, 2
"""A district named in the first sentences is more likely what the document is about, and counts so many times."""
_OFTEN, _MOSTLY = 3.0, 0.4
"""Weight of the district, and share of what it and its rivals weigh, from which on a document counts as the district's own report."""
_ALONE, _LONG, _PASSING = 2.0, 6, 0.15
"""Weight that is enough in a text of so many sentences which names other districts in passing only, at no more than this share of it."""
_WIDE_ALONE = 1.4
"""The same for a province, whose name weighs less."""
_STAND_INS = {"whole-district": 3, "own-zone": 6}
"""Rules of words like 全区, and of 示范区 for a zone; so many of them count for the district of that level, or kind, that is named most."""
_OFFICES = 6
"""So many bodies that are called without their district count for it: 区委, 省商务厅."""
_TOLD, _TOLD_ALONE = 1.0, 0.5
"""Weight from which on the country is what a text may be about, and what one is about that names no district."""
_NATIONAL, _ELSEWHERE = 0.5, 0.25
"""What a word for the country weighs at the head of a clause; where no district is told of, what it, and a body known all over it, weighs
anywhere."""
_SENT = 0.1
"""What a place that a report was sent from tells of what holds it."""
_LISTED = 0.5
"""What a district in a list of several weighs, and one where something is held."""
_MOST, _NEARLY_ALL = 0.57, 0.67
"""The share of what is said of an area and all in it that makes the text one on a district in it; for a town or village, which a report
on its district may only visit, nearly all."""
_HALF, _SOME = 0.5, 0.4
"""The share in the country, where the text speaks of it, and in what the text does not name."""


@dataclass(frozen=True, slots=True)
class Focus:
    """The district that a document seems to be about, and whether the document reads like that district's own report."""

    name: str
    key: str
    reports: bool


class _Told(NamedTuple):
    """A name of a district, as evidence of what the text is about."""

    key: str
    name: str
    weight: float
    within: str | None
    """Key of the district that is named right before it."""


def focus(texts: Sequence[str], found: Sequence[tuple[Mention, ...]], codes: Sequence[str]) -> Focus | None:
    """The district that the sentences speak of most, with all that lies in it."""
    return _Areas(texts, found, codes).focus()


def _told(texts: Sequence[str], found: Sequence[tuple[Mention, ...]], codes: Sequence[str]) -> Iterator[_Told]:
    for number, (text, mentions) in enumerate(zip(texts, found, strict=True)):
        named = [m for outer in mentions for m in (outer, *outer.inner) if m.type == "District" and m.rule != ABROAD]
        keys = {m: district_key(m.name, codes, None) for m in named}
        for m in named:
            before = next((o for o in named if o.end == m.begin and may_lie_in(keys[m], keys[o])), None)
            holds = any(o.begin == m.end and may_lie_in(keys[o], keys[m]) for o in named)  # 东河市 in 东河市城北区
            passing = is_listed(text, m) or _holds(text, m)
            weight = 0.0 if holds or _sends(text, m) else (_SOON if number < _EARLY else 1) * (_LISTED if passing else 1)
            yield _Told(keys[m], m.name, weight, keys[before] if before else None)


def _sends(text: str, mention: Mention) -> bool:
    """Whether it is only the place that the report was sent from."""
    return bool(pattern("home", "dispatch").match(text, mention.end) or pattern("home", "sent").search(text, 0, mention.begin))


def _holds(text: str, mention: Mention) -> bool:
    """Whether something is held there, which may be of others."""
    return bool(pattern("narrative", "setting").search(text, 0, mention.begin) and pattern("home", "held").match(text, mention.end))


class _Areas:
    """The districts of a text, with what the words for each weigh, in the tree of what lies in what."""

    def __init__(self, texts: Sequence[str], found: Sequence[tuple[Mention, ...]], codes: Sequence[str]) -> None:
        self._codes, self._long = codes, len(texts) >= _LONG
        told = list(_told(texts, found, codes))
        self._own: dict[str, float] = {}
        """What the words for a district itself weigh."""
        self._name: dict[str, str] = {}
        held = {one.key for one in told if one.within}
        for one in told:
            worth = 1.0 if one.key in held and not _division(one.key) else rank(resolve(one.name, codes), one.name)
            self._own[one.key] = self._own.get(one.key, 0.0) + one.weight * worth
            self._name[one.key] = max(self._name.get(one.key, ""), one.name, key=len)
        self._join_bare_zones()
        self._papers = tuple(_papers(texts[:_EARLY]))
        self._count_stand_ins("\n".join(texts), found)
        self._holder = self._holders(told)
        self._own[country_key()] = _national(texts, found) if any(self._own.values()) else _nameless(texts, found)
        self._whole: defaultdict[str, float] = defaultdict(float)
        """What the words for a district and for all that lies in it weigh."""
        for key, weight in self._own.items():
            for area in self._line(key):
                self._whole[area] += weight

    def focus(self) -> Focus | None:
        """The lowest area with a name of which more is said than of the others in what holds it."""
        area, about = country_key(), country_key()
        while (best := self._main(area)) and self._whole[best] > self._needed(area, best) * self._whole[area]:
            area = best
            about = area if area in self._name else about
        if about != country_key():
            return Focus(self._name[about], about, self._reports(about))
        enough = _TOLD if self._whole[about] > self._own[about] else _TOLD_ALONE
        return Focus("", about, reports=False) if self._own[about] >= enough else None

    def _main(self, area: str) -> str | None:
        """The one district in an area that most is said of."""
        below = sorted((k for k, holder in self._holder.items() if holder == area), key=lambda k: -self._whole[k])
        return below[0] if below and all(self._whole[k] < self._whole[below[0]] for k in below[1:2]) else None

    def _needed(self, area: str, best: str) -> float:
        """The share that must be said of ``best`` for the text to be about it alone: more where it may be about the area."""
        if area == country_key():
            return _HALF if self._own[area] >= _TOLD else _SOME
        if area not in self._name:
            return _SOME
        return _MOST if _division(best) or zone(self._name[best]) else _NEARLY_ALL

    def _reports(self, area: str) -> bool:
        mine = self._whole[area]
        rivals = sum(weight for key, weight in self._own.items() if area not in self._line(key) and key not in self._line(area))
        division = _division(area)
        least = _WIDE_ALONE if division and division.level == "province" else _ALONE
        alone = rivals <= _PASSING * mine and mine >= least and self._long
        return alone or (mine >= _OFTEN and mine >= _MOSTLY * (mine + rivals))

    def _line(self, key: str) -> tuple[str, ...]:
        """A district and all that hold it."""
        line = [key]
        while (above := self._holder.get(line[-1])) and above not in line:
            line.append(above)
        return tuple(line)

    def _join_bare_zones(self) -> None:
        """经开区 alone counts for the 长春经开区 of the document, and for nothing where there is none."""
        for key in [k for k in self._own if k.startswith("District/_")]:
            weight = self._own.pop(key)
            full = [k for k in self._own if k.endswith(key.removeprefix("District/"))]
            if full:
                self._own[min(full, key=lambda k: (-self._own[k], k))] += weight

    def _count_stand_ins(self, text: str, found: Sequence[tuple[Mention, ...]]) -> None:
        for stand_in, most in _STAND_INS.items():
            self._count(Counter(m["level"] for m in pattern("anaphor", stand_in).finditer(text)), most)
        bodies = [m.name for mentions in found for m in mentions if m.type == "Organization" and m.name[0] in wordset("level")]
        self._count(Counter(name[0] for name in bodies if tokens(name)[0].text == name[0]), _OFFICES)

    def _count(self, levels: Counter[str], most: int) -> None:
        """Count words that mean the district of a level, or a zone of a kind, for the one of these that is named most."""
        for level, count in levels.items():
            called = [key for key, weight in self._own.items() if weight and self._is_called(key, level)]
            meant = min(called, key=lambda k: (-self._own[k], k), default=None)
            if meant is None and 2 * count > levels.total() and (unnamed := self._unnamed(level)):
                meant = _key(unnamed)
                self._name[meant] = unnamed.name
            if meant:
                worth = rank(resolve(self._name[meant], self._codes), self._name[meant])
                self._own[meant] = self._own.get(meant, 0.0) + min(count, most) * worth

    def _unnamed(self, level: str) -> Division | None:
        """The district of a level that the text does not name: what holds most of those named, else what its newspaper is called after."""
        weights = {division: self._own[key] or _SENT for key in self._own if (division := _division(key))}
        holding: Counter[Division] = Counter()
        for division, weight in weights.items():
            holding.update({holder: weight for holder in ancestors(division.code) if holder.name.endswith(level)})
        most = [holder for holder, weight in holding.most_common(1) if weight > sum(weights.values()) / 2]
        return next((d for d in (*most, *self._papers) if d.name.endswith(level)), None)

    def _is_called(self, key: str, level: str) -> bool:
        division = _division(key)
        return (division.name if division else self._name[key]).endswith(level)

    def _holders(self, told: Sequence[_Told]) -> dict[str, str]:
        """What each district lies in: by the tables, by its own name, by what is named before it, else in the one named most."""
        main = min((k for k in self._own if _division(k)), key=lambda k: (-self._own[k], k), default=country_key())
        before = {one.key: one.within for one in told if one.within}
        above: dict[str, str] = {}
        for key in self._own:
            known = _division(key) or self._holder_by_name(self._name[key])
            for held in (known, *ancestors(known.code)) if known else ():
                above[_key(held)] = f"District/{held.parent}" if held.parent else country_key()
            if known is None or _key(known) != key:
                above[key] = _key(known) if known else before.get(key, main)
        return above

    def _holder_by_name(self, name: str) -> Division | None:
        held, _ = placed(name, self._codes)
        return holder(name, self._codes) if zone(name) else held[-1] if held else None


def _papers(texts: Sequence[str]) -> Iterator[Division]:
    """The districts that the newspapers of a text are called after, each the highest of its name: 吉林日报 is the province's."""
    called = (match["i"] for text in texts for match in pattern("home", "paper").finditer(text))
    return (division for name in called if (division := resolve(name, ())))


def _key(division: Division) -> str:
    return f"District/{division.code}"


def _division(key: str) -> Division | None:
    return divisions().get(key.removeprefix("District/"))


def _nameless(texts: Sequence[str], found: Sequence[tuple[Mention, ...]]) -> float:
    """What the words for the country, and bodies known all over it, weigh in a text that tells of no district, but may name the country."""
    spoken = sum(_is_free(mentions, at) for text, mentions in zip(texts, found, strict=True) for at in _spoken(text))
    bodies = sum(_is_known(m) for mentions in found for m in mentions)
    return _national(texts, found) + _ELSEWHERE * (spoken + bodies) if spoken else 0.0


def _spoken(text: str) -> Iterator[int]:
    """Where a text has a word for the country, but for the name of a medium: 中国远山网讯."""
    return (match.start() for match in pattern("home", "country").finditer(text))


def _is_free(mentions: Sequence[Mention], at: int) -> bool:
    """Whether what stands somewhere is no part of a name: 中国|远山集团."""
    return not any(m.begin <= at < m.end for m in mentions)


def _is_known(mention: Mention) -> bool:
    """Whether it is a body known all over the country, which does not only tell the news."""
    return mention.name in wordset("organization") and not mention.name.endswith(words("media"))


def _national(texts: Sequence[str], found: Sequence[tuple[Mention, ...]]) -> float:
    """What the words for the country weigh at the heads of clauses."""
    weight = 0.0
    for number, (text, mentions) in enumerate(zip(texts, found, strict=True)):
        for match in pattern("anaphor", "country").finditer(text):
            if _is_free(mentions, match.start()):
                weight += _NATIONAL * (_SOON if number < _EARLY else 1)
    return weight
