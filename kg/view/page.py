"""View: the graph as one HTML page that works offline, by double-click.

pyvis builds nodes, edges and options; its own page is not used, for that links to other servers and is written in the
encoding of the day. Data travels as JSON in a script block that never runs, and the page's script shows it as text only:
no text of a document can become markup.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.resources import files
from itertools import chain
from math import isqrt
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from kg.audit.audit import audit
from kg.export.formats import whole
from kg.facts.entity import Entity
from kg.facts.knowledge import Facts
from kg.facts.relation import Relation
from kg.view.community import communities
from kg.view.layout import degrees, heads_of, positions
from kg.view.packing import Strings, packed_audit, packed_document, packed_figures, packed_indicators, packed_relations, packed_things
from kg.view.pinyin import readings
from kg.view.territory import territories

_SCRIPTS = (
    "words.js",
    "facts.js",
    "filters.js",
    "find.js",
    "quotes.js",
    "overview.js",
    "shapes.js",
    "labels.js",
    "network.js",
    "keys.js",
    "picture.js",
    "charts.js",
    "panel.js",
    "path.js",
    "tables.js",
    "state.js",
    "page.js",
)
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
_LIVE = re.compile("[<>&\u2028\u2029]")
"""What could end a script block or a line of script."""
_HERE = "\0"
"""Where in the page the data goes."""


def write_page(facts: Facts, path: Path) -> None:
    """Write the page to ``path``; nobody ever sees half of it."""
    whole(path, _pieces(facts))


def page(facts: Facts) -> str:
    """The whole page as text: the same facts, in any order, give the same page."""
    return "".join(_pieces(facts))


def _pieces(facts: Facts) -> Iterator[str]:
    style = _part("style.css")
    scripts = (vis_network(), "\n".join(_part(name) for name in _SCRIPTS))
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    frame = environment.from_string(_part("template.html")).render(
        style=style, style_hash=_digest(style), scripts=scripts, script_hashes=[_digest(s) for s in scripts], data=_HERE
    )
    before, _, behind = frame.partition(_HERE)
    yield before
    for number, (name, value) in enumerate(_data(facts)):
        yield f"{',' if number else '{'}{_json(name)}:"
        yield from _list(value) if isinstance(value, Iterator) else (_json(value),)
    yield "}"
    yield behind


def _list(values: Iterator[object]) -> Iterator[str]:
    yield "["
    yield from (f"{',' if number else ''}{_json(value)}" for number, value in enumerate(values))
    yield "]"


def _json(value: object) -> str:
    return _LIVE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _part(name: str) -> str:
    return (files("kg") / "view" / name).read_text(encoding="utf-8")


def vis_network() -> str:
    """The vis-network library out of pyvis' package, without the link to its source map."""
    library = files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return library.read_text(encoding="utf-8").partition("//# sourceMappingURL")[0]


def _digest(text: str) -> str:
    """The hash by which the page's security policy knows its own script and style."""
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def _data(facts: Facts) -> Iterator[tuple[str, object]]:
    """Everything the page shows, made part by part; things, documents and repeated texts go by their number."""
    entities, documents = facts.entities, facts.documents
    parts = communities(entities, facts.relations)
    places = positions(entities, facts.relations, parts)
    things = {entity.key: number for number, entity in enumerate(entities)}
    texts = {document.id: number for number, document in enumerate(documents)}
    yield "words", {language: json.loads(_part(f"{language}.json")) for language in _LANGUAGES}
    yield "shapes", _SHAPES
    yield "documents", map(packed_document, documents)
    strings = Strings()
    yield "things", packed_things(entities, list(_SHAPES)) | _nodes(entities, facts.relations, places)
    yield "edges", _edges(facts.relations, things)
    yield "communities", [[things[key] for key in part] for part in parts]
    grounds = {} if parts else territories(places, heads_of(facts.relations))
    yield "territories", [[things[key], *([n for point in line for n in point] for line in lines)] for key, lines in grounds.items()]
    yield "relations", packed_relations(facts.relations, things, texts, strings)
    yield "figures", packed_figures(facts.figures, things, texts, strings)
    yield "indicators", packed_indicators(facts.figures)
    yield from packed_audit(audit(facts.documents, facts.entities, facts.figures), facts.figures).items()
    yield "strings", strings.table()
    names = (name for entity in entities for name in (entity.name, *entity.aliases))
    yield "pinyin", readings(chain(names, (figure.indicator for figure in facts.figures)))
    network = Network()
    network.set_options(_part("options.json"))
    yield "options", json.loads(network.get_network_data()[-1])


def _nodes(entities: Iterable[Entity], relations: Iterable[Relation], places: Mapping[str, tuple[int, int]]) -> dict[str, list[int]]:
    """Where the things stand, and how large, as pyvis has it, in columns: a node of its own for each takes more than the thing itself."""
    count = degrees(relations)
    columns: dict[str, list[int]] = {"x": [], "y": [], "size": []}
    for number, entity in enumerate(entities):
        x, y = places[entity.key]
        size = 13 + min(isqrt(9 * count.get(entity.key, 0)), 36)
        node = Node(number, _SHAPES[entity.type], None, group=entity.type, size=size, x=x, y=y).options
        for name, column in columns.items():
            column.append(node[name])
    return columns


def _edges(relations: Iterable[Relation], things: Mapping[str, int]) -> list[int]:
    """The ends of all lines, one after the other."""
    pairs = sorted({(things[r.subject], things[r.object]) for r in relations if not r.literal})
    edges = (Edge(source, target).options for source, target in pairs)
    return [end for edge in edges for end in (edge["from"], edge["to"])]
