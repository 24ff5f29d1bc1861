"""The audit of all figures: what does not go together, what does not add up, what came of targets."""

from dataclasses import dataclass
from functools import lru_cache

from kg.audit.arithmetic import findings
from kg.audit.discrepancy import Discrepancy, Outcome, discrepancies, outcomes
from kg.audit.ledger import Ledger
from kg.facts.entity import Entity
from kg.facts.figure import Figure
from kg.text.document import Document


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found, in an order that depends on content alone."""

    discrepancies: tuple[Discrepancy, ...]
    outcomes: tuple[Outcome, ...]


NOTHING = Audit((), ())


@lru_cache(maxsize=1)
def audit(documents: tuple[Document, ...], entities: tuple[Entity, ...], figures: tuple[Figure, ...]) -> Audit:
    """Audit the figures of ``documents`` about ``entities``; the graph and its page ask for the same one after the other."""
    ledger = Ledger(documents, entities, figures)
    return Audit((*discrepancies(ledger), *findings(ledger)), tuple(outcomes(ledger)))
