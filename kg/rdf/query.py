"""Questions to a graph: SPARQL, or one of the named queries of the ontology."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path

import pyoxigraph
from pyoxigraph import QueryBoolean, QuerySolutions, RdfFormat, Store

from kg.messages import message
from kg.rdf.complaint import complaint, declared, prefixed_names
from kg.rdf.nearest import fold
from kg.rdf.store import merge, open_store
from kg.text.dateline import parse
from kg.vocabulary import DKG, PREFIXES, labels, members, ontology

_HEADER = re.compile(r"^# @(param|option) (\w+) (.*)$", re.MULTILINE)
_COLUMNS = re.compile(r"^# @columns (.*)$", re.MULTILINE)
_COMMENT = re.compile(r"^# (?!@)(.*)$", re.MULTILINE)
_PLACE = re.compile(r"VALUES \?(\w+) { UNDEF }(?: # @(\w+))?")
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_DATE, _LANGUAGE = "date", "zh"
"""What may stand behind a parameter's place: that it is a date, or a name, which has a language, or else a kind of words of the graph, or a
list of the ontology, with a capital.
"""
_WORDS = {
    _LANGUAGE: ("skos:prefLabel|skos:altLabel", True),
    "unit": ("dkg:unit", True),
    "indicator": ("dkg:indicator/skos:exactMatch?/(skos:prefLabel|skos:altLabel)", False),
    "product": ("dkg:produces", False),
    "honour": ("dkg:recognisedAs", False),
}
"""Where words of a kind are in a graph, and whether a value has to be one of them or may be a part of one."""
SYNTAX = {".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES, ".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG}
"""Graph files that can be read, by suffix."""
_PREFIXES = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
_LIKE = 0.8
"""How much of two terms is the same where one is a slip of the other."""
_TRIPLE = ("subject", "predicate", "object")
_CALLED = re.compile(r"\A[A-Za-z]+\Z|(?<= \()[A-Za-z]+(?=\)\Z)")
"""A term of the ontology that is a whole cell, or stands in brackets at its end."""


class QueryError(ValueError):
    """A graph that can't be read, or a question that can't be put."""

    def __init__(self, problem: str, **fields: str) -> None:
        """``problem`` is the code of a message without its ``query-``; ``fields`` fill it in."""
        self._code = f"query-{problem}"
        self._fields = {name: " ".join(field.split()) for name, field in fields.items()}
        super().__init__(self.line("en"))

    def line(self, lang: str = "zh") -> str:
        """What is wrong and what to do about it, in one line."""
        return message(self._code, lang, **self._fields)


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something a query asks for: ``# @param name what it is``, or ``@option`` where it may be left out."""

    name: str
    about: tuple[str, ...]
    """In Chinese, then in English."""
    required: bool


@dataclass(frozen=True, slots=True)
class Query:
    """SPARQL text with what its header says.

    Each parameter has a line ``VALUES ?name { UNDEF }`` in the text, into which its value goes: with ``# @zh`` behind it as a name in
    that language, with ``# @date`` as a date, with ``# @ProjectStatus`` or the like as what has the name on that list of the ontology.
    A store looks a value up where it stands; what is only worked out from one, it compares with everything. ``# @columns`` is what the
    columns are called in Chinese, one word each.
    """

    text: str

    @property
    def about(self) -> tuple[str, ...]:
        """The lines of the comment: Chinese, then English."""
        return tuple(_COMMENT.findall(self.text))

    @property
    def columns(self) -> tuple[str, ...]:
        """What the columns of the answer are called in Chinese; nothing where the query does not say."""
        return tuple(" ".join(_COLUMNS.findall(self.text)).split())

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What it asks for, in the header's order."""
        return tuple(Parameter(name, tuple(about.split(" | ")), kind == "param") for kind, name, about in _HEADER.findall(self.text))

    def bind(self, values: Mapping[str, str]) -> str:
        """The text with ``values`` for its parameters, as literals that can be nothing else.

        Raises QueryError for a parameter that the query does not have or that is missing, for a date that is none or after the one that
        is to follow, and for a value that is not on its list.
        """
        for name in values:
            if name not in self._places:
                known = ", ".join(f"--{parameter.name}" for parameter in self.parameters)
                raise QueryError("unknown", name=name, detail=known or "-")
        for parameter in self.parameters:
            if parameter.required and parameter.name not in values:
                zh, en = parameter.about
                raise QueryError("needs", name=parameter.name, zh=zh, en=en)
        terms = {name: _term(name, value, self._places[name]) for name, value in values.items()}
        self._follow(values)
        return _PLACE.sub(lambda place: f"VALUES ?{place[1]} {{ {terms.get(place[1], 'UNDEF')} }}", self.text)

    def _follow(self, values: Mapping[str, str]) -> None:
        """See that the dates, if there are two, come in the order of their parameters, as far as both tell."""
        dates = [(name, str(parse(values[name]))) for name in self.dates if name in values]
        for (name, first), (later, last) in pairwise(dates):
            if first[: len(last)] > last[: len(first)]:
                raise QueryError("reversed", name=name, detail=f"{first} > {last}", later=later)

    @property
    def dates(self) -> tuple[str, ...]:
        """The names of the parameters that are dates, in their order."""
        return tuple(name for name, kind in self._places.items() if kind == _DATE)

    @property
    def choices(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """For each parameter that is on a list of the ontology what is on it, with every word for it."""
        return {name: members(kind) for name, kind in self._places.items() if kind and kind[0].isupper()}

    def words(self, values: Mapping[str, str]) -> Mapping[str, tuple[str, bool]]:
        """Those of ``values`` that are words of the graph, by parameter: the path from a thing to such a word, and whether the word has to
        be whole.
        """
        return {name: _WORDS[kind] for name, kind in self._places.items() if name in values and kind in _WORDS}

    @property
    def _places(self) -> Mapping[str, str | None]:
        return {place[1]: place[2] for place in _PLACE.finditer(self.text)}


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: texts in rows; what a row does not know is empty."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def load(path: Path) -> Store:
    """The graph in a file (Turtle, TriG, N-Triples, N-Quads), or the store of an output folder; documents may be named graphs besides.

    Raises QueryError where the file is not one, OSError where it can't be read.
    """
    if path.is_dir():
        return open_store(path)
    syntax = SYNTAX.get(path.suffix)
    if syntax is None:
        raise QueryError("format", source=str(path))
    store = Store()
    try:
        store.bulk_load(path=str(path), format=syntax)
    except SyntaxError as error:
        raise QueryError("damaged", source=str(path), detail=error.msg) from error
    if syntax.supports_datasets:
        merge(store)
    return store


def named_queries() -> Mapping[str, Query]:
    """The queries in ``ontology/queries`` by name, sorted."""
    return {name: Query(file.read_text(encoding="utf-8")) for name, file in sorted(_files())}


def find_query(query: str) -> Query:
    """The query that ``query`` means: the name of one, the path of a ``.rq`` file, or SPARQL text.

    Raises QueryError where a name is not known.
    """
    if query.endswith(".rq"):
        return Query(Path(query).read_text(encoding="utf-8"))
    if not _NAME.fullmatch(query):
        return Query(query)
    known = named_queries()
    if query not in known:
        raise QueryError("nameless", name=query, detail=", ".join(known))
    return known[query]


def run_query(graph: Path | Store, query: str, parameters: Mapping[str, str]) -> Table:
    """Put ``query`` (see find_query) to a graph.

    Raises QueryError where the graph can't be read, or the question is not SPARQL or lacks a parameter.
    """
    text = find_query(query).bind(parameters)
    store = graph if isinstance(graph, Store) else load(graph)
    try:
        answer = store.query(text, prefixes=_PREFIXES)
    except SyntaxError as error:
        problem, fields = complaint(text, error.msg)
        raise QueryError(problem, **fields) from error
    if isinstance(answer, QueryBoolean):
        return Table(("answer",), ((str(bool(answer)).lower(),),))
    if isinstance(answer, QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        return Table(columns, tuple(tuple(map(_cell, solution)) for solution in answer))
    return Table(_TRIPLE, tuple(sorted(tuple(map(_cell, triple)) for triple in answer)))


def in_chinese(query: Query, table: Table) -> Table:
    """The answer to a query that says what its columns are called, with the terms of the ontology in Chinese; any other as it is."""
    if len(query.columns) != len(table.columns):
        return table
    terms = labels("zh")
    rows = (tuple(_CALLED.sub(lambda found: terms.get(found[0], found[0]), cell) for cell in row) for row in table.rows)
    return Table(query.columns, tuple(rows))


def strangers(store: Store, query: Query, values: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """The parameters among ``values`` whose words nothing in the graph has, each with all words of its kind that there are."""
    found = {}
    for name, (path, whole) in query.words(values).items():
        known = frozenset(word for (word,) in run_query(store, f"SELECT DISTINCT ?word {{ ?thing {path} ?word }}", {}).rows)
        if values[name] not in known and (whole or not any(values[name].casefold() in word.casefold() for word in known)):
            found[name] = known
    return found


def foreign(store: Store, text: str) -> Mapping[str, list[str]]:
    """The terms of a SPARQL text that are nowhere in the graph, each with those like it that are; datatypes and functions are no terms."""
    namespaces, datatypes = {**_PREFIXES, **declared(text)}, _PREFIXES["xsd"]
    names = [(prefix, rest) for prefix, rest in prefixed_names(text) if rest and namespaces.get(prefix, datatypes) != datatypes]
    terms = {f"{prefix}:{rest}": f"<{namespaces[prefix]}{rest}>" for prefix, rest in names}
    ask = "ASK {{ {{ ?s {0} ?o }} UNION {{ ?s ?p {0} }} UNION {{ {0} ?p ?o }} }}"
    absent = [term for term, iri in terms.items() if not store.query(ask.format(iri))]
    if not absent:
        return {}
    used = run_query(store, "SELECT DISTINCT ?term { { ?s ?term ?o } UNION { ?s a ?term } }", {}).rows
    known = {iri.removeprefix(start): f"{prefix}:" for (iri,) in used for prefix, start in namespaces.items() if iri.startswith(start)}
    folded = {fold(rest): prefix + rest for rest, prefix in known.items()}
    return {term: [folded[like] for like in _like(fold(term.partition(":")[2]), sorted(folded))] for term in absent}


def _like(name: str, known: Sequence[str]) -> list[str]:
    """Names of terms that are like one: that end in it, as altLabel in label, or are a slip of it."""
    return list(dict.fromkeys([*(other for other in known if other.endswith(name)), *get_close_matches(name, known, cutoff=_LIKE)]))


def _term(name: str, value: str, kind: str | None) -> str:
    """A parameter's value as a term of SPARQL."""
    if kind is None or kind in _WORDS:
        return str(pyoxigraph.Literal(value, language=kind if kind == _LANGUAGE else None))
    if kind == _DATE:
        date = parse(value)
        if date is None:
            raise QueryError("date", name=name, detail=value)
        return str(pyoxigraph.Literal(date))
    listed = members(kind)
    for member, words in listed.items():
        if value.casefold() in map(str.casefold, words):
            return f"<{DKG[member]}>"
    raise QueryError("choice", name=name, value=value, detail=", ".join(" ".join(words[:2]) for words in listed.values()))


def _files() -> Iterator[tuple[str, Traversable]]:
    for file in (ontology() / "queries").iterdir():
        if file.name.endswith(".rq"):
            yield file.name.removesuffix(".rq"), file


def _cell(term: object) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, (pyoxigraph.NamedNode, pyoxigraph.Literal)) else str(term)
