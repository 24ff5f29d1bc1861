"""Names that end in a telling head noun: …有限公司, …局, …产业园, …广场.

For every head that occurs, each place where the name may begin is weighed by the words it would take in and by the word
before it; the best beginning makes a candidate.
"""

from bisect import bisect_right
from dataclasses import replace

from kg.language.gazetteer import town_names
from kg.language.lexicon import words, wordset
from kg.language.rules import pattern
from kg.language.words import Token, Words, within
from kg.names.beginning import Start, best_start, cut_brand, place_before
from kg.names.front import behind_front
from kg.names.head import Head, head_pattern, heads
from kg.names.mention import Mention
from kg.names.recurrence import is_common, is_whole
from kg.names.telling import is_name
from kg.names.works import is_area, is_in_works, is_park, is_served, is_site, is_standing

_NO_QUOTES = str.maketrans("", "", "“”‘’")
_WITH_VERBS = frozenset({"any", "legal"})
"""What heads need (see Head) whose names may hold verbs."""
_LOOSE = frozenset("xs")
"""Parts of speech of words that may hold the end of a name and more: unknown ones, and those of where something is."""
_GLUED = frozenset({"Organization", "District"})
"""Classes whose heads may be glued to the word behind them."""


def headed_names(text: str, tokens: Words) -> list[Mention]:
    """One candidate for each head in ``text`` that a plausible name precedes."""
    found: dict[tuple[int, int], Mention] = {}
    for match in head_pattern().finditer(text):
        head = heads()[match[1]]
        begin, end = match.start(), match.start() + len(head.word)
        whole = _ends_word(begin, end, tokens.ends.get(end)) or _is_glued(head, tokens.begins.get(begin))
        if not whole or _is_cut(tokens, end) or _is_listed_town(tokens.ends.get(end)):
            continue
        if start := _start(text, tokens, begin, head):
            first, last = behind_front(text, start.begin, begin, end, head.type), _past_segment(text, end, head)
            head = replace(head, type=_type(text, first, last, head))
            mention = _with_phase(text, first, last, head, head.weight + start.score + _after(tokens, last))
            for name in (mention, *_division(text, mention), *_branch(text, tokens, mention), *_part(text, mention)):
                found.setdefault((name.begin, name.end), name)  # of 小镇 and 镇 the longer, which comes first
    return list(found.values())


def _start(text: str, tokens: Words, begin: int, head: Head) -> Start | None:
    """The best beginning of the name whose head is at ``begin``; a firm's may be but the place before it."""
    start = best_start(tokens, begin, head.least, head.most, head.type, head.need in _WITH_VERBS)
    if head.need != "legal":
        return start if start and is_name(text, tokens, start.begin, begin, head) else None
    start = cut_brand(tokens, begin, start) or start
    if not start or not is_name(text, tokens, start.begin, begin, head):
        return place_before(tokens, begin, head.most)
    whole = is_whole(text[start.begin : begin + len(head.word)])
    return start if whole else place_before(tokens, begin, head.most) or start


def _is_listed_town(token: Token | None) -> bool:
    """Whether a word is a town's whole name, to which nothing before it belongs."""
    return token is not None and token.text in town_names()


def _ends_word(begin: int, end: int, token: Token | None) -> bool:
    """Whether the head is a word here or ends one that may be a name: 工信局, but not 布局."""
    if token is None:
        return end - begin > 2
    if end - begin > 1:
        return token.text not in wordset("ordinary_word") or len(token.text) == end - begin
    return not token.text.endswith(words("ordinary_word"))


def _is_glued(head: Head, token: Token | None) -> bool:
    """Whether a body's or a village's head opens a word that no dictionary knows, and so is glued to what follows: 促进|局供, 飞花|村以."""
    return head.type in _GLUED and token is not None and token.tag == "x" and len(token.text) > len(head.word)


def _is_cut(tokens: Words, end: int) -> bool:
    """Whether a word that the dictionary knows goes on past ``end``: 卫生健康委 in 卫生健康|委员会, 政府办 in 政府|办理.

    What is inside of a thing is no part of its name: 产业园|区内.
    """
    if end in tokens.ends:
        return False
    position = bisect_right(tokens, end, key=lambda token: token.end)
    return position < len(tokens) and tokens[position].begin < end and tokens[position].tag not in _LOOSE


def _after(tokens: tuple[Token, ...], end: int) -> float:
    """How well a name ends before the word that begins at ``end``."""
    position = bisect_right(tokens, end, key=lambda token: token.end)
    if position == len(tokens) or tokens[position].begin != end:
        return 0.0
    token = tokens[position]
    compound = token.tag.startswith("n") and token.text not in wordset("post") and token.text not in wordset("generic")
    return -1.0 if compound else 0.0


def _type(text: str, begin: int, end: int, head: Head) -> str:
    """The class of a name, which what it says or what is told of it may make another than its head's."""
    if is_area(text, begin, end, head):
        return "District"
    if is_standing(text, begin, end, head):
        return "District" if is_park(text[begin:end]) else "Place"
    if is_served(text[begin:end], head):
        return "Programme"
    if is_in_works(text, begin, end, head):
        return "Project"
    return "Organization" if _is_bodys(text, begin, end, head) else head.type


def _is_bodys(text: str, begin: int, end: int, head: Head) -> bool:
    """Whether what has the form of a bank's branch is one of a public body: 人民银行|长沙中心支行."""
    branch = head.type == "Enterprise" and head.word in wordset("branch")
    return branch and any(text.startswith(body, begin) for body in words("organization") if begin + len(body) < end)


def _past_segment(text: str, end: int, head: Head) -> int:
    """Where the name of a line ends of which one part is meant: 青溪铁路（东河段）."""
    segment = pattern("naming", "segment").match(text, end) if head.type in ("Project", "Place") else None
    return segment.end() if segment else end


def _with_phase(text: str, start: int, end: int, head: Head, score: float) -> Mention:
    """The candidate, with the phase that may follow it: an area's second phase is a project."""
    phase = pattern("naming", "phase").match(text, end)
    part = pattern("naming", "part_of_site").match(text, end) if head.type == "Place" else None
    end = part.end() if part else end
    if not phase or head.type not in ("Project", "District"):
        return Mention(start, end, head.type, _unquoted(text[start:end]), f"name.{head.word}", score)
    rule, whole = f"name.{head.word}", _unquoted(text[start:end])
    inner = (Mention(start, end, head.type, whole, rule, score),) if head.type == "District" else ()
    forms = (whole,) if head.type == "Project" and not is_site(whole) else ()
    return Mention(start, phase.end(), "Project", _unquoted(text[start : phase.end()]), rule, score + 1.0, forms, inner)


def _division(text: str, organ: Mention) -> list[Mention]:
    """The division of an organ that acts by itself: 市科技局|创新发展处. The post of one who heads it is the organ's."""
    acts = pattern("naming", "division").match(text, organ.end) if organ.name.endswith(words("organ_ending")) else None
    if acts is None or organ.type != "Organization":
        return []
    return [Mention(organ.begin, acts.end(), organ.type, text[organ.begin : acts.end()], organ.rule, organ.score + 1.0)]


def _branch(text: str, tokens: Words, body: Mention) -> list[Mention]:
    """The branch of a firm or body that is named behind it: 宏远有限公司|东河省分公司, 东河农商银行|柳河支行."""
    found = pattern("naming", "branch").match(text, body.end) if body.type in ("Enterprise", "Organization") else None
    if found is None or any(token.tag[0] in "vpcudr" for token in within(tokens, body.end, found.start("kind"))):
        return []
    kind = heads().get(found["kind"])
    type = "Organization" if kind and kind.type == "Organization" else body.type
    return [Mention(body.begin, found.end(), type, _unquoted(text[body.begin : found.end()]), body.rule, body.score + 1.0)]


def _part(text: str, area: Mention) -> list[Mention]:
    """The part of a zone or a park that is named behind it: 柳河产业园|东河园区."""
    found = pattern("naming", "part_of_area").match(text, area.end) if area.name.endswith((*words("park"), *words("zone_kind"))) else None
    if found is None or is_common(found["own"]):
        return []
    return [Mention(area.begin, found.end(), "District", _unquoted(text[area.begin : found.end()]), area.rule, area.score + 1.0)]


def _unquoted(name: str) -> str:
    return name.translate(_NO_QUOTES)
