"""The ledger: figures entered under what they tell, so that those of one cell tell the same."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from rdflib.namespace import SKOS

from kg.audit.dates import dates
from kg.audit.interval import base_unit
from kg.audit.qualifier import is_counted_set, qualifiers, sentence_at, setting
from kg.facts.entity import Entity
from kg.facts.figure import Figure, Measure, Status
from kg.language.lexicon import wordset
from kg.text.document import Document
from kg.vocabulary import match


class Cell(NamedTuple):
    """What figures must have in common to be compared."""

    about: str
    indicator: str
    """The standard concept where the words mean one, else the words."""
    measure: Measure
    scope: str
    unit: str
    start: date
    end: date
    """Last day of the period, or of publication where that was earlier."""
    qualifiers: tuple[str, ...]


class Ledger:
    """Figures by what they tell, with what has to be known of their documents and entities to compare and to name them.

    Figures about anything else than ``entities`` only tell what else their documents speak of.
    """

    def __init__(self, documents: Iterable[Document], entities: Iterable[Entity], figures: Iterable[Figure]) -> None:
        self._documents = {document.id: document for document in documents}
        self.entities = {entity.key: entity for entity in entities}
        self.figures = tuple(sorted(figures, key=repr))
        self._labels: dict[str, set[str]] = defaultdict(set)
        for figure in self.figures:
            self._labels[figure.evidence.document].add(figure.indicator)
        self.cells: dict[Cell, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if cell := self._cell(figure):
                self.cells[cell].append(figure)

    def _cell(self, figure: Figure) -> Cell | None:
        """None where the figure does not say enough of itself to be compared."""
        if figure.about not in self.entities or not figure.period or figure.indicator in wordset("bare_thing"):
            return None
        text = self.text(figure)
        name = indicator(figure.indicator)
        if name == figure.indicator and is_counted_set(figure, text):
            return None
        start, end = dates(figure.period)
        if (published := self.published(figure)) and start <= published:
            end = min(end, published) if figure.status is Status.ACTUAL else end
        known = (*self.names(figure.about), *self._labels[figure.evidence.document])
        scope, unit = figure.scope or "", base_unit(figure)
        return Cell(figure.about, name, figure.measure, scope, unit, start, end, qualifiers(figure, text, known))

    def setting(self, figure: Figure) -> tuple[str, ...]:
        """The words of its sentence that tell which of several it is."""
        names = self.names(figure.about)
        # An indicator that is no standard one may tell of what the next number is, too.
        standard = (label for label in self._labels[figure.evidence.document] if indicator(label) != label)
        return setting(figure, self.text(figure), names, (*names, *standard))

    def document(self, figure: Figure) -> Document:
        """The document that states it."""
        return self._documents[figure.evidence.document]

    def published(self, figure: Figure) -> date | None:
        """The last day on which its document may have been published."""
        day = self.document(figure).metadata.published
        return dates(day)[1] if day else None

    def names(self, key: str) -> tuple[str, ...]:
        """Every name of an entity, the fullest first."""
        entity = self.entities[key]
        return (entity.name, *entity.aliases)

    def source(self, figure: Figure) -> str:
        """What a person knows its document by."""
        document = self.document(figure)
        return document.metadata.title or document.source

    def text(self, figure: Figure) -> str:
        """The text of its document."""
        return self.document(figure).text

    def sentence(self, figure: Figure) -> tuple[str, int]:
        """The sentence it stands in."""
        return figure.evidence.document, sentence_at(figure, self.text(figure))


def indicator(label: str) -> str:
    """The IRI of the standard indicator that is exactly meant, else the label."""
    found = match("indicators", (label,))
    return str(found.concept) if found and found.relation == SKOS.exactMatch else label
