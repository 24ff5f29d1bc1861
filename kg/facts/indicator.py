"""Indicators: the noun phrase beside a number that says what is measured."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple
from unicodedata import category

from kg.facts.entity import Link
from kg.facts.plausibility import is_economic, is_plain, is_thing
from kg.facts.statement import Clause, Note, Statement, kind_of
from kg.language.lexicon import plain, rows, words, wordset
from kg.language.period import Period
from kg.language.quantity import Quantity
from kg.language.rules import pattern
from kg.language.words import Token, tokens

_THINGS = ("District", "Enterprise", "Organization", "Project", "Place", "Person", "Quantity", "Period")
"""Annotations that end a noun phrase; an industry or programme may be part of one."""
_ASPECT = ("ul", "ug", "uz")
"""Tags of what stands behind a verb: 了, 过, 着."""
_NAMES = ("Organization", "Event", "Place")
"""Annotations that may be what is counted."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase ``text[begin:end]`` of a masked sentence."""

    begin: int
    end: int
    text: str
    """Its words as the sentence has them."""
    bare: bool = False
    """Only verbs or a grade: the noun has to come from an earlier figure."""


class _Verb(NamedTuple):
    word: str
    inside: str


@cache
def _verbs() -> dict[str, bool]:
    return {row.word: bool(row.inside) for row in rows("light_verb", _Verb)}


class _Role(NamedTuple):
    word: str
    role: str


def small_words(role: str) -> tuple[str, ...]:
    """The small words of one role, in the table's order: the words for and begin with what binds things most loosely."""
    return tuple(row.word for row in rows("phrase_word", _Role) if row.role == role)


@cache
def _word(role: str) -> frozenset[str]:
    return frozenset(small_words(role))


def before(statement: Statement, begin: int, end: int) -> Phrase | None:
    """The noun phrase that ends, but for verbs of attainment and adverbs, at ``end``; the clause begins at ``begin``."""
    if threshold := _threshold(statement, end):
        return threshold
    if basis := pattern("clause", "basis").search(statement.text, begin, end):
        return before(statement, basis.end(), end) or before(statement, begin, basis.start())
    cut = [t for t in tokens(statement.text[begin:end]) if t.text.strip()]
    if cut and cut[-1].text in _word("and"):
        return None  # 5个站台和12条股道: what stands before it is of the number before
    cut = _without_time(statement, begin, _without_setting(_without_comparison(statement, begin, cut)))
    cut = _without_tail(_after_break(statement, begin, cut)) or _thing(statement, begin, cut)
    return _phrase(statement, begin, _without_head(_without_verbs(_without_predicate(cut))))


def _without_predicate(words: list[Token]) -> list[Token]:
    """What was done, without who or what did it (党组织已[吸纳党员]); or what came about, where no noun follows ([管网铺设]已施工)."""
    at = next((i for i, t in enumerate(words) if i and t.text in _word("done")), None)
    if at is None:
        return words
    return words[at + 1 :] if any(t.tag[0] == "n" for t in words[at + 1 :]) else words[:at]


def _without_time(statement: Statement, begin: int, words: list[Token]) -> list[Token]:
    """Without the adverbs, verbs and times (累计, 全年, 连续三年) at the end."""
    words = _without_tail(words)
    while words and _is_time(statement.note(begin + words[-1].begin)):
        words = _without_tail(words[:-1])
    return words


def _is_time(note: Note | None) -> bool:
    return isinstance(note, Period) or (isinstance(note, Quantity) and kind_of(note.unit) == "time")


def _threshold(statement: Statement, end: int) -> Phrase | None:
    """A size right before the number that picks out the things counted: [过50亿元]1个."""
    note = statement.note(end - 1)
    if not isinstance(note, Quantity) or all(t.index != end for t in statement.targets):
        return None
    return Phrase(end - 1, end, statement.raw(note), bare=True)


def _phrase(statement: Statement, begin: int, words: Sequence[Token]) -> Phrase | None:
    if not words:
        return None
    first, last = begin + words[0].begin, begin + words[-1].end
    tail = pattern("clause", "tail").search(statement.text, first, last)
    last = tail.start() if tail else last
    text = _balanced(statement.original(first, last))
    if pattern("clause", "bracketed").fullmatch(text):
        return None
    return Phrase(first, last, text, _is_bare(words)) if any(c.isalnum() for c in text) else None


def _balanced(text: str) -> str:
    """Without quotation marks or brackets that open or close nothing."""
    for left, right in _pairs():
        if text.count(left) != text.count(right):
            text = text.strip(left + right)
            if text.count(left) != text.count(right):
                text = text.replace(left, "").replace(right, "")
    return text


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    return tuple((pair[0], pair[1]) for pair in sorted(_word("pair")))


def _is_bare(words: Sequence[Token]) -> bool:
    return all(is_verbal(t) or t.text[-1] in _word("grade") for t in words)


def is_verbal(token: Token) -> bool:
    """Whether a word says what was done or how, and not what is counted."""
    return token.text in wordset("event_verb") or (token.tag[0] in "vdab" and token.text not in wordset("figure_noun"))


def _without_comparison(statement: Statement, begin: int, words: list[Token]) -> list[Token]:
    """Without what follows 较, 超 …, but for the things that a size behind it picks out: 投资超亿元[项目]8个."""
    at = next((i for i, t in enumerate(words) if t.text in wordset("compare") and not _acts(statement, begin, words[i:])), len(words))
    over = at + 2 < len(words) and words[at].text in wordset("bound_over")
    picks = over and isinstance(statement.note(begin + words[at + 1].begin), Quantity)
    return words if picks else words[:at]


def _acts(statement: Statement, begin: int, words: Sequence[Token]) -> bool:
    """Whether a firm comes next, who does something (由江北公司投资) and is not compared with."""
    note = statement.note(begin + words[1].begin) if len(words) > 1 else None
    return isinstance(note, Link) and note.mention.type == "Enterprise"


def _after_break(statement: Statement, begin: int, words: list[Token]) -> list[Token]:
    """What follows the last name, time or number, but for a name in a list that the phrase closes (甲、乙等活动)."""
    for i in range(len(words) - 1, -1, -1):
        note = statement.masked.annotation(begin + words[i].begin)
        if note and (note.kind in _THINGS or (isinstance(note.what, Link) and note.what.anaphor)):
            threshold = i + 2 < len(words) and words[i + 1].text in wordset("bound_after")
            return words[i if threshold else i + 1 :]
    return words


def _thing(statement: Statement, begin: int, words: list[Token]) -> list[Token]:
    """The name that ends a phrase, where it is what was counted: 召开[区委常委会]17次."""
    note = statement.masked.annotation(begin + words[-1].begin) if words else None
    if note is None or note.kind not in _NAMES:
        return []
    return words[-1:] if len(words) == 1 or _is_light(words[-2]) else []


def _is_light(token: Token) -> bool:
    return token.text in _verbs()


def _without_setting(words: list[Token]) -> list[Token]:
    """What follows 在…中, 在…方面; nothing where the setting is all there is."""
    opened = next((i for i, t in enumerate(words) if t.text in _word("setting")), None)
    if opened is None:
        closed = [i for i, t in enumerate(words[:1]) if t.text in _word("setting_end")]
    else:
        closed = [i for i, t in enumerate(words) if i > opened and t.text in _word("setting_end")]
    if not closed:
        return words
    return _without_tail(words[closed[-1] + 1 :]) or words[: opened or 0]  # 规模将在五年内达到: the setting stands behind the noun


def _without_tail(words: list[Token]) -> list[Token]:
    while words and (_is_tail(words[-1]) or _is_done(words)):
        words = words[: -2 if _is_attained(words[-2:]) else -1]
    return words


def _is_attained(words: Sequence[Token]) -> bool:
    """Whether two words are one verb of attainment: 增加|到, 恢复|至, 控制|在."""
    if len(words) < 2:
        return False
    moved = words[1].text in _word("onto") and (words[0].tag == "v" or words[0].text in wordset("rise") | wordset("fall"))
    return moved or words[0].text + words[1].text in wordset("attain")


def _is_done(words: Sequence[Token]) -> bool:
    """Whether the phrase ends in a verb with its adverb: 公园已[建成]."""
    return len(words) > 2 and words[-1].text in _verbs() and words[-2].text in wordset("attain") and words[-2].tag[0] in "d"


def _is_tail(token: Token) -> bool:
    if _is_mark(token):
        return token.text[-1] not in _word("closing")
    return token.text in wordset("attain") or token.tag in ("d", "ul", "uz", "uj", "p", "c", "ad")


def _is_mark(token: Token) -> bool:
    return not token.text.isalnum() and category(token.text[0]) != "Co"


def _without_verbs(words: list[Token]) -> list[Token]:
    """What follows the last verb that only says that something was done."""
    for i in range(len(words) - 2, -1, -1):
        if _verbs().get(words[i].text) and not (i and words[i + 1].text in wordset("relational_noun")):
            return words[i + 1 :]
    return words


def _without_head(words: list[Token]) -> list[Token]:
    while len(words) > 1 and _is_head(words[0]):
        words = words[1:]
    return words if not words or not _is_head(words[0]) or words[0].tag[0] == "v" else []


def _is_head(token: Token) -> bool:
    if token.text in _word("not"):
        return False
    light = token.text in _verbs() or token.text in plain("opening") or token.text in wordset("attain") or token.text in _word("lead")
    return light or token.tag in ("d", "c", "p", "ul", "uj", "uv", "f", "ad") or (token.tag == "x" and token.text in _word("mark"))


def setting(statement: Statement, clause: Clause, end: int) -> Phrase | None:
    """The noun inside 在…中: in a ranking that is what was compared."""
    words = list(tokens(statement.text[clause.begin : end]))
    opened = next((i for i, t in enumerate(words) if t.text in _word("setting")), None)
    closed = [i for i, t in enumerate(words) if opened is not None and i > opened and t.text in _word("setting_end")]
    if opened is None or not closed:
        return None
    inside = _after_break(statement, clause.begin, words[opened + 1 : closed[-1]])
    return _phrase(statement, clause.begin, _without_head(inside))


def after(statement: Statement, index: int, end: int) -> Phrase | None:
    """The noun phrase right after the number at ``index``: 52个[重点项目]."""
    begin = index + 1
    if newly := pattern("clause", "newly").match(statement.text, begin, end):
        things = after(statement, newly.end() - 1, end)
        return things and replace(things, begin=begin, text=newly[0] + things.text)
    words = list(tokens(statement.text[begin:end]))
    while words and (words[0].text in wordset("bound_after") or words[0].text in _word("of")):
        of = words[0].text in _word("of")
        words = words[2 if of and len(words) > 1 and isinstance(statement.note(begin + words[1].begin), Quantity) else 1 :]
    size, words = (words[:2], words[2:]) if len(words) > 2 and _opens_with_size(statement, begin, words) else ([], words)
    told, words = words, _relative(statement, begin, words)
    size = size or _size(statement, begin, told[: len(told) - len(words)])
    things = _bracketed(statement, _phrase(statement, begin, _without_quoted(words[: _counted(statement, index, words)])))
    things = _sending(statement, index, things) if things else things
    return _sized(statement, begin, size, things) if size and things else things


def _sending(statement: Statement, index: int, things: Phrase) -> Phrase:
    """The bodies that are counted, without who came for them: 30家[企业]负责人."""
    note = statement.note(index)
    people = isinstance(note, Quantity) and kind_of(note.unit) == "people"
    sent = None if people else pattern("clause", "sent").fullmatch(things.text)
    return replace(things, end=things.begin + sent.end("i"), text=sent["i"]) if sent else things


def _counted(statement: Statement, index: int, words: Sequence[Token]) -> int:
    """How many of the words behind the number at ``index`` name what it counts, without what is told of that."""
    begin = index + 1
    places = 1 if _counts(statement, index) and _is_of_place(statement, begin, words) else 0
    count = _noun_length(statement, begin, words[places:])
    last = words[places + count - 1].text if count else ""
    count = 0 if places and is_plain(last) and not is_thing(last) else count + places
    while count and words[count - 1].text in _word("setting_end"):
        count -= 1
    if count > 1 and _counts(statement, index) and words[count - 1].tag[0] == "v" and is_plain(words[count - 1].text):
        count -= 1  # 15个区收入实现增长: a measure of what is counted
    if count > 1 and words[count - 1].tag[0] == "v" and _is_followed(statement, begin, words[count:]):
        count -= 1  # 330家企业融资20亿元: a predicate with a number of its own
    verb = count > 1 and (len(words[count - 1].text) == 1 or _is_light(words[count - 1]))
    if verb and count < len(words) and words[count].tag in _ASPECT:
        count -= 1  # 为101户村民圆了新房梦
    if count == 1 and _counts(statement, index) and is_plain(last) and not is_thing(last) and _is_followed(statement, begin, words[1:]):
        return 0  # 落地项目18个资金3亿元: what the next number is
    reached = count < len(words) and (words[count].text in wordset("attain") or _is_followed(statement, begin, words[count:]))
    return _things(words[:count]) if reached and _counts(statement, index) else count


def _things(words: Sequence[Token]) -> int:
    """How many of the words behind a count name what is counted, without what is measured on it: 30家[企业]进出口额2亿元."""
    for count in range(1, len(words)):
        measure = "".join(token.text for token in words[count:])
        last = words[count - 1].text
        area = len(last) > 1 and last.endswith(tuple(wordset("counted_district")))
        thing = area or is_thing(last) or last.endswith(tuple(wordset("bare_thing")))
        told = (is_economic(measure) or measure in wordset("relational_noun")) and not is_thing(measure)
        if thing and told and words[count].text not in _word("and"):
            return count
    return len(words)


def _is_thing(noun: str) -> bool:
    """Whether a noun by itself is what is counted, whatever of it is spoken of: 县, 企业."""
    return noun in wordset("counted_district") or noun in wordset("bare_thing") or bool(pattern("label", "bearer").match(noun))


def _is_of_place(statement: Statement, begin: int, words: Sequence[Token]) -> bool:
    """Whether a place says where the things behind it are from: 12家[江州企业]."""
    note = statement.masked.annotation(begin + words[0].begin) if len(words) > 1 else None
    thing = len(words) > 1 and words[1].tag[0] in "nb" and len(words[1].text) > 1
    return note is not None and note.kind == "District" and thing


def _bracketed(statement: Statement, things: Phrase | None) -> Phrase | None:
    """Things with their likes in brackets: 28个[县（市、区）]."""
    likes = things and pattern("clause", "likes").match(statement.text, things.end)
    return replace(things, end=likes.end(), text=things.text + likes[0]) if things and likes else things


def _opens_with_size(statement: Statement, begin: int, words: Sequence[Token]) -> bool:
    """Whether words begin with how large things are: 超百亿元, 过百亿元."""
    over = wordset("bound_over") | _word("over")
    return len(words) > 1 and words[0].text in over and isinstance(statement.note(begin + words[1].begin), Quantity)


def _size(statement: Statement, begin: int, clause: list[Token]) -> list[Token]:
    """The clause in 的 before things, where it says how large they are: 3家[产值过亿元]的企业."""
    sized = clause and pattern("clause", "size").fullmatch(statement.text, begin + clause[0].begin, begin + clause[-1].end)
    return clause[:-1] if sized else []


def _sized(statement: Statement, begin: int, size: Sequence[Token], things: Phrase) -> Phrase:
    """Things with the size that picks them out: 9个[超百亿元项目]."""
    first, last = begin + size[0].begin, begin + size[-1].end
    return replace(things, begin=first, text=statement.original(first, last) + things.text)


def _counts(statement: Statement, index: int) -> bool:
    note = statement.note(index)
    return isinstance(note, Quantity) and kind_of(note.unit) in ("count", "people")


def _without_quoted(words: list[Token]) -> list[Token]:
    """Without a verb in quotation marks behind a noun: 干部[“挂帅”]."""
    verb = len(words) > 3 and words[-1].text in _word("quote") and words[-3].text in _word("quote") and words[-2].tag[0] in "vx"
    return words[:-3] if verb else words


def _is_followed(statement: Statement, begin: int, words: Sequence[Token]) -> bool:
    """Whether a number comes next, but for what bounds it."""
    rest = [t for t in words if t.text not in wordset("attain")]
    return bool(rest) and isinstance(statement.note(begin + rest[0].begin), Quantity)


def opens_with_verb(phrase: Phrase) -> bool:
    """Whether a phrase may as well be a new predicate: 113个[服务实体经济]."""
    return tokens(phrase.text)[0].tag[0] == "v"


def _relative(statement: Statement, begin: int, words: list[Token]) -> list[Token]:
    """Without a clause that ends in 的 before the noun: [有影响力的]平台企业."""
    noun = _noun_length(statement, begin, words)
    ofs = [i for i, t in enumerate(words) if t.text in _word("of") and i >= noun]
    if not ofs or ofs[-1] + 1 >= len(words) or (noun and words[noun].text in _word("setting_end")):
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


def _last_number(statement: Statement, index: int) -> int:
    """Where the number before the one at ``index`` stands in its clause, ``index`` of the sentence's begin where there is none."""
    target = next((t for t in statement.targets if t.index == index), None)
    before = [t.index for t in statement.targets if target and t.clause == target.clause and t.index < index]
    return before[-1] if before else 0


def _noun_length(statement: Statement, begin: int, words: Sequence[Token]) -> int:
    quoted, count = False, 0
    for i, token in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else None
        if token.text in _word("quote"):
            quoted = not quoted
        elif not quoted and not _is_nominal(statement, begin, token, following, count == 0):
            break
        count = i + 1
    return count


def _is_nominal(statement: Statement, begin: int, token: Token, following: Token | None, first: bool) -> bool:
    note = statement.masked.annotation(begin + token.begin)
    if note and len(token.text) == 1:
        return note.kind not in _THINGS
    happens = not first and token.text in wordset("event_verb")
    if not first and token.text in _word("grade") and following is not None and following.tag[0] == "n":
        return True  # 生物医药类公司
    if _is_mark(token) or happens or token.text in wordset("attain") or token.text in _word("stop"):
        return False
    if token.text in _word("and"):
        return not first and following is not None and following.tag[0] in "nblj"
    if not first and token.tag[0] in "vx" and token.text in wordset("verbal_noun") and _ends(following):
        return True  # 志愿服务[组织]、
    if not first and _verbs().get(token.text) and token.tag[0] in "vx":
        return False
    if not first and (token.text in wordset("measured_noun") or token.text in wordset("figure_noun")):
        return True
    if (token.tag[0] in "nbjliasezgmk" and token.tag != "ad") or token.tag in ("vn", "eng", "x", "f"):
        return True
    return token.tag[0] == "v" and _modifies(token, following)


def _ends(following: Token | None) -> bool:
    """Whether no word follows that a verb could govern."""
    return following is None or _is_mark(following) or following.text in _word("and")


def _modifies(token: Token, following: Token | None) -> bool:
    """Whether a verb stands for a noun in the phrase: 招商资源, 签约项目."""
    return token.text not in _verbs() and following is not None and following.tag[0] in "nb" and len(token.text) > 1


def topic(statement: Statement, clause: Clause) -> Phrase | None:
    """The first noun phrase of a clause without numbers: what it speaks of."""
    words = _after_break(statement, clause.begin, list(tokens(statement.text[clause.begin : clause.end])))
    while words and _is_head(words[0]):
        words = words[1:]
    begin = clause.begin
    return _phrase(statement, begin, words[: _noun_length(statement, begin, words)])


def contest(statement: Statement, end: int) -> Phrase | None:
    """The ranking that the sentence names before ``end``: a name that says so, or the words before 榜单."""
    for index in reversed(statement.places(0, end)):
        link = statement.link(index)
        if link and link.mention.name.endswith(words("contest_noun")):
            return Phrase(index, index + 1, link.mention.name)
    match = pattern("label", "ranking").search(statement.text, 0, end)
    return Phrase(match.start("i"), match.end(), statement.original(match.start("i"), match.end())) if match else None
