"""``kg query``: a question to a graph."""

import csv
import json
import sys
from argparse import Namespace
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import Store

from kg.cli import FINE, LANGUAGES, Refusal
from kg.commands.given import readable
from kg.messages import message
from kg.rdf.nearest import in_full, offered, same
from kg.rdf.query import Query, QueryError, Table, find_query, foreign, in_chinese, load, named_queries, run_query, strangers
from kg.table import show
from kg.vocabulary import labels

_SPAN = "SELECT (MIN(STR(?day)) AS ?first) (MAX(STR(?day)) AS ?last) { ?document schema:datePublished ?day }"
"""When the documents of a graph were published."""
_NOTHING = frozenset({"", "0", "false"})


def run(options: Namespace) -> int:
    """Put a question to a graph, or list the questions that are ready."""
    if options.list:
        _print(_catalogue(options), options.format)
        return FINE
    if not options.query:
        raise Refusal(message("cli-ask", options.lang))
    try:
        with readable(options):
            values, store = _parameters(options.parameters, options.lang), load(Path(options.graph))
            answer = run_query(store, options.query, values)
            unknown = {} if _says(answer) else strangers(store, find_query(options.query), values)
            meant = _meant(values, unknown)
            if meant:
                answer = run_query(store, options.query, {**values, **meant})
    except QueryError as error:
        raise Refusal(error.line(options.lang)) from error
    lines = [message("query-taken", options.lang, name=values[name], detail=word) for name, word in meant.items()]
    if not _says(answer):
        lines += _why_empty(store, options, values, {name: known for name, known in unknown.items() if name not in meant})
    if lines:
        print("\n".join(lines), file=sys.stderr)
    plain = options.lang == "en" or options.format == "json"
    _print(answer if plain else in_chinese(find_query(options.query), answer), options.format)
    return FINE


def _says(answer: Table) -> bool:
    """Whether there is anything in an answer: counts of nothing and a no may only come of words that the graph does not have."""
    return any(cell not in _NOTHING for row in answer.rows for cell in row)


def _meant(values: Mapping[str, str], unknown: Mapping[str, Collection[str]]) -> Mapping[str, str]:
    """The words for parameters that nobody has just so, where one is spelt or read the same, or has it for short (青河 for 青河区)."""
    found = {name: same(values[name], known) or in_full(values[name], known) for name, known in unknown.items()}
    return {name: words[0] for name, words in found.items() if len(words) == 1}


def _why_empty(store: Store, options: Namespace, values: Mapping[str, str], unknown: Mapping[str, Collection[str]]) -> list[str]:
    """Why there are no rows: names and terms that the graph does not have, with those like them."""
    if options.query not in named_queries():
        terms = foreign(store, find_query(options.query).text)
        return [_lacking("term", term, near, options.lang) for term, near in terms.items()]
    lines = [_lacking("stranger", values[name], offered(values[name], known), options.lang) for name, known in unknown.items()]
    return lines or [_silent(store, find_query(options.query), values, options.lang)] * bool(values)


def _silent(store: Store, query: Query, values: Mapping[str, str], lang: str) -> str:
    """The word on a question of names that the graph has, or of a time, to which it has no answer."""
    if not query.dates:
        return message("query-silent", lang, detail=", ".join(values.values()))
    (span,) = run_query(store, _SPAN, {}).rows
    if not all(span):
        return message("query-timeless", lang)
    begin, end = (values.get(name, "…") for name in query.dates)
    return message("query-window", lang, begin=begin, end=end, first=span[0], last=span[1])


def _lacking(what: str, name: str, near: Sequence[str], lang: str) -> str:
    return message(f"query-{what}" if near else f"query-{what}-alone", lang, name=name, detail=", ".join(near))


def _parameters(words: Sequence[str], lang: str) -> Mapping[str, str]:
    """``--name value`` or ``--name=value``, as often as they come."""
    values, rest = {}, list(words)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if not name.startswith("--") or not (equals or rest):
            raise Refusal(message("cli-parameter", lang, detail=name))
        values[name.removeprefix("--")] = value if equals else rest.pop(0)
    return values


def _catalogue(options: Namespace) -> Table:
    rows, lang = [], options.lang
    for name, query in named_queries().items():
        about = dict(zip(LANGUAGES, query.about, strict=True))
        rows.append((name, " ".join(_usage(query, lang)), about[lang]))
    columns = ("query", "parameters", "about")
    return Table(columns if options.format == "json" else tuple(message(f"column-{name}", lang) for name in columns), tuple(rows))


def _usage(query: Query, lang: str) -> Iterator[str]:
    """Each parameter, in brackets where it may be left out, with the values to choose from where there is a list of them."""
    for parameter in query.parameters:
        names = query.choices.get(parameter.name, ())
        values = "|".join(labels(lang)[name] if lang == "zh" else name for name in names)
        usage = f"--{parameter.name} {values}".rstrip()
        yield usage if parameter.required else f"[{usage}]"


def _print(table: Table, format: str | None) -> None:
    """The table as one asks for it: as CSV where nobody said and no terminal shows it."""
    match format or ("table" if sys.stdout.isatty() else "csv"):
        case "table":
            show(table.columns, table.rows)
        case "csv":
            csv.writer(sys.stdout, lineterminator="\n").writerows([table.columns, *table.rows])
        case _:
            rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
            print(json.dumps(rows, ensure_ascii=False, indent=2))
