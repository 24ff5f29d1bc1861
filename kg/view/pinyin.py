"""Pinyin: how the characters of the graph's names are read, so that the page finds 长春 by ``cc`` and ``changchun``."""

from collections.abc import Iterable

_FIRST, _LAST = "\u3400", "\u9fff"


def readings(names: Iterable[str]) -> dict[str, str]:
    """Every reading of each Chinese character in ``names``, without tones; far smaller than each name's own reading."""
    from pypinyin import Style, pinyin  # late: its dictionary takes as much memory as a thousand documents

    characters = sorted({character for name in names for character in name if _FIRST <= character <= _LAST})
    return {each: " ".join(sorted(set(pinyin(each, style=Style.NORMAL, heteronym=True)[0]))) for each in characters}
