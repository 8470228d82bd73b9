from __future__ import annotations

from gongkai.desk.desk import Desk
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.live import LiveHost
from tests.workbooks.live.memory_engine import model_of, workbook_in_memory
from tests.workbooks.live.state import state_of

from .conftest import WRONG, Ask
from .memory_workbook import MemoryWorkbook
from .test_checking import TOTAL03
from .test_correcting import SAFE


def test_a_workbook_that_may_keep_nothing_is_taken_back_all_the_same(
    ask: Ask, wrong: MemoryWorkbook, desk: Desk
) -> None:
    """Its structure is protected: no sheet for the journals can be added."""
    before = wrong.state()
    wrong.keeps_nothing = True
    ask(wrong, "check_workbook")
    assert wrong.looks[TOTAL03] == "error"
    assert ask(wrong, "fix_safe").changed
    assert wrong.journals == [] and desk.begun.records() == ()
    # Another helper finds what the first one kept.
    assert Desk(desk.home, desk.preferences_file).shelf.kept("file:/决算公开.xlsx")
    answer = ask(wrong, "undo_last")
    assert set(answer.changed) == SAFE.keys()
    assert ask(wrong, "undo_last").outcome == "refused"
    assert ask(wrong, "clear_marks").outcome == "done"
    assert wrong.state() == before
    assert [*(desk.home / "journals").iterdir()] == []


def test_what_is_kept_for_another_workbook_is_not_touched(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    wrong.keeps_nothing = True
    ask(wrong, "fix_safe")
    assert desk.shelf.kept("file:/别的.xlsx") == ()
    path = next((desk.home / "journals").iterdir())
    path.write_bytes(b"no journal")
    assert ask(wrong, "undo_last").outcome == "refused"


def test_where_the_structure_is_protected_two_checks_are_taken_back_in_order(ask: Ask) -> None:
    book = workbook_in_memory(data_folder("samples") / WRONG)
    sheets = tuple(book.sheet_names)
    before = state_of(book, *sheets)
    model_of(book).ProtectStructure = True
    for _ in range(2):
        ask(LiveHost(book), "check_workbook")
    assert ask(LiveHost(book), "clear_marks").left == ()
    assert state_of(book, *sheets) == before


def test_where_the_structure_is_protected_a_cell_that_was_painted_since_is_named(ask: Ask) -> None:
    book = workbook_in_memory(data_folder("samples") / WRONG)
    model_of(book).ProtectStructure = True
    ask(LiveHost(book), "check_workbook")
    book.sheets[TOTAL03.sheet].range(TOTAL03.a1).api.Interior.Color = 0x00FF00
    answer = ask(LiveHost(book), "clear_marks")
    assert answer.left == (TOTAL03,) and "未动 GK03 支出决算表!E7" in answer.sentence


def test_where_the_structure_is_protected_each_correction_is_taken_back_by_itself(
    ask: Ask, wrong: MemoryWorkbook
) -> None:
    before = wrong.state()
    wrong.keeps_nothing = True
    cells = [TOTAL03, *(cell for cell in SAFE if cell != TOTAL03)][:2]
    for cell in cells:
        assert ask(wrong, "fix_selected", sheet=cell.sheet, cell=cell.a1, mark=False).changed == (cell,)
    for cell in reversed(cells):
        assert ask(wrong, "undo_last", mark=False).changed == (cell,)
    assert wrong.state() == before


def test_a_record_that_is_no_text_is_none(ask: Ask, wrong: MemoryWorkbook, desk: Desk) -> None:
    wrong.keeps_nothing = True
    ask(wrong, "fix_safe", mark=False)
    next((desk.home / "journals").iterdir()).write_bytes(b"\xff\xfe")
    answer = ask(wrong, "undo_last", mark=False)
    assert answer.outcome == "refused" and "没有可撤销的修正" in answer.sentence
