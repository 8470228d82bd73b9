from __future__ import annotations

from gongkai.desk.desk import Desk

from .conftest import Ask
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
