"""Fits: what a thing might be that lacks what would tell it, and whether it is.

A short form fits the full names that it abbreviates in the same place; what a city's document names fits what a document of one of
its districts calls the same; a programme without an owner fits the owners above it; a project without a firm and a person without a
post fit those that have one in the same place.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from kg import corporate
from kg.decision import Reason
from kg.gazetteer import is_place, named
from kg.lexicon import words
from kg.occurrence import is_mere_count
from kg.resolution import Fit, Group
from kg.rules import pattern
from kg.scope import chain, city, is_wide, nested
from kg.words import tokens

_LONG = 4
"""Fewest characters of a programme's short name."""
_BRIEF = 3
"""Fewest characters of a project's short name."""
_PROPER = frozenset({"x", "nz", "nr", "nrt"})
"""Parts of speech of names, and of words that no dictionary knows."""


def fits(groups: Sequence[Group]) -> dict[Group, list[Fit]]:
    """What each of the groups, all of one class, may be taken for, or just not; groups that fit nothing are left out."""
    type = groups[0].type if groups else ""
    if type == "Enterprise":
        return _firms(groups)
    if type not in _FITTING:
        return {}
    bearers: defaultdict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for name in group.names:
            bearers[name].append(group)
    longer = _LONGER[type](groups) if type in _LONGER else {}
    found: dict[Group, list[Fit]] = {}
    for group in groups:
        others = {other for name in group.names for other in bearers[name] if other is not group} | longer.get(group, set())
        own = [Fit(other, reason) for other in others if (reason := _FITTING[type](group, other))]
        if own:
            found[group] = sorted(own, key=lambda fit: fit.group.key)
    return found


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
    """A programme's name may leave out what only describes it; that of a part, what the parts of its whole have in common."""
    if not nested(group.scopes, other.scopes):
        return None
    name, longer = group.stems[0], other.stems[0]
    if pattern("identity", "describes").fullmatch(longer.replace(name, "", 1)):
        return Reason.CORE
    wholes = [{whole for o in g.occurrences for whole in o.wholes} for g in (group, other)]
    return Reason.PARTS if longer.endswith(name) and set.intersection(*wholes) else None


def _project(group: Group, other: Group) -> Reason | None:
    """A project whose firm is not told is the one of that name there whose firm is; a short name is the long one's of the place."""
    if group.has(Reason.OWNER):
        return None
    if group.names.isdisjoint(other.names):
        return Reason.HEAD if nested(group.scopes, other.scopes) else None
    if other.has(Reason.OWNER):
        return Reason.SOLE if nested(group.scopes, other.scopes) else None
    return _site(group, other)


def _containing(groups: Sequence[Group]) -> dict[Group, set[Group]]:
    """Groups with names that contain that of another."""
    by_name: defaultdict[str, set[Group]] = defaultdict(set)
    for group in groups:
        by_name[group.stems[0]].add(group)
    found: defaultdict[Group, set[Group]] = defaultdict(set)
    for group in groups:
        name = group.stems[0]
        for begin, size in product(range(len(name)), range(_LONG, len(name))):
            for short in by_name.get(name[begin : begin + size], ()):
                found[short].add(group)
        found[group].discard(group)
    return found


def _longer(groups: Sequence[Group]) -> dict[Group, set[Group]]:
    """Projects whose names go on where that of another ends, with what it is: 滨江学校 for 滨江."""
    by_name: defaultdict[str, set[Group]] = defaultdict(set)
    for group in groups:
        by_name[group.stems[0]].add(group)
    found: defaultdict[Group, set[Group]] = defaultdict(set)
    for group in groups:
        name = group.stems[0]
        for size in range(2, len(name)):
            if name[:size] in by_name and _is_brief(name[:size], name[size:]):
                for short in by_name[name[:size]]:
                    found[short].add(group)
    return found


def _is_brief(name: str, rest: str) -> bool:
    """Whether a name may leave out what the longer one goes on with: its kind, or anything but a phase behind a word that only names."""
    if pattern("naming", "phase").fullmatch(rest):
        return False
    proper = any(token.tag in _PROPER for token in tokens(name))
    return len(name) >= _BRIEF and (rest in words("head") or (proper and not is_place(name)))


def _person(group: Group, other: Group) -> Reason | None:
    """A person whose post is not told is the one of that name there whose post is, or else whom a district's document names."""
    if group.has(Reason.BODY) or not group.has(Reason.PLACE):
        return None
    if other.has(Reason.BODY):
        return Reason.SOLE if nested(group.scopes, other.scopes) else None
    return _site(group, other)


_FITTING = {
    "District": _site,
    "Organization": _site,
    "Place": _site,
    "Event": _site,
    "Programme": _programme,
    "Project": _project,
    "Person": _person,
}


_LONGER = {"Programme": _containing, "Project": _longer}
"""For classes with short names, what is to be looked at because of its longer one."""


# --- firms ------------------------------------------------------------------------------------------------------------


def _firms(groups: Sequence[Group]) -> dict[Group, list[Fit]]:
    """The firms that each one's name may be short for."""
    longer = _Index(groups)
    found: dict[Group, list[Fit]] = {}
    for group in groups:
        own = [fit for other in longer.like(group) if (fit := _firm(group, other, longer.group_of))]
        if own:
            found[group] = sorted(own, key=lambda fit: fit.group.key)
    return found


class _Index:
    """Firms by what a short form of theirs has in common with them, so that not every pair need be looked at."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._pairs: defaultdict[str, set[Group]] = defaultdict(set)
        self.group_of = {(o.document, o.entity.key): group for group in groups for o in group.occurrences}
        for group in groups:
            stem = group.stems[0]
            for pair in {stem[i : i + 2] for i in range(len(stem) - 1)} | {a + b for a, b in product(stem[:3], stem[1:])}:
                self._pairs[pair].add(group)

    def like(self, group: Group) -> set[Group]:
        """Firms with longer names that begin, go on or are abbreviated like a name of the group."""
        stem = group.stems[0]
        starts, ends = {part[:2] for part in (stem, corporate.regionless(stem))}, {stem[0] + stem[-1]}
        return {other for pair in starts | ends for other in self._pairs[pair] if other is not group}


def _firm(group: Group, other: Group, group_of: Mapping[tuple[str, str], Group]) -> Fit | None:
    reason = _short_for(group, other)
    if reason is None:
        return None
    if any(group_of.get((o.document, key)) is other for o in group.occurrences for key in o.different):
        return Fit(other, Reason.OTHER_FIRM, merges=False)
    if nested(_places(group), _places(other)) or (reason == Reason.REGION and corporate.is_telling(group.stems[0])):
        return Fit(other, reason)
    return Fit(other, Reason.OTHER_PLACE, merges=False) if reason in (Reason.HEAD, Reason.REGION) else None


def _short_for(group: Group, other: Group) -> Reason | None:
    """Why the one firm's name may be short for the other's; two registered names differ in more than what stands in front."""
    registered = all(any(corporate.is_legal(form) for o in g.occurrences for form in o.forms) for g in (group, other))
    return corporate.short_for(group.stems[0], other.stems[0], registered)  # the longest of each, so that fits never go round in a circle


def _places(group: Group) -> set[str]:
    """Where a firm is: the cities that its documents are about, and where its name says."""
    own = {f"District/{division.code}" for stem in group.stems for division in named(corporate.region(stem))}
    return own | {city(scope) for scope in group.scopes}
