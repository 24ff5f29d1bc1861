"""Communities of a large graph: found alike in every process, each thing in exactly one."""

import os
import subprocess
import sys

import pytest
from sample import evidence

from kg.facts.entity import Entity
from kg.facts.relation import Relation
from kg.view import community
from kg.view.community import communities

PLACE = evidence("青河区")
ENTITIES = (
    *(Entity(f"District/{d}", "District", f"区{d}") for d in range(4)),
    *(Entity(f"Enterprise/{d}-{f}", "Enterprise", f"企业{d}-{f}") for d in range(4) for f in range(9)),
    *(Entity(f"Person/{p}", "Person", f"人{p}") for p in range(7)),
)
RELATIONS = (
    *(Relation(f"Enterprise/{d}-{f}", "locatedIn", f"District/{d}", PLACE, "r") for d in range(4) for f in range(9)),
    *(Relation(f"District/{d}", "partnersWith", f"District/{d + 1}", PLACE, "r") for d in range(3)),
    Relation("Person/0", "holdsPosition", "Person/1", PLACE, "r"),
)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(community, "MANY", 10)


def test_each_district_with_its_firms_and_the_scattered_by_class() -> None:
    found = communities(ENTITIES, RELATIONS)
    districts = [part for part in found if part[0].startswith("District/")]
    assert found[: len(districts)] == tuple(districts), "what is gathered comes last"
    assert {part[0]: {key.partition("/")[2][0] for key in part} for part in districts} == {f"District/{d}": {str(d)} for d in range(4)}
    assert [set(part) for part in found if part not in districts] == [{f"Person/{p}" for p in range(7)}]
    assert sorted(key for part in found for key in part) == sorted(entity.key for entity in ENTITIES)


def test_order_does_not_matter() -> None:
    assert communities(ENTITIES[::-1], RELATIONS[::-1]) == communities(ENTITIES, RELATIONS)


def test_no_more_than_the_most_stay_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(community, "_MOST", 2)
    assert [len(part) for part in communities(ENTITIES, RELATIONS)] == [10, 10, 20, 7]


def test_small_graphs_need_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(community, "MANY", len(ENTITIES))
    assert communities(ENTITIES, RELATIONS) == ()


def test_hash_seed_does_not_matter() -> None:
    script = """
from kg.view.community import communities
from kg.facts.entity import Entity
from kg.view.layout import positions
from kg.facts.relation import Relation
from kg.text.sentence import Evidence, Span
keys = [f"Enterprise/{i}" for i in range(3100)]
place = Evidence("d", (Span(0, 1),))
entities = [Entity(key, "Enterprise", key) for key in keys]
ties = [Relation(keys[i], "supplies", keys[i * i * 7 % 3100], place, "r") for i in range(3100)]
parts = communities(entities, ties)
print(parts, sorted(positions(entities, ties, parts).items()))
"""
    told = {
        subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert len(told.pop()) > 3100
