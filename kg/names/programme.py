"""Programmes: strategies, plans, campaigns and mechanisms, by the names the genre gives them."""

from collections.abc import Iterator

from kg.language.lexicon import words
from kg.language.rules import select
from kg.names.decomposition import Decomposition, announced_number, decompositions
from kg.names.mention import Mention
from kg.names.quotation import ACCEPT, Quotation, programme_rule, quotations, weight
from kg.text.sentence import Sentence

_PART_SCORE = 4.5
"""Score of a part that is named and counted."""
_QUOTED = 4.0
"""What quotation marks add to a name's score: their content stands or falls as one."""

_COUNTED = 0.3
"""The weight that does for a quotation whose parts, so many as it says, are named beside it."""


def _suffix(text: str, end: int) -> str:
    match = programme_rule("suffix").match(text, end)
    return match["name"] if match else ""


def _quoted(text: str, quotation: Quotation, score: float) -> Iterator[Mention]:
    """The quotation as a programme, with the class word behind it; a list of slogans as one programme each."""
    name, begin = quotation.name, quotation.begin
    slogans = tuple(programme_rule("item").finditer(name))
    if len(slogans) > 1 and all(programme_rule("slogan").fullmatch(item[0]) for item in slogans):
        for item in slogans:
            yield Mention(begin + 1 + item.start(), begin + 1 + item.end(), "Programme", item[0], "programme.slogan", score)
        return
    name, suffix = _unquoted(name), _suffix(text, quotation.end)
    forms = (name,) if suffix else ()
    kind = "Project" if suffix.endswith(words("project_class")) else "Programme"
    yield Mention(begin, quotation.end + len(suffix), kind, name + suffix, "programme.quotation", score, forms)


def _parts(text: str, whole: Decomposition) -> Iterator[Mention]:
    for begin, end in whole.parts:
        yield Mention(begin, end, "Programme", _unquoted(text[begin:end]), "programme.listed", _PART_SCORE)
    if not whole.nameless and not any(q.begin == whole.begin for q in quotations(text)):
        yield Mention(whole.begin, whole.end, "Programme", whole.name, "programme.announced", _PART_SCORE)


def _unquoted(text: str) -> str:
    return programme_rule("mark").sub("", text)


def _plain(text: str) -> Iterator[Mention]:
    for rule in select("programme", "Programme").possible(text):
        for match in rule.pattern.finditer(text):
            core = (match["core"],) if "core" in rule.pattern.groupindex and match["core"] else ()
            yield Mention(*match.span("name"), "Programme", _unquoted(match["name"]), rule.name, rule.score, core)


def _rows(text: str) -> Iterator[Mention]:
    for rule in select("programme", "items").possible(text):
        for item in (item for match in rule.pattern.finditer(text) for item in programme_rule("item").finditer(text, *match.span("name"))):
            yield Mention(*item.span("name"), "Programme", _unquoted(item["name"]), "programme.items", _PART_SCORE)


def _lead(sentence: Sentence) -> Iterator[Mention]:
    """A sentence that opens a section's part with the verb of the section's heading: 打好…战 under 打好“五场战役”."""
    match = programme_rule("lead").fullmatch(sentence.text.strip()) if sentence.section else None
    heading = programme_rule("lead").fullmatch(sentence.section[-1].strip()) if match else None
    if match and heading and match["verb"] == heading["verb"] and announced_number(sentence.section[-1]):
        begin = sentence.text.index(match["name"])
        yield Mention(begin, begin + len(match["name"]), "Programme", match["name"], "programme.lead", _PART_SCORE)


def programme_mentions(sentence: Sentence) -> list[Mention]:
    """Candidates for programmes in the sentence, in the order of the text."""
    text = sentence.text
    weights = {quotation: weight(text, quotation) for quotation in quotations(text)}
    counted = {whole.begin: whole for whole in decompositions(text)}
    accepted = {q: score + _QUOTED for q, score in weights.items() if score >= (_COUNTED if q.begin in counted else ACCEPT)}
    wholes = [w for w in counted.values() if all(q in accepted for q in weights if q.begin == w.begin)]
    inside = [part for whole in wholes for part in whole.parts]
    found = [*_plain(text), *_rows(text), *_lead(sentence)]
    for whole in wholes:
        found.extend(_parts(text, whole))
    for quotation, score in accepted.items():
        if not any(quotation.begin < begin and end < quotation.end for begin, end in inside):
            found.extend(_quoted(text, quotation, score))
    best = {(m.begin, m.end): m for m in sorted(found, key=lambda m: (m.score, m.rule))}
    return [best[span] for span in sorted(best)]


def programme_stem(mention: Mention) -> str:
    """What all names of one programme share: a quoted phrase without, a plain name without its class word, 三大工程 as it is."""
    if mention.forms:
        return mention.forms[0]
    match = programme_rule("stem").fullmatch(mention.name)
    return match["name"] if match else mention.name
