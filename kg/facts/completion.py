"""Completion: an indicator in the words beside a number, with the thing, the deed or the measure that it needs to be understood."""

from dataclasses import replace

from kg.facts.counted import after
from kg.facts.ellipsis import deed, filled, joined, supplied
from kg.facts.indicator import before
from kg.facts.label import Label, made
from kg.facts.measure import Reading
from kg.facts.narrative import Narrative, Stated, breaks_down
from kg.facts.outlook import stands
from kg.facts.phrase import Phrase, is_verbal
from kg.facts.plausibility import is_economic, is_thing
from kg.facts.statement import Statement, Target
from kg.facts.subject import named
from kg.language.lexicon import wordset
from kg.language.rules import pattern
from kg.language.words import tokens

_SHORT = 2
"""A verb of fewer characters leaves no noun out; it is a quality: 高, 重."""


def completed(statement: Statement, text: str, phrase: Phrase, target: Target, reading: Reading, narrative: Narrative) -> Label:
    """The label with the noun it leaves out: 落地[项目], [项目]总投资."""
    done = deed(statement, text, min(phrase.begin, statement.head(target))) if reading.measure == "level" else ""
    if done:
        return replace(made(done + text, phrase.begin, phrase.end, target), root=text)
    led = _led(statement, text, phrase, target)
    text = filled(statement, text, phrase, target) + _capacity(statement, text, target)
    group = _group(statement, text, phrase, target)
    text = group + text if group or led < phrase.begin else supplied(statement, text, phrase.begin, target, reading, narrative)
    plain = made(statement.original(led, phrase.begin) + text, led, phrase.end, target)
    if common := _common(statement, phrase, target):
        return replace(plain, text=joined(common, text), root=text)
    if text in wordset("relational_noun") or text in wordset("worth") or pattern("label", "contribution").match(plain.text):
        of = _measured(statement, target, narrative)
        of = of if target.kind != "Amount" or _costs(of) or text in wordset("worth") else ""
        return replace(plain, text=joined(of, plain.text), root=of) if of else plain
    bare = phrase.bare or pattern("label", "works").match(text)
    if not bare or len(text) < _SHORT or is_economic(text) or not _is_open(statement, phrase, target):
        return plain
    of = headed(_picked(statement, target, narrative))
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
    if not target.counts or phrase.begin < target.index or phrase.bare:
        return ""
    for name in ("joins", "listed", "happens"):
        if match := pattern("label", name).match(statement.text, phrase.end):
            return statement.original(*match.span("i"))
    return _did(statement, phrase.end, target) if pattern("label", "doers").search(phrase.text) else ""


def _did(statement: Statement, begin: int, target: Target) -> str:
    """What those counted did, up to the end of the clause and with no number of its own: 7万家商户已[按时换发执照]."""
    clause = pattern("label", "deed").match(statement.text, begin)
    if clause is None or pattern("label", "for-whom").search(statement.text, 0, statement.head(target)):
        return ""
    begin, end = clause.span("i")
    parts = [t for t in tokens(statement.text[begin:end]) if t.tag[0] != "d"]
    verb = next((i for i, t in enumerate(parts[:2]) if t.tag[0] == "v"), None)
    if verb is None or is_economic(parts[0].text):
        return ""  # 9家民宿租金走高
    idle = any(parts[0].text in wordset(table) for table in ("introduction", "speech_verb", "rise", "fall"))
    told = pattern("label", "telling").search(statement.text, begin, end)
    return "" if idle or told else statement.original(begin, end)


def _is_open(statement: Statement, phrase: Phrase, target: Target) -> bool:
    """Whether a number leaves its noun out: 落地38个, 38个开工, but not 举办430场[活动], 举办38场各类活动."""
    if phrase.begin > target.index:
        return tokens(phrase.text)[-1].text in wordset("event_verb")
    return not statement.runs_on(target)


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
    stated = narrative.counted if target.counts else narrative.last
    if stated is None:
        return ""
    here = stated.sentence == statement.source.sentence.index
    if not target.counts:
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


def headed(text: str) -> str:
    """An indicator without the verbs or list at its beginning: 签约[亿元以上项目]."""
    listed = [t.end for t in tokens(text) if t.text in wordset("and_so_on")]
    text = text[listed[-1] :] if listed and listed[-1] < len(text) else text
    parts = list(tokens(text))
    while len(parts) > 1 and is_verbal(parts[0]):
        parts = parts[1:]
    if len(parts) > 1 and is_verbal(parts[-1]) and parts[-1].text not in wordset("event_verb") | wordset("verbal_noun"):
        return ""  # 调解组织收案: what was done, and no things
    return text[parts[0].begin :] if parts else text
