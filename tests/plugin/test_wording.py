from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from gongkai.language import Words
from gongkai.wording import (
    candidates_text,
    cell_text,
    cells_text,
    comparison,
    explained_text,
    remedy,
    safety_note,
    signed,
    with_separators,
)
from gongkai_checks.finding import Fix, Safety
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.grid import CellValue

from .reports import finding

ZH, EN = Words("zh"), Words("en")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (14.27, "14.27"),
        (14.0, "14.00"),
        (0.1 + 0.2, "0.30"),
        (1066.515, "1066.515"),
        (-3, "-3.00"),
        (1e20, "100000000000000000000.00"),
        ("1,234.50 ", "1,234.50 "),
        ("", ""),
        (True, "TRUE"),
        (datetime.date(2024, 12, 31), "2024-12-31"),
    ],
)
def test_cell_values_as_text(value: CellValue, text: str) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("1234567.89", "1,234,567.89"),
        ("-1234.5", "-1,234.5"),
        ("≤1234.50", "≤1,234.50"),
        ("12", "12"),
        ("空白", "空白"),
        ("01-02", "01-02"),
    ],
)
def test_separators(amount: str, shown: str) -> None:
    assert with_separators(amount) == shown


def test_a_difference_always_has_its_sign() -> None:
    assert [signed(text) for text in ("0.09", "+0.09", "-1234.00")] == ["+0.09", "+0.09", "-1,234.00"]


def test_comparison_in_both_languages() -> None:
    assert comparison(finding(), "万元", ZH) == "应为 1,234.72    实为 1,234.27    相差 -0.45（万元，容差 0.01）"
    assert (
        comparison(finding(), "万元", EN)
        == "expected 1,234.72    found 1,234.27    difference -0.45 (万元, tolerance 0.01)"
    )


def test_a_finding_that_compares_names_has_no_difference() -> None:
    names = replace(finding(), expected="住房公积金", found="住房公积", difference="", tolerance="")
    assert comparison(names, "万元", ZH) == "应为 住房公积金    实为 住房公积"
    assert comparison(replace(names, expected="", found=""), "万元", ZH) == ""


def test_cells_below_one_another_are_joined_and_single_ones_named() -> None:
    cells = [CellRef("公开03", row, 4) for row in (8, 9, 10)] + [CellRef("公开02", 9, 4)]
    labels = {CellRef("公开02", 9, 4): "合计·本年收入合计"}
    assert cells_text(cells, labels, ZH) == "公开03!D8:D10、公开02!D9（合计·本年收入合计）"


def test_many_cells_are_cut_short() -> None:
    cells = [CellRef("公开03", 2 * row, 4) for row in range(1, 12)]
    assert cells_text(cells, {}, ZH).endswith("、D16、另有 3 个单元格")


def test_candidates_and_consequences() -> None:
    one, two, three = (CellRef("公开03", 8, column) for column in (4, 5, 6))
    cause = finding(
        candidates=((one,), (two, three)),
        explained=(finding("XF301", one), finding("TO103", None), finding("XF301", two)),
    )
    assert candidates_text(cause, {}, ZH) == "公开03!D8；或 E8、F8"
    assert explained_text(cause, ZH) == "XF301 公开03!D8、E8；TO103"


@pytest.mark.parametrize(
    ("safety", "note"),
    [
        (None, ""),
        (Safety.SAFE, "〔可自动修正〕"),
        (Safety.UNSAFE, "〔可修正，需确认：--unsafe-fixes〕"),
        (Safety.MANUAL, "〔需人工判断〕"),
    ],
)
def test_safety_is_said(safety: Safety | None, note: str) -> None:
    assert safety_note(finding(safety=safety), ZH) == note


def test_remedy_is_the_advice_and_the_fix() -> None:
    assert remedy(finding(safety=Safety.SAFE)) == "核对该行各栏；按账面数改正。将 公开03!F12 由 14.27 改为 14.72。"
    assert remedy(finding()) == "核对该行各栏；按账面数改正。"
    assert remedy(finding(help="")) == ""
    assert (
        remedy(replace(finding(), fix=Fix(safety=Safety.MANUAL, title="按账面数改正。")))
        == "核对该行各栏；按账面数改正。"
    )


@pytest.mark.parametrize(
    ("title", "said"), [("check the books", "Check the books."), ("clear F12", "Check the books. clear F12.")]
)
def test_an_english_remedy_is_said_once_too(title: str, said: str) -> None:
    fix = Fix(safety=Safety.MANUAL, title=title)
    assert remedy(replace(finding(help="Check the books."), fix=fix)).rstrip("。.") == said.rstrip(".")
