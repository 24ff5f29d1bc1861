"""Layout: where every thing stands on the page, computed once and the same on every machine.

A large graph is laid out part by part, each community in a disc of its own; that is quick, for no forces are needed within.
In a small graph things are hung into trees (a programme below the plan it is part of, a firm below its area) and these laid out in rings;
then forces do the rest: related things attract each other, all others repel, so that a district becomes an island with
its plans and firms around it. Only ``+ - * /``, square roots and exact sums are used, which come out alike on every machine
and Python: one differing last digit of a sine would grow into another picture.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import fsum, sqrt

from kg.facts.entity import Entity
from kg.facts.relation import Relation

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
_ROOM = 62.0
"""How far apart two things must stand, so that a label finds place."""
_WIDTH = 1.4
"""Labels are wider than high, so the finished map is stretched sideways."""
_STEPS = 110
"""Steps of the forces; fewer in large graphs."""
_PUSHES = 25
"""Rounds of pushing apart what stands too close."""
_CROWDED = 0.5
"""How far the average thing is from the middle before that, in rooms, for each thing's share of the map."""
_SPACIOUS = 0.75
"""Radius of a community's disc, in rooms, for the square root of its things."""
_DENSE = 0.5
"""The same where the things do not hang together."""
_APART = 1.06
"""How far apart two discs stand, in the sum of their radii."""
_SHORTEST, _CLOSE = 8, 0.8
"""Things in the shortest row below the map, and how far apart the rows stand, in rooms."""
_GOLDEN = 0.6180339887498949
"""Multiples of the golden ratio spread evenly, however many there are."""
_HEAVY = 0.1
"""What each relation adds to a thing's mass, which is 1 without; the heavier, the more room it keeps free."""
_GRAVITY = 0.1
"""Pull towards the middle, in the pull of a tree's relation; it keeps what has few ties from drifting off."""
_WEAK = 0.04
"""Pull of a relation that is not one of the trees', whose pull is 1."""


def degrees(relations: Iterable[Relation]) -> Mapping[str, int]:
    """How many relations each thing takes part in, however often a text tells one of them."""
    told = {(relation.subject, relation.predicate, relation.object, relation.literal) for relation in relations}
    return Counter(key for subject, _, target, literal in told for key in ((subject,) if literal else (subject, target)))


def positions(
    entities: Iterable[Entity], relations: Collection[Relation], communities: Sequence[Sequence[str]] = ()
) -> Mapping[str, tuple[int, int]]:
    """The place of every entity, by key, in whole pixels around the origin; where there are communities, each in its disc."""
    keys = sorted(entity.key for entity in entities)
    heads = heads_of(relations)
    if communities:
        return _discs(communities, heads, relations)
    tied = {key for one, other in _ties(relations) if one != other for key in (one, other)}
    places = _spread([key for key in keys if key in tied] or keys, heads, relations)
    return places | _rows([key for key in keys if tied and key not in tied], places)


def _rows(keys: Sequence[str], places: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Rows below the map, as wide as it, for what is tied to nothing."""
    if not keys:
        return {}
    across, down = [place[0] for place in places.values()], [place[1] for place in places.values()]
    step, line = _ROOM * _WIDTH, _ROOM * _CLOSE
    wide = max(_SHORTEST, round((max(across) - min(across)) / step) + 1)
    left = (max(across) + min(across) - step * (min(wide, len(keys)) - 1)) / 2
    top = max(down) + 2 * _ROOM
    return {key: (round(left + i % wide * step), round(top + i // wide * line)) for i, key in enumerate(keys)}


def _spread(keys: Sequence[str], heads: Mapping[str, str], relations: Collection[Relation]) -> dict[str, tuple[int, int]]:
    """Places by the forces between things."""
    number = {key: i for i, key in enumerate(keys)}
    pulls = {(number[part], number[head]): 1.0 for part, head in heads.items()}
    for one, other in _ties(relations):
        pulls.setdefault((number[one], number[other]), _WEAK)
    if not keys:
        return {}
    places = _rings(keys, heads)
    _relax(places, sorted((a, b, pull) for (a, b), pull in pulls.items() if a != b))
    _tighten(places)
    return {key: (round(place.real * _WIDTH), round(place.imag)) for key, place in zip(keys, places, strict=True)}


def _discs(communities: Sequence[Sequence[str]], heads: Mapping[str, str], relations: Collection[Relation]) -> dict[str, tuple[int, int]]:
    """Every community as a disc, those tied to each other side by side, with its things inside."""
    home = {key: number for number, part in enumerate(communities) for key in part}
    inner = Counter(home[one] for one, other in set(_ties(relations)) if one != other and home[one] == home[other])
    loose = [inner[number] < len(part) - 1 for number, part in enumerate(communities)]
    radii = [(_DENSE if apart else _SPACIOUS) * _ROOM * sqrt(len(part)) for part, apart in zip(communities, loose, strict=True)]
    found: dict[str, tuple[int, int]] = {}
    for part, centre, radius in zip(communities, _pack(radii, _between(home, relations)), radii, strict=True):
        own = {key: heads[key] for key in part if key in heads and home[heads[key]] == home[key]}
        for key, place in zip(part, _fan(part, own), strict=True):
            at = centre + place * radius
            found[key] = round(at.real), round(at.imag)
    return found


def _between(home: Mapping[str, int], relations: Iterable[Relation]) -> Mapping[int, Mapping[int, int]]:
    """How many ties there are from each community to each other."""
    count: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for one, other in _ties(relations):
        a, b = home[one], home[other]
        count[a][b] += a != b
        count[b][a] += a != b
    return count


def _pack(radii: Sequence[float], between: Mapping[int, Mapping[int, int]]) -> list[complex]:
    """A centre for each disc, one after the other: the first free place on a spiral around those it is tied to."""
    centres: list[complex] = []
    for number, radius in enumerate(radii):
        ties = [(other, count) for other, count in sorted(between[number].items()) if other < number and count]
        middle = sum((centres[other] * count for other, count in ties), 0j) / (sum(count for _, count in ties) or 1)
        at, step = middle, 0
        while any(_length(at - other) < (radius + radii[i]) * _APART for i, other in enumerate(centres)):
            step += 1
            at = middle + _direction(step * _GOLDEN % 1) * (radius + _ROOM) * sqrt(step) / 3
        centres.append(at)
    return centres


def _fan(keys: Sequence[str], heads: Mapping[str, str]) -> list[complex]:
    """Places spread evenly over the unit disc; every tree has a sector of its own, its top innermost."""
    order = _trees(keys, heads)
    size = dict.fromkeys(order, 1)
    for key in reversed(order):
        if key in heads:
            size[heads[key]] += size[key]
    free = [((i + 0.5) / len(keys), sqrt((i + 0.5) * _GOLDEN % 1)) for i in range(len(keys))]
    slots: dict[str | None, list[tuple[float, float]]] = {None: free}
    places: dict[str, complex] = {}
    for key in order:
        above = slots[heads.get(key)]
        mine, above[: size[key]] = above[: size[key]], []
        turn, radius = min(mine, key=lambda slot: slot[1])
        mine.remove((turn, radius))
        slots[key] = mine
        places[key] = _direction(turn) * radius
    return [places[key] for key in keys]


def _trees(keys: Sequence[str], heads: Mapping[str, str]) -> list[str]:
    """All things, each followed by what is below it."""
    below: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if key in heads:
            below[heads[key]].append(key)
    stack = [key for key in reversed(keys) if key not in heads]
    order = []
    while stack:
        order.append(stack.pop())
        stack.extend(reversed(below[order[-1]]))
    return order


def _ties(relations: Iterable[Relation]) -> Iterator[tuple[str, str]]:
    """Subject and object of the relations between things."""
    return ((relation.subject, relation.object) for relation in relations if not relation.literal)


def heads_of(relations: Collection[Relation]) -> dict[str, str]:
    """For each thing the one above it: by its strongest tie, among equal ties the best connected; never in a circle."""
    count = Counter(key for tie in _ties(relations) for key in tie)
    known = {key: key for key in count}
    ties = set()
    for relation in relations:
        if not relation.literal:
            ends = known[relation.subject], known[relation.object]
            head, part = ends if _HEAD_IS_SUBJECT.get(relation.predicate, True) else ends[::-1]
            ties.add((_STRENGTH.get(relation.predicate, len(_STRENGTH)), -count[head], head, part))
    heads: dict[str, str] = {}
    for _, _, head, part in sorted(ties):
        if part not in heads and _top(head, heads) != part:
            heads[part] = head
    return heads


def _top(key: str, heads: Mapping[str, str]) -> str:
    while key in heads:
        key = heads[key]
    return key


def _rings(keys: Sequence[str], heads: Mapping[str, str]) -> list[complex]:
    """Every tree a sector as wide as it has things, every level a ring: a start without crossings."""
    below: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if key in heads:
            below[heads[key]].append(key)
    stack = [(key, 1) for key in reversed(keys) if key not in heads]
    places: dict[str, complex] = {}
    extent = sqrt(len(keys)) * _ROOM / 4
    while stack:
        key, level = stack.pop()
        places[key] = _direction(len(places) / len(keys)) * extent * level
        stack.extend((child, level + 1) for child in below[key])
    return [places[key] for key in keys]


def _direction(turn: float) -> complex:
    """The unit vector at ``turn`` (0 to 1) of a full turn, nearly: by the rational parametrization of the circle."""
    quarter = int(turn * 4)
    t = turn * 4 - quarter
    return complex(1 - t * t, 2 * t) / (1 + t * t) * (1, 1j, -1, -1j)[quarter % 4]


def _relax(places: list[complex], pulls: Sequence[tuple[int, int, float]]) -> None:
    """Let the forces work; how far a thing may move in one step shrinks from step to step."""
    mass = [1.0] * len(places)
    for a, b, _ in pulls:
        mass[a] += _HEAVY
        mass[b] += _HEAVY
    steps = max(_STEPS * 1500 // (1500 + len(places)), 12)
    for step in range(steps):
        reach = 8 * _ROOM * (1 - step / steps) + _ROOM / 20
        forces = _repulsion(places, mass)
        for a, b, pull in pulls:
            way = (places[b] - places[a]) * pull
            forces[a] += way
            forces[b] -= way
        for i, force in enumerate(forces):
            force -= places[i] * _GRAVITY * mass[i]
            length = _length(force)
            if length:
                places[i] += force * min(0.25 / mass[i], reach / length)


def _repulsion(places: Sequence[complex], mass: Sequence[float]) -> list[complex]:
    """What pushes each thing away: those in its own cell of a grid one by one, other cells as one, alike for all when far."""
    spread = fsum(_length(place) for place in places) / len(places) + 1
    side = 3 * spread / sqrt(3 * sqrt(len(places)))
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, place in enumerate(places):
        cells[int(place.real // side), int(place.imag // side)].append(i)
    whole = {cell: _centre([places[i] for i in inside], [mass[i] for i in inside]) for cell, inside in cells.items()}
    forces = [0j] * len(places)
    for (across, down), inside in cells.items():
        beside = {(across + x, down + y) for x in (-1, 0, 1) for y in (-1, 0, 1)}
        x, y, _ = whole[across, down]
        far = _away(complex(x, y), [centre for cell, centre in whole.items() if cell not in beside])
        near = [whole[cell] for cell in sorted(beside) if cell in whole and cell != (across, down)]
        near += [(places[i].real, places[i].imag, mass[i]) for i in inside]
        for i in inside:
            forces[i] = (far + _away(places[i], near)) * (mass[i] * _ROOM * _ROOM)
    return forces


def _centre(places: Sequence[complex], masses: Sequence[float]) -> tuple[float, float, float]:
    """The middle of some things, as x and y, and their mass."""
    weight = fsum(masses)
    across = fsum(place.real * mass for place, mass in zip(places, masses, strict=True))
    down = fsum(place.imag * mass for place, mass in zip(places, masses, strict=True))
    return across / weight, down / weight, weight


def _away(place: complex, field: Iterable[tuple[float, float, float]]) -> complex:
    """The push from everything in ``field``, the stronger the nearer; the place itself, being in it too, adds nothing."""
    x, y, across, down = place.real, place.imag, 0.0, 0.0
    for other_x, other_y, weight in field:
        dx, dy = x - other_x, y - other_y
        push = weight / (dx * dx + dy * dy + 1.0)
        across += dx * push
        down += dy * push
    return complex(across, down)


def _tighten(places: list[complex]) -> None:
    """Bring everything as close as the labels allow."""
    spread = fsum(_length(place) for place in places) / len(places)
    scale = min(1.0, _CROWDED * _ROOM * sqrt(len(places)) / (spread + 1))
    places[:] = [place * scale for place in places]
    for _ in range(_PUSHES):
        _push(places)


def _push(places: list[complex]) -> None:
    """Move each pair that stands too close apart, looking only at the cells of a grid around each place."""
    grid: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, place in enumerate(places):
        x, y = int(place.real // _ROOM), int(place.imag // _ROOM)
        for cell in ((x + across, y + down) for across in (-1, 0, 1) for down in (-1, 0, 1)):
            for other in grid.get(cell, ()):
                way = places[other] - places[i]
                gap = _length(way)
                if gap < _ROOM:
                    shift = way / gap * (_ROOM - gap) / 2 if gap else complex(_ROOM / 4)
                    places[i] -= shift
                    places[other] += shift
        grid[x, y].append(i)


def _length(way: complex) -> float:
    return sqrt(way.real * way.real + way.imag * way.imag)  # not abs(): hypot differs between C libraries
