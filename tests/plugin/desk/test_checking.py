from __future__ import annotations

from dataclasses import replace

from gongkai.desk.desk import Desk
from gongkai.desk.standing import touches
from gongkai.results_sheet import COLUMNS
from gongkai_checks.finding import Edit, Fix, Safety
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import RESULTS_SHEET
from gongkai_workbooks.grid import CellValue, Grid
from tests.plugin.reports import finding

from .conftest import Ask
from .memory_workbook import MemoryWorkbook

TOTAL03 = CellRef("GK03 支出决算表", 7, 5)
"""676.00, which should be 667.00: the sample's README says so."""

STATE, REASON = COLUMNS.index("处理"), COLUMNS.index("原因")


def test_a_check_marks_the_wrong_cells_and_makes_the_list(ask: Ask, wrong: MemoryWorkbook) -> None:
    answer = ask(wrong, "check_workbook")
    assert answer.outcome == "done"
    assert answer.sentence.startswith("已校验 9 张表")
    assert answer.counts is not None and answer.counts.error == 5
    assert len(answer.lines) == 8
    assert wrong.looks[TOTAL03] == "error"
    assert "667.00" in wrong.notes[TOTAL03]
    assert wrong.sheets()[-1] == RESULTS_SHEET
    assert wrong.quiet_depth == 0
    assert wrong.said[-1] == answer.sentence


def test_a_check_without_marks_writes_nothing(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    before = wrong.state()
    answer = ask(wrong, "check_workbook", mark=False)
    assert answer.counts is not None and answer.counts.error == 5
    ask(wrong, "next_finding")
    ask(wrong, "settings", settings={"mark": False})
    ask(wrong, "check_sheet", sheet=TOTAL03.sheet)
    assert (wrong.writes, wrong.state(), wrong.journals) == (0, before, [])
    assert desk.begun.records() == ()


def test_a_second_check_takes_the_first_one_s_marks_away(ask: Ask, wrong: MemoryWorkbook) -> None:
    ask(wrong, "check_workbook")
    once = wrong.state()
    wrong.put(TOTAL03, 667.0)
    ask(wrong, "check_workbook")
    assert TOTAL03 not in wrong.looks and TOTAL03 not in wrong.notes
    wrong.put(TOTAL03, 676.0)
    ask(wrong, "check_workbook")
    assert wrong.notes == once[2]  # type: ignore[index]
    assert len(wrong.journals) == 1


def test_one_sheet_is_spoken_of_and_all_are_held_against_one_another(ask: Ask, wrong: MemoryWorkbook) -> None:
    answer = ask(wrong, "check_sheet", sheet=TOTAL03.sheet, mark=False)
    assert [line.cell for line in answer.lines] == [TOTAL03]
    assert "其他表另有 7 项" in answer.sentence
    assert ask(wrong, "next_finding").cell == TOTAL03
    assert ask(wrong, "next_finding").cell == TOTAL03
    assert ask(wrong, "check_sheet", sheet="没有").outcome == "refused"
    assert ask(wrong, "check_sheet").outcome == "refused"


def test_only_that_sheet_is_marked_and_the_list_is_whole(ask: Ask, wrong: MemoryWorkbook) -> None:
    ask(wrong, "check_sheet", sheet=TOTAL03.sheet)
    assert {cell.sheet for cell in wrong.looks} == {TOTAL03.sheet}
    assert row_of(wrong, "XF504")
    answer = ask(wrong, "fix_selected", sheet="GK05 一般公共预算财政拨款支出决算表", cell="G19")
    assert {cell.sheet for cell in wrong.looks} == {TOTAL03.sheet, answer.changed[0].sheet}
    ask(wrong, "check_workbook")
    assert len({cell.sheet for cell in wrong.looks}) > 3


def test_replies_are_carried_over_from_run_to_run(ask: Ask, wrong: MemoryWorkbook) -> None:
    ask(wrong, "check_workbook")
    reply(wrong, "XF301", "确认无误", "以批复为准")
    for _ in range(2):
        ask(wrong, "check_workbook")
        assert reply_of(wrong, "XF301") == ("确认无误", "以批复为准")
    reply(wrong, "WB007", "确认无误", "年度如此")
    ask(wrong, "fix_selected", sheet="GK05 一般公共预算财政拨款支出决算表", cell="G19")
    assert reply_of(wrong, "WB007") == ("确认无误", "年度如此")
    reply(wrong, "WB007", "待处理", "再看")
    ask(wrong, "undo_last")
    assert reply_of(wrong, "WB007") == ("待处理", "再看")
    assert reply_of(wrong, "XF301") == ("确认无误", "以批复为准")
    # They outlive the list as long as the helper runs.
    ask(wrong, "clear_marks")
    assert RESULTS_SHEET not in wrong.sheets()
    ask(wrong, "check_workbook")
    assert reply_of(wrong, "XF301") == ("确认无误", "以批复为准")


def test_what_is_no_disclosure_is_said_to_be_none(ask: Ask) -> None:
    empty = MemoryWorkbook([Grid("表一", [["甲", 1.0]])])
    answer = ask(empty, "check_workbook")
    assert answer.outcome == "failed"
    assert "没有找到部门决算公开表" in answer.sentence
    assert empty.writes == 0


def test_a_clean_workbook_loses_the_marks_of_before(ask: Ask, clean: MemoryWorkbook) -> None:
    before = clean.state()
    answer = ask(clean, "check_workbook")
    assert answer.counts is not None and answer.counts.error == 0
    ask(clean, "settings", settings={"ignore": ["TO603"]})
    answer = ask(clean, "check_workbook")
    assert "未发现问题" in answer.sentence
    assert clean.state() == before


def row_of(workbook: MemoryWorkbook, code: str) -> list[CellValue]:
    return next(row for row in workbook.grids[RESULTS_SHEET].rows if len(row) > REASON and row[2] == code)


def reply(workbook: MemoryWorkbook, code: str, state: str, reason: str = "") -> None:
    """Answer a finding in the list, as the office does."""
    row_of(workbook, code)[STATE : REASON + 1] = [state, reason]


def reply_of(workbook: MemoryWorkbook, code: str) -> tuple[object, object]:
    row = row_of(workbook, code)
    return row[STATE], row[REASON]


def test_a_sheet_that_is_none_of_the_nine_is_refused_and_nothing_is_changed(ask: Ask, wrong: MemoryWorkbook) -> None:
    wrong.grids["封面"] = Grid("封面", [["封面"]])
    ask(wrong, "check_workbook")
    before = wrong.state()
    assert ask(wrong, "check_sheet", sheet="封面").outcome == "refused"
    assert wrong.state() == before
    assert ask(wrong, "next_finding").cell is not None


def test_a_finding_belongs_to_every_sheet_in_which_something_may_be_wrong() -> None:
    there = CellRef("公开05", 9, 9)
    plain = finding("XF305", TOTAL03)
    fix = Fix(safety=Safety.SAFE, title="改", edits=(Edit(cell=there, old=1.0, new=2.0),))
    assert not touches(plain, there.sheet)
    assert touches(replace(plain, candidates=((there,),)), there.sheet)
    assert touches(replace(plain, fix=fix), there.sheet)
