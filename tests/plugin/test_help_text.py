from __future__ import annotations

from gongkai.help_text import wrap


def test_chinese_counts_two_cells_a_letter() -> None:
    assert wrap("一二三四五六七八九十", 12) == ["一二三四五六", "七八九十"]


def test_options_and_codes_stay_whole() -> None:
    assert wrap("只用 --select TO,XF3 这些", 12) == ["只用", "--select", "TO,XF3 这些"]


def test_no_line_begins_with_a_comma() -> None:
    assert wrap("一二三四五六，七八", 12) == ["一二三四五六，", "七八"]
