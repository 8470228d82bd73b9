from __future__ import annotations

from dataclasses import replace

from gongkai.marks import make_marks
from gongkai.report import CellChange, FileReport
from gongkai.results_sheet import make_results_sheet
from gongkai_checks.finding import Safety, Severity
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Mark

from .reports import PROOF, SHEET03, finding, report

OTHER = CellRef("公开02", 9, 4)


def marks_of(checked: FileReport, *changes: CellChange) -> dict[CellRef, Mark]:
    _, entries = make_results_sheet(checked, changes, {}, time="2025-08-21T09:30:00+08:00", profile="half_up")
    return {mark.cell: mark for mark in make_marks(entries, checked)}


def test_a_note_begins_with_the_severity_and_ends_with_the_line_of_the_list() -> None:
    marks = marks_of(report(finding(safety=Safety.UNSAFE, evidence=(OTHER,)), labels={OTHER: "合计"}))
    assert marks[SHEET03].severity == "error"
    assert marks[SHEET03].note.splitlines() == [
        "✖ 错误 XF305",
        "208 社会保障和就业支出的本年支出合计与各款之和不一致",
        "应为 1,234.72    实为 1,234.27    相差 -0.45（万元，容差 0.01）",
        "依据单元格：公开02!D9（合计）",
        "核对该行各栏；按账面数改正。将 公开03!F12 由 14.27 改为 14.72。〔可修正，需确认：--unsafe-fixes〕",
        "结果清单第 7 行",
    ]


def test_a_note_gives_one_proof_and_the_suspects() -> None:
    proven = replace(finding(safety=Safety.MANUAL, candidates=((SHEET03,), (OTHER,))), proofs=(PROOF, PROOF))
    lines = marks_of(report(proven))[SHEET03].note.splitlines()
    assert "可能有误：公开03!F12；或 公开02!D9" in lines
    assert "验算：F12 9.00，F8 7.00；相差 +2.00，超出容差 0.01（另有 1 式同样不符）。" in lines


def test_every_suspect_is_marked_when_it_is_not_decided() -> None:
    marks = marks_of(report(finding(safety=Safety.MANUAL, candidates=((SHEET03,), (OTHER,)))))
    assert {cell: mark.severity for cell, mark in marks.items()} == {SHEET03: "error", OTHER: "warning"}
    assert marks[OTHER].note.startswith("此处可能有误，请核对。\nXF305 ")


def test_too_many_suspects_are_not_marked() -> None:
    candidates = tuple((CellRef("公开02", row, 4),) for row in range(1, 30))
    assert list(marks_of(report(finding(candidates=candidates)))) == [SHEET03]


def test_a_corrected_cell_keeps_what_stood_there_in_its_note() -> None:
    fixed = finding(safety=Safety.SAFE)
    marks = marks_of(report(), CellChange(cell=SHEET03, label="", old="", new="14.72", finding=fixed))
    assert marks[SHEET03].severity == "info"
    assert marks[SHEET03].note.startswith("已由程序修正：原为 空，改为 14.72。\n")


def test_findings_of_the_whole_workbook_mark_no_cell() -> None:
    assert marks_of(report(finding("WB001", None, Severity.WARNING))) == {}
