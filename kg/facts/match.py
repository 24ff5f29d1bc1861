"""Matches: what a rule finds in a sentence, with the things that are named there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.facts.entity import Link, LinkedSentence
from kg.language.period import Period
from kg.language.quantity import Quantity
from kg.language.rules import Masked, Rule, Rules, pattern
from kg.text.sentence import Evidence

View = Masked[Link | Quantity | Period]
"""A sentence as the rules see it."""
_MARKS = "，。；：！？“"


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's match in a masked sentence."""

    rule: Rule
    item: LinkedSentence
    view: View
    match: re.Match[str]

    def links(self, group: str | int) -> list[Link]:
        """The links in a group, in order; none where the rule has no such group."""
        if isinstance(group, str) and (group not in self.match.re.groupindex or self.match[group] is None):
            return []
        return self.between(*self.match.span(group))

    def between(self, begin: int, end: int) -> list[Link]:
        """The links in a stretch of the masked sentence, in order."""
        return [note.what for note in self.view.within(begin, end) if isinstance(note.what, Link)]

    def evidence(self, *groups: str | int) -> Evidence:
        """The words that match, from the first of some groups on."""
        begin = min(self.match.start(group) for group in groups or (0,))
        return self.item.sentence.evidence(self.view.origin(begin), self.view.origin(self.match.end()))


def matches(rules: Rules, item: LinkedSentence, view: View) -> Iterator[Match]:
    """Every match of the rules, rule by rule."""
    for rule in rules.possible(view.text):
        for match in rule.pattern.finditer(view.text):
            yield Match(rule, item, view, match)


def told(rules: Rules, item: LinkedSentence, view: View) -> Iterator[Match]:
    """Every match but for those whose last clause denies or only supposes what it tells: 尚未落户东河区, 如果落户东河区."""
    for found in matches(rules, item, view):
        begin = clause_begin(view.text, found.match.end() - 1)
        if not pattern("narrative", "denied").search(view.text, begin, found.match.end()):
            yield found


def clause_begin(text: str, end: int) -> int:
    """Where the clause begins that ``end`` stands in."""
    return max(text.rfind(mark, 0, end) for mark in _MARKS) + 1


def apart(links: Iterable[Link]) -> list[Link]:
    """The members of a list, without the districts that one stands right behind: 东河市|青溪区."""
    return [link for link, after in pairwise([*links, None]) if link and (after is None or after.mention.begin != link.mention.end)]
