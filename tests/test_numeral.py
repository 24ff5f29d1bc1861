"""Numerals: what is written in characters is read back as the number it is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.numeral import factor, numbers, numerals, read

DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def below_myriad(number: int) -> str:
    """A number below 10,000 in characters, as it is taught at school."""
    words, gap = "", False
    for power, scale in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            words += ("零" if gap else "") + DIGITS[digit] + scale
            gap = False
        elif words:
            gap = True
    return words


def written(number: int) -> str:
    """A number below 10^12 in characters."""
    if number == 0:
        return DIGITS[0]
    words, open_gap = "", False
    for power, scale in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // power % 10**4
        if part:
            words += ("零" if words and (part < 1000 or open_gap) else "") + below_myriad(part) + scale
            open_gap = False
        else:
            open_gap = bool(words)
    return words


@given(st.integers(0, 10**12 - 1))
def test_characters_are_read_back(number: int) -> None:
    assert read(written(number)) == number


@given(st.integers(11, 10**12 - 1))
def test_formal_characters_are_read_back(number: int) -> None:
    [numeral] = numerals("计" + written(number).translate(FORMAL))
    assert numeral.number == number


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_separators_and_decimals_are_read_back(whole: int, hundredths: int) -> None:
    [numeral] = numerals(f"共{whole:,}.{hundredths:02}元")
    assert numeral.number == Decimal(f"{whole}.{hundredths:02}")


@given(st.decimals(0, 9999, places=2), st.sampled_from(["", "万", "亿", "万亿"]))
def test_scale_words_multiply(value: Decimal, scale: str) -> None:
    [numeral] = numerals(f"共{value}{scale}元")
    assert (numeral.value, numeral.scale, numeral.number) == (value, scale, value * factor(scale))


@given(st.integers(2, 99), st.integers(1, 99))
def test_fractions_are_read_back(lower: int, upper: int) -> None:
    [numeral] = numerals(f"占{written(lower)}分之{written(upper)}")
    assert numeral.fraction
    assert abs(numeral.value - Decimal(upper) / Decimal(lower)) < Decimal("1e-9")


@given(st.text("零〇一二两三十百千万亿点分之又几数余多0123456789.,-/ 户", max_size=30))
def test_any_text_is_read_in_order_and_without_overlap(text: str) -> None:
    ends = [0]
    for numeral in numerals(text):
        assert ends[-1] <= numeral.begin < numeral.end <= len(text)
        ends.append(numeral.end)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两千四百五", 2450),
        ("一万三", 13000),
        ("一万零三", 10003),
        ("二〇二三", 2023),
        ("万亿", 10**12),
        ("5万4千6百", 54600),
        ("一万五千亿", 15 * 10**11),
        ("一百零十万", 1_100_000),
        ("十百", None),
        ("三百百", None),
        ("一三百", None),
        ("两两", None),
    ],
)
def test_read(text: str, value: int | None) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("八九百人", [("八九百", 800, 900)]),
        ("十七八岁", [("十七八", 17, 18)]),
        ("三五个", [("三五", 3, 5)]),
        ("四五千万元", [("四五千万", 4 * 10**7, 5000)]),
        ("负三又二分之一", [("负三又二分之一", Decimal("-3.5"), None)]),
        ("-2.5e3", [("-2.5e3", -2500, None)]),
        ("版本2.10.3", [("2", 2, None), ("10.3", Decimal("10.3"), None)]),
        ("大陆的队伍收拾行装", []),
        ("数据总数十分准确", [("十", 10, None)]),
    ],
)
def test_numerals(text: str, found: list[tuple[str, Decimal, Decimal | None]]) -> None:
    assert [(text[n.begin : n.end], n.number, n.high) for n in numerals(text)] == found


@pytest.mark.parametrize(("text", "found"), [("四川的一切都好", []), ("万众一心", ["一"]), ("三家和五家", ["三", "五"]), ("上万", [])])
def test_numbers_leave_ordinary_words_alone(text: str, found: list[str]) -> None:
    assert [text[n.begin : n.end] for n in numbers(text)] == found
