"""The ground of each district: around its own things, apart from every other's."""

from itertools import pairwise

from kg.view.territory import territories

Point = tuple[int, int]
WEST, EAST, SMALL = "District/西区", "District/东区", "District/小区"


def _block(head: str, left: int, count: int) -> tuple[dict[str, Point], dict[str, str]]:
    """A district with firms in a square around it."""
    firms = {f"Enterprise/{head}{i}": (left + i % 4 * 60, i // 4 * 60) for i in range(count)}
    return {head: (left + 90, 90), **firms}, dict.fromkeys(firms, head)


def _two() -> tuple[dict[str, Point], dict[str, str]]:
    (west, in_west), (east, in_east) = _block(WEST, 0, 16), _block(EAST, 260, 16)
    return west | east, in_west | in_east


def _holds(outlines: tuple[tuple[Point, ...], ...], place: Point) -> bool:
    """Whether a place lies within: a line from it to the right crosses the outlines an odd number of times."""
    x, y = place
    crossings = 0
    for line in outlines:
        for (ax, ay), (bx, by) in pairwise((*line, line[0])):
            crossings += (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay)
    return crossings % 2 == 1


def test_each_thing_lies_on_the_ground_of_its_district_alone() -> None:
    places, heads = _two()
    grounds = territories(places, heads)
    assert set(grounds) == {WEST, EAST}
    for key, place in places.items():
        home = heads.get(key, key)
        assert [district for district, outlines in grounds.items() if _holds(outlines, place)] == [home]


def test_no_place_lies_on_two_grounds() -> None:
    places, heads = _two()
    west, east = territories(places, heads).values()
    assert not any(_holds(west, (x, y)) and _holds(east, (x, y)) for x in range(-100, 600, 9) for y in range(-100, 300, 9))


def test_what_lies_far_away_has_ground_of_its_own() -> None:
    places, heads = _two()
    ground = territories(places | {"Project/远": (5_000, 0)}, heads | {"Project/远": WEST})[WEST]
    assert len(ground) == 2
    assert _holds(ground, (5_000, 0))
    assert not _holds(ground, (2_500, 0))


def test_a_small_district_is_ground_of_the_one_above() -> None:
    places, heads = _two()
    small, inside = _block(SMALL, 500, 2)
    grounds = territories(places | small, heads | inside | {SMALL: EAST})
    assert set(grounds) == {WEST, EAST}
    assert _holds(grounds[EAST], small[SMALL])
    assert SMALL not in territories(places | small, heads | inside)


def test_order_does_not_matter() -> None:
    places, heads = _two()
    assert territories(dict(reversed(places.items())), dict(reversed(heads.items()))) == territories(places, heads)
    assert territories({}, {}) == {}
