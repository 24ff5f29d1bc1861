"""Questions to a graph: SPARQL, or one of the named queries of the ontology."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path

import pyoxigraph
from pyoxigraph import QueryBoolean, QuerySolutions, RdfFormat, Store

from kg.messages import message
from kg.rdf.store import merge, open_store
from kg.text.dateline import parse
from kg.vocabulary import DKG, PREFIXES, members, ontology

_HEADER = re.compile(r"^# @(param|option) (\w+) (.*)$", re.MULTILINE)
_COMMENT = re.compile(r"^# (?!@)(.*)$", re.MULTILINE)
_PLACE = re.compile(r"VALUES \?(\w+) { UNDEF }(?: # @(\w+))?")
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_DATE, _LANGUAGE = "date", "zh"
"""What may stand behind a parameter's place: that it is a date, or a name, which has a language; else the list of the ontology it is of."""
_NEAREST = 5
SYNTAX = {".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES, ".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG}
"""Graph files that can be read, by suffix."""
_PREFIXES = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
_TRIPLE = ("subject", "predicate", "object")


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
    A store looks a value up where it stands; what is only worked out from one, it compares with everything.
    """

    text: str

    @property
    def about(self) -> tuple[str, ...]:
        """The lines of the comment: Chinese, then English."""
        return tuple(_COMMENT.findall(self.text))

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
        return {name: members(kind) for name, kind in self._places.items() if kind not in (None, _DATE, _LANGUAGE)}

    def names(self, values: Mapping[str, str]) -> Iterator[str]:
        """Those of ``values`` that are names of things."""
        return (value for name, value in values.items() if self._places[name] == _LANGUAGE)

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
        raise QueryError("syntax", detail=error.msg) from error
    if isinstance(answer, QueryBoolean):
        return Table(("answer",), ((str(bool(answer)).lower(),),))
    if isinstance(answer, QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        return Table(columns, tuple(tuple(map(_cell, solution)) for solution in answer))
    return Table(_TRIPLE, tuple(sorted(tuple(map(_cell, triple)) for triple in answer)))


def strangers(store: Store, query: Query, values: Mapping[str, str]) -> Mapping[str, list[str]]:
    """The names among ``values`` that nothing in the graph has, each with the nearest that there are."""
    known = {name for (name,) in run_query(store, "SELECT DISTINCT ?name { ?thing skos:prefLabel|skos:altLabel ?name }", {}).rows}
    return {name: nearest(name, known) for name in query.names(values) if name not in known}


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The names most like one: those that contain it or are contained in it first."""
    names = sorted(set(known), key=lambda other: (len(other), other))
    parts = [other for other in names if name in other or other in name]
    return list(dict.fromkeys([*parts, *get_close_matches(name, names, _NEAREST, 0.3), *names]))[:_NEAREST]


def _term(name: str, value: str, kind: str | None) -> str:
    """A parameter's value as a term of SPARQL."""
    if kind in (None, _LANGUAGE):
        return str(pyoxigraph.Literal(value, language=kind))
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
