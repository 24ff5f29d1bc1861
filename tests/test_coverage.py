"""What is told about the rules of a build: which fired, how often, in how many documents."""

import csv
from pathlib import Path

import pytest
from article import Kg

from kg.coverage import Coverage, coverage, table
from kg.language.rules import load
from kg.pipeline import extract
from kg.text.document import Document, Metadata


def told(*texts: str) -> dict[str, Coverage]:
    documents = [Document(f"doc{n}", "doc.txt", text, Metadata(published="2024-08", home="青河区")) for n, text in enumerate(texts)]
    return {row.rule: row for row in coverage(extract(document).firing for document in documents)}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("name.有限公司", "江州云帆机械有限公司投产。"),
        ("gazetteer.full", "绿园区召开会议。"),
        ("anaphor.whole-district", "全区产值完成3亿元。"),
        ("figure.rise", "全区产值增长7%。"),
        ("programme.number-code", "全面落实“三五六”工作法。"),
        ("relation.sits", "云帆机械有限公司位于绿园区。"),
        ("list.firms", "云帆机械、江达电气等5家企业开工。"),
    ],
)
def test_rules_are_counted(rule: str, text: str) -> None:
    once, twice = told(text)[rule], told(text, text, "今天天气很好。")[rule]
    assert once.fired >= 1
    assert (once.documents, twice.fired, twice.documents) == (1, 2 * once.fired, 2)


def test_candidates_that_gave_way_are_counted() -> None:
    row = told("江州云帆机械集团有限公司投产。")["document.again"]
    assert (row.fired, row.documents) == (0, 0)
    assert row.lost >= 1


def test_rules_that_never_fired_are_named() -> None:
    rows = told("今天天气很好。")
    assert {rule.name for rule in load("relation")} <= rows.keys()
    assert {row.fired for row in rows.values()} == {0}


def test_table() -> None:
    assert table([Coverage("a.b", 3, 2, 1)]) == "rule,fired,documents,lost\na.b,3,2,1\n"


def test_a_report_lists_the_rules(command: Kg, article: Path, tmp_path: Path) -> None:
    done = command("build", article, "--date", "2024-07", "--out", tmp_path, "--report", tmp_path / "report.json", "--quiet")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader((tmp_path / "rules.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["rule"] for row in rows] == sorted(row["rule"] for row in rows)
    assert {"rule": "figure.level", "fired": "3", "documents": "1", "lost": "0"} in rows
