"""States: how far the projects of a document have come, from plan to operation."""

from collections.abc import Iterator
from dataclasses import replace

from kg.facts.batch import batches
from kg.facts.entity import Link, LinkedDocument, LinkedSentence, masked
from kg.facts.match import Match, told
from kg.facts.outlook import ahead
from kg.facts.relation import Relation
from kg.language.lexicon import words, wordset
from kg.language.period import Period
from kg.language.rules import load, pattern

_BUILT = frozenset({"completed", "operating"})
_BUILDABLE = frozenset({"Project", "Place"})


def states(document: LinkedDocument) -> tuple[Relation, ...]:
    """``projectStatus``: the state of each project in each sentence that tells one, else of the batch that it is one of."""
    if all(entity.type not in _BUILDABLE for entity in document.entities.values()):
        return ()
    told = [relation for item in document.sentences for relation in _told_in(item, document.document.metadata.published)]
    known = {relation.subject for relation in told}
    return tuple(dict.fromkeys((*told, *(state for state in batches(document) if state.subject not in known))))


def unbuilt(document: LinkedDocument) -> frozenset[str]:
    """Keys of the projects that a document nowhere says to be finished."""
    finished = {state.subject for state in states(document) if state.object in _BUILT}
    return frozenset(key for key, entity in document.entities.items() if entity.type == "Project") - finished


def _told_in(item: LinkedSentence, published: str | None) -> Iterator[Relation]:
    """The state of each project: of all rules that match around it, the one with the highest score."""
    best: dict[str, Match] = {}
    places = {link.key for link in item.links if link.mention.type == "Place"}
    item = _with_places(item)
    if all(link.mention.type != "Project" for link in item.links):
        return
    # the events stay in words: a 开工仪式 tells a state
    for found in told(load("status"), item, masked(item, in_words="Event")):
        for link in _listed_projects(item, found) if not _is_hoped(found, published) else ():
            if found.rule.value == "planned" and link.key in places:
                continue  # what is there already is no plan
            rival = best.get(link.key)
            if rival is None or found.rule.score > rival.rule.score:
                best[link.key] = found
    for key, found in best.items():
        yield Relation(key, found.rule.output, found.rule.value, found.evidence(), found.rule.name, literal=True)


def _with_places(item: LinkedSentence) -> LinkedSentence:
    """The sentence with the places that may be built read as projects, if it names no project."""
    if any(link.mention.type == "Project" for link in item.links):
        return item
    links = (replace(x, mention=replace(x.mention, type="Project")) if _is_built(item, x) else x for x in item.links)
    return replace(item, links=tuple(links))


def _is_built(item: LinkedSentence, link: Link) -> bool:
    """Whether people build the place, and the clause tells of it and not only of works on it: 东河湿地|修复工程."""
    site = link.mention.type == "Place" and not link.anaphor and not link.mention.name.endswith(words("landform"))
    return site and not pattern("state", "works-on").match(item.sentence.text, link.mention.end)


def _is_hoped(found: Match, published: str | None) -> bool:
    """Whether a clause only hopes for what it tells, or tells it of a time to come: 确保…如期建成, 2030年建成."""
    if found.rule.value not in _BUILT:
        return False
    begin = max(found.view.text.rfind(mark, 0, found.match.start()) for mark in "，。；") + 1
    periods = [note.what for note in found.view.within(begin, found.match.end()) if isinstance(note.what, Period)]
    to_come = bool(periods) and ahead(periods[-1].iso, published)
    return to_come or pattern("narrative", "hoped").search(found.view.text, begin, found.match.end()) is not None


def _listed_projects(item: LinkedSentence, found: Match) -> list[Link]:
    """The projects in the match, and those of the list that runs on before or after it, whatever else is in that list."""
    inside = [link for link in found.links(0) if link.mention.type == "Project"]
    if not inside:
        return []
    text, links = item.sentence.text, item.links
    first, last = links.index(inside[0]), links.index(inside[-1])
    while first > 0 and _is_joined(links[first - 1], links[first], text):
        first -= 1
    while last + 1 < len(links) and _is_joined(links[last], links[last + 1], text):
        last += 1
    return [link for link in links[first : last + 1] if link.mention.type == "Project"]


def _is_joined(link: Link, after: Link, text: str) -> bool:
    """Whether a list joins two links, or the first is where the second lies: A、东河镇|B."""
    between = text[link.mention.end : after.mention.begin]
    return between in wordset("list_mark") if between else link.mention.type == "District"
