"""Ways to break a graph, one for each constraint of its shapes: every constraint gets a node of its own that is broken in just this way."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import Namespace
from rdflib.term import Node

from kg.vocabulary import DKG, QUDT

BROKEN = Namespace("https://example.org/broken/")
_SHAPE = Namespace("https://w3id.org/district-kg/shapes#")
NONE = BROKEN.none
_SAYS_NOTHING = {
    RDF.type,
    SH.path,
    SH.message,
    SH.property,
    SH.targetClass,
    SH.targetSubjectsOf,
    SH.ignoredProperties,
    SH.qualifiedValueShape,
}
"""What a shape says that is no constraint."""
_COMPARES = (SH.disjoint, SH.lessThan, SH.lessThanOrEquals)


@dataclass(frozen=True)
class Constraint:
    """One thing that a shape asks for."""

    shape: Node
    body: Node
    """The shape itself, or one of its properties."""
    kind: URIRef
    """As ``sh:minCount``."""
    value: Node

    @property
    def component(self) -> URIRef:
        """As reports of violations call it."""
        name = str(self.kind).rpartition("#")[2]
        return SH[f"{name[0].upper()}{name[1:]}ConstraintComponent"]


def constraints(shapes: Graph) -> tuple[Constraint, ...]:
    """All constraints of ``shapes``; what is within an sh:or is part of that."""
    return tuple(
        Constraint(shape, body, URIRef(str(kind)), value)
        for shape in sorted({*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}, key=str)
        for body in (shape, *shapes.objects(shape, SH.property))
        for kind, value in shapes.predicate_objects(body)
        if kind not in _SAYS_NOTHING
    )


class Breaker:
    """Breaks copies of the nodes of a graph that keeps the contract."""

    def __init__(self, shapes: Graph, sample: Graph) -> None:
        self._shapes, self._sample = shapes, sample

    def broken(self, constraint: Constraint, node: Node) -> Iterator[tuple[Node, Node, Node]]:
        """Triples that make ``node`` one that breaks the constraint.

        Raises KeyError where there is no way to break constraints of its kind.
        """
        if constraint.shape == constraint.body:
            return self._at_node(constraint, node)
        path = self._path(constraint)
        known = self._known(constraint, path[0])
        values = self._values(constraint, known)
        if len(path) == 1:
            return iter([*self._copy(constraint, node, path[0], values), *self._beside(constraint, node, known)])
        between = URIRef(f"{node}/between")
        return iter([*self._copy(constraint, node, path[0], [between]), *((between, path[1], value) for value in values)])

    def _at_node(self, constraint: Constraint, node: Node) -> Iterator[tuple[Node, Node, Node]]:
        special: dict[Node, dict[URIRef, list[Node]]] = {
            _SHAPE.FigurePeriod: {DKG.periodEnd: []},
            _SHAPE.FigureNormalized: {QUDT.hasUnit: []},
            _SHAPE.FigureScope: {DKG.scope: [Literal("x", lang="zh")], DKG.measure: [DKG.level]},
            _SHAPE.FigureRank: {DKG.measure: [DKG.rank], DKG.value: [Literal(Decimal(0))]},
            _SHAPE.FigureUnit: {DKG.measure: [DKG.growth], QUDT.hasUnit: [NONE]},
            _SHAPE.FigureGrowth: {DKG.measure: [DKG.level], DKG.growthOf: [NONE]},
        }
        ways: dict[URIRef, Callable[[], dict[URIRef, list[Node]]]] = {
            SH.closed: lambda: {NONE: [NONE]},
            SH.nodeKind: dict,
            SH.pattern: dict,
            SH["class"]: dict,
            SH["or"]: lambda: special.get(constraint.shape, {}),
            SH.xone: dict,
        }
        new = ways[constraint.kind]()
        whole = constraint.shape in special or constraint.kind == SH.closed
        said = self._said(constraint) if whole else [(self._target(constraint), self._targeted(constraint))]
        yield from ((node, predicate, value) for predicate, value in said if predicate not in new)
        yield from ((node, predicate, value) for predicate, values in new.items() for value in values)

    def _values(self, constraint: Constraint, known: Iterable[Node]) -> list[Node]:
        """What stands at the end of the path instead of what is known to stand there."""
        more = [Literal(f"{number}") for number in range(9)]
        members = constraint.kind in (SH.qualifiedMinCount, SH.qualifiedMaxCount) and self._qualified(constraint)
        ways: dict[URIRef, Callable[[], list[Node]]] = {
            SH.minCount: list,
            SH.maxCount: lambda: [*more],
            SH.nodeKind: lambda: [Literal("x")],
            SH.datatype: lambda: [Literal("x", datatype=NONE)],
            SH.languageIn: lambda: [Literal("x", lang="fr")],
            SH.uniqueLang: lambda: [Literal("x", lang="zh"), Literal("y", lang="zh")],
            SH.minLength: lambda: [Literal("", lang="zh")],
            SH.minInclusive: lambda: [Literal(Decimal(-1))],
            SH.pattern: lambda: [Literal("?")],
            SH["in"]: lambda: [NONE],
            SH["class"]: lambda: [NONE],
            SH["or"]: lambda: [NONE],
            SH.hasValue: lambda: [NONE],
            SH.disjoint: lambda: [Literal("x", lang="zh")],
            SH.lessThan: lambda: self._known(constraint, constraint.value),
            SH.lessThanOrEquals: lambda: self._known(constraint, constraint.value),
            SH.qualifiedMinCount: lambda: [value for value in known if value not in (members or ())],
            SH.qualifiedMaxCount: lambda: [*{*known, *(members or ())}],
        }
        return ways[constraint.kind]()

    def _beside(self, constraint: Constraint, node: Node, known: list[Node]) -> Iterator[tuple[Node, Node, Node]]:
        """What the other property of a comparison has: the very same, or what should be less."""
        if constraint.kind == SH.disjoint:
            yield node, constraint.value, Literal("x", lang="zh")
        if constraint.kind in (SH.lessThan, SH.lessThanOrEquals):
            yield from ((node, constraint.value, value) for value in known)

    def _copy(self, constraint: Constraint, node: Node, path: Node, values: Iterable[Node]) -> Iterator[tuple[Node, Node, Node]]:
        """A target with other values at the end of the path."""
        target = (self._target(constraint), self._targeted(constraint))
        other = constraint.value if constraint.kind in _COMPARES else None
        for predicate, value in {*self._said(constraint), target}:
            if predicate not in (path, other) or ((predicate, value) == target and predicate == RDF.type):
                yield node, predicate, value
        yield from ((node, path, value) for value in values)

    def _said(self, constraint: Constraint) -> list[tuple[Node, Node]]:
        """All that is said of a target in the sample: of one that has what the constraint speaks of, where there is one."""
        speaks = {*self._path(constraint)[:1], *([constraint.value] if constraint.kind in _COMPARES else [])}

        def worth(node: Node) -> tuple[int, int, str]:
            return len(speaks & {*self._sample.predicates(node)}), self._spread(node, speaks), str(node)

        return [*self._sample.predicate_objects(max(self._targets(constraint), key=worth))]

    def _spread(self, node: Node, predicates: Iterable[Node]) -> int:
        """How many different values: what is compared must differ."""
        return len({value for predicate in predicates for value in self._sample.objects(node, predicate)})

    def _targets(self, constraint: Constraint) -> set[Node]:
        predicate, value = self._target(constraint), self._targeted(constraint)
        return {*(self._sample.subjects(RDF.type, value) if predicate == RDF.type else self._sample.subjects(predicate))}

    def _target(self, constraint: Constraint) -> Node:
        """The predicate that makes a node a target."""
        return min(
            (p for p in self._shapes.objects(constraint.shape, SH.targetSubjectsOf) if (None, p, None) in self._sample),
            key=str,
            default=RDF.type,
        )

    def _targeted(self, constraint: Constraint) -> Node:
        """Its value."""
        predicate = self._target(constraint)
        if predicate == RDF.type:
            return min((c for c in self._shapes.objects(constraint.shape, SH.targetClass) if (None, RDF.type, c) in self._sample), key=str)
        return min(self._sample.objects(None, predicate), key=str)

    def _known(self, constraint: Constraint, predicate: Node) -> list[Node]:
        return [value for said, value in self._said(constraint) if said == predicate]

    def _path(self, constraint: Constraint) -> list[Node]:
        path = self._shapes.value(constraint.body, SH.path)
        steps = [*Collection(self._shapes, path)] if path else []
        return steps or ([path] if path else [])

    def _qualified(self, constraint: Constraint) -> list[Node]:
        """The values that are counted."""
        shape = self._shapes.value(constraint.body, SH.qualifiedValueShape)
        return [value for members in self._shapes.objects(shape, SH["in"]) for value in Collection(self._shapes, members)]
