"""Owners: whose the figures of a document are, be it said beside the number or left to what was told before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.facts.belief import Trust
from kg.facts.entity import Entity, LinkedDocument
from kg.facts.label import Label
from kg.facts.narrative import Narrative, breaks_down, names, tells_of
from kg.facts.outlook import stands
from kg.facts.plausibility import is_economic, is_name, is_of_site, is_of_stranger
from kg.facts.report import EARLY, PASSING, firms, spoken_of_home, trust
from kg.facts.statement import Statement, Target
from kg.facts.subject import (
    MEASURED,
    OUTSIDER,
    Holder,
    Subject,
    carried_out,
    is_for_it,
    is_of_event,
    last_event,
    last_firm,
    last_project,
    named,
    prevailing,
    speaker,
    subject,
)
from kg.language.lexicon import words, wordset
from kg.language.rules import pattern
from kg.names.district import country_key


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence with those whom it tells of."""

    line: Statement
    subjects: tuple[Subject, ...]
    speaker: str | None
    """Who says it, as far as that owns what is said."""


def telling(line: Statement, following: Statement | None) -> Telling:
    """Whom a sentence tells of; the one after it may say who spoke."""
    subjects = tuple(s for clause in line.clauses if (s := subject(line, clause)))
    return Telling(line, subjects, speaker(line, following))


class Owners:
    """The entities that a document's figures may be of."""

    def __init__(self, document: LinkedDocument, lines: Sequence[Statement], site: str | None) -> None:
        self._document, self._site = document, site
        self.home = spoken_of_home(document, lines)
        """The district that sentences without a subject are about."""
        self.trust = trust(document, self.home)
        self._met_at = 0 if self.trust is Trust.REPORT or self.home == country_key() else _met_at(lines, self.home)
        """From this sentence on the district has been spoken of, so that sentences without a subject may be about it."""
        self._named = Counter(firms(lines))
        self._opening = frozenset(firms(lines[:EARLY]))
        """The firms that the first sentences name."""
        self.firm = self._main_firm()
        """The firm that the document is about."""

    def holder(self, told: Telling, target: Target, label: Label, now: Narrative) -> Holder:
        """The entities that a quantity describes."""
        line, latest = told.line, now.latest
        over = prevailing(line, target, told.subjects)
        fresh = over and over.clause == target.clause.number
        if beside := _beside(line, target, now):
            return beside
        if over and over.each:
            return Holder(_one_of(line, target, over), True, each=True)
        if latest and not fresh and (label.inherited or label.root == latest.indicator):
            return Holder(latest.keys, latest.said)
        if is_of_site(label.text) and (project := carried_out(line, target)):
            return Holder((project,), True)
        if stands(label.text) and not label.root and (project := self._cost(line, over.begin if over else 0, target)):
            return Holder((project,), True)
        if over:
            return Holder(self._public(label, tuple(k for k in over.keys if k != OUTSIDER)), True)
        return self._unsaid(told, target, label, now)

    def is_central(self, keys: tuple[str, ...]) -> bool:
        """Whether one is the district that the document speaks of, or the site or firm that it is about."""
        return keys in ((self.home,), (self._site,), (self.firm,))

    def _main_firm(self) -> str | None:
        """The firm with which a document that is no district's report begins, and which it names more than twice as often as any other."""
        (key, often), (_, second) = (*self._named.most_common(2), ("", 0), ("", 0))[:2]
        main = self.trust is not Trust.REPORT and often > max(PASSING, 2 * second)
        return key if main and key in self._opening else None

    def is_minor(self, keys: tuple[str, ...]) -> bool:
        """Whether one is a firm that the document does not begin with, or names another more than twice as often."""
        firms = [key for key in keys if key in self._named]
        return any(key not in self._opening or self._named[key] * 2 < max(self._named.values()) for key in firms)

    def _cost(self, line: Statement, begin: int, target: Target) -> str | None:
        """The project with a name of its own whose cost or size is told right after it."""
        project = last_project(line, begin, target.index)
        return project if project and is_name(self._document.entities[project].name) else None

    def _unsaid(self, told: Telling, target: Target, label: Label, now: Narrative) -> Holder:
        """Who it is that the sentence does not name: the speaker, a site told of before, the topic, the home."""
        line, latest = told.line, now.latest
        if latest and latest.said and breaks_down(line) and line.source.sentence.index - latest.sentence <= 1:
            return Holder(latest.keys, said=True)
        aside = now.aside if now.aside and is_name(self._document.entities[now.aside].name) else None
        goes_on = _goes_on(line, target, label, now)
        prevails = self._prevailing(line, aside) if self._is_passed(line, target, now, goes_on=goes_on) else now.topic
        measured = aside if now.topic is None and target.kind in MEASURED else None
        key = told.speaker or self._place(line, target, label, now, aside) or prevails or measured
        recent = bool(told.speaker) or (key == now.topic and goes_on)
        return Holder(self._public(label, (key,)) if key else (), recent)

    def _place(self, line: Statement, target: Target, label: Label, now: Narrative, aside: str | None) -> str | None:
        """The site of a measure of sites, or what the number before is of too, where that was told of in passing."""
        if now.latest and now.latest.sentence == line.source.sentence.index and now.latest.keys == (aside,):
            return aside
        if not is_of_site(label.text):
            return None
        event = aside is not None and self._document.entities[aside].type == "Event"
        return last_project(line, 0, target.index) or (None if event else aside)

    def _prevailing(self, line: Statement, aside: str | None) -> str | None:
        """Whom the text is about: a site, or another that it has just told of, else the home once it has been spoken of.

        A thing whose name begins that of the site is no other.
        """
        named = self._document.entities
        if self._site:
            return aside if aside and not named[self._site].name.startswith(named[aside].name) else self._site
        return self.home if line.source.sentence.index >= self._met_at else None

    def _is_passed(self, line: Statement, target: Target, now: Narrative, *, goes_on: bool) -> bool:
        """Whether the text no longer speaks of its topic, or of a firm only where that is said."""
        if now.topic is None or self._is_left(now.topic, line, now):
            return True
        speaks = pattern("subject", "own-voice").search(line.text, 0, target.index)
        return self.is_minor((now.topic,)) and not (goes_on or speaks)

    def _is_left(self, topic: str, line: Statement, now: Narrative) -> bool:
        """Whether a topic is another district, and the home has been named since it was; in no report it is only an example."""
        other = self.home not in (None, topic) and topic in self._document.entities and self._document.entities[topic].type == "District"
        example = self.trust is not Trust.REPORT and line.source.sentence.index - now.named_at > 1
        return other and (example or now.home_at > now.named_at or tells_of(line, str(self.home)))

    def _public(self, label: Label, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The keys, or the district where only a district has such things."""
        home = self._document.home
        district = all(self._document.entities[key].type == "District" for key in keys)
        public = any(noun in label.text for noun in words("public_noun"))
        return (home,) if home and public and not district else keys


def _met_at(lines: Sequence[Statement], home: str | None) -> int:
    """The first sentence that names the home."""
    return next((line.source.sentence.index for line in lines if home and names(line, home)), len(lines))


def _beside(line: Statement, target: Target, now: Narrative) -> Holder | None:
    """The one that the words around a quantity tell, whoever the sentence is about."""
    if is_of_event(line, target):
        event = last_event(line, target.clause.end) or now.recent_event(line)
        if event or target.kind == "Head":
            return Holder((event,) if event else (), True)
    if key := named(line, target):
        return Holder((key,), True)
    firm = (last_firm(line, target.index) or now.firm) if is_for_it(line, target) else None
    return Holder((firm,), said=True) if firm else None


def _one_of(line: Statement, target: Target, over: Subject) -> tuple[str, ...]:
    """Whose a number is of those that the numbers of a list belong to one by one."""
    run = line.run(target)
    behind = sum(over.begin < t.index < target.index for t in line.targets)
    place = run.index(target) if len(run) == len(over.keys) else behind
    return over.keys[place : place + 1]


def _goes_on(line: Statement, target: Target, label: Label, now: Narrative) -> bool:
    """Whether the sentence before named the topic, and no number in between is of somebody else."""
    latest, here = now.latest, line.source.sentence.index
    first = target == line.targets[0] and label.begin < target.index
    return here - now.named_at <= 1 and (first or bool(latest and latest.sentence == here and latest.said))


def without_owner(text: str, owners: Sequence[Entity]) -> str:
    """An indicator without the owner's name before it, or what several owners are counted by: [江州]矿石进口, 2个[区]入园率."""
    names = (n for o in owners for name in (o.name, *o.aliases) for n in ((name, name[:-1]) if o.type == "District" else (name,)))
    named = next((name for name in names if len(name) > 1 and text.startswith(name)), "")
    if is_of_stranger(text) and (bare := next((noun for noun in sorted(wordset("standing_noun"), key=len) if text.endswith(noun)), "")):
        return bare  # 云帆机械投资5亿元的项目: whoever it is that invests
    if called := pattern("subject", "class").match(text) if len(owners) > 1 else None:
        return text[called.end() :]
    rest = text.removeprefix(named)
    return rest if len(rest) > 1 and is_economic(rest) else text
