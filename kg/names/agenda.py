"""Agendas: the events that a text lists, known by the company they keep: 包括封坛大典、竹笛音乐会及旧船票展等."""

from collections.abc import Iterator, Sequence

from kg.language.rules import pattern, select
from kg.names.mention import Mention

_SCORE = 2.6
_LEAST = 4
"""Characters of a name that tells more than what kind of an event it is."""
_TELLING = 7
"""Characters of a name that needs no other event beside it."""

Span = tuple[int, int]


def agenda(text: str) -> Iterator[Mention]:
    """The events in the lists of ``text``."""
    for row in (row for rule in select("event", "agenda").possible(text) for row in rule.pattern.finditer(text)):
        for begin, end in _events(text, list(_items(text, *row.span("name")))):
            if pattern("event", "plain").fullmatch(text, begin, end) is None:
                yield Mention(begin, end, "Event", text[begin:end], "event.agenda", _SCORE)


def _items(text: str, begin: int, end: int) -> Iterator[Span]:
    for joint in pattern("event", "agenda-joint").finditer(text, begin, end):
        yield begin, joint.start()
        begin = joint.end()
    yield begin, end


def _events(text: str, items: Sequence[Span]) -> list[Span]:
    """The events among the items; one alone by a telling name in their midst; what is only called an activity beside two more."""
    events, activities = _named("agenda-item", text, items), _named("agenda-activity", text, items)
    if events and len(events) + len(activities) > 1:
        return [*events, *activities] if len(events) + len(activities) > 2 else events
    return [event for event in _named("agenda-item", text, items[1:-1]) if event[1] - event[0] >= _TELLING]


def _named(rule: str, text: str, items: Sequence[Span]) -> list[Span]:
    """What the rule knows for an event in each of the items."""
    found = (pattern("event", rule).match(text, *item) for item in items)
    return [match.span("name") for match in found if match and len(match["name"]) >= _LEAST]
