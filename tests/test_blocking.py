"""Blocks of names: settled one by one they come to the same as a whole class at once."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from naming import Naming, extraction

from kg.identity.alias import NO_RULINGS, Name, Rulings
from kg.identity.blocking import Linked, blocks
from kg.identity.occurrence import Occurrence, occurrences
from kg.identity.unification import STAGES, Extraction, identify, settle, source
from kg.identity.verdict import decisions
from kg.names.decision import Decision

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "identity.toml").read_text(encoding="utf-8"))
WORD = Rulings(
    same=((Name("宏机"), Name("星海")),), different=((Name("宏远机械"), Name("宏远精密机械有限公司")), (Name("王伟"), Name("李伟")))
)


def _extraction(number: int, table: Mapping[str, Any]) -> Extraction:
    kinds = {kind: texts for kind, texts in table.items() if kind[0].isupper()}
    return extraction(number, Naming(kinds, table.get("relations", ()), table.get("home"), table.get("year")))


def corpus() -> list[Extraction]:
    """The documents of all cases of identity as one corpus, and one with the firms of the property tests in every city of theirs."""
    tables = [table for case in TABLE["case"] for table in case["documents"]]
    tables += [{"home": home, "Enterprise": [firm]} for firm in TABLE["firms"]["names"] for home in ("220106", "340100")]
    return sorted((_extraction(number, table) for number, table in enumerate(tables, start=1)), key=lambda one: one.document.id)


@pytest.mark.parametrize("rulings", [NO_RULINGS, WORD], ids=["rules", "rulings"])
def test_block_by_block_is_the_same_as_all_at_once(rulings: Rulings) -> None:
    extractions = corpus()
    keys: list[dict[str, str]] = [{} for _ in extractions]
    place = {one.document.id: number for number, one in enumerate(extractions)}
    found: set[Decision] = set()
    for types in STAGES:
        by_type: defaultdict[str, list[Occurrence]] = defaultdict(list)
        for one, known in zip(extractions, keys, strict=True):
            for occurrence in occurrences(source(one), known, types):
                by_type[occurrence.entity.type].append(occurrence)
        for alike in by_type.values():
            settled = settle(alike, rulings)
            found |= set(decisions(settled, rulings))
            for occurrence, key in settled.shared():
                keys[place[occurrence.document]][occurrence.entity.key] = key
    by_block = identify(extractions, rulings)
    assert list(by_block.keys) == keys
    assert set(by_block.decisions) == found
    assert len(by_block.decisions) == len(found)


def test_names_that_lead_nowhere_are_blocks_by_themselves() -> None:
    linked, stems = Linked(), set()
    for one in corpus():
        for occurrence in occurrences(source(one), {}, frozenset({"Enterprise"})):
            linked.note(occurrence)
            stems.add(occurrence.stem)
    found = linked.blocks()["Enterprise"]
    assert len({found.get(stem, stem) for stem in stems}) > len(stems) / 4  # or else nothing was told apart


def test_a_block_is_all_that_others_lead_to() -> None:
    found = blocks([("甲", "乙"), ("丁",), ("丙", "乙"), ("戊", "己")])
    assert {found["甲"], found["乙"], found["丙"]} == {"丙"}
    assert found["戊"] == found["己"] != found["丙"]
    assert "丁" not in found
