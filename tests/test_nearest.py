"""The nearest names: those that somebody may have meant."""

import pytest

from kg.rdf.nearest import nearest, offered

KNOWN = ("规上工业产值", "工业投资", "人口", "青河区", "青河经济开发区", "GDP", "区委", "万华", "长春市")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("工业", ["工业投资", "规上工业产值"]),
        ("gdp", ["GDP"]),
        ("ＧＤＰ", ["GDP"]),
        ("青河县", ["青河区"]),
        ("清河区", ["青河区"]),
        ("轻合趋", ["青河区"]),
        ("qinghequ", ["青河区"]),
        ("qinghe", ["青河区", "青河经济开发区"]),
        ("qinheiqu", ["青河区"]),
        ("changc", ["长春市"]),
        ("Changchun", ["长春市"]),
        ("青河经济开发区管委会", ["青河经济开发区"]),
        ("不存在区", []),
        ("foobar", []),
    ],
)
def test_near_names_are_near(name: str, near: list[str]) -> None:
    assert nearest(name, KNOWN) == near
    assert nearest(name, []) == []


def test_where_none_is_near_few_are_all_told_and_many_are_not() -> None:
    assert offered("不存在区", KNOWN) == sorted(KNOWN)
    assert offered("不存在区", [f"第{number}号" for number in range(100)]) == []
