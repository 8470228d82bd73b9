"""The program is as it was after everything, and only the one workbook was touched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import JOURNAL_SHEET, Edits, Journal, JournalCell, Mark, SetValue
from gongkai_workbooks.errors import UnreadableError, WorkbookError
from gongkai_workbooks.live import LiveHost
from gongkai_workbooks.live.programs import program_of

from .memory_engine import model_of, open_in_memory, workbook_in_memory
from .practice import HIDDEN, LOCKED, SHEET, write_practice
from .state import state_of

if TYPE_CHECKING:
    import xlwings

EDITS = Edits(
    values=(SetValue(cell=CellRef(SHEET, 2, 2), old=10.5, new=11.5),),
    marks=(Mark(cell=CellRef(SHEET, 2, 2), severity="error", note="一"),),
)
USUAL = {"screen_updating": True, "enable_events": True, "display_alerts": True, "calculation": "automatic"}


def test_settings_selection_and_scroll_are_restored(practice: Path) -> None:
    book = workbook_in_memory(practice)
    host, model = LiveHost(book), model_of(book)
    model.ActiveSheet = model.worksheets[0]
    model.window.RangeSelection = model.worksheets[0].range("B5")
    model.window.ScrollRow = 3
    model.app.settings["status_bar"] = "用户的宏"
    with host.quiet():
        assert model.app.settings["calculation"] == "manual"
        assert not model.app.settings["screen_updating"] and not model.app.settings["enable_events"]
        host.status("校验中 公开03 (3/9)")
        assert model.app.settings["status_bar"] == "校验中 公开03 (3/9)"
        host.apply(EDITS)
        assert model.app.settings["calculation"] == "manual"
    assert model.app.settings == {**USUAL, "status_bar": "用户的宏"}
    assert (model.ActiveSheet.Name, model.window.RangeSelection.Address) == (SHEET, "$B$5")
    assert model.window.ScrollRow == 3


def test_nothing_is_drawn_before_all_is_in_its_place(practice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = workbook_in_memory(practice)
    host, model = LiveHost(book), model_of(book)
    drawn: list[object] = []
    program = type(program_of(book))
    restore = program.restore_view

    def restoring(self: object, book: xlwings.Book, view: object) -> None:
        drawn.append(model.app.settings["screen_updating"])
        restore(self, book, view)  # type: ignore[arg-type]

    monkeypatch.setattr(program, "restore_view", restoring)
    with host.quiet():
        pass
    assert drawn == [False] and model.app.settings["screen_updating"] is True


def test_settings_are_restored_when_something_fails_inside(practice: Path) -> None:
    book = workbook_in_memory(practice)
    host, model = LiveHost(book), model_of(book)
    with pytest.raises(ZeroDivisionError), host.quiet():
        host.status("校验中")
        raise ZeroDivisionError
    assert model.app.settings == {**USUAL, "status_bar": False}
    assert host.name == "练习.xlsx"
    host.status("完成")
    host.status(None)
    assert model.app.settings["status_bar"] is False


def test_manual_calculation_stays_manual_and_new_values_are_calculated(practice: Path) -> None:
    book = workbook_in_memory(practice)
    host, model = LiveHost(book), model_of(book)
    model.app.settings["calculation"] = "manual"
    host.apply(EDITS)
    assert model.app.settings["calculation"] == "manual"
    assert book.app.impl is not None
    # The workbook object that LiveHost holds counts what it was asked to calculate.
    assert host.book.app.impl.calculated == 1


def test_the_workbook_in_front_is_neither_touched_nor_left_behind(tmp_path: Path) -> None:
    ours, other = write_practice(tmp_path / "甲.xlsx"), write_practice(tmp_path / "乙.xlsx")
    app = open_in_memory(ours, other)
    book = app.books["甲.xlsx"]
    model = model_of(book).app
    model.ActiveWorkbook = model.workbooks[1]
    before = state_of(app.books["乙.xlsx"], SHEET)
    host = LiveHost(book)
    host.apply(EDITS)
    assert host.read(SHEET).value(2, 2) == 11.5
    assert state_of(app.books["乙.xlsx"], SHEET) == before
    assert model.ActiveWorkbook is model.workbooks[1]


def test_checking_writes_nothing(practice: Path) -> None:
    book = workbook_in_memory(practice)
    host, model = LiveHost(book), model_of(book)
    model.ProtectStructure = True
    for sheet in model.worksheets:
        sheet.ProtectContents = True
    host.read_all()
    host.formulas(SHEET)
    assert host.kept() == ()
    assert model.app.settings == {**USUAL, "status_bar": False}


def test_addresses_are_as_long_as_excel_takes_them(practice: Path) -> None:
    book = workbook_in_memory(practice)
    host, model = LiveHost(book), model_of(book)
    marks = tuple(
        Mark(cell=CellRef(SHEET, row, column), severity="error", note="x") for row in range(20, 90) for column in (1, 3)
    )
    model.app.addresses.clear()
    assert host.apply(Edits(marks=marks)).refused == ()
    longest = max(map(len, model.app.addresses))
    assert 240 < longest <= 255
    several = [address for address in model.app.addresses if "," in address]
    # 140 cells and their four edges in a few calls.
    assert len(several) < 10 and host.read(SHEET).value(20, 1) == ""
    assert model.worksheets[0].cell(89, 3).interior["Color"] == 0xCEC7FF
    assert host.clear_marks() == ()


def test_a_cell_is_shown(book: xlwings.Book) -> None:
    host = LiveHost(book)
    host.goto(CellRef(LOCKED, 2, 1))
    assert book.sheets.active.name == LOCKED if book.app.engine.name == "libreoffice" else True
    view = program_of(book).view(book)
    assert view is not None
    with pytest.raises(UnreadableError, match="工作表「隐藏」已隐藏，无法转到 A1"):
        host.goto(CellRef(HIDDEN, 1, 1))
    with pytest.raises(UnreadableError, match=r"没有名为「公开09」的工作表。$"):
        host.goto(CellRef("公开09", 1, 1))


def test_journals_are_kept_in_a_sheet_that_nobody_sees(book: xlwings.Book) -> None:
    host = LiveHost(book)
    assert host.kept() == ()
    long = "=公开\n" * 20_000
    one = Journal(tool_version="1", time="2025-01-01T00:00:00+08:00", source="=甲'乙", cells=())
    two = Journal(
        tool_version="1",
        time="2025-01-02T00:00:00+08:00",
        source="表.xlsx",
        cells=(JournalCell(cell=CellRef(SHEET, 1, 1), kind="note", before=long, after='"|{}'),),
        results="校验结果",
    )
    host.keep(one)
    host.keep(two)
    host.keep(one)
    assert host.kept() == (one, two)
    assert JOURNAL_SHEET not in host.sheets() and JOURNAL_SHEET in book.sheet_names
    assert not book.sheets[JOURNAL_SHEET].visible
    assert JOURNAL_SHEET not in {grid.sheet for grid in host.read_all()}
    host.drop(one)
    assert host.kept() == (two,)
    host.drop(two)
    host.drop(two)
    assert JOURNAL_SHEET not in book.sheet_names


def test_a_damaged_record_is_said_and_nothing_is_written(book: xlwings.Book) -> None:
    host = LiveHost(book)
    before = state_of(book, SHEET)
    host.keep(Journal(tool_version="1", time="2025-01-01T00:00:00+08:00", source="表.xlsx"))
    book.sheets[JOURNAL_SHEET].range((2, 1)).raw_value = "|{}"
    for call in (host.kept, host.clear_marks, lambda: host.apply(EDITS)):
        with pytest.raises(WorkbookError, match="校验记录有误"):
            call()
    assert state_of(book, SHEET) == before
