"""What Excel does its own way, and a user must not notice: formulas of arrays, charts in front, shared workbooks, long texts, automatic colours, two programs at once."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import JOURNAL_SHEET, RESULTS_SHEET, Edits, Mark, ResultsSheet, SetValue, SheetCell
from gongkai_workbooks.errors import LockedError
from gongkai_workbooks.live import LiveHost, find_book, open_books
from gongkai_workbooks.live.busy import BusyError
from gongkai_workbooks.live.xlwings_import import load_xlwings
from gongkai_workbooks.package.notes import SEPARATOR

from . import memory_engine
from .memory_engine import model_of, open_in_memory, workbook_in_memory
from .object_cells import LONGEST_OF_MANY, NoteObject, Refused
from .object_model import Worksheet
from .practice import SHEET, USER_NOTE, write_practice
from .state import state_of

if TYPE_CHECKING:
    import xlwings

SUM, NOTED = CellRef(SHEET, 6, 2), CellRef(SHEET, 2, 3)
MARKED = Edits(
    marks=(Mark(cell=NOTED, severity="error", note="合计不平" * 100), Mark(cell=SUM, severity="error", note="二")),
    results=ResultsSheet(
        rows=((SheetCell(value="校验结果"),), (SheetCell(value="位置"),)),
        header_row=1,
        last_filter_row=2,
        widths=(20,),
    ),
)


@pytest.fixture
def book(practice: Path) -> xlwings.Book:
    return workbook_in_memory(practice)


def sheet_of(book: xlwings.Book) -> Worksheet:
    return next(sheet for sheet in model_of(book).worksheets if sheet.Name == SHEET)


@pytest.mark.parametrize("formula", ["=SUM(B2:B3*B4:B5)", "=SUM(B2:B3)+@C2:C3", "=SUM(B2:B5)"])
@pytest.mark.parametrize("knows_arrays", [True, False])
def test_a_formula_of_arrays_comes_back_as_it_was(book: xlwings.Book, formula: str, knows_arrays: bool) -> None:
    formula = formula if knows_arrays else formula.replace("@", "")
    model_of(book).app.knows_arrays = knows_arrays
    cell = sheet_of(book).cell(6, 2)
    cell.formula = formula
    host = LiveHost(book)
    result = host.read(SHEET).value(6, 2)
    assert host.formulas(SHEET)[6, 2] == formula
    applied = host.apply(Edits(values=(SetValue(cell=SUM, old=result, new=99.0, formula=formula),)))
    assert applied.refused == () and cell.formula == ""
    assert host.undo(host.kept()[-1]) == ()
    assert cell.formula == formula


def test_with_a_chart_in_front_everything_works_and_it_stays_in_front(book: xlwings.Book) -> None:
    before = state_of(book, SHEET)
    chart = model_of(book).add_chart("图表1")
    host = LiveHost(book)
    assert "图表1" not in host.sheets()
    assert host.apply(MARKED).refused == ()
    assert model_of(book).ActiveSheet is chart
    assert host.clear_marks() == ()
    assert model_of(book).ActiveSheet is chart
    assert state_of(book, SHEET) == before


@pytest.mark.parametrize(("name", "cure"), [("MultiUserEditing", "取消共享"), ("Final", "仍然编辑")])
def test_a_workbook_that_is_shared_or_final_is_read_and_refused_whole(book: xlwings.Book, name: str, cure: str) -> None:
    setattr(model_of(book), name, True)
    host = LiveHost(book)
    before = state_of(book, SHEET)
    with pytest.raises(LockedError, match=cure):
        host.apply(MARKED)
    assert state_of(book, SHEET) == before and JOURNAL_SHEET not in [sheet.name for sheet in book.sheets]
    setattr(model_of(book), name, False)
    assert host.apply(MARKED).refused == ()


def test_a_long_record_is_kept_in_pieces_that_every_version_takes(book: xlwings.Book) -> None:
    host = LiveHost(book)
    places = [(row, column) for row in range(20, 60) for column in range(1, 4)]
    marks = tuple(Mark(cell=CellRef(SHEET, *place), severity="error", note="合计不平") for place in places)
    applied = host.apply(Edits(marks=marks))
    journal = next(sheet for sheet in model_of(book).worksheets if sheet.Name == JOURNAL_SHEET)
    lengths = [len(cell.value) for cell in journal.grid.values() if cell.value]
    assert sum(lengths) > 2 * LONGEST_OF_MANY >= 2 * max(lengths)
    assert host.kept() == (applied.journal,)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("stubborn", [False, True])
def test_our_lines_leave_a_note_of_many_lines_whatever_ends_them(book: xlwings.Book, end: str, stubborn: bool) -> None:
    note = NoteObject(sheet_of(book).cell(2, 3), f"{USER_NOTE}{end}第二行{end}第三行")
    sheet_of(book).cell(2, 3).comment = note
    before = note.Text()
    host = LiveHost(book)
    host.apply(MARKED)
    assert SEPARATOR in note.Text()
    # The user goes on writing behind our lines; and there is a version that takes nothing out of a long text.
    note.Text(f"{end}后来写的", len(note.Text()) + 1, False)
    note.keeps_long_texts = stubborn
    assert host.clear_marks() == ()
    assert note.Text() == f"{before}{end}后来写的"


def test_an_automatic_colour_stays_automatic(book: xlwings.Book) -> None:
    sheet = sheet_of(book)
    line = {"LineStyle": 1, "Weight": 2, "Color": 0, "ColorIndex": -4105}
    sheet.edges["h", 3, 3] = dict(line)
    sheet.cell(2, 3).interior = {"Pattern": 1, "Color": 0xFFFFFF, "ColorIndex": -4105}
    host = LiveHost(book)
    host.apply(MARKED)
    assert "ColorIndex" not in sheet.edges["h", 3, 3] and "ColorIndex" not in sheet.cell(2, 3).interior
    assert host.clear_marks() == ()
    assert sheet.edges["h", 3, 3]["ColorIndex"] == sheet.cell(2, 3).interior["ColorIndex"] == -4105


def test_what_the_program_does_not_let_be_set_keeps_nothing_from_being_done(
    book: xlwings.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Refused("Unable to set the Calculation property")

    monkeypatch.setattr(memory_engine.App, "calculation", property(lambda _: "automatic", refuse))
    window = model_of(book).window
    window.keeps_panes = True
    host = LiveHost(book)
    assert host.apply(MARKED).refused == ()
    assert RESULTS_SHEET in [sheet.name for sheet in book.sheets]
    assert model_of(book).app.settings["screen_updating"] and model_of(book).app.settings["enable_events"]


def test_a_number_under_the_format_of_a_day_that_is_none_is_read(
    book: xlwings.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overflow(self: Any) -> Any:
        raise Refused("Overflow")

    monkeypatch.setattr(memory_engine.Range, "raw_value", property(overflow))
    assert LiveHost(book).read(SHEET).value(2, 2) == 10.5


@pytest.fixture
def two_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Two programs, each with a workbook that was never saved, of the same name."""
    module = load_xlwings()
    programs = [open_in_memory(write_practice(tmp_path / f"{n}.xlsx")).impl for n in range(2)]
    for number, program in enumerate(programs):
        program.model.workbooks[0].Name = program.model.workbooks[0].FullName = "工作簿1"
        monkeypatch.setattr(program, "hwnd", 100 * number + 1, raising=False)
    monkeypatch.setattr(memory_engine.ENGINE, "apps", programs)
    monkeypatch.setattr(module.engines, "active", module.Engine(impl=memory_engine.ENGINE))
    return programs


def test_a_cell_that_is_edited_in_another_program_is_in_nobody_s_way(
    two_programs: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai_workbooks.live.busy.WAIT_SECONDS", 0.1)
    first, second = (program.model for program in two_programs)
    for busy, idle, window in ((first, second, 101), (second, first, 1)):
        busy.busy, idle.busy = 10**6, 0
        assert find_book("excel", "工作簿1", {"hwnd": window}).api is idle.workbooks[0]
        assert [one.book.api for one in open_books() if one.application == "excel"] == [idle.workbooks[0]]
        # The click came from the program that is busy: the workbook of that name elsewhere is another one.
        with pytest.raises(BusyError):
            find_book("excel", "工作簿1", {"hwnd": 102 - window})
        with pytest.raises(BusyError):
            find_book("excel", "没有.xlsx", {"hwnd": window})


def test_of_two_programs_the_one_whose_window_was_clicked_is_meant(
    two_programs: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def meant(window: int) -> object:
        return find_book("excel", "工作簿1", {"hwnd": window}).api

    first, second = (program.model.workbooks[0] for program in two_programs)
    assert (meant(1), meant(101)) == (first, second)
    # Excel tells the window in front; the click came from another one of the same process.
    windows = ModuleType("win32process")
    setattr(windows, "GetWindowThreadProcessId", lambda window: (7, window // 100 + 1))  # noqa: B010
    monkeypatch.setitem(sys.modules, "win32process", windows)
    assert (meant(55), meant(155)) == (first, second)
    assert meant(999) is first


def test_a_window_that_is_gone_belongs_to_no_process(two_programs: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def invalid(_: int) -> tuple[int, int]:
        raise RuntimeError("Invalid window handle")

    windows = ModuleType("win32process")
    setattr(windows, "GetWindowThreadProcessId", invalid)  # noqa: B010
    monkeypatch.setitem(sys.modules, "win32process", windows)
    assert find_book("excel", "工作簿1", {"hwnd": 101}).api is two_programs[1].model.workbooks[0]
    assert find_book("excel", "工作簿1", {"hwnd": 999}).api is two_programs[0].model.workbooks[0]


def test_a_sheet_is_removed_without_excel_asking(practice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = workbook_in_memory(practice)
    host, app = LiveHost(book), model_of(book).app
    removed: list[str] = []
    remove = memory_engine.Sheet.delete

    def watched(sheet: Any) -> None:
        assert app.DisplayAlerts is False, "Excel would ask, and wait for an answer"
        assert sheet.api.Visible == -1, "Excel removes no sheet that is hidden so deeply"
        removed.append(sheet.name)
        remove(sheet)

    monkeypatch.setattr(memory_engine.Sheet, "delete", watched)
    host.apply(MARKED)
    assert host.clear_marks() == ()
    assert sorted(removed) == sorted([JOURNAL_SHEET, RESULTS_SHEET]) and app.DisplayAlerts is True
