"""The command line as people meet it: what it prints, what it writes, what it returns."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest
from article import ARTICLE, Kg

from kg.cli import BAD_INPUT, FINE, PROBLEMS, main

COMMANDS = ("build", "remove", "query", "check", "series", "explain", "export", "diff", "serve", "spark")


def test_build_writes_graph_and_page_and_says_what_it_found(command: Kg, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    done = command("build", article, "--date", "2024-07", "--out", out, "--lang", "en", "--report", tmp_path / "report.json")
    assert (done.returncode, done.stderr) == (FINE, "")
    assert sorted(path.name for path in out.iterdir()) == ["documents.sqlite", "graph.html", "graph.ttl", "rules.csv", "store"]
    headings = [line.split()[0] for line in done.stdout.splitlines()]
    assert headings == ["documents", "changes", "entities", "relations", "figures", "warnings", "time", "written"]
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["documents"][0]["published"] == "2024-07"
    assert report["entities"]["Enterprise"] >= 1
    assert report["warnings"] == []


def test_build_speaks_chinese(command: Kg, article: Path, tmp_path: Path) -> None:
    done = command("build", article, "--date", "2024-07", "--out", tmp_path, environment={**os.environ, "LC_ALL": "zh_CN.UTF-8"})
    assert done.stdout.splitlines()[0].split() == ["文档", "1"]
    assert "企业" in done.stdout


def test_build_reads_standard_input(command: Kg, tmp_path: Path) -> None:
    done = command("build", "-", "--date", "2024-07", "--out", tmp_path, "--quiet", stdin=ARTICLE)
    assert (done.returncode, done.stdout, done.stderr) == (FINE, "", "")
    assert "云帆机械" in (tmp_path / "graph.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize(("number", "said"), [(1, 1), (3, 3), (4, 1), (12, 1)])
def test_many_documents_without_a_date_get_one_line(number: int, said: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for n in range(number):
        (tmp_path / f"{n:02}.txt").write_text(f"青河区新建第{n}所学校。", encoding="utf-8")
    options = ["--out", str(tmp_path / "out"), "--lang", "en", "--report", str(tmp_path / "report.json"), "--quiet"]
    assert main(["build", *(str(path) for path in tmp_path.glob("*.txt")), *options]) == FINE
    told = capsys.readouterr().err.splitlines()
    assert (len(told), "00.txt" in told[0]) == (said, True)
    assert said == number or f"{number} documents" in told[0]
    assert len(json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["warnings"]) == number


BAD = {
    "empty.txt": (b"", "there is no text"),
    "blank.txt": (b" \n\n", "there is no text"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "binary"),
    "broken.txt": ("青河区工业经济".encode()[:-1] + b"\xff\xfe\xff", "encoding"),
    "table.xlsx": (b"PK\x03\x04", "not supported"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_gets_one_line(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, reason = BAD[name]
    (tmp_path / name).write_bytes(content)
    assert main(["build", str(tmp_path / name), "--out", str(tmp_path / "out"), "--lang", "en"]) == BAD_INPUT
    line = one_line(capsys)
    assert name in line
    assert reason in line
    assert not (tmp_path / "out").exists()


def test_missing_file_and_empty_folder_get_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nothing").mkdir()
    for source, reason in (("missing.txt", "not found"), ("nothing", "nothing to read"), ("*.md", "nothing to read")):
        assert main(["build", str(tmp_path / source), "--out", str(tmp_path / "out"), "--lang", "en"]) == BAD_INPUT
        line = one_line(capsys)
        assert source in line
        assert reason in line


def test_file_without_permission_gets_one_line(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = Path.open

    def denied(self: Path, *mode: str, **how: str) -> IO[Any]:
        if self == article:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *mode, **how)  # type: ignore[call-overload, no-any-return]

    # Not chmod: root may read everything.
    monkeypatch.setattr(Path, "open", denied)
    assert main(["build", str(article), "--out", str(tmp_path / "out"), "--lang", "en"]) == BAD_INPUT
    assert "permission denied" in one_line(capsys)


def test_the_rest_is_built(command: Kg, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    (folder / "good.md").write_text(ARTICLE, encoding="utf-8")
    (folder / "manifest.toml").write_text('["good.md"]\npublished = "2024-13"\n', encoding="utf-8")
    done = command("build", folder, "--date", "2024-07", "--out", tmp_path / "out", "--lang", "en")
    assert done.returncode == FINE
    lines = done.stderr.splitlines()
    assert len(lines) == len(BAD) + 1
    assert [name for name in [*BAD, "2024-13"] if sum(name in line for line in lines) != 1] == []
    assert (tmp_path / "out" / "graph.ttl").stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["build", "{article}", "--out", "{out}", "--date", "yesterday"], "--date yesterday: not a date"),
        (["build", "{article}", "--out", "{out}", "--date", "2024-02-30"], "--date 2024-02-30: not a date"),
        (["build", "{article}", "--out", "{out}", "--workers", "0"], "--workers 0"),
        (["build", "{article}", "--out", "{article}", "--date", "2024"], "cannot be written"),
        (["build", "{article}", "--out", "{out}", "--base", "not an IRI"], "--base not an IRI"),
        (["remove", "article.md", "--out", "{out}"], "nothing was built here"),
        (["query", "{out}", "ranks"], "store: cannot be read"),
        (["explain", "青河区", "--date", "soon"], "--date soon: not a date"),
        (["explain", "{out}/missing.ttl", "--entity", "青河区"], "missing.ttl"),
        (["explain", "{graph}", "--entity", "青河"], "青河区"),
        (["build", "{article}", "--out", "{out}", "--aliases", "{out}/missing.toml"], "missing.toml"),
        (["build", "{article}", "--out", "{out}", "--aliases", "{article}"], "article.md: malformed"),
        (["query", "{graph}"], "kg query"),
        (["query", "{out}/missing.ttl", "ranks"], "missing.ttl"),
        (["query", "{graph}", "no-such-query"], "no-such-query"),
        (["query", "{graph}", "missing.rq"], "missing.rq"),
        (["query", "{graph}", "SELECT WHERE"], "SPARQL"),
        (["query", "{graph}", "figures-of-district"], "--district"),
        (["query", "{graph}", "ranks", "--nonsense", "x"], "--nonsense"),
        (["query", "{graph}", "ranks", "stray"], "stray"),
        (["query", "{graph}", "ranks", "--district"], "--district"),
        (["check", "{out}/missing.ttl"], "missing.ttl"),
        (["check", "{article}"], "article.md"),
        (["export", "{out}/missing.ttl", "{out}/x.nt"], "missing.ttl"),
        (["export", "{article}", "{out}/x.nt"], "article.md"),
        (["export", "{graph}", "{out}/x.xlsx"], ".graphml"),
        (["export", "{graph}", "-"], "--format"),
        (["export", "{graph}", "-", "--format", "tables"], "--format"),
        (["export", "{graph}", "{article}/x.nt"], "article.md/x.nt: cannot be written"),
        (["export", "{graph}", "/proc/x.graphml"], "/proc/x.graphml: cannot be written"),
        (["explain", " "], "no text to read"),
        (["query", "{graph}", "SELECT ?x {{ ?x foo:nope ?y }}"], "there is no prefix foo:"),
        (["query", "{graph}", "DELETE WHERE {{ ?s ?p ?o }}"], "read-only"),
        (["query", "{graph}", "projects-by-status", "--status", "停工"], "started 开工"),
        (["query", "{graph}", "figures-of-district", "--distict", "青河区"], "no parameter --distict"),
        (["diff", "{graph}", "{out}/missing.ttl"], "missing.ttl"),
        (["diff", "{article}", "{graph}"], "article.md"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_refusals(
    arguments: list[str], complaint: str, article: Path, graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = [argument.format(article=article, graph=graph, out=tmp_path) for argument in arguments]
    assert main([*filled, "--lang", "en"]) == BAD_INPUT
    assert complaint in one_line(capsys)


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """What was said on standard error, if it is one line and all that was said."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_named_query_in_each_format(command: Kg, graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = ["query", str(graph), "figures-of-district", "--district", "青河区", "--lang", "en"]
    assert main([*question, "--format", "json"]) == FINE
    rows = json.loads(capsys.readouterr().out)
    assert "86.5" in {value for row in rows for value in row.values()}
    assert main(question) == FINE
    header, *lines = capsys.readouterr().out.splitlines()
    assert header == ",".join(rows[0])
    assert len(lines) == len(rows)
    assert main([*question, "--format", "table"]) == FINE
    assert "86.5" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        (["things-without-figures"], ["类别,名称", "企业,江州云帆机械有限公司"]),
        (
            ["figures-of-district", "--district", "青河区"],
            ["指标,界限,数值,单位,度量方式,时期,状态,比较范围,原文", ",总量,2024-01/2024-06,实绩,,"],
        ),
        (["evidence-of", "--thing", "智能传动产业园"], ["主体,关系,客体,原文,文档,规则", "总投资 (总量),12亿元,"]),
        (["SELECT ?value { ?figure dkg:value ?value }"], ["value", "86.5"]),
    ],
)
def test_named_queries_answer_in_chinese(question: list[str], lines: list[str], command: Kg, graph: Path) -> None:
    done = command("query", graph, *question, "--lang", "zh")
    header, *rows = done.stdout.splitlines()
    assert header == lines[0]
    assert any(lines[1] in row for row in rows), done.stdout
    assert command("query", graph, *question, "--lang", "zh", "--format", "json").stdout == (
        command("query", graph, *question, "--lang", "en", "--format", "json").stdout
    )


@pytest.mark.parametrize("district", ["qinghequ", "QingheQu", "青河 区"])
def test_what_is_spelt_or_read_the_same_is_taken(district: str, command: Kg, graph: Path) -> None:
    done = command("query", graph, "figures-of-district", "--district", district, "--indicator", "产值", "--lang", "en")
    assert (done.returncode, done.stderr) == (FINE, f"{district} is taken as 青河区.\n")
    assert "86.5" in done.stdout


@pytest.mark.parametrize(
    ("words", "lang", "said"),
    [
        (["figures-of-district", "--district", "青合区"], "en", "nothing called 青合区. It has: 青河区"),
        (["figures-of-district", "--district", "不存在县"], "zh", "图谱中没有“不存在县”，也没有与它相近的名称"),
        (["largest-figures", "--unit", "光年"], "zh", "图谱中没有“光年”。图谱中有：%, 亿元"),
        (["SELECT (COUNT(*) AS ?n) { ?x a dkg:Company }"], "en", "does not use dkg:Company."),
        (["ASK { ?x a dkg:Enterprises }"], "zh", "图谱中没有用到 dkg:Enterprises。相近的有：dkg:Enterprise"),
        (["SELECT ?x { ?x rdfs:label ?y }"], "en", "does not use rdfs:label. Like it, it has: skos:altLabel, skos:prefLabel"),
    ],
)
def test_why_there_are_no_rows(words: list[str], lang: str, said: str, command: Kg, graph: Path) -> None:
    done = command("query", graph, *words, "--lang", lang)
    assert (done.returncode, done.stdout.count("\n"), done.stderr.count("\n")) == (FINE, 1 + ("COUNT" in words[0] or "ASK" in words[0]), 1)
    assert said in done.stderr


def test_sparql_as_text_and_as_file(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "SELECT ?name WHERE { ?firm a dkg:Enterprise ; skos:prefLabel ?name }"
    (tmp_path / "firms.rq").write_text(text, encoding="utf-8")
    for query in (text, str(tmp_path / "firms.rq")):
        assert main(["query", str(graph), query]) == FINE
        assert capsys.readouterr().out.splitlines() == ["name", "江州云帆机械有限公司"]


def test_list_of_queries(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "--list", "--format", "json", "--lang", "zh"]) == FINE
    found = {row["query"]: row for row in json.loads(capsys.readouterr().out)}
    assert len(found) >= 10
    assert "--district" in found["figures-of-district"]["parameters"]
    assert "[--status 计划|签约|开工|在建|建成|投产]" in found["projects-by-status"]["parameters"]


def test_check_finds_nothing_in_a_good_graph(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for source in (graph, graph.parent):
        assert main(["check", str(source), "--lang", "en"]) == FINE
        assert capsys.readouterr().out == f"{source}: 0 violations\n"


def test_an_empty_file_is_no_graph(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.ttl").touch()
    assert main(["check", str(tmp_path / "empty.ttl"), "--lang", "en"]) == BAD_INPUT
    assert "empty.ttl: an empty file" in one_line(capsys)


def test_what_was_found_does_not_depend_on_who_reads_it(graph: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_text(graph.read_text(encoding="utf-8").replace("86.5", "96.5").replace("江州", "山州"), encoding="utf-8")
    with subprocess.Popen([sys.executable, "-m", "kg", "diff", graph, other], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
    assert process.returncode == PROBLEMS


def test_the_same_text_in_two_folders_is_told_by_path(command: Kg, tmp_path: Path) -> None:
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_text(ARTICLE, encoding="utf-8")
    done = command("build", tmp_path / "one", tmp_path / "other", "--date", "2024-07", "--out", tmp_path / "out", "--quiet", "--lang", "en")
    assert (done.returncode, done.stderr.count("\n")) == (FINE, 1)
    assert re.search("other/same.txt: the same text as .*one/same.txt; read once", done.stderr)


def test_check_names_what_is_broken(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.ttl"
    lines = graph.read_text(encoding="utf-8").splitlines(keepends=True)
    broken.write_text("".join(line for line in lines if "dkg:value " not in line), encoding="utf-8")
    assert main(["check", str(broken), "--lang", "en"]) == PROBLEMS
    *violations, total = capsys.readouterr().out.splitlines()
    assert total == f"{broken}: {len(violations)} violations"
    assert any("dkg:value" in line for line in violations)


@pytest.mark.parametrize(("lang", "words"), [("en", "they differ in the region in front only"), ("zh", "只差前面的地名")])
def test_explain_tells_why_names_are_one_thing(lang: str, words: str, graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--entity", "云帆机械", str(graph), "--lang", lang]) == FINE
    out = capsys.readouterr().out
    assert words in out
    assert "article.md" in out


@pytest.mark.parametrize(
    ("home", "warned"),
    [
        ("青河区", False),
        ("长春市绿园区", False),
        ("朝阳区", True),
        ("长春市朝阳区", False),
        ("施集镇", False),
        ("长春经开区", False),
        ("绿圆区", True),
        ("火星基地", True),
    ],
)
def test_a_home_that_nobody_knows_is_told(
    home: str, warned: bool, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build = ["build", str(article), "--date", "2024-07", "--home", home, "--out", str(tmp_path / "out"), "--quiet", "--lang", "en"]
    assert main(build) == FINE
    told = capsys.readouterr().err
    assert told.count("\n") == warned
    assert (home in told) == warned
    assert ("绿园区" in told) == (home == "绿圆区")
    assert ("several 朝阳区: 北京市朝阳区, 长春市朝阳区. Write which" in told) == (home == "朝阳区")


@pytest.mark.parametrize(("text", "warned"), [("朝阳区新建3所学校。", True), ("长春市朝阳区新建3所学校。", False)])
def test_a_home_of_several_districts_is_told_unless_the_text_says_which(text: str, warned: bool, command: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "manifest.toml").write_text('["a.txt"]\npublished = "2024-07"\nhome = "朝阳区"\n', encoding="utf-8")
    done = command("build", tmp_path / "a.txt", "--out", tmp_path / "out", "--quiet", "--lang", "zh")
    assert (done.returncode, "有几个“朝阳区”：北京市朝阳区, 长春市朝阳区" in done.stderr) == (FINE, warned)
    done = command("explain", text, "--home", "朝阳区", "--lang", "zh")
    assert (done.returncode, done.stderr.count("\n")) == (FINE, warned)


def test_aliases_overrule_and_are_remembered(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    aliases, out = tmp_path / "aliases.toml", tmp_path / "out"
    aliases.write_text('different = [["云帆机械", "江州云帆机械有限公司"], ["云帆机械", "无此公司"]]', encoding="utf-8")
    build = ["build", str(article), "--date", "2024-07", "--home", "青河区", "--out", str(out), "--quiet", "--lang", "en"]
    assert main([*build, "--aliases", str(aliases)]) == FINE
    assert "no entity is called 无此公司" in one_line(capsys)
    for _ in range(2):
        assert main(["explain", "--entity", "云帆机械", str(out), "--lang", "en"]) == FINE
        assert "aliases.toml says that they are different" in capsys.readouterr().out
        assert main(build) == FINE
        capsys.readouterr()


def test_explain_shows_every_step(capsys: pytest.CaptureFixture[str]) -> None:
    text = "今年1月至6月，绿园区规模以上工业产值完成86.5亿元，同比增长7.2%。"
    assert main(["explain", text, "--date", "2024-07", "--lang", "en"]) == FINE
    out = capsys.readouterr().out
    titles = ["tokens", "mentions", "quantities", "periods", "figures"]
    assert [line.strip() for line in out.splitlines() if line.strip() in titles] == titles
    assert "2024-01/2024-06" in out


def test_explain_reads_a_stream(command: Kg) -> None:
    done = command("explain", "-", "--lang", "en", stdin="青河区产值完成86.5亿元。")
    assert (done.returncode, "86.5" in done.stdout) == (FINE, True)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("lang", "heading"), [("zh", "示例"), ("en", "example")])
def test_help_has_examples(command: str, lang: str, heading: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main([command, "--help", "--lang", lang])
    assert leaving.value.code == FINE
    out = capsys.readouterr().out
    assert heading in out
    assert f"kg {command} " in out[out.index(heading) :]


@pytest.mark.parametrize(
    "words", [["--help"], *([command, "--help"] for command in COMMANDS), [], ["build"], ["build", "x", "--out"], ["check", "x", "--y"]]
)
def test_in_chinese_nothing_but_names_is_english(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(SystemExit):
        main(words)
    said = "".join(capsys.readouterr())
    assert "用法" in said
    assert not re.search(r"usage|argument|option[s ]|show|error|required|expected", said)


def test_help_needs_no_heavy_library(command: Kg) -> None:
    done = command("--help", environment={**os.environ, "PYTHONPROFILEIMPORTTIME": "1"})
    assert done.returncode == FINE
    assert {name for name in ("rdflib", "rjieba", "rich", "trafilatura") if f" {name}\n" in done.stderr} == set()


@pytest.mark.parametrize(
    "words", [["frobnicate"], [], ["build", "x"], ["check", "x.ttl", "--nonsense"], ["build", "x", "--out", "y", "--lang", "fr"]]
)
def test_unknown_words_are_bad_input(words: list[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(words)
    assert leaving.value.code == BAD_INPUT
