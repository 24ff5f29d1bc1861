"""Fits: what a thing might be that lacks what would tell it, and whether it is.

A short form fits the full names that it abbreviates in the same place; what a city's document names fits what a document of one of
its districts calls the same; a programme without an owner fits the owners above it; a project without a firm and a person without a
post fit those that have one in the same place.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from kg.identity.occurrence import is_mere_count
from kg.identity.resolution import Fit, Group
from kg.identity.scope import chain, city, is_wide, nested
from kg.language.gazetteer import is_place, named
from kg.language.lexicon import words, wordset
from kg.language.rules import pattern
from kg.language.words import tokens
from kg.names import corporate
from kg.names.decision import Reason
from kg.names.head import ends_like_a_name
from kg.names.organ import owner_key, plate

_LONG = 4
"""Fewest characters of a programme's short name."""
_END = 2
"""Characters in which the name of a programme's part may end as its whole does: 基础."""
_BRIEF = 3
"""Fewest characters of a project's short name."""
CALLED = frozenset({"Enterprise", "Organization"})
"""Classes of things that are told by what any document calls them besides."""
_PROPER = frozenset({"x", "nz", "nr", "nrt"})
"""Parts of speech of names, and of words that no dictionary knows."""


def fits(groups: Sequence[Group]) -> dict[Group, list[Fit]]:
    """What each of the groups, all of one class, may be taken for, or just not; groups that fit nothing are left out."""
    type = groups[0].type if len(groups) > 1 else ""
    if type != "Enterprise" and type not in _FITTING:
        return {}
    known = _Groups(groups)
    found: dict[Group, list[Fit]] = {}
    for group in groups:
        own = [fit for other in known.like(group) if (fit := _fit(group, other, known))]
        if own:
            found[group] = sorted(own, key=lambda fit: fit.group.key)
    return found


def _fit(group: Group, other: Group, known: "_Groups") -> Fit | None:
    if group.type == "Enterprise":
        return _firm(group, other, known.of)
    reason = _FITTING[group.type](group, other)
    return Fit(other, reason) if reason else None


def shortened(type: str, shorts: Iterable[str], fulls: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names of things of one class, stems both: a short one, and a full one that it may be short for.

    The names alone can tell no more; whether things that bear them are one is for ``fits`` to say.
    """
    if type not in SHORTENING:
        return
    rule = SHORTENING[type]
    named: defaultdict[str, list[str]] = defaultdict(list)
    for short in shorts:
        for trace in rule.of_short(short):
            named[trace].append(short)
    for full in fulls:
        likely = {short for trace in rule.of_full(full) for short in named.get(trace, ())}
        yield from ((short, full) for short in likely if short != full and rule.holds(short, full))


class _Groups:
    """Groups of one class by their names and members, so that not every pair need be looked at."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.of = {(o.document, o.entity.key): group for group in groups for o in group.occurrences}
        """The group of each thing of each document."""
        self._bearers: defaultdict[str, set[Group]] = defaultdict(set)
        stems: defaultdict[str, list[Group]] = defaultdict(list)
        for group in groups:
            stems[group.stems[0]].append(group)  # the longest, so that fits never go round in a circle
            for name in (*group.names, *(group.forms if group.type in CALLED else ())):
                self._bearers[name].add(group)
        self._longer: defaultdict[str, set[Group]] = defaultdict(set)
        for short, full in shortened(groups[0].type, stems, stems):
            self._longer[short].update(stems[full])

    def like(self, group: Group) -> set[Group]:
        """Those that bear a name of the group, and those for whose name its own may be short."""
        namesakes = (self._bearers[name] for name in (*group.names, *group.fullest))
        return self._longer.get(group.stems[0], set()).union(*namesakes) - {group}


# --- things of a place ------------------------------------------------------------------------------------------------


def _site(group: Group, other: Group) -> Reason | None:
    """What a city's document names is what a document of one of its districts does."""
    inner, outer = (g.values(Reason.PLACE) for g in (other, group))
    holds = any(_holds(large, small) for large, small in product(outer, inner))
    return Reason.NESTED if holds and not group.has(Reason.OWNER) and _breadth(outer) < _breadth(inner) else None


def _breadth(places: Iterable[str]) -> int:
    """How many districts are above the widest of the places; fits lead to the narrower, so that they never go round in a circle."""
    return min(len(chain(place.partition(" ")[0])) for place in places)


def _holds(large: str, small: str) -> bool:
    """Whether one place, with the year where names are told by it, is above the other in the same year."""
    (above, when), (below, then) = (place.partition(" ")[::2] for place in (large, small))
    return when == then and not is_wide(above) and above in chain(below)[1:]


def _programme(group: Group, other: Group) -> Reason | None:
    """A programme whose owner is not told is that of a district above, or of a body of the whole country."""
    if group.names.isdisjoint(other.names):
        return _longer_programme(group, other)
    if group.has(Reason.OWNER, Reason.NAME, Reason.PARTS) or not other.has(Reason.OWNER):
        return None
    homes = {link for scope in group.scopes for link in chain(scope)[is_mere_count(group.stems[0]) :]}
    held = any(owner in homes or not owner.startswith("District/") for owner in other.values(Reason.OWNER))
    return Reason.OWNER if held else None


def _longer_programme(group: Group, other: Group) -> Reason | None:
    """A programme's name may leave out what only describes it; that of a part, what it shares with its whole or the other parts."""
    if not nested(group.scopes, other.scopes):
        return None
    name, longer = group.stems[0], other.stems[0]
    if _describes(longer.replace(name, "", 1)):
        return Reason.CORE
    own, wholes = ({whole for o in g.occurrences for whole in o.wholes} for g in (group, other))
    if longer.startswith(name):  # 安全发展 for 安全发展基础, a part of 四项发展基础
        return Reason.HEAD if any(whole.endswith(longer.removeprefix(name)) for whole in wholes) else None
    return Reason.PARTS if longer.endswith(name) and own & wholes else None


def _project(group: Group, other: Group) -> Reason | None:
    """A project whose firm is not told is the one of that name there whose firm is; a short name is the long one's of the place."""
    if group.has(Reason.OWNER):
        return None
    if group.names.isdisjoint(other.names):
        return Reason.HEAD if nested(group.scopes, other.scopes) else None
    if other.has(Reason.OWNER):
        return Reason.SOLE if nested(group.scopes, other.scopes) else None
    return _site(group, other)


def _is_brief(name: str, rest: str) -> bool:
    """Whether a name may leave out what the longer one goes on with: its kind, or anything but a phase behind a word that only names."""
    if len(name) < _BRIEF or pattern("naming", "phase").fullmatch(rest):
        return False
    return rest in words("head") or (_only_names(name) and not is_place(name) and tokens(rest)[0].text not in wordset("settlement"))


def _only_names(name: str) -> bool:
    """Whether a name tells nothing but whose or where it is: 青溪湾 of 青溪湾文旅项目, which has no word for what it is."""
    return any(token.tag in _PROPER for token in tokens(name)) or not ends_like_a_name(name)


def _body(group: Group, other: Group) -> Reason | None:
    """A body is the one there that bears its main plate, or that is called so too, or else the one of its name in a district's document."""
    if not group.names.isdisjoint(other.names):
        return _site(group, other)
    owners, others = ({owner_key(o.entity.key) for o in g.occurrences} for g in (group, other))
    if owners != others or not (any(owners) or group.has(Reason.NAME) or nested(group.scopes, other.scopes)):
        return None
    if plate(group.stems[0]) == other.stems[0]:
        return Reason.PLATE
    return Reason.DOCUMENT if _is_called(group, other) else None


def _is_called(group: Group, other: Group) -> bool:
    """Whether a document calls the other what the one is called in full; of two that do so, the longer name is the other's.

    The well-known are themselves.
    """
    short, full = ((len(g.stems[0]), g.stems[0]) for g in (group, other))
    mutual = not other.fullest.isdisjoint(group.forms)
    return not group.has(Reason.KNOWN) and not group.fullest.isdisjoint(other.forms) and (short < full or not mutual)


def _person(group: Group, other: Group) -> Reason | None:
    """A person whose post is not told is the one of that name there whose post is, or else whom a district's document names."""
    if group.has(Reason.BODY) or not group.has(Reason.PLACE):
        return None
    if other.has(Reason.BODY):
        return Reason.SOLE if nested(group.scopes, other.scopes) else None
    return _site(group, other)


_FITTING = {
    "District": _site,
    "Organization": _body,
    "Place": _site,
    "Event": _site,
    "Programme": _programme,
    "Project": _project,
    "Person": _person,
}


# --- firms ------------------------------------------------------------------------------------------------------------


def _firm(group: Group, other: Group, group_of: Mapping[tuple[str, str], Group]) -> Fit | None:
    reason = _short_for(group, other)
    if reason is None:
        return Fit(other, Reason.DOCUMENT) if _is_its_firm(group, other) else None
    if any(group_of.get((o.document, key)) is other for o in group.occurrences for key in o.different):
        return Fit(other, Reason.OTHER_FIRM, merges=False)
    if group.has(Reason.KNOWN) and corporate.region(other.stems[0]):
        return None  # 长春万华汽车 may be 万华 to its own document, but no other's 万华
    if _are_together(group, other) or (reason == Reason.REGION and corporate.is_telling(group.stems[0])):
        return Fit(other, reason)
    return Fit(other, Reason.OTHER_PLACE, merges=False) if reason in (Reason.HEAD, Reason.REGION) else None


def _short_for(group: Group, other: Group) -> Reason | None:
    """Why the one firm's name may be short for the other's; two registered names differ in more than what stands in front."""
    registered = all(any(corporate.is_legal(form) for o in g.occurrences for form in o.forms) for g in (group, other))
    return corporate.short_for(group.stems[0], other.stems[0], registered)


def _is_its_firm(group: Group, other: Group) -> bool:
    """Whether a firm is the one that a document calls so, whatever the characters of its name."""
    short, full = group.stems[0], other.stems[0]
    if not _is_called(group, other) or corporate.short_for(short, full) or corporate.short_for(full, short):
        return False
    return corporate.is_telling(short) or _are_together(group, other)


def _are_together(group: Group, other: Group) -> bool:
    """Whether two firms are in one place, or in one document, which may tell no place."""
    documents = [{o.document for o in g.occurrences} for g in (group, other)]
    return nested(_places(group), _places(other)) or not documents[0].isdisjoint(documents[1])


def _places(group: Group) -> set[str]:
    """Where a firm is: the cities that its documents are about, and where its name says."""
    own = {f"District/{division.code}" for stem in group.stems for division in named(corporate.region(stem))}
    return own | {city(scope) for scope in group.scopes}


# --- short names ------------------------------------------------------------------------------------------------------


class _Shortening(NamedTuple):
    """How names of a class are shortened: a short name and its full one share a trace at least, and the rule holds."""

    of_short: Callable[[str], Iterable[str]]
    of_full: Callable[[str], Iterable[str]]
    holds: Callable[[str, str], bool]


def _itself(name: str) -> tuple[str]:
    return (name,)


def _parts(name: str) -> Iterator[str]:
    """What stands anywhere in the name."""
    return (name[begin : begin + size] for begin, size in product(range(len(name)), range(_LONG, len(name))))


def _is_part(short: str, full: str) -> bool:
    """Whether a programme's name may leave out what only describes it, or what the parts of its whole have in common."""
    return _describes(full.replace(short, "", 1)) or full.endswith(short) or full[:-_END] == short


def _describes(rest: str) -> bool:
    return bool(pattern("identity", "describes").fullmatch(rest))


def _beginnings(name: str) -> Iterator[str]:
    return (name[:size] for size in range(2, len(name)))


def _is_beginning(short: str, full: str) -> bool:
    """Whether a project's name goes on where the short one ends with what it is: 滨江学校 for 滨江."""
    return _is_brief(short, full[len(short) :])


def _brief_firm(stem: str) -> set[str]:
    """How a firm's full name begins, goes on or is abbreviated that this one may be short for."""
    return {part[:2] for part in (stem, corporate.regionless(stem))} | {stem[0] + stem[-1]}


def _full_firm(stem: str) -> set[str]:
    return {stem[i : i + 2] for i in range(len(stem) - 1)} | {a + b for a, b in product(stem[:3], stem[1:])}


def _is_brief_firm(short: str, full: str) -> bool:
    return corporate.short_for(short, full) is not None


def _plated(name: str) -> Iterator[str]:
    """The body's name by the plate that its other ones are told by."""
    return (main for main in (plate(name),) if main != name)


def _is_plate(short: str, full: str) -> bool:
    """Whether two names are those of one body's plates."""
    return plate(short) == full


SHORTENING = {
    "Organization": _Shortening(_plated, _itself, _is_plate),
    "Programme": _Shortening(_itself, _parts, _is_part),
    "Project": _Shortening(_itself, _beginnings, _is_beginning),
    "Enterprise": _Shortening(_brief_firm, _full_firm, _is_brief_firm),
}
