"""Coverage-guided fuzzing: bytes that reach ever more of the program, and what must hold of all of them.

Run by hand after ``pip install atheris``: ``python benchmarks/fuzzing.py TARGET [option of libFuzzer ...]``, for instance
``python benchmarks/fuzzing.py quantity -max_total_time=1800 -timeout=10``. Without a target it lists them.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib.resources import files
from io import BytesIO

import atheris

with atheris.instrument_imports(include=["kg"]):
    from kg.export.formats import FILES, FOLDERS
    from kg.identity.unification import Extraction, unify
    from kg.language.lexicon import words
    from kg.language.numeral import numbers, numerals
    from kg.language.period import periods
    from kg.language.quantity import quantities
    from kg.language.rules import CLASSES, TARGETS, Annotation, Masked, load
    from kg.pipeline import extract
    from kg.rdf.graph import blocks, build_graph, namespaces
    from kg.rdf.minting import Mint
    from kg.rdf.triple import Block, literal
    from kg.rdf.turtle import write_turtle
    from kg.text.document import Document, Metadata
    from kg.text.encoding import NotTextError, decode
    from kg.text.formats import FORMATS, Flaw, articles
    from kg.text.reading import Unreadable, read
    from kg.text.sentence import split

import pyoxigraph

_SUFFIXES = tuple(FORMATS)
_TURTLE, _TRIPLES = pyoxigraph.RdfFormat.TURTLE, pyoxigraph.RdfFormat.N_TRIPLES


class Source:
    """Values made of the bytes that the fuzzer gives; they run out some time."""

    def __init__(self, data: bytes) -> None:
        self._data = atheris.FuzzedDataProvider(data)

    def text(self) -> str:
        """All that is left, as a text of words that the program knows and of any characters."""
        known = _vocabulary()
        pieces: list[str] = []
        while self._data.remaining_bytes():
            number = self._data.ConsumeUInt(2)
            pieces.append(known[number % len(known)] if number < 0xC000 else str(self._data.ConsumeUnicodeNoSurrogates(1)))
        return "".join(pieces)

    def word(self) -> str:
        """A few characters of any kind."""
        return str(self._data.ConsumeUnicodeNoSurrogates(self.number(12)))

    def number(self, most: int) -> int:
        """A number from 0 to ``most``."""
        return int(self._data.ConsumeIntInRange(0, most))

    def bytes(self) -> bytes:
        """All that is left as it is."""
        return bytes(self._data.ConsumeBytes(self._data.remaining_bytes()))

    def date(self) -> str | None:
        """A date of publication, or none."""
        return (None, "2023", "2024-02", "2024-02-29")[self.number(3)]


@cache
def _vocabulary() -> tuple[str, ...]:
    """Digits, marks, the words of all tables and the examples of all rules."""
    marks = tuple("0123456789.,-—~%％年月日、，。；：？！“”《》（）()\n \t#|")
    known = (word for table in _names("lexicon", ".tsv") for word in words(table)[:300])
    examples = (text for file in _names("rules", ".toml") for rule in load(file) for text in rule.examples)
    return (*marks, *known, *examples)


def _names(folder: str, suffix: str) -> list[str]:
    """What the files of a folder are called."""
    return sorted(file.name.removesuffix(suffix) for file in (files("kg") / folder).iterdir() if file.name.endswith(suffix))


def _in_order(text: str, found: tuple) -> None:  # type: ignore[type-arg]
    end = 0
    for one in found:
        assert end <= one.begin < one.end <= len(text), one
        end = one.end


def decoding(source: Source) -> None:
    """Bytes are a text, or the reason why not is said."""
    with suppress(NotTextError):
        decode(source.bytes()).encode("utf-8", "surrogatepass")


def formats(source: Source) -> None:
    """Bytes in any format are articles and flaws."""
    suffix = _SUFFIXES[source.number(len(_SUFFIXES) - 1)]
    for item in articles(BytesIO(source.bytes()), suffix):
        assert isinstance(item, Flaw) or item.text is not None


def reading(source: Source) -> None:
    """What is read can be written, and what can't be is told in one line."""
    for item in read(["-"], stdin=BytesIO(source.bytes())):
        assert not isinstance(item, Unreadable) or "\n" not in item.line("en")
        assert isinstance(item, Unreadable) or item.text.encode()


def numeral(source: Source) -> None:
    """Numerals come in order; each is a number."""
    text = source.text()
    _in_order(text, numerals(text))
    assert all(found.number.is_finite() for found in numbers(text))


def quantity(source: Source) -> None:
    """Quantities come in order; each is a number."""
    text = source.text()
    found = quantities(text)
    _in_order(text, found)
    assert all(one.value.is_finite() for one in found)


def period(source: Source) -> None:
    """Periods come in order."""
    published, anchor = source.date(), (None, 2021)[source.number(1)]
    text = source.text()
    _in_order(text, periods(text, published, anchor))


def sentence(source: Source) -> None:
    """Sentences are no longer than they may be and lead back to the text."""
    text = source.text()
    for one in split(Document("d", "d", text)):
        assert len(one.text) == sum(piece.end - piece.begin for piece in one.pieces)


def rules(source: Source) -> None:
    """Every pattern is done with every masked sentence."""
    kinds = CLASSES + TARGETS
    masks = [(source.number(60), source.number(9), kinds[source.number(len(kinds) - 1)]) for _ in range(source.number(6))]
    text, notes, at = source.text(), [], 0
    for gap, length, kind in masks:
        begin, at = at + gap, at + gap + length + 1
        if at <= len(text):
            notes.append(Annotation(begin, at, kind, None))
    view = Masked(text, notes)
    assert view.origin(len(view.text)) == len(text)
    for file in _names("rules", ".toml"):
        for rule in load(file).possible(view.text):
            for match in rule.pattern.finditer(view.text):
                assert 0 <= view.origin(match.start()) <= view.origin(match.end()) <= len(text)


def minting(source: Source) -> None:
    """Names of nodes are IRIs; other texts have other names."""
    mint, one, other = Mint(), source.word(), source.word()
    names = {mint.thing(f"Enterprise/{text}") for text in (one, other)}
    assert len(names) == len({one, other})
    for name in names | {mint.document(one), mint.name("figure", other)}:
        pyoxigraph.NamedNode(name[1:-1])


def turtle(source: Source) -> None:
    """Any texts and names, written as Turtle, are read back as they were."""
    mint, said = Mint(), {}
    for _ in range(source.number(8)):
        predicate, value = mint.name("p", source.word()), source.word()
        kind = mint.name("t", value)
        said[predicate, (literal(value), literal(value, "zh"), literal(value, datatype=kind), kind)[source.number(3)]] = ()
    name = mint.name("s", source.word())
    expected = "".join(f"{name} {predicate} {node} .\n" for predicate, node in said)
    if said:
        written = "".join(write_turtle([Block(name, said)], namespaces()))
        assert set(pyoxigraph.parse(written, _TURTLE)) == set(pyoxigraph.parse(expected, _TRIPLES))


def pipeline(source: Source) -> None:
    """A whole document: facts with their places in the text, and Turtle that can be read."""
    known = Metadata(source.word() or None, source.word() or None, source.date(), home=(None, "绿园区")[source.number(1)])
    document = Document("d" * 16, source.word(), source.text(), known)
    facts = unify([extract(document)])
    for fact in (*facts.relations, *facts.figures):
        assert all(0 <= span.begin < span.end <= len(document.text) for span in fact.evidence.spans)
    list(pyoxigraph.parse("".join(write_turtle(blocks(facts), namespaces())), _TURTLE))


@cache
def _fact() -> Extraction:
    return extract(Document("d" * 16, "d", "绿园区云帆机械有限公司投资3亿元，同比增长5%。", Metadata(published="2024")))


def exports(source: Source) -> None:
    """Every format of an export of things with any names."""
    fact = _fact()
    renamed = tuple(replace(one, name=one.name + source.word(), aliases=(source.word(),)) for one in fact.entities)
    document = replace(fact.document, source=source.word(), metadata=Metadata(source.word(), source.word(), "2024"))
    graph = build_graph(unify([replace(fact, document=document, entities=renamed)]))
    for form in FILES.values():
        "".join(form(graph)).encode()
    for folder in FOLDERS.values():
        assert all("".join(pieces).encode() for _, pieces in folder(graph))


TARGETS_BY_NAME: dict[str, Callable[[Source], None]] = {
    target.__name__: target
    for target in (decoding, formats, reading, numeral, quantity, period, sentence, rules, minting, turtle, pipeline, exports)
}


def main() -> None:
    """Fuzz the target that is named first."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in TARGETS_BY_NAME:
        sys.exit("\n".join(f"{name}: {target.__doc__}" for name, target in TARGETS_BY_NAME.items()))
    _vocabulary()
    _fact()  # loads all tables, which takes longer than any input may
    target = TARGETS_BY_NAME[name]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], lambda data: target(Source(data)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
