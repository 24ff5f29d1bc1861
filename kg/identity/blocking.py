"""Blocking: which things may have to do with each other, by their names alone, so that those of different blocks need never meet.

Two occurrences of one class are of one block where they share a name, where a name of one may be short for a name of the other, or
where others lead from one to the other. To settle block by block (``kg.identity.unification.settle``) comes to the same as to settle
a class at once.
"""

from collections.abc import Iterable

from kg.identity.alias import NO_RULINGS, Rulings
from kg.identity.occurrence import Occurrence
from kg.identity.resolution import all_features, ruled_apart


def names(occurrence: Occurrence, rulings: Rulings = NO_RULINGS) -> tuple[str, ...]:
    """The names by which an occurrence may meet another, its stem first."""
    shared = {feature.name for feature in all_features(occurrence, rulings)}
    apart = {str(names[0]) for names in rulings.different if set(names) & set(ruled_apart(occurrence, rulings))}
    return (occurrence.stem, *sorted((shared | apart) - {occurrence.stem}))


def blocks(linked: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """The block of each name that is ``linked`` with another; a name that is not in any is a block by itself."""
    above: dict[str, str] = {}

    def block(name: str) -> str:
        while (up := above.setdefault(name, name)) != name:
            above[name] = name = above[up]
        return name

    for first, *others in linked:
        for other in others:
            low, high = sorted((block(first), block(other)))
            above[high] = low
    return {name: block(name) for name in above}
