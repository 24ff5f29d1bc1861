"""Labelling: the indicators of a number, sought in the words beside it and then in what was said before."""

from dataclasses import replace

from kg.facts.completion import completed
from kg.facts.counted import after, opens_with_verb
from kg.facts.distribution import aligned, every, item, members, part
from kg.facts.ellipsis import joined
from kg.facts.indicator import before
from kg.facts.inheritance import each_of, inherited, some_of
from kg.facts.label import Label, made
from kg.facts.measure import Reading
from kg.facts.narrative import Narrative, Stated
from kg.facts.phrase import Phrase, word
from kg.facts.plausibility import is_economic, is_measure, is_thing, reads
from kg.facts.statement import Statement, Target, kind_of
from kg.language.lexicon import wordset
from kg.language.quantity import Quantity
from kg.language.rules import pattern
from kg.language.words import tokens


def labels(statement: Statement, target: Target, reading: Reading, narrative: Narrative) -> tuple[Label, ...]:
    """The indicators a number is about: one as a rule, two for 增速和质量均列第一, none where the text gives no name."""
    if shared := _shared(statement, target, reading, narrative):
        return shared
    if reading.indicator:
        return (_told(statement, target, reading, *reading.indicator, narrative),)
    phrase = _own(statement, target, reading)
    if phrase is None:
        return _unsaid(statement, target, reading, narrative)
    found = tuple(completed(statement, text, phrase, target, reading, narrative) for text in _joint(statement, target, phrase, reading))
    read = all(_reads(statement, target, one) for one in found)
    return found if read or len(found) > 1 else _next_best(statement, target, phrase, reading, narrative) or found


def _shared(statement: Statement, target: Target, reading: Reading, narrative: Narrative) -> tuple[Label, ...]:
    """The indicators of a number that is one of several which belong together."""
    if each := each_of(statement, target):
        return (made(each.text, each.begin, target.index, target),)
    if one := item(statement, target, reading):
        return (replace(made(one.text, one.begin, one.end, target), aligned=True),)
    if level := aligned(statement, target, reading, narrative.told):
        return (replace(made(level.text, level.begin, level.end, target, inherited=True), aligned=True),)
    if all_of := every(statement, target, reading, narrative.told):
        return tuple(made(one.text, one.begin, one.end, target, inherited=True) for one in all_of)
    last = narrative.latest if reading.continues else _beside(statement, target, narrative)
    return (made(last.indicator, last.clause.begin, target.index, target, inherited=True),) if last else ()


def _unsaid(statement: Statement, target: Target, reading: Reading, narrative: Narrative) -> tuple[Label, ...]:
    """The indicator of a number beside which no words name it."""
    if some := some_of(statement, target, reading, narrative):
        return (some,)
    if found := inherited(statement, target, reading, narrative):
        return found
    whole = part(statement, target, reading, narrative.levels)
    return (made(whole.text, whole.begin, whole.end, target, inherited=True),) if whole else ()


def _next_best(statement: Statement, target: Target, phrase: Phrase, reading: Reading, narrative: Narrative) -> tuple[Label, ...]:
    """Where the words beside a number read as no measure, the measure within them, or what money is or is counted behind it."""
    level = reading.measure == "level" and not reading.began
    behind = after(statement, target.index, target.clause.end) if level else None
    if behind and not target.counts and not (kind_of(target.quantity.unit) == "money" and is_economic(behind.text)):
        behind = None  # 8英寸生产线, 3亿元的产业
    for other in (_shortened(phrase), behind):
        label = completed(statement, other.text, other, target, reading, narrative) if other else None
        if label and _reads(statement, target, label):
            return (label,)
    return ()


def _reads(statement: Statement, target: Target, label: Label) -> bool:
    return reads(statement, target, label.text, behind=label.begin == target.index)


def _shortened(phrase: Phrase) -> Phrase | None:
    """A phrase without the words between its measure and the number ([销量]很有可能), or before its measure (发展成为[年产值])."""
    parts = [t for t in tokens(phrase.text) if t.text.strip()]
    moved = next((i for i, t in enumerate(parts) if t.text in wordset("rise") | wordset("fall")), len(parts))
    of = next((i + 1 for i, t in reversed(list(enumerate(parts))) if t.text in word("of")), 0)
    heads = (phrase.text[: t.begin] for t in reversed(parts[of:]) if t.tag[0] not in "nbx" and t.tag != "vn")
    tails = (phrase.text[t.end :] for t in parts[:moved] if t.tag == "v" and t.end < len(phrase.text))
    text = next((part for part in (*heads, *tails) if is_economic(part) and not is_thing(part) and is_measure(part)), "")
    return replace(phrase, text=text) if text else None


def _beside(statement: Statement, target: Target, narrative: Narrative) -> Stated | None:
    """What the count right before an amount or count measured: 质押融资44笔[4亿元], 补贴5户[174人]."""
    note, latest = statement.note(target.index - 1) if target.index else None, narrative.latest
    counted = isinstance(note, Quantity) and kind_of(note.unit) in ("count", "people")
    return latest if counted and latest and latest.clause == target.clause and latest.sentence == statement.source.sentence.index else None


def _told(statement: Statement, target: Target, reading: Reading, begin: int, end: int, narrative: Narrative) -> Label:
    """The label whose end the rule has found: 民生支出[占财政支出的比重], [固定资产投资]全年计划, [产值]增速[高于全市]."""
    own = statement.original(begin, end)
    if reading.whole:
        return made(own, begin, end, target)
    left = before(statement, target.clause.begin, begin) if begin < target.index else None
    last = narrative.last if begin < target.index else None
    last = last if last and last.sentence == statement.source.sentence.index else None
    of = last.root if last else ""
    if left:
        of = joined(of, left.text) if left.text in wordset("relational_noun") else left.text
    first = left.begin if left else last.clause.begin if last else begin
    return replace(made(of + own, first, end, target, inherited=left is None), root=of)


def _own(statement: Statement, target: Target, reading: Reading) -> Phrase | None:
    """The phrase before or behind the number that names the indicator."""
    left = before(statement, target.clause.begin, min(reading.end, statement.head(target)))
    if reading.began or reading.measure in ("rank", "growth", "change"):
        return left
    right = after(statement, target.index, target.clause.end)
    if right and left and (pattern("label", "aim").match(right.text) or _is_attained(statement, left, target)):
        return left
    if right and left and target.kind == "Amount" and _gives_way(left.text, right.text):
        return right  # 获得20亿元财政资金支持
    if right and right.bare and left and target.kind == "Amount":
        return left  # 投资3亿元建设: what the money does is no name of it
    if target.counts:
        verbal = left and right and opens_with_verb(right) and not left.bare and not _is_counted(statement, left)
        return left if verbal else right or left
    return left if left and not (left.bare and right) else right


def _is_attained(statement: Statement, left: Phrase, target: Target) -> bool:
    """Whether the words behind a number are only what has so much of the measure before it."""
    return is_economic(left.text) and bool(pattern("label", "attained").match(statement.text, left.end))


def _is_counted(statement: Statement, phrase: Phrase) -> bool:
    """Whether a phrase is what the number before it counts: 5家[售电公司]和6家发电企业."""
    places = statement.places(0, phrase.begin)
    number = next((t for t in statement.targets if places and t.index == places[-1]), None)
    apart = pattern("label", "clause").search(statement.text, places[-1] if places else 0, phrase.begin)
    return number is not None and number.counts and not apart


def _gives_way(left: str, right: str) -> bool:
    """Whether of the words on both sides of an amount only those behind it name a measure."""
    return is_economic(right) and not is_thing(right) and not is_economic(left) and left not in wordset("relational_noun")


def _joint(statement: Statement, target: Target, phrase: Phrase, reading: Reading) -> tuple[str, ...]:
    """Several names that one number goes to: 增速和质量均列第一, 产值、税收全市第一, 研发楼、检测楼各1栋, 甲产业、乙产业产值均突破5亿元."""
    if pattern("label", "list").search(statement.text, phrase.end, target.index):
        return tuple(pattern("label", "and").split(phrase.text))
    ranked = reading.measure == "rank"
    if phrase.begin < target.index and pattern("label", "both").search(statement.text, phrase.end, target.index):
        return tuple(pattern("label", "and").split(phrase.text)) if ranked else members(phrase.text)
    listed = ranked and not any(t.text in wordset("and_so_on") for t in tokens(phrase.text))
    each = members(phrase.text) if listed else ()
    return each if len(each) > 1 and all(is_economic(one) for one in each) else (phrase.text,)
