"""Company names: their parts, and whether one is short for another.

A full name is region, name proper (字号), trade and legal form: 长春|敏实|汽车零部件|有限公司. Short forms leave out any of them but
the name proper, or keep one telling character of each.
"""

import re
from functools import cache
from itertools import product
from typing import NamedTuple

from kg.language.gazetteer import are_kin, is_place, named
from kg.language.lexicon import alternation, rows, words, wordset
from kg.language.rules import pattern
from kg.language.words import Token, tokens
from kg.names.decision import Reason

_LONGEST_REGION = 8
_TELLING = 3
"""A name proper of this many characters is hardly borne by two firms."""
_KINDS = ("trade", "generic", "industry")
"""Tables of words for what firms are and do."""
_INITIALS = 4
"""Most characters of a short form that takes a telling character of each part."""


@cache
def _form() -> re.Pattern[str]:
    return re.compile(f"{alternation('corporate_form')}+$")


def bare(name: str) -> str:
    """The name without its legal form: 皓月 for 皓月集团."""
    return _form().sub("", name) or name


def is_legal(name: str) -> bool:
    """Whether the name is one that a firm is registered by, which no other firm bears."""
    return bool(pattern("identity", "legal-name").search(name))


def region(name: str) -> str:
    """The division's name that the company's begins with; empty where there is none."""
    return next((name[:size] for size in range(min(len(name) - 2, _LONGEST_REGION), 1, -1) if is_place(name[:size])), "")


def _abroad(name: str) -> str:
    """The other country that the company's name begins with; empty where there is none."""
    return next(
        (word for word in words("country") if name.startswith(word) and word not in words("nation") and len(name) > len(word) + 1), ""
    )


def regionless(name: str) -> str:
    """The name without region or another country in front."""
    rest = name[len(region(name) or _abroad(name)) :]
    return rest.strip("()（）") or name


def is_telling(name: str) -> bool:
    """Whether a name without legal form is a firm's own all over the country: one with its region, or with a long name proper."""
    rest = regionless(name)
    proper = re.sub(f"{alternation('trade')}+$", "", rest)
    return rest != name or len(proper) >= _TELLING


class _Known(NamedTuple):
    word: str
    full: str
    region: str


@cache
def _known() -> dict[str, _Known]:
    """Well-known firms by each of their names, which end in the full one where the table has it."""
    told = {row.word: row._replace(full=row.full or row.word) for row in rows("enterprise", _Known)}
    fulls = {row.full: told.get(row.full, row) for row in told.values()}
    words = {word: fulls[row.full] for word, row in told.items()}
    return {_folded(name): row for names in ({bare(f): r for f, r in fulls.items()}, fulls, words) for name, row in names.items()}


def _folded(name: str) -> str:
    """The name with brackets of one width."""
    return name.replace("（", "(").replace("）", ")")


def known(name: str) -> str | None:
    """The full name of a well-known firm by any name of it in the table, with or without legal form; None for others."""
    row = _known().get(_folded(name))
    return row.full if row else None


def short_for(short: str, full: str, registered: bool = False) -> Reason | None:
    """Why ``short`` may stand for the firm ``full``, both without legal form; None where it can't.

    长春敏实 and 敏实 for 长春敏实汽车零部件, 长客 for 中车长春轨道客车; 九三 is no short form of its subsidiary 九三集团长春大豆科技.
    ``registered`` says that firms are registered by both names, which then differ in no more than what stands in front.
    """
    reason = _short_for(short, full)
    return None if registered and reason in (Reason.HEAD, Reason.INITIALS) else reason


def _short_for(short: str, full: str) -> Reason | None:
    if not 2 <= len(short) < len(full) or is_place(short) or short in wordset("country") or _form().fullmatch(short):
        return None
    if _elsewhere(short, full):
        return None
    core, whole = regionless(short), regionless(full)
    firm = known(short) or known(core)
    if firm and firm == known(full):
        return Reason.KNOWN
    if firm and not _namesake(short, full):
        return None
    if core == whole:
        return Reason.REGION
    if _fronted_otherwise(short, full):
        return None
    for name, rest in ((short, full), (core, whole)):
        if rest.startswith(name) and len(name) > 1:
            return Reason.HEAD if _goes_on(rest[len(name) :]) else None
    if len(short) >= _INITIALS and short in full:
        return Reason.CORE if _goes_on(full.partition(short)[2]) else None
    return Reason.INITIALS if _is_made_of_parts(short, full) and _abbreviates(short, full) else None


def _is_made_of_parts(short: str, full: str) -> bool:
    """Whether the short form is neither a piece of the full name nor a place with a trade, which is a name by itself: 东河银行."""
    kind = regionless(short)
    whole = kind != short and (any(kind in wordset(table) for table in _KINDS) or kind.endswith(words("branch")))
    return short not in full and not whole


def _elsewhere(short: str, full: str) -> bool:
    """Whether both names begin with a region or a country, and neither lies in the other: 大悟 in 湖北."""
    here, there = ((_abroad(name), region(name)) for name in (short, full))
    if any(here) and any(there) and here[0] != there[0]:
        return True
    one, other = ({division.code for division in named(region(name))} for name in (short, full))
    near = any(are_kin(a, b) for a, b in product(one, other))
    return bool(one and other) and not near


def _fronted_otherwise(short: str, full: str) -> bool:
    """Whether each name has a region of its own in front, though the one lies in the other: 农安星海集团 and 吉林星海电子."""
    if short in full:  # 农安银行 of 吉林农安银行
        return False
    here, there = ({division.code for division in named(region(name))} for name in (short, full))
    return bool(here and there) and here.isdisjoint(there)


def _namesake(short: str, full: str) -> bool:
    """Whether the name of a well-known firm may be short for a local one: 万华 for 长春万华汽车, but not 一汽 for 一汽进出口."""
    row, place = _known().get(_folded(regionless(short))), region(full) or _abroad(full)
    return bool(place) and row is not None and place not in row.region


def _goes_on(rest: str) -> bool:
    """Whether a firm's name may go on like this: behind 集团, 有限公司 or another region it is a subsidiary's or a branch's."""
    ends = re.search(alternation("corporate_form"), rest) or rest.endswith(words("branch")) or rest.strip("()（）") in wordset("country")
    return not ends and not any(is_place(rest[:size]) for size in range(2, len(rest)))


def _abbreviates(short: str, full: str) -> bool:
    """Whether the short form's characters stand in the full name in order, each the first of a word or right behind the last one."""
    if len(short) > _INITIALS or len(full) < 2 * len(short) or full.find(short[0]) not in range(_TELLING):
        return False
    starts = {begin for token in tokens(full) for begin in range(token.begin, token.end, _step(token))}
    at = full.find(short[0])
    for character in short[1:]:
        options = [i for i in range(at + 1, len(full)) if full[i] == character and (i in starts or i == at + 1)]
        if not options:
            return False
        at = options[0]
    return True


def _step(token: Token) -> int:
    """How many characters on the next word begins, inside a compound of words of two characters too: 轨道|客车."""
    return len(token.text) if len(token.text) % 2 else 2
