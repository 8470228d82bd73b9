from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gongkai.desk.desk import Desk
from gongkai.desk.standing import at_cell
from gongkai_checks.finding import Edit, Finding, Fix, Safety, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Table
from gongkai_workbooks.edits import RESULTS_SHEET
from tests.plugin.reports import finding

from .conftest import Ask
from .memory_workbook import MemoryWorkbook
from .test_checking import STATE, TOTAL03, row_of

TEXT02 = CellRef("GK02 收入决算表", 23, 6)
TENFOLD05 = CellRef("GK05 一般公共预算财政拨款支出决算表", 19, 7)
BLANK06 = CellRef("GK06 一般公共预算财政拨款基本支出决算明细表", 34, 9)
UNPROVEN04 = CellRef("GK04 财政拨款收入支出决算总表", 26, 8)
SAFE = {TOTAL03: 667.0, TEXT02: 17.01, TENFOLD05: 407.49, BLANK06: 19.51}


def test_all_proven_corrections_are_made(ask: Ask, wrong: MemoryWorkbook) -> None:
    answer = ask(wrong, "fix_safe")
    assert {cell: wrong.value(cell) for cell in answer.changed} == SAFE
    assert "已修正 4 处" in answer.sentence and "GK03 支出决算表!E7 由 676.00 改为 667.00" in answer.sentence
    assert answer.counts is not None and answer.counts.error == 2
    assert "已由程序修正" in wrong.notes[TOTAL03]
    assert row_of(wrong, "XF301")[STATE] == "已改"
    assert ask(wrong, "fix_safe").sentence.startswith("没有可自动修正的项目")


def test_only_the_selected_one(ask: Ask, wrong: MemoryWorkbook) -> None:
    answer = ask(wrong, "fix_selected", sheet=TENFOLD05.sheet, cell="$G$19")
    assert answer.changed == (TENFOLD05,)
    assert wrong.value(TENFOLD05) == 407.49 and wrong.value(TOTAL03) == 676.0


def test_without_a_selection_it_is_the_finding_of_the_walk(ask: Ask, wrong: MemoryWorkbook) -> None:
    assert ask(wrong, "fix_selected").outcome == "refused"
    ask(wrong, "next_finding")
    assert ask(wrong, "fix_selected").changed == (TEXT02,)


def test_an_unproven_one_asks_first(ask: Ask, wrong: MemoryWorkbook) -> None:
    for _ in range(2):
        answer = ask(wrong, "fix_selected", sheet=UNPROVEN04.sheet, cell=UNPROVEN04.a1)
        assert (answer.outcome, answer.changed, wrong.writes) == ("confirm", (), 0)
        assert "未经证实（2 格一并改动才相符，须对照账面数确认）" in answer.sentence
        assert str(UNPROVEN04) in answer.sentence


def test_and_is_made_after_the_yes(ask: Ask, wrong: MemoryWorkbook) -> None:
    answer = ask(wrong, "fix_selected", sheet=UNPROVEN04.sheet, cell=UNPROVEN04.a1, confirmed=True)
    assert answer.outcome == "done" and UNPROVEN04 in answer.changed


def test_a_cell_without_a_finding_or_a_fix(ask: Ask, wrong: MemoryWorkbook) -> None:
    answer = ask(wrong, "fix_selected", sheet=TOTAL03.sheet, cell="A1")
    assert answer.outcome == "refused" and "没有问题" in answer.sentence
    answer = ask(wrong, "fix_selected", sheet="GK06 一般公共预算财政拨款基本支出决算明细表", cell="C14")
    assert answer.outcome == "refused" and "人工判断" in answer.sentence
    assert wrong.writes == 0


def test_a_formula_is_never_overwritten(ask: Ask, wrong: MemoryWorkbook) -> None:
    grid = wrong.grids[TOTAL03.sheet]
    wrong.grids[TOTAL03.sheet] = replace(grid, formulas=frozenset({(TOTAL03.row, TOTAL03.column)}))
    answer = ask(wrong, "fix_selected", sheet=TOTAL03.sheet, cell=TOTAL03.a1, confirmed=True)
    assert answer.outcome == "refused" and "公式" in answer.sentence
    assert wrong.value(TOTAL03) == 676.0 and wrong.writes == 0


def test_a_protected_cell_is_told_and_the_others_are_corrected(ask: Ask, wrong: MemoryWorkbook) -> None:
    wrong.locked.add(TOTAL03)
    answer = ask(wrong, "fix_safe")
    assert set(answer.changed) == SAFE.keys() - {TOTAL03}
    assert answer.left == (TOTAL03,)
    assert "受保护" in answer.sentence
    assert wrong.value(TOTAL03) == 676.0


HARM = 9999.0


@rule("ZZ301", "harmful-fix", Severity.ERROR)
def harmful(sheet03: Table) -> Iterator[Finding]:
    """一条会改错数字的规则

    为什么: 用于试验。
    示例: 无。
    如何修改: 无。
    依据: 无。
    """
    cell, amount = sheet03.place("208", "本年支出合计"), sheet03.amount("208", "本年支出合计")
    assert cell is not None and amount is not None
    old = amount.fen / 1_000_000
    if old != HARM:
        edit = Edit(cell=cell, old=old, new=HARM)
        yield Finding(message="试", cell=cell, fix=Fix(safety=Safety.SAFE, title="改坏", edits=(edit,)))


def test_what_is_seen_to_do_harm_is_not_written_and_the_others_are(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    registry = desk.session.registry
    desk.session.registry = replace(registry, rules=(*registry.rules, harmful))
    place = CellRef("GK03 支出决算表", 8, 5)
    before = wrong.value(place)
    answer = ask(wrong, "fix_safe")
    assert {cell: wrong.value(cell) for cell in answer.changed} == SAFE
    assert answer.left == (place,)
    assert wrong.value(place) == before
    assert "未改 1 项：已撤回：修正后会出现新的错误（GK03 支出决算表!E8 " in answer.sentence
    assert row_of(wrong, "ZZ301")[STATE] == "待处理"


def test_a_harmful_one_alone_changes_nothing(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    registry = desk.session.registry
    desk.session.registry = replace(registry, rules=(*registry.rules, harmful))
    before = wrong.state()
    answer = ask(wrong, "fix_selected", sheet="GK03 支出决算表", cell="E8", mark=False)
    assert answer.outcome == "refused" and "已撤回" in answer.sentence
    assert wrong.state() == before


def test_what_does_harm_by_a_formula_that_follows_is_taken_back(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    """A formula elsewhere hangs on the corrected cell, and only the program knows."""
    follower = CellRef("GK01 收入支出决算总表", 7, 3)
    usual = wrong.value(follower)
    assert isinstance(usual, float)

    def recalculate(workbook: MemoryWorkbook) -> None:
        workbook.put(follower, usual + 100 if workbook.value(TENFOLD05) == 407.49 else usual)

    wrong.recalculate = recalculate
    before = wrong.state()
    answer = ask(wrong, "fix_selected", sheet=TENFOLD05.sheet, cell=TENFOLD05.a1, mark=False)
    assert answer.outcome == "refused"
    assert "已撤回" in answer.sentence
    assert wrong.state() == before
    assert wrong.journals == [] and desk.begun.records() == ()


@pytest.mark.parametrize("marked", [True, False])
def test_undo_restores_and_is_exact(ask: Ask, wrong: MemoryWorkbook, marked: bool) -> None:
    wrong.notes[TOTAL03] = "我的批注"
    before = wrong.state()
    if not marked:
        ask(wrong, "settings", settings={"mark": False})
    else:
        ask(wrong, "check_workbook")
    ask(wrong, "fix_selected", sheet=TOTAL03.sheet, cell=TOTAL03.a1)
    ask(wrong, "fix_safe")
    second = ask(wrong, "undo_last")
    assert second.sentence.startswith("已撤销上次修正，恢复 3 处原值")
    assert wrong.value(TOTAL03) == 667.0 and wrong.value(TEXT02) == "17.01"
    first = ask(wrong, "undo_last")
    assert first.changed == (TOTAL03,)
    assert (RESULTS_SHEET in wrong.sheets()) is marked
    assert ask(wrong, "undo_last").outcome == "refused"
    if marked:
        ask(wrong, "clear_marks")
    assert wrong.state() == before
    assert wrong.journals == []


def test_a_cell_that_was_changed_since_is_named_and_left(ask: Ask, wrong: MemoryWorkbook) -> None:
    ask(wrong, "fix_safe")
    wrong.put(TOTAL03, 600.0)
    answer = ask(wrong, "undo_last")
    assert answer.left == (TOTAL03,)
    assert "未动 GK03 支出决算表!E7" in answer.sentence
    assert wrong.value(TOTAL03) == 600.0
    assert wrong.value(TENFOLD05) == 4074.9


def test_clearing_marks_keeps_values_and_what_undoes_them(ask: Ask, wrong: MemoryWorkbook) -> None:
    ask(wrong, "fix_safe")
    answer = ask(wrong, "clear_marks")
    assert answer.outcome == "done"
    assert (wrong.looks, wrong.notes) == ({}, {})
    assert wrong.value(TOTAL03) == 667.0
    assert ask(wrong, "clear_marks").outcome == "refused"
    assert ask(wrong, "undo_last").changed
    assert wrong.value(TOTAL03) == 676.0


def test_where_a_formula_cannot_be_given_back_nobody_is_asked_for_it(ask: Ask, wrong: MemoryWorkbook) -> None:
    grid = wrong.grids[TOTAL03.sheet]
    wrong.grids[TOTAL03.sheet] = replace(grid, formulas=frozenset({(TOTAL03.row, TOTAL03.column)}))
    answer = ask(wrong, "fix_selected", sheet=TOTAL03.sheet, cell=TOTAL03.a1)
    assert answer.outcome == "refused" and "公式" in answer.sentence


def test_a_cell_that_is_only_suspected_is_spoken_of() -> None:
    there = CellRef("公开05", 9, 9)
    suspecting = replace(finding("XF305", TOTAL03), candidates=((there,),))
    assert at_cell([suspecting], there) == [suspecting]
    assert at_cell([suspecting], CellRef("公开05", 9, 8)) == []


def test_only_what_was_restored_is_said_to_be(ask: Ask, wrong: MemoryWorkbook) -> None:
    ask(wrong, "fix_safe")
    wrong.put(TOTAL03, 600.0)
    answer = ask(wrong, "undo_last")
    assert set(answer.changed) == SAFE.keys() - {TOTAL03} and "恢复 3 处原值" in answer.sentence
