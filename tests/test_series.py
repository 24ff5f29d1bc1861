"""Series and arithmetic on the command line: tables, pictures, CSV, and one line for what can't be done."""

import csv
import sys
from io import StringIO
from pathlib import Path

import pytest
from article import Kg

from kg.cli import BAD_INPUT, FINE, PROBLEMS, main

SOURCES = {
    "2022.txt": ("2023-02", "2022年，绿园区税收收入完成8亿元，同比增长4.2%。2023年，绿园区税收收入力争突破9亿元。"),
    "2023.txt": ("2024-02", "2023年，绿园区税收收入完成8.6亿元，同比增长17.5%。2023年，绿园区进出口总额完成52亿元。"),
}


@pytest.fixture(scope="module")
def built(command: Kg, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("series")
    for name, (published, text) in SOURCES.items():
        (folder / name).write_text(text, encoding="utf-8")
        done = command("build", folder / name, "--date", published, "--home", "绿园区", "--out", folder / "out", "--quiet")
        assert done.returncode == FINE, done.stderr
    return folder / "out" / "graph.ttl"


def columns(line: str) -> list[str]:
    return line.split()


def test_the_table_has_growth_beside_levels_and_tells_targets(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", "绿园区", "税收收入", str(built), "--lang", "zh"]) == FINE
    lines = [line for line in map(str.rstrip, capsys.readouterr().out.splitlines()) if line]
    assert lines[0] == "绿园区 税收收入"
    assert columns(lines[1]) == ["时期", "数值", "增速", "状态", "来源"]
    assert list(map(columns, lines[3:])) == [
        ["2022", "8亿元", "4.2%", "实绩", "2022.txt", "2023-02"],
        ["2023", "8.6亿元", "17.5%", "实绩", "2023.txt", "2024-02"],
        ["2023", ">9亿元", "-", "目标", "2022.txt", "2023-02"],
    ]


def test_columns_are_aligned_in_cells_of_the_terminal(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from rich.cells import cell_len

    assert main(["series", "绿园区", "税收收入", str(built)]) == FINE
    rows = [line for line in capsys.readouterr().out.splitlines() if ".txt" in line]
    assert len({cell_len(line[: line.index(".txt")]) for line in rows}) == 1


@pytest.mark.parametrize("words", [("lvyuanqu", "税收收入"), ("绿园区", "shuishou shouru"), ("绿园区", "Tax revenue")])
def test_names_are_taken_in_pinyin_and_in_english(words: tuple[str, str], built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", *words, str(built)]) == FINE
    assert "17.5%" in capsys.readouterr().out


@pytest.mark.parametrize("suffix", ["svg", "png"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_picture_is_the_same_every_time(suffix: str, lang: str, built: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    for name in ("one", "other"):
        assert main(["series", "绿园区", "税收收入", str(built), "--out", str(tmp_path / f"{name}.{suffix}"), "--lang", lang]) == FINE
    first, second = ((tmp_path / f"{name}.{suffix}").read_bytes() for name in ("one", "other"))
    assert first == second
    assert first.startswith(b"<?xml" if suffix == "svg" else b"\x89PNG")
    assert b"dc:date" not in first


def test_numbers_for_other_programs(built: Path, tmp_path: Path) -> None:
    assert main(["series", "绿园区", "税收收入", str(built), "--out", str(tmp_path / "tax.csv")]) == FINE
    first, *_ = csv.DictReader(StringIO((tmp_path / "tax.csv").read_text(encoding="utf-8")))
    assert (first["period"], first["end"], first["value"], first["unit"], first["growth"]) == ("2022", "2022-12-31", "8", "亿元", "4.2")
    assert first["normalized"] == "800000000"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["绿源区", "税收收入"], "绿园区"),
        (["绿园区", "税务"], "税收收入"),
        (["不存在区", "税收收入"], "绿园区"),
        (["绿园区", "税收收入", "--out", "tax.pdf"], ".svg, .png or .csv"),
    ],
)
def test_what_is_not_known_gets_one_line_with_the_nearest(
    words: list[str], said: str, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["series", *words[:2], str(built), *words[2:], "--lang", "en"]) == BAD_INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert said in err


def test_without_a_graph_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["series", "绿园区", "税收收入", str(tmp_path / "none.ttl")]) == BAD_INPUT
    assert "none.ttl" in capsys.readouterr().err


def test_without_matplotlib_it_says_what_to_install(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "kg.series.plot", raising=False)
    monkeypatch.delattr("kg.series.plot", raising=False)
    assert main(["series", "绿园区", "税收收入", str(built), "--out", "tax.svg", "--lang", "en"]) == BAD_INPUT
    assert "pip install 'district-kg[plot]'" in capsys.readouterr().err


def test_without_a_chinese_font_it_says_what_to_install(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plot = pytest.importorskip("kg.series.plot")
    monkeypatch.setattr(plot, "_candidates", lambda: ())
    assert main(["series", "绿园区", "税收收入", str(built), "--out", str(tmp_path / "tax.svg"), "--lang", "en"]) == BAD_INPUT
    assert "fonts-noto-cjk" in capsys.readouterr().err
    assert not (tmp_path / "tax.svg").exists()


@pytest.mark.parametrize(("lang", "words"), [("zh", "与增速对不上"), ("en", "make 9.4亿元, but 8.6亿元")])
def test_check_lists_what_does_not_add_up(lang: str, words: str, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--arithmetic", str(built), "--lang", lang]) == PROBLEMS
    first, *quotes, last = capsys.readouterr().out.splitlines()
    assert words in first
    assert [quote.split(": ")[0].strip() for quote in quotes] == ["2022.txt", "2023.txt", "2023.txt"]
    assert all("税收收入" in quote for quote in quotes)
    assert "1" in last


def test_a_graph_with_discrepancies_conforms(built: Path) -> None:
    assert main(["check", str(built)]) == FINE
