"""Names that are like others: in their characters, whatever their case and width, or in how they are read."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import chain

from kg.language.lexicon import wordset

_NEAREST = 5
_CLOSE = 0.66
"""How much of two names is the same where one is a slip of the other: 青河县 and 青河区."""
_CLOSE_LETTERS = 0.8
"""The same of names in Latin letters, of which there are few."""
_FEW = 12
"""So many names are told all where none is like the one asked for."""
_PART = 2
"""So many characters a name within another has to have."""


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The names most like one: those spelt or read the same, those that contain it or that it contains, slips; none that is unlike."""
    names = sorted(set(known), key=lambda other: (len(other), other))
    found: dict[str, None] = {}
    for other in chain(same(name, names), _alike(fold(name), names)):  # no further than needed: how names are read takes long
        found[other] = None
        if len(found) == _NEAREST:
            break
    return list(found)


def offered(name: str, known: Iterable[str]) -> list[str]:
    """The names to choose from instead of one that is not known: the nearest, else all if they are few."""
    names = set(known)
    return nearest(name, names) or (sorted(names) if len(names) <= _FEW else [])


def same(name: str, known: Iterable[str]) -> list[str]:
    """The names that differ from one in case, width and blanks only, or, where it is in Latin letters, whose pinyin it is."""
    wanted = fold(name)
    return [
        other for other in known if fold(other) == wanted or (_is_latin(wanted) and _may_begin(other, wanted) and _read(other) == wanted)
    ]


def in_full(name: str, known: Iterable[str]) -> list[str]:
    """The names of districts of which one is the short form: 青河 of 青河区."""
    return [other for other in known if other.startswith(name) and other.removeprefix(name) in wordset("division_suffix")]


def fold(name: str) -> str:
    """A name without what people do not mean by its case, its width and its blanks."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().replace("ü", "v").split())


def _alike(wanted: str, names: Sequence[str]) -> Iterator[str]:
    folded = {fold(other): other for other in reversed(names)}
    yield from (other for text, other in reversed(folded.items()) if _is_part(wanted, text) or _is_part(text, wanted))
    yield from (folded[text] for text in get_close_matches(wanted, folded, _NEAREST, _CLOSE))
    latin = _is_latin(wanted)
    sound = wanted if latin else _read(wanted)
    for other in names:
        if _may_begin(other, sound):
            text = _read(other)
            if text == sound or (latin and text.startswith(sound)):
                yield other
    if latin:
        read = {"".join(_readings(character)[0] for character in other): other for other in reversed(names)}
        yield from (read[text] for text in get_close_matches(sound, read, _NEAREST, _CLOSE_LETTERS))


def _is_part(part: str, text: str) -> bool:
    return len(part) >= _PART and part in text


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _may_begin(name: str, sound: str) -> bool:
    """Whether a name begins with a sound in one of the readings of its characters; which of them are meant, only the whole name tells."""
    ends = {0}
    for character in name:
        readings = _readings(character)
        if any(reading.startswith(sound[end:]) for end in ends for reading in readings):
            return True
        ends = {end + len(reading) for end in ends for reading in readings if sound.startswith(reading, end)}
        if not ends:
            return False
    return False


@cache
def _readings(character: str) -> tuple[str, ...]:
    """How a character may be read, without tones, the usual way first."""
    from pypinyin import Style, pinyin  # late: its dictionary takes as much memory as a thousand documents

    return tuple(map(fold, pinyin(character, style=Style.NORMAL, heteronym=True)[0])) if character.strip() else ("",)


def _read(name: str) -> str:
    """How a name is read, without tones; letters as they are."""
    from pypinyin import lazy_pinyin  # late, too

    return fold("".join(lazy_pinyin(name)))
