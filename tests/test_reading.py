"""Reading: every format and encoding, what is known of a document, and one clear line for whatever cannot be read."""

import hashlib
import io
from pathlib import Path

import docx
import pytest
from article import ARTICLE, Kg
from pypdf import PdfWriter

from kg.cli import FINE
from kg.messages import message
from kg.text.dateline import infer, parse
from kg.text.document import UNKNOWN, Document, Metadata
from kg.text.reading import Unreadable, read

TEXT = "青河区上半年完成投资20亿元，同比增长8%。\r\n其中工业投资9亿元。\n"
TRADITIONAL = "臺北市上半年完成投資20億元，較去年同期增長。"


def only(*sources: Path | str, defaults: Metadata = UNKNOWN, stdin: bytes = b"") -> Document:
    (item,) = read(map(str, sources), defaults, io.BytesIO(stdin))
    assert isinstance(item, Document)
    return item


def reasons(*sources: Path | str) -> list[tuple[str, str]]:
    return [(item.place, item.reason) for item in read(map(str, sources)) if isinstance(item, Unreadable)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert only(path).text == TEXT


def test_big5(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TRADITIONAL.encode("big5"))
    assert only(path).text == TRADITIONAL


def test_identity_is_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("同一篇文章。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("同一篇文章。", encoding="gb18030")
    first, second = read([str(tmp_path / "b.txt"), str(tmp_path / "a.txt")])
    assert isinstance(first, Document)
    assert first.source == "a.txt"
    assert first.id == hashlib.sha256("同一篇文章。".encode()).hexdigest()[:16]
    assert second == Unreadable("b.txt", "", "duplicate", "a.txt")


def test_half_a_character_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "青河\\ud800区\\ud83d\\ude00", "title": "\\udfff报"}\n', encoding="utf-8")
    document = only(path)
    assert (document.text, document.metadata.title) == ("青河\ufffd区\U0001f600", "\ufffd报")


def test_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: 半年报\ndate: 2024-08-05\n来源: 青河日报\n---\n# 半年报\n\n投资增长。\n", encoding="utf-8")
    document = only(path)
    assert document.text.startswith("# 半年报")
    assert document.metadata == Metadata("半年报", "青河日报", "2024-08-05")


def test_html(tmp_path: Path) -> None:
    paragraphs = "".join(
        f"<p>青河区第{number}季度完成投资{number}0亿元，工业生产稳步回升，企业效益持续改善。</p>" for number in range(1, 5)
    )
    head = '<title>半年报</title><meta property="article:published_time" content="2024-08-05">'
    page = f"<html><head>{head}</head><body><article>{paragraphs}</article></body></html>"
    path = tmp_path / "a.html"
    path.write_text(page, encoding="utf-8")
    document = only(path)
    assert "第3季度完成投资30亿元" in document.text
    assert "<p>" not in document.text
    assert document.metadata.title == "半年报"
    assert document.metadata.published == "2024-08-05"


@pytest.mark.parametrize("column", ["地区", "区域", "区县", "所属地区", "所属区县", "所在区县", "所属区域", "district"])
def test_district_of_a_row(tmp_path: Path, column: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{column},正文\n青河区,投资增长。\n", encoding="utf-8")
    (document,) = read([str(path)])
    assert isinstance(document, Document)
    assert document.metadata.home == "青河区"


@pytest.mark.parametrize("field", ["202408", "2024081", "202408051", "20241305"])
def test_digits_that_are_no_date(field: str) -> None:
    assert parse(field) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "标题,日期,正文\n半年报,2024年8月5日,投资增长。\n年报,,消费增长。\n"),
        ("a.csv", "新闻标题,发稿日期,正文内容\n半年报,20240805,投资增长。\n年报,,消费增长。\n"),
        ("a.csv", "报道题目,刊发日期,文章内容\n半年报,2024.8.5,投资增长。\n年报,,消费增长。\n"),
        ("a.jsonl", '{"title": "半年报", "date": "2024/8/5", "text": "投资增长。"}\n\n{"title": "年报", "content": "消费增长。"}\n'),
    ],
)
def test_tables(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    first, second = read([str(path)])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.text, first.metadata) == ("投资增长。", Metadata("半年报", None, "2024-08-05"))
    assert (second.text, second.metadata.published) == ("消费增长。", None)
    assert first.source.startswith(f"{name}#")


def test_word(tmp_path: Path) -> None:
    page = docx.Document()
    page.add_paragraph("投资增长。")
    page.add_paragraph("消费增长。")
    page.save(str(tmp_path / "a.docx"))
    assert only(tmp_path / "a.docx").text == "投资增长。\n消费增长。"


def test_pdf_without_text_is_empty(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(tmp_path / "a.pdf")
    assert reasons(tmp_path / "a.pdf") == [("", "empty")]


def test_stdin() -> None:
    assert only("-", stdin="投资增长。".encode()).text == "投资增长。"


def test_manifest_then_defaults_then_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("2023-08-01 09:30，正文：投资增长。", encoding="utf-8")
    assert only(tmp_path).metadata == Metadata(published="2023-08-01", published_inferred=True)
    assert only(tmp_path, defaults=Metadata(published="2023", home="青河区")).metadata == Metadata(published="2023", home="青河区")
    (tmp_path / "manifest.toml").write_text('["a.txt"]\ntitle = "半年报"\npublished = 2024-08-05\n', encoding="utf-8")
    assert only(tmp_path, defaults=Metadata(published="2023")).metadata == Metadata("半年报", None, "2024-08-05")


def test_a_bad_manifest_entry_is_named_and_the_document_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("投资增长。", encoding="utf-8")
    (tmp_path / "manifest.toml").write_text('["a.txt"]\npublished = "2024-13"\ncolour = "red"\n["b.txt"]\ntitle = "无"\n', encoding="utf-8")
    assert reasons(tmp_path) == [("a.txt", "entry"), ("a.txt", "date"), ("b.txt", "entry")]
    assert [item.metadata for item in read([str(tmp_path)]) if isinstance(item, Document)] == [Metadata()]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("a.txt", "投资增长。".encode() + b"\xff\xfe" + "消费增长。".encode(), "encoding"),
        ("a.txt", "投资增长。".encode()[:-1], "encoding"),
        ("a.exe", b"MZ", "unsupported"),
        ("a.html", b"<html><body></body></html>", "empty"),
        ("a.csv", "标题,日期\n年报,2024\n".encode(), "column"),
        ("a.jsonl", b"{broken\n", "damaged"),
        ("a.jsonl", b'{"title": "x"}\n', "column"),
        ("a.docx", b"no archive", "damaged"),
        ("a.pdf", b"no pdf at all", "damaged"),
    ],
)
def test_unreadable_files_are_named_and_the_rest_is_read(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.txt").write_text("投资增长。", encoding="utf-8")
    bad, good = read([str(tmp_path)])
    assert isinstance(bad, Unreadable)
    assert isinstance(good, Document)
    assert (bad.source, bad.reason) == (str(tmp_path / name), reason)
    for lang in ("zh", "en"):
        assert bad.line(lang).startswith(bad.source)
        assert "\n" not in bad.line(lang)


def test_nothing_to_read(tmp_path: Path) -> None:
    assert reasons(tmp_path) == [("", "nothing")]
    assert reasons(tmp_path / "absent.txt") == [("", "missing")]
    assert reasons(tmp_path / "*.txt") == [("", "nothing")]


def test_folders_globs_and_files_come_sorted_and_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt"):
        (tmp_path / name).write_text(f"{name}。", encoding="utf-8")
    found = list(read([str(tmp_path / "*.txt"), str(tmp_path), str(tmp_path / "b.txt")]))
    assert [item.source for item in found] == ["a.txt", "b.txt", "c.txt"]


def test_what_is_hidden_is_not_read_unless_it_is_named(tmp_path: Path) -> None:
    for name in ("a.txt", ".cache/b.txt", ".cache/deep/c.txt", "~$d.docx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{name}。", encoding="utf-8")
    assert [item.source for item in read([str(tmp_path)])] == ["a.txt"]
    assert [item.source for item in read([str(tmp_path / "**" / "*.txt")])] == ["a.txt"]
    assert [item.source for item in read([str(tmp_path / ".cache")])] == ["b.txt", "c.txt"]


@pytest.mark.parametrize(
    ("field", "date"),
    [
        ("2024", "2024"),
        ("2024-8", "2024-08"),
        ("2024年8月5日", "2024-08-05"),
        ("2024-02-30", None),
        ("8月5日", None),
        ("2024-08-05 10:00", "2024-08-05"),
    ],
)
def test_dates(field: str, date: str | None) -> None:
    assert parse(field) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("23-08-09 06:04，正文：投资增长。", "2023-08-09"),
        ("某某网2023年8月8日讯 投资增长。", "2023-08-08"),
        ("半年报\n发布时间：2023-08-08 来源：某报\n投资增长。", "2023-08-08"),
        ("投资增长。\n2023年8月8日", "2023-08-08"),
        ("投资增长。《某某日报》（2023年08月08日 02版）", "2023-08-08"),
        ("202308/08 09:30:05，正文：投资增长。", "2023-08-08"),
        ("2023年8月8日，大会召开。", "2023"),
        ("2018年8月8日，远山集团成立。今年，投资增长。", None),
        ("2018年8月8日，大会召开。2022年，投资下降。", None),
        ("8-2 13:22，正文：投资增长。", None),
        ("投资增长。", None),
        ("8-2 13:22，正文：2022年投资下降。2023年上半年，投资增长。", "2023-08-02"),
        ("某某社青河8月9日电 2023青河花木博览会8日开幕。力争2025年投资增长。", "2023-08-09"),
        ("8月9日，我市公布2023年上半年投资情况。", "2023-08"),
        ("7月30日，我市公布2023年上半年投资情况。", "2023"),
        ("某某社青河1月9日电 2023年前11个月，投资增长。", "2024-01-09"),
        ("某某社青河8月9日电 2021年上半年，投资增长。2022年，投资下降。", None),
        ("2-30 13:22，正文：2023年上半年，投资增长。", "2023"),
        ("截至2023年7月底，投资增长；计划于2025年上半年建成。", "2023"),
    ],
)
def test_inferred_dates(text: str, date: str | None) -> None:
    assert infer(text) == date


def test_messages_fill_their_fields() -> None:
    assert message("read-missing", "en", source="x.txt") == "x.txt: not found. Check the path."
    with pytest.raises(KeyError):
        message("no-such-message")


TABLE = "| 部门 | 职责 |\n| --- | --- |\n| 区财政局 | 牵头 |\n"
PAGE = "<table><tr><th>指标</th><th>增长</th></tr><tr><td>税收收入</td><td>7.5</td></tr></table>"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.md", f"{ARTICLE}\n{TABLE}", "a.md: a table tells no figures (部门 | 职责)"),
        (
            "a.html",
            f"<html><body><article><p>{ARTICLE * 3}</p>{PAGE}</article></body></html>",
            "a.html: a table tells no figures (指标 | 增长)",
        ),
        ("a.txt", f"{ARTICLE}\n---\n甲|乙", ""),
    ],
)
def test_a_table_without_figures_is_told(name: str, text: str, said: str, command: Kg, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = command("build", tmp_path / name, "--date", "2024-07", "--out", tmp_path / "out", "--quiet", "--lang", "en")
    assert (done.returncode, done.stderr.count("\n")) == (FINE, bool(said))
    assert said in done.stderr
