"""Sources as people have them: articles of several districts in one build, tables with columns of their own; ``kg`` as a process."""

import json
from pathlib import Path

import pytest
from article import Kg

from kg.cli import BAD_INPUT, FINE, LANGUAGES

ELSEWHERE = "樊城区今年上半年规模以上工业产值完成186.5亿元，同比增长9.2%。樊城区新开工项目32个。"
UNNAMED = "今年上半年，全区规模以上工业产值完成26.5亿元，同比增长4.2%。"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_is_plainly_about_another_district_is_read_as_about_that(lang: str, command: Kg, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for name, text in (("a.txt", ELSEWHERE), ("b.txt", UNNAMED), ("c.txt", f"绿园区与樊城区结对。{ELSEWHERE}")):
        (news / name).write_text(text, encoding="utf-8")
    build = ("build", news, "--date", "2024-07", "--home", "绿园区", "--out", tmp_path / "out", "--lang", lang, "--quiet")
    done = command(*build)
    assert done.returncode == FINE
    assert [line.partition(".txt")[0] for line in done.stderr.splitlines()] == ["a"]
    assert all(word in done.stderr for word in ("樊城区", "绿园区", "manifest.toml"))
    asked = "SELECT ?name { ?f dkg:value ?v ; dkg:about/skos:prefLabel ?name FILTER(?v IN (26.5, 186.5)) } ORDER BY ?name"
    assert command("query", tmp_path / "out", asked).stdout.split() == ["name", "樊城区", "樊城区", "绿园区"]
    (news / "manifest.toml").write_text('["a.txt"]\nhome = "绿园区"\n', encoding="utf-8")
    assert command(*build).stderr == ""


def test_many_about_other_districts_are_told_in_one_line(command: Kg, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"{ELSEWHERE}第{number}期。", encoding="utf-8")
    build = ("build", tmp_path, "--date", "2024-07", "--home", "绿园区", "--out", tmp_path / "out", "--lang", "en", "--quiet")
    done = command(*build, "--report", tmp_path / "report.json")
    assert (done.stderr.count("\n"), done.stderr.startswith("5 documents (0.txt, 1.txt, 2.txt …)")) == (1, True)
    assert len(json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["warnings"]) == 5


def test_explain_tells_that_a_text_is_about_another_district(command: Kg) -> None:
    told = command("explain", ELSEWHERE, "--home", "绿园区", "--lang", "en").stdout
    assert "about 樊城区, and never names 绿园区" in told
    assert "绿园区" not in command("explain", ELSEWHERE, "--home", "襄阳市", "--lang", "en").stdout


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_columns_however_they_are_separated(sign: str, command: Kg, tmp_path: Path) -> None:
    rows = [["标题", "日期", "正文"], ["半年报", "2024-07", "绿园区投资增长7%，消费，增长；8%。"]]
    (tmp_path / "a.csv").write_text("\n".join(sign.join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8")
    done = command("build", tmp_path / "a.csv", "--out", tmp_path / "out", "--quiet")
    assert (done.returncode, done.stderr) == (FINE, "")
    assert "半年报" in command("query", tmp_path / "out", "SELECT ?t { ?d schema:headline|dcterms:title|schema:name ?t }").stdout


@pytest.mark.parametrize("lang", LANGUAGES)
def test_columns_that_nobody_knows_are_told_with_the_names_to_give_them(lang: str, command: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("编号;内文;版面\n1;绿园区投资增长7%。;A1\n", encoding="utf-8")
    done = command("build", tmp_path / "a.csv", "--out", tmp_path / "out", "--quiet", "--lang", lang)
    assert (done.returncode, done.stderr.count("\n")) == (BAD_INPUT, 1)
    assert all(word in done.stderr for word in ("a.csv", "编号, 内文, 版面", "正文"))


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_text_in_a_column_that_is_not_read_is_told(name: str, command: Kg, tmp_path: Path) -> None:
    fields = {"编号": "1", "正文": "绿园区投资增长7%。", "附文": "绿园区新建学校三所。" * 5, "内容": "绿园区新建医院一所。" * 5}
    table = f"{','.join(fields)}\n{','.join(fields.values())}\n"
    (tmp_path / name).write_text(table if name == "a.csv" else json.dumps(fields), encoding="utf-8")
    done = command("build", tmp_path / name, "--date", "2024-07", "--out", tmp_path / "out", "--quiet", "--lang", "en")
    assert done.returncode == FINE
    assert done.stderr.endswith(
        f"{name}: the text in these columns was not read: 附文, 内容. If it matters, put it into the column of the text.\n"
    )


@pytest.mark.parametrize("out", ["out", "."])
def test_what_an_earlier_build_wrote_is_no_source(out: str, command: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(UNNAMED, encoding="utf-8")
    for documents in ("new 1", "unchanged 1"):
        done = command("build", tmp_path, "--date", "2024-07", "--out", tmp_path / out, "--lang", "en")
        assert (done.returncode, done.stderr) == (FINE, "")
        assert documents in done.stdout.splitlines()[1]
