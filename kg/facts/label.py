"""Labels: the indicator of a figure, from the words beside the number or from an earlier figure."""

from dataclasses import dataclass, replace

from kg.facts.counted import after, opens_with_verb
from kg.facts.distribution import aligned, every, item, members, part
from kg.facts.ellipsis import deed, fared, filled, joined, supplied
from kg.facts.indicator import before, contest, setting, topic
from kg.facts.measure import MOVES, Reading, paced
from kg.facts.narrative import Narrative, Stated, breaks_down
from kg.facts.outlook import stands
from kg.facts.phrase import Phrase, is_verbal
from kg.facts.plausibility import is_economic, is_thing
from kg.facts.statement import Statement, Target, kind_of
from kg.facts.subject import named
from kg.language.lexicon import words, wordset
from kg.language.quantity import Quantity
from kg.language.rules import pattern
from kg.language.words import tokens

_COUNTED = ("Count", "Few", "Head")
_SHORT = 2
"""A verb of fewer characters leaves no noun out; it is a quality: 高, 重."""


@dataclass(frozen=True, slots=True)
class Label:
    """The name of what is measured, and the stretch of the masked sentence that says it."""

    text: str
    begin: int
    end: int
    inherited: bool = False
    """It is that of the figure before, and so is the thing it is about."""
    aligned: bool = False
    """One of several names, which belongs to one of several numbers."""
    root: str = ""
    """The noun that later figures may complete, where it is not the whole text."""


def labels(statement: Statement, target: Target, reading: Reading, narrative: Narrative) -> tuple[Label, ...]:
    """The indicators a number is about: one as a rule, two for 增速和质量均列第一, none where the text gives no name."""
    if one := item(statement, target, reading):
        return (replace(_label(one.text, one.begin, one.end, target), aligned=True),)
    if level := aligned(statement, target, reading, narrative.told):
        return (replace(_label(level.text, level.begin, level.end, target, inherited=True), aligned=True),)
    if all_of := every(statement, target, reading, narrative.told):
        return tuple(_label(one.text, one.begin, one.end, target, inherited=True) for one in all_of)
    if reading.continues and narrative.latest:
        return (_label(narrative.latest.indicator, narrative.latest.clause.begin, target.index, target, inherited=True),)
    if beside := _beside(statement, target, narrative):
        return (_label(beside.indicator, beside.clause.begin, target.index, target, inherited=True),)
    if reading.indicator:
        return (_told(statement, target, reading, *reading.indicator, narrative),)
    phrase = _own(statement, target, reading)
    if phrase is None and (some := _some(statement, target, reading, narrative)):
        return (some,)
    if phrase is None and (of_each := _of_each(statement, target)):
        return (_label(of_each.text, of_each.begin, target.index, target),)
    if phrase is None:
        whole = part(statement, target, reading, narrative.levels)
        found = _inherited(statement, target, reading, narrative)
        return found or ((_label(whole.text, whole.begin, whole.end, target, inherited=True),) if whole else ())
    return tuple(_completed(statement, text, phrase, target, reading, narrative) for text in _joint(statement, target, phrase, reading))


def _of_each(statement: Statement, target: Target) -> Phrase | None:
    """What a list behind a colon tells of each that it names: 各县GDP排名如下：甲县[3亿元]、乙县[2亿元]."""
    told = pattern("label", "of-each").search(statement.text, 0, target.index) if target.kind == "Amount" else None
    found = before(statement, 0, told.start()) if told else None
    return replace(found, text=pattern("label", "each").sub("", found.text)) if found and is_economic(found.text) else None


def _beside(statement: Statement, target: Target, narrative: Narrative) -> Stated | None:
    """What the count right before an amount or count measured: 质押融资44笔[4亿元], 补贴5户[174人]."""
    note, latest = statement.note(target.index - 1) if target.index else None, narrative.latest
    counted = isinstance(note, Quantity) and kind_of(note.unit) in ("count", "people")
    return latest if counted and latest and latest.clause == target.clause and latest.sentence == statement.source.sentence.index else None


def _told(statement: Statement, target: Target, reading: Reading, begin: int, end: int, narrative: Narrative) -> Label:
    """The label whose end the rule has found: 民生支出[占财政支出的比重], [固定资产投资]全年计划, [产值]增速[高于全市]."""
    own = statement.original(begin, end)
    if reading.whole:
        return _label(own, begin, end, target)
    left = before(statement, target.clause.begin, begin) if begin < target.index else None
    last = narrative.last if begin < target.index else None
    last = last if last and last.sentence == statement.source.sentence.index else None
    of = last.root if last else ""
    if left:
        of = joined(of, left.text) if left.text in wordset("relational_noun") else left.text
    first = left.begin if left else last.clause.begin if last else begin
    return replace(_label(of + own, first, end, target, inherited=left is None), root=of)


def _label(text: str, begin: int, end: int, target: Target, *, inherited: bool = False) -> Label:
    return Label(pattern("label", "hedge").sub("", text), min(begin, target.index), max(end, target.index + 1), inherited)


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
    if target.kind in _COUNTED:
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
    return number is not None and number.kind in _COUNTED and not apart


def _gives_way(left: str, right: str) -> bool:
    """Whether of the words on both sides of an amount only those behind it name a measure."""
    return is_economic(right) and not is_thing(right) and not is_economic(left) and left not in wordset("relational_noun")


def _completed(statement: Statement, text: str, phrase: Phrase, target: Target, reading: Reading, narrative: Narrative) -> Label:
    """The label with the noun it leaves out: 落地[项目], [项目]总投资."""
    done = deed(statement, text, min(phrase.begin, statement.head(target))) if reading.measure == "level" else ""
    if done:
        return replace(_label(done + text, phrase.begin, phrase.end, target), root=text)
    led = _led(statement, text, phrase, target)
    text = filled(statement, text, phrase, target) + _capacity(statement, text, target)
    group = _group(statement, text, phrase, target)
    text = group + text if group or led < phrase.begin else supplied(statement, text, phrase.begin, target, reading, narrative)
    plain = _label(statement.original(led, phrase.begin) + text, led, phrase.end, target)
    if common := _common(statement, phrase, target):
        return replace(plain, text=joined(common, text), root=text)
    if text in wordset("relational_noun") or text in wordset("worth") or pattern("label", "contribution").match(plain.text):
        of = _measured(statement, target, narrative)
        of = of if target.kind != "Amount" or _costs(of) or text in wordset("worth") else ""
        return replace(plain, text=joined(of, plain.text), root=of) if of else plain
    bare = phrase.bare or pattern("label", "works").match(text)
    if not bare or len(text) < _SHORT or is_economic(text) or not _is_open(statement, phrase, target):
        return plain
    of = _head(_picked(statement, target, narrative))
    told = "" if of and target.kind in ("Percent", "Points") else text  # 连续三年保持8%: what was done is no part of it
    return replace(plain, text=told if of and told.endswith(of) else told + of, root=of)


def _led(statement: Statement, text: str, phrase: Phrase, target: Target) -> int:
    """Where an indicator begins with whom or how it is done ([对东盟]进出口), or what sets things apart ([新设立]企业)."""
    if phrase.begin >= target.index:
        return phrase.begin
    rules = ("made",) if text in wordset("bare_thing") else ("means", "partner") if is_economic(text) else ()
    found = (pattern("label", rule).search(statement.text, target.clause.begin, phrase.begin) for rule in rules)
    return next((match.start("i") for match in found if match), phrase.begin)


def _group(statement: Statement, text: str, phrase: Phrase, target: Target) -> str:
    """The sector or set of firms before the verb, part of what is measured: [软件业]实现利润."""
    before_it = phrase.begin < target.index and (is_economic(text) or text in wordset("relational_noun"))
    match = pattern("label", "group").search(statement.text, target.clause.begin, phrase.begin) if before_it else None
    group = statement.original(*match.span("i")) if match else ""
    if not group or is_verbal(tokens(group)[0]):
        return ""
    return joined(group, text).removesuffix(text)


def _capacity(statement: Statement, text: str, target: Target) -> str:
    """The noun behind one or several amounts that says what they are: 炼油4000万吨的[生产能力]."""
    match = pattern("label", "capacity").match(statement.text, target.index) if target.kind == "Amount" and not is_economic(text) else None
    return match["i"] if match else ""


def _common(statement: Statement, phrase: Phrase, target: Target) -> str:
    """What things counted are said to have in common: 42家企业[参与节能行动], 26家企业列入[示范库], 7个项目[落地开工]."""
    if target.kind not in _COUNTED or phrase.begin < target.index or phrase.bare:
        return ""
    for name in ("joins", "listed", "happens"):
        if match := pattern("label", name).match(statement.text, phrase.end):
            return statement.original(*match.span("i"))
    return ""


def _is_open(statement: Statement, phrase: Phrase, target: Target) -> bool:
    """Whether a number leaves its noun out: 落地38个, 38个开工, but not 举办430场[活动], 举办38场各类活动."""
    if phrase.begin > target.index:
        return tokens(phrase.text)[-1].text in wordset("event_verb")
    return not _runs_on(statement, target)


def _measured(statement: Statement, target: Target, narrative: Narrative) -> str:
    """What a 增速 or 总投资 is that of, where the words around it do not name one that it describes: 总投资12亿元的[项目]."""
    if target.kind == "Amount" and named(statement, target):
        return ""
    things = after(statement, target.index, target.clause.end) if target.kind == "Amount" else None
    if things and pattern("label", "of").search(statement.text, target.index, things.begin):
        return things.text
    if thing := _object(statement, target):
        return thing.text
    stated = (narrative.counted or narrative.last) if target.kind == "Amount" else _worked_on(narrative)
    reach = 1 if breaks_down(statement) else 0  # how many sentences back it may be
    if not stated or statement.source.sentence.index - stated.sentence > reach:
        return ""
    return stated.indicator if stated.counts else stated.root


def _costs(things: str) -> bool:
    """Whether money may be spent on things, each for itself: projects, and no parking lots of one of them."""
    return is_economic(things) and not stands(things) and (not is_thing(things) or bool(pattern("label", "bearer").match(things)))


def _worked_on(narrative: Narrative) -> Stated | None:
    """The last figure, but for those of whom it was done for: 改造小区45个，惠及居民3万户，[改造小区]开工率."""
    last = narrative.last
    if last is None or not pattern("label", "effect").search(last.indicator.removesuffix(last.root)):
        return last
    levels = (one for one in reversed(narrative.levels) if one.sentence == last.sentence)
    return next((one for one in levels if not pattern("label", "effect").search(one.indicator.removesuffix(one.root))), last)


def _picked(statement: Statement, target: Target, narrative: Narrative) -> str:
    """Of what a 落地38个 or 国家级2个 picks some."""
    if those := _among(statement, target):
        return those.text
    stated = narrative.counted if target.kind in _COUNTED else narrative.last
    if stated is None:
        return ""
    here = stated.sentence == statement.source.sentence.index
    if target.kind not in _COUNTED:
        return stated.root if here else ""
    beside = here and stated.clause == target.clause  # 补贴5户174人
    return stated.root if beside or stated.unit == target.quantity.unit else ""


def _among(statement: Statement, target: Target) -> Phrase | None:
    """The things that the clause before picks from: 签约[项目]中."""
    number = target.clause.number
    clause = statement.clauses[number - 1] if number else None
    match = pattern("label", "among").fullmatch(statement.text, clause.begin, clause.end) if clause else None
    return before(statement, match.start("i"), match.end("i")) if match else None


def _object(statement: Statement, target: Target) -> Phrase | None:
    """What the clause before got, where it has no number: 获批省级[产业集群]，数量居全市第一."""
    clause = statement.silent(target.clause)
    if clause is None or target.kind != "Ordinal":
        return None
    return before(statement, clause.begin, clause.end - 1)


def _head(text: str) -> str:
    """An indicator without the verbs or list at its beginning: 签约[亿元以上项目]."""
    listed = [t.end for t in tokens(text) if t.text in wordset("and_so_on")]
    text = text[listed[-1] :] if listed and listed[-1] < len(text) else text
    parts = list(tokens(text))
    while len(parts) > 1 and is_verbal(parts[0]):
        parts = parts[1:]
    if len(parts) > 1 and is_verbal(parts[-1]) and parts[-1].text not in wordset("event_verb") | wordset("verbal_noun"):
        return ""  # 调解组织收案: what was done, and no things
    return text[parts[0].begin :] if parts else text


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


def _inherited(statement: Statement, target: Target, reading: Reading, narrative: Narrative) -> tuple[Label, ...]:
    """The label of the figure before; without one, what the clause before speaks of, or the ranking that is told of."""
    if reading.measure == "level" and _runs_on(statement, target):
        return ()
    last, here = _outside(statement, target, narrative), statement.source.sentence.index
    ranked = reading.measure == "rank" or target.kind in ("Steps", "Head")
    if reading.scope and reading.scope.endswith(words("contest_noun")):
        return (_label(reading.scope, reading.end, target.index, target),)
    if ranked and (seen := pattern("label", "seen").search(statement.text, 0, target.clause.begin)):
        return (_label(statement.original(*seen.span("i")), seen.start("i"), seen.end("i"), target),)
    within = _setting(statement, target) if ranked else None
    if within:
        return (_label(within.text, within.begin, within.end, target),)
    named = contest(statement, target.index) if ranked else None
    latest = narrative.latest if narrative.latest and narrative.latest.sentence == here else None
    moved = latest and latest.measure == "change" and (reading.measure == "change" or latest.begins(last))
    follows = ranked or (moved and reading.measure in MOVES)  # 增加40亿元，增长6%；增加40亿元，同比多增6亿元
    last = latest if follows and latest else last
    last = last if last and _comparable(target, reading, last) and not _is_unread(statement, last, target) else None
    behind = named and last and named.begin > max((t.index for t in statement.targets if t.clause == last.clause), default=0)
    if named and last and last.sentence == here and (behind or _is_entrants(last)):
        return (_label(named.text, named.begin, named.end, target),)
    if reading.measure == "growth" and (told := fared(statement, target)):
        return (_label(told.text, told.begin, told.end, target),)
    if last and last.sentence == here and not (ranked and narrative.contest and _is_entrants(last)):
        told_of = last.measure == "change" or (reading.measure in ("growth", "rank") and last.measure == "share")
        base = last.root if told_of else last.indicator
        base = _head(base) if _is_total(statement, target) else base
        return (_label(base, last.clause.begin, target.index + 1, target, inherited=True),)
    if ranked and narrative.ranking:
        return (_label(narrative.ranking.indicator, target.clause.begin, target.index, target),)
    found = named or _topic(statement, target)
    if ranked and narrative.contest and not (found and is_economic(found.text)):
        return (_label(narrative.contest, target.clause.begin, target.index, target),)
    text = pattern("label", "pace").sub("", found.text) if found and reading.measure == "growth" else found.text if found else ""
    if found and text:
        return (_label(text, found.begin, found.end, target),)
    if last is None or paced(statement, target):  # what it is the pace of is not told
        return ()
    return (_label(last.indicator, target.clause.begin, target.index + 1, target, inherited=True),)


def _is_entrants(last: Stated) -> bool:
    """Whether the last figure counts those in a ranking: 4个区上榜."""
    return last.counts and bool(pattern("label", "entrants").search(last.indicator))


def _some(statement: Statement, target: Target, reading: Reading, narrative: Narrative) -> Label | None:
    """Some of the things counted before, by what became of them: 全区成果162项，其中6项[在全市推广]."""
    counted, here = narrative.counted, statement.source.sentence.index
    if counted is None or target.kind not in _COUNTED or not _comparable(target, reading, counted) or counted.value < target.quantity.value:
        return None
    near = counted.sentence == here or (counted.sentence == here - 1 and breaks_down(statement))
    if not near or not pattern("label", "of-them").search(statement.text, 0, statement.head(target)):
        return None
    became = pattern("label", "became").match(statement.text, target.index)
    if became is None:
        return None
    told, things = statement.original(*became.span("i")), counted.root
    return _label(told if told.endswith(things) else told + things, target.index, became.end(), target)


def _outside(statement: Statement, target: Target, narrative: Narrative) -> Stated | None:
    """The last figure, or where that stands in brackets since closed, the one before them: 火电4568万千瓦（煤电2620万千瓦），增长7%."""
    last = narrative.last
    bracket = pattern("label", "bracketed").search(statement.text, 0, target.index)
    if not last or not bracket or last.sentence != statement.source.sentence.index or not bracket.start() < last.at < bracket.end("i"):
        return last
    before_it = (one for one in reversed(narrative.levels) if one.sentence == last.sentence and one.at < bracket.start())
    return next(before_it, last)


def _is_total(statement: Statement, target: Target) -> bool:
    """Whether it says how many there are now, whatever was done of late: 新增企业23家，总数达186家."""
    return any(noun in statement.text[target.clause.begin : target.index] for noun in words("total_noun"))


def _runs_on(statement: Statement, target: Target) -> bool:
    """Whether words follow the number right away, so that it is not one more of what the figure before measured."""
    rest = statement.text[target.index + 1 : target.clause.end]
    return bool(rest) and rest[0].isalpha() and not rest.startswith(words("bound_after"))


def _is_unread(statement: Statement, last: Stated, target: Target) -> bool:
    """Whether a number that is no known quantity stands in between, so that the later one may be about it."""
    begin = last.clause.begin if last.sentence == statement.source.sentence.index else 0
    return bool(pattern("label", "unread").search(statement.text, begin, target.index))


def _comparable(target: Target, reading: Reading, last: Stated) -> bool:
    """Whether a number may be one more of what the figure before measured: a length is no output value, cars grow by no sum of money."""
    unit = last.of if last.measure == "growth" else last.unit
    if reading.measure == "change":
        return len({kind_of(unit), kind_of(target.quantity.unit)} - {"", "ratio"}) < 2
    if reading.measure != "level":
        return True
    alike = kind_of(unit) == kind_of(target.quantity.unit) if unit else target.kind not in _COUNTED
    return last.measure in ("level", "growth") and alike


def _topic(statement: Statement, target: Target) -> Phrase | None:
    return topic(statement, statement.clauses[target.clause.number - 1]) if target.clause.number else None


def _setting(statement: Statement, target: Target) -> Phrase | None:
    """在综合考核排名中, in this clause or the one before."""
    for clause in reversed(statement.clauses[max(target.clause.number - 1, 0) : target.clause.number + 1]):
        found = setting(statement, clause, min(clause.end, target.index))
        if found and found.text not in wordset("contest_noun") and found.text.endswith(words("contest_noun")):
            return found
    return None
