"""Which division a name means, by itself, behind the names of those that hold it, and in context."""

import pytest

from kg.names.district import resolve


@pytest.mark.parametrize(
    ("name", "context", "code"),
    [
        ("浦东新区", (), "310115"),
        ("上海浦东新区", (), "310115"),
        ("天津市滨海新区", (), "120116"),
        ("安徽省合肥市庐阳区", (), "340103"),
        ("朝阳区", ("220100",), "220104"),
        ("朝阳区", ("110000",), "110105"),
        ("北京市朝阳区", ("220100",), "110105"),
        ("上海浦东机场综合保税区", (), None),
        ("云山新区", (), None),
    ],
)
def test_a_name_means_one_division(name: str, context: tuple[str, ...], code: str | None) -> None:
    found = resolve(name, context)
    assert (found and found.code) == code
