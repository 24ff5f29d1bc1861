"""Recognition: from sentences to the names in them, first by themselves, then by what the whole document tells."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from kg.facts.event import event_mentions
from kg.language.lexicon import unambiguous
from kg.language.rules import load, pattern
from kg.language.words import Words, tokens, within
from kg.names.abroad import abroad
from kg.names.brand import apposed, branded, owner, placed_brands
from kg.names.capacity import sized
from kg.names.definition import definitions
from kg.names.district import zone
from kg.names.division import counties, divisions_named, holding
from kg.names.front import past_districts
from kg.names.industry import industry_mentions
from kg.names.landform import landforms
from kg.names.listing import breaks, listed, siblings
from kg.names.mention import Mention, Rejection, choose, rejected, whole_events
from kg.names.naming import headed_names
from kg.names.person import persons, recurring
from kg.names.programme import programme_mentions
from kg.names.recurrence import again, is_common, known_names
from kg.names.rhyme import rhyming
from kg.names.settlement import settlements
from kg.names.share import listed_firms
from kg.names.works import ON_SITE, is_site, is_works, site_of, works_on
from kg.text.sentence import Sentence

_COUNTRY = 8
"""Characters that the name of a country may have."""
_OWN_NAME = 5
"""Characters of a project's name that hardly two firms give to theirs."""
_OWNED = frozenset({"Project", "Event"})
"""Classes whose names may begin with the enterprise or body whose they are."""
_OWNED_LEAST = {"Enterprise": 2, "Organization": 3}
"""Characters that a name has behind its owner's, at least: 宏远|二期; a body's 项目 is the body itself, being built."""
_FOLLOWING = frozenset({"event.numbered", "event.ordinal-festival", "event.quotation-and-class", "event.session"})
"""Rules of events whose names may have a district in front of what the rule knows."""
_TOLD = "told"
"""The value of rules whose pattern says by itself that it is a name, whatever its words."""
_EDITION = 8
"""Characters that tell which one of a series an event is."""
_SITED = frozenset({"Organization", "Project", "Place", "Event", "Programme"})
"""Classes whose names may begin with the district that they belong to."""


@dataclass(frozen=True, slots=True)
class Recognized:
    """A sentence with its words, its names and the candidates that were passed over."""

    sentence: Sentence
    tokens: Words
    mentions: tuple[Mention, ...]
    rejections: tuple[Rejection, ...] = ()


def recognize(sentences: Sequence[Sentence]) -> tuple[Recognized, ...]:
    """The names in the sentences of one document.

    The first pass knows one sentence at a time; the second finds again, anywhere in the document, what the first named
    and the short forms it allows (长春敏实汽车零部件有限公司 … 长春敏实).
    """
    cuts = [tokens(sentence.text) for sentence in sentences]
    first = [_whole(_candidates(sentence, cut)) for sentence, cut in zip(sentences, cuts, strict=True)]
    chosen = [choose(whole_events(candidates)) for candidates in first]
    for candidates, sentence, cut, best in zip(first, sentences, cuts, chosen, strict=True):
        candidates.extend((*siblings(sentence.text, cut, best), *rhyming(sentence.text, cut, best)))
    defined = {name: m.type for sentence, best in zip(sentences, chosen, strict=True) for m, name in definitions(sentence.text, best)}
    known = {**dict.fromkeys(recurring(cuts), "Person"), **defined, **known_names(cuts, chosen)}
    sites = {site for best in chosen for mention in best if mention.type == "Project" and (site := site_of(mention.name))}
    holders = holding(chain.from_iterable(first))
    found = []
    for sentence, cut, candidates in zip(sentences, cuts, first, strict=True):
        everything = whole_events([*candidates, *counties(sentence.text, cut, holders), *again(sentence.text, cut, known, candidates)])
        best = choose(everything)
        full = tuple(_in_works(_with_inner(mention, _inner(mention, everything, cut)), sites) for mention in best)
        found.append(Recognized(sentence, cut, _with_owners(full), rejected(everything, best)))
    return tuple(found)


def _with_inner(mention: Mention, more: tuple[Mention, ...]) -> Mention:
    """The mention with what it begins with; a firm's site is the firm's project."""
    firms = mention.type == "Place" and any(inner.type == "Enterprise" for inner in more)
    kind = "Project" if firms else mention.type
    return replace(mention, type=kind, inner=tuple(dict.fromkeys((*more, *mention.inner)))) if more else mention


def _in_works(mention: Mention, sites: Collection[str]) -> Mention:
    """The mention, a site as the project that builds it where the document names that: 柳河大桥 beside 柳河大桥工程."""
    built = mention.type == "Place" and any(mention.name.endswith(site) for site in sites)
    return replace(mention, type="Project") if built else mention


def _with_owners(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, each project with the firm right before it in its name: 宏远公司|智能工厂项目."""
    joined: list[Mention] = []
    for mention in mentions:
        owned = joined and (joined[-1].type, mention.type, joined[-1].end) == ("Enterprise", "Project", mention.begin)
        joined.append(_owned(joined.pop(), mention) if owned and not is_site(mention.name) else mention)
    return tuple(joined)


def _owned(firm: Mention, project: Mention) -> Mention:
    """A firm's project: one that is called without the firm elsewhere goes by that, but others may have a 二期项目, too."""
    name = firm.name + project.name
    names = (name, project.name) if len(project.name) < _OWN_NAME else (project.name, name)
    inner = (firm, *(thing for thing in project.inner if thing.type == "District"))
    return replace(project, begin=firm.begin, name=names[0], forms=(names[1], *project.forms), inner=inner)


def _whole(candidates: Sequence[Mention]) -> list[Mention]:
    """The candidates without those that hold one half of a pair of quotation marks: 五方共管”冷链库."""
    return [mention for mention in candidates if not pattern("naming", "half").search(mention.name)]


def _candidates(sentence: Sentence, cut: Words) -> list[Mention]:
    text = sentence.text
    divisions, headed, events = divisions_named(text, cut), headed_names(text, cut), event_mentions(sentence)
    shaped = _shaped(text, cut)
    return [
        *divisions,
        *events,
        *_placed(text, events, [*divisions, *headed]),
        *headed,
        *settlements(text, cut, [*divisions, *(name for name in headed if name.type == "District")]),
        *shaped,
        *works_on(text, cut, [name for name in (*headed, *shaped) if name.type == "Place"]),
        *sized(text, cut),
        *listed(text, cut),
        *persons(text, cut),
        *_lexical(text, cut),
        *landforms(cut),
        *abroad(text, cut),
        *branded(text, cut),
        *placed_brands(text, cut),
        *apposed(text, cut),
        *listed_firms(text, cut),
        *programme_mentions(sentence),
        *industry_mentions(sentence, cut),
    ]


def _placed(text: str, events: Sequence[Mention], names: Sequence[Mention]) -> Iterator[Mention]:
    """Events that are counted, quoted or in session, with the districts before that, and what counts it: 东河市|第四届运动会."""
    districts = [name for name in names if name.type == "District"]
    for event in (event for event in events if event.rule in _FOLLOWING):
        if row := _row(districts, event.begin):
            editions = pattern("event", "edition").finditer(text, max(0, row[0].begin - _EDITION), row[0].begin)
            begin = next((edition.start() for edition in editions if edition.end() == row[0].begin), row[0].begin)
            name, score = text[begin : event.begin] + event.name, event.score + row[-1].score
            yield replace(event, begin=begin, name=name, score=score, forms=(event.name, *event.forms), inner=tuple(row))


def _row(districts: Sequence[Mention], end: int) -> list[Mention]:
    """The districts right before ``end``, each right before the next: 云岭省|东河市."""
    last = max((district for district in districts if district.end == end), key=lambda m: (m.end - m.begin, m.score), default=None)
    return [*_row(districts, last.begin), last] if last else []


def _shaped(text: str, cut: Words) -> list[Mention]:
    """Names by their own shape and by what a clause says of them: ，宏远全年产值达到20亿元."""
    found: list[Mention] = []
    for rule in load("name").possible(text):
        for match in rule.pattern.finditer(text):
            begin, end = match.span("name" if "name" in rule.pattern.groupindex else 0)
            begin = past_districts(text, begin, end - 1) if rule.output == "District" else begin
            own = not is_common(text[begin:end]) and not any(map(breaks, within(cut, begin, end)))
            if own or rule.value == _TOLD:
                found.append(Mention(begin, end, rule.output, text[begin:end], rule.name, rule.score))
    return found


def _lexical(text: str, cut: Words) -> list[Mention]:
    """Well-known enterprises and bodies, where the name is a word of its own and no other country's body."""
    known = _well_known()
    found = sorted((kind, t) for t in cut if t.text in known for kind in known[t.text])
    mentions = (Mention(t.begin, t.end, kind, t.text, f"lexicon.{kind.lower()}", 2.5) for kind, t in found)
    return [mention for mention in mentions if mention.type == "Enterprise" or not _is_foreign(text, mention.begin)]


@cache
def _well_known() -> Mapping[str, tuple[str, ...]]:
    """The classes of each name."""
    tables = {kind: unambiguous(kind.lower()) for kind in ("Enterprise", "Organization")}
    return {name: tuple(kind for kind, names in tables.items() if name in names) for name in frozenset().union(*tables.values())}


def _is_foreign(text: str, begin: int) -> bool:
    """Whether another country stands in front: 希腊外交部, 美商务部."""
    return bool(pattern("naming", "foreign").search(text, max(0, begin - _COUNTRY), begin))


def _holding_zone(leading: Sequence[Mention]) -> list[Mention]:
    """The zone of its own name with which the name of a zone in it begins, if any."""
    zones = (m for m in leading if m.type == "District" and m.rule != "document.again")
    return [m for m in zones if (parts := zone(m.name)) and parts.core][:1]


def _inner(mention: Mention, candidates: Sequence[Mention], cut: Words) -> tuple[Mention, ...]:
    """The longest things that the name begins with: a district, or the enterprise or body whose project or meeting it is."""
    leading = [m for m in candidates if m.begin == mention.begin and m.end < mention.end]
    owned = mention.type in _OWNED or is_works(mention.rule)
    behind = mention.type == "Enterprise" and any(m.type == "District" and m.end == mention.begin for m in candidates)
    districts = _leading_districts(mention, candidates) if behind or mention.type in _SITED else []
    if mention.type == "District":
        districts = _holding_zone(leading)
    begins = {mention.begin, *(m.end for m in districts)}  # 青溪区|宏远科技|电池基地项目
    theirs = (m for m in candidates if m.begin in begins and m.type in _OWNED_LEAST) if owned else ()
    owners = [m for m in theirs if m.end + _OWNED_LEAST[m.type] <= mention.end]
    found = [*districts, *([max(owners, key=lambda m: (m.end, m.score))] if owners else [])]
    if (mention.type == "Project" or is_works(mention.rule)) and not owners and mention.rule != ON_SITE:
        found += _brand(mention, candidates, cut)
    return tuple(found)


def _leading_districts(mention: Mention, candidates: Sequence[Mention]) -> list[Mention]:
    """The districts that the name begins with, one in the other: of 东河市城北区财政局 both 东河市 and 城北区."""
    districts = [m for m in candidates if m.type == "District" and m.rule != "gazetteer.region" and m.end < mention.end]
    begins = {m.begin for m in districts}
    found, begin = [], mention.begin
    while step := [m for m in districts if m.begin == begin and (m.rule != "gazetteer.short" or m.end in begins)]:
        found.append(max(step, key=lambda m: (m.end, m.score)))
        begin = found[-1].end
    return found


def _brand(mention: Mention, candidates: Sequence[Mention], cut: Words) -> list[Mention]:
    """The firm's short form that opens a project's name, unless the sentence itself names the firm."""
    if pattern("naming", "segment").search(mention.name):
        return []  # 青洛铁路柳河至东安段 has its name from where it goes
    first = max((m.end for m in _leading_districts(mention, candidates)), default=mention.begin)
    span = owner(first, mention.end, mention.name, cut)
    if span is None:
        return []
    name = "".join(token.text for token in within(cut, *span))
    if any(m.type == "Enterprise" and name.endswith(m.name[:2]) and m.begin != mention.begin for m in candidates):
        return []
    return [Mention(*span, "Enterprise", name, "inner.brand", 2.0)]
