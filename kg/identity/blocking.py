"""Blocking: which things may have to do with each other, by their names alone, so that those of different blocks need never meet.

Two occurrences of one class are of one block where they share a name, where a name of one may be short for a name of the other, or
where others lead from one to the other. To settle block by block (``kg.identity.unification.settle``) comes to the same as to settle
a class at once.
"""

from collections import defaultdict
from collections.abc import Iterable

from kg.identity.alias import NO_RULINGS, Rulings
from kg.identity.fit import CALLED, SHORTENING, shortened
from kg.identity.occurrence import Occurrence
from kg.identity.resolution import all_features, ruled_apart


def names(occurrence: Occurrence, rulings: Rulings = NO_RULINGS) -> tuple[str, ...]:
    """The names by which an occurrence may meet another, its stem first."""
    shared = {feature.name for feature in all_features(occurrence, rulings)}
    apart = {str(names[0]) for names in rulings.different if set(names) & set(ruled_apart(occurrence, rulings))}
    called = set(occurrence.forms) if occurrence.entity.type in CALLED else set()
    return (occurrence.stem, *sorted((shared | apart | called) - {occurrence.stem}))


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


class Linked:
    """What the names of occurrences lead to."""

    def __init__(self, rulings: Rulings = NO_RULINGS) -> None:
        self._rulings = rulings
        self._linked: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._stems: defaultdict[str, set[str]] = defaultdict(set)

    def note(self, occurrence: Occurrence) -> None:
        """Note the names of an occurrence, where they lead to another one's."""
        type, found = occurrence.entity.type, names(occurrence, self._rulings)
        if len(found) > 1:
            self._linked[type].add(found)
        if type in SHORTENING:
            self._stems[type].add(found[0])

    def blocks(self) -> dict[str, dict[str, str]]:
        """For each class the block of each name that leads to another."""
        for type, stems in self._stems.items():
            self._linked[type].update(shortened(type, stems, stems))
        return {type: blocks(linked) for type, linked in self._linked.items()}
