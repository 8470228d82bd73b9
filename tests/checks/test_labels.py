"""How lines and lists are written in messages."""

from __future__ import annotations

from gongkai_checks.labels import amount_label, item_label, listing, normal_name

from .tables import FUNCTIONAL_ROWS, Line, functional, table


def test_code_row_is_called_by_code_and_name() -> None:
    made = table("03", functional("03"))
    assert item_label(made.items["208"]) == "208 社会保障和就业支出"
    assert item_label(made.items["合计"]) == "合计"
    assert amount_label(made, "208", "基本支出") == "公开03“208 社会保障和就业支出”的基本支出"


def test_code_row_without_a_code_is_called_by_its_name_or_its_place() -> None:
    made = table("03", [Line("?row7", {}, "某科目", "code"), Line("?row8", {}, "", "code")])
    assert [item_label(item) for item in made.items.values()] == ["某科目", "第8行"]


def test_function_line_is_called_as_printed() -> None:
    made = table("01", [Line("208", {}, "八、社会保障和就业支出", "class")])
    assert item_label(made.items["208"]) == "八、社会保障和就业支出"


def test_long_lists_are_cut() -> None:
    codes = [row[0] for row in FUNCTIONAL_ROWS]
    assert listing(codes[:2]) == "208、20805"
    assert listing(codes, most=2) == "208、20805等11个"


def test_same_names_in_different_dress() -> None:
    assert normal_name("因公出国（境） 费") == normal_name("因公出国(境)费") == normal_name("因公出国〔境〕费")
    assert normal_name("“三公”经费") == normal_name("三公经费")
    assert normal_name("退休费") != normal_name("退职费")
