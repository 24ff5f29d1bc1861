"""Rules: patterns in ``kg/rules/*.toml``, each with its name, examples and counter-examples.

A pattern is a regular expression with two extensions: ``{table}`` stands for any word of ``lexicon/table.tsv``, and
``<Class>`` (in rules over masked sentences) for one annotation of that class, such as ``<Enterprise>`` or ``<Quantity>``.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from importlib.resources import files
from operator import attrgetter, or_
from pathlib import Path
from typing import Any, Generic, TypeVar

from kg.language.lexicon import VocabularyError, alternation
from kg.language.prefilter import PREFILTER

T = TypeVar("T")

CLASSES = ("District", "Enterprise", "Organization", "Project", "Programme", "Person", "Place", "Industry", "Event", "Quantity", "Period")
TARGETS = ("Percent", "Points", "Ordinal", "Steps", "Head", "Few", "Count", "Amount")
"""How the figure rules see the one quantity that is being read, by the kind of its unit; the others are ``Quantity``."""
_CODE = {name: chr(0xE000 + number) for number, name in enumerate(CLASSES + TARGETS)}
"""One private-use character for each class of annotation."""
_MACRO = re.compile(r"\{([a-z][a-z_]*)\}|(?<!\?P)<([A-Z][A-Za-z|]*)>")

_FIELDS = frozenset(("name", "pattern", "output", "value", "score", "examples", "counters"))
"""What may be written of a rule; of these the first two must be."""

_REMEMBERED = 2**10
"""How many choices of rules are kept at hand."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One named pattern and what it yields."""

    name: str
    pattern: re.Pattern[str]
    output: str = ""
    """What a match means: a class for mentions, a predicate for relations, a measure for figures."""
    value: str = ""
    """A constant that goes with the output, e.g. the state for projectStatus."""
    score: float = 1.0
    examples: tuple[str, ...] = ()
    """Texts in which the rule must fire; how the result is marked in them is the extractor's business."""
    counters: tuple[str, ...] = ()
    """Texts in which it must not fire."""


class Rules(tuple[Rule, ...]):
    """Rules in their order."""

    def possible(self, text: str) -> "Rules":
        """The rules that may match somewhere in ``text``; the others do not, which is soon told."""
        found = self._mask & PREFILTER.possible(text)  # in this order: the mask makes the rules known to the prefilter
        chosen = self._chosen.get(found)
        if chosen is None:
            if len(self._chosen) >= _REMEMBERED:
                self._chosen.clear()
            chosen = self._chosen[found] = Rules(rule for bit, rule in zip(self._bits, self, strict=True) if bit & found)
        return chosen

    def named(self, name: str, text: str) -> Rule | None:
        """The rule of this name within the file, if it may match somewhere in ``text``."""
        bit, rule = self._named[name]
        return rule if bit & PREFILTER.possible(text) else None

    @cached_property
    def _named(self) -> Mapping[str, tuple[int, Rule]]:
        return {name: (PREFILTER.bit(rule.pattern), rule) for name, rule in self.by_name.items()}

    @cached_property
    def by_name(self) -> Mapping[str, Rule]:
        """The rules by their names within the file."""
        return {rule.name.partition(".")[2]: rule for rule in self}

    @cached_property
    def _bits(self) -> tuple[int, ...]:
        """The prefilter's bit for each rule."""
        return tuple(PREFILTER.bit(rule.pattern) for rule in self)

    @cached_property
    def _mask(self) -> int:
        return reduce(or_, self._bits, 0)

    @cached_property
    def _chosen(self) -> dict[int, "Rules"]:
        """The rules for the sets of bits that have come up of late."""
        return {}


def _expand(match: re.Match[str]) -> str:
    if match[1]:
        return alternation(match[1])
    codes = "".join(_CODE[name] for name in match[2].split("|"))
    return f"[{codes}]"


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """The pattern with its macros expanded; blanks and ``#`` comments in it are ignored (verbose syntax)."""
    return re.compile(_MACRO.sub(_expand, pattern), re.VERBOSE)


@cache
def load(name: str) -> Rules:
    """The rules of ``rules/name.toml`` in their order. Raises VocabularyError where the file or a rule is not as it should be."""
    file = f"rules/{name}.toml"
    try:
        table = tomllib.loads((files("kg") / file).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError("syntax", file, str(error)) from error
    entries = table.get("rule")
    if table.keys() != {"rule"} or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise VocabularyError("shape", file, ", ".join(table) or "-")
    return Rules(_rule(file, entry) for entry in entries)


def _rule(file: str, entry: Mapping[str, Any]) -> Rule:
    place = f"{file}, {entry.get('name', '?')}"
    if wrong := sorted(entry.keys() - _FIELDS):
        raise VocabularyError("field", place, ", ".join(wrong))
    if missing := sorted({"name", "pattern"} - entry.keys()):
        raise VocabularyError("missing", place, ", ".join(missing))
    if not isinstance(entry["pattern"], str):
        raise VocabularyError("text", place)
    try:
        pattern = compile_pattern(entry["pattern"])
    except re.error as error:
        raise VocabularyError("pattern", place, str(error)) from error
    except KeyError as error:
        raise VocabularyError("class", place, error.args[0]) from error
    return Rule(
        name=f"{Path(file).stem}.{entry['name']}",
        pattern=pattern,
        output=entry.get("output", ""),
        value=entry.get("value", ""),
        score=entry.get("score", 1.0),
        examples=tuple(entry.get("examples", ())),
        counters=tuple(entry.get("counters", ())),
    )


@cache
def select(name: str, output: str) -> Rules:
    """The rules of ``rules/name.toml`` with this output."""
    return Rules(rule for rule in load(name) if rule.output == output)


@cache
def pattern(file: str, name: str) -> re.Pattern[str]:
    """The pattern of the rule ``name`` of ``rules/file.toml``."""
    return load(file).by_name[name].pattern


@dataclass(frozen=True, slots=True)
class Annotation(Generic[T]):
    """``text[begin:end]`` is a ``kind`` (one of CLASSES); ``what`` is whatever the extractor wants back."""

    begin: int
    end: int
    kind: str
    what: T


_begin = attrgetter("begin")


class Masked(Generic[T]):
    """A sentence in which each annotation is replaced by one character that tells its class.

    Rules over it are plain regular expressions, however long the names are. Annotations must not overlap.
    """

    def __init__(self, text: str, annotations: Iterable[Annotation[T]]) -> None:
        parts: list[str] = []
        self._at: dict[int, Annotation[T]] = {}
        """The annotations by the masked characters that stand for them, in order."""
        position = length = 0
        for note in sorted(annotations, key=_begin):
            parts += (text[position : note.begin], _CODE[note.kind])
            length += max(note.begin - position, 0)
            self._at[length] = note
            length += 1
            position = note.end
        self.text = "".join(parts) + text[position:]

    def origin(self, index: int) -> int:
        """The offset in the original text at which masked character ``index`` begins."""
        last = next((at for at in reversed(self._at) if at <= index), None)
        if last is None:
            return index
        note = self._at[last]
        return note.begin if last == index else note.end + index - last - 1

    def annotation(self, index: int) -> Annotation[T] | None:
        """The annotation behind masked character ``index``."""
        return self._at.get(index)

    def showing(self, index: int, kind: str) -> str:
        """The masked text with another class at masked character ``index``."""
        return self.text[:index] + _CODE[kind] + self.text[index + 1 :]

    def places(self, begin: int, end: int) -> list[int]:
        """Which masked characters ``[begin, end)`` stand for annotations, in order."""
        return [index for index in self._at if begin <= index < end]

    def within(self, begin: int, end: int) -> Iterator[Annotation[T]]:
        """The annotations behind masked characters ``[begin, end)``, in order."""
        return (self._at[index] for index in self.places(begin, end))
