"""Decisions on identity: which names were taken for one thing, which were kept apart, and why."""

from dataclasses import dataclass
from enum import StrEnum

from kg.text.sentence import Evidence


class Reason(StrEnum):
    """The kind of rule that decided; its words are the message ``identity-…``."""

    # Merges of two forms of a name.
    LEGAL_FORM = "legal-form"
    REGION = "region"
    HEAD = "head"
    CORE = "core"
    INITIALS = "initials"
    KNOWN = "known"
    CODE = "code"
    ZONE = "zone"
    ORGAN = "organ"
    CLASS_WORD = "class-word"
    PREFIX = "prefix"
    DOCUMENT = "document"
    PLATE = "plate"
    # Merges of what several documents call by the same name.
    NAME = "name"
    PLACE = "place"
    NESTED = "nested"
    OWNER = "owner"
    PARTS = "parts"
    BODY = "body"
    POST = "post"
    SOLE = "sole"
    # Refusals.
    AMBIGUOUS = "ambiguous"
    INDIRECT = "indirect"
    OTHER_PLACE = "other-place"
    OTHER_OWNER = "other-owner"
    OTHER_PARTS = "other-parts"
    OTHER_POST = "other-post"
    OTHER_YEAR = "other-year"
    OTHER_FIRM = "other-firm"
    NO_CONTEXT = "no-context"
    # What the user's aliases.toml says.
    USER_SAME = "user-same"
    USER_DIFFERENT = "user-different"


@dataclass(frozen=True, slots=True, order=True)
class Sight:
    """A name as a document has it."""

    key: str
    """Key of the thing that it came to stand for."""
    form: str
    evidence: Evidence | None
    """None for a form that is only composed of others."""


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """Names that are one thing, or several things that might have been taken for one."""

    merged: bool
    reason: Reason
    sights: tuple[Sight, ...]
    """The names, each with a place where it stands; of a merge all have one key, of a refusal two or more keys."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The things that the decision is about."""
        return tuple(sorted({sight.key for sight in self.sights}))
