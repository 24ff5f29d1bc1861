"""Relations of programmes: who carries them out, whose they are, and what they consist of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg.facts.entity import Link, LinkedDocument, LinkedSentence
from kg.facts.implied import is_silent
from kg.facts.relation import Relation
from kg.language.lexicon import words, wordset
from kg.language.rules import Annotation, Masked, Rule, load
from kg.language.words import tokens
from kg.names.decomposition import announced_number, coded, decompositions, digits, items
from kg.names.mention import Mention
from kg.names.organ import owner_key
from kg.names.quotation import programme_rule
from kg.text.genre import tells_of_public_life

_AGENTS = ("District", "Organization", "Enterprise")
_ISSUERS = frozenset({"District", "Organization"})
_TITLE = "programme.document-title"
"""The rule of the titles in 《》, whatever they are of."""
_NEAR = 2
"""Sentences back of which one that names nobody may go on to tell."""
_KNOWN = "programme.strategy"
"""The rule of what is known by its name all over the country, so that nobody named before it need have set it."""
_NOMINAL = frozenset("njxb")
"""Parts of speech with which a name that begins before them goes on."""


@cache
def rule(output: str) -> Rule:
    """The rule of ``rules/programme_relation.toml`` with this output."""
    (found,) = (rule for rule in load("programme_relation") if rule.output == output)
    return found


def mask(sentence: LinkedSentence, document: LinkedDocument) -> Masked[Link]:
    """The sentence with its names masked by the classes of their entities."""
    notes = (Annotation(link.mention.begin, link.mention.end, document.entities[link.key].type, link) for link in sentence.links)
    return Masked(sentence.sentence.text, notes)


def _is(document: LinkedDocument, link: Link, *types: str) -> bool:
    return document.entities[link.key].type in types


def _relation(sentence: LinkedSentence, subject: str, predicate: str, object_: str, span: tuple[int, int], name: str) -> Relation:
    return Relation(subject, predicate, object_, sentence.sentence.evidence(*span), name)


def apart(notes: Iterable[Annotation[Link]]) -> list[Link]:
    """The bodies of a list, without the districts that one stands right behind: 东河市|青溪区."""
    return [note.what for note, after in pairwise([*notes, None]) if note and (after is None or after.begin != note.end)]


def _signed(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Relation]:
    """甲与乙签署《…协议》: an agreement is carried out by all who sign it."""
    masked, signs = mask(sentence, document), rule("signs")
    for match in signs.pattern.finditer(masked.text):
        agreement = list(masked.within(*match.span()))[-1].what
        for body in apart(masked.within(*match.span("who"))):
            span = body.mention.begin, agreement.mention.end
            yield _relation(sentence, body.key, "implements", agreement.key, span, signs.name)


def _issued(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Relation]:
    """省委“一主六双”: the body right before a programme, or before the list that it stands in."""
    masked, issued = mask(sentence, document), rule("issuedBy")
    for match in issued.pattern.finditer(masked.text):
        issuer, *behind = (note.what for note in masked.within(*match.span()))
        for link in behind:
            if _is(document, link, "Programme") and _is_plan(document, link) and not _is_nationwide(link) and link.mention.rule != _KNOWN:
                span = issuer.mention.begin, link.mention.end
                yield _relation(sentence, link.key, "issuedBy", issuer.key, span, issued.name)


def _own(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Relation]:
    """出台《…方案》, 提出“三四五”战略: what a body sets for itself."""
    masked, issues = mask(sentence, document), rule("issues")
    for match in issues.pattern.finditer(masked.text):
        for note in masked.within(*match.span()):
            subject = governing_body(document, sentence, note.what, "implements")
            home = None if another_acts(document, sentence, note.what) else document.speaker
            keys = [body.key for body in _with_company(sentence, subject)] if subject else [home]
            for key in keys if _is(document, note.what, "Programme") else ():
                if key is not None and document.entities[key].type in _ISSUERS:
                    yield _relation(sentence, note.what.key, "issuedBy", key, (note.begin, note.end), issues.name)


def _titled(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Relation]:
    """《绿园区…方案》: the district that a document's title begins with."""
    districts = [entity for entity in document.entities.values() if entity.type == "District"]
    for link in sentence.links:
        if link.mention.rule == _TITLE:
            names = [(len(n), d.key) for d in districts for n in (d.name, *d.aliases) if len(n) > 1 and link.mention.name.startswith(n)]
            if names:
                span = link.mention.begin, link.mention.end
                yield _relation(sentence, link.key, "issuedBy", max(names)[1], span, "programme.title")


def governing_body(
    document: LinkedDocument, sentence: LinkedSentence, thing: Link, predicate: str, but: frozenset[str] = frozenset()
) -> Link | None:
    """The nearest body before ``thing`` that a verb makes its agent; a district goes before its organs."""
    masked, agent, speaker = mask(sentence, document), rule(predicate).pattern, rule("speaker").pattern
    notes = list(zip(masked.places(0, len(masked.text)), (note.what for note in masked.within(0, len(masked.text))), strict=True))
    end = next(index for index, link in notes if link is thing) + 1
    found = [
        link
        for index, link in notes
        if _is(document, link, *_AGENTS)
        and link.key not in but
        and agent.fullmatch(masked.text, index, end)
        and not speaker.match(masked.text, index)
        and not all(_modifies(sentence.sentence.text, body.mention) for body in (link, _with_company(sentence, link)[-1]))
        and not (predicate == "organises" and _is_venue(masked, index))
        and not link.mention.name.endswith(words("media"))
    ]
    districts = [link for link in found if _is(document, link, "District")]
    return next(reversed(districts or found), None)


def _is_venue(masked: Masked[Link], index: int) -> bool:
    """Whether the body at ``index`` only tells where something is held."""
    convenes = rule("convenes").pattern.match(masked.text, index)
    return convenes is None and rule("venue").pattern.search(masked.text, 0, index) is not None


def _is_plan(document: LinkedDocument, link: Link) -> bool:
    """Whether the name is a programme's: outside of economic texts, words in quotes alone may be anything."""
    bare = (
        link.mention.rule == "programme.quotation" and not link.mention.forms and not link.mention.name.endswith(words("programme_class"))
    )
    return not bare or tells_of_public_life(document.document.text)


def _modifies(text: str, mention: Mention) -> bool:
    """Whether a noun follows, so that another body acts, or the name is a dateline's: 东河|警方, 东河区|园林管理处, 东河|报道."""
    if rule("dateline").pattern.match(text, mention.end):
        return True
    after = next((token for token in tokens(text) if token.begin >= mention.end), None)
    if after is None or after.begin > mention.end or rule("aside").pattern.match(text, mention.end):
        return False
    verbal = any(after.text in wordset(table) for table in ("implement", "pursue", "issue_verb", "jointly"))
    return after.tag[0] in _NOMINAL and not verbal


def _implements(document: LinkedDocument, sentences: Sequence[LinkedSentence]) -> Iterator[Relation]:
    """Each programme is carried out by the subject of its sentence, or else by the district that the document is about."""
    for sentence in sentences:
        issued, signed = tuple(_issued(document, sentence)), tuple(_signed(document, sentence))
        yield from signed
        for link in sentence.links:
            if not _is(document, link, "Programme") or _is_aside(sentence, link) or not _is_plan(document, link):
                continue
            if any(relation.object == link.key for relation in signed):
                continue
            issuers = frozenset(relation.object for relation in issued if relation.subject == link.key)
            subject = governing_body(document, sentence, link, "implements", issuers)
            carried = None if subject else _carried(document, sentence, link)
            if carried is not None and carried.key not in issuers:
                span = link.mention.begin, link.mention.end
                yield _relation(sentence, carried.key, "implements", link.key, span, "programme_relation.carried")
            elif subject is not None:
                for body in _with_company(sentence, subject):
                    span = min(body.mention.begin, link.mention.begin), link.mention.end
                    yield _relation(sentence, body.key, "implements", link.key, span, "programme_relation.carries-out")
            elif document.speaker is not None and not (
                _is_nationwide(link)
                or _is_set_by_another(sentence, link)
                or another_acts(document, sentence, link)
                or (issuers and document.speaker not in issuers and not _is_governed(sentence, link))
            ):
                yield _relation(
                    sentence, document.speaker, "implements", link.key, (link.mention.begin, link.mention.end), "programme_relation.home"
                )


def _with_company(sentence: LinkedSentence, body: Link) -> list[Link]:
    """A body with those of its class that it is listed or acts with: 甲区、乙区和丙区, 甲局会同乙局."""
    company = [body]
    for link in (link for link in sentence.links if link.mention.type == body.mention.type):
        if _joins(sentence, company[-1], link):
            company.append(link)
    for link in reversed(sentence.links):
        if link.mention.type == body.mention.type and _joins(sentence, link, company[0]):
            company.insert(0, link)
    return company


def _joins(sentence: LinkedSentence, left: Link, right: Link) -> bool:
    """Whether nothing but what joins the members of a list stands between the two."""
    between = sentence.sentence.text[left.mention.end : right.mention.begin]
    return left.mention.end < right.mention.begin and any(between in wordset(table) for table in ("list_mark", "jointly"))


def _acting(document: LinkedDocument, sentence: LinkedSentence) -> list[Link]:
    """Those whom the sentence tells of as acting."""
    masked = mask(sentence, document)
    return [note.what for m in rule("actor").pattern.finditer(masked.text) for note in list(masked.within(*m.span()))[-1:]]


def _carried(document: LinkedDocument, sentence: LinkedSentence, thing: Link) -> Link | None:
    """The one body of which the sentences before tell, where this one names nobody before ``thing``: 海关……。开展“甲”行动.

    A district's own report names a firm in passing, and goes on with the district.
    """
    governed = rule("goes-on").pattern.search(sentence.sentence.text[: thing.mention.begin])
    named = any(_is(document, link, *_AGENTS) and link.mention.begin < thing.mention.begin for link in sentence.links)
    if named or governed is None or not is_silent(governed["before"]) or _is_nationwide(thing):
        return None
    index = document.sentences.index(sentence)
    for before in reversed(document.sentences[max(0, index - _NEAR) : index]):
        acting = {link.key: link for link in _acting(document, before)}
        if before.sentence.paragraph != sentence.sentence.paragraph or len(acting) > 1:
            return None
        if acting:
            (told,) = acting.values()
            return None if document.speaker and _is(document, told, "Enterprise") else told
    return None


def another_acts(document: LinkedDocument, sentence: LinkedSentence, thing: Link) -> bool:
    """Whether the sentence last had somebody else than the home act before it comes to ``thing``, so that the home is not said to."""
    before = [link for link in _acting(document, sentence) if link.mention.end <= thing.mention.begin]
    return bool(before) and before[-1].key != document.home and not _is_spokesman(document, sentence, before[-1])


def _is_spokesman(document: LinkedDocument, sentence: LinkedSentence, body: Link) -> bool:
    """Whether the body is an organ of the home's that is only quoted on what is done: 区发改局局长介绍，将实施…"""
    masked = mask(sentence, document)
    index = next(index for index in masked.places(0, len(masked.text)) if getattr(masked.annotation(index), "what", None) is body)
    return owner_key(body.key) == document.home and rule("speaker").pattern.match(masked.text, index) is not None


def _is_nationwide(link: Link) -> bool:
    """Whether the programme is the whole country's."""
    return rule("nationwide").pattern.fullmatch(link.mention.name) is not None


def _is_set_by_another(sentence: LinkedSentence, link: Link) -> bool:
    """Whether a body that is nobody's in the document sets the programme."""
    return rule("another").pattern.search(sentence.sentence.text, 0, link.mention.begin) is not None


def _is_governed(sentence: LinkedSentence, link: Link) -> bool:
    """Whether the clause says that something is done with the programme, not merely of which one a thing is part."""
    return rule("governed").pattern.search(sentence.sentence.text, 0, link.mention.begin) is not None


def _is_aside(sentence: LinkedSentence, link: Link) -> bool:
    """Whether the programme is a rule of the country that the text merely goes by (根据《…规定》), or only tells which countries are meant.

    Trade with “…”沿线国家 carries nothing out.
    """
    text = sentence.sentence.text
    before = text[: link.mention.begin].rstrip("《“")
    law = rule("national").pattern.fullmatch(link.mention.name) is not None or before.endswith(words("by_rule"))
    return law or rule("members").pattern.match(text, link.mention.end) is not None


def _at(document: LinkedDocument, sentence: LinkedSentence, begin: int, end: int) -> Link | None:
    """The programme whose mention overlaps ``[begin, end)``."""
    over = (link for link in sentence.links if link.mention.begin < end and begin < link.mention.end)
    return next((link for link in over if _is(document, link, "Programme")), None)


def _listed_parts(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Relation]:
    """甲、乙、丙“三大工程”."""
    for whole in (*decompositions(sentence.sentence.text), *coded(sentence.sentence.text)):
        announced = None if whole.collective else _at(document, sentence, whole.begin, whole.end)
        above = _consisting(document, sentence, min(whole.begin, whole.parts[0][0])) if announced else None
        if announced and above and above.key != announced.key:
            yield _relation(sentence, above.key, "hasPart", announced.key, (above.mention.begin, whole.end), rule("consists").name)
        for begin, end in whole.parts:
            part = _at(document, sentence, begin, end)
            if announced and part and part.key != announced.key and _is_plan(document, announced):
                span = min(begin, whole.begin), max(end, whole.end)
                yield _relation(sentence, announced.key, "hasPart", part.key, span, "programme_relation.counted")


def _consisting(document: LinkedDocument, sentence: LinkedSentence, begin: int) -> Link | None:
    """The programme that is said to consist of what begins there: “甲”行动，包括|乙、丙两大工程."""
    before = (link for link in sentence.links if link.mention.end <= begin and _is(document, link, "Programme"))
    consists = rule("consists").pattern
    return next((link for link in before if consists.fullmatch(sentence.sentence.text, link.mention.end, begin)), None)


def _composed_parts(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[Relation]:
    """甲、乙共同组成“1+2”体系: the last name is the whole."""
    masked, composes = mask(sentence, document), rule("composes")
    for match in composes.pattern.finditer(masked.text):
        parts = [note.what for note in masked.within(match.start(), match.start("verb")) if _is(document, note.what, "Programme")]
        whole = list(masked.within(match.end("verb"), match.end()))[-1].what
        for part in parts:
            if part.key != whole.key:
                yield _relation(sentence, whole.key, "hasPart", part.key, (part.mention.begin, whole.mention.end), composes.name)


@dataclass(frozen=True, slots=True)
class _Lead:
    """A heading or opening sentence that names one programme."""

    sentence: LinkedSentence
    link: Link
    verb: str
    number: int
    """How many parts its name announces; 0 where it announces none."""


def _explained_parts(document: LinkedDocument, leads: tuple[_Lead, ...]) -> Iterator[Relation]:
    """坚持“三区引领”。 即… with as many items in the next sentence."""
    following = {before.sentence.index: after for before, after in pairwise(document.sentences)}
    for lead in leads:
        after = following.get(lead.sentence.sentence.index)
        match = programme_rule("explained").fullmatch(after.sentence.text.strip()) if after else None
        if after is None or match is None or not lead.number:
            continue
        offset = after.sentence.text.index(match[0])
        found = items(after.sentence.text, match.start("name") + offset, match.end("name") + offset)
        for begin, end in found if len(found) == lead.number else ():
            if part := _at(document, after, begin, end):
                yield _relation(after, lead.link.key, "hasPart", part.key, (begin, end), "programme_relation.explained")


def _leads(document: LinkedDocument, sentences: Sequence[LinkedSentence]) -> Iterator[_Lead]:
    for sentence in sentences:
        match = programme_rule("lead").fullmatch(sentence.sentence.text.strip())
        link = next((link for link in sentence.links if _is(document, link, "Programme")), None)
        if match and link:
            yield _Lead(sentence, link, match["verb"], announced_number(sentence.sentence.text))


def _headed_parts(leads: tuple[_Lead, ...]) -> Iterator[Relation]:
    """Under 打好“五场战役”: 打好招商攻坚战。 打好… – as many as the heading announces, with its verb."""
    for position, head in enumerate(leads):
        parts: list[_Lead] = []
        for lead in leads[position + 1 :]:
            if lead.number:
                break
            if lead.verb == head.verb and lead.link.key not in {part.link.key for part in parts}:
                parts.append(lead)
        if head.number and head.number == len(parts):
            for part in parts:
                span = part.link.mention.begin, part.link.mention.end
                yield _relation(part.sentence, head.link.key, "hasPart", part.link.key, span, "programme_relation.headed")


def _coded_parts(document: LinkedDocument, leads: tuple[_Lead, ...]) -> Iterator[Relation]:
    """“三三五”: the leads that announce three, three and five parts, in a row and in this order."""
    numbered = tuple(lead for lead in leads if lead.number)
    numbers = tuple(lead.number for lead in numbered)
    for key, code in _codes(document).items():
        for start in range(len(numbers) - len(code) + 1):
            if numbers[start : start + len(code)] == code:
                for lead in numbered[start : start + len(code)]:
                    span = lead.link.mention.begin, lead.link.mention.end
                    yield _relation(lead.sentence, key, "hasPart", lead.link.key, span, "programme_relation.coded")
                break


def _codes(document: LinkedDocument) -> dict[str, tuple[int, ...]]:
    """The programmes that are named by a code, with its digits."""
    found: dict[str, tuple[int, ...]] = {}
    for entity in document.entities.values():
        for name in (entity.name, *entity.aliases) if entity.type == "Programme" else ():
            if programme_rule("codename").fullmatch(name):
                found[entity.key] = digits(name)
    return found


def programme_relations(document: LinkedDocument) -> tuple[Relation, ...]:
    """``implements``, ``issuedBy`` and ``hasPart`` of the document's programmes."""
    found: list[Relation] = []
    sentences = [sentence for sentence in document.sentences if any(_is_programme(document, link) for link in sentence.links)]
    for sentence in sentences:
        found += _issued(document, sentence)
        found += _titled(document, sentence)
        found += _own(document, sentence)
        found += _listed_parts(document, sentence)
        found += _composed_parts(document, sentence)
    leads = tuple(_leads(document, sentences))
    found += _headed_parts(leads)
    found += _coded_parts(document, leads)
    found += _explained_parts(document, leads)
    found += _implements(document, sentences)
    return tuple(dict.fromkeys(found))


def _is_programme(document: LinkedDocument, link: Link) -> bool:
    return _is(document, link, "Programme") or link.mention.rule == _TITLE
