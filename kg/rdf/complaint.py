"""What is wrong with a query that the store does not understand, told shorter than its parser tells it."""

import re
from collections.abc import Iterator, Mapping

from kg.vocabulary import PREFIXES

_PLACE = re.compile(r"error at (\d+):(\d+)")
_SENTENCE = re.compile(r"\b[A-Z][a-z]*(?: [\w?]+){2,}")
"""What the parser says in words: The SELECT contains a variable that is unbound."""
_INERT = re.compile(r"""<[^<>\s]*>|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|#.*""")
"""IRIs, strings and comments, in which names stand for nothing."""
_NAME = re.compile(r"(?<![?$\w:-])([A-Za-z][\w-]*):([\w-]*)")
_DECLARED = re.compile(r"(?i)\bprefix\s+([\w-]*):\s*(?:<([a-z][a-z\d+.-]*:[^<>\s]*)>)?")
_PROLOGUE = re.compile(r"(?i)\s+|(?:prefix\s+[\w-]*:|base)\s*")
_UPDATE = re.compile(r"(?i)(?:insert|delete|load|clear|drop|create|copy|move|add|with)\b")
_SHOWN = 24
"""Characters of the query that are shown where it goes wrong."""


def complaint(text: str, error: str) -> tuple[str, Mapping[str, str]]:
    """What is wrong with a text: the code of a message without its ``query-``, and what fills it in; ``error`` is what the parser says."""
    if is_update(text):
        return "update", {}
    if "{" not in text:
        return "words", {}
    known = {*PREFIXES, *(found[1] for found in _DECLARED.finditer(text))}
    unknown = next((prefix for prefix, _ in prefixed_names(text) if prefix not in known), None)
    if unknown:
        return "prefix", {"name": unknown, "detail": ", ".join(PREFIXES)}
    sentence, place = _SENTENCE.search(error), _PLACE.search(error)
    if sentence:
        return "sense", {"detail": sentence[0]}
    if place is None:
        return "syntax", {"detail": " ".join(error.split())}
    line, column = map(int, place.groups())
    rest = "\n".join(text.split("\n")[line - 1 :])[column - 1 :].split("\n")[0].strip()
    fields = {"line": str(line), "column": str(column), "detail": rest[:_SHOWN]}
    if rest:
        return "place", fields
    return ("end", fields) if _is_open(text) else ("syntax", {"detail": place[0]})  # how far the parser came is often not where it is wrong


def _is_open(text: str) -> bool:
    """Whether a bracket or a quote has no end."""
    plain = _INERT.sub(" ", text)
    return any(quote in plain for quote in "\"'") or any(plain.count(first) > plain.count(last) for first, last in ("{}", "()", "[]"))


def is_update(text: str) -> bool:
    """Whether a text would change a graph: its first word behind the prefixes says so."""
    begin, plain = 0, _INERT.sub(" ", text)
    while found := _PROLOGUE.match(plain, begin):
        begin = found.end()
    return _UPDATE.match(plain, begin) is not None


def declared(text: str) -> Mapping[str, str]:
    """The prefixes that a query declares, each with its namespace, unless that depends on a base."""
    return {found[1]: found[2] for found in _DECLARED.finditer(text) if found[2]}


def prefixed_names(text: str) -> Iterator[tuple[str, str]]:
    """Prefix and rest of each prefixed name in a query, as often as it stands there."""
    return ((found[1], found[2]) for found in _NAME.finditer(_INERT.sub(" ", text)))
