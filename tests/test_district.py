"""Which division a name means, by itself, behind the names of those that hold it, and in context."""

from pathlib import Path

import pytest

import kg
from kg.names.district import holder, resolve


@pytest.mark.parametrize(
    ("name", "context", "code"),
    [
        ("浦东新区", (), "310115"),
        ("上海浦东新区", (), "310115"),
        ("天津市滨海新区", (), "120116"),
        ("安徽省合肥市庐阳区", (), "340103"),
        ("朝阳区", ("220100",), "220104"),
        ("朝阳区", ("110000",), "110105"),
        ("北京市朝阳区", ("220100",), "110105"),
        ("上海浦东机场综合保税区", (), None),
        ("云山新区", (), None),
        ("内蒙古", (), "150000"),
    ],
)
def test_a_name_means_one_division(name: str, context: tuple[str, ...], code: str | None) -> None:
    found = resolve(name, context)
    assert (found and found.code) == code


@pytest.mark.parametrize(
    ("name", "context", "county"),
    [
        ("施集镇", ("341103",), "341103"),
        ("施集镇", ("341100",), "341103"),
        ("滁州市南谯区施集镇", (), "341103"),
        ("施集镇", ("110000",), None),
        ("施集镇", (), None),
        ("太平镇", ("370000",), None),  # many counties of 山东 have one
        ("云山镇", ("341103",), None),
    ],
)
def test_a_town_lies_in_the_only_county_that_has_one_of_its_name(name: str, context: tuple[str, ...], county: str | None) -> None:
    found = holder(name, context)
    assert (found and found.code) == county


@pytest.mark.parametrize("brackets", ["（{}）", "({})"])
def test_a_zone_in_brackets_is_the_district_before_it(brackets: str, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(f"金华市金东区{brackets.format('金义新区')}召开会议。金东区企业增长5%，金东区今年新增项目10个。", encoding="utf-8")
    (district,) = (entity for entity in kg.build([str(article)]).facts.entities if "金义新区" in (entity.name, *entity.aliases))
    assert district.code == "330703"
    assert district.name.endswith("金东区")


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("内蒙古地区生产总值增长5%，广东地区生产总值增长4%。", {"内蒙古", "广东"}),
        (
            "江淮生态一体化发展示范区在上海青浦签约。示范区新增项目10个。示范区占地面积20平方公里。",
            {"江淮生态一体化发展示范区"},
        ),
    ],
)
def test_whose_a_figure_is(text: str, about: set[str], tmp_path: Path) -> None:
    """A place ends where 地区生产总值 begins; a zone that is called by its kind is what the text is about."""
    article = tmp_path / "article.txt"
    article.write_text(text, encoding="utf-8")
    facts = kg.build([str(article)]).facts
    names = {entity.key: entity.name for entity in facts.entities}
    assert {names[figure.about] for figure in facts.figures} == about
