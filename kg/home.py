"""The home district: which district a document is about, and whether the document is that district's own report."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.language.gazetteer import divisions, named
from kg.language.rules import pattern
from kg.names.district import ancestors, holder, placed, rank, resolve, unambiguous, zone
from kg.names.mention import Mention
from kg.names.organ import Holder
from kg.text.document import Document
from kg.text.genre import tells_of_public_life

_EARLY = 3
"""A district named in the first sentences is more likely what the document is about."""
_OFTEN, _MOSTLY = 3.0, 0.4
"""Weight of the district, and share of what it and its rivals weigh, from which on a document counts as the district's own report."""

_ALONE, _LONG, _PASSING = 2.0, 6, 0.15
"""Weight that is enough in a text of so many sentences which names other districts in passing only, at no more than this share of it."""
_STAND_INS = {"whole-district": 3, "own-zone": 6}
"""Rules of words like 全区, and of 示范区 for a zone; so many of them count for the district of that level, or kind, that is named most."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a document stands: the key, names and division codes of its home district and of what that lies in."""

    key: str | None
    names: tuple[str, ...]
    """Every name of the home and its ancestors, the longest first."""
    codes: tuple[str, ...]
    lineage: tuple[Holder, ...]
    """The home and what holds it, the nearest first."""
    reports: bool
    """Whether the document is the home's own report, which counts what it names as its own."""


def home_of(document: Document, found: Sequence[tuple[Mention, ...]]) -> Home:
    """The home district that is given, or else the one that the mentions speak of most."""
    names = [m.name for mentions in found for outer in mentions for m in (outer, *outer.inner) if m.type == "District"]
    codes = unambiguous(names)
    guess = _guess_home(document.text, found, codes)
    home = document.metadata.home or (guess.name if guess else None)
    if home is None:
        return Home(None, (), codes, (), False)
    key = district_key(home, codes, None)
    own = _own_names(home, codes)
    reports = document.metadata.home is not None or (guess is not None and guess.reports and tells_of_public_life(document.text))
    return Home(key, own, tuple(dict.fromkeys((*_codes_of(home, codes), *codes))), _lineage(key, home, codes), reports)


def _lineage(key: str, home: str, codes: Sequence[str]) -> tuple[Holder, ...]:
    held = [divisions()[code] for code in _codes_of(home, codes)]
    own = [Holder(f"District/{d.code}", tuple(sorted({d.name, d.short}, key=lambda n: (-len(n), n))), d.name[-1]) for d in held]
    if own and own[0].key == key:
        return tuple(own)
    parts = zone(home)
    names = {home, f"{parts.core}{parts.kind}", parts.kind} if parts else {home}
    return (Holder(key, tuple(sorted(names, key=lambda n: (-len(n), n))), home[-1]), *own)


@dataclass(frozen=True, slots=True)
class _Guess:
    """The district that a document seems to be about, and whether the document reads like that district's own report."""

    name: str
    reports: bool


def _guess_home(text: str, found: Sequence[tuple[Mention, ...]], codes: Sequence[str]) -> _Guess | None:
    """The district named most often, the lower levels, the early sentences and words like 全区 counting more."""
    weight: defaultdict[str, float] = defaultdict(float)
    longest: dict[str, str] = {}
    for number, mentions in enumerate(found):
        for mention in mentions:
            for named_district in (m for m in (mention, *mention.inner) if m.type == "District"):
                key = district_key(named_district.name, codes, None)
                weight[key] += rank(resolve(named_district.name, codes), named_district.name) * (2 if number < _EARLY else 1)
                longest[key] = max(longest.get(key, ""), named_district.name, key=len)
    if not weight:
        return None
    for key in [k for k in weight if k.startswith("District/_")]:  # 经开区 alone counts for the 长春经开区 of the document
        full = [k for k in weight if k.endswith(key.removeprefix("District/")) and k != key]
        if full:
            weight[min(full, key=lambda k: (-weight[k], k))] += weight.pop(key)
    named_ones = [k for k in weight if weight[k] and not k.startswith("District/_")]
    if not named_ones:
        return None
    for stand_in, most in _STAND_INS.items():
        for level, count in Counter(m["level"] for m in pattern("anaphor", stand_in).finditer(text)).items():
            meant = min((k for k in named_ones if longest[k].endswith(level)), key=lambda k: (-weight[k], k), default=None)
            if meant:
                weight[meant] += min(count, most) * rank(resolve(longest[meant], codes), longest[meant])
    best = min(named_ones, key=lambda k: (-weight[k], k))
    rivals = sum(weight[key] for key in weight if key != best and _is_rival(longest[key], longest[best], codes))
    alone = rivals <= _PASSING * weight[best] and weight[best] >= _ALONE and len(found) >= _LONG
    return _Guess(longest[best], alone or (weight[best] >= _OFTEN and weight[best] >= _MOSTLY * (weight[best] + rivals)))


def _is_rival(name: str, best: str, codes: Sequence[str]) -> bool:
    """Whether a district is neither what holds ``best`` nor in it; a town or village that no table knows is taken to be in it."""
    line, own = _codes_of(name, codes), _codes_of(best, codes)
    within = own[:1] if resolve(best, codes) else ()  # what shares the division that holds a zone is not in the zone
    if set(line[:1]) & set(own) or set(within) & set(line):
        return False
    return bool(line) or (zone(name) is not None and not within)


def _codes_of(name: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Codes of a district and of all that holds it; a zone lies in the division that holds it."""
    division = resolve(name, codes) or holder(name, codes)
    return (division.code, *(d.code for d in ancestors(division.code))) if division else ()


def _own_names(home: str, codes: Sequence[str]) -> tuple[str, ...]:
    held = [divisions()[code] for code in _codes_of(home, codes)]
    names = {home, *(d.name for d in held), *(d.short for d in held)}
    return tuple(sorted(names, key=lambda n: (-len(n), n)))


def district_key(name: str, codes: Sequence[str], home: str | None) -> str:
    """The key of the district that ``name`` means: its division code, or for a zone the place and kind."""
    division = resolve(name, codes)
    if division:
        return f"District/{division.code}"
    parts = zone(name)
    if parts is None:
        return _unlisted_key(name, codes)
    if not parts.core and home and home.endswith(f"_{parts.kind}"):
        return home
    return f"District/{parts.core}_{parts.kind}"


def _unlisted_key(name: str, codes: Sequence[str]) -> str:
    """The key of a town or village, or of a division that cannot be told from others of its name."""
    shared = {division.name for division in named(name)}
    if len(shared) == 1:
        return f"District/{shared.pop()}"
    held, rest = placed(name, codes)
    return f"District/{held[-1].code}" if held and not rest else f"District/{rest}"
