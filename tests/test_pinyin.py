"""Readings of characters."""

import pytest

from kg.view.pinyin import readings


@pytest.mark.parametrize(
    ("character", "reading"), [("绿", "lv"), ("长", "chang"), ("长", "zhang"), ("行", "xing"), ("行", "hang"), ("区", "qu")]
)
def test_every_reading_without_tone(character: str, reading: str) -> None:
    assert reading in readings([f"甲{character}A1"])[character].split()


def test_only_characters_in_order() -> None:
    assert list(readings(["乙A甲", "甲1（丙）"])) == sorted("甲乙丙")
