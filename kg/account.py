"""Accounts: why names are one thing, and why others are not, as a graph tells it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from pyoxigraph import Literal, QuerySolutions, Store

from kg.explain import Row, Section
from kg.messages import message
from kg.vocabulary import PREFIXES, labels

_PREFIXES = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
_THINGS = """
SELECT DISTINCT ?thing ?label ?class WHERE {{
    VALUES ?wanted {{ {wanted} }}
    ?thing skos:prefLabel|skos:altLabel ?wanted ; skos:prefLabel ?label ; a ?class .
    FILTER(STRSTARTS(STR(?class), STR(dkg:)) && ?class NOT IN (dkg:AdministrativeDivision, dkg:DevelopmentZone))
}} ORDER BY ?thing"""
_LIKE = """
SELECT DISTINCT ?name WHERE {{
    ?thing skos:prefLabel|skos:altLabel ?name ; a ?class . FILTER(STRSTARTS(STR(?class), STR(dkg:)))
    FILTER(CONTAINS(STR(?name), {wanted}) || CONTAINS({wanted}, STR(?name)))
}} ORDER BY STRLEN(STR(?name)) ?name LIMIT 5"""
_DECISIONS = """
SELECT ?verdict ?rule ?decision ?form ?other ?source ?begin ?end WHERE {{
    ?decision dkg:decided {wanted} ; a ?verdict ; dkg:rule ?rule ; dkg:form ?form . FILTER(?verdict != dkg:Decision)
    OPTIONAL {{ ?decision dkg:apartFrom/skos:prefLabel ?other }}
    OPTIONAL {{
        ?decision dkg:seenAt ?place . ?place nif:beginIndex ?begin ; nif:endIndex ?end ; nif:referenceContext/dcterms:source ?source
    }}
}} ORDER BY ?verdict ?rule ?decision ?form ?other ?source ?begin"""


def account(store: Store, name: str, lang: str = "zh") -> Iterator[Section]:
    """For each thing of the graph that bears ``name``: its names with the reason for each, and what it is kept apart from and why."""
    terms = labels(lang)
    for iri, label, kind in _ask(store, _THINGS, str(Literal(name, language="zh"))):
        yield Section("entity", (), ((f"{label} ({terms[kind.rpartition('#')[2]]}) <{iri}>",),))
        found = _ask(store, _DECISIONS, f"<{iri}>")
        for verdict, rows in groupby(found, key=lambda row: row[0].rpartition("#")[2]):
            merges = verdict == "Merge"
            columns = ("names", "reason", "places") if merges else ("names", "apart", "reason", "places")
            yield Section("merges" if merges else "refusals", columns, tuple(_rows(list(rows), merges, lang)))


def alike(store: Store, name: str) -> tuple[str, ...]:
    """A few names of the graph that contain ``name`` or that it contains."""
    return tuple(row[0] for row in _ask(store, _LIKE, str(Literal(name))))


def _rows(found: Sequence[Row], merges: bool, lang: str) -> Iterator[Row]:
    """One row a decision."""
    for _, group in groupby(found, key=lambda row: row[2]):
        rows = list(group)
        forms, others = (" · ".join(dict.fromkeys(row[at] for row in rows if row[at])) for at in (3, 4))
        places = " · ".join(dict.fromkeys(f"{source} {begin}–{end}" for *_, source, begin, end in rows if source))
        reason = message(f"identity-{rows[0][1]}", lang)
        yield (forms, reason, places) if merges else (forms, others, reason, places)


def _ask(store: Store, query: str, wanted: str) -> list[Row]:
    answer = store.query(query.format(wanted=wanted), prefixes=_PREFIXES)
    assert isinstance(answer, QuerySolutions)
    return [tuple(getattr(value, "value", "") for value in solution) for solution in answer]
