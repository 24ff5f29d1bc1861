"""Encodings: bytes to text, and why some bytes are none."""

import codecs
from collections.abc import Iterator

from kg.language.lexicon import wordset

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("gb18030", "big5")


class NotTextError(ValueError):
    """These bytes are no text; ``reason`` is ``binary`` or ``encoding``."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


def decode(data: bytes) -> str:
    """The text of ``data``: by byte order mark, as UTF-8, else as GB18030 or Big5, whichever reads as Chinese.

    Raises NotTextError where it is none of them.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\0" in data:
        raise NotTextError("binary")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        found = None if encoding != "utf-8" or _mostly_utf8(data) else _legacy(data)
        if found is None:
            raise NotTextError("encoding", f"{encoding}, byte {error.start}") from None
        return found


def _legacy(data: bytes) -> str | None:
    """The decoding with the most characters that are frequent in Chinese, if one in twenty or more is."""
    frequent = wordset("frequent_character")

    def weight(text: str) -> int:
        return sum(char in frequent for char in text)

    best = max(_decodings(data), key=weight, default="")
    foreign = sum(not char.isascii() for char in best)
    return best if foreign and 20 * weight(best) >= foreign else None


def _decodings(data: bytes) -> Iterator[str]:
    for encoding in _LEGACY:
        try:
            yield data.decode(encoding)
        except UnicodeDecodeError:
            continue


def _mostly_utf8(data: bytes) -> bool:
    """Whether ``data`` is UTF-8 with damage: no other encoding of Chinese looks like UTF-8 for long."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(not char.isascii() for char in text) > 2 * broken
