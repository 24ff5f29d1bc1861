"""Communities: the parts a large graph falls into, so that its page can open on an overview."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import networkx

from kg.facts.entity import Entity
from kg.facts.relation import Relation

MANY = 3000
"""Up to so many things a page shows one by one."""
_FEW = 6
"""Communities smaller than this are put together."""
_MOST = 120
"""So many of the largest communities stay themselves."""


def communities(entities: Iterable[Entity], relations: Iterable[Relation]) -> tuple[tuple[str, ...], ...]:
    """The keys of each community's things, the largest first, behind them what is gathered; none where the graph is small enough without.

    What hangs together with little else is gathered by the class of its best connected thing.
    """
    keys = sorted(entity.key for entity in entities)
    if len(keys) <= MANY:
        return ()
    parts = _louvain(keys, relations)
    large = [part for part in parts if len(part) >= _FEW][:_MOST]
    gathered: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        if part not in large:
            gathered[part[0].partition("/")[0]] += part
    return (*large, *sorted(map(tuple, gathered.values()), key=lambda part: (-len(part), part)))


def _louvain(keys: Sequence[str], relations: Iterable[Relation]) -> list[tuple[str, ...]]:
    """Communities by modularity, the largest first, in each the best connected first.

    Things go by number and ties in order: sets of numbers, unlike those of texts, are gone through alike in every process.
    """
    number = {key: i for i, key in enumerate(keys)}
    net = networkx.Graph()
    net.add_nodes_from(range(len(keys)))
    net.add_edges_from(sorted({(number[r.subject], number[r.object]) for r in relations if not r.literal}))
    parts = networkx.community.louvain_communities(net, seed=0)
    ordered = (sorted(part, key=lambda i: (-net.degree(i), i)) for part in parts)
    return sorted((tuple(keys[i] for i in part) for part in ordered), key=lambda part: (-len(part), part))
