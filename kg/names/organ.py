"""Organs: the party and government bodies of a document's home district and of what that lies in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.language.gazetteer import named
from kg.language.lexicon import alternation, rows, words, wordset
from kg.language.rules import pattern


@dataclass(frozen=True, slots=True)
class Holder:
    """The home district, or a division that holds it."""

    key: str
    names: tuple[str, ...]
    """Full and short names, the longest first."""
    # The class character: 区, 市, 县, 省.
    level: str


class _Form(NamedTuple):
    word: str
    short: str


@cache
def _short_forms() -> dict[str, str]:
    return {row.word: row.short for row in rows("office_form", _Form)}


@cache
def _full_form() -> re.Pattern[str]:
    return re.compile(alternation("office_form"))


def _in_short(name: str) -> str:
    """The name with its offices as they are called in short: 人力资源和社会保障局 is 人社局."""
    return _full_form().sub(lambda match: _short_forms()[match[0]], name)


def organ_key(name: str, lineage: Sequence[Holder]) -> str:
    """The key of a body by its owner and office: 中共长春市绿园区委, 绿园区委 and 区委 are one, 长春市委 and 市委 another.

    ``lineage`` begins with the home district and goes up. What is no organ, or of another place, keeps its own name.
    """
    whole = pattern("organ", "term").sub("", _in_short(name))
    rest, owner = pattern("organ", "party-prefix").sub("", whole), None
    while step := _step(rest, lineage):
        owner, rest = step
    if owner is None and rest[:1] in wordset("level") and len(rest) > 1:
        owner = next((holder for holder in lineage if holder.level == rest[0]), None)
        rest = rest[1:] if owner else rest
    elif region := pattern("organ", "region").match(rest):
        owner = next((holder for holder in lineage if any(n.endswith(region[0]) for n in holder.names)), None)
        rest = rest[region.end() :] if owner else rest
    elif owner is None and lineage and rest.endswith(words("office")) and not _placed(rest) and not rest.startswith(words("national")):
        owner = _holder(rest, lineage)
    return f"Organization/{owner.key.removeprefix('District/')}_{rest}" if owner else f"Organization/{rest}"


class _Plate(NamedTuple):
    word: str
    body: str


@cache
def _plates() -> dict[str, str]:
    return {row.word: row.body for row in rows("plate", _Plate)}


def plate(name: str) -> str:
    """The name of the body by its main plate, where it has two by law or custom: 东河市妇产医院 is 东河市妇幼保健院."""
    word = next((word for word in _plates() if name.endswith(word)), "")
    return name.removesuffix(word) + _plates().get(word, "")


def _holder(rest: str, lineage: Sequence[Holder]) -> Holder | None:
    """Whose an office is that its name leaves unsaid: that of the level which stands before the office (致公党|市委), else the home's."""
    office = max((word for word in words("office") if rest.endswith(word)), key=len)
    level = rest.removesuffix(office)[-1:]
    return next((holder for holder in lineage if holder.level == level), None) if level in wordset("level") else lineage[0]


def _step(rest: str, lineage: Sequence[Holder]) -> tuple[Holder, str] | None:
    """The holder whose name ``rest`` begins with, and what remains; the level goes with a short name: 绿园|区委."""
    found = [(name, holder) for holder in lineage for name in holder.names if rest.startswith(name) and len(rest) > len(name)]
    if not found:
        return None
    name, holder = max(found, key=lambda pair: len(pair[0]))
    remains = rest[len(name) :]
    if not name.endswith(holder.level) and remains.startswith(holder.level) and len(remains) > 1:
        remains = remains[1:]
    return holder, remains


def _placed(name: str) -> bool:
    """Whether the name begins with that of a division, which is then none of the lineage."""
    return any(named(name[:size]) for size in range(2, 8))


def owner_key(key: str) -> str | None:
    """Key of the district that owns the organ; None for other bodies."""
    owner, mark, _ = key.removeprefix("Organization/").rpartition("_")
    return f"District/{owner}" if mark and key.startswith("Organization/") else None
