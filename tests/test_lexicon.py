"""The tables of words: well-formed, free of doubles, and in use."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import kg
from kg.cli import BAD_INPUT, FINE
from kg.language.lexicon import VocabularyError, alternation, rows, words
from kg.language.rules import compile_pattern

PACKAGE = Path(kg.__file__).parent
TABLES = sorted(path.stem for path in (PACKAGE / "lexicon").glob("*.tsv"))


def body(table: str) -> list[list[str]]:
    """The cells of a table's header and rows, as the file has them."""
    text = (PACKAGE / "lexicon" / f"{table}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]


@pytest.mark.parametrize("table", TABLES)
def test_rows_fit_the_header(table: str) -> None:
    header, *rest = body(table)
    assert all(re.fullmatch("[a-z_]+", name) for name in header), "the first line that is no comment names the columns"
    assert rest, "a table has rows"
    assert [row for row in rest if len(row) > len(header)] == []
    assert [row for row in rest if not row[0] or any(cell != cell.strip(" ") for cell in row if cell != " ")] == []


@pytest.mark.parametrize("table", TABLES)
def test_no_row_stands_twice(table: str) -> None:
    counted = Counter(tuple(row) for row in body(table)[1:])
    assert [row for row, number in counted.items() if number > 1] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_used(table: str) -> None:
    uses = ((f'"{table}"', PACKAGE.rglob("*.py")), (f"'{table}'", PACKAGE.rglob("*.py")), (f"{{{table}}}", PACKAGE.rglob("*.toml")))
    assert any(use in path.read_text(encoding="utf-8") for use, paths in uses for path in paths)


class DivisionRow(NamedTuple):
    name: str
    code: str
    level: str
    parent: str


class ZoneRow(NamedTuple):
    name: str
    kind: str
    code: str


def divisions() -> dict[str, DivisionRow]:
    return {row.code: row for row in rows("division", DivisionRow)}


LEVELS = {"province": {""}, "prefecture": {"province"}, "county": {"province", "prefecture"}}


def misplaced(found: dict[str, DivisionRow]) -> Iterator[DivisionRow]:
    for row in found.values():
        above = found[row.parent].level if row.parent else ""
        if above not in LEVELS[row.level] or not row.code.startswith(row.parent.rstrip("0")):
            yield row


def test_divisions_form_a_tree() -> None:
    found = divisions()
    assert len(found) == len(rows("division", DivisionRow)), "a code names one division"
    assert all(re.fullmatch(r"\d{6}", code) for code in found)
    assert list(misplaced(found)) == []


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("220106", ["绿园区", "长春市", "吉林省"]),
        ("110105", ["朝阳区", "北京市"]),
        ("429004", ["仙桃市", "湖北省"]),
        ("810016", ["沙田区", "香港特别行政区"]),
        ("330113", ["临平区", "杭州市", "浙江省"]),
    ],
)
def test_division_lies_in(code: str, path: list[str]) -> None:
    found, names = divisions(), []
    while code:
        names.append(found[code].name)
        code = found[code].parent
    assert names == path


def test_zones_lie_in_divisions() -> None:
    known = divisions()
    names = {row.name for row in known.values()}
    zones = rows("zone", ZoneRow)
    assert len(zones) >= 300
    assert [zone for zone in zones if zone.code not in known] == []
    assert [zone for zone in zones if zone.name in names] == [], "a division is no zone"


def test_family_names_are_short() -> None:
    assert [word for word in words("surname") if not re.fullmatch(r"[\u4e00-\u9fff]{1,5}", word)] == []


@pytest.mark.parametrize("text", ["党组副书记", "常务副总经理", "管委会主任", "首席执行官"])
def test_the_longest_post_wins(text: str) -> None:
    match = re.match(alternation("post"), text)
    assert match
    assert match[0] == text


def test_a_pattern_may_name_a_table() -> None:
    pattern = compile_pattern(r"(?P<family>{surname})某")
    assert [match["family"] for match in pattern.finditer("欧阳某与王某")] == ["欧阳", "王"]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(VocabularyError) as refused:
        rows("post", ZoneRow)
    assert (refused.value.reason, refused.value.place, refused.value.detail) == ("column", "lexicon/post.tsv", "code, kind, name")


RULE = '\n[[rule]]\nname = "tries"\noutput = "produces"\n'
FAULTS = [
    ("lexicon/industry.tsv", "深井制砂 sector\n", "blank lexicon/industry.tsv:{line}"),
    ("lexicon/industry.tsv", "深井制砂\tsector" + "\t1" * 9 + "\n", "cells lexicon/industry.tsv:{line}"),
    ("lexicon/industry.tsv", "深井制砂\tsectr\n", "choice lexicon/industry.tsv:{line}, kind “sectr”"),
    ("lexicon/industry.tsv", "深井制砂\n", "choice lexicon/industry.tsv:{line}, kind “”"),
    ("rules/relation.toml", RULE + 'pattern = "(<Enterprise>"\n', "pattern rules/relation.toml, tries"),
    ("rules/relation.toml", RULE + 'pattern = "<Company>"\n', "class rules/relation.toml, tries"),
    ("rules/relation.toml", RULE + 'pattern = "{colour}"\n', "table lexicon/colour.tsv"),
    ("rules/relation.toml", RULE.replace("[[rule]]", "[[rules]]") + 'pattern = "砂"\n', "shape rules/relation.toml"),
    ("rules/relation.toml", RULE + "pattern = 5\n", "text rules/relation.toml, tries"),
    ("rules/relation.toml", RULE, "missing rules/relation.toml, tries"),
    ("rules/relation.toml", RULE + 'patern = "砂"\n', "field rules/relation.toml, tries"),
    ("rules/relation.toml", RULE + 'pattern = "砂\n', "syntax rules/relation.toml"),
]
READER = """
from kg.language.lexicon import VocabularyError, words
from kg.language.rules import load
try:
    words("industry"), load("relation")
except VocabularyError as error:
    print(error.reason, error.place)
"""
PROGRAM = "from kg.cli import main; raise SystemExit(main())"


def with_added(folder: Path, file: str, added: str) -> int:
    """Copy the package into ``folder`` and add something to a file of it; the number of the line at which the file ends then."""
    shutil.copytree(PACKAGE, folder / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / "kg" / file
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(("file", "added", "told"), FAULTS)
def test_a_word_or_rule_that_can_not_be_read_is_told_with_its_place(file: str, added: str, told: str, tmp_path: Path) -> None:
    line = with_added(tmp_path, file, added)
    done = subprocess.run([sys.executable, "-c", READER], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == told.format(line=line)


UNKNOWN = RULE.replace("produces", "produce") + 'pattern = "砂"\n'


@pytest.mark.parametrize(
    ("fault", "lang", "said"),
    [
        (FAULTS[5][1], "zh", "没有 <Company> 这一类"),
        (FAULTS[5][1], "en", "there is no class <Company>"),
        (UNKNOWN, "zh", "没有“produce”这种关系"),
        (UNKNOWN, "en", "rules/relation.toml, tries: the ontology has no relation produce."),
    ],
)
def test_the_program_says_so_in_one_line(fault: str, lang: str, said: str, tmp_path: Path) -> None:
    with_added(tmp_path, "rules/relation.toml", fault)
    words = ["explain", "柏川区办起三家砂石厂。", "--lang", lang]
    done = subprocess.run([sys.executable, "-c", PROGRAM, *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (BAD_INPUT, "", 1)
    assert said in done.stderr


@pytest.mark.parametrize("example", ["examples = ['柏川集团出产细砂']", "examples = ['柏川集团筛出细砂']\ncounters = ['宏远集团筛出粗砂']"])
def test_a_rule_that_is_not_true_to_its_examples_is_told(example: str, tmp_path: Path) -> None:
    with_added(tmp_path, "rules/relation.toml", f"{RULE}pattern = '(?P<s><Enterprise>)筛出(?P<text>..)'\n{example}\n")
    words = ["explain", "柏川区办起三家砂石厂。", "--lang", "en"]
    done = subprocess.run([sys.executable, "-c", PROGRAM, *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    told = example.split("'")[-2]
    assert (done.returncode, done.stderr) == (
        FINE,
        f"rules/relation.toml, tries: it is not true to its own example: {told}. Correct the pattern or the example.\n",
    )
