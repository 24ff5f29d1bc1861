"""Definitions: the other names that a text gives a thing in brackets behind its name: 东河电力投资集团（以下简称“东电投”）."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.language.gazetteer import is_place
from kg.language.rules import load, pattern
from kg.names.mention import Mention
from kg.names.recurrence import is_common, is_whole

_NAMED = frozenset({"Enterprise", "Organization", "Project", "Place"})
"""Classes of things that are called by what a text defines, whatever their names are made of."""
_PLATED = frozenset({"Enterprise", "Organization"})
"""Classes of things of which a name alone in brackets behind another is the same by its second name: 东河市市场监管局（市知识产权局）."""
_BRACKETS = frozenset({"（）", "()"})


def definitions(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, str]]:
    """Each name that the sentence gives a mention besides its own; words that any other text uses too (“公司”) are none."""
    yield from ((before, mention.name) for before, mention in bracketed(text, mentions) if mention.type in _PLATED)
    rule = load("definition").named("short", text)
    for mention in mentions if rule else ():
        found = rule.pattern.match(text, mention.end) if rule and _is_whole(mention) else None
        for name in pattern("definition", "name").finditer(found["names"]) if found else ():
            if not is_common(name["name"]) and not is_place(name["name"]) and name["name"] != mention.name:
                yield mention, name["name"]


def _is_whole(mention: Mention) -> bool:
    """Whether it is of a class that is called by what a text defines, and no mere end of a firm's name: 管理咨询有限公司."""
    return mention.type in _NAMED and (mention.type != "Enterprise" or is_whole(mention.name))


def bracketed(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Mentions with one of their own class alone in brackets behind them."""
    for before, mention in pairwise(mentions):
        around = text[before.end : mention.begin] + text[mention.end : mention.end + 1]
        if around in _BRACKETS and before.type == mention.type:
            yield before, mention
