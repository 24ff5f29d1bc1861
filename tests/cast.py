"""Invented sentences as linked documents: the names of a small cast are found by their letters."""

from kg.facts.entity import Entity, Link, LinkedDocument, LinkedSentence
from kg.language.period import periods
from kg.language.quantity import quantities
from kg.names.mention import Mention
from kg.text.document import Document, Metadata
from kg.text.sentence import Sentence, Span

HOME = "青河区"
PUBLISHED = "2024-08-06"
CAST = {
    "District": ("青河区", "江州市", "临江区", "东湖区", "江北区", "雨湖区", "岳塘区", "青河经济开发区", "江南省"),
    "Enterprise": ("云帆机械", "江北公司", "东风公司", "绿源食品"),
    "Organization": ("青河区发改局", "江北日报", "江州大学"),
    "Project": ("智能传动产业园项目", "江北机械产业园项目", "智能工厂项目", "江北项目", "滨江学校项目"),
    "Place": ("临江数字港", "东风广场", "江湾公园"),
    "Programme": ("“五个提升”行动", "“三进”计划"),
    "Industry": ("轨道交通装备", "新材料"),
    "Person": ("王平",),
    "Event": ("青河茶博会",),
}
"""Every name with its type."""
STAND_INS = {
    "全区": HOME,
    "我区": HOME,
    "全市": "江州市",
    "全省": "江南省",
    "该公司": "云帆机械",
    "该项目": "智能传动产业园项目",
    "本次大会": "青河茶博会",
}


def linked(text: str, published: str | None = PUBLISHED, given: str | None = HOME) -> LinkedDocument:
    """A document of one paragraph a line and one sentence a full stop; ``given``: the district whose report it is said to be."""
    entities = {name: Entity(name, kind, name) for kind, names in CAST.items() for name in names}
    document = Document("0" * 16, "test", text, Metadata(published=published, home=given))
    return LinkedDocument(
        document, HOME, entities, tuple(_linked(s, entities, published) for s in _sentences(document)), reports=given is not None
    )


def _sentences(document: Document) -> list[Sentence]:
    found: list[Sentence] = []
    begin, paragraph = 0, 0
    for end, character in enumerate(document.text, 1):
        if character in "。\n" or end == len(document.text):
            if text := document.text[begin:end].rstrip("\n"):
                found.append(Sentence(document.id, len(found), text, (Span(begin, begin + len(text)),), paragraph=paragraph))
            begin = end
            paragraph += character == "\n"
    return found


def _linked(sentence: Sentence, entities: dict[str, Entity], published: str | None) -> LinkedSentence:
    links: list[Link] = []
    for name, key in sorted([*((n, n) for n in entities), *STAND_INS.items()], key=lambda pair: (-len(pair[0]), pair)):
        begin = sentence.text.find(name)
        while begin >= 0:
            mention = Mention(begin, begin + len(name), entities[key].type, name, "test")
            if not any(begin < k.mention.end and k.mention.begin < mention.end for k in links):
                links.append(Link(mention, key, anaphor=name in STAND_INS))
            begin = sentence.text.find(name, begin + 1)
    links.sort(key=lambda k: k.mention.begin)
    return LinkedSentence(sentence, tuple(links), quantities(sentence.text), periods(sentence.text, published))
