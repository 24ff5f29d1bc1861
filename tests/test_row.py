"""Tables: what their rows say of each figure, in words of the document, and how that is shown."""

from pathlib import Path

import docx
import pytest
from browser import Page
from selenium.webdriver.common.keys import Keys

import kg
from kg.text.row import Reading
from kg.text.tabular import tables
from kg.view.page import write_page

CASES = {
    "unit and growth in the heads, time above": (
        "表3 2022年上半年果蔬产销\n\n| 品种 | 产量（万吨） | 比上年增长（%） |\n|---|--:|--:|\n| #草莓 | 3.4 | -2.5 |\n| 蓝莓 | — | 0.6 |",
        ["2022年上半年·草莓·产量·3.4·万吨", "2022年上半年·草莓·产量·比上年增长·-2.5·%", "2022年上半年·蓝莓·产量·比上年增长·0.6·%"],
    ),
    "one unit for all, places beside, numbers of rows": (
        "各县造林（单位：公顷）\n| 序号 | 县 | 造林面积 | 名次 |\n| 1 | 桐柏县 | 1,250 | 3 |",
        ["桐柏县·造林面积·1,250·公顷"],
    ),
    "a column of units, heads of two rows, places above": (
        "2021年\n| 指标 | 单位 | 1—5月 | | 桐柏县 |\n| | | 累计 | 同比 | |\n| 茶叶采摘量 | 吨 | 61.8 | 4.1% | 9 |",
        ["2021年·1—5月·茶叶采摘量·61.8·吨", "2021年·1—5月·茶叶采摘量·同比·4.1%", "2021年·桐柏县·茶叶采摘量·9·吨"],
    ),
    "growth of the latest of several years": (
        "| 指标 | 单位 | 2018年 | 2019年 | 增长% | 出栏（头） | 同比% |\n| 奶牛 | 头 | 310 | 341 | 10 | 5 | 2 |",
        ["2018年·奶牛·310·头", "2019年·奶牛·341·头", "2019年·奶牛·增长·10·%", "奶牛·出栏·5·头", "奶牛·出栏·同比·2·%"],
    ),
    "what is compared with": (
        "2020年\n| 指标 | 本期（吨） | 上年同期（吨） | 增减（%） |\n| 蜂蜜 | 7 | 6 | 16.7 |",
        ["2020年·蜂蜜·7·吨", "2020年·蜂蜜·增减·16.7·%"],
    ),
    "rows longer than their head": ("| 品种 | 产量 |\n| 3 | 4 | 茶农 | 乌龙 |\n| 5 | 6 | 茶商 | 毛尖 |", ["茶农", "乌龙", "茶商", "毛尖"]),
    "years beside": ("| 年份 | 渔获量（吨） |\n| 2019年 | 820 |\n| 2020年 | 905 |", ["2019年·渔获量·820·吨", "2020年·渔获量·905·吨"]),
    "the unit above is that of money only": (
        "主要指标（单位：亿元）\n| 品类 | 2022年 | 商户数 | 占比 | 六个县亩产排名 |\n| 花卉 | 30 | 400 | 12 | 3 |\n| 花农户数 | 9 | | | |",
        ["2022年·花卉·30·亿元", "花农户数"],
    ),
    "the unit above is that of people only": (
        "单位：万人\n| 指标 | 2022年 |\n| 采茶收入 | 30 |\n| 茶农人数 | 40 |",
        ["采茶收入", "2022年·茶农人数·40·万人"],
    ),
    "the year above": (
        "表1 2021年花卉产销\n\n| 品种 | 上半年（吨） | 全年（吨） | 一季度（吨） | 2020年（吨） |\n| 玫瑰 | 3 | 7 | 1 | 6 |",
        ["2021年·上半年·玫瑰·3·吨", "2021年·全年·玫瑰·7·吨", "2021年·一季度·玫瑰·1·吨", "2020年·玫瑰·6·吨"],
    ),
    "the year of a longer time above": ("2021年上半年\n| 品种 | 一季度（吨） |\n| 玫瑰 | 3 |", ["2021年·一季度·玫瑰·3·吨"]),
    "the year in the upper head": (
        "| 品种 | 2021年 | |\n| | 上半年（吨） | 全年（吨） |\n| 玫瑰 | 3 | 7 |",
        ["2021年·上半年·玫瑰·3·吨", "2021年·全年·玫瑰·7·吨"],
    ),
    "months beside, years above": (
        "| 月份 | 2021年（吨） | 2022年（吨） |\n| 1月 | 3 | 7 |",
        ["2021年·1月·3·吨", "2022年·1月·7·吨"],
    ),
    "places within places": (
        "| 市 | 县 | 产量（吨） |\n| 吉林市 | 永吉县 | 30 |\n| | 磐石市 | 20 |",
        ["永吉县·产量·30·吨", "吉林市", "磐石市·产量·20·吨"],
    ),
    "firms of industries": ("| 行业 | 企业 | 产值（万元） |\n| 木材加工 | 青松木业公司 | 30 |", ["青松木业公司·产值·30·万元", "木材加工"]),
    "groups": (
        "| 大类 | 名目 | 产量（吨） |\n| 花卉 | 玫瑰 | 30 |\n| | 百合 | 20 |\n| | 小计 | 50 |\n| 合计 | | 50 |",
        ["花卉·玫瑰·产量·30·吨", "花卉·百合·产量·20·吨", "小计", "合计·产量·50·吨"],
    ),
    "sorts of one thing": (
        "| 类别 | 品种 | 等级 | 产量（吨） |\n| 菌类 | 木耳 | 一级 | 3 |\n| | | 二级 | 4 |\n| | 产量 | | 7 |",
        ["菌类·木耳·一级·产量·3·吨", "菌类·木耳·二级·产量·4·吨", "菌类·产量·7·吨"],
    ),
    "groups whose rows are named alike": (
        "| 名目 | 内容 | 2022年（亿元） |\n| 林业 | 增加值 | 30 |\n| 林业 | 利润 | 4 |\n| 渔业 | 增加值 | 3 |",
        ["2022年·林业·增加值·30·亿元", "2022年·林业·利润·4·亿元", "2022年·渔业·增加值·3·亿元"],
    ),
    "sections": (
        "| 指标 | 2022年（亿元） |\n| 一、林业 | |\n| 增加值 | 30 |\n| 二、渔业 | |\n| 增加值 | 3 |",
        ["一、林业", "2022年·林业·增加值·30·亿元", "二、渔业", "2022年·渔业·增加值·3·亿元"],
    ),
    "sections of places": (
        "| 永吉县 | 永吉县 |\n| 品种 | 产量（吨） |\n| 木耳 | 3 |\n| 磐石市 | |\n| 木耳 | 4 |",
        ["永吉县", "永吉县·木耳·产量·3·吨", "磐石市", "磐石市·木耳·产量·4·吨"],
    ),
    "rows named alike": ("| 指标 | 2022年（亿元） |\n| 增加值 | 30 |\n| 增加值 | 3 |", ["增加值", "增加值"]),
    "rows without a figure before the first figure": (
        "| 项目 | 业主 | 总投资（亿元） |\n| 西岭水库项目 | 清源水务有限公司 | 在谈 |\n| 东坝码头项目 | 海桐航运公司 | 5.5 |",
        ["西岭水库项目", "清源水务有限公司", "在谈", "东坝码头项目·总投资·5.5·亿元", "海桐航运公司"],
    ),
    "a figure not yet there": (
        "| | 产量（吨） |\n| 木耳 | 待定 |\n| 香菇 | 3 |",
        ["木耳", "待定", "香菇·产量·3·吨"],
    ),
    "merged cells, captions within": (
        "| 2021年林业 | 2021年林业 | 2021年林业 |\n| 县 | 林业产值 | 林业产值 |\n| 县 | 林业产值 | 增速 |\n| 永吉县 | 3亿元 | 4% |",
        ["2021年林业", "2021年·永吉县·林业产值·3亿元", "2021年·永吉县·林业产值·增速·4%"],
    ),
    "bare years": ("| 品种 | 2021 | 2022 |\n| 木耳 | 3吨 | 4吨 |", ["品种", "木耳"]),
    "words besides figures": (
        "| 项目 | 业主 | 总投资 |\n| 东坝码头项目 | 海桐航运公司 | 5.5亿元 |",
        ["东坝码头项目·总投资·5.5亿元", "海桐航运公司"],
    ),
    "no figures": ("| 部门 | 职责 |\n| 区林业局 | 巡查 |", ["区林业局", "巡查"]),
    "one column": ("| 通知 |\n| 各县 |", ["通知", "各县"]),
    "no unit": ("| 队伍 | 得分 |\n| 一队 | 88 |", ["一队"]),
    "no table": ("首页 | 新闻 | 服务\n| 单独一行 |\n正文 | 8吨 |", []),
}


@pytest.mark.parametrize(("text", "said"), CASES.values(), ids=CASES)
def test_rows_become_sentences(text: str, said: list[str]) -> None:
    pieces = [found for table in tables(text) for found in Reading(text, table).sentences()]
    assert ["·".join(text[piece.begin : piece.end] for piece in found) for found in pieces] == said


ABOVE, BELOW = "2023年，江州市渔业生产平稳，各类水产品供应充足，主要品种产量见下表所列的数字。", "市水利局继续开展增殖放流。"
HEADS, ROW = ["品种", "产量（万吨）", "同比增长（%）"], ["鲈鱼", "12.6", "-4.2"]
SAID = [("鲈鱼产量", "12.6", "万吨", "level"), ("鲈鱼产量", "-4.2", "%", "growth")]


def _markdown(path: Path) -> Path:
    lines = [ABOVE, "", f"| {' | '.join(HEADS)} |", "|---|---|---|", f"| {' | '.join(ROW)} |", "", BELOW]
    path.with_suffix(".md").write_text("\n".join(lines), encoding="utf-8")
    return path.with_suffix(".md")


def _html(path: Path) -> Path:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (HEADS, ROW))
    page = f"<html><body><article><h1>渔业</h1><p>{ABOVE}</p><table>{rows}</table><p>{BELOW * 4}</p></article></body></html>"
    path.with_suffix(".html").write_text(page, encoding="utf-8")
    return path.with_suffix(".html")


def _word(path: Path) -> Path:
    page = docx.Document()
    page.add_paragraph(ABOVE)
    table = page.add_table(2, len(HEADS))
    for row, words in zip(table.rows, (HEADS, ROW), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    page.add_paragraph(BELOW)
    page.save(str(path.with_suffix(".docx")))
    return path.with_suffix(".docx")


@pytest.mark.parametrize("write", [_markdown, _html, _word])
def test_a_table_of_any_format_tells_its_figures(write: object, tmp_path: Path) -> None:
    assert callable(write)
    built = kg.build([str(write(tmp_path / "fish"))], home="江州市", date="2024-02")
    assert built.unreadable == ()
    (document,) = built.facts.documents
    assert ABOVE in document.text
    figures = sorted(built.facts.figures, key=lambda figure: figure.measure, reverse=True)
    assert [(f.indicator, str(f.value), f.unit, f.measure.value) for f in figures] == SAID
    for figure in figures:
        words = [document.text[span.begin : span.end] for span in figure.evidence.spans]
        assert {"鲈鱼", str(figure.value)} <= set(words), words


def test_a_table_within_a_table_of_word_is_read(tmp_path: Path) -> None:
    page = docx.Document()
    outer = page.add_table(2, 2)
    merged = outer.rows[0].cells[0].merge(outer.rows[0].cells[1])
    merged.text = ABOVE
    inner = merged.add_table(2, len(HEADS))
    for row, words in zip(inner.rows, (HEADS, ROW), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    page.save(str(tmp_path / "nested.docx"))
    built = kg.build([str(tmp_path / "nested.docx")], home="江州市", date="2024-02")
    assert {(f.indicator, str(f.value), f.unit, f.measure.value) for f in built.facts.figures} == set(SAID)


def test_the_page_marks_the_cells(page: Page, tmp_path: Path) -> None:
    built = kg.build([str(_markdown(tmp_path / "fish"))], home="江州市", date="2024-02")
    write_page(built.facts, tmp_path / "graph.html")
    page.open(tmp_path / "graph.html")
    page.search("鲈鱼产量", Keys.ENTER)
    page.one("#view-figures .opener").click()
    assert [mark for mark in page.texts("#view-figures mark") if mark] == ["2023年", "产量", "万吨", "鲈鱼", "12.6"]
    page.one("#view-figures blockquote .link").click()
    assert page.one("#reader .text").get_attribute("textContent") == built.facts.documents[0].text
