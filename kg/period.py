"""Periods: time words, made absolute by the date of publication."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """``text[begin:end]`` of a sentence, read as a stretch of time.

    ``iso`` is ISO 8601 as in the guide: ``2022``, ``2023-01/2023-06``, ``2024-08-05``; None where the words are
    relative and the document's date is unknown, or where they name no dates (累计, 目前).
    """

    begin: int
    end: int
    iso: str | None
