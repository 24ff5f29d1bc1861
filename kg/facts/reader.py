"""Reader: all figures that a document states, read sentence after sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.facts.belief import Claim, Trust, judge
from kg.facts.centre import centre
from kg.facts.dating import Dating
from kg.facts.entity import LinkedDocument
from kg.facts.figure import Figure, Measure, Status, agree
from kg.facts.label import Label
from kg.facts.labelling import labels
from kg.facts.measure import MOVES, Reading, doubles, read
from kg.facts.narrative import Narrative, Stated, breaks_down
from kg.facts.owner import Owners, Telling, telling, without_owner
from kg.facts.plausibility import is_harmless
from kg.facts.statement import Statement, Target
from kg.facts.subject import Holder
from kg.facts.time import each, is_yardstick, tells_of_before
from kg.language.quantity import Quantity


def figures(document: LinkedDocument) -> tuple[Figure, ...]:
    """The figures of a document in reading order; where it says one twice, both have the same content."""
    lines = [Statement(source) for source in document.sentences]
    if not any(line.targets for line in lines):
        return ()
    site = centre(document, lines)
    return agree(tuple(_Reader(document, lines, site).read()))


class _Reader:
    """Reads sentence after sentence and remembers what later ones leave unsaid."""

    def __init__(self, document: LinkedDocument, lines: Sequence[Statement], site: str | None) -> None:
        self._document, self._lines = document, lines
        self._owners = Owners(document, lines, site)
        self._dating = Dating(document)
        self._now = Narrative()
        self._before = False
        """Whether the last sentence told what another year had."""

    def read(self) -> Iterator[Figure]:
        """The figures of all sentences.

        What is said behind the last sentence of a paragraph that may have any is of no use to later paragraphs, but for the time.
        """
        useful = {line.source.sentence.paragraph: number for number, line in enumerate(self._lines) if self._may_tell(line)}
        for number, line in enumerate(self._lines[: max(useful.values(), default=-1) + 1]):
            self._now = self._now.enter(line.source.sentence).dated(line)
            if number <= useful.get(line.source.sentence.paragraph, -1):
                yield from self._line(telling(line, next(iter(self._lines[number + 1 : number + 2]), None)))
            else:
                self._now, self._before = self._now.skim(line), False

    def _may_tell(self, line: Statement) -> bool:
        """Whether a number of a sentence may be believed: in no text but a report is one of a sentence that tells of other things."""
        trust = self._owners.trust
        return bool(line.targets) and (trust is Trust.REPORT or is_harmless(line, economic=trust is Trust.ECONOMIC))

    def _line(self, told: Telling) -> Iterator[Figure]:
        """The figures of the next sentence."""
        line = told.line
        previous: tuple[Target, Reading] | None = None
        self._before = tells_of_before(line) or (self._before and breaks_down(line))
        for target in line.targets:
            reading = read(line, target, previous)
            previous = (target, reading) if reading else None
            if reading and (reading.began or not (self._before or is_yardstick(line, target, moved=reading.measure in MOVES))):
                yield from self._figures(told, target, reading)
        self._now = self._now.leave(line, told.subjects, self._owners.home)

    def _figures(self, told: Telling, target: Target, reading: Reading) -> Iterator[Figure]:
        """The figures of a number that are believed."""
        now = self._now
        found = labels(told.line, target, reading, now)
        if not found:
            self._now = now.blank()
        for label in found:
            holder = self._owners.holder(told, target, label, now)
            owners = tuple(self._document.entities[key] for key in holder.keys)
            label = replace(label, text=without_owner(label.text, owners))
            made = [self._figure(told.line, target, reading, key, label, now) for key in holder.keys]
            central, minor = self._owners.is_central(holder.keys), self._owners.is_minor(holder.keys)
            verdict = judge(Claim(told.line, target, label, holder, owners, now, self._owners.trust, central, minor))
            holder = holder._replace(
                sound=verdict.believed and not _is_mixed(told.line, target, reading, label, holder), strayed=verdict.strayed
            )
            if holder.sound:
                yield from made
            self._now = self._state(told.line, target, made, label, holder) if made else self._now.lose()

    def _figure(self, line: Statement, target: Target, reading: Reading, key: str, label: Label, now: Narrative) -> Figure:
        value, unit = _amount(target.quantity, reading)
        period, status = self._dating.date(line, target, reading, label, now, key)
        begin = line.masked.origin(min(label.begin, target.clause.begin))
        end = max(line.masked.origin(label.end), target.quantity.end)
        return Figure(
            about=key,
            indicator=label.text,
            value=value,
            unit=unit,
            bound=target.quantity.bound,
            measure=Measure(reading.measure),
            status=status,
            period=period,
            raw=line.raw(target.quantity),
            evidence=line.source.sentence.evidence(begin, end),
            rule=reading.rule,
            scope=reading.scope,
            level=_level(reading, label, now.last),
        )

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
            counts=target.counts,
            measure=one.measure,
            root=label.root or label.text,
            of=one.level[-1] if one.level else "",
            period=one.period,
            aim=one.status is Status.TARGET,
            said=holder.said,
            sound=holder.sound,
            strayed=holder.strayed,
        )
        return self._now.state(stated, carries=one.measure is not Measure.CHANGE)


def _level(reading: Reading, label: Label, last: Stated | None) -> tuple[str, Decimal, str] | None:
    """Of what it is the growth, where the figure before states that."""
    same = last and reading.measure == Measure.GROWTH and last.measure == Measure.LEVEL and last.indicator == label.text
    return (last.indicator, last.value, last.unit) if last and same else None


def _is_mixed(line: Statement, target: Target, reading: Reading, label: Label, holder: Holder) -> bool:
    """Whether it is one of several numbers of which nothing says what sets them apart: 三年营收分别为5亿元、6亿元."""
    alike = len(line.run(target)) > 1 and reading.measure in (Measure.LEVEL, Measure.GROWTH, Measure.SHARE)
    return alike and not label.aligned and not holder.each and not each(line, line.run(target))


def _amount(quantity: Quantity, reading: Reading) -> tuple[Decimal, str]:
    """Value and unit: falls are negative, and what has doubled has grown by 100 %."""
    value, unit = (2**quantity.value * 100 - 100, "%") if doubles(quantity) else (quantity.value, quantity.unit)
    return -abs(value) if reading.negative else value, unit
