"""The user's word on identity: ``aliases.toml``, which overrules every rule.

``same = [["长客", "中车长客"]]`` are names of one thing, ``different = [["万华", "万华化学"]]`` of things that are not one.
A name with ``@`` and a source behind it, ``王伟@a.txt``, is the name in that document only.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

_FIELDS = ("same", "different")


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name as the user gives it."""

    form: str
    source: str = ""
    """The document that it is of, by its source; empty for all."""

    def means(self, forms: Iterable[str], source: str) -> bool:
        """Whether it is one of the ``forms`` that the document from ``source`` has."""
        return self.form in forms and self.source in ("", source)

    def __str__(self) -> str:
        return f"{self.form}@{self.source}" if self.source else self.form


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the user says is one, and what is not; each a list of names."""

    same: tuple[tuple[Name, ...], ...] = ()
    different: tuple[tuple[Name, ...], ...] = ()

    @property
    def names(self) -> tuple[Name, ...]:
        """Every name, sorted."""
        return tuple(sorted({name for names in (*self.same, *self.different) for name in names}))


NO_RULINGS = Rulings()


class AliasError(ValueError):
    """A file that is no ``aliases.toml``: ``reason`` is the code of the message without its ``alias-``."""

    def __init__(self, reason: str, place: str = "", detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.place, self.detail = reason, place, detail


def load(path: Path) -> Rulings:
    """The rulings of a file.

    Raises OSError where it can't be read, and AliasError where it is not what it should be or contradicts itself.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise AliasError("syntax", detail=str(error)) from error
    for field in table:
        if field not in _FIELDS:
            raise AliasError("field", detail=field)
    same, different = (tuple(_lists(field, table.get(field, []))) for field in _FIELDS)
    _agree(same, different)
    return Rulings(same, different)


def _lists(field: str, value: object) -> Iterator[tuple[Name, ...]]:
    if not isinstance(value, list):
        raise AliasError("shape", field)
    for number, names in enumerate(value, 1):
        place = f"{field}[{number}]"
        if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
            raise AliasError("shape", place)
        found = tuple(sorted({_name(name) for name in names}))
        if len(found) < 2:
            raise AliasError("few", place, ", ".join(map(str, found)))
        yield found


def _name(text: str) -> Name:
    form, _, source = text.strip().partition("@")
    return Name(form.strip(), source.strip())


def _agree(same: Sequence[Sequence[Name]], different: Sequence[Sequence[Name]]) -> None:
    """Raise AliasError where two names are both the same, perhaps by way of others, and different."""
    one: dict[Name, frozenset[Name]] = {}
    for names in same:
        joined = frozenset(names).union(*(one.get(name, frozenset()) for name in names))
        one |= dict.fromkeys(joined, joined)
    for number, names in enumerate(different, 1):
        for first, second in combinations(names, 2):
            if second in one.get(first, ()):
                raise AliasError("contradiction", f"different[{number}]", f"{first}, {second}")
