"""Settling: one class for each name of a document, whatever its single mentions were taken for."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import replace

from kg.language.lexicon import words
from kg.linking.key import ends_alike, stem
from kg.names.district import Tier, tier
from kg.names.mention import Mention

_SITES = frozenset({"District", "Project", "Place"})
"""Classes that one and the same site may have, by what is told of it."""
_NAMED_AFTER = frozenset({"Project", "Place"})
"""Classes of things whose names may bear a village without speaking of it."""


def settled(found: Sequence[tuple[Mention, ...]]) -> list[tuple[Mention, ...]]:
    """The mentions, each name of one class, without the villages of which the document knows but what is named after them: 蓝村路."""
    types = _settled_types(found)
    alike = [tuple(_settled(mention, types) for mention in mentions) for mentions in found]
    spoken_of = {mention.name for mentions in alike for mention in mentions}
    return [tuple(_without_village(m, spoken_of) if m.type in _NAMED_AFTER else m for m in mentions) for mentions in alike]


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
    if set(counts) <= _SITES - {"District"} and any(name == project or ends_alike(name, project) for project in built):
        return "Project"
    return min(counts, key=lambda t: (-counts[t], t))


def _settled(mention: Mention, types: Mapping[str, str]) -> Mention:
    things = (mention, *mention.inner)
    if all(types[thing.name] == thing.type for thing in things):
        return mention
    return replace(mention, type=types[mention.name], inner=tuple(replace(m, type=types[m.name]) for m in mention.inner))


def _without_village(mention: Mention, spoken_of: Collection[str]) -> Mention:
    """A site without the village that its name bears, where this is not ``spoken_of``."""
    idle = [m for m in mention.inner if m.type == "District" and tier(m.name) is Tier.VILLAGE and m.name not in spoken_of]
    return replace(mention, inner=tuple(m for m in mention.inner if m not in idle)) if idle else mention
