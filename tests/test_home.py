"""The home: which district a text is about."""

import tomllib
from pathlib import Path

import pytest

from kg.linking.link import link
from kg.pipeline import extract
from kg.recognition import recognize
from kg.text.document import Document, Metadata
from kg.text.sentence import split

CASES = tomllib.loads((Path(__file__).parent / "cases" / "home.toml").read_text(encoding="utf-8"))["case"]


def home(text: str) -> list[str]:
    """The names of the home."""
    built = extract(Document("doc", "doc.txt", text, Metadata(published="2024-08")))
    return [name for entity in built.entities if entity.key == built.home for name in (entity.name, *entity.aliases)]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_home(case: dict[str, str]) -> None:
    names = home(case["text"])
    assert case["home"] in names if case["home"] else names == []


def test_what_is_said_of_the_country_is_a_figure_of_a_national_report_only() -> None:
    def about(text: str) -> set[str]:
        built = extract(Document("doc", "doc.txt", text, Metadata(published="2024-08")))
        return {figure.about for figure in built.figures}

    told = "今年上半年，全国家纺产品零售额达900亿元。"
    assert about(f"{told}目前，我国家纺作坊超过3万家。商务部将推进家纺产业走向海外。") == {"District/中国"}
    assert "District/中国" not in about(f"襄州区建设产业园。襄州区企业完成产值30亿元。{told}襄州区农业企业增加到90家。")


def test_a_share_of_a_whole_is_believed_of_the_country() -> None:
    text = "上半年，我国铁路货运增长3%。集装箱运量占我国铁路货运总量的45.5%。目前，全国货运企业超过50万家，推进运输高质量发展。"
    built = extract(Document("doc", "doc.txt", text, Metadata(published="2024-08")))
    assert "45.5" in [str(figure.value) for figure in built.figures if figure.about == "District/中国"]


def test_a_word_for_a_district_in_the_home_means_the_one_named_last() -> None:
    text = "襄阳市推进管网改造，全市完成投资9亿元。襄阳市加快改造。樊城区启动改造，全区新建管网8公里。襄城区完成改造15公里。"
    linked = link(document := Document("doc", "doc.txt", text), recognize(split(document)))
    meant = {item.mention.name: linked.entities[item.key].name for line in linked.sentences for item in line.links if item.anaphor}
    assert meant == {"市": "襄阳市", "区": "樊城区"}


def _owners(text: str) -> dict[str, str]:
    """Whose each value of a text is."""
    built = extract(Document("doc", "doc.txt", text, Metadata(published="2024-08")))
    return {str(figure.value): figure.about for figure in built.figures}


def test_a_national_report_names_the_country_once() -> None:
    text = (
        "水利部、财政部联合推进灌区改造。据介绍，灌区产业规模稳步扩大，服务农业高质量发展。2023年，灌溉设备制造业营业收入60亿元。"
        "水利部将扩大投资，推动产业升级，全国灌区投资增长5%。财政部将继续支持我国农业。会议强调，要推进节水改造。与会人员交流了经验。"
    )
    assert _owners(text) == {"60": "District/中国", "5": "District/中国"}
    firm = "远山集团介绍，远山集团要推进节水改造，并以远山集团为例。"
    assert "60" not in _owners(text.replace("会议强调，要推进节水改造。", firm))


def test_a_district_in_a_national_report_is_an_example() -> None:
    text = (
        "水利部近日介绍灌区建设情况。上半年，全国灌区完成投资300亿元。湖南启动渠道清淤，灌区完成投资900亿元。水费收入20亿元。"
        "水利部有关负责人说，要推进节水改造，促进农业高质量发展。灌区建设行业营业收入80亿元。财政部将扩大投资。农业农村部将推动产业升级。"
    )
    assert _owners(text) == {"300": "District/中国", "900": "District/430000", "20": "District/430000", "80": "District/中国"}


def test_who_keeps_his_name_to_himself_has_his_own_figures() -> None:
    text = "我国花卉行业稳步发展，投资扩大。某县花卉产量增长30%。某企业产值5亿元。我国花卉行业营业收入80亿元。"
    assert _owners(text) == {"80": "District/中国"}


def test_the_work_of_offices_is_counted_and_the_weather_is_not() -> None:
    text = "襄州区公安局巡逻忙。襄州区调解纠纷460起，抓获小偷12名。游人拍照留念。襄州区发布暴雨预警31次。老人在树下乘凉，孩子追着跑。"
    assert _owners(text) == {"460": "District/420607", "12": "District/420607"}
