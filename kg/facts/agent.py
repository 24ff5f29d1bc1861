"""Agents: who a sentence says does something with a programme, an event or a project."""

from collections import Counter
from functools import cache

from kg.facts.entity import Link, LinkedDocument, LinkedSentence
from kg.facts.implied import is_media, is_silent
from kg.language.lexicon import words, wordset
from kg.language.rules import Annotation, Masked, Rule, load
from kg.language.words import tokens
from kg.names.mention import Mention
from kg.names.organ import owner_key

AGENTS = ("District", "Organization", "Enterprise")
_OFTEN = 3
"""So many times at least a text names the body of which it tells."""
_NEAR = 2
"""Sentences back of which one that names nobody may go on to tell."""
_NOMINAL = frozenset("njxb")
"""Parts of speech with which a name that begins before them goes on."""


@cache
def rule(output: str) -> Rule:
    """The rule of ``rules/programme_relation.toml`` with this output."""
    (found,) = (rule for rule in load("programme_relation") if rule.output == output)
    return found


def mask(sentence: LinkedSentence, document: LinkedDocument) -> Masked[Link]:
    """The sentence with its names masked by the classes of their entities."""
    notes = (Annotation(link.mention.begin, link.mention.end, document.type_of(link), link) for link in sentence.links)
    return Masked(sentence.sentence.text, notes)


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
        if document.type_of(link) in AGENTS
        and link.key not in but
        and agent.fullmatch(masked.text, index, end)
        and (document.type_of(link) == "Enterprise" or not speaker.match(masked.text, index))
        and _acts(sentence, link)
        and not (predicate == "organises" and _is_venue(masked, index, link))
        and not is_media(link)
    ]
    districts = [link for link in found if document.type_of(link) == "District"]
    return next(reversed(districts or found), None)


def _is_venue(masked: Masked[Link], index: int, body: Link) -> bool:
    """Whether the body at ``index`` only tells where something is held; an organ is no place."""
    convenes = rule("convenes").pattern.match(masked.text, index) or body.mention.name.endswith(words("organ_ending"))
    return not convenes and rule("venue").pattern.search(masked.text, 0, index) is not None


def _acts(sentence: LinkedSentence, body: Link) -> bool:
    """Whether a body is one of those of whom its clause tells, and not of whom nouns do: 东河区、西河区|警方, 东河区与西河区|相比."""
    text, together = sentence.sentence.text, company(sentence, body)
    end = together[-1].mention.end
    modify = _modifies(text, together[-1].mention) and (_modifies(text, body.mention) or text[end : end + 1].isalnum())
    return body in together and not _is_set_against(sentence, body) and not modify


def _is_set_against(sentence: LinkedSentence, body: Link) -> bool:
    """Whether a body only closes what another is set against: 与西河区|相比."""
    return rule("against").pattern.match(sentence.sentence.text, body.mention.end) is not None


def _modifies(text: str, mention: Mention) -> bool:
    """Whether a noun follows, so that another body acts, or the name is a dateline's: 东河|警方, 东河区|园林管理处, 东河|报道."""
    if rule("dateline").pattern.match(text, mention.end):
        return True
    after = next((token for token in tokens(text) if token.begin >= mention.end), None)
    if after is None or after.begin > mention.end or rule("aside").pattern.match(text, mention.end):
        return False
    verbal = any(after.text in wordset(table) for table in ("implement", "pursue", "issue_verb", "jointly"))
    return after.tag[0] in _NOMINAL and not verbal


def company(sentence: LinkedSentence, body: Link) -> list[Link]:
    """A body with those of its class that it is listed or acts with: 甲区、乙区和丙区, 甲局会同乙局; but without what it is set against."""
    together = [body]
    for link in (link for link in sentence.links if link.mention.type == body.mention.type):
        if _joins(sentence, together[-1], link):
            together.append(link)
    for link in reversed(sentence.links):
        if link.mention.type == body.mention.type and _joins(sentence, link, together[0]):
            together.insert(0, link)
    return together[:1] if _is_set_against(sentence, together[-1]) else together


def _joins(sentence: LinkedSentence, left: Link, right: Link) -> bool:
    """Whether nothing but what joins the members of a list stands between the two."""
    between = sentence.sentence.text[left.mention.end : right.mention.begin]
    return left.mention.end < right.mention.begin and any(between in wordset(table) for table in ("list_mark", "jointly"))


def carried_on(document: LinkedDocument, sentence: LinkedSentence, thing: Link) -> Link | None:
    """The one body of which the sentences before tell, where this one names nobody before ``thing``: 海关……。开展“甲”行动.

    A district's own report names a firm in passing, and goes on with the district.
    """
    governed = rule("goes-on").pattern.search(sentence.sentence.text[: thing.mention.begin])
    named = any(document.type_of(link) in AGENTS and link.mention.begin < thing.mention.begin for link in sentence.links)
    if named or governed is None or not is_silent(governed["before"]):
        return None
    index = document.sentences.index(sentence)
    for before in reversed(document.sentences[max(0, index - _NEAR) : index]):
        acting = {link.key: link for link in _acting(document, before)}
        if before.sentence.paragraph != sentence.sentence.paragraph or len(acting) > 1:
            return None
        if acting:
            (told,) = acting.values()
            return None if document.speaker and document.type_of(told) == "Enterprise" else told
    return None


def other_actor(document: LinkedDocument, sentence: LinkedSentence, thing: Link) -> Link | None:
    """Whom the sentence last had act before it comes to ``thing``, if that is not the home, so that the home is not said to."""
    before = [link for link in _acting(document, sentence) if link.mention.end <= thing.mention.begin and not is_media(link)]
    last = before[-1] if before else None
    return None if last is None or last.key == document.home or _is_spokesman(document, sentence, last) else last


def protagonist(document: LinkedDocument) -> str | None:
    """Of whom a text tells where its sentences do not say so: of its home, unless it is about a firm; else of the body it names most."""
    bodies = (link for item in document.sentences for link in item.links if document.type_of(link) in AGENTS and not is_media(link))
    named = Counter(link.key for link in bodies)
    (most, times), *_ = named.most_common(1) or [("", 0)]
    if document.reports or times < _OFTEN:
        return document.home
    kind = document.entities[most].type
    return (None if kind == "Enterprise" else document.home) if document.home else most


def _is_spokesman(document: LinkedDocument, sentence: LinkedSentence, body: Link) -> bool:
    """Whether the body is an organ of the home's that is only quoted on what is done: 区发改局局长介绍，将实施…"""
    masked = mask(sentence, document)
    index = next(index for index in masked.places(0, len(masked.text)) if getattr(masked.annotation(index), "what", None) is body)
    return owner_key(body.key) == document.home and rule("speaker").pattern.match(masked.text, index) is not None


def _acting(document: LinkedDocument, sentence: LinkedSentence) -> list[Link]:
    """Those whom the sentence tells of as acting."""
    masked = mask(sentence, document)
    return [note.what for m in rule("actor").pattern.finditer(masked.text) for note in list(masked.within(*m.span()))[-1:]]
