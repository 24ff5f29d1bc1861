"""The implied subject: of whom a clause tells that names nobody."""

from kg.facts.entity import Link, LinkedDocument, LinkedSentence
from kg.facts.match import Match, clause_begin
from kg.facts.title import bearer, texts
from kg.language.lexicon import words, wordset
from kg.language.rules import load, pattern
from kg.language.words import Token, tokens, within

SUBJECTS = {
    "produces": ("Enterprise",),
    "recognisedAs": ("Enterprise", "Organization", "District", "Project"),
    "supplies": ("Enterprise",),
    "subsidiaryOf": ("Enterprise",),
    "undertakes": ("Enterprise",),
    "partnersWith": ("Enterprise", "Organization"),
    "locatedIn": ("Enterprise", "Organization", "Project", "Place"),
}
"""Classes that can be the unnamed subject of a predicate's rules."""
_NOMINAL = frozenset("njs")
"""Parts of speech that show a subject of its own, or that a name goes on."""
_VERBAL = frozenset({"v", "p", "r"})
"""Parts of speech that show that words name no product: 车间|采用|涂料."""
_ADVERBIAL = frozenset("tmqdcfabuzx")
"""Parts of speech of what may stand before a subject, or before the verb of a clause without one."""
_OPENS = frozenset("njrp")
"""Parts of speech that show that a clause, or what introduces it, names something."""


def remember(carried: dict[str, Link], item: LinkedSentence) -> None:
    """Keep, for the sentences that follow, what one has named last of each class."""
    for link in (
        *(link for link in item.links if not link.anaphor and not _is_quoted(link, item.sentence.text)),
        *(link for link in item.links[:1] if _begins(item, link)),
    ):
        carried.pop(link.mention.type, None)  # the latest stands last
        carried[link.mention.type] = link


def _begins(item: LinkedSentence, first: Link) -> bool:
    """Whether a sentence begins with its first link, and what else there is in it of that class is not what it tells of."""
    alone = not first.anaphor and all(link.mention.type != first.mention.type for link in item.links[1:])
    return not alone and is_silent(item.sentence.text[: first.mention.begin])


def understood(document: LinkedDocument, found: Match) -> list[str]:
    """Keys of the subjects that the sentence has named before a clause without one."""
    keys = subjects(document, found, {})
    return [key for key in keys if document.entities[key].type in SUBJECTS[found.rule.output]]


def subjects(document: LinkedDocument, found: Match, carried: dict[str, Link]) -> list[str]:
    """Keys of those whom a clause without a named subject speaks of.

    That is the nearest name before it, with the list that name ends; else the district whose report it is, or the last sentence's.

    What a project makes is its enterprise's, where its name tells the enterprise.
    """
    predicate, text = found.rule.output, found.item.sentence.text
    types, begin = SUBJECTS[predicate], found.view.origin(found.match.start())
    named = [link for link in found.between(0, found.match.start()) if link.mention.type in (*types, "Project")]
    before = [link for link in named if text[: link.mention.begin][-1:] not in wordset("object_mark")]
    if _is_of_person(found, before) or _is_not_made(found):
        return []
    if titled := _of_title(found, before):
        return titled
    clause = clause_begin(text, begin)
    if predicate == "recognisedAs":
        if _is_not_awarded(found):
            return []
        before = [link for link in before if _may_be_honoured(link, text)]
        if before and _is_of_its_own(text[before[-1].mention.end : begin]):
            return [link.key for link in _listed(before, text)]
    inside = [link for link in before if link.mention.begin >= clause]
    if not is_silent(text[inside[-1].mention.end if inside else clause : begin]):
        return []
    told = inside or _taken_up(before, text, clause)
    if not told:
        headless = predicate != "recognisedAs" or text.startswith(words("generic_subject"), begin) or _is_headless(text[:begin])
        return [] if named else _goes_on_with(found, _awarded(found)) or (_told_of(document, _awarded(found), carried) if headless else [])
    if told[-1].mention.type == "Project" and predicate == "produces":
        return [inner.key for inner in told[-1].inner if inner.mention.type == "Enterprise"]
    return [link.key for link in _listed(told, text)]


def _is_of_its_own(text: str) -> bool:
    """Whether behind a name is only a work of its own that is honoured, or the end of a list: 东河公司|“甲”专利, 东河公司|、某村党委."""
    return any(pattern("relation_subject", name).fullmatch(text) for name in ("own-work", "unnamed-too"))


def _taken_up(before: list[Link], text: str, clause: int) -> list[Link]:
    """Those named before a clause that may be its subject, the likeliest last: what the clause before ends in, else what begins one."""
    ended = [link for link in before if link.mention.end == clause - 1 and text[: link.mention.begin].endswith(words("of"))]
    return ended or [link for link in before if _opens_clause(before, link, text) or _is_presented(link, text)]


def _opens_clause(links: list[Link], link: Link, text: str) -> bool:
    """Whether a link begins its clause, or stands right behind the district it lies in, which does: 长春市|绿园区."""
    outer = next((other for other in links if other.mention.end == link.mention.begin and other.mention.type == "District"), None)
    begin = outer.mention.begin if outer else link.mention.begin
    return clause_begin(text, begin) == begin


def _is_presented(link: Link, text: str) -> bool:
    """Whether a clause only says of a link what it is like, for the next to speak of it: 位于江边的东河区，…"""
    begin, end = clause_begin(text, link.mention.begin), link.mention.end
    presented = pattern("narrative", "presented").fullmatch(text, begin, end + 1)
    return (presented or pattern("narrative", "taken-up").match(text, end)) is not None


def _of_title(found: Match, before: list[Link]) -> list[str]:
    """The one of those named whose case or work, called by its title, is honoured: “东河区：一网通办”入选…"""
    text = found.item.sentence.text
    title = pattern("narrative", "titled-work").search(text, 0, found.view.origin(found.match.start()))
    inside = {link.key for link in before if title and title.start() < link.mention.begin and link.mention.end < title.end()}
    return list(inside) if len(inside) == 1 and found.rule.output == "recognisedAs" else []


def _goes_on_with(found: Match, types: tuple[str, ...]) -> list[str]:
    """The one with whom the next clause goes on: 入选…，东河区将……"""
    end = found.view.origin(found.match.end())
    behind = (link for link in found.item.links if link.mention.begin == end + 1 and link.mention.type in types)
    return [link.key for link in behind if found.item.sentence.text[end] == "，"]


def _is_of_person(found: Match, before: list[Link]) -> bool:
    """Whether a person is named after the last of those that could be meant: what follows is told of them."""
    persons = [link for link in found.between(0, found.match.start()) if link.mention.type == "Person"]
    return bool(persons) and (not before or persons[-1].mention.begin > before[-1].mention.begin)


def _is_not_awarded(found: Match) -> bool:
    """Whether an honour is not, or not yet, awarded, or is a person's, or that of one whom a common noun names in the next clause."""
    text, (begin, end) = found.item.sentence.text, (found.view.origin(at) for at in found.match.span())
    if any(pattern("relation_subject", name).search(text, 0, begin) for name in ("not-awarded", "someone")):
        return True
    head = _first_told(text[end:])
    named = head is not None and any(link.mention.begin == end + head.begin for link in found.item.links)
    return found.rule.name == "relation.as-title" and not named and not _is_headless(text[end:])


def _is_not_made(found: Match) -> bool:
    """Whether a verb of making is but part of a noun or opens one (供应|商, 生产|车间采用…), or its clause denies that it is done."""
    if "verb" not in found.match.re.groupindex:
        return False
    text = found.item.sentence.text
    (begin, end), made = ([found.view.origin(at) for at in found.match.span(group)] for group in ("verb", "text"))
    cut = tokens(text)
    told = any(token.tag in _VERBAL and len(token.text) > 1 for token in within(cut, *made))
    torn = any(token.begin < begin < token.end or token.begin < end == made[0] < token.end for token in cut)
    return told or torn or pattern("relation_subject", "not-made").search(text, clause_begin(text, begin), begin) is not None


def _may_be_honoured(link: Link, text: str) -> bool:
    """Whether an honour may be a thing's: not the paper's that tells of it, nor of what another's title names, nor of a firm's model."""
    model = link.mention.type == "Enterprise" and goes_on(text, link.mention.end)
    return not model and not _is_quoted(link, text) and not is_media(link)


def _is_quoted(link: Link, text: str) -> bool:
    """Whether a link is but part of what quotation marks hold (素有“小南京”之称), and that is no speech, which has clauses."""
    begin, end = link.mention.begin, link.mention.end
    opened, closed = text.rfind("“", 0, begin), text.find("”", end)
    held = opened > text.rfind("”", 0, begin) and closed >= 0 and (opened + 1 < begin or end < closed)
    return held and "，" not in text[opened:closed]


def is_media(link: Link) -> bool:
    """Whether it is the paper that tells of an honour, not who has it."""
    return link.mention.name.endswith(words("media"))


def goes_on(text: str, end: int) -> bool:
    """Whether a noun, or a word that no dictionary knows, follows a name that ends at ``end``."""
    after = next((token for token in tokens(text) if token.begin == end), None)
    if after is None or not after.text.isalnum() or after.text.isdecimal():
        return False
    return after.tag[0] in _NOMINAL | {"x"} and after.text not in wordset("post")


def _is_headless(text: str) -> bool:
    """Whether the clauses of a sentence have no subject: the first word that tells anything is none that opens one."""
    told = _first_told(text)
    return told is None or told.tag[0] not in _OPENS or told.text in wordset("generic_subject")


def _first_told(text: str) -> Token | None:
    """The first word that tells more than when and how."""
    return next((token for token in tokens(text) if token.tag[0] not in _ADVERBIAL and token.text.isalnum()), None)


def _told_of(document: LinkedDocument, types: tuple[str, ...], carried: dict[str, Link]) -> list[str]:
    """Of whom a sentence that names nobody tells: of the district whose report it is, else of the one named last."""
    if types == ("District",) and document.speaker:
        return [document.speaker]
    told = [link.key for kind, link in reversed(carried.items()) if kind in types and not is_media(link)]
    return told[:1] or [document.speaker for _ in types if document.speaker and "District" in types][:1]


def _awarded(found: Match) -> tuple[str, ...]:
    """The classes of what a clause without any subject may speak of: what a 先进县 is, or anything but a project."""
    told = next((kind for text in texts(found) if (kind := bearer(text))), None) if found.rule.output == "recognisedAs" else None
    return (told,) if told else tuple(type for type in SUBJECTS[found.rule.output] if type != "Project")


def is_silent(text: str) -> bool:
    """Whether a text names nothing that could be the subject of what follows."""
    if "”" in text:
        return False  # what is quoted is the subject: “晋酥”被认定为…
    lead = next((m for rule in load("relation_subject") if (m := rule.pattern.match(text))), None)
    return not any(token.tag[0] in _NOMINAL for token in tokens(text[lead.end() :] if lead else text))


def _listed(links: list[Link], text: str) -> list[Link]:
    """The last link with those of its class that stand before it in one list: A、B和C."""
    listed, begin = [links[-1]], links[-1].mention.begin
    for link in reversed(links[:-1]):
        between = text[link.mention.end : begin]
        if not between and link.mention.type == "District":  # 东河镇|青溪村: what holds it is not of the list
            begin = link.mention.begin
            continue
        if between not in wordset("list_mark") or link.mention.type != links[-1].mention.type:
            break
        listed.insert(0, link)
        begin = link.mention.begin
    return listed
