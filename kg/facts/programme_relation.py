"""Relations of programmes: who carries them out, and whose they are."""

from collections.abc import Iterator

from kg.facts.agent import AGENTS, carried_on, company, governing_body, mask, other_actor, protagonist, rule
from kg.facts.entity import Link, LinkedDocument, LinkedSentence
from kg.facts.match import apart
from kg.facts.relation import Relation
from kg.language.lexicon import words
from kg.names.district import country_key
from kg.text.genre import tells_of_public_life

_ISSUERS = frozenset({"District", "Organization"})
_TITLE = "programme.document-title"
"""The rule of the titles in 《》, whatever they are of."""
_KNOWN = "programme.strategy"
"""The rule of what is known by its name all over the country, so that nobody named before it need have set it."""


def programme_relations(document: LinkedDocument) -> tuple[Relation, ...]:
    """``implements`` and ``issuedBy``: whose the document's programmes are."""
    found: dict[Relation, None] = {}
    for sentence in document.sentences:
        if any(document.type_of(link) == "Programme" or link.mention.rule == _TITLE for link in sentence.links):
            issued = tuple(_issued(document, sentence))
            said = (*issued, *_titled(document, sentence), *_own(document, sentence), *_implements(document, sentence, issued))
            found.update(dict.fromkeys(said))
    found.update(dict.fromkeys(_implied(document, tuple(found))))
    return tuple(found)


def _implements(document: LinkedDocument, sentence: LinkedSentence, issued: tuple[Relation, ...]) -> Iterator[Relation]:
    """Each programme is carried out by those who sign it, by the subject of its sentence, or by whom the sentences before tell of."""
    signed = tuple(_signed(document, sentence))
    yield from signed
    for link in _plans(document, sentence):
        if any(relation.object == link.key for relation in signed):
            continue
        issuers = frozenset(relation.object for relation in issued if relation.subject == link.key)
        for key, begin, rule_name in _carriers(document, sentence, link, issuers):
            yield Relation(key, "implements", link.key, sentence.sentence.evidence(begin, link.mention.end), rule_name)


def _plans(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Link]:
    """The programmes that a sentence does not merely go by."""
    for link in sentence.links:
        if document.type_of(link) == "Programme" and not _is_aside(sentence, link):
            yield link


def _carriers(document: LinkedDocument, sentence: LinkedSentence, link: Link, issuers: frozenset[str]) -> Iterator[tuple[str, int, str]]:
    """Keys of those who are said to carry a programme out, with where the words begin that tell so, and the rule."""
    if subject := governing_body(document, sentence, link, "implements", issuers):
        for body in company(sentence, subject):
            yield body.key, min(body.mention.begin, link.mention.begin), "programme_relation.carries-out"
    elif not _is_law(link):
        told = carried_on(document, sentence, link)
        if told is not None and told.key not in issuers:
            yield told.key, link.mention.begin, "programme_relation.carried"
        elif told is None and document.speaker and _is_its_own(document, sentence, link, issuers):
            yield document.speaker, link.mention.begin, "programme_relation.home"


def _is_its_own(document: LinkedDocument, sentence: LinkedSentence, link: Link, issuers: frozenset[str]) -> bool:
    """Whether a district's own report speaks of what it does itself, though another may have set it."""
    others = issuers and document.speaker not in issuers and not _is_governed(sentence, link)
    return is_plan(document, link) and not (_is_nationwide(link) or others or other_actor(document, sentence, link))


def _implied(document: LinkedDocument, said: tuple[Relation, ...]) -> Iterator[Relation]:
    """A programme of which nobody is said to carry it out is its issuer's, or whose the sentence is, or else whose the text is."""
    done = {relation.object for relation in said if relation.predicate == "implements"}
    issued = [relation for relation in said if relation.predicate == "issuedBy" and relation.subject not in done]
    yield from (Relation(r.object, "implements", r.subject, r.evidence, "programme_relation.issuer") for r in issued)
    done.update(relation.subject for relation in issued)
    left = [(sentence, link) for sentence in document.sentences for link in _plans(document, sentence) if link.key not in done]
    hero = protagonist(document) if left else None
    for sentence, link in left:
        if hero == country_key() or not _is_everybodys(sentence, link):
            yield from _bears(document, sentence, link, hero)


def _bears(document: LinkedDocument, sentence: LinkedSentence, link: Link, hero: str | None) -> Iterator[Relation]:
    """Who bears a programme that a sentence names: the one of whom it tells just before, or else of whom the text does."""
    acting, begin = other_actor(document, sentence, link), link.mention.begin
    if acting and not any(acting.mention.end <= x.mention.begin < begin for x in sentence.links if document.type_of(x) in AGENTS):
        evidence = sentence.sentence.evidence(acting.mention.begin, link.mention.end)
        yield Relation(acting.key, "implements", link.key, evidence, "programme_relation.acts")
    elif acting is None and hero and is_plan(document, link):
        yield Relation(hero, "implements", link.key, sentence.sentence.evidence(begin, link.mention.end), "programme_relation.told-of")


def _is_everybodys(sentence: LinkedSentence, link: Link) -> bool:
    """Whether the programme is the country's, and the clause does not say that anything is done with it."""
    return _is_law(link) or (_is_nationwide(link) and not _is_governed(sentence, link))


def _signed(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Relation]:
    """甲与乙签署《…协议》: an agreement is carried out by all who sign it."""
    masked, signs = mask(sentence, document), rule("signs")
    for match in signs.pattern.finditer(masked.text):
        agreement = list(masked.within(*match.span()))[-1].what
        for body in apart(note.what for note in masked.within(*match.span("who"))):
            span = body.mention.begin, agreement.mention.end
            yield Relation(body.key, "implements", agreement.key, sentence.sentence.evidence(*span), signs.name)


def _issued(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Relation]:
    """省委“一主六双”: the body right before a programme, or before the list that it stands in."""
    masked, issued = mask(sentence, document), rule("issuedBy")
    for match in issued.pattern.finditer(masked.text):
        issuer, *behind = (note.what for note in masked.within(*match.span()))
        for link in behind:
            everybodys = _is_nationwide(link) or link.mention.rule == _KNOWN
            if document.type_of(link) == "Programme" and not everybodys:
                evidence = sentence.sentence.evidence(issuer.mention.begin, link.mention.end)
                yield Relation(link.key, "issuedBy", issuer.key, evidence, issued.name)


def _own(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Relation]:
    """出台《…方案》, 提出“三四五”战略: what a body sets for itself."""
    masked, issues = mask(sentence, document), rule("issues")
    for match in issues.pattern.finditer(masked.text):
        for note in masked.within(*match.span()):
            subject = governing_body(document, sentence, note.what, "implements")
            home = None if other_actor(document, sentence, note.what) else document.speaker
            keys = [body.key for body in company(sentence, subject)] if subject else [home]
            for key in keys if document.type_of(note.what) == "Programme" else ():
                if key is not None and document.entities[key].type in _ISSUERS:
                    yield Relation(note.what.key, "issuedBy", key, sentence.sentence.evidence(note.begin, note.end), issues.name)


def _titled(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Relation]:
    """《绿园区…方案》: the district that a document's title begins with."""
    districts = [entity for entity in document.entities.values() if entity.type == "District"]
    for link in sentence.links:
        if link.mention.rule == _TITLE:
            names = [(len(n), d.key) for d in districts for n in (d.name, *d.aliases) if len(n) > 1 and link.mention.name.startswith(n)]
            if names:
                span = link.mention.begin, link.mention.end
                yield Relation(link.key, "issuedBy", max(names)[1], sentence.sentence.evidence(*span), "programme.title")


def is_plan(document: LinkedDocument, link: Link) -> bool:
    """Whether a name that nobody is said to pursue is a programme's: outside of economic texts, words in quotes alone may be anything."""
    bare = (
        link.mention.rule == "programme.quotation" and not link.mention.forms and not link.mention.name.endswith(words("programme_class"))
    )
    return not bare or tells_of_public_life(document.document.text)


def _is_nationwide(link: Link) -> bool:
    """Whether the programme is the whole country's."""
    return rule("nationwide").pattern.fullmatch(link.mention.name) is not None


def _is_governed(sentence: LinkedSentence, link: Link) -> bool:
    """Whether the clause says that something is done with the programme, not merely of which one a thing is part."""
    return rule("governed").pattern.search(sentence.sentence.text, 0, link.mention.begin) is not None


def _is_law(link: Link) -> bool:
    """Whether the programme is a rule of the country, which a text may name without saying that anybody in it carries it out."""
    return rule("national").pattern.fullmatch(link.mention.name) is not None


def _is_aside(sentence: LinkedSentence, link: Link) -> bool:
    """Whether the text merely goes by the programme (根据《…规定》), or it only tells which countries are meant.

    Trade with “…”沿线国家 carries nothing out.
    """
    text = sentence.sentence.text
    by_rule = text[: link.mention.begin].rstrip("《“").endswith(words("by_rule"))
    return by_rule or rule("members").pattern.match(text, link.mention.end) is not None
