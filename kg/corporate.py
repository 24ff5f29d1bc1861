"""Company names: their parts, and whether one is short for another.

A full name is region, name proper (字号), trade and legal form: 长春|敏实|汽车零部件|有限公司. Short forms leave out any of them but
the name proper, or keep one telling character of each.
"""

import re
from functools import cache
from typing import NamedTuple

from kg.decision import Reason
from kg.gazetteer import is_place
from kg.lexicon import alternation, rows, words
from kg.rules import pattern
from kg.words import tokens

_LONGEST_REGION = 8
_TELLING = 3
"""A name proper of this many characters is hardly borne by two firms."""
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


def regionless(name: str) -> str:
    """The name without region in front."""
    rest = name[len(region(name)) :]
    return rest.strip("()（）") or name


def is_telling(name: str) -> bool:
    """Whether a name without legal form is a firm's own all over the country: one with its region, or with a long name proper."""
    rest = regionless(name)
    proper = re.sub(f"{alternation('trade')}+$", "", rest)
    return rest != name or len(proper) >= _TELLING


class _Known(NamedTuple):
    word: str
    full: str


@cache
def _known() -> dict[str, str]:
    told = {row.word: row.full or row.word for row in rows("enterprise", _Known)}
    return {bare(full): full for full in told.values()} | {full: full for full in told.values()} | told


def known(name: str) -> str | None:
    """The full name of a well-known firm by any name of it in the table, with or without legal form; None for others."""
    full = _known().get(name)
    return _known().get(full, full) if full else None


def short_for(short: str, full: str) -> Reason | None:
    """Why ``short`` may stand for the firm ``full``, both without legal form; None where it can't.

    长春敏实 and 敏实 for 长春敏实汽车零部件, 长客 for 中车长春轨道客车; 九三 is no short form of its subsidiary 九三集团长春大豆科技.
    """
    if len(short) >= len(full) or len(short) < 2 or is_place(short):
        return None
    core, whole = regionless(short), regionless(full)
    firm = known(short)
    if firm and (firm == known(full) or whole == full):  # 一汽 is not 一汽进出口, but 万华 may well be a local 长春万华汽车
        return Reason.KNOWN if firm == known(full) else None
    if core == whole:
        return Reason.REGION
    for name, rest in ((short, full), (core, whole)):
        if rest.startswith(name) and len(name) > 1:
            return Reason.HEAD if _goes_on(rest[len(name) :]) else None
    if len(short) >= _INITIALS and short in full:
        return Reason.CORE
    return Reason.INITIALS if _abbreviates(short, full) else None


def _goes_on(rest: str) -> bool:
    """Whether a firm's name may go on like this: after 集团 or another region it is a subsidiary's."""
    return not rest.startswith(words("corporate_form")) and not any(is_place(rest[:size]) for size in range(2, len(rest)))


def _abbreviates(short: str, full: str) -> bool:
    """Whether the short form's characters stand in the full name in order, each the first of a word or right behind the last one."""
    if len(short) > _INITIALS or len(full) < 2 * len(short) or full.find(short[0]) not in range(_TELLING):
        return False
    starts = {token.begin for token in tokens(full)}
    at = full.find(short[0])
    for character in short[1:]:
        options = [i for i in range(at + 1, len(full)) if full[i] == character and (i in starts or i == at + 1)]
        if not options:
            return False
        at = options[0]
    return True
