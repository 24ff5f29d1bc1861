"""Layout: where every thing stands on the page, computed once and the same on every machine.

Things are hung into trees (a programme under the plan it is part of, a firm under its area), and each tree is packed
as a cluster of circles around its head, so that a district shows as an island and its plans as islands beside it.
Only ``+ - * /`` and square roots are used, which IEEE 754 rounds alike everywhere: sines and exponentials are not.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from kg.entity import Entity
from kg.relation import Relation

_HEAD_IS_SUBJECT = {
    "hasPart": True,
    "subsidiaryOf": False,
    "undertakes": True,
    "holdsPosition": False,
    "organises": True,
    "locatedIn": False,
    "partOf": False,
    "implements": True,
    "issuedBy": False,
    "inIndustry": True,
    "supplies": True,
    "partnersWith": True,
}
"""Which end of a relation is the head, the strongest tie first."""
_STRENGTH = {predicate: rank for rank, predicate in enumerate(_HEAD_IS_SUBJECT)}
_GOLDEN = complex(-0.7373688780783197, 0.6754902942615238)
"""A turn by the golden angle: points on this spiral never line up."""
_ROOM = 46.0
"""Radius of the room that a thing with its label takes."""
_CELL = 2 * _ROOM
_ROUNDS = 120
"""Steps of settling; fewer in large graphs."""
_GAP = 26.0
"""Distance kept between clusters."""
_WIDTH = 1.45
"""Labels are wider than high, so the finished map is stretched sideways."""


@dataclass(slots=True)
class _Circle:
    """A cluster: a head with what is packed around it, places relative to its centre."""

    radius: float
    places: list[tuple[str, complex]] = field(default_factory=list)


def degrees(relations: Iterable[Relation]) -> Mapping[str, int]:
    """How many relations each thing takes part in."""
    count: dict[str, int] = defaultdict(int)
    for relation in relations:
        count[relation.subject] += 1
        if not relation.literal:
            count[relation.object] += 1
    return count


def positions(entities: Iterable[Entity], relations: Iterable[Relation]) -> Mapping[str, tuple[int, int]]:
    """The place of every entity, by key, in whole pixels around the origin."""
    types = {entity.key: entity.type for entity in sorted(entities, key=lambda e: e.key)}
    heads = _heads(sorted(r for r in relations if not r.literal))
    below: dict[str, list[str]] = defaultdict(list)
    for key in types:
        if key in heads:
            below[heads[key]].append(key)
    tops = [_cluster(key, below, types) for key in types if key not in heads]
    places = _settle(dict(_around(None, tops, largest_first=True).places), heads)
    return {key: (round(places[key].real * _WIDTH), round(places[key].imag)) for key in types}


def _heads(relations: Sequence[Relation]) -> dict[str, str]:
    """For each thing the one above it: by its strongest tie, among equal ties to the best connected; never in a circle."""
    count = degrees(relations)
    ties = []
    for relation in relations:
        ends = (relation.subject, relation.object)
        head, part = ends if _HEAD_IS_SUBJECT.get(relation.predicate, True) else ends[::-1]
        ties.append((_STRENGTH.get(relation.predicate, len(_STRENGTH)), -count[head], head, part))
    heads: dict[str, str] = {}
    for _, _, head, part in sorted(set(ties)):
        if part not in heads and _top(head, heads) != part:
            heads[part] = head
    return heads


def _top(key: str, heads: Mapping[str, str]) -> str:
    while key in heads:
        key = heads[key]
    return key


def _cluster(root: str, below: Mapping[str, Sequence[str]], types: Mapping[str, str]) -> _Circle:
    """``root`` with everything below it; children before parents, without recursion, for trees may be deep."""
    order = [root]
    for key in order:
        order.extend(below.get(key, ()))
    done: dict[str, _Circle] = {}
    for key in reversed(order):
        children = below.get(key, ())
        leaves: dict[str, list[str]] = defaultdict(list)
        for child in children:
            if child not in below:
                leaves[types[child]].append(child)
        parts = [done[child] for child in children if child in below]
        parts += [_spiral(leaves[kind]) for kind in sorted(leaves)]
        done[key] = _around(key, parts, largest_first=False)
    return done[root]


def _spiral(keys: Sequence[str]) -> _Circle:
    """Things of one kind, side by side like the seeds of a sunflower."""
    turn, places = complex(1), []
    for number, key in enumerate(keys):
        places.append((key, turn * _ROOM * 1.05 * sqrt(number + 0.5)))
        turn *= _GOLDEN
    return _Circle(_ROOM * (1.05 * sqrt(len(keys)) + 0.5), places)


def _around(head: str | None, parts: Sequence[_Circle], largest_first: bool) -> _Circle:
    """``parts`` packed around ``head`` in the middle."""
    if not parts:
        return _Circle(_ROOM, [(head, 0j)] if head else [])
    parts = sorted(parts, key=lambda part: -part.radius if largest_first else part.radius)
    circles = [*([_Circle(_ROOM, [(head, 0j)])] if head else []), *parts]
    centres = _pack([circle.radius + _GAP for circle in circles])
    middle, radius = _enclosing(centres, [circle.radius for circle in circles])
    moved = [(circle, centre - middle) for circle, centre in zip(circles, centres, strict=True)]
    return _Circle(radius, [(key, centre + place) for circle, centre in moved for key, place in circle.places])


def _enclosing(centres: Sequence[complex], radii: Sequence[float]) -> tuple[complex, float]:
    """A circle around circles, nearly the smallest: step towards whatever sticks out most, ever less (Bădoiu and Clarkson)."""
    middle = centres[0]
    for step in range(2, 60):
        reach, far = max((_length(centre - middle) + radius, i) for i, (centre, radius) in enumerate(zip(centres, radii, strict=True)))
        gap = _length(centres[far] - middle)
        if gap:
            middle += (centres[far] - middle) / gap * reach / step
    return middle, max(_length(centre - middle) + radius for centre, radius in zip(centres, radii, strict=True))


def _settle(packed: Mapping[str, complex], heads: Mapping[str, str]) -> dict[str, complex]:
    """Close the gaps between circles: everything drifts towards its head and is pushed out of its neighbours' room."""
    extent = max((_length(place) for place in packed.values()), default=0.0)
    tight = min(1.0, _ROOM * 2 * sqrt(len(packed)) / extent) if extent else 1.0
    places = {key: place * tight for key, place in packed.items()}
    for step in range(max(_ROUNDS * 600 // (600 + len(places)), 12)):
        pull = 0.06 if step < _ROUNDS // 2 else 0.01
        for key, head in heads.items():
            places[key] += (places[head] - places[key]) * pull
        _push(places)
    return places


def _push(places: dict[str, complex]) -> None:
    """Move each pair that stands too close apart, looking only at the cells of a grid around each place."""
    grid: dict[tuple[int, int], list[str]] = defaultdict(list)
    for key, place in places.items():
        x, y = int(place.real // _CELL), int(place.imag // _CELL)
        for cell in (
            (x, y),
            (x - 1, y),
            (x, y - 1),
            (x - 1, y - 1),
            (x + 1, y - 1),
            (x + 1, y),
            (x - 1, y + 1),
            (x, y + 1),
            (x + 1, y + 1),
        ):
            for other in grid.get(cell, ()):
                way = places[other] - places[key]
                gap = _length(way)
                if gap < _CELL:
                    shift = way / gap * (_CELL - gap) / 2 if gap else complex(_CELL / 4)
                    places[key] -= shift
                    places[other] += shift
        grid[x, y].append(key)


def _pack(radii: Sequence[float]) -> list[complex]:
    """Centres of circles that touch without overlap, the first at the origin (front-chain packing, Wang et al. 2006)."""
    centres = [0j]
    if len(radii) > 1:
        centres.append(complex(radii[0] + radii[1]))
    chain = list(range(len(centres)))
    for number in range(2, len(radii)):
        at = min(range(len(chain)), key=lambda i: _score(chain, i, centres, radii))
        chain = chain[at:] + chain[:at]
        centres.append(_place(chain, number, centres, radii))
    return centres


def _score(chain: Sequence[int], at: int, centres: Sequence[complex], radii: Sequence[float]) -> float:
    """How far from the origin the gap after ``chain[at]`` lies, squared."""
    a, b = chain[at], chain[(at + 1) % len(chain)]
    middle = (centres[a] * radii[b] + centres[b] * radii[a]) / (radii[a] + radii[b])
    return middle.real * middle.real + middle.imag * middle.imag


def _place(chain: list[int], number: int, centres: Sequence[complex], radii: Sequence[float]) -> complex:
    """Fit a circle outside ``chain[0]`` and ``chain[1]``, dropping from the chain whatever it would run into."""
    while True:
        a, b = chain[0], chain[1]
        centre = _tangent(centres[a], radii[a], centres[b], radii[b], radii[number])
        hits = [i for i in range(2, len(chain)) if _overlap(centres[chain[i]] - centre, radii[chain[i]] + radii[number])]
        if not hits:
            chain.insert(1, number)
            return centre
        after, before = hits[0], hits[-1]
        if after <= len(chain) - before:
            del chain[1:after]
        else:
            chain[1:] = chain[1 : before + 1]
            chain[0] = chain.pop()


def _length(way: complex) -> float:
    return sqrt(way.real * way.real + way.imag * way.imag)  # not abs(): hypot differs between C libraries


def _overlap(gap: complex, reach: float) -> bool:
    return gap.real * gap.real + gap.imag * gap.imag < (reach - 1e-6) * (reach - 1e-6)


def _tangent(a: complex, ra: float, b: complex, rb: float, r: float) -> complex:
    """Centre of the circle of radius ``r`` that touches both circles, on the right of the way from ``a`` to ``b``."""
    way = b - a
    distance = _length(way)
    along = (distance * distance + (ra + r) * (ra + r) - (rb + r) * (rb + r)) / (2 * distance)
    aside = sqrt(max((ra + r) * (ra + r) - along * along, 0.0))
    return a + way / distance * complex(along, -aside)
