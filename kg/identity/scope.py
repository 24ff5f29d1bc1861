"""Scope: where in the country something is said of, as the chain of districts around it."""

from collections.abc import Iterable
from functools import cache

from kg.language.gazetteer import divisions, is_city
from kg.names.district import ancestors, holder


@cache
def chain(key: str) -> tuple[str, ...]:
    """Keys of the district ``key`` and of all that is known to hold it, the nearest first."""
    place = key.removeprefix("District/")
    if place in divisions():
        return (key, *(f"District/{division.code}" for division in ancestors(place)))
    core, mark, kind = place.partition("_")
    if core in divisions():
        return (key, *chain(f"District/{core}"))
    division = holder(core + kind, ()) if mark else None
    return (key, *chain(f"District/{division.code}")) if division else (key,)


@cache
def city(key: str) -> str:
    """Key of the city (prefecture or municipality) that a district is or lies in; its own where none is known."""
    links = chain(key)
    return next((link for link in links if _is_city(link)), links[0])


def is_wide(key: str) -> bool:
    """Whether the district is a province: too wide for a name to mean one thing in it."""
    division = divisions().get(key.removeprefix("District/"))
    return division is not None and division.level == "province" and not _is_city(key)


def _is_city(key: str) -> bool:
    return is_city(key.removeprefix("District/"))


def nested(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether a district of the one lies in, holds or is a district of the other; a province holds too much to count."""
    inner, outer = set(one), set(other)
    return any(not is_wide(key) and (key in inner or any(key in chain(i) for i in inner)) for key in outer) or any(
        not is_wide(key) and any(key in chain(o) for o in outer) for key in inner
    )
