"""View: the graph as one HTML page that works offline, by double-click.

pyvis builds nodes, edges and options; its own page is not used, for that links to other servers and is written in the
encoding of the day. Data travels as JSON in a script block that never runs, and the page's script shows it as text only:
no text of a document can become markup.
"""

import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files
from math import isqrt
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from kg.document import Document
from kg.entity import Entity
from kg.figure import Figure
from kg.graph import Facts
from kg.layout import degrees, positions
from kg.relation import Relation
from kg.sentence import Evidence

_SCRIPTS = ("words.js", "facts.js", "labels.js", "network.js", "panel.js", "tables.js", "page.js")
"""The page's script, in the order in which its parts build on each other."""
_LANGUAGES = ("zh", "en")
_SHAPES = {
    "District": "square",
    "Enterprise": "dot",
    "Project": "triangle",
    "Programme": "diamond",
    "Industry": "hexagon",
    "Organization": "triangleDown",
    "Place": "square",
    "Event": "star",
    "Person": "dot",
}
"""The shape of each class, in the legend's order; where two share one, the style tells them apart."""
_INERT = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
"""What could end a script block or a line of script, as JSON escapes."""

Json = dict[str, Any]


def write_page(facts: Facts, path: Path) -> None:
    """Write the page to ``path``; nobody ever sees half of it."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(page(facts).encode("utf-8"))
    beside.replace(path)


def page(facts: Facts) -> str:
    """The whole page as text: the same facts, in any order, give the same page."""
    style = _part("style.css")
    scripts = (_vis(), "\n".join(_part(name) for name in _SCRIPTS))
    data = json.dumps(_data(facts), ensure_ascii=False, separators=(",", ":")).translate(_INERT)
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(_part("template.html")).render(
        style=style, style_hash=_digest(style), scripts=scripts, script_hashes=[_digest(s) for s in scripts], data=data
    )


def _part(name: str) -> str:
    return (files("kg") / "view" / name).read_text(encoding="utf-8")


def _vis() -> str:
    """The vis-network library out of pyvis' package, without the link to its source map."""
    library = files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return library.read_text(encoding="utf-8").partition("//# sourceMappingURL")[0]


def _digest(text: str) -> str:
    """The hash by which the page's security policy knows its own script and style."""
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def _data(facts: Facts) -> Json:
    """Everything the page shows; things and documents go by their number."""
    entities = sorted(facts.entities, key=lambda e: e.key)
    documents = sorted(facts.documents, key=lambda d: d.id)
    things = {entity.key: number for number, entity in enumerate(entities)}
    texts = {document.id: number for number, document in enumerate(documents)}
    nodes, edges, _, _, _, options = _network(entities, facts.relations).get_network_data()
    return {
        "words": {language: json.loads(_part(f"{language}.json")) for language in _LANGUAGES},
        "shapes": _SHAPES,
        "documents": [_document(document) for document in documents],
        "things": [_sparse(key=e.key, type=e.type, name=e.name, aliases=e.aliases, subtype=e.subtype, code=e.code) for e in entities],
        "relations": _relations(facts.relations, things, texts),
        "figures": _figures(facts.figures, things, texts),
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
    }


def _network(entities: Iterable[Entity], relations: Iterable[Relation]) -> Network:
    """The network of pyvis, its lists filled here: its add_node and add_edge search all earlier ones every time."""
    network = Network()
    network.set_options(_part("options.json"))
    places, count = positions(entities, relations), degrees(relations)
    number: dict[str, int] = {}
    for entity in entities:
        number[entity.key] = len(number)
        x, y = places[entity.key]
        size = 9 + min(isqrt(8 * count.get(entity.key, 0)), 36)
        node = Node(number[entity.key], _SHAPES[entity.type], None, group=entity.type, size=size, x=x, y=y)
        network.nodes.append(node.options)
    pairs = {(number[r.subject], number[r.object]) for r in relations if not r.literal}
    network.edges.extend(Edge(source, target, id=i).options for i, (source, target) in enumerate(sorted(pairs)))
    return network


def _document(document: Document) -> Json:
    known = document.metadata
    return _sparse(
        source=document.source,
        title=known.title,
        publisher=known.publisher,
        date=known.published,
        inferred=known.published_inferred,
        text=document.text,
    )


def _relations(relations: Iterable[Relation], things: dict[str, int], texts: dict[str, int]) -> list[Json]:
    """Each relation once, with all its evidence."""
    found: dict[tuple[str, str, str, bool, str], list[Evidence]] = defaultdict(list)
    for r in relations:
        found[r.subject, r.predicate, r.object, r.literal, r.role or ""].append(r.evidence)
    return [
        _sparse(
            s=things[subject],
            p=predicate,
            o=None if literal else things[target],
            text=target if literal else None,
            role=role,
            evidence=_evidence(evidence, texts),
        )
        for (subject, predicate, target, literal, role), evidence in sorted(found.items())
    ]


def _figures(figures: Iterable[Figure], things: dict[str, int], texts: dict[str, int]) -> list[Json]:
    """Each figure once, with all its evidence."""
    found: dict[tuple[str, ...], list[Evidence]] = defaultdict(list)
    for f in figures:
        value = format(f.value, "f")
        found[f.about, f.indicator, f.period or "", f.measure, f.status, value, f.unit, f.bound, f.scope or ""] += (f.evidence, *f.further)
    names = ("about", "indicator", "period", "measure", "status", "value", "unit", "bound", "scope")
    return [
        _sparse(**dict(zip(names, (things[fields[0]], *fields[1:]), strict=True)), evidence=_evidence(evidence, texts))
        for fields, evidence in sorted(found.items())
    ]


def _evidence(evidence: Iterable[Evidence], texts: dict[str, int]) -> list[list[int]]:
    """Each as document, begin, end, begin, end, …"""
    return [[texts[e.document], *(at for span in e.spans for at in (span.begin, span.end))] for e in sorted(set(evidence))]


def _sparse(**fields: Any) -> Json:
    """A record without its empty fields; the page takes absent for empty."""
    return {name: value for name, value in fields.items() if value is not None and value is not False and value not in ("", ())}
