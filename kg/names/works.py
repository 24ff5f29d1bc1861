"""Works: whether what bears a project's name or a site's is one, by what its clause tells of it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.language.lexicon import words
from kg.language.rules import pattern
from kg.language.words import Token, Words
from kg.names.division import means_place
from kg.names.head import Head, heads, last_head
from kg.names.mention import Mention

ON_SITE = "works.on-site"
"""The rule of projects that begin with a site."""
_MOST = 5
"""Words that tell what is done to a site, at most."""
_FUNCTION = frozenset("pcdrumqty")
"""Parts of speech of words that no works are called by."""
_PROPER = frozenset({"nr", "ns"})
"""Parts of speech of names, of which a verb before them speaks."""


def is_site(name: str) -> bool:
    """Whether a project's name is that of a site or of a part of one, which stands when the project is over."""
    part = pattern("naming", "segment").search(name)
    return name[: part.start() if part else None].endswith(words("site_ending"))


def site_of(name: str) -> str | None:
    """The site that a project builds and is called after: 柳河大桥 of 柳河大桥工程."""
    works = pattern("naming", "works_of").fullmatch(name)
    head = last_head(works["site"]) if works else None
    return works["site"] if works and head and heads()[head].type == "Place" else None


def works_on(text: str, cut: Words, sites: Sequence[Mention]) -> Iterator[Mention]:
    """Projects called after a site and what is done to it: 东河污水处理厂|提标改造工程."""
    for site in (site for site in sites if not pattern("location_subject", "street").search(site.name)):
        first = bisect_left(cut, site.end, key=lambda token: token.begin)
        end = _end_of_works(text, site.end, cut[first : first + _MOST])
        if end:
            yield Mention(site.begin, end, "Project", text[site.begin : end], ON_SITE, site.score + 1.5)


def _end_of_works(text: str, begin: int, following: Sequence[Token]) -> int:
    """Where the works end that are named right behind a site; 0 where none are."""
    for index, token in enumerate(following):
        if token.begin != begin or token.tag[0] in _FUNCTION or not token.text.isalnum():
            return 0
        if token.tag in _PROPER and any(verb.tag == "v" for verb in following[max(index - 1, 0) : index]):
            return 0  # 柳河大桥|填补|东河|交通项目空白
        if pattern("naming", "works_end").search(token.text):
            own = index > 0 or not pattern("naming", "works_end").fullmatch(token.text)
            return token.end if own and not pattern("naming", "of_works").match(text, token.end) else 0
        begin = token.end
    return 0


def is_works(rule: str) -> bool:
    """Whether a rule of headed names is that of a project's head, whatever the class of the name."""
    head = heads().get(rule.removeprefix("name."))
    return head is not None and head.type == "Project"


def is_served(name: str, head: Head) -> bool:
    """Whether what calls itself a project is a service or a trial, which nobody builds: a programme."""
    return head.type == "Project" and pattern("naming", "served").search(name) is not None


def is_area(text: str, begin: int, end: int, head: Head) -> bool:
    """Whether the clause speaks of what a project has built as an area: the park has an administration, or things are in it."""
    if head.type != "Project":
        return False
    park = text[begin:end].endswith(words("park"))
    in_it = park and (pattern("naming", "sited").search(text, 0, begin) or pattern("naming", "peopled").match(text, end))
    return bool(in_it) or pattern("naming", "governed").match(text, end) is not None


def is_park(name: str) -> bool:
    """Whether a park is one that is run as an area, which is told by the place in front: 柳河县|新材料产业园."""
    placed = any(means_place(name[:size]) for size in range(2, len(name) - 3))
    return placed and name.endswith(words("industrial_park"))


def is_standing(text: str, begin: int, end: int, head: Head) -> bool:
    """Whether a site of which nobody says that it is being built is named: 京沪高铁 by itself, not 京沪高铁二线开工."""
    return head.type == "Project" and is_site(head.word) and not is_built(text, begin, end)


def is_in_works(text: str, begin: int, end: int, head: Head) -> bool:
    """Whether a bridge or another site, which is more than a street, is being built or opens: 柳河大桥合龙."""
    if head.type != "Place" or head.need == "local":
        return False
    told = pattern("naming", "in_works").search(text, 0, begin) or pattern("naming", "works_on").match(text, end)
    return told is not None


def is_built(text: str, begin: int, end: int) -> bool:
    """Whether the clause tells of how it is built, or calls it a project."""
    told = pattern("naming", "building").search(text, 0, begin) or pattern("naming", "as_project").match(text, end)
    return told is not None
