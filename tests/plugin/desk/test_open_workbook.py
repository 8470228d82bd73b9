from __future__ import annotations

import hashlib
from pathlib import Path

import openpyxl
import pytest

from gongkai.desk.desk import Desk
from gongkai.desk.open_workbook import SavedWorkbook
from gongkai_workbooks.edits import RESULTS_SHEET

from .conftest import Ask
from .test_checking import TOTAL03
from .test_correcting import SAFE, TENFOLD05


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def values(path: Path) -> dict[str, object]:
    book = openpyxl.load_workbook(path)
    return {str(cell): book[cell.sheet][cell.a1].value for cell in SAFE}


def test_a_saved_file_goes_all_the_way_and_back(ask: Ask, saved: Path) -> None:
    before = digest(saved)
    workbook = SavedWorkbook(saved)
    assert ask(workbook, "check_workbook", mark=False).counts is not None
    assert digest(saved) == before and len([*saved.parent.iterdir()]) == 1
    assert len(ask(workbook, "check_workbook").lines) == 8
    assert openpyxl.load_workbook(saved).sheetnames[-1] == RESULTS_SHEET
    answer = ask(workbook, "fix_safe")
    assert values(saved) == {str(cell): value for cell, value in SAFE.items()}
    assert set(answer.changed) == SAFE.keys()
    assert ask(workbook, "undo_last").changed
    assert values(saved)[str(TOTAL03)] == 676
    assert ask(workbook, "clear_marks").outcome == "done"
    assert digest(saved) == before


def test_the_original_is_copied_once_before_the_first_write(ask: Ask, saved: Path) -> None:
    before = digest(saved)
    for action in ("check_workbook", "fix_safe", "undo_last", "clear_marks", "check_workbook"):
        ask(SavedWorkbook(saved), action)
    copies = [*saved.parent.glob("*.备份-*.xlsx")]
    assert [digest(copy) for copy in copies] == [before]


def test_undo_outlives_everything_that_is_kept_in_memory(ask: Ask, saved: Path) -> None:
    ask(SavedWorkbook(saved), "fix_selected", sheet=TENFOLD05.sheet, cell=TENFOLD05.a1)
    assert values(saved)[str(TENFOLD05)] == 407.49
    assert ask(SavedWorkbook(saved), "undo_last").changed == (TENFOLD05,)
    assert values(saved)[str(TENFOLD05)] == 4074.9


def test_what_cannot_be_written_is_checked_all_the_same(ask: Ask, saved: Path, desk: Desk) -> None:
    macro_free = saved.with_suffix(".ods")
    macro_free.write_bytes(saved.read_bytes())
    answer = ask(SavedWorkbook(macro_free), "check_workbook", mark=False)
    assert answer.counts is not None and answer.counts.error == 5
    # With marks wanted, as they are unless the settings say otherwise, it is checked too, and said why it is not marked.
    answer = ask(SavedWorkbook(macro_free), "check_workbook")
    assert answer.outcome == "done" and len(answer.lines) == 8 and "没有标记：" in answer.sentence
    assert "另存为 .xlsx" in answer.sentence
    assert desk.begun.records() == ()
    answer = ask(SavedWorkbook(macro_free), "fix_safe")
    assert answer.outcome == "failed" and "另存为 .xlsx" in answer.sentence


@pytest.mark.parametrize("action", ["check_workbook", "next_finding", "undo_last", "fix_safe", "show_results"])
def test_a_file_that_is_not_there(ask: Ask, tmp_path: Path, action: str) -> None:
    answer = ask(SavedWorkbook(tmp_path / "没有.xlsx"), action)
    assert answer.outcome == "failed"
    assert "没有.xlsx" in answer.sentence
