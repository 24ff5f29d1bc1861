"""Centre: the work or site that a whole text is about, which owns what the text leaves unsaid."""

from collections import Counter
from collections.abc import Sequence

from kg.facts.entity import LinkedDocument
from kg.facts.report import EARLY
from kg.facts.statement import Statement
from kg.facts.subject import subject

_SITES, _ACTORS = ("Project", "Place"), ("District", "Enterprise")
_OFTEN = 3
"""What fewer words speak of is not what a text is about."""


def centre(document: LinkedDocument, lines: Sequence[Statement]) -> str | None:
    """Key of the site that a text begins with, names more than any other and tells of, where its district is hardly told of."""
    named = Counter(link.key for line in lines for link in line.source.links if link.mention.type in _SITES)
    early = {link.key for line in lines[:EARLY] for link in line.source.links}
    key, often = next(((key, count) for key, count in named.most_common() if key in early), (None, 0))
    if key is None or often < max(_OFTEN, max(named.values())):
        return None
    told = Counter(key for line in lines for clause in line.clauses if (one := subject(line, clause)) for key in one.keys)
    actors = (told[other] for other, entity in document.entities.items() if entity.type in _ACTORS)
    return key if told[key] > 2 * max(actors, default=0) else None
