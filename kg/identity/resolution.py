"""Resolution: which things of several documents are one.

Two steps for each class. Occurrences that share a feature (``kg.identity.occurrence``) are a group. Then a group that lacks what would tell
it, a short form or a person without a post, is taken for the one group that it fits; where it fits two, or what it fits is elsewhere,
it stays by itself and the refusal is recorded. It must fit that group itself: nothing is joined by way of a third.
The result depends on the set of occurrences alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kg.identity.alias import NO_RULINGS, Name, Rulings
from kg.identity.occurrence import Feature, Occurrence, features
from kg.names.decision import Reason

_TELLING = (
    Reason.USER_DIFFERENT,
    Reason.CODE,
    Reason.ZONE,
    Reason.ORGAN,
    Reason.KNOWN,
    Reason.NAME,
    Reason.OWNER,
    Reason.BODY,
    Reason.POST,
    Reason.PARTS,
    Reason.PLACE,
    Reason.DOCUMENT,
    Reason.USER_SAME,
)
"""What features are for, those that tell the most first."""


@dataclass(frozen=True, eq=False)
class Group:
    """Occurrences that are one thing."""

    occurrences: tuple[Occurrence, ...]
    """In the order of their documents."""
    own: tuple[tuple[Feature, ...], ...]
    """The features of each."""

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        """All of them, those that tell the most first."""
        return tuple(sorted({f for own in self.own for f in own}, key=lambda f: (_TELLING.index(f.reason), f)))

    @property
    def type(self) -> str:
        """Class of the ontology."""
        return self.occurrences[0].entity.type

    @cached_property
    def key(self) -> str:
        """Made of the name and what tells it from its namesakes."""
        feature = self.features[0]
        value = (feature.value.partition("/")[2] or feature.value).replace(" ", "_")
        name = feature.name if feature.name in self.stems or feature.reason == Reason.KNOWN else min(self.stems)
        return f"{self.type}/{value}_{name}" if value else f"{self.type}/{name}"

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Its names without what varies, the longest first."""
        return tuple(sorted({o.stem for o in self.occurrences}, key=lambda n: (-len(n), n)))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names by which it may be taken for another, in each of their readings."""
        return frozenset(feature.name for feature in self.features if feature.reason != Reason.USER_SAME)

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every name that a document has for it."""
        return frozenset(form for o in self.occurrences for form in o.forms)

    @cached_property
    def fullest(self) -> frozenset[str]:
        """The names that documents have for it which call it by the longest."""
        return frozenset(o.entity.name for o in self.occurrences if o.stem == self.stems[0])

    @cached_property
    def scopes(self) -> frozenset[str]:
        """Keys of the districts where it is."""
        return frozenset(scope for o in self.occurrences for scope in o.scopes)

    def has(self, *reasons: Reason) -> bool:
        """Whether it has a feature for one of the reasons."""
        return any(feature.reason in reasons for feature in self.features)

    def values(self, reason: Reason) -> frozenset[str]:
        """What its features for the reason say."""
        return frozenset(feature.value for feature in self.features if feature.reason == reason)


class Fit(NamedTuple):
    """A group that another one might be."""

    group: Group
    reason: Reason
    """Why it is, or why it is not after all."""
    merges: bool = True


def grouped(occurrences: Sequence[Occurrence], rulings: Rulings = NO_RULINGS) -> list[Group]:
    """Occurrences of one class that share a feature, directly or by way of others."""
    found = [all_features(occurrence, rulings) for occurrence in occurrences]
    parent = list(range(len(occurrences)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    first: dict[Feature, int] = {}
    for index, own in enumerate(found):
        for feature in own:
            parent[root(index)] = root(first.setdefault(feature, index))
    members: defaultdict[int, list[int]] = defaultdict(list)
    for index in range(len(occurrences)):
        members[root(index)].append(index)
    return [part for indices in members.values() for part in _parted([(occurrences[i], found[i]) for i in indices], rulings)]


def all_features(occurrence: Occurrence, rulings: Rulings = NO_RULINGS) -> tuple[Feature, ...]:
    """Its own features, and those that the user says it has."""
    return (*features(occurrence), *_same(occurrence, rulings))


def _same(occurrence: Occurrence, rulings: Rulings) -> Iterator[Feature]:
    for names in rulings.same:
        if any(name.means(occurrence.forms, occurrence.source) for name in names):
            yield Feature(Reason.USER_SAME, str(names[0]), "")


def _parted(members: Sequence[tuple[Occurrence, tuple[Feature, ...]]], rulings: Rulings) -> Iterator[Group]:
    """The members as one group, or as several where the user says that some of them are different things."""
    parts: defaultdict[tuple[Name, ...], list[tuple[Occurrence, tuple[Feature, ...]]]] = defaultdict(list)
    for occurrence, own in members:
        parts[ruled_apart(occurrence, rulings)].append((occurrence, own))
    if not any(_conflict(one, other, rulings) for one in parts for other in parts):
        yield _group(members)
        return
    for names, part in parts.items():
        told = Feature(Reason.USER_DIFFERENT, part[0][0].stem, " ".join(map(str, names)))
        yield _group([(o, (told, *own) if names else own) for o, own in part])


def ruled_apart(occurrence: Occurrence, rulings: Rulings) -> tuple[Name, ...]:
    """The names of the occurrence that the user says are of different things than others."""
    return tuple(sorted({n for names in rulings.different for n in names if n.means(occurrence.forms, occurrence.source)}))


def _conflict(one: Iterable[Name], other: Iterable[Name], rulings: Rulings) -> bool:
    return any(first != second and first in names and second in names for names in rulings.different for first in one for second in other)


def _group(members: Sequence[tuple[Occurrence, tuple[Feature, ...]]]) -> Group:
    ordered = sorted(members, key=lambda member: (member[0].document, member[0].entity.key))
    return Group(tuple(o for o, _ in ordered), tuple(own for _, own in ordered))


class Refused(NamedTuple):
    """A group that stays by itself, what it might have been, and why it is not."""

    group: Group
    others: tuple[Group, ...]
    reason: Reason


class Attached(NamedTuple):
    """What the groups of one class came to."""

    roots: Mapping[Group, Group]
    """The group that each group is."""
    why: Mapping[Group, Reason]
    """Why, for each that is another one."""
    refused: tuple[Refused, ...]

    def shared(self) -> Iterator[tuple[Occurrence, str]]:
        """The shared key of each occurrence."""
        return ((occurrence, root.key) for group, root in self.roots.items() for occurrence in group.occurrences)


def attached(groups: Sequence[Group], fits: Mapping[Group, Sequence[Fit]], rulings: Rulings = NO_RULINGS) -> Attached:
    """Each group taken for the one group that it fits, for itself where there is none or more than one.

    ``fits`` leads from those that lack something to those that have it; of a circle, as of two names that documents give each other,
    the first is the one.
    """
    roots: dict[Group, Group] = {}
    why: dict[Group, Reason] = {}
    refused: list[Refused] = []

    def settle(group: Group) -> Group:
        if group not in roots:
            roots[group] = group  # for what leads back here
            options = {fit.group: fit.reason for fit in fits.get(group, ()) if fit.merges}
            targets = {settle(other) for other in options} - {group}
            goal = next(iter(targets)) if len(targets) == 1 else None
            roots[group] = goal if goal in options else group
            if goal in options:
                why[group] = options[goal]
            elif targets:
                refused.append(Refused(group, _sorted(targets), Reason.INDIRECT if goal else Reason.AMBIGUOUS))
            else:
                refused.extend(Refused(group, (fit.group,), fit.reason) for fit in fits.get(group, ()))
        return roots[group]

    for group in groups:
        settle(group)
    for group in _barred(roots, rulings):
        roots[group] = group
        why.pop(group, None)
    return Attached(roots, why, tuple(refused))


def _barred(roots: Mapping[Group, Group], rulings: Rulings) -> list[Group]:
    """Groups that the user says are not what they were taken for, or not what else was taken for it."""
    if not rulings.different:
        return []
    names = {group: {name for o in group.occurrences for name in ruled_apart(o, rulings)} for group in roots}
    members: defaultdict[Group, list[Group]] = defaultdict(list)
    for group, root in roots.items():
        if names[group]:
            members[root].append(group)
    return [
        group
        for root, all in members.items()
        for group in all
        if group is not root and any(_conflict(names[group], names[other], rulings) for other in all)
    ]


def _sorted(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda g: g.key))
