"""Belief: what speaks against a number being a figure of whom it seems to be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from itertools import accumulate
from typing import NamedTuple

from kg.facts.entity import Entity
from kg.facts.label import Label
from kg.facts.narrative import Narrative, tells_of_venture
from kg.facts.outlook import stands
from kg.facts.plausibility import (
    ASIDE,
    SHARES,
    WORK,
    chatter,
    fuller,
    is_alone,
    is_brand_name,
    is_economic,
    is_name,
    is_of_bearer,
    is_of_company,
    is_of_contest,
    is_of_firm,
    is_of_listed,
    is_of_part,
    is_of_stranger,
    is_of_work,
    is_plain,
    is_strange,
    is_terse,
    reads,
    suits,
)
from kg.facts.statement import Clause, Statement, Target, kind_of
from kg.facts.subject import Holder, named, opens, subject
from kg.language.lexicon import words, wordset
from kg.language.quantity import normalized
from kg.language.rules import pattern
from kg.language.words import tokens
from kg.names.district import country_key

_SHORT_WORD = 2
"""Characters that make a word by themselves."""
_COUNTED = 3
"""Fewer may be told of in passing and not counted."""


class Trust(StrEnum):
    """What a document is worth as a witness of what a district has."""

    REPORT = "report"
    """A district's own report: what it does not say of anybody else is the district's."""
    ECONOMIC = "economic"
    """It is about an economy, and speaks of a district more than once."""
    OTHER = "other"


@dataclass(frozen=True)
class Claim:
    """That a number of a sentence measures something of somebody."""

    line: Statement
    target: Target
    label: Label
    holder: Holder
    owners: tuple[Entity, ...]
    """Whose it would be."""
    narrative: Narrative
    trust: "Trust"

    at_home: bool
    """The owner is the district that the document speaks of, or the site or firm that it is about."""

    minor: bool
    """The document speaks more of another firm than of the owner."""

    @property
    def reach(self) -> int:
        """Where the words before the indicator end."""
        return min(self.label.begin, self.target.index)

    @property
    def around(self) -> tuple[int, int]:
        """The sentence, or in a report, whose sentences tell of many things, the clauses beside the number."""
        clauses, number = self.line.clauses, self.target.clause.number
        if self.trust is not Trust.REPORT:
            return 0, len(self.line.text)
        return clauses[max(number - 1, 0)].begin, clauses[min(number + 1, len(clauses) - 1)].end

    @cached_property
    def before(self) -> int:
        """Where the words before the indicator end, but for examples of what is counted."""
        begin, end = self.target.clause.begin, self.reach
        if not self.line.text.endswith(words("and_so_on"), begin, end):
            return end
        match = pattern("label", "examples").search(self.line.text, begin, end)
        return max(match.start(), self.line.behind(self.holder.keys, begin, end)) if match else end

    @property
    def lead(self) -> str:
        """The words of the clause before the indicator, and a name with a colon before it, behind the name of an owner."""
        clause = self.target.clause
        headed = pattern("label", "headed").search(self.line.text, 0, clause.begin)
        behind = self.line.behind(self.holder.keys, headed.start("i") if headed else clause.begin, self.before)
        return self.line.text[behind : self.before]

    @property
    def since(self) -> str:
        """The words of the sentence before the indicator, behind the name of an owner."""
        return self.line.text[self.line.behind(self.holder.keys, 0, self.before) : self.before]

    @property
    def turned(self) -> bool:
        """Whether a body without a name has become the subject since the owner last was it."""
        turned, begin = False, 0
        for part in pattern("label", "clause").split(self.line.text[: self.reach]):
            behind = self.line.behind(self.holder.keys, begin, begin + len(part))
            leads = behind > begin and opens(self.line.text[begin : behind - 1])
            bearer = is_of_bearer(part) and not pattern("narrative", "breakdown").match(part)  # 分行业看 names nobody
            turned = bearer or (turned and not leads)
            begin += len(part) + 1
        return turned

    def leads(self, clause: Clause) -> bool:
        """Whether the owner is the subject of a clause."""
        one = subject(self.line, clause)
        return one is not None and one.keys == self.holder.keys

    @property
    def goes_on(self) -> bool:
        """Whether it is one more number of what was believed of the owner just before."""
        last, name = self.narrative.latest, self.label.root or self.label.text
        believed = last is not None and last.sound and last.keys == self.holder.keys and name in (last.root, last.indicator)
        return self.label.inherited and believed

    @property
    def of_district(self) -> bool:
        """Whether it would be a district's."""
        return any(owner.type == "District" for owner in self.owners)


class Verdict(NamedTuple):
    """What is made of a claim."""

    believed: bool
    strayed: bool
    """It is about somebody else."""


def judge(claim: Claim) -> Verdict:
    """Weigh what speaks against a claim by how much its document is trusted."""
    fatal, others = _grounds(claim.trust)
    if any(doubt(claim) for doubt in fatal):
        return Verdict(believed=False, strayed=True)
    weights = accumulate(_WEIGHT[doubt] for doubt in others if doubt(claim))
    return Verdict(all(weight <= _BEARS[claim.trust] for weight in weights), strayed=False)


_Doubt = Callable[[Claim], bool]


@cache
def _grounds(trust: Trust) -> tuple[tuple[_Doubt, ...], tuple[_Doubt, ...]]:
    """The doubts that by themselves tell that somebody else is meant, and the others."""
    fatal = tuple(doubt for doubt, weight in _WEIGHT.items() if doubt in _STRAYED and weight > _BEARS[trust])
    return fatal, tuple(doubt for doubt in _WEIGHT if doubt not in fatal)


def otherwise(claim: Claim) -> bool:
    """The sentence, or in a district's own report what stands beside the number, tells of something else than an economy."""
    account = is_of_listed(claim.label.text)
    return any(not rule.value or (rule.value == SHARES and not account) for rule in chatter(claim.line, *claim.around))


def gossip(claim: Claim) -> bool:
    """The sentence tells of people's lives, of devices or of where to inquire."""
    return any(rule.value == ASIDE for rule in chatter(claim.line, 0, len(claim.line.text)))


def official(claim: Claim) -> bool:
    """The sentence tells of the work of courts, police or hospitals, or of money raised."""
    return any(rule.value == WORK for rule in chatter(claim.line, 0, len(claim.line.text)))


def no_measure(claim: Claim) -> bool:
    """The indicator does not read as one, and is none that was believed before."""
    if claim.goes_on:
        return False  # 湿地修复30亩，增长5%，占全市的8%
    return not reads(claim.line, claim.target, claim.label.text, behind=claim.label.begin == claim.target.index)


def itself(claim: Claim) -> bool:
    """The words taken for an indicator are the owner's own name."""
    return any(claim.label.text in (owner.name, *owner.aliases) for owner in claim.owners)


def torn(claim: Claim) -> bool:
    """The owner's name is torn out of a longer word, whose rest begins the indicator: 中国银行[业资产总额]."""
    begin = claim.label.begin
    link = claim.line.link(begin - 1) if begin else None
    if link is None or link.anaphor or link.key not in claim.holder.keys or not claim.label.text:
        return False
    at, first = claim.line.masked.origin(begin), tokens(claim.label.text)[0]
    rest = first.text in wordset("firm_ending") or (len(first.text) == 1 and first.tag[0] in "nkq" and first.tag != "nr")
    words = tokens(claim.line.source.sentence.text)
    # 中国移动[通信]业务 is no such word
    return rest or any(t.begin < at < t.end < at + _SHORT_WORD and t.tag in ("n", "nz", "nt") for t in words)


def no_name(claim: Claim) -> bool:
    """The words taken for an owner's name are none."""
    proper = (owner.key == country_key() or is_name(owner.name) for owner in claim.owners)
    return not all(proper) or not all(owner.type != "Enterprise" or is_brand_name(owner.name) for owner in claim.owners)


def borrowed(claim: Claim) -> bool:
    """The indicator is that of a number that was not believed or, outside of reports, of another sentence."""
    last = claim.narrative.last or claim.narrative.latest
    if not claim.label.inherited or not last or is_of_contest(claim.label.text):
        return False
    return not last.sound or (claim.trust is Trust.OTHER and last.sentence != claim.line.source.sentence.index)


def strange(claim: Claim) -> bool:
    """Somebody is named before it who is no entity of the document."""
    carried = claim.trust is not Trust.REPORT and not claim.line.behind(claim.holder.keys, 0, claim.target.index)
    return is_strange(claim.since if carried else claim.lead)


def corporate(claim: Claim) -> bool:
    """Only a firm has such a thing, and the owner is a district."""
    zone = any(owner.subtype == "DevelopmentZone" for owner in claim.owners)
    return claim.of_district and (is_of_firm(claim.lead, zone=zone) or is_of_listed(claim.label.text))


def of_another(claim: Claim) -> bool:
    """A body without a name has come to be spoken of since the district was named."""
    behind = claim.line.behind(claim.holder.keys, 0, claim.reach)
    venture = tells_of_venture(claim.line, behind, claim.reach)
    return claim.of_district and (claim.turned or venture or is_of_work(claim.label.text))


def of_site(claim: Claim) -> bool:
    """Only a site has such a size by itself, and the owner is a district that is not said to have it, nor the things that it has."""
    last, begin = claim.narrative.latest, claim.target.clause.begin
    if claim.label.root or not claim.of_district or any(owner.subtype == "DevelopmentZone" for owner in claim.owners):
        return False
    if last and last.counts and last.sound and last.sentence == claim.line.source.sentence.index:
        return False  # 新建管线三条，长度2公里
    size = pattern("label", "size").match(claim.label.text)
    return bool(size) and claim.line.behind(claim.holder.keys, begin, claim.reach) == begin


def of_part(claim: Claim) -> bool:
    """The name of the owner is only the beginning of another's."""
    behind = claim.line.behind(claim.holder.keys, 0, claim.reach)
    link = claim.line.link(behind - 1) if behind and not claim.goes_on else None
    return link is not None and not link.anaphor and is_of_part(claim.line.text[behind : claim.reach])


def spread(claim: Claim) -> bool:
    """The figure before it was found not to be the owner's, and the owner has not been named again; a district not in the next sentence."""
    last, here = claim.narrative.latest, claim.line.source.sentence.index
    if not last or not last.strayed or last.keys != claim.holder.keys:
        return False
    if last.sentence == here:
        return claim.line.behind(last.keys, last.clause.end, max(claim.reach, last.clause.end)) == last.clause.end
    left = claim.of_district and not claim.holder.said and last.sentence == here - 1
    return left and not claim.line.behind(last.keys, 0, claim.reach)


def stripped(claim: Claim) -> bool:
    """What stands before the indicator belongs to it, and is left out."""
    before = claim.label.begin < claim.target.index
    return before and bool(pattern("label", "stripped").search(claim.line.text, claim.target.clause.begin, claim.label.begin))


def elliptic(claim: Claim) -> bool:
    """The indicator leaves out what the one before it in the sentence says: 住宅销售面积3万平方米，办公楼2万平方米."""
    last, text = claim.narrative.levels[-1] if claim.narrative.levels else None, claim.label.text
    if claim.label.inherited or not last or text.startswith(last.root) or last.sentence != claim.line.source.sentence.index:
        return False
    kind = kind_of(claim.target.quantity.unit)
    alike = kind not in ("count", "people", "ratio") and kind_of(last.unit) == kind
    return (alike and is_economic(last.indicator) and not is_economic(text)) or (kind != "ratio" and not last.sound and is_plain(text))


def clipped(claim: Claim) -> bool:
    """The clause before, which has no number, says of what: 保税物流进出口增长较快，进出口额3亿元."""
    clause = claim.line.silent(claim.target.clause)
    if clause is None or claim.label.begin < clause.end:
        return False  # its words are those of the clause before
    return not claim.label.inherited and fuller(claim.label.text, claim.line.text[clause.begin : clause.end]) == ""


def aside(claim: Claim) -> bool:
    """A site is named in passing, neither in the clause nor as the subject of one before it."""
    if claim.at_home or not any(owner.type in ("Place", "Project") for owner in claim.owners) or named(claim.line, claim.target):
        return False
    here = claim.line.behind(claim.holder.keys, claim.target.clause.begin, claim.target.clause.end) > claim.target.clause.begin
    return not here and not any(claim.leads(clause) for clause in claim.line.clauses[: claim.target.clause.number])


def fleeting(claim: Claim) -> bool:
    """The firm that is not named here is not the one that the document is about."""
    absent = not any(link.key in claim.holder.keys and not link.anaphor for link in claim.line.source.links)
    return absent and claim.minor


def unsaid(claim: Claim) -> bool:
    """Neither the sentence nor the one before it names the owner, nor is it the site, firm or district that the text leaves it to."""
    if claim.holder.said or not claim.at_home:
        return not claim.holder.said
    if any(owner.type == "Enterprise" for owner in claim.owners):
        return not _is_left_to_firm(claim)
    return claim.of_district and claim.trust is not Trust.ECONOMIC


def _is_left_to_firm(claim: Claim) -> bool:
    """Whether it is what firms have, or its clause speaks of nobody else, and of none of the people whom towns count."""
    clause = claim.target.clause
    people = kind_of(claim.target.quantity.unit) == "people" and not is_economic(claim.label.text)
    others = crowded(claim) or is_of_bearer(claim.line.text[clause.begin : clause.end])
    return is_of_company(claim.label.text) or not (people or others)


def incidental(claim: Claim) -> bool:
    """In a text on no economy, something that no economy is measured by, and that nobody is said to have."""
    counts = is_economic(claim.label.text) or stands(claim.label.text)
    return claim.trust is Trust.OTHER and not counts and unsaid(claim)


def unfit(claim: Claim) -> bool:
    """Owners of this class have no such things."""
    return not all(suits(claim.label.text, claim.target.quantity, owner.type) for owner in claim.owners)


def passing(claim: Claim) -> bool:
    """So few that they are written as a word are told of in passing: 两名乘客, but not 两条生产线."""
    quantity = claim.target.quantity
    few = claim.target.kind == "Few" and normalized(quantity.value, quantity.unit)[0] < _COUNTED
    return few and (kind_of(quantity.unit) == "people" or not is_economic(claim.label.text))


def quoted(claim: Claim) -> bool:
    """Somebody tells it of himself: a sentence in quotation marks, of no economy, that names neither the home nor a word for it."""
    said = pattern("subject", "quoted").search(claim.line.text) and not claim.holder.said and not is_economic(claim.label.text)
    return bool(said) and claim.at_home and not claim.line.behind(claim.holder.keys, 0, len(claim.line.text))


def wordy(claim: Claim) -> bool:
    """The indicator holds a clause or a place."""
    return not is_terse(claim.label.text)


def crowded(claim: Claim) -> bool:
    """Something else is named before it whose it may be."""
    return not is_alone(claim.line, claim.holder.keys, claim.target.clause.begin, claim.before)


def foreign(claim: Claim) -> bool:
    """The indicator itself begins with the name of somebody else."""
    return is_of_stranger(claim.label.text)


_WEIGHT: Mapping[_Doubt, int] = {
    **dict.fromkeys((itself, no_name, foreign, incidental), 10),
    **dict.fromkeys((unsaid, aside), 4),
    spread: 6,
    **dict.fromkeys((borrowed, fleeting), 2),
    **dict.fromkeys((strange, unfit, crowded, wordy, official, elliptic), 1),
    **dict.fromkeys((quoted, passing, otherwise, no_measure, clipped, torn, corporate, of_part, of_another, of_site), 10),
    **dict.fromkeys((gossip, stripped), 2),
}
"""How much each doubt speaks against a claim, by how often such claims were wrong; what is soon told, or often so, is asked first."""
_BEARS: Mapping[Trust, int] = {Trust.REPORT: 9, Trust.ECONOMIC: 4, Trust.OTHER: 1}
"""How much doubt a document is believed with: a district's own report leaves much unsaid that others have to say."""
_STRAYED = frozenset({corporate, of_another, of_part, of_site, spread, strange, crowded, foreign})
"""Doubts that somebody else is meant."""
