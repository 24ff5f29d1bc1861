"""Narrative: what the sentences of a document leave unsaid because an earlier one said it."""

from dataclasses import dataclass, replace
from decimal import Decimal

from kg.outlook import Time, lead_in, opening, turns
from kg.sentence import Kind, Sentence
from kg.statement import Clause, Statement
from kg.subject import Subject, leads

_YEAR = len("2024")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a figure measured, for those after it that do not say it again."""

    indicator: str
    keys: tuple[str, ...]
    sentence: int
    clause: Clause
    value: Decimal
    unit: str
    counts: bool
    """It counts things; later counts without a noun are some of them."""
    measure: str
    root: str
    """The indicator without what it left out and took from others."""
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Narrative:
    """What holds at some place of a document."""

    paragraph: int = -1
    topic: str | None = None
    """Key of the district or enterprise that the sentences before speak of."""
    aside: str | None = None
    """Key of a project, place or body that the sentence before speaks of."""
    time: Time | None = None
    plans: bool = False
    """The paragraph has come to speak of aims."""
    last: Stated | None = None
    """The last level, growth or share."""
    counted: Stated | None = None
    latest: Stated | None = None
    """The last figure of any measure."""
    levels: tuple[Stated, ...] = ()
    """The last levels, in order."""
    ranking: Stated | None = None
    """The last place in a ranking."""
    frame: Time | None = None
    """Time of the lead-in, a sentence that ends in a dash or colon, to this and the paragraphs around it."""
    years: tuple[str, ...] = ()
    """The years that paragraphs have been about, the latest last."""

    def enter(self, sentence: Sentence) -> "Narrative":
        """The narrative at the beginning of a sentence: a new paragraph forgets what the one before said."""
        if sentence.paragraph == self.paragraph:
            return self
        frame = None if sentence.kind is Kind.HEADING else self.frame
        return Narrative(paragraph=sentence.paragraph, time=frame, frame=frame, years=self.years)

    def state(self, stated: Stated, *, carries: bool) -> "Narrative":
        """The narrative after a figure; ``carries``: later ones may be about the same indicator."""
        now = replace(self, latest=stated, ranking=stated if stated.measure == "rank" else self.ranking)
        counted = stated if stated.counts else self.counted
        levels = (*self.levels, stated) if stated.measure == "level" else self.levels
        return replace(now, last=stated, levels=levels, counted=counted) if carries else now

    def leave(self, statement: Statement, subjects: tuple[Subject, ...]) -> "Narrative":
        """The narrative after a sentence: its subject, its time and its outlook hold for the next one."""
        first = next((s for s in subjects if len(s.keys) == 1 and leads(statement, s)), None)
        plans = turns(statement)
        now = opening(statement) or self.time
        return replace(
            self,
            topic=first.keys[0] if first and first.acts else self.topic,
            aside=(None if first.acts else first.keys[0]) if first else self.aside,
            time=now,
            plans=self.plans if plans is None else plans,
            frame=now if lead_in(statement) else self.frame,
            years=(*self.years, now.iso) if now and now.iso and len(now.iso) == _YEAR else self.years,
        )

    def year(self, published: str | None, *, planned: bool) -> str | None:
        """The year that figures of this kind are about, for want of anything nearer: past for results, not past for aims."""
        return next((y for y in reversed(self.years) if published and (y >= published[:_YEAR]) == planned), None)
