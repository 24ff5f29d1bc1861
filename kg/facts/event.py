"""Events: meetings, fairs and ceremonies that a text names or clearly identifies, and who holds them."""

from collections.abc import Iterator

from kg.facts.entity import Link, LinkedDocument, LinkedSentence
from kg.facts.programme_relation import governing_body, mask, rule
from kg.facts.relation import Relation
from kg.language.rules import select
from kg.names.mention import Mention
from kg.names.quotation import programme_rule
from kg.text.sentence import Sentence


def event_stem(mention: Mention) -> str:
    """What all names of one event share: a plenary's committee, term and number; any other name as it is."""
    (rule,) = select("event", "stem")
    name = mention.forms[0] if mention.forms else mention.name
    match = rule.pattern.fullmatch(name)
    return match["name"] if match else name


def _unquoted(text: str) -> str:
    return programme_rule("mark").sub("", text)


def event_mentions(sentence: Sentence) -> list[Mention]:
    """Candidates for events in the sentence, in the order of the text."""
    found = []
    for event in select("event", "Event").possible(sentence.text):
        for match in event.pattern.finditer(sentence.text):
            short = (match["short"],) if "short" in event.pattern.groupindex else ()
            found.append(Mention(*match.span("name"), event.output, _unquoted(match["name"]), event.name, event.score, short))
    best = {(m.begin, m.end): m for m in sorted(found, key=lambda m: (m.score, m.rule))}
    return [best[span] for span in sorted(best)]


def _held(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[tuple[Link, str, str]]:
    """Events with the key of the body that holds them, and the rule that says so."""
    masked = mask(sentence, document)
    for match in rule("held").pattern.finditer(masked.text):
        for note in masked.within(*match.span()):
            if document.entities[note.what.key].type == "Event":
                body = governing_body(document, sentence, note.what, "organises")
                if body is not None:
                    if document.entities[body.key].type != "Enterprise":
                        yield note.what, body.key, rule("organises").name
                elif (home := _home_of(document, note.what)) and not rule("venue").pattern.search(masked.text, 0, match.start()):
                    yield note.what, home, "programme_relation.home"


def _home_of(document: LinkedDocument, event: Link) -> str | None:
    """The home as who holds an event that nobody else is said to hold: in its own report, and where no name in it tells another."""
    return document.speaker if all(inner.key == document.speaker for inner in event.inner) else None


def _own(document: LinkedDocument, sentence: LinkedSentence) -> Iterator[tuple[Link, str, str]]:
    """A party committee holds its own plenary, and any body the meeting that its name opens: 商务部二季度座谈会."""
    for link in sentence.links:
        if link.mention.rule in ("event.plenary", "event.plenary-of-place"):
            names = (link.mention.name, *link.mention.forms)
            bodies = sorted(
                (-len(n), entity.key)
                for entity in document.entities.values()
                for n in (entity.name, *entity.aliases)
                if entity.type == "Organization" and any(name.startswith(n) for name in names)
            )
            if bodies:
                yield link, bodies[0][1], "programme_relation.own-plenary"
        elif link.mention.type == "Event":
            owners = (inner.key for inner in link.inner if document.entities[inner.key].type == "Organization")
            yield from ((link, key, "programme_relation.own-meeting") for key in owners)


def event_relations(document: LinkedDocument) -> tuple[Relation, ...]:
    """``organises``: who holds the document's events."""
    found: dict[Relation, None] = {}
    for sentence in document.sentences:
        own = tuple(_own(document, sentence))
        theirs = {link.key for link, _, _ in own}
        held = tuple(item for item in _held(document, sentence) if item[0].key not in theirs or item[2] == rule("organises").name)
        for link, body, name in (*held, *own):
            evidence = sentence.sentence.evidence(link.mention.begin, link.mention.end)
            found[Relation(body, "organises", link.key, evidence, name)] = None
    return tuple(found)
