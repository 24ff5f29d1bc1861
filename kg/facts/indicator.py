"""Indicators: the noun phrase before a number, or in the words around it, that says what is measured."""

from collections.abc import Sequence
from dataclasses import replace

from kg.facts.entity import Link
from kg.facts.phrase import Phrase, after_break, is_mark, light_verbs, noun_length, phrase, tells, word
from kg.facts.statement import Clause, Note, Statement, kind_of
from kg.language.lexicon import plain, words, wordset
from kg.language.period import Period
from kg.language.quantity import Quantity
from kg.language.rules import pattern
from kg.language.words import Token, tokens

_NAMES = ("Organization", "Event", "Place")
"""Annotations that may be what is counted."""


def before(statement: Statement, begin: int, end: int) -> Phrase | None:
    """The noun phrase that ends, but for verbs of attainment and adverbs, at ``end``; the clause begins at ``begin``."""
    if threshold := _threshold(statement, end):
        return threshold
    if basis := pattern("clause", "basis").search(statement.text, begin, end):
        return before(statement, basis.end(), end) or before(statement, begin, basis.start())
    cut = [t for t in tokens(statement.text[begin:end]) if t.text.strip()]
    if cut and cut[-1].text in word("and"):
        return None  # 5个站台和12条股道: what stands before it is of the number before
    cut = _without_time(statement, begin, _without_setting(_without_comparison(statement, begin, cut)))
    cut = _without_tail(after_break(statement, begin, cut)) or _thing(statement, begin, cut)
    told = _without_counted(statement, begin, cut)
    named = phrase(statement, begin, _without_head(_without_verbs(_without_predicate(told))))
    return replace(named, begin=begin + cut[0].begin) if named and told != cut else named


def _without_predicate(words: list[Token]) -> list[Token]:
    """What was done, without who or what did it (党组织已[吸纳党员]); or what came about, where no noun follows ([管网铺设]已施工)."""
    at = next((i for i in range(len(words) - 1, 0, -1) if words[i].text in word("done") | word("doing")), None)
    if at is None:
        return words
    done = words[at + 1 :]
    named = any(t.tag[0] == "n" or (i and t.tag == "vn" and done[0].text not in wordset("event_verb")) for i, t in enumerate(done))
    return done if named or words[at].text in word("doing") else words[:at]


def _without_counted(statement: Statement, begin: int, words: list[Token]) -> list[Token]:
    """Without those that the number before counts, where something was done for them: 为30家企业[减免租金]."""
    note = statement.note(begin + words[0].begin - 1) if words and begin + words[0].begin else None
    if not isinstance(note, Quantity) or kind_of(note.unit) not in ("count", "people"):
        return words
    at = next((i for i in range(1, len(words) - 1) if tells(words[i - 1], words[i], words[i + 1])), 0)
    return words[at:]


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


def _thing(statement: Statement, begin: int, words: list[Token]) -> list[Token]:
    """The name that ends a phrase, where it is what was counted: 召开[区委常委会]17次."""
    note = statement.masked.annotation(begin + words[-1].begin) if words else None
    if note is None or note.kind not in _NAMES:
        return []
    return words[-1:] if len(words) == 1 or words[-2].text in light_verbs() else []


def _without_setting(words: list[Token]) -> list[Token]:
    """What follows 在…中, 在…方面; nothing where the setting is all there is."""
    opened, closed = _setting(words)
    if closed is None:
        return words
    return _without_tail(words[closed + 1 :]) or words[: opened or 0]  # 规模将在五年内达到: the setting stands behind the noun


def _setting(words: Sequence[Token]) -> tuple[int | None, int | None]:
    """Where 在…中 opens and closes; what opens it may stand before the words."""
    opened = next((i for i, t in enumerate(words) if t.text in word("setting")), None)
    inside = range(len(words[:1])) if opened is None else range(opened + 1, len(words))
    closed = [i for i in inside if words[i].text in word("setting_end")]
    return opened, closed[-1] if closed else None


def _without_tail(words: list[Token]) -> list[Token]:
    while words and (_is_tail(words[-1]) or _is_done(words)):
        words = words[: -2 if _is_attained(words[-2:]) else -1]
    return words


def _is_attained(words: Sequence[Token]) -> bool:
    """Whether two words are one verb of attainment: 增加|到, 恢复|至, 控制|在."""
    if len(words) < 2:
        return False
    moved = words[1].text in word("onto") and (words[0].tag == "v" or words[0].text in wordset("rise") | wordset("fall"))
    return moved or words[0].text + words[1].text in wordset("attain")


def _is_done(words: Sequence[Token]) -> bool:
    """Whether the phrase ends in a verb with its adverb: 公园已[建成]."""
    return len(words) > 2 and words[-1].text in light_verbs() and words[-2].text in wordset("attain") and words[-2].tag[0] in "d"


def _is_tail(token: Token) -> bool:
    if is_mark(token):
        return token.text[-1] not in word("closing")
    return token.text in wordset("attain") or token.tag in ("d", "ul", "uz", "uj", "p", "c", "ad")


def _without_verbs(words: list[Token]) -> list[Token]:
    """What follows the last verb that only says that something was done."""
    for i in range(len(words) - 2, -1, -1):
        if light_verbs().get(words[i].text) and not (i and words[i + 1].text in wordset("relational_noun")):
            return words[i + 1 :]
    return words


def _without_head(words: list[Token]) -> list[Token]:
    while len(words) > 1 and _is_head(words[0]):
        words = words[1:]
    return words if not words or not _is_head(words[0]) or words[0].tag[0] == "v" else []


def _is_head(token: Token) -> bool:
    if token.text in word("not"):
        return False
    light = token.text in light_verbs() or token.text in plain("opening") or token.text in wordset("attain") or token.text in word("lead")
    return light or token.tag in ("d", "c", "p", "ul", "uj", "uv", "f", "ad") or (token.tag == "x" and token.text in word("mark"))


def setting(statement: Statement, clause: Clause, end: int) -> Phrase | None:
    """The noun inside 在…中: in a ranking that is what was compared."""
    words = list(tokens(statement.text[clause.begin : end]))
    opened, closed = _setting(words)
    if opened is None or closed is None:
        return None
    inside = after_break(statement, clause.begin, words[opened + 1 : closed])
    return phrase(statement, clause.begin, _without_head(inside))


def topic(statement: Statement, clause: Clause) -> Phrase | None:
    """The first noun phrase of a clause without numbers: what it speaks of."""
    words = after_break(statement, clause.begin, list(tokens(statement.text[clause.begin : clause.end])))
    while words and _is_head(words[0]):
        words = words[1:]
    begin = clause.begin
    return phrase(statement, begin, words[: noun_length(statement, begin, words)])


def contest(statement: Statement, end: int) -> Phrase | None:
    """The ranking that the sentence names before ``end``: a name that says so, or the words before 榜单."""
    for index in reversed(statement.places(0, end)):
        link = statement.link(index)
        if link and link.mention.name.endswith(words("contest_noun")):
            return Phrase(index, index + 1, link.mention.name)
    match = pattern("label", "ranking").search(statement.text, 0, end)
    return Phrase(match.start("i"), match.end(), statement.original(match.start("i"), match.end())) if match else None
