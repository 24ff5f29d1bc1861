"""The language of messages: as the command says, or the environment."""

import pytest

from kg.cli import language


@pytest.mark.parametrize(
    ("words", "environment", "expected"),
    [
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {}, "en"),
        (["--lang", "zh"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["build", "x", "--lang=en"], {"LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_language(words: list[str], environment: dict[str, str], expected: str) -> None:
    assert language(words, environment) == expected
