"""Documents as lists of names, for tests of identity: what ``tests/cases/identity.toml`` describes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.coverage import Firing
from kg.facts.entity import Entity, Sighting
from kg.facts.relation import Relation
from kg.identity.unification import Extraction
from kg.linking.key import stem
from kg.text.document import Document, Metadata
from kg.text.sentence import Evidence, Span


@dataclass(frozen=True)
class Naming:
    """One document: the names of its things by class, and its relations."""

    names: Mapping[str, Sequence[str]]
    """Forms of one thing joined by ``|``; behind a colon its key, where that is not made of the name: 朝阳区:220104."""
    relations: Sequence[str] = ()
    """``subject predicate object [post]``."""
    home: str | None = None
    year: str | None = None


def extraction(number: int, given: Naming) -> Extraction:
    """What document ``number`` says; its text is its names and relations, one a line."""
    found = [_entity(kind, text) for kind, texts in given.names.items() for text in texts]
    keys = {form: entity.key for entity in found for form in (entity.name, *entity.aliases)}
    document = Document(f"{number:016x}", f"{number}.txt", "\n".join((*keys, *given.relations)), Metadata(published=given.year))
    return Extraction(
        document,
        f"District/{given.home}" if given.home else None,
        tuple(found),
        tuple(_relation(document, line, keys) for line in given.relations),
        (),
        Firing({}, {}),
        tuple(sorted(Sighting(key, form, _place(document, form)) for form, key in keys.items())),
    )


def _entity(kind: str, text: str) -> Entity:
    forms, _, key = text.partition(":")
    name, *aliases = sorted(forms.split("|"), key=lambda form: (-len(form), form))
    code = key if key.isdigit() else None
    return Entity(f"{kind}/{key or stem(name, kind)}", kind, name, tuple(sorted(aliases)), code=code)


def _relation(document: Document, line: str, keys: Mapping[str, str]) -> Relation:
    subject, predicate, object, *role = line.split()
    return Relation(keys[subject], predicate, keys[object], _place(document, line), "test", role=role[0] if role else None)


def _place(document: Document, text: str) -> Evidence:
    begin = document.text.index(text)
    return Evidence(document.id, (Span(begin, begin + len(text)),))
