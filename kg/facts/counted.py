"""Things counted: the noun phrase behind a number (52个[重点项目])."""

from collections.abc import Sequence
from dataclasses import replace

from kg.facts.phrase import Phrase, light_verbs, noun_length, phrase, word
from kg.facts.plausibility import is_economic, is_plain, is_thing
from kg.facts.statement import Statement, kind_of
from kg.language.lexicon import wordset
from kg.language.quantity import Quantity
from kg.language.rules import pattern
from kg.language.words import Token, tokens

_ASPECT = ("ul", "ug", "uz")
"""Tags of what stands behind a verb: 了, 过, 着."""


def after(statement: Statement, index: int, end: int) -> Phrase | None:
    """The noun phrase right after the number at ``index``: 52个[重点项目]."""
    begin = index + 1
    if newly := pattern("clause", "newly").match(statement.text, begin, end):
        things = after(statement, newly.end() - 1, end)
        return things and replace(things, begin=begin, text=newly[0] + things.text)
    words = list(tokens(statement.text[begin:end]))
    while words and (words[0].text in wordset("bound_after") or words[0].text in word("of")):
        of = words[0].text in word("of")
        words = words[2 if of and len(words) > 1 and isinstance(statement.note(begin + words[1].begin), Quantity) else 1 :]
    size, words = (words[:2], words[2:]) if len(words) > 2 and _opens_with_size(statement, begin, words) else ([], words)
    told, words = words, _relative(statement, begin, words)
    size = size or _size(statement, begin, told[: len(told) - len(words)])
    things = _bracketed(statement, phrase(statement, begin, _without_quoted(words[: _counted(statement, index, words)])))
    things = _sending(statement, index, things) if things else things
    return _sized(statement, begin, size, things) if size and things else things


def _relative(statement: Statement, begin: int, words: list[Token]) -> list[Token]:
    """Without a clause that ends in 的 before the noun: [有影响力的]平台企业."""
    noun = noun_length(statement, begin, words)
    ofs = [i for i, t in enumerate(words) if t.text in word("of") and i >= noun]
    if not ofs or ofs[-1] + 1 >= len(words) or (noun and words[noun].text in word("setting_end")):
        return words
    if ofs[0] == noun and _is_thing("".join(t.text for t in words[:noun])):
        return words  # 10个县的负责人
    thing = statement.note(begin + words[noun].begin)
    things = any(t.tag[0] == "n" or t.tag == "eng" for t in words[:noun])
    if things and isinstance(thing, Quantity) and kind_of(thing.unit) in ("count", "people"):
        return words  # 11个门类38个行业的体系: it counts something else
    # 12个门类36个行业的体系: behind a number that has its noun, the next one has too
    counted = noun == 1 and words[0].tag[0] == "n" and isinstance(statement.note(_last_number(statement, begin - 1)), Quantity)
    sized = _opens_with_size(statement, begin, words[noun:])  # 3家产值过亿元的[企业]
    clause = noun == 0 or (ofs[0] == noun and not counted) or isinstance(thing, Quantity) or sized or not things
    return words[ofs[-1] + 1 :] if clause else words


def _is_thing(noun: str) -> bool:
    """Whether a noun by itself is what is counted, whatever of it is spoken of: 县, 企业."""
    return noun in wordset("counted_district") or noun in wordset("bare_thing") or bool(pattern("label", "bearer").match(noun))


def _last_number(statement: Statement, index: int) -> int:
    """Where the number before the one at ``index`` stands in its clause, ``index`` of the sentence's begin where there is none."""
    target = next((t for t in statement.targets if t.index == index), None)
    before = [t.index for t in statement.targets if target and t.clause == target.clause and t.index < index]
    return before[-1] if before else 0


def _opens_with_size(statement: Statement, begin: int, words: Sequence[Token]) -> bool:
    """Whether words begin with how large things are: 超百亿元, 过百亿元."""
    over = wordset("bound_over") | word("over")
    return len(words) > 1 and words[0].text in over and isinstance(statement.note(begin + words[1].begin), Quantity)


def _size(statement: Statement, begin: int, clause: list[Token]) -> list[Token]:
    """The clause in 的 before things, where it says how large they are: 3家[产值过亿元]的企业."""
    sized = clause and pattern("clause", "size").fullmatch(statement.text, begin + clause[0].begin, begin + clause[-1].end)
    return clause[:-1] if sized else []


def _sized(statement: Statement, begin: int, size: Sequence[Token], things: Phrase) -> Phrase:
    """Things with the size that picks them out: 9个[超百亿元项目]."""
    first, last = begin + size[0].begin, begin + size[-1].end
    return replace(things, begin=first, text=statement.original(first, last) + things.text)


def _counted(statement: Statement, index: int, words: Sequence[Token]) -> int:
    """How many of the words behind the number at ``index`` name what it counts, without what is told of that."""
    begin = index + 1
    places = 1 if _counts(statement, index) and (_is_of_place(statement, begin, words) or _is_qualified(words)) else 0
    count = noun_length(statement, begin, words[places:])
    last = words[places + count - 1].text if count else ""
    count = 0 if places and is_plain(last) and not is_thing(last) else count + places
    while count and words[count - 1].text in word("setting_end"):
        count -= 1
    if count > 1 and _counts(statement, index) and words[count - 1].tag[0] == "v" and is_plain(words[count - 1].text):
        count -= 1  # 15个区收入实现增长: a measure of what is counted
    if count > 1 and words[count - 1].tag[0] == "v" and _is_followed(statement, begin, words[count:]):
        count -= 1  # 330家企业融资20亿元: a predicate with a number of its own
    verb = count > 1 and (len(words[count - 1].text) == 1 or words[count - 1].text in light_verbs())
    if verb and count < len(words) and words[count].tag in _ASPECT:
        count -= 1  # 为101户村民圆了新房梦
    if count == 1 and _counts(statement, index) and is_plain(last) and not is_thing(last) and _is_followed(statement, begin, words[1:]):
        return 0  # 落地项目18个资金3亿元: what the next number is
    reached = count < len(words) and (words[count].text in wordset("attain") or _is_followed(statement, begin, words[count:]))
    return _things(words[:count]) if reached and _counts(statement, index) else count


def _is_of_place(statement: Statement, begin: int, words: Sequence[Token]) -> bool:
    """Whether a place says where the things behind it are from: 12家[江州企业]."""
    note = statement.masked.annotation(begin + words[0].begin) if len(words) > 1 else None
    thing = len(words) > 1 and words[1].tag[0] in "nb" and len(words[1].text) > 1
    return note is not None and note.kind == "District" and thing


def _is_qualified(words: Sequence[Token]) -> bool:
    """Whether a word that is none of a noun phrase by itself says what kind of things are counted: 25家[全程]服务中心, 20家[本地]企业."""
    return len(words) > 1 and words[0].tag[0] in "drqt" and len(words[0].text) > 1 and words[1].tag[0] in "nb"


def _things(words: Sequence[Token]) -> int:
    """How many of the words behind a count name what is counted, without what is measured on it: 30家[企业]进出口额2亿元."""
    for count in range(1, len(words)):
        measure = "".join(token.text for token in words[count:])
        last = words[count - 1].text
        area = len(last) > 1 and last.endswith(tuple(wordset("counted_district")))
        thing = area or is_thing(last) or last.endswith(tuple(wordset("bare_thing")))
        told = (is_economic(measure) or measure in wordset("relational_noun")) and not is_thing(measure)
        if thing and told and words[count].text not in word("and"):
            return count
    return len(words)


def _is_followed(statement: Statement, begin: int, words: Sequence[Token]) -> bool:
    """Whether a number comes next, but for what bounds it."""
    rest = [t for t in words if t.text not in wordset("attain")]
    return bool(rest) and isinstance(statement.note(begin + rest[0].begin), Quantity)


def _without_quoted(words: list[Token]) -> list[Token]:
    """Without a verb in quotation marks behind a noun: 干部[“挂帅”]."""
    verb = len(words) > 3 and words[-1].text in word("quote") and words[-3].text in word("quote") and words[-2].tag[0] in "vx"
    return words[:-3] if verb else words


def _bracketed(statement: Statement, things: Phrase | None) -> Phrase | None:
    """Things with their likes in brackets: 28个[县（市、区）]."""
    likes = things and pattern("clause", "likes").match(statement.text, things.end)
    return replace(things, end=likes.end(), text=things.text + likes[0]) if things and likes else things


def _sending(statement: Statement, index: int, things: Phrase) -> Phrase:
    """The bodies that are counted, without who came for them: 30家[企业]负责人."""
    note = statement.note(index)
    people = isinstance(note, Quantity) and kind_of(note.unit) == "people"
    sent = None if people else pattern("clause", "sent").fullmatch(things.text)
    return replace(things, end=things.begin + sent.end("i"), text=sent["i"]) if sent else things


def _counts(statement: Statement, index: int) -> bool:
    note = statement.note(index)
    return isinstance(note, Quantity) and kind_of(note.unit) in ("count", "people")


def opens_with_verb(phrase: Phrase) -> bool:
    """Whether a phrase may as well be a new predicate: 113个[服务实体经济]."""
    return tokens(phrase.text)[0].tag[0] == "v"
