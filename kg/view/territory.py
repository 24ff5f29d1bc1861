"""Territory: the ground that a district's things cover on the page, so that one sees at a glance what belongs where."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from math import sqrt

_FEWEST = 6
"""Things that a district must have for a territory; what is in a smaller one belongs to the district above it."""
_REACH = 66.0
"""Pixels of ground around each thing."""
_CELL = 33
"""Pixels between the points at which the ground is measured."""
_SHORTEST = 10
"""Points of an outline below which it is only a gap between things."""

Point = tuple[int, int]
Field = Mapping[Point, float]
"""How far inside a territory each point of the grid is, in pixels; below zero outside."""


def territories(places: Mapping[str, Point], heads: Mapping[str, str]) -> dict[str, tuple[tuple[Point, ...], ...]]:
    """The outlines of each district's ground, by the district's key, as polygons in pixels; no two districts' overlap.

    ``heads`` names the thing above each thing; a thing lies in the first district above it, or is it.
    """
    homes = _homes(places, heads)
    fields = _fields(places, homes)
    found = {home: tuple(_outlines(fields[home])) for home in sorted(set(homes.values()))}
    return {home: outlines for home, outlines in found.items() if outlines}


def _homes(keys: Mapping[str, Point], heads: Mapping[str, str]) -> dict[str, str]:
    """The district in which each thing lies, where it lies in one."""
    above = {key: tuple(_districts(key, heads)) for key in keys}
    count = Counter(districts[0] for districts in above.values() if districts)
    large = {district for district, things in count.items() if things >= _FEWEST}
    homes = ((key, next((d for d in districts if d in large), None)) for key, districts in above.items())
    return {key: home for key, home in homes if home}


def _districts(key: str, heads: Mapping[str, str]) -> Iterator[str]:
    """The thing itself and all above it that are districts."""
    at: str | None = key
    while at:
        if at.startswith("District/"):
            yield at
        at = heads.get(at)


def _fields(places: Mapping[str, Point], homes: Mapping[str, str]) -> dict[str, Field]:
    """Each district's field: a point belongs to the district of the nearest thing, if that is near enough."""
    nearest: dict[Point, dict[str, float]] = defaultdict(dict)
    for key, place in places.items():
        home = homes.get(key, "")
        for point, distance in _around(place):
            known = nearest[point]
            known[home] = min(distance, known.get(home, distance))
    fields: dict[str, dict[Point, float]] = defaultdict(dict)
    for point, distances in nearest.items():
        for home, own in distances.items():
            other = min((distance for h, distance in distances.items() if h != home), default=2 * _REACH)
            fields[home][point] = min(_REACH - own, (other - own) / 2)
    return dict(fields)


def _around(place: Point) -> Iterator[tuple[Point, float]]:
    """The points of the grid that a thing may claim, and how far it is to each."""
    (x, y), steps = place, int(_REACH / _CELL) + 1
    for column in range(x // _CELL - steps, x // _CELL + steps + 1):
        for row in range(y // _CELL - steps, y // _CELL + steps + 1):
            across, down = column * _CELL - x, row * _CELL - y
            yield (column, row), sqrt(across * across + down * down)


def _outlines(field: Field) -> Iterator[tuple[Point, ...]]:
    """The lines along which a field is zero, each as points in a circle: marching squares."""
    after = dict(_pieces(field))
    while after:
        first = at = min(after)
        line = []
        while at in after:
            line.append(_crossing(*at, field))
            at = after.pop(at)
        assert at == first, "an outline ends where it begins"
        if len(line) >= _SHORTEST:
            yield tuple(line)


def _pieces(field: Field) -> Iterator[tuple[tuple[Point, Point], tuple[Point, Point]]]:
    """In each square of the grid, from which side to which an outline crosses it, what is inside on the same hand throughout."""
    for column, row in field:
        corners = ((column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1))
        inside = [field.get(corner, -1.0) > 0 for corner in corners]
        sides = [(corners[i], corners[(i + 1) % 4]) for i in range(4)]
        leaving = [i for i in range(4) if inside[i] and not inside[(i + 1) % 4]]
        for i in leaving:
            back = next(j % 4 for j in range(i + 1, i + 4) if not inside[j % 4] and inside[(j + 1) % 4])
            yield _side(*sides[i]), _side(*sides[back])


def _side(a: Point, b: Point) -> tuple[Point, Point]:
    return (a, b) if a < b else (b, a)


def _crossing(a: Point, b: Point, field: Field) -> Point:
    """Where between two neighbouring points the field is zero, in pixels."""
    one, other = field.get(a, -1.0), field.get(b, -1.0)
    share = one / (one - other)
    return round((a[0] + (b[0] - a[0]) * share) * _CELL), round((a[1] + (b[1] - a[1]) * share) * _CELL)
