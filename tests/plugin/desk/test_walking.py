from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.desk.standing import Standing
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import RESULTS_SHEET
from gongkai_workbooks.grid import Grid
from gongkai_workbooks.live.busy import busy_error
from tests.plugin.reports import finding, report

from .conftest import Ask
from .memory_workbook import MemoryWorkbook
from .test_checking import STATE, TOTAL03, reply


def test_the_walk_goes_by_sheet_row_and_column_and_round(ask: Ask, wrong: MemoryWorkbook) -> None:
    answers = [ask(wrong, "next_finding") for _ in range(9)]
    cells = [answer.cell for answer in answers]
    order = [(wrong.sheets().index(cell.sheet), cell.row, cell.column) for cell in cells[:8] if cell is not None]
    assert len(order) == 8 and order == sorted(order)
    assert cells[8] == cells[0]
    assert wrong.selected == cells
    assert answers[0].sentence.startswith("1/8 ") and answers[8].sentence.startswith("1/8 ")
    # The first look at the workbook is a check that writes nothing.
    assert wrong.writes == 0


def test_backwards_it_begins_at_the_end(ask: Ask, wrong: MemoryWorkbook) -> None:
    forwards = [ask(wrong, "next_finding").cell for _ in range(8)]
    assert ask(wrong, "next_finding").cell == forwards[0]
    backwards = [ask(wrong, "previous_finding").cell for _ in range(8)]
    assert backwards == [*reversed(forwards)]


def test_the_message_says_what_is_wrong_and_which_button_helps(ask: Ask, wrong: MemoryWorkbook) -> None:
    answer = next(answer for _ in range(8) if (answer := ask(wrong, "next_finding")).cell == TOTAL03)
    for text in (
        "GK03 支出决算表!E7",
        "✖ 错误 XF301",
        "应为 667.00",
        "实为 676.00",
        "相差 +9.00",
        "〔可点“修正所选”〕",
    ):
        assert text in answer.sentence
    assert "--unsafe-fixes" not in " ".join(ask(wrong, "next_finding").sentence for _ in range(8))


def test_what_the_office_settled_is_passed_over(ask: Ask, wrong: MemoryWorkbook) -> None:
    ask(wrong, "check_workbook")
    first = ask(wrong, "next_finding")
    reply(wrong, "XF301", "确认无误", "无误")
    reply(wrong, "FM004", "已改")
    cells = {ask(wrong, "next_finding").cell for _ in range(8)}
    assert len(cells) == 6 and TOTAL03 not in cells and first.cell not in cells
    reply(wrong, "XF301", "待处理")
    assert TOTAL03 in {ask(wrong, "next_finding").cell for _ in range(8)}


def test_when_all_is_settled_that_is_said(ask: Ask, wrong: MemoryWorkbook) -> None:
    ask(wrong, "check_workbook")
    for row in wrong.grids[RESULTS_SHEET].rows[6:]:
        if len(row) > STATE:
            row[STATE] = "确认无误"
    answer = ask(wrong, "next_finding")
    assert answer.cell is None and wrong.selected == []
    assert "8 项问题都已" in answer.sentence


def test_the_walk_keeps_its_place_over_a_new_check_of_the_other_findings(ask: Ask, wrong: MemoryWorkbook) -> None:
    first, second = ask(wrong, "next_finding").cell, ask(wrong, "next_finding").cell
    assert second == TOTAL03 and first is not None
    ask(wrong, "fix_selected", sheet=TOTAL03.sheet, cell=TOTAL03.a1)
    third = ask(wrong, "next_finding").cell
    assert third is not None and (third.sheet, third) not in ((first.sheet, first), (second.sheet, second))
    assert wrong.sheets().index(third.sheet) > wrong.sheets().index(TOTAL03.sheet)


def test_the_list_is_made_when_it_is_not_there(ask: Ask, wrong: MemoryWorkbook) -> None:
    ask(wrong, "check_workbook", mark=False)
    answer = ask(wrong, "show_results")
    assert answer.cell == CellRef(RESULTS_SHEET, 1, 1)
    assert wrong.selected == [answer.cell]
    writes = wrong.writes
    assert ask(wrong, "show_results").cell == answer.cell
    assert wrong.writes == writes


def test_a_line_of_the_list_is_gone_to(ask: Ask, wrong: MemoryWorkbook) -> None:
    lines = ask(wrong, "check_workbook", mark=False).lines
    last = lines[-1].cell
    assert last is not None
    answer = ask(wrong, "show_finding", sheet=last.sheet, cell=last.a1)
    assert answer.cell == last and wrong.selected == [last]
    assert answer.sentence.startswith(f"{last} ")
    # The walk goes on from there.
    assert ask(wrong, "next_finding").cell == lines[0].cell
    assert ask(wrong, "show_finding", sheet=last.sheet, cell="Z99").outcome == "refused"


def test_a_cell_that_is_being_edited_does_not_lose_the_place(
    ask: Ask, wrong: MemoryWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(wrong, "check_workbook", mark=False)
    first, second = ask(wrong, "next_finding"), ask(wrong, "next_finding")
    with monkeypatch.context() as busy:
        busy.setattr(MemoryWorkbook, "sheets", refuse)
        answer = ask(wrong, "next_finding")
        assert answer.outcome == "failed" and "正在编辑单元格" in answer.sentence
    assert ask(wrong, "previous_finding").cell == first.cell != second.cell


def refuse(workbook: MemoryWorkbook) -> tuple[str, ...]:
    raise busy_error(workbook.name)


def test_a_sheet_of_the_user_that_is_called_as_our_list_is_none(ask: Ask, wrong: MemoryWorkbook) -> None:
    wrong.grids[RESULTS_SHEET] = Grid(RESULTS_SHEET, [["我的表"]])
    ask(wrong, "check_workbook", mark=False)
    writes = wrong.writes
    ask(wrong, "show_results")
    assert wrong.writes > writes  # a list was made


def test_no_more_is_put_into_the_status_bar_than_excel_takes(ask: Ask, wrong: MemoryWorkbook) -> None:
    sentences = [ask(wrong, "next_finding").sentence for _ in range(8)]
    assert max(map(len, sentences)) > 255 >= max(len(text) for text in wrong.said if text)


def test_the_bar_of_one_workbook_is_given_back_when_another_is_spoken_of(ask: Ask, wrong: MemoryWorkbook) -> None:
    other = MemoryWorkbook(wrong.read_all())
    answer = ask(wrong, "check_workbook", mark=False)
    assert wrong.said[-1] == answer.sentence
    ask(other, "check_workbook", mark=False)
    assert wrong.said[-1] is None


def test_what_failed_is_looked_at_anew(ask: Ask, wrong: MemoryWorkbook) -> None:
    ask(wrong, "check_workbook", mark=False)
    kept = dict(wrong.grids)
    wrong.grids.clear()
    assert ask(wrong, "check_workbook", mark=False).outcome == "failed"
    assert ask(wrong, "next_finding").outcome == "failed" and wrong.selected == []
    wrong.grids.update(kept)
    wrong.dies_after = 2
    assert ask(wrong, "fix_safe", mark=False).outcome == "failed"
    wrong.dies_after = None
    assert "/6 " in ask(wrong, "next_finding").sentence


def test_two_findings_of_one_rule_in_one_cell_are_both_come_by() -> None:
    one, other = (replace(finding("XF305", TOTAL03), message=text) for text in ("甲", "乙"))
    standing = Standing(report=replace(report(one, other), sheets=(TOTAL03.sheet,)))
    told = []
    for _ in range(3):
        number, findings = standing.following(1)
        standing.visited = standing.place_of(findings[number])
        told.append(findings[number].message)
    assert {told[0], told[1]} == {"甲", "乙"} and told[2] == told[0]
