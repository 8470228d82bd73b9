from __future__ import annotations

from dataclasses import replace

from gongkai.report import CellChange, FileReport
from gongkai.results_sheet import ANSWERS, COLUMNS, Answer, AnswerKey, Entry, make_results_sheet, read_answers
from gongkai_checks.finding import NotChecked, Safety, Severity
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import ResultsSheet
from gongkai_workbooks.grid import CellValue, Grid

from .reports import PROOF, SHEET03, finding, report

TIME = "2025-08-21T09:30:00+08:00"


def made(
    checked: FileReport, changes: tuple[CellChange, ...] = (), answers: dict[AnswerKey, Answer] | None = None
) -> tuple[ResultsSheet, tuple[Entry, ...]]:
    return make_results_sheet(checked, changes, answers or {}, time=TIME, profile="half_up")


def cell(sheet: ResultsSheet, row: int, column: str) -> object:
    return sheet.rows[row - 1][COLUMNS.index(column)].value


def as_grid(sheet: ResultsSheet) -> Grid:
    return Grid("校验结果", [[cell.value for cell in row] for row in sheet.rows])


def test_a_line_for_each_finding_with_a_link_to_its_cell() -> None:
    sheet, entries = made(report(finding("WB001", None, Severity.INFO), finding(safety=Safety.UNSAFE)))
    assert [entry.row for entry in entries] == [sheet.header_row + 1, sheet.header_row + 2]
    row = entries[1].row
    assert tuple(each.value for each in sheet.rows[sheet.header_row - 1]) == COLUMNS
    assert sheet.last_filter_row == row
    assert [cell(sheet, row, name) for name in ("序号", "严重程度", "代码", "位置", "项目", "处理", "原因")] == [
        *(2, "✖ 错误", "XF305", "公开03!F12", "208 社会保障和就业支出·本年支出合计", "待处理", ""),
    ]
    assert [cell(sheet, row, name) for name in ("应为", "实为", "相差")] == [1234.72, 1234.27, -0.45]
    assert sheet.rows[row - 1][COLUMNS.index("位置")].link == SHEET03
    assert sheet.rows[entries[0].row - 1][COLUMNS.index("位置")].link is None
    assert sheet.choices == ((12, ANSWERS),)


def test_proofs_have_a_column_of_their_own() -> None:
    sheet, entries = made(report(replace(finding(), proofs=(PROOF, PROOF)), finding("WB001", None)))
    shown = [cell(sheet, entry.row, "验算") for entry in entries]
    assert shown == [
        "",
        "F12 9.00，F8 7.00；相差 +2.00，超出容差 0.01。　F12 9.00，F8 7.00；相差 +2.00，超出容差 0.01。",
    ]


def test_why_a_fix_is_not_made_is_said_beside_it() -> None:
    unsafe = finding(safety=Safety.UNSAFE)
    assert unsafe.fix is not None
    unsafe = replace(unsafe, fix=replace(unsafe.fix, reason="有两种可能，须确认"))
    sheet, entries = made(report(unsafe))
    assert str(cell(sheet, entries[0].row, "如何修改")).endswith(
        "〔可修正，需确认：--unsafe-fixes；有两种可能，须确认〕"
    )


def test_answers_in_a_sheet_without_that_column_are_carried_over() -> None:
    sheet, entries = made(report(finding()))
    rows: list[list[CellValue]] = [
        [one.value for place, one in enumerate(row) if place != COLUMNS.index("验算")] for row in sheet.rows
    ]
    rows[entries[0].row - 1][-2:] = ["确认无误", "上年结转"]
    assert [*read_answers(Grid("校验结果", rows)).values()] == [Answer("确认无误", "上年结转")]


def test_heading_says_what_was_checked_when_and_how() -> None:
    sheet, _ = made(report(finding()))
    heading = " ".join(str(row[0].value) for row in sheet.rows[: sheet.header_row - 1])
    for text in (
        "某某局",
        "2024年度",
        "万元",
        "2025-08-21 09:30",
        "gongkai 0.1.0",
        "四舍五入",
        "错误 1，警告 0",
        "图例",
    ):
        assert text in heading


def test_what_was_not_checked_stands_below_the_list() -> None:
    sheet, _ = made(report(finding(), not_checked=(NotChecked(code="XF301", reason="不是金额", cell=SHEET03),)))
    assert sheet.last_filter_row == sheet.header_row + 1
    below = sheet.rows[sheet.last_filter_row :]
    assert next(row[0].value for row in below if row) == "未校验的项目（1 项）"
    assert [each.value for each in below[-1]][2:5] == ["XF301", "公开03!F12", "不是金额"]


def test_corrected_findings_stay_in_the_list_as_done() -> None:
    fixed = finding(safety=Safety.SAFE)
    change = CellChange(cell=SHEET03, label="", old="14.27", new="14.72", finding=fixed)
    left = finding("TO101", CellRef("公开01", 5, 3))
    sheet, entries = made(report(left), (change,))
    assert [entry.finding.code for entry in entries] == ["TO101", "XF305"]
    assert [bool(entry.changes) for entry in entries] == [False, True]
    assert cell(sheet, entries[1].row, "处理") == "已改"
    assert cell(sheet, entries[1].row, "原因") == "程序修正：F12 由 14.27 改为 14.72"
    assert "程序已修正 1 处" in str(sheet.rows[3][0].value)


def test_amounts_that_two_decimals_do_not_hold_stay_texts() -> None:
    exact = replace(finding(), expected="1234.5678", found="≤1000.00")
    sheet, entries = made(report(exact))
    row = entries[0].row
    assert [cell(sheet, row, name) for name in ("应为", "实为", "相差")] == ["1,234.5678", "≤1,000.00", -0.45]


def test_a_year_is_no_amount() -> None:
    year = replace(finding(), expected="2024", found="2023", difference="", tolerance="")
    sheet, entries = made(report(year))
    row = entries[0].row
    assert [cell(sheet, row, name) for name in ("应为", "实为", "相差")] == ["2024", "2023", ""]


def test_answers_are_carried_over_to_the_same_finding() -> None:
    first, second = finding(), finding("TO101", CellRef("公开01", 5, 3))
    sheet, entries = made(report(second, first))
    rows = [list(row) for row in sheet.rows]
    for entry, state, reason in zip(entries, ("确认无误", "已改"), ("上年结转", "改了"), strict=True):
        row = rows[entry.row - 1]
        row[COLUMNS.index("处理")] = replace(row[COLUMNS.index("处理")], value=state)
        row[COLUMNS.index("原因")] = replace(row[COLUMNS.index("原因")], value=reason)
    earlier = read_answers(as_grid(replace(sheet, rows=tuple(tuple(row) for row in rows))))
    again, entries = made(report(second, first), (), earlier)
    assert [(cell(again, e.row, "处理"), cell(again, e.row, "原因")) for e in entries] == [
        ("确认无误", "上年结转"),
        ("待处理", "改了"),  # said to be done, but it is still wrong
    ]


def test_a_sheet_of_that_name_that_is_not_ours_has_no_answers() -> None:
    assert read_answers(Grid("校验结果", [["随便", 1.0], []])) == {}


def test_no_text_of_the_workbook_is_a_formula_or_a_control_character() -> None:
    nasty = replace(finding(), message="=HYPERLINK(\x00\x1b[31m)", item="=1+1\n", help="@SUM")
    sheet, entries = made(report(nasty))
    values = [each.value for each in sheet.rows[entries[0].row - 1]]
    assert values[COLUMNS.index("项目")] == "=1+1 ·本年支出合计"  # a text: the writer of the sheet knows no formulas
    assert not any(ord(letter) < 32 for value in values if isinstance(value, str) for letter in value)


def test_a_clean_workbook_has_an_empty_list() -> None:
    sheet, entries = made(report())
    assert entries == ()
    assert sheet.rows[sheet.header_row][0].value == "未发现问题。"
    assert sheet.last_filter_row == sheet.header_row + 1
