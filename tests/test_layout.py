"""The layout: every thing has a place of its own, near what it belongs to, the same whatever the order."""

from dataclasses import replace
from itertools import combinations

import pytest
from sample import FACTS, evidence

from kg.facts.entity import Entity
from kg.facts.relation import Relation
from kg.view.layout import positions


def _islands(districts: int, firms: int) -> tuple[tuple[Entity, ...], tuple[Relation, ...]]:
    """Districts with firms of their own, and one tie between each two neighbouring districts."""
    entities, relations = [], []
    where = evidence("青河区")
    for d in range(districts):
        area = f"District/{d}"
        entities.append(Entity(area, "District", f"区{d}"))
        if d:
            relations.append(Relation(f"District/{d - 1}", "partnersWith", area, where, "r"))
        for f in range(firms):
            firm = f"Enterprise/{d}-{f}"
            entities.append(Entity(firm, "Enterprise", f"企业{d}-{f}"))
            relations.append(Relation(firm, "locatedIn", area, where, "r"))
    return tuple(entities), tuple(relations)


def _square(a: tuple[int, int], b: tuple[int, int]) -> int:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def test_order_does_not_matter() -> None:
    entities, relations = _islands(3, 20)
    assert positions(entities, relations) == positions(entities[::-1], relations[::-1])


def test_everything_has_a_place_of_its_own() -> None:
    entities, relations = _islands(4, 25)
    places = positions(entities, relations)
    assert set(places) == {entity.key for entity in entities}
    assert min(_square(a, b) for a, b in combinations(places.values(), 2)) > 30**2


def test_firms_stand_around_their_own_district() -> None:
    entities, relations = _islands(4, 25)
    places = positions(entities, relations)
    firms = [key for key in places if key.startswith("Enterprise/")]
    near = [min(range(4), key=lambda d: _square(places[firm], places[f"District/{d}"])) for firm in firms]
    assert sum(firm.startswith(f"Enterprise/{d}-") for firm, d in zip(firms, near, strict=True)) >= 0.85 * len(firms)


def test_what_is_tied_to_nothing_stands_in_rows_below() -> None:
    entities, relations = _islands(2, 10)
    alone = tuple(Entity(f"Person/{i:02}", "Person", str(i)) for i in range(30))
    places = positions((*entities, *alone), relations)
    assert {key: place for key, place in places.items() if not key.startswith("Person/")} == positions(entities, relations)
    rows = [places[entity.key] for entity in alone]
    assert min(y for _, y in rows) > max(places[entity.key][1] for entity in entities)
    assert rows == sorted(rows, key=lambda place: (place[1], place[0]))
    assert min(_square(a, b) for a, b in combinations(rows, 2)) > 40**2


@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_things_without_relations_are_placed(count: int) -> None:
    entities = tuple(Entity(f"Place/{i}", "Place", str(i)) for i in range(count))
    assert len(set(positions(entities, ()).values())) == count


def test_a_circle_of_parts_is_no_trouble() -> None:
    entities = tuple(Entity(f"Programme/{i}", "Programme", str(i)) for i in range(3))
    ring = tuple(Relation(f"Programme/{i}", "hasPart", f"Programme/{(i + 1) % 3}", evidence("青河区"), "r") for i in range(3))
    itself = replace(ring[0], object=ring[0].subject)
    assert len(set(positions(entities, (*ring, itself)).values())) == 3


def test_communities_lie_apart_their_heads_within() -> None:
    entities, relations = _islands(5, 60)
    parts = [tuple(e.key for e in entities if e.key.split("/")[1].split("-")[0] == str(d)) for d in range(5)]
    places = positions(entities, relations, parts)
    assert set(places) == {entity.key for entity in entities}
    assert min(_square(a, b) for a, b in combinations(places.values(), 2)) > 8**2
    centres = [tuple(sum(places[key][axis] for key in part) // len(part) for axis in (0, 1)) for part in parts]
    for part, centre in zip(parts, centres, strict=True):
        reach = max(_square(places[key], (centre[0], centre[1])) for key in part)
        others = (place for key, place in places.items() if key not in part)
        assert all(_square(place, (centre[0], centre[1])) > reach * 0.9 for place in others)
        assert _square(places[part[0]], (centre[0], centre[1])) < reach / 9


def test_sample_is_placed() -> None:
    assert len(positions(FACTS.entities, FACTS.relations)) == len(FACTS.entities)


def test_a_community_of_what_hangs_together_with_little_takes_less_room() -> None:
    entities, relations = _islands(1, 99)
    alone = tuple(Entity(f"Person/{i:02}", "Person", str(i)) for i in range(100))
    parts = [tuple(entity.key for entity in some) for some in (entities, alone)]
    places = positions((*entities, *alone), relations, parts)
    island, rest = ([places[key] for key in part] for part in parts)
    assert max(_square(a, b) for a, b in combinations(rest, 2)) < max(_square(a, b) for a, b in combinations(island, 2)) / 2
