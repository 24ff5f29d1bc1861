"""Reading order: the blocks of a page in the order in which they are meant to be read.

Newspaper pages come with their columns out of order: paragraphs break off in mid-sentence and go on elsewhere, with
captions and headlines in between. Which end goes on where is one assignment problem, solved for the page as a whole;
the order follows from it, because a paragraph brings along what follows it in its column.
"""

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain, pairwise

import networkx

from kg.text.block import Block, Kind
from kg.text.joint import Joint, aside, joints
from kg.text.paragraph import Paragraph, paragraphs
from kg.text.row import Reading
from kg.text.tabular import tables

_SCALE = 1000
"""Scores are matched as whole numbers, so that no rounding decides."""
_ROUNDS = 4


def mend(text: str) -> tuple[Block, ...]:
    """The blocks of ``text`` in reading order, what tables say behind what they stand below. A text in good order keeps it."""
    blocks = _mended(text)
    ends = sorted((max(piece.end for piece in block.pieces), at) for at, block in enumerate(blocks))
    below: dict[int, list[Block]] = {}
    for table in tables(text):
        above = bisect(ends, (table.begin, len(blocks))) - 1
        said = (Block(Kind.BODY, pieces) for pieces in Reading(text, table).sentences())
        below.setdefault(ends[above][1] if above >= 0 else -1, []).extend(said)
    return tuple(chain(below.get(-1, ()), *((block, *below.get(at, ())) for at, block in enumerate(blocks))))


def _mended(text: str) -> tuple[Block, ...]:
    """The blocks that are no tables' in reading order."""
    page = paragraphs(text)
    links = _links(text, page)
    if not links:
        return tuple(Block(paragraph.kind, paragraph.pieces, paragraph.level) for paragraph in page)
    chains = _chains(page, links)
    asides = [chain for chain in chains if _interrupts(page, chain, links)]
    # A headline inside a broken paragraph heads nothing there: it is the page's own and goes before all else.
    headlines = [chain for chain in asides if any(page[number].kind is Kind.HEADING for number in chain)]
    captions = {number for chain in asides if chain not in headlines for number in chain}
    captions.update(number for number, paragraph in enumerate(page) if paragraph.kind is Kind.CAPTION)
    order = headlines + [chain for chain in chains if chain not in asides]
    return tuple(_blocks(page, [number for chain in order for number in chain], links, captions))


def _links(text: str, page: Sequence[Paragraph]) -> dict[int, int]:
    """Which paragraph goes on where. A joint that is sure shows that columns break off there, and so leads to others."""
    known: dict[int, int] = {}
    found: list[Joint] = []
    for _ in range(_ROUNDS):
        found = joints(text, page, known)
        sure = {joint.end: joint.begin for joint in _assign(found) if joint.sure}
        if sure == known:
            break
        known = sure
    return _straight(page, found)


def _assign(candidates: Sequence[Joint]) -> list[Joint]:
    """The assignment of ends to beginnings with the greatest sum of scores."""
    if not candidates:
        return []
    graph = networkx.Graph()
    size = 1 + max(joint.end for joint in candidates)
    graph.add_weighted_edges_from((joint.end, size + joint.begin, round(_SCALE * joint.score)) for joint in candidates)
    matched = {(min(pair), max(pair) - size) for pair in networkx.max_weight_matching(graph)}
    return [joint for joint in candidates if (joint.end, joint.begin) in matched]


def _straight(page: Sequence[Paragraph], candidates: Sequence[Joint]) -> dict[int, int]:
    """The assignment, without joints that would make the text run in a circle: the weakest of each is given up."""
    while True:
        chosen = _assign(candidates)
        links = {joint.end: joint.begin for joint in chosen}
        circle = _circle(_successors(page, links), chosen)
        if not circle:
            return links
        weakest = min(circle, key=lambda joint: (joint.score, joint.end))
        candidates = [joint for joint in candidates if joint != weakest]


def _successors(page: Sequence[Paragraph], links: Mapping[int, int]) -> dict[int, int]:
    """What follows each paragraph: what continues it, else what stands below it unless that continues another."""
    column = [number for number, paragraph in enumerate(page) if paragraph.kind is not Kind.CAPTION]
    claimed = set(links.values())
    below = {upper: lower for upper, lower in pairwise(column) if lower not in claimed}
    return below | dict(links)


def _circle(successors: Mapping[int, int], chosen: Sequence[Joint]) -> list[Joint]:
    """The joints on a circle, if there is one."""
    for start in chosen:
        path = [start.end]
        while path[-1] in successors and len(path) <= len(successors):
            path.append(successors[path[-1]])
            if path[-1] == start.end:
                return [joint for joint in chosen if joint.end in path]
    return []


def _chains(page: Sequence[Paragraph], links: Mapping[int, int]) -> list[tuple[int, ...]]:
    """The paragraphs, without captions, in runs that follow one another, by the place where each run starts."""
    successors = _successors(page, links)
    followed = set(successors.values())
    chains = []
    for number, paragraph in enumerate(page):
        if paragraph.kind is Kind.CAPTION or number in followed:
            continue
        chain = [number]
        while chain[-1] in successors:
            chain.append(successors[chain[-1]])
        chains.append(tuple(chain))
    return chains


def _interrupts(page: Sequence[Paragraph], chain: Sequence[int], links: Mapping[int, int]) -> bool:
    """Whether ``chain`` is something that merely stands in the gap of a broken paragraph."""
    return chain[0] > 0 and links.keys().isdisjoint(chain) and all(aside(page[number]) for number in chain)


def _blocks(page: Sequence[Paragraph], order: Sequence[int], links: Mapping[int, int], captions: Set[int]) -> Iterator[Block]:
    """The blocks in ``order``, each followed by the captions that stand below any part of it."""
    below = _below(page, captions)
    yield from (_block(page, [number], Kind.CAPTION) for number in below.get(-1, ()))
    joined: list[int] = []
    for number in order:
        joined.append(number)
        if number in links:
            continue
        yield _block(page, joined, page[number].kind if len(joined) == 1 else Kind.BODY)
        yield from (_block(page, [caption], Kind.CAPTION) for part in sorted(joined) for caption in below.get(part, ()))
        joined = []


def _below(page: Sequence[Paragraph], captions: Set[int]) -> dict[int, list[int]]:
    """The captions by the paragraph under which they stand, -1 for those above all."""
    found: dict[int, list[int]] = {}
    upper = -1
    for number in range(len(page)):
        if number in captions:
            found.setdefault(upper, []).append(number)
        else:
            upper = number
    return found


def _block(page: Sequence[Paragraph], numbers: Sequence[int], kind: Kind) -> Block:
    pieces = tuple(piece for number in numbers for piece in page[number].pieces)
    return Block(kind, pieces, page[numbers[0]].level if kind is Kind.HEADING else 0)
