"""Fronts: where a name begins among the districts, towns and zones that stand in front of it."""

from kg.language.gazetteer import is_full_name
from kg.language.lexicon import words, wordset
from kg.language.rules import pattern
from kg.names.district import city_before, zone
from kg.names.recurrence import is_common

_LONGEST_DIVISION = 15
_OWN = 2
"""What areas are called has so many characters at least."""


def behind_front(text: str, start: int, begin: int, end: int, type: str) -> int:
    """Where the name begins among the divisions in front of its head: districts have one name, firms may have one district in theirs."""
    numbered = pattern("naming", "list_number").match(text, start)
    start = numbered.end() if numbered else start
    if type == "District":
        start = _listed_zone(text, _past_zone(text, _village(text, past_districts(text, start, begin), begin, end), begin, end), end)
        return start + len(city_before(text[start:end]))
    if type == "Organization" and text[begin] in wordset("settlement"):
        return _village(text, start, begin, begin + 1)
    return _past_village(text, _last_district(text, start, begin), begin) if type == "Enterprise" else start


def past_districts(text: str, begin: int, end: int) -> int:
    """Where a name goes on after full names of divisions in front of it: 马坝镇 in 盱眙县马坝镇 is a name by itself."""
    for stop in range(min(begin + _LONGEST_DIVISION, end - 1), begin + 1, -1):
        if is_full_name(text[begin:stop]):
            return past_districts(text, stop, end)
    return begin


def past_town(text: str, begin: int, end: int) -> int:
    """Where a village's name goes on after its town's: 红旗村 in 柳河镇红旗村."""
    town = pattern("naming", "town").match(text, begin, end)
    return town.end() if town else begin


def _village(text: str, start: int, begin: int, end: int) -> int:
    """Where the name that ends in the head at ``begin`` goes on after a town: a village's may have but one character more: 吕店镇|王村."""
    quarter = text[begin:end] in wordset("settlement") and text[begin:end] not in wordset("township")
    town = past_town(text, start, end if quarter else begin)
    return town if town < begin else start


def _past_village(text: str, start: int, begin: int) -> int:
    """Where a firm's name goes on after a village that a town's name before it tells from a brand: 城北区柳河镇东壁村|嘉泰家庭农场."""
    village = pattern("naming", "village").match(text, start, begin)
    return village.end() if village and not is_common(text[village.end() : begin]) else start


def _past_zone(text: str, start: int, begin: int, end: int) -> int:
    """Where the name of an area goes on behind the zone that holds it: 开发区|柳河村, 西咸新区|空港新城."""
    kinds = words("zone_kind")
    inside = (stop for stop in range(begin - _OWN, start + _OWN, -1) if text.endswith(kinds, start, stop))
    held = next((stop for stop in inside if (parts := zone(text[start:stop])) and len(parts.core) >= _OWN), None)
    if held or text[begin:end] not in wordset("settlement"):
        return held or start
    return start + len(next((word for word in kinds if text.startswith(word, start) and start + len(word) < begin), ""))


def _listed_zone(text: str, start: int, end: int) -> int:
    """Where the zone of the table begins in which the name ends, behind a word that was taken for its beginning: 较|苏州工业园区."""
    return next((begin for begin in range(start, end) if text[begin:end] in wordset("zone")), start)


def _last_district(text: str, begin: int, end: int) -> int:
    """Where the last of the divisions begins whose full names stand in front: 衢州市 tells where, 龙游县 is in 龙游县伊利乳业."""
    for stop in range(min(begin + _LONGEST_DIVISION, end - 1), begin + 1, -1):
        if is_full_name(text[begin:stop]):
            return _last_district(text, stop, end) if past_districts(text, stop, end) > stop else begin
    return begin
