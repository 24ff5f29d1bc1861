"""Capacities: projects that are told from others of a kind by how much they are to make or carry, behind whose or where they are."""

from collections.abc import Iterator, Sequence

from kg.language.lexicon import wordset
from kg.language.rules import load
from kg.language.words import Token, Words, within
from kg.names.beginning import best_start
from kg.names.boundary import PROPER
from kg.names.division import means_place
from kg.names.mention import Mention

_LEAST, _MOST = 2, 20
"""Characters in front of the quantity."""


def sized(text: str, cut: Words) -> Iterator[Mention]:
    """Projects in whose name a quantity stands: 青溪200万千瓦光伏项目. What stands before it begins as it does before any head."""
    rule = load("naming").named("sized", text)
    for size in rule.pattern.finditer(text) if rule else ():
        start = best_start(cut, size.start(), _LEAST, _MOST, "Project")
        front = within(cut, start.begin, size.start()) if start else ()
        if start and _is_own(front):
            begin = size.start() if front[-1].text in wordset("corporate_form") else start.begin  # whose it is stands before
            yield Mention(begin, size.end(), "Project", text[begin : size.end()], "name.sized", 9.5)


def _is_own(front: Sequence[Token]) -> bool:
    """Whether the words before a quantity may open a project's name: they begin with a name, and end in none of a measure or a deed."""
    first, last = front[0], front[-1]
    measured = any(last.text in wordset(table) for table in ("measured_noun", "figure_noun", "undertake_verb", "name_word"))
    return (first.tag in PROPER or means_place(first.text)) and not measured
