"""What sets two graphs apart: a table of changes to the sample, each with what must be said of it and nothing else."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal
from sample import CAR, DOCUMENT, ENTITIES, FACTS, FIGURES, FIRM, RELATIONS

from kg.export.diff import Change, Difference, FieldChange, diff
from kg.facts.figure import Figure, Measure, Status
from kg.facts.knowledge import Facts
from kg.rdf.graph import build_graph
from kg.text.document import Metadata
from kg.text.sentence import Evidence
from kg.vocabulary import DKG

ADDED, CHANGED, WITHDRAWN = Change
GRAPH = build_graph(FACTS)
OUTPUT = ("青河区", "规模以上工业总产值", "2024-01/2024-06", "level")
SUPPLIES = next(r for r in RELATIONS if r.predicate == "supplies")
OTHER = replace(DOCUMENT, id="f" * 16, source="other.txt", metadata=Metadata("另一篇"))


def _with(**parts: object) -> Facts:
    return replace(FACTS, **parts)  # type: ignore[arg-type]


def _figures(number: int, **changes: object) -> Facts:
    figures: list[Figure] = list(FIGURES)
    figures[number] = replace(figures[number], **changes)  # type: ignore[arg-type]
    return _with(figures=tuple(figures))


def _entity(number: int, **changes: object) -> Facts:
    entities = list(ENTITIES)
    entities[number] = replace(entities[number], **changes)  # type: ignore[arg-type]
    return _with(entities=tuple(entities))


TWO = replace(FIGURES[0], value=Decimal("88"), raw="88亿元", evidence=Evidence(OTHER.id, FIGURES[0].evidence.spans))
"""Another document's number of the same thing."""
OF_TWO = _with(documents=(DOCUMENT, OTHER), figures=(*FIGURES, TWO))
CASES: dict[str, tuple[Facts, Facts, list[Difference]]] = {
    "nothing": (FACTS, FACTS, []),
    "the order of the facts": (FACTS, _with(entities=ENTITIES[::-1], relations=RELATIONS[::-1], figures=FIGURES[::-1]), []),
    "a value": (
        FACTS,
        _figures(0, value=Decimal("87.10"), raw="87.10亿元"),
        [Difference(CHANGED, "figure", (*OUTPUT, "87.10亿元"), (FieldChange("value", "86.50", "87.10"),))],
    ),
    "a fall, which has a sign": (
        FACTS,
        _with(figures=(*FIGURES, replace(FIGURES[0], value=Decimal("-3"), unit="%", raw="3%", measure=Measure.GROWTH, period="2023"))),
        [Difference(ADDED, "figure", ("青河区", "规模以上工业总产值", "2023", "growth", "-3%"))],
    ),
    "a status": (
        FACTS,
        _figures(4, status=Status.ACTUAL),
        [Difference(CHANGED, "figure", ("青河区", "高新技术企业", "2024", "level", "150户"), (FieldChange("status", "target", "actual"),))],
    ),
    "another period is another figure": (
        FACTS,
        _figures(5, period="2023"),
        [
            Difference(WITHDRAWN, "figure", ("智能传动产业园项目", "总投资", "", "level", "12亿元")),
            Difference(ADDED, "figure", ("智能传动产业园项目", "总投资", "2023", "level", "12亿元")),
        ],
    ),
    "a second document": (
        FACTS,
        OF_TWO,
        [Difference(ADDED, "document", ("另一篇",)), Difference(ADDED, "figure", (*OUTPUT, "88亿元"))],
    ),
    "a document taken out": (
        OF_TWO,
        FACTS,
        [Difference(WITHDRAWN, "document", ("另一篇",)), Difference(WITHDRAWN, "figure", (*OUTPUT, "88亿元"))],
    ),
    "an entity": (
        FACTS,
        _with(entities=(*ENTITIES, replace(ENTITIES[4], key="Enterprise/新", name="新星公司"))),
        [
            Difference(ADDED, "entity", ("Enterprise", "新星公司")),
        ],
    ),
    "an alias": (
        FACTS,
        _entity(3, aliases=("云帆",)),
        [Difference(CHANGED, "entity", ("Enterprise", "江州青河云帆机械有限公司"), (FieldChange("aliases", "云帆机械", "云帆"),))],
    ),
    "a code": (
        FACTS,
        _entity(1, code="999900"),
        [Difference(CHANGED, "entity", ("District", "江州市"), (FieldChange("code", "", "999900"),))],
    ),
    "a relation": (
        FACTS,
        _with(relations=(*RELATIONS, replace(SUPPLIES, subject=CAR, object=FIRM))),
        [Difference(ADDED, "relation", ("宏远汽车", "supplies", "江州青河云帆机械有限公司"))],
    ),
    "a relation to a text": (
        FACTS,
        _with(relations=tuple(r for r in RELATIONS if r.predicate != "recognisedAs")),
        [Difference(WITHDRAWN, "relation", ("江州青河云帆机械有限公司", "recognisedAs", "国家级绿色工厂"))],
    ),
    "a post": (
        FACTS,
        _with(relations=tuple(replace(r, role="总经理") if r.role == "董事长" else r for r in RELATIONS)),
        [Difference(CHANGED, "relation", ("周明远", "holdsPosition", "宏远汽车"), (FieldChange("role", "董事长", "总经理"),))],
    ),
    "other words of the text": (
        FACTS,
        _with(relations=tuple(replace(r, evidence=RELATIONS[0].evidence) if r == SUPPLIES else r for r in RELATIONS)),
        [
            Difference(
                CHANGED,
                "relation",
                ("江州青河云帆机械有限公司", "supplies", "宏远汽车"),
                (FieldChange("quote", "为宏远汽车配套", "江州市青河区"),),
            )
        ],
    ),
    "a title": (
        FACTS,
        _with(documents=(replace(DOCUMENT, metadata=replace(DOCUMENT.metadata, title="新标题")),)),
        [Difference(CHANGED, "document", ("新标题",), (FieldChange("title", "青河区工业经济稳中有进", "新标题"),))],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_changed_is_said_and_nothing_else(name: str) -> None:
    old, new, expected = CASES[name]
    found = diff(build_graph(old), build_graph(new))
    assert list(found.differences) == expected
    assert found.same == (not expected)


@pytest.mark.parametrize("name", CASES)
def test_backwards_it_is_the_opposite(name: str) -> None:
    old, new, expected = CASES[name]
    found = diff(build_graph(new), build_graph(old))
    opposite = {ADDED: WITHDRAWN, WITHDRAWN: ADDED, CHANGED: CHANGED}
    assert sorted(d.change for d in found.differences) == sorted(opposite[d.change] for d in expected)
    changes = [(f.name, f.new, f.old) for d in found.differences for f in d.fields]
    assert changes == [(f.name, f.old, f.new) for d in expected for f in d.fields]


def test_a_detail_that_no_words_tell_is_a_difference_yet() -> None:
    detailed = Graph()
    for triple in GRAPH:
        detailed.add(triple)
    detailed.add((next(GRAPH.subjects(DKG.rule)), DKG.rule, Literal("another")))
    found = diff(GRAPH, detailed)
    assert (found.same, found.differences, found.added, found.withdrawn) == (False, (), 1, 0)


def test_of_several_figures_of_one_thing_only_the_one_that_changed_is_named() -> None:
    later = replace(OF_TWO, figures=(*FIGURES, replace(TWO, value=Decimal("89"), raw="89亿元")))
    found = diff(build_graph(OF_TWO), build_graph(later))
    assert [(d.change, d.fields) for d in found.differences] == [(CHANGED, (FieldChange("value", "88", "89"),))]


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, len(RELATIONS) - 1)), st.sets(st.integers(0, len(FIGURES) - 1)))
def test_everything_left_out_is_named_once(relations: set[int], figures: set[int]) -> None:
    fewer = _with(
        relations=tuple(r for i, r in enumerate(RELATIONS) if i not in relations),
        figures=tuple(f for i, f in enumerate(FIGURES) if i not in figures),
    )
    left = {(r.subject, r.predicate, r.object) for r in fewer.relations}
    gone = {(r.subject, r.predicate, r.object) for r in RELATIONS} - left
    found = [d for d in diff(GRAPH, build_graph(fewer)).differences if d.change == WITHDRAWN]
    assert sum(d.kind == "relation" for d in found) == len(gone)
    assert sum(d.kind == "figure" for d in found) == len(figures)


def test_two_empty_graphs_are_the_same() -> None:
    assert diff(Graph(), Graph()).same
