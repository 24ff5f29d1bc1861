"""Narrative: what the sentences of a document leave unsaid because an earlier one said it."""

from dataclasses import dataclass, replace
from decimal import Decimal

from kg.outlook import Time, lead_in, opening, turns
from kg.sentence import Sentence
from kg.statement import Clause, Statement
from kg.subject import Subject


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
    """It counts things; 国家级2个 after it are some of them."""
    level: bool = True


@dataclass(frozen=True, slots=True)
class Narrative:
    """What holds at some place of a document."""

    paragraph: int = -1
    topic: str | None = None
    """Key of the subject of the sentence before."""
    time: Time | None = None
    plans: bool = False
    """The paragraph has come to speak of aims."""
    last: Stated | None = None
    counted: Stated | None = None
    introduced: bool = False
    """The paragraph before ended in a colon or dash: what it said of time holds on."""

    def enter(self, sentence: Sentence) -> "Narrative":
        """The narrative at the beginning of a sentence: a new paragraph forgets what the one before said."""
        if sentence.paragraph == self.paragraph:
            return self
        return Narrative(paragraph=sentence.paragraph, time=self.time if self.introduced else None, introduced=self.introduced)

    def state(self, stated: Stated) -> "Narrative":
        """The narrative after a figure."""
        return replace(self, last=stated, counted=stated if stated.counts else self.counted)

    def leave(self, statement: Statement, subjects: tuple[Subject, ...]) -> "Narrative":
        """The narrative after a sentence: its subject, its time and its outlook hold for the next one."""
        topic = subjects[0].keys[0] if subjects and len(subjects[0].keys) == 1 else self.topic
        plans = turns(statement)
        return replace(
            self,
            topic=topic,
            time=opening(statement) or self.time,
            plans=self.plans if plans is None else plans,
            introduced=lead_in(statement),
        )
