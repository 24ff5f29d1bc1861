"""What of the lexicon and the rules serves a single sentence of the documents that the extractors were tuned on.

Run by hand: ``python benchmarks/singletons.py TUNED OTHERS``, both files, folders or globs as ``kg build`` takes them. It prints the
rows whose word stands in one sentence of TUNED and in no document of OTHERS, and the rules that fired once in TUNED and never in
OTHERS; the more documents OTHERS has, the more that tells. Tables that list the whole of a closed class are left out. What is printed
is to be looked at: a word that everybody knows may be rare. The exit code is 1 where a rule is printed.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files

from kg.language.lexicon import words
from kg.pipeline import build
from kg.text.document import Document
from kg.text.reading import read
from kg.text.sentence import split

_WHOLE = frozenset({"division", "town", "zone", "surname", "ethnic_group"})
"""Tables with every member of a class."""


def main() -> None:
    """Compare and print."""
    tuned, others = sys.argv[1:3]
    tables = _tables()
    once = {word for word, count in _standing(_sentences(tuned), tables).items() if count == 1}
    elsewhere = _standing((document.text for document in _documents(others)), tables)
    for word in sorted(once - elsewhere.keys()):
        print(f"row   {', '.join(tables[word])}: {word}")
    fired = {rule.rule: rule.fired for rule in build([others]).rules}
    rules = [rule.rule for rule in build([tuned]).rules if rule.fired == 1 and not fired.get(rule.rule)]
    print(*(f"rule  {rule}" for rule in rules), sep="\n")
    sys.exit(bool(rules))


def _tables() -> Mapping[str, list[str]]:
    """Every word with the tables it is in."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    names = (file.name.removesuffix(".tsv") for file in (files("kg") / "lexicon").iterdir() if file.name.endswith(".tsv"))
    for name in sorted(set(names) - _WHOLE):
        for word in words(name):
            found[word].append(name)
    return found


def _documents(source: str) -> Iterator[Document]:
    return (item for item in read([source]) if isinstance(item, Document))


def _sentences(source: str) -> Iterator[str]:
    """The sentences of the documents, each text once."""
    yield from {sentence.text for document in _documents(source) for sentence in split(document)}


def _standing(texts: Iterable[str], known: Mapping[str, object]) -> Counter[str]:
    """In how many of the texts each of the words stands."""
    lengths = sorted({len(word) for word in known})
    found: Counter[str] = Counter()
    for text in texts:
        found.update({text[begin : begin + length] for begin in range(len(text)) for length in lengths} & known.keys())
    return found


if __name__ == "__main__":
    main()
