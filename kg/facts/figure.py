"""Figures: every quantity that the text states about a thing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from kg.facts.belief import Claim, Trust, judge
from kg.facts.centre import centre
from kg.facts.entity import Entity, LinkedDocument
from kg.facts.label import Label, is_of_site, labels
from kg.facts.measure import Reading, read
from kg.facts.narrative import Narrative, Stated, names, tells_of
from kg.facts.outlook import (
    Time,
    ahead,
    began,
    breaks_down,
    built,
    each,
    is_long_past,
    is_of_past_year,
    is_of_year_to_come,
    is_on_site,
    is_yardstick,
    lasts,
    planned,
    reaches,
    reports,
    said_here,
    sized,
    stands,
    tells_of_before,
    time,
    years,
)
from kg.facts.plausibility import chatter, is_economic, is_name, is_of_stranger
from kg.facts.state import unbuilt
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
from kg.language.lexicon import rows, words, wordset
from kg.language.quantity import Bound, Quantity
from kg.language.rules import pattern
from kg.names.district import country_key
from kg.text.genre import tells_of_public_life
from kg.text.sentence import Evidence


class Measure(StrEnum):
    """What kind of statement the number makes."""

    LEVEL = "level"
    GROWTH = "growth"
    CHANGE = "change"
    SHARE = "share"
    RANK = "rank"


_MOVES = (Measure.GROWTH, Measure.CHANGE)
"""Measures of how far something has moved."""


class Status(StrEnum):
    """Whether it has come about."""

    ACTUAL = "actual"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number about one thing."""

    about: str
    """Key of the entity."""
    indicator: str
    value: Decimal
    unit: str
    bound: Bound
    measure: Measure
    status: Status
    period: str | None
    """ISO 8601, see Period."""
    raw: str
    """The number as it stands in the text."""
    evidence: Evidence
    rule: str
    scope: str | None = None
    """For ranks: the field compared."""
    level: "tuple[str, Decimal, str] | None" = None
    """For growth: indicator, value and unit of the level it belongs to, where the text states it."""
    further: tuple[Evidence, ...] = ()
    """Where the same document says the same again."""


def figures(document: LinkedDocument) -> tuple[Figure, ...]:
    """The figures of a document in reading order; where it says one twice, both have the same content."""
    lines = [Statement(source) for source in document.sentences]
    if not any(line.targets for line in lines):
        return ()
    site = centre(document, lines)
    found = tuple(_Reader(document, lines, site).read())
    told = site is not None or _is_economic(document, found)
    return agree(found if told else tuple(f for f in found if is_economic(f.indicator) or stands(f.indicator)))


def _known(found: Sequence[Figure]) -> int:
    """How many figures are those of an economy."""
    return sum(is_economic(figure.indicator) for figure in found)


_FEW = 5
"""A text of so few sentences is too short to tell what it is about otherwise than by saying it."""


def _is_taken_at_its_word(document: LinkedDocument) -> bool:
    """Whether nothing in the document speaks against what it counts being its district's: the district is given, or the text short."""
    text = document.document.text
    return document.document.metadata.home is not None or (len(document.sentences) <= _FEW and tells_of_public_life(text))


_MANY = 3
"""A text with fewer figures of an economy is no economic report, unless it is taken at its word."""


def _is_economic(document: LinkedDocument, found: Sequence[Figure]) -> bool:
    """Whether a document reports on a district's economy, so that the other things that it counts are figures too."""
    return (
        document.reports or _is_taken_at_its_word(document) or (document.home is not None and _known(found) >= max(_MANY, len(found) // 4))
    )


_OFTEN = 2
"""A district that fewer sentences speak of is only where something happened."""


_EARLY = 3
"""The sentences that tell what a text is about."""


def _speaks_of_home(document: LinkedDocument, lines: Sequence[Statement]) -> bool:
    said = [line for line in lines if document.home and names(line, document.home)]
    return _is_taken_at_its_word(document) or len(said) >= _OFTEN or _opens_with_home(document, lines[:_EARLY])


def _opens_with_home(document: LinkedDocument, lines: Sequence[Statement]) -> bool:
    """Whether the district does something in the first sentences of a text on an economy."""
    if document.home is None or not tells_of_public_life(document.document.text):
        return False
    return any(s.keys == (document.home,) for line in lines for clause in line.clauses if (s := subject(line, clause)))


def _firms(lines: Sequence[Statement]) -> Iterator[str]:
    """The enterprises that sentences name, once for each time."""
    return (link.key for line in lines for link in line.source.links if link.mention.type == "Enterprise" and not link.anaphor)


def _trust(document: LinkedDocument, home: str | None) -> Trust:
    if document.reports or _is_taken_at_its_word(document):
        return Trust.REPORT
    return Trust.ECONOMIC if home and tells_of_public_life(document.document.text) else Trust.OTHER


_RECENT = 5
"""So many sentences after the day was told, a text still speaks of the event of that day."""


class _Reader:
    """Reads sentence after sentence and remembers what later ones leave unsaid."""

    def __init__(self, document: LinkedDocument, lines: Sequence[Statement], site: str | None) -> None:
        self._document, self._lines, self._site = document, lines, site
        self._home = document.home if _speaks_of_home(document, lines) else None
        """The district that sentences without a subject are about."""
        self._trust = _trust(document, self._home)
        self._named = Counter(_firms(lines))
        self._opening = frozenset(_firms(lines[:_EARLY]))
        """The firms that the first sentences name."""
        self._published = document.document.metadata.published
        self._now = Narrative()
        self._before = False
        """Whether the last sentence told what another year had."""
        self._met = self._trust is Trust.REPORT or self._home == country_key()
        """Whether the district has been spoken of, so that sentences without a subject may be about it."""

    def read(self) -> Iterator[Figure]:
        """The figures of all sentences.

        What is said behind the last sentence of a paragraph that may have any is of no use to later paragraphs, but for the time.
        """
        useful = {line.source.sentence.paragraph: number for number, line in enumerate(self._lines) if self._may_tell(line)}
        for number, line in enumerate(self._lines[: max(useful.values(), default=-1) + 1]):
            self._met = self._met or (self._home is not None and names(line, self._home))
            self._now = self._now.enter(line.source.sentence).dated(line)
            if number <= useful.get(line.source.sentence.paragraph, -1):
                yield from self._line(line, next(iter(self._lines[number + 1 : number + 2]), None))
            else:
                self._now, self._before = self._now.skim(line), False

    def _may_tell(self, line: Statement) -> bool:
        """Whether a number of a sentence may be believed: in no text but a report is one of a sentence that tells of other things."""
        return bool(line.targets) and (self._trust is Trust.REPORT or not chatter(line, 0, len(line.text)))

    def _line(self, line: Statement, following: Statement | None) -> Iterator[Figure]:
        """The figures of the next sentence."""
        subjects = tuple(s for clause in line.clauses if (s := subject(line, clause)))
        said_by = speaker(line, following)
        previous: tuple[Target, Reading] | None = None
        self._before = tells_of_before(line) or (self._before and breaks_down(line))
        for target in line.targets:
            reading = read(line, target, previous)
            previous = (target, reading) if reading else None
            if reading and (reading.began or not (self._before or is_yardstick(line, target, moved=reading.measure in _MOVES))):
                yield from self._figures(line, target, reading, subjects, said_by)
        self._now = self._now.leave(line, subjects, self._home)

    def _figures(
        self, line: Statement, target: Target, reading: Reading, subjects: Sequence[Subject], said_by: str | None
    ) -> Iterator[Figure]:
        found = labels(line, target, reading, self._now)
        if not found:
            self._now = self._now.blank()
        for label in found:
            holder = self._holder(line, target, label, subjects, said_by)
            owners = tuple(self._document.entities[key] for key in holder.keys)
            label = replace(label, text=_without_owner(label.text, owners))
            made = [self._figure(line, target, reading, key, label) for key in holder.keys]
            central = holder.keys in ((self._home,), (self._site,))
            claim = Claim(line, target, label, holder, owners, self._now, self._trust, central, self._minor(holder.keys))
            verdict = judge(claim)
            sound = verdict.believed and not _is_mixed(line, target, reading, label, holder)
            if sound:
                yield from made
            self._now = (
                self._state(line, target, made, label, holder._replace(sound=sound, strayed=verdict.strayed)) if made else self._now.lose()
            )

    def _minor(self, keys: tuple[str, ...]) -> bool:
        """Whether one is a firm that the document does not begin with, or names another more than twice as often."""
        firms = [key for key in keys if key in self._named]
        return any(key not in self._opening or self._named[key] * 2 < max(self._named.values()) for key in firms)

    def _holder(self, line: Statement, target: Target, label: Label, subjects: Sequence[Subject], said_by: str | None) -> Holder:
        """The entities that the quantity describes."""
        over = prevailing(line, target, subjects)
        latest = self._now.latest
        fresh = over and over.clause == target.clause.number
        if is_of_event(line, target):
            event = last_event(line, target.index) or self._now.recent_event(line)
            if event or target.kind == "Head":
                return Holder((event,) if event else (), True)
        if key := named(line, target):
            return Holder((key,), True)
        if is_for_it(line, target) and (firm := last_firm(line, target.index) or self._now.firm):
            return Holder((firm,), said=True)
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
        return self._unsaid(line, target, label, said_by)

    def _cost(self, line: Statement, begin: int, target: Target) -> str | None:
        """The project with a name of its own whose cost or size is told right after it."""
        project = last_project(line, begin, target.index)
        return project if project and is_name(self._document.entities[project].name) else None

    def _unsaid(self, line: Statement, target: Target, label: Label, said_by: str | None) -> Holder:
        """Who it is that the sentence does not name: the speaker, a site told of before, the topic, the home."""
        latest, here = self._now.latest, line.source.sentence.index
        aside = self._now.aside if self._now.aside and is_name(self._document.entities[self._now.aside].name) else None
        if latest and latest.said and breaks_down(line) and here - latest.sentence <= 1:
            return Holder(latest.keys, said=True)
        chained = latest and latest.sentence == here and latest.keys == (aside,)
        place = None if aside and self._document.entities[aside].type == "Event" else aside
        site = aside if chained else (last_project(line, 0, target.index) or place) if is_of_site(label.text) else None
        home = self._spoken_of(aside) if self._site else self._home if self._met else None
        topic, goes_on = self._now.topic, self._goes_on(line, target, label)
        speaks = pattern("subject", "own-voice").search(line.text, 0, target.index)
        passed = topic is None or self._is_left(topic, line) or (self._minor((topic,)) and not (goes_on or speaks))
        measured = aside if topic is None and target.kind in MEASURED else None
        key = said_by or site or (home if passed else topic) or measured
        recent = bool(said_by) or (key == topic and goes_on)
        return Holder(self._public(label, (key,)) if key else (), recent)

    def _spoken_of(self, aside: str | None) -> str | None:
        """The site that the text is about, or another that it has just told of; a name that begins its own is no other."""
        named = self._document.entities
        other = aside and self._site and not named[self._site].name.startswith(named[aside].name)
        return aside if other else self._site

    def _is_left(self, topic: str, line: Statement) -> bool:
        """Whether a topic is another district, and the home has been named since it was."""
        other = self._home is not None and topic in self._document.entities and self._document.entities[topic].type == "District"
        return other and (self._now.home_at > self._now.named_at or tells_of(line, str(self._home)))

    def _goes_on(self, line: Statement, target: Target, label: Label) -> bool:
        """Whether the sentence before named the topic, and no number in between is of somebody else."""
        latest, here = self._now.latest, line.source.sentence.index
        first = target == line.targets[0] and label.begin < target.index
        return here - self._now.named_at <= 1 and (first or bool(latest and latest.sentence == here and latest.said))

    def _public(self, label: Label, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The keys, or the district where only a district has such things."""
        home = self._document.home
        district = all(self._document.entities[key].type == "District" for key in keys)
        public = any(noun in label.text for noun in words("public_noun"))
        return (home,) if home and public and not district else keys

    def _figure(self, line: Statement, target: Target, reading: Reading, key: str, label: Label) -> Figure:
        quantity = target.quantity
        value, unit = _amount(quantity, reading)
        period, planned = self._time(line, target, label)
        planned = planned or (self._is_size(line, target, reading, label) and key in self._unbuilt)
        moved = years(period) if reading.began or reading.reached else None
        if reading.began:
            period, planned = began(line, target) or (moved and moved[0]), False
        elif moved:
            period = moved[1]
        elif planned and (span := years(period)) and reaches(line, target):
            period = span[1]
        sentence = line.source.sentence
        begin = line.masked.origin(min(label.begin, target.clause.begin))
        end = max(line.masked.origin(label.end), quantity.end)
        return Figure(
            about=key,
            indicator=label.text,
            value=value,
            unit=unit,
            bound=quantity.bound,
            measure=Measure(reading.measure),
            status=Status.TARGET if planned else Status.ACTUAL,
            period=period,
            raw=line.raw(quantity),
            evidence=sentence.evidence(begin, end),
            rule=reading.rule,
            scope=reading.scope,
            level=self._level(reading, label),
        )

    def _time(self, line: Statement, target: Target, label: Label) -> tuple[str | None, bool]:
        """The period, and whether the figure is an aim."""
        told = reports(line, target.index)
        here = (self._now.reported if told else None) or time(line, target, label.text, self._published)
        here = here or (Time(None) if told and not self._now.time else None)
        aims = planned(line, target, self._published)
        named_each = label.aligned and not label.inherited
        if times := () if named_each else each(line, line.run(target)):
            own = times[line.run(target).index(target)]
            return own, ahead(own, self._published)
        if stands(label.text) and not said_here(line, target):
            last = self._now.last
            of_last = last and label.text.startswith((last.root, last.indicator)) and last.period
            return here.iso if here else of_last or None, sized(label.text)
        goes_on = aims is None and self._now.time is not None and is_of_year_to_come(self._now.time.iso, self._published)
        to_come = ahead(here.iso, self._published) if here else goes_on
        plan = to_come or sized(label.text) or (self._now.plans if aims is None else aims)
        if here:
            return here.iso, plan
        if not plan and (held := self._held(line, target)):
            return held, plan
        if stands(label.text) or lasts(line, target, label.text):
            return None, plan
        return self._carried(planned=plan), plan

    @cached_property
    def _unbuilt(self) -> frozenset[str]:
        """Keys of the projects that are still to be built, or being built."""
        return unbuilt(self._document)

    def _is_size(self, line: Statement, target: Target, reading: Reading, label: Label) -> bool:
        """Whether a number is the size of works, of which no word tells that they have it already."""
        size = reading.measure == Measure.LEVEL and (built(label.text) or target.quantity.unit in wordset("building_unit"))
        return size and planned(line, target, self._published) is None

    def _held(self, line: Statement, target: Target) -> str | None:
        """The day of the event that a figure came of, or is of: 现场签约8个项目, 40位茶艺师与会."""
        recent = line.source.sentence.index - self._now.day_at <= _RECENT
        return self._now.day if recent and (is_on_site(line, target) or is_of_event(line, target)) else None

    def _carried(self, *, planned: bool) -> str | None:
        """The period that the sentences before leave to a figure: none of a year to come to results, none of a year gone by to aims."""
        carried = self._now.time
        if not carried:
            return self._now.year(self._published, planned=planned)
        unfit = is_of_past_year if planned else ahead
        return None if unfit(carried.iso, self._published) or is_long_past(carried.iso, self._published) else carried.iso

    def _level(self, reading: Reading, label: Label) -> tuple[str, Decimal, str] | None:
        last = self._now.last
        same = last and reading.measure == Measure.GROWTH and last.measure == Measure.LEVEL and last.indicator == label.text
        return (last.indicator, last.value, last.unit) if last and same else None

    def _state(self, line: Statement, target: Target, made: Sequence[Figure], label: Label, holder: Holder) -> Narrative:
        one = made[0]
        stated = Stated(
            indicator=one.indicator,
            keys=tuple(figure.about for figure in made),
            sentence=line.source.sentence.index,
            clause=target.clause,
            at=target.index,
            value=one.value,
            unit=one.unit,
            counts=target.kind in ("Count", "Few", "Head"),
            measure=one.measure,
            root=label.root or label.text,
            of=one.level[-1] if one.level else "",
            period=one.period,
            said=holder.said,
            sound=holder.sound,
            strayed=holder.strayed,
        )
        return self._now.state(stated, carries=one.measure is not Measure.CHANGE)


def _without_owner(text: str, owners: Sequence[Entity]) -> str:
    """An indicator without the owner's name before it, or what several owners are counted by: [江州]矿石进口, 2个[区]入园率."""
    names = (n for o in owners for name in (o.name, *o.aliases) for n in ((name, name[:-1]) if o.type == "District" else (name,)))
    named = next((name for name in names if len(name) > 1 and text.startswith(name)), "")
    if is_of_stranger(text) and (bare := next((noun for noun in sorted(wordset("standing_noun"), key=len) if text.endswith(noun)), "")):
        return bare  # 云帆机械投资5亿元的项目: whoever it is that invests
    if called := pattern("subject", "class").match(text) if len(owners) > 1 else None:
        return text[called.end() :]
    rest = text.removeprefix(named)
    return rest if len(rest) > 1 and is_economic(rest) else text


def _one_of(line: Statement, target: Target, over: Subject) -> tuple[str, ...]:
    """Whose a number is of those that the numbers of a list belong to one by one."""
    run = line.run(target)
    behind = sum(over.begin < t.index < target.index for t in line.targets)
    place = run.index(target) if len(run) == len(over.keys) else behind
    return over.keys[place : place + 1]


def _is_mixed(line: Statement, target: Target, reading: Reading, label: Label, holder: Holder) -> bool:
    """Whether it is one of several numbers of which nothing says what sets them apart: 三年营收分别为5亿元、6亿元."""
    alike = len(line.run(target)) > 1 and reading.measure in (Measure.LEVEL, Measure.GROWTH, Measure.SHARE)
    return alike and not label.aligned and not holder.each and not each(line, line.run(target))


class _Fold(NamedTuple):
    word: str
    doubling: str


def _amount(quantity: Quantity, reading: Reading) -> tuple[Decimal, str]:
    """Value and unit: falls are negative, and what has doubled has grown by 100 %."""
    doubles = any(fold.doubling and fold.word == quantity.unit for fold in rows("fold_unit", _Fold))
    value, unit = (2**quantity.value * 100 - 100, "%") if doubles else (quantity.value, quantity.unit)
    return -abs(value) if reading.negative else value, unit


def agree(found: Sequence[Figure]) -> tuple[Figure, ...]:
    """Give figures that say the same thing twice (in headline and text) the same content, each with its own evidence."""
    agreed: list[Figure] = []
    for figure in found:
        twin = next((i for i, other in enumerate(agreed) if _same(figure, other)), None)
        if twin is None:
            agreed.append(figure)
            continue
        full = max(agreed[twin], figure, key=lambda f: (len(f.indicator), f.period or ""))
        content = replace(full, period=agreed[twin].period or figure.period)
        for i, other in enumerate(agreed):
            if _same(other, agreed[twin]) and i != twin:
                agreed[i] = _as(other, content)
        agreed[twin] = _as(agreed[twin], content)
        agreed.append(_as(figure, content))
    return tuple(agreed)


def _as(figure: Figure, content: Figure) -> Figure:
    return replace(content, evidence=figure.evidence, raw=figure.raw, rule=figure.rule)


def _same(one: Figure, other: Figure) -> bool:
    """Whether two figures state one fact: the same number of one thing, one name an abbreviation of the other's."""
    number = (one.about, one.value, one.unit, one.measure, one.bound) == (other.about, other.value, other.unit, other.measure, other.bound)
    times = {one.period, other.period} - {None}
    short, long = sorted((one.indicator, other.indicator), key=len)
    alike = short[0] == long[0] or (one.measure == Measure.LEVEL and long.endswith(short))  # like percentages are often chance
    close = long.endswith(short) or one.measure != Measure.RANK  # a text has many first places
    return number and len(times) < 2 and alike and close and _abbreviates(short, long)


def _abbreviates(short: str, long: str) -> bool:
    """Whether the characters of one name all come in the other, in order: 固投 and 固定资产投资."""
    rest = iter(long)
    return all(c in rest for c in short)
