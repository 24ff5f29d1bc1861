"""Industries: who works in them, and which districts and projects they are of."""

from collections.abc import Iterator

from kg.facts.agent import company
from kg.facts.entity import Link, LinkedDocument, LinkedSentence
from kg.facts.relation import Relation
from kg.language.lexicon import words, wordset
from kg.language.rules import Rule, load, pattern
from kg.names.district import country_key
from kg.names.industry import industry_stem
from kg.text.genre import tells_of_public_life

_NEAR = 16
"""Characters behind an industry that may still tell what a firm has to do with it."""
_AGAIN, _OF_AGAIN = "document.again", "industry.kind_of_firms"
"""The rule of names known from elsewhere in the document, and by which one they are read: they tell only what the firm beside them is."""
_SPOKEN_FOR = frozenset({"Enterprise", "Organization", "District"})
"""Classes of those in whose name people speak, or who act by themselves."""


def industry_relations(document: LinkedDocument) -> tuple[Relation, ...]:
    """inIndustry: what the sentences say, and what the names of projects and zones tell (聚醚醚酮产业园)."""
    industries = {industry_stem(form): key for key, e in document.entities.items() if e.type == "Industry" for form in (e.name, *e.aliases)}
    found: dict[Relation, None] = {}
    paragraph: list[LinkedSentence] = []
    for item in document.sentences:
        if paragraph and paragraph[0].sentence.paragraph != item.sentence.paragraph:
            paragraph = []
        paragraph.append(item)
        found.update(dict.fromkeys((*_stated(document, paragraph), *_named(industries, item))))
    return tuple(found)


def _stated(document: LinkedDocument, paragraph: list[LinkedSentence]) -> Iterator[Relation]:
    """The relations of the last sentence of ``paragraph``."""
    rules = {rule.name: rule for rule in load("industry")}
    sentence = paragraph[-1].sentence
    for link in paragraph[-1].links:
        rule = rules.get(_OF_AGAIN if link.mention.rule == _AGAIN else link.mention.rule)
        if rule is None or link.mention.type != "Industry":
            continue
        only, firm = rule.output == "beside", _beside(paragraph[-1], link)
        firm = firm or (None if only else _firm(paragraph[-1], link, rule))
        others = [] if firm or only else _owners(document, paragraph, link, rule)
        subjects = [one.key for one in company(paragraph[-1], firm)] if firm else others
        places = [(x.mention.begin, x.mention.end) for x in (firm, link) if x]
        evidence = sentence.evidence(min(begin for begin, _ in places), max(end for _, end in places))
        for subject in subjects:
            yield Relation(subject, "inIndustry", link.key, evidence, rule.name)


def _owners(document: LinkedDocument, paragraph: list[LinkedSentence], link: Link, rule: Rule) -> list[str]:
    """Whose the industry is, where the sentence names no firm: by the rule, the firm that the sentence before speaks of, or areas."""
    if rule.output != "firm":
        return _areas(document, paragraph, link)
    before = [firm for item in paragraph[-2:-1] for firm in item.links if firm.mention.type == "Enterprise"]
    return [before[-1].key] if before else []


def _firm(item: LinkedSentence, industry: Link, rule: Rule) -> Link | None:
    """The enterprise whose industry the sentence tells: the nearest before it, unless a district takes over in between."""
    text, begin = item.sentence.text, industry.mention.begin
    for link in reversed([link for link in item.links if link.mention.end <= begin]):
        if link.mention.type == "Enterprise" and (rule.output == "firm" or not _stands("financier", link.mention.name)):
            between = _before_list(item, link.mention.end, begin)
            if _stands("owner", between):
                return link
            listed = _stands("listed", text[link.mention.end :]) and not _stands("acting_list", between)
            other = rule.output == "area" or listed or _stands("beneficiary", between)
            near = text[link.mention.end : industry.mention.end + _NEAR]
            return link if rule.output == "firm" or (not other and _stands("works_in", near)) else None
        if link.mention.type in ("District", "Project") and _opens_clause(item, link):
            return None
    if rule.output == "firm" and _stands("introduced", text[:begin]):
        return next((link for link in item.links if link.mention.type == "Enterprise" and link.mention.begin > begin), None)
    return None


def _beside(item: LinkedSentence, industry: Link) -> Link | None:
    """The firm named beside an industry as one of those in it: 半导体制造商|安达公司, 安达公司等|半导体企业, 安达公司是…的|半导体企业."""
    text, mention = item.sentence.text, industry.mention
    firms = [link for link in item.links if link.mention.type == "Enterprise" and not link.anaphor]
    behind = next((link for link in firms if link.mention.begin > mention.end), None)
    if behind and _stands("apposed", text[mention.end : behind.mention.begin]):
        return behind
    before = next((link for link in reversed(firms) if link.mention.end < mention.begin), None)
    between = text[before.mention.end : mention.begin] if before else ""
    return before if _stands("firms", text[mention.end :]) and (_stands("such", between) or _stands("is_one", between)) else None


def _before_list(item: LinkedSentence, begin: int, end: int) -> str:
    """What stands in ``[begin, end)`` without the industries that end it, which the one at ``end`` is listed with."""
    text = item.sentence.text
    for link in reversed(item.links):
        if link.mention.type == "Industry" and begin <= link.mention.begin and text[link.mention.end : end] in wordset("list_mark"):
            end = link.mention.begin
    return text[begin:end]


def _areas(document: LinkedDocument, paragraph: list[LinkedSentence], industry: Link) -> list[str]:
    """The projects or districts whose industry it is: the clause's, the paragraph's, else the document's or the firm's whose people speak.

    Only what reports on an economy tells industries: elsewhere they come up for many a reason.
    """
    lead, item = paragraph[0], paragraph[-1]
    text = item.sentence.text
    before = _before_list(item, 0, industry.mention.begin)
    if not tells_of_public_life(document.document.text) or _stands("elsewhere", before) or _stands("of_something_else", before):
        return []
    for link in reversed([link for link in item.links if link.mention.end <= industry.mention.begin]):
        listed = company(item, link)
        ahead = link.mention.type == "District" and not link.anaphor
        if ahead and _stands("owner", text[link.mention.end : industry.mention.begin]):
            return [one.key for one in listed]
        acting = [subject.key for one in listed if (subject := _acting(one))]
        if acting and _opens_clause(item, listed[0]) and not _stands("listed", text[link.mention.end :]):
            return acting
    if _stands("section_lead", lead.sentence.text):
        headed = [link.key for link in lead.links if link.mention.type in ("District", "Project") and not link.anaphor]
        if len(headed) == 1:
            return headed
    owner = _named_behind(item, industry) or _speaking_firm(paragraph) or document.speaker or _measured(document, paragraph, industry)
    return [owner] if owner else []


def _measured(document: LinkedDocument, paragraph: list[LinkedSentence], industry: Link) -> str | None:
    """The home district, where statistics go on telling of it and of no other: 全省……。其中，……制造业增长3%."""
    named = {link.key for item in paragraph for link in item.links if link.mention.type == "District"}
    figured = _stands("measured", paragraph[-1].sentence.text[industry.mention.end :])
    return document.home if figured and named == {document.home} and document.home != country_key() else None


def _speaking_firm(paragraph: list[LinkedSentence]) -> str | None:
    """The firm in whose name somebody speaks, until a district or a body is named: 宏远集团董事长王明介绍，……"""
    for item in reversed(paragraph):
        for link in reversed([link for link in item.links if link.mention.type in _SPOKEN_FOR]):
            firm = link.mention.type == "Enterprise" and not _stands("financier", link.mention.name)
            if firm and _stands("spokesman", item.sentence.text[link.mention.end :]):
                return link.key
            if link.mention.type != "Enterprise":
                return None
    return None


def _named_behind(item: LinkedSentence, industry: Link) -> str | None:
    """The district that the next clause begins with, or that is said to have it: 围绕甲、乙赛道，东河区…; 草莓已成为东河镇的富民产业."""
    text, end = item.sentence.text, industry.mention.end
    for link in (link for link in item.links if link.mention.type == "District" and not link.anaphor and link.mention.begin > end):
        said = _stands("becomes", text[end : link.mention.begin]) and _stands("pillar", text[link.mention.end :])
        return link.key if said or _opens_clause(item, link) else None
    return None


def _acting(link: Link) -> Link | None:
    """The district or project that a subject is, or the district for which an organ acts: 柳河村|两委."""
    if link.mention.type in ("District", "Project"):
        return link
    organ = link.mention.type == "Organization" and link.mention.name.endswith(words("organ_ending"))
    return next((inner for inner in reversed(link.inner) if organ and inner.mention.type == "District"), None)


def _opens_clause(item: LinkedSentence, link: Link) -> bool:
    """Whether its clause begins with the thing, or with the district that it lies in: 长春市绿园区."""
    begin = link.mention.begin
    while before := next((other for other in item.links if other.mention.end == begin and other.mention.type == "District"), None):
        begin = before.mention.begin
    return _stands("clause_initial", item.sentence.text[:begin])


def _named(industries: dict[str, str], item: LinkedSentence) -> Iterator[Relation]:
    """A park's industry is in its name; ``industries`` are the document's, by stem."""
    for link in item.links:
        mention = link.mention
        if link.anaphor or mention.type not in ("Project", "District", "Place"):
            continue
        park = pattern("industry_shape", "park").search(mention.name)
        stems = [industry_stem(mention.name[low : park.start()]) for low in range(park.start() - 1)] if park else []
        key = next((industries[name] for name in stems if name in industries), None)
        if key:
            yield Relation(link.key, "inIndustry", key, item.sentence.evidence(mention.begin, mention.end), "industry.park_name")


def _stands(condition: str, text: str) -> bool:
    """Whether a condition of rules/industry_subject.toml holds of the text beside a mention."""
    return any(rule.pattern.search(text) for rule in load("industry_subject") if rule.name == f"industry_subject.{condition}")
