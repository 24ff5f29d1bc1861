"""Verdicts: what was decided about groups of occurrences, as records for people to read."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from kg.identity.alias import Rulings
from kg.identity.occurrence import Feature, Occurrence
from kg.identity.resolution import Attached, Group, Refused
from kg.identity.tie import tie
from kg.names.decision import Decision, Reason, Sight

_SHOWN = 5
"""A decision shows its names at no more places than this."""
_REFUSAL = {Reason.BODY: Reason.OTHER_POST, Reason.OWNER: Reason.OTHER_OWNER, Reason.PARTS: Reason.OTHER_PARTS}
"""Why namesakes are apart, by what tells one of them."""


def decisions(settled: Attached, rulings: Rulings) -> Iterator[Decision]:
    """Every merge and every refusal of one class."""
    clusters: defaultdict[Group, list[Group]] = defaultdict(list)
    for group, root in settled.roots.items():
        clusters[root].append(group)
    for root, groups in clusters.items():
        yield from _forms(root, groups, {_sight(root.key, group).form for group in groups if group in settled.why})
        for group in groups:
            yield from _shared(root.key, group)
            if group in settled.why:
                yield Decision(True, settled.why[group], (_sight(root.key, group), _sight(root.key, root)))
    refused = [r for r in settled.refused if len({settled.roots[g].key for g in (r.group, *r.others)}) > 1]
    for group, others, reason in refused:
        yield _refusal(reason, [settled.roots[g] for g in (group, *others)], (group, *others))
    yield from _namesakes(list(clusters), refused)
    yield from _ruled(clusters, rulings)


def _refusal(reason: Reason, roots: Sequence[Group], shown: Sequence[Group]) -> Decision:
    sights = {root.key: _sight(root.key, group) for root, group in zip(roots, shown, strict=True)}
    return Decision(False, reason, tuple(sights[key] for key in sorted(sights)))


def _forms(root: Group, groups: Sequence[Group], told: Set[str]) -> Iterator[Decision]:
    """Why each other form of the name is one, but for those that are ``told`` already, and those that only the user says are."""
    seen: dict[str, Sight] = {}
    ruled = {form for group in groups if group.has(Reason.USER_SAME) for form in group.forms}
    for o in sorted((o for group in groups for o in group.occurrences), key=lambda o: (o.document, o.entity.key)):
        for form in o.forms:
            sight = _seen(root.key, o, form)
            if form not in seen or (seen[form].evidence is None and sight.evidence):
                seen[form] = sight
    name = min(seen, key=lambda form: (-len(form), form))
    for form in seen:
        if form != name and form not in told:
            reason = tie(root.type, root.key, form, name)
            if reason != Reason.DOCUMENT or form not in ruled:
                yield Decision(True, reason, (seen[form], seen[name]))


def _shared(key: str, group: Group) -> Iterator[Decision]:
    """What each feature holds together, but for what a stronger one does already."""
    holders: defaultdict[Feature, list[Occurrence]] = defaultdict(list)
    for occurrence, own in zip(group.occurrences, group.own, strict=True):
        for feature in own:
            holders[feature].append(occurrence)
    told: set[frozenset[tuple[str, str]]] = set()
    for feature in group.features:
        alike = frozenset((o.document, o.entity.key) for o in holders[feature])
        if feature.reason == Reason.USER_DIFFERENT:
            continue  # it parts and holds nothing together
        if len(alike) > 1 and (feature.reason == Reason.USER_SAME or not any(alike <= others for others in told)):
            told.add(alike)
            yield Decision(True, feature.reason, tuple(_seen(key, o, o.entity.name) for o in holders[feature][:_SHOWN]))


def _namesakes(roots: Sequence[Group], refused: Sequence[Refused]) -> Iterator[Decision]:
    """What bears the same name and is not the same, unless it was refused already."""
    told = {frozenset((r.group.key, other.key)) for r in refused for other in r.others}
    named: defaultdict[str, dict[str, Group]] = defaultdict(dict)
    for root in roots:
        for name in root.names:
            named[name][root.key] = root
    for alike in named.values():
        groups = [alike[key] for key in sorted(alike)]
        if all(group.features[0].reason == Reason.USER_DIFFERENT for group in groups):
            continue  # that is what the user says, and told as such
        if len(groups) > 1 and not (len(groups) == 2 and frozenset(alike) in told):
            yield _refusal(_difference(groups), groups[:_SHOWN], groups[:_SHOWN])


def _ruled(clusters: Mapping[Group, Sequence[Group]], rulings: Rulings) -> Iterator[Decision]:
    """What the user says is different."""
    for names in rulings.different:
        sights: dict[str, Sight] = {}
        for root, groups in clusters.items():
            for o in (o for group in groups for o in group.occurrences):
                for name in names:
                    if name.means(o.forms, o.source):
                        sights.setdefault(root.key, _seen(root.key, o, name.form))
        if len(sights) > 1:
            yield Decision(False, Reason.USER_DIFFERENT, tuple(sights[key] for key in sorted(sights)))


def _difference(groups: Sequence[Group]) -> Reason:
    """What tells namesakes apart."""
    strongest = [group.features[0] for group in groups]
    if groups[0].type == "Enterprise" and not any(feature.value for feature in strongest):
        return Reason.OTHER_FIRM
    if any(feature.reason == Reason.DOCUMENT for feature in strongest):
        return Reason.NO_CONTEXT
    if len({feature.value.partition(" ")[0] for feature in strongest}) == 1:
        return Reason.OTHER_YEAR
    return next((_REFUSAL[feature.reason] for feature in strongest if feature.reason in _REFUSAL), Reason.OTHER_PLACE)


def _sight(key: str, group: Group) -> Sight:
    first = group.occurrences[0]
    return _seen(key, first, first.entity.name)


def _seen(key: str, occurrence: Occurrence, form: str) -> Sight:
    return Sight(key, form, next((s.evidence for s in occurrence.sightings if s.form == form), None))
