"""Messages to the user: one readable line each, in Chinese and English, kept in ``messages.toml``."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("kg") / "messages.toml").read_text(encoding="utf-8"))


def message(code: str, lang: str = "zh", **fields: object) -> str:
    """The message ``code`` in ``lang`` (zh or en), its placeholders filled from ``fields``.

    Raises KeyError where there is no such message, language or field: every code in the program has its entry.
    """
    return _table()[code][lang].format(**fields)
