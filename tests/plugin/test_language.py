from __future__ import annotations

import pytest

from gongkai.language import Words, language_of


@pytest.mark.parametrize(
    ("arguments", "variable", "expected"),
    [
        ([], None, "zh"),
        ([], "en", "en"),
        ([], "en_GB", "en"),
        ([], "fr", "zh"),
        (["--language", "en", "a.xlsx"], None, "en"),
        (["check", "a.xlsx", "--language=en"], None, "en"),
        (["--language", "zh"], "en", "zh"),
        (["--", "--language=en"], None, "zh"),
    ],
)
def test_option_decides_then_environment(arguments: list[str], variable: str | None, expected: str) -> None:
    environment = {} if variable is None else {"GONGKAI_LANGUAGE": variable}
    assert language_of(arguments, environment) == expected


def test_words() -> None:
    assert (Words("zh")("错误", "error"), Words("en")("错误", "error")) == ("错误", "error")
