"""Genre: whether a text reports on an economy."""

import re
from functools import lru_cache

from kg.lexicon import alternation

_FULL = 0.012
"""How many words of an economy there are for each character of such a report; in crime, sports or weather news there are fewer."""

_SHORT = 120
"""A text with fewer characters is taken at its word."""


@lru_cache(maxsize=8)
def speaks_of_economy(text: str) -> bool:
    """Whether ``text`` is as full of an economy's words as reports on one are, or too short to tell."""
    said, length = re.findall(alternation("economy"), text), len(re.sub(r"\s", "", text))
    return length < _SHORT or len(said) >= _FULL * length
