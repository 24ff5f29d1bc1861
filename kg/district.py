"""Districts: which division or zone a name means, and what holds it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.gazetteer import Division, divisions, lies_in, named, short_form
from kg.lexicon import alternation, rows

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


def zone(name: str) -> Zone | None:
    """The parts of a zone's name; None where it is no zone's."""
    match = _zone().match(name)
    if not match:
        return None
    return Zone(_shortened(match["core"]), _kinds()[match["kind"]])


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
    """The division that holds a zone: what the table says of it, else the division that its name begins with."""
    parts = zone(name)
    if parts is None:
        return None
    return divisions()[_listed()[parts]] if parts in _listed() else resolve(parts.core, context)


def _shortened(core: str) -> str:
    """Every division in the core by its short form, only the lowest kept: 长春市绿园 → 绿园."""
    rest = core
    for size in range(len(core), 1, -1):
        if named(core[:size]):
            rest = core[size:]
            return _shortened(rest) if rest else short_form(core[:size])
    return rest


def resolve(name: str, context: Sequence[str]) -> Division | None:
    """The division that ``name`` means.

    ``context`` holds codes of divisions the document is known to speak of, the surest first: a name that several
    divisions bear is the one that lies in, holds, or is next to one of them.
    """
    options = named(name)
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


def may_lie_in(inner: str | None, outer: str | None) -> bool:
    """Whether a district may lie in another: 淮安盐城 are two, whose codes tell that neither holds the other."""
    return not (inner and outer) or lies_in(inner, outer)


def unambiguous(names: Iterable[str]) -> tuple[str, ...]:
    """Codes of the divisions that names mean by themselves, the most frequent first: the context for the others."""
    counts: Counter[str] = Counter()
    for name in names:
        options = named(name)
        if len(options) == 1:
            counts[options[0].code] += 1
    return tuple(code for code, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def rank(division: Division | None) -> float:
    """How much one mention counts when asking which district a document is about; zones count like counties."""
    return _RANK[division.level] if division else 1.0


def ancestors(code: str) -> tuple[Division, ...]:
    """The divisions that hold ``code``, the nearest first."""
    found = []
    while code in divisions() and (code := divisions()[code].parent):
        found.append(divisions()[code])
    return tuple(found)
