"""How well the annotated cases are read: no kind may fall below its floor, and a floor follows what is reached."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from annotated import KINDS, Marked, cases

from kg.coverage import coverage

FLOORS: Mapping[str, float] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["f1"]
_MARGIN = 0.02
"""A floor lies this far below what is reached, at most."""
FAMILIES = (
    *("anaphor", "event", "figure", "gazetteer", "industry", "list", "location", "name", "person", "position"),
    *("programme", "programme_relation", "relation", "status"),
)


@pytest.fixture(scope="module")
def marked() -> list[Marked]:
    return [Marked(case) for case in cases()]


def test_there_are_enough_cases() -> None:
    assert len({case.text for case in cases()}) >= 150


@pytest.mark.parametrize("kind", KINDS)
def test_floor(kind: str, marked: list[Marked]) -> None:
    hits = misses = wrong = 0
    for item in marked:
        hit, missed, false = item.faults(kind)
        hits, misses, wrong = hits + hit, misses + len(missed), wrong + len(false)
    f1 = 2 * hits / (2 * hits + misses + wrong)
    told = f"{kind}: precision {hits / (hits + wrong):.3f}, recall {hits / (hits + misses):.3f}, F1 {f1:.3f}"
    assert f1 >= FLOORS[kind], f"{told}, below the floor of {FLOORS[kind]}\n" + "\n".join(faults(kind, marked))
    assert f1 <= FLOORS[kind] + _MARGIN, f"{told}: raise the floor of {FLOORS[kind]} in tests/floors.toml"


def faults(kind: str, marked: list[Marked]) -> Iterator[str]:
    for item in marked:
        _, missed, false = item.faults(kind)
        if missed or false:
            yield item.case.text
            yield from (f"    missed  {line}" for line in missed)
            yield from (f"    wrong   {line}" for line in false)


@pytest.mark.parametrize("family", FAMILIES)
def test_cases_cover_the_rules(family: str, marked: list[Marked]) -> None:
    """Most rules that may make a name or a fact do so in some case."""
    rows = [row for row in coverage(item.built.firing for item in marked) if row.rule.startswith(f"{family}.")]
    idle = [row.rule for row in rows if not row.fired and not row.lost]
    assert rows
    assert len(idle) <= len(rows) / 2, idle
