"""Sentences: where they end, where they stand, and the way back to the text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.document import Document
from kg.text.sentence import Kind, Sentence, Span, split
from kg.text.width import fold

CASES = tomllib.loads((Path(__file__).parent / "cases" / "sentence.toml").read_text(encoding="utf-8"))["case"]
PAGE = """
青河区半年报

做强产业

一、工业

工业增长7%。新增企业30户，其中高新技术企



某某公司生产车间。

业12户。

改善民生

新建学校3所。
"""


def sentences(text: str) -> tuple[Sentence, ...]:
    return split(Document("d", "test", text))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, str | list[str]]) -> None:
    assert [sentence.text for sentence in sentences(str(case["text"]))] == case["sentences"]


def test_sections_kinds_and_paragraphs() -> None:
    found = {sentence.text: sentence for sentence in sentences(PAGE)}
    above = ("青河区半年报", "做强产业", "一、工业")
    assert found["做强产业"].kind is Kind.HEADING
    assert found["做强产业"].section == ("青河区半年报",)
    assert found["工业增长7%。"].section == above
    assert found["某某公司生产车间。"].kind is Kind.CAPTION
    assert found["新建学校3所。"].section == ("改善民生",)
    assert found["新增企业30户，其中高新技术企业12户。"].paragraph == found["工业增长7%。"].paragraph
    assert [sentence.index for sentence in sentences(PAGE)] == list(range(len(found)))


def test_a_mended_sentence_has_evidence_in_both_pieces() -> None:
    mended = next(sentence for sentence in sentences(PAGE) if sentence.text.startswith("新增企业"))
    evidence = mended.evidence(mended.text.index("高新"), len(mended.text))
    assert ["".join(PAGE[span.begin : span.end]) for span in evidence.spans] == ["高新技术企", "业12户。"]
    assert mended.spans(0, 2) == (Span(PAGE.index("新增"), PAGE.index("新增") + 2),)


def test_very_long_runs_are_bounded() -> None:
    assert [len(sentence.text) for sentence in sentences("很" * 4500)] == [2000, 2000, 500]
    assert len(sentences(("长" * 300 + "；") * 3)) == 3


def test_very_long_pages_are_bounded() -> None:
    found = sentences("青河区工业\n" * 20_000)
    assert max(len(sentence.pieces) for sentence in found) <= 500
    assert sum(len(sentence.text) for sentence in found) == 20_000 * len("青河区工业")


FOLDED = ',;:?!()"「」１５％\u3000'
"""The characters of TEXT that folding may change."""
TEXT = st.text('青河区工业投资增长１５％5%,，;；.。!！?？“”"「」()（）《》…— \n\r\u3000', max_size=200)


@given(TEXT)
def test_offsets_lead_back_to_the_text(text: str) -> None:
    for sentence in sentences(text):
        assert len(sentence.text) == sum(piece.end - piece.begin for piece in sentence.pieces)
        assert sentence.spans(0, len(sentence.text)) == sentence.pieces
        for begin in range(len(sentence.text)):
            (span,) = sentence.spans(begin, begin + 1)
            assert sentence.text[begin] == text[span.begin] or text[span.begin] in fold_sources()


def fold_sources() -> str:
    return ',;:?!()"「」１５％\u3000'


@given(TEXT)
def test_everything_but_blanks_is_in_some_sentence(text: str) -> None:
    covered = {index for sentence in sentences(text) for piece in sentence.pieces for index in range(piece.begin, piece.end)}
    assert all(char.isspace() for index, char in enumerate(text) if index not in covered)


@given(st.text(max_size=80))
def test_folding_keeps_length_and_leaves_words_alone(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert all(
        new == old for new, old in zip(folded, text, strict=True) if "\u3400" <= old <= "\u9fff" or (old.isascii() and old.isalnum())
    )
