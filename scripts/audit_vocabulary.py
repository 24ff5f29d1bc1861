"""Look for words of the lexicon that hardly any text has: rows that no sentence of the texts holds, or only one.

Usage: python scripts/audit_vocabulary.py SOURCE...        (what `kg build` reads: files, folders)

Prints, tab-separated: table, word, number of sentences, source and sentence of the only one. A row of a grammar's table that
no text of a large corpus has is looked at again; that one article alone has it may mean it was copied out of that article.
"""

import re
import sys
from pathlib import Path

import kg
from kg.language.lexicon import words
from kg.text.document import Document, Metadata
from kg.text.reading import read

FACTS = frozenset({"brand", "coin", "division", "doctrine", "enterprise", "ethnic_group", "industry"}) | {
    *("industry_official", "organization", "post", "surname", "unit", "zone")
}
"""Lists of facts: that no text names a thing is no reason to forget it. Only what a single sentence has is told."""
SENTENCE = re.compile(r"[^。！？；\n]+")


def main() -> None:
    documents = (item for item in read(sys.argv[1:], Metadata(), sys.stdin.buffer) if isinstance(item, Document))
    sources = {match[0].strip(): document.source for document in documents for match in SENTENCE.finditer(document.text)}
    text = "\n" + "\n".join(sources) + "\n"
    for table in sorted(path.stem for path in (Path(kg.__file__).parent / "lexicon").glob("*.tsv")):
        for word in dict.fromkeys(words(table)):
            seen = holders(word, text)
            if len(seen) == 1 or (not seen and table not in FACTS):
                print(table, word, len(seen), *(f"{sources[sentence]}\t{sentence}" for sentence in seen), sep="\t")


def holders(word: str, text: str) -> tuple[str, ...]:
    """The first two lines of ``text`` that hold the word."""
    found: dict[str, None] = {}
    at = text.find(word)
    while at >= 0 and len(found) < 2:
        end = text.index("\n", at)
        found[text[text.rindex("\n", 0, at) + 1 : end].strip()] = None
        at = text.find(word, end)
    return tuple(found)


if __name__ == "__main__":
    main()
