"""Names found in sentences, and the choice among competing candidates."""

import itertools
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.rules import Rule, load
from kg.language.words import tokens
from kg.names.brand import is_brandlike
from kg.names.division import divisions_named
from kg.names.mention import Mention, choose, rejected
from kg.names.naming import headed_names
from kg.names.organ import Holder, organ_key
from kg.names.settlement import settlements
from kg.recognition import Recognized, recognize
from kg.text.sentence import Sentence, Span

DATA = tomllib.loads((Path(__file__).parent / "cases" / "recognition.toml").read_text(encoding="utf-8"))
CASES = DATA["case"]


def read(*texts: str) -> tuple[Recognized, ...]:
    return recognize([Sentence("doc", number, text, (Span(0, len(text)),)) for number, text in enumerate(texts)])


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:16] for case in CASES])
def test_names(case: dict[str, str | list[str]]) -> None:
    (found,) = read(str(case["text"]))
    names = {f"{mention.type} {mention.name}" for mention in found.mentions}
    assert set(case.get("has", ())) <= names
    assert {mention.name for mention in found.mentions}.isdisjoint(case.get("lacks", ()))


def test_short_forms_are_found_again() -> None:
    names = [m.name for found in read("宏远精密机械有限公司投产。", "宏远精密今年产值2亿元，宏远精密机械扩产。") for m in found.mentions]
    assert names == ["宏远精密机械有限公司", "宏远精密", "宏远精密机械"]


def test_each_village_of_a_list_is_named_once() -> None:
    """However long the list, and where each of them leads on to the next."""
    villages = [
        f"{first}{last}村" for first in "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤吕" for last in "柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞"
    ]
    text = f"东辽县柳坪镇{'、'.join(villages)}修路。"
    cut = tokens(text)
    found = [mention.name for mention in settlements(text, cut, [*divisions_named(text, cut), *headed_names(text, cut)])]
    assert sorted(found) == sorted(["柳坪镇", *villages])


def test_ordinary_words_are_no_short_forms() -> None:
    """A word that means what it says is none, though the firm's name has it."""
    names = [m.name for found in read("恒晟跨境自来水有限公司投产。", "自来水是生命线，跨境结算便利，恒晟扩产。") for m in found.mentions]
    assert names == ["恒晟跨境自来水有限公司", "恒晟"]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("丹东市财政局拨款。", "东港草莓出口增长。"), ["丹东市财政局", "东港"]),  # a body names what holds the county
        (("东港市教育局拨款。", "东港草莓出口增长。"), ["东港市教育局", "东港"]),
        (("昆明市财政局拨款。", "东港草莓出口增长。"), ["昆明市财政局"]),
        (("丹东市财政局拨款。", "青洛公路东港段加宽。"), ["丹东市财政局"]),  # where a line goes
        (("成都市财政局拨款。", "锦江水质好转。"), ["成都市财政局"]),  # a river besides
    ],
)
def test_short_names_of_counties_mean_them_where_their_holder_is_named(texts: tuple[str, str], found: list[str]) -> None:
    names = [m.name for sentence in read(*texts) for m in sentence.mentions if m.type in ("District", "Organization")]
    assert names == found


def test_a_name_tells_the_names_it_begins_with() -> None:
    (found,) = read("东辽县财政局负责，推进山东嘉润智能装备制造项目。")
    inner = {mention.name: [m.name for m in mention.inner] for mention in found.mentions}
    assert inner["东辽县财政局"] == ["东辽县"]
    assert inner["山东嘉润智能装备制造项目"] == ["山东嘉润"]


@pytest.mark.parametrize("rule", [*load("naming"), *load("sibling")], ids=lambda rule: rule.name)
def test_rules_of_naming(rule: object) -> None:
    """The patterns of naming.toml and sibling.toml decide about their examples alone."""
    assert [text for text in rule.examples if not rule.pattern.search(text)] == []  # type: ignore[attr-defined]
    assert [text for text in rule.counters if rule.pattern.search(text)] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("rule", load("brand"), ids=lambda rule: rule.name)
def test_rules_of_brands(rule: Rule) -> None:
    """Each example of brand.toml yields the marked firm by its rule; a counter-example none."""
    for marked in rule.examples:
        (found,) = read(marked.replace("⟦", "").replace("⟧", ""))
        assert [m.name for m in found.mentions if m.rule == rule.name] == re.findall("⟦(.+?)⟧", marked)
    for text in rule.counters:
        assert rule.name not in {m.rule for m in read(text)[0].mentions}


@pytest.mark.parametrize("word", DATA["brandlike"])
def test_words_that_firms_choose_look_like_brands(word: str) -> None:
    assert is_brandlike(word)


@pytest.mark.parametrize("word", DATA["not_brandlike"])
def test_abbreviations_do_not_look_like_brands(word: str) -> None:
    assert not is_brandlike(word)


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 8), st.floats(0.5, 9)).map(
    lambda t: Mention(t[0], t[0] + t[1], "Place", f"{t[0]}-{t[1]}", "rule", t[2])
)


@given(st.lists(SPANS, max_size=12))
def test_the_choice_is_the_best_without_overlap(candidates: list[Mention]) -> None:
    chosen = choose(candidates)
    assert all(one.end <= other.begin for one, other in itertools.pairwise(chosen))
    weight = sum(m.score * (m.end - m.begin) for m in chosen)
    assert all(weight >= m.score * (m.end - m.begin) - 1e-9 for m in candidates)
    losers = {rejection.loser for rejection in rejected(candidates, chosen)}
    assert losers == set(candidates) - set(chosen)


@given(st.lists(SPANS, max_size=8), st.randoms())
def test_the_choice_does_not_depend_on_order(candidates: list[Mention], random: object) -> None:
    shuffled = list(candidates)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert choose(shuffled) == choose(candidates)


def test_offices_are_one_in_full_and_in_short() -> None:
    home = (Holder("District/330000", ("东河区", "东河"), "区"),)
    keys = {organ_key(name, home) for name in ("东河区人力资源和社会保障局", "东河区人社局", "区人社局", "区人力资源社会保障局")}
    assert keys == {"Organization/330000_人社局"}
    assert organ_key("东河区人民政府", home) == organ_key("区政府", home) != organ_key("区政府办公室", home)
    assert organ_key("区委", home) == organ_key("六届区委", home) == organ_key("中共东河区第六届委员会", home)
