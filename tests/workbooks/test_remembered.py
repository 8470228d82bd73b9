"""What is remembered by a text stays small, and is made once."""

from __future__ import annotations

from gongkai_workbooks.remembered import Remembered


def test_made_once_for_each_text() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    remembered = Remembered(length)
    assert [remembered[text] for text in ("合计", "合 计", "合计")] == [2, 3, 2]
    assert asked == ["合计", "合 计"]


def test_long_texts_are_not_kept() -> None:
    remembered = Remembered(len)
    assert remembered["长" * 121] == 121
    assert len(remembered) == 0


def test_the_number_of_texts_is_bounded() -> None:
    remembered = Remembered(str.upper)
    for n in range(100_000):
        assert remembered[str(n)] == str(n)
    assert len(remembered) <= 32_768
