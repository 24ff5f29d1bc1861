"""Genre: whether a text reports on the public life of a place."""

import re
from functools import lru_cache

from kg.language.lexicon import alternation

_FULL = 0.012
"""How many words of public life there are for each character of such a report."""
_OTHER = 1.5
"""How many of them one word of crime, sports, shares or weather outweighs."""
_SHORT = 120
"""A text with fewer characters is taken at its word."""


@lru_cache(maxsize=8)
def tells_of_public_life(text: str) -> bool:
    """Whether ``text`` is as full of words of economy, works and services as reports on a district are, or too short to tell."""
    length = len(re.sub(r"\s", "", text))
    told = sum(len(re.findall(alternation(table), text)) for table in ("economy", "public_life"))
    other = len(re.findall(alternation("other_news"), text))
    return length < _SHORT or told - _OTHER * other >= _FULL * length
