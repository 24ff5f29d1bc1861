"""Amounts, percentages, numbers and times as ``kg`` reads them, beside JioNLP and Recognizers-Text: how fast, and how often they agree.

Run by hand, after ``pip install jionlp recognizers-text-suite 'emoji<2'`` (Recognizers-Text asks for an emoji that newer ones lack):
``python benchmarks/peers.py SOURCE [SOURCE …] [--sentences 5000] [--differences 10]``. SOURCE is what ``kg build`` reads.
All read the same sentences in one run, by one process; what loads or compiles at the first sentence is not counted. Two agree where what
they found overlaps and has the same unit and value: for a range one of its ends, for a time the first and the last day.
"""

import argparse
import logging
import sys
import time
from calendar import monthrange
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any, NamedTuple, TypeVar

from kg.language.period import periods
from kg.language.quantity import Quantity, kind, normalized, quantities, qudt
from kg.text.document import UNKNOWN
from kg.text.reading import Unreadable, read
from kg.text.sentence import split

T = TypeVar("T")
_HEAD = (
    "| what | beside | sentences/s, kg | theirs | times as fast | found by kg | of these also by them | by them | of these also by kg |",
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
)
_DIGITS = Context(prec=10)
"""So many digits count that thirds are equal."""
_WARMING = 50
"""Sentences after which a reader has loaded what it needs."""


class Said(NamedTuple):
    """A sentence, with the date of its document."""

    text: str
    published: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """``text[begin:end]`` of a sentence, and what it means: a unit and one value or more."""

    begin: int
    end: int
    unit: str
    values: frozenset[Hashable]

    def agrees(self, other: "Found") -> bool:
        """Whether both mean the same, at the same place."""
        return self.begin < other.end and other.begin < self.end and self.unit == other.unit and bool(self.values & other.values)


Reader = Callable[[Said], Sequence[Found]]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a reader found in each sentence, and the processor seconds that it took."""

    found: Sequence[Sequence[Found]]
    seconds: float


class Peer(NamedTuple):
    """Another program."""

    name: str
    package: str
    """What pip is to install."""
    readers: Callable[[], Mapping[str, Reader]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What ``kg`` and a peer make of the same sentences."""

    what: str
    peer: str
    sentences: Sequence[Said]
    ours: Answers
    theirs: Answers


# ---------------------------------------------------------------- kg


def _kg(said: Said, unit: Callable[[str], str | None]) -> Sequence[Found]:
    """The quantities for whose units there is one to compare them by."""
    quantified = [(one, unit(one.unit)) for one in quantities(said.text)]
    return [Found(one.begin, one.end, name, values(one)) for one, name in quantified if name is not None]


def values(quantity: Quantity) -> frozenset[Hashable]:
    """The value, or both ends of a range."""
    ends = (quantity.value,) if quantity.high is None else (quantity.value, quantity.high)
    return frozenset(_DIGITS.plus(normalized(end, quantity.unit)[0]) for end in ends)


def _currency(unit: str) -> str | None:
    """Of an amount of money, also for each of something."""
    return qudt(unit.partition("/")[0]) if kind(unit) == "money" else None


def _kg_money(said: Said) -> Sequence[Found]:
    return _kg(said, _currency)


def _kg_percentages(said: Said) -> Sequence[Found]:
    return _kg(said, lambda unit: "%" if qudt(unit) == "PERCENT" else None)


def _kg_numbers(said: Said) -> Sequence[Found]:
    return _kg(said, lambda _: "")


def _kg_times(said: Said) -> Sequence[Found]:
    found = periods(said.text, said.published)
    return [Found(one.begin, one.end, "", frozenset({_days(one.iso)})) for one in found if one.iso and not one.vague]


def _days(iso: str) -> tuple[str, str]:
    """The first and the last day."""
    first, _, last = iso.partition("/")
    last = last or first
    year, month = int(last[:4]), int(last[5:7] or 12)
    return f"{first}-01-01"[: len("2024-01-01")], f"{year}-{month:02}-{last[8:] or monthrange(year, month)[1]}"


KG: Mapping[str, Reader] = {"money": _kg_money, "percentages": _kg_percentages, "numbers": _kg_numbers, "times": _kg_times}
"""What is compared, with how ``kg`` reads it."""


# ---------------------------------------------------------------- peers


def jionlp() -> Mapping[str, Reader]:
    """Amounts of money and times by JioNLP."""
    import jionlp as jio

    logging.disable(logging.ERROR)  # it logs whatever turns out to be no time

    def money(said: Said) -> Sequence[Found]:
        return [_amount(one["offset"], one["detail"]) for one in jio.ner.extract_money(said.text)]

    def times(said: Said) -> Sequence[Found]:
        base = dict(zip(("year", "month", "day"), map(int, (said.published or "").split("-")), strict=False))
        found = jio.ner.extract_time(said.text, time_base=base)
        return [_time(one["offset"], one["detail"]["time"]) for one in found if one["type"] in ("time_point", "time_span")]

    return {"money": money, "times": times}


def _amount(offset: Sequence[int], detail: Mapping[str, str | list[str]]) -> Found:
    numbers, case = detail["num"], detail["case"]
    assert isinstance(case, str)
    values = [numbers] if isinstance(numbers, str) else numbers
    return Found(*offset, qudt(case) or case, frozenset(map(_DIGITS.create_decimal, values)))


def _time(offset: Sequence[int], span: Sequence[str]) -> Found:
    first, last = (moment.split(" ")[0] for moment in span)
    return Found(*offset, "", frozenset({(first, last)}))


def recognizers() -> Mapping[str, Reader]:
    """Amounts of money, percentages and numbers by Recognizers-Text."""
    from recognizers_number import Culture, NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer

    numbers, units = NumberRecognizer(Culture.Chinese), NumberWithUnitRecognizer(Culture.Chinese)
    money, percentages, plain = units.get_currency_model(), numbers.get_percentage_model(), numbers.get_number_model()
    return {
        "money": lambda said: list(_resolved(money.parse(said.text), lambda about: about.get("isoCurrency") or about["unit"])),
        "percentages": lambda said: list(_resolved(percentages.parse(said.text), lambda _: "%")),
        "numbers": lambda said: list(_resolved(plain.parse(said.text), lambda _: "")),
    }


def _resolved(results: Sequence[Any], unit: Callable[[Mapping[str, str]], str]) -> Iterator[Found]:
    for one in results:
        if one.resolution["value"]:
            value = _DIGITS.create_decimal(one.resolution["value"].rstrip("%"))
            yield Found(one.start, one.end + 1, unit(one.resolution), frozenset({value}))


PEERS = (
    Peer("JioNLP", "jionlp", jionlp),
    Peer("Recognizers-Text", "recognizers-text-suite 'emoji<2'", recognizers),
)


# ---------------------------------------------------------------- comparison


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="SOURCE")
    parser.add_argument("--sentences", type=int, default=5_000, help="how many, spread over the sources")
    parser.add_argument("--differences", type=int, default=0, help="how many to print for each comparison, spread over the sentences")
    options = parser.parse_args()
    sentences = spread(list(sentences_of(options.sources)), options.sentences)
    print(f"{len(sentences):,} sentences, {sum(len(one.text) for one in sentences):,} characters", "", *_HEAD, sep="\n", flush=True)
    for comparison in comparisons(sentences):
        print(row(comparison), *spread(list(differences(comparison)), options.differences), sep="\n", flush=True)


def sentences_of(sources: Sequence[str]) -> Iterator[Said]:
    """All sentences of the sources."""
    for document in read(sources, UNKNOWN, sys.stdin.buffer):
        if not isinstance(document, Unreadable):
            yield from (Said(sentence.text, document.metadata.published) for sentence in split(document))


def spread(items: Sequence[T], number: int) -> Sequence[T]:
    """So many of them, at equal distances."""
    return [items[len(items) * index // number] for index in range(number)] if number < len(items) else items


def comparisons(sentences: Sequence[Said]) -> Iterator[Comparison]:
    """Each peer that is installed, with all that it reads; what is missing is told."""
    ours: dict[str, Answers] = {}
    for peer in PEERS:
        try:
            readers = peer.readers()
        except ImportError as error:
            print(f"{peer.name} is left out: {error}; pip install {peer.package}", file=sys.stderr)
            continue
        for what, reader in readers.items():
            asked = [one for one in sentences if one.published or what != "times"]
            if what not in ours:
                ours[what] = answers(KG[what], asked)
            yield Comparison(what, peer.name, asked, ours[what], answers(reader, asked))


def answers(reader: Reader, sentences: Sequence[Said]) -> Answers:
    """What it finds, and how long that takes."""
    for one in sentences[:_WARMING]:
        reader(one)
    started = time.process_time()
    found = [reader(one) for one in sentences]
    return Answers(found, time.process_time() - started)


def agreeing(some: Answers, others: Answers) -> float:
    """The part of what some have found that others have too."""
    pairs = zip(some.found, others.found, strict=True)
    agreed = [any(one.agrees(other) for other in there) for here, there in pairs for one in here]
    return sum(agreed) / max(1, len(agreed))


def row(comparison: Comparison) -> str:
    """One line of the table."""
    ours, theirs = comparison.ours, comparison.theirs
    speeds = [len(comparison.sentences) / one.seconds for one in (ours, theirs)]
    counts = [sum(map(len, one.found)) for one in (ours, theirs)]
    cells = (comparison.what, comparison.peer, *(f"{speed:,.0f}" for speed in speeds), f"{speeds[0] / speeds[1]:.1f}")
    agreed = f"{counts[0]:,} | {agreeing(ours, theirs):.1%} | {counts[1]:,} | {agreeing(theirs, ours):.1%}"
    return f"| {' | '.join(cells)} | {agreed} |"


def differences(comparison: Comparison) -> Iterator[str]:
    """What only one of them has found, with its place in the sentence."""
    names = ("kg", comparison.peer)
    for said, *both in zip(comparison.sentences, comparison.ours.found, comparison.theirs.found, strict=True):
        for name, here, there in zip(names, both, both[::-1], strict=True):
            yield from (f"  {name}: {shown(one, said.text)}" for one in here if not any(one.agrees(other) for other in there))


def shown(found: Found, text: str) -> str:
    """A line: meaning, and words."""
    before, after = text[max(0, found.begin - 20) : found.begin], text[found.end : found.end + 20]
    meaning = "/".join(sorted(f"{value:f}" if isinstance(value, Decimal) else str(value) for value in found.values))
    return f"{meaning} {found.unit}  …{before}【{text[found.begin : found.end]}】{after}…"


if __name__ == "__main__":
    main()
