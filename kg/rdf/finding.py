"""Findings of an audit as RDF: what is between figures, and what results say of their targets."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from rdflib import RDF, XSD

from kg.audit.audit import Audit
from kg.audit.discrepancy import Discrepancy, Outcome
from kg.rdf.minting import Mint, digest
from kg.rdf.triple import Block, Names, Said, literal
from kg.vocabulary import DKG, SCHEMA

_rdf, _dkg, _schema, _xsd = map(Names, (RDF, DKG, SCHEMA, XSD))


def discrepant(found: Audit, mint: Mint) -> Iterator[Block]:
    """What is between figures; no document alone says it."""
    nodes = {mint.name("discrepancy", digest(one.kind, *_involved(one, mint))): one for one in found.discrepancies}
    for node, one in nodes.items():
        pairs = (
            (_rdf.type, _dkg.Discrepancy),
            (_dkg.discrepancyKind, _dkg[one.kind]),
            *((_dkg.involves, figure) for figure in _involved(one, mint)),
            (_dkg.statedValue, _plain(one.stated)),
            (_dkg.expectedValue, _plain(one.expected)),
            (_dkg.difference, _plain(one.difference)),
            (_dkg.relativeDifference, _plain(one.relative)),
            (_schema.description, literal(one.zh, "zh")),
            (_schema.description, literal(one.en, "en")),
        )
        yield Block(node, dict.fromkeys(pairs, ()))


def reached(found: Audit, mint: Mint) -> Iterator[Block]:
    """What results say of the targets that they were to reach, each as its document has it; of a figure no more than that."""
    said: defaultdict[str, Said] = defaultdict(dict)
    for outcome in found.outcomes:
        document = mint.document(outcome.actual.evidence.document)
        said[mint.figure(outcome.actual)].update(dict.fromkeys(_outcome(outcome, mint), (document,)))
    yield from (Block(node, pairs) for node, pairs in said.items())


def _outcome(outcome: Outcome, mint: Mint) -> Iterator[tuple[str, str]]:
    target = mint.figure(outcome.target)
    yield _dkg.outcomeOf, target
    if outcome.met is not None:
        yield _dkg.meets if outcome.met else _dkg.fallsShortOf, target


def _involved(discrepancy: Discrepancy, mint: Mint) -> list[str]:
    return sorted({mint.figure(figure) for figure in discrepancy.figures})


def _plain(value: Decimal) -> str:
    """The literal of a number that was worked out: six digits behind the point, as many as it takes of them."""
    text = f"{value:.6f}".rstrip("0")
    return literal(f"{text}0" if text.endswith(".") else text, datatype=_xsd.decimal)
