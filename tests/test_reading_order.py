"""Reading order: pages with their columns out of order, and texts that must not be touched."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.rules import Rule, load
from kg.text.block import Block
from kg.text.joint import joints
from kg.text.paragraph import paragraphs
from kg.text.reading_order import mend

CASES = tomllib.loads((Path(__file__).parent / "cases" / "reading_order.toml").read_text(encoding="utf-8"))["case"]
SEEDS = Path(__file__).parent.parent / "seeds"
MENDED = (
    ("000", "立足新发展阶段对|经济工作的深入思考"),
    ("000", "创新驱|动、商贸消费"),
    ("000", "实施|“全员出击”计划"),
    ("000", "统计回归等|各个方面的"),
    ("000", "微成长、小升|高、高变强"),
    ("000", "地缘优|势，吸引"),
    ("002", "经济|发展实现“半年红”"),
    ("002", "减免|缓退税"),
    ("002", "GDP实|现400亿元"),
    ("002", "数|字经济"),
    ("002", "成为投|资兴业的热土"),
    ("002", "培育|打造全市农贸产品集散基地"),
    ("003", "股份有限公|司、皓月集团"),
    ("003", "冷链物流等生|产要素"),
    ("003", "企业放|心。"),
    ("004", "“公司经过|10年的发展"),
    ("004", "分类|管理"),
)


def shown(block: Block, text: str) -> str:
    return f"{block.kind[0].upper()} " + "|".join(text[piece.begin : piece.end] for piece in block.pieces)


def seed(number: str) -> str:
    return next(SEEDS.glob(f"{number}_*.txt")).read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_pages(case: dict[str, str | list[str]]) -> None:
    page = str(case["page"])
    assert [shown(block, page) for block in mend(page)] == case["reads"]


@pytest.mark.parametrize(("number", "joint"), MENDED)
def test_seeds_are_mended(number: str, joint: str) -> None:
    assert joint in "\n".join(shown(block, seed(number)) for block in mend(seed(number)))


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_seeds_have_no_other_joints(number: str) -> None:
    found = sum(len(block.pieces) - 1 for block in mend(seed(number)))
    assert found == sum(name == number for name, _ in MENDED) + (number == "001")


def test_sections_come_out_right() -> None:
    text = seed("000")
    order = "\n".join(shown(block, text) for block in mend(text))
    campaigns = ["打好招商选资攻坚战", "打好项目建设提升战", "打好营商环境持久战", "打好创新驱动激活战", "打好商贸消费突击战"]
    places = [order.index(f"B {campaign}") for campaign in campaigns]
    assert places == sorted(places)
    assert order.index("H 打好“五场战役”") < places[0]
    assert places[-1] < order.index("H 夯实“四项发展基础”")


PARAGRAPHS = st.lists(
    st.text("青河区工业投资增长，、“”0123456789%", min_size=1, max_size=80).map(lambda text: f"{text}。"), min_size=1, max_size=12
)


@given(PARAGRAPHS, st.sampled_from(["\n", "\r\n", "\n\n", "\r\n\r\n"]))
def test_good_order_is_kept(parts: list[str], between: str) -> None:
    text = between.join(parts)
    assert [block.text(text) for block in mend(text)] == parts


@given(st.text("青河区工业投资增长，。、“”（）——\n 第一", max_size=300))
def test_nothing_is_lost_or_doubled(text: str) -> None:
    spans = sorted(piece for block in mend(text) for piece in block.pieces)
    assert all(first.end <= second.begin for first, second in pairwise(spans))
    rest = "".join(
        text[first:second] for first, second in pairwise([0, *(edge for span in spans for edge in (span.begin, span.end)), len(text)])
    )
    assert sorted("".join(text[span.begin : span.end] for span in spans)) == sorted(
        char for span in spans for char in text[span.begin : span.end]
    )
    assert len("".join(rest.split())) == len("".join(text.split()))
    covered = {index for span in spans for index in range(span.begin, span.end)}
    assert all(char.isspace() for index, char in enumerate(text) if index not in covered)


def test_text_without_punctuation_is_no_broken_page() -> None:
    text = "\n\n".join(f"第{number}项。任务是扩大有效投资，推动产业转型升级，提升服务效能" for number in range(12))
    assert joints(text, paragraphs(text), {}) == []


RULES = load("paragraph")


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_rules_fire_in_their_examples_only(rule: Rule) -> None:
    assert [text for text in rule.examples if not rule.pattern.search(text)] == []
    assert [text for text in rule.counters if rule.pattern.search(text)] == []
