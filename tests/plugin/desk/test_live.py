"""The buttons over an open workbook, under Excel's object model in memory."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import xlwings

from gongkai.desk.actions import perform
from gongkai.desk.answer import Answer, Line
from gongkai.desk.desk import Desk
from gongkai.desk.open_workbook import SavedWorkbook
from gongkai.desk.request import Request
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.edits import JOURNAL_SHEET, RESULTS_SHEET
from gongkai_workbooks.live import LiveHost
from tests.workbooks.live.memory_engine import model_of, workbook_in_memory
from tests.workbooks.live.state import state_of

from .conftest import CLEAN, WRONG, Ask
from .test_checking import REASON, STATE, TOTAL03
from .test_correcting import SAFE, TENFOLD05


@pytest.fixture
def book() -> xlwings.Book:
    """The sample with documented errors, open."""
    return workbook_in_memory(data_folder("samples") / WRONG)


def said(line: Line) -> tuple[object, ...]:
    return line.severity, line.code, line.cell, line.text, line.safety


def value(book: xlwings.Book, sheet: str, cell: str) -> object:
    return book.sheets[sheet][cell].value


def test_the_same_findings_as_of_the_saved_file(ask: Ask, book: xlwings.Book, saved: Path) -> None:
    actions = ("check_workbook", "next_finding", "next_finding", "fix_safe", "undo_last")
    opened = [ask(LiveHost(book), action) for action in actions]
    closed = [ask(SavedWorkbook(saved), action) for action in actions]
    assert [answer.outcome for answer in opened] == ["done"] * len(actions)
    for one, other in zip(opened, closed, strict=True):
        assert (one.counts, one.changed, one.cell) == (other.counts, other.changed, other.cell)
        assert [said(line) for line in one.lines] == [said(line) for line in other.lines]


def test_there_and_back_leaves_the_workbook_as_it_was(ask: Ask, book: xlwings.Book) -> None:
    sheets = tuple(sheet.name for sheet in book.sheets)
    before = state_of(book, *sheets)
    host = LiveHost(book)
    ask(host, "check_workbook")
    assert RESULTS_SHEET in host.sheets()
    assert set(ask(host, "fix_safe").changed) == SAFE.keys()
    assert value(book, TOTAL03.sheet, TOTAL03.a1) == 667.0
    # Closed and opened again: another host, and nothing remembered.
    answer = ask(LiveHost(book), "undo_last")
    assert set(answer.changed) == SAFE.keys() and answer.left == ()
    assert ask(LiveHost(book), "clear_marks").outcome == "done"
    assert state_of(book, *sheets) == before
    assert [sheet.name for sheet in book.sheets] == [*sheets]


def test_a_check_without_marks_leaves_no_trace(ask: Ask, book: xlwings.Book) -> None:
    sheets = tuple(sheet.name for sheet in book.sheets)
    before = state_of(book, *sheets)
    host = LiveHost(book)
    assert ask(host, "check_workbook", mark=False).counts is not None
    assert ask(host, "check_sheet", sheet=TOTAL03.sheet, mark=False).cell is None
    assert state_of(book, *sheets) == before
    assert [sheet.name for sheet in book.sheets] == [*sheets]
    answer = ask(host, "next_finding")
    assert answer.cell is not None
    model = model_of(book)
    assert model.ActiveSheet.Name == answer.cell.sheet
    assert model.window.RangeSelection.Address.replace("$", "") == answer.cell.a1


def test_replies_and_a_cell_changed_since(ask: Ask, book: xlwings.Book) -> None:
    host = LiveHost(book)
    ask(host, "check_workbook")
    grid = host.read(RESULTS_SHEET)
    row = next(row for row, column, value in grid.cells() if value == "DX004")
    book.sheets[RESULTS_SHEET].range((row, STATE + 1)).value = "确认无误"
    book.sheets[RESULTS_SHEET].range((row, REASON + 1)).value = "与批复一致"
    ask(host, "fix_safe")
    grid = host.read(RESULTS_SHEET)
    row = next(row for row, column, value in grid.cells() if value == "DX004")
    assert (grid.value(row, STATE + 1), grid.value(row, REASON + 1)) == ("确认无误", "与批复一致")
    book.sheets[TOTAL03.sheet][TOTAL03.a1].value = 600.0
    answer = ask(host, "undo_last")
    assert answer.left == (TOTAL03,) and "未动 GK03 支出决算表!E7" in answer.sentence
    assert value(book, TOTAL03.sheet, TOTAL03.a1) == 600.0


def test_what_the_status_bar_says_at_the_end(ask: Ask, book: xlwings.Book) -> None:
    answer = ask(LiveHost(book), "check_workbook")
    assert book.app.status_bar == answer.sentence
    clean = workbook_in_memory(data_folder("samples") / CLEAN)
    assert "错误 0" in ask(LiveHost(clean), "check_workbook").sentence


def test_the_journals_are_in_the_workbook(ask: Ask, book: xlwings.Book) -> None:
    host = LiveHost(book)
    ask(host, "fix_selected", sheet=TOTAL03.sheet, cell=TOTAL03.a1, mark=False)
    assert JOURNAL_SHEET in [sheet.name for sheet in book.sheets]
    assert [entry.cell for journal in host.kept() for entry in journal.cells] == [TOTAL03]
    assert ask(host, "undo_last", mark=False).changed == (TOTAL03,)
    assert JOURNAL_SHEET not in [sheet.name for sheet in book.sheets]


@pytest.mark.parametrize(
    "full_name",
    [
        "工作簿1",
        "\\\\服务器\\共享 夹\\决算 公开.xlsx",
        "https://example.invalid/personal/张三/Documents/决算公开.xlsx",
        "C:\\Users\\张 三\\桌面\\决算公开（终稿）.xlsx",
    ],
)
def test_wherever_the_workbook_is_kept(tmp_path: Path, book: xlwings.Book, full_name: str) -> None:
    """Never saved, on a network, in the cloud, in a folder with Chinese letters and blanks: it is the open workbook that is worked on, not its path."""
    model = model_of(book)
    model.FullName, model.Name = full_name, full_name.replace("\\", "/").rpartition("/")[2]
    sheets = tuple(sheet.name for sheet in book.sheets)
    before = state_of(book, *sheets)

    def click(action: str) -> Answer:
        # A helper of its own for each click: nothing is remembered but what is on the disk and in the workbook.
        desk = Desk(tmp_path / "data", tmp_path / "settings.toml")
        request = Request(workbook=full_name, application="excel", locator={"hwnd": 4711})
        return perform(action, desk, request, lambda _: LiveHost(book))

    for action in ("check_workbook", "next_finding", "fix_safe"):
        assert click(action).outcome == "done", action
    assert value(book, TOTAL03.sheet, TOTAL03.a1) == 667.0
    assert set(click("undo_last").changed) == SAFE.keys()
    assert click("clear_marks").outcome == "done"
    assert state_of(book, *sheets) == before and [sheet.name for sheet in book.sheets] == [*sheets]
    assert list((tmp_path / "data").rglob("*.json")) == []


def test_a_helper_that_ends_before_it_has_kept_the_journal(
    ask: Ask, book: xlwings.Book, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: object) -> None:
        raise SystemExit

    before = tuple(book.sheet_names)
    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr("gongkai_workbooks.live.excel_program.ExcelProgram.put_texts", ended)
        ask(LiveHost(book), "fix_safe")
    assert JOURNAL_SHEET in book.sheet_names and desk.begun.records()
    answer = ask(LiveHost(book), "check_workbook", mark=False)
    assert answer.outcome == "done" and "中断" not in answer.sentence
    assert tuple(book.sheet_names) == before and not desk.begun.records()


def test_a_workbook_of_protected_structure_is_checked_again_and_marked_once(ask: Ask) -> None:
    book = workbook_in_memory(data_folder("samples") / WRONG)
    model_of(book).ProtectStructure = True
    sheet = next(sheet for sheet in model_of(book).worksheets if sheet.Name == TOTAL03.sheet)
    texts = []
    for _ in range(3):
        assert ask(LiveHost(book), "check_workbook").outcome == "done"
        comment = sheet.cell(TOTAL03.row, TOTAL03.column).comment
        texts.append(comment and comment.Text())
    assert texts[0] and texts == [texts[0]] * 3


def test_and_its_marks_are_hidden_when_that_is_said(ask: Ask) -> None:
    book = workbook_in_memory(data_folder("samples") / WRONG)
    model_of(book).ProtectStructure = True
    sheet = next(sheet for sheet in model_of(book).worksheets if sheet.Name == TOTAL03.sheet)
    ask(LiveHost(book), "check_workbook")
    assert "标记已隐藏" in ask(LiveHost(book), "show_marks").sentence
    assert sheet.cell(TOTAL03.row, TOTAL03.column).comment is None


def test_a_finding_on_a_hidden_sheet_is_said_and_passed(ask: Ask) -> None:
    book = workbook_in_memory(data_folder("samples") / WRONG)
    next(sheet for sheet in model_of(book).worksheets if sheet.Name.startswith("GK04")).Visible = 0
    lines = ask(LiveHost(book), "check_workbook", mark=False).lines
    answers = [ask(LiveHost(book), "next_finding") for _ in lines]
    assert [answer.outcome for answer in answers] == ["done"] * len(lines)
    assert all(answer.sentence.startswith(f"{n}/{len(lines)} ") for n, answer in enumerate(answers, 1))


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="no tzset")
def test_the_last_correction_is_the_last_also_after_a_change_of_the_zone(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = workbook_in_memory(data_folder("samples") / WRONG)
    try:
        for zone, cell in (("Asia/Shanghai", TOTAL03), ("UTC", TENFOLD05)):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert ask(LiveHost(book), "fix_selected", sheet=cell.sheet, cell=cell.a1, mark=False).changed == (cell,)
            time.sleep(1.1)  # a journal's time has whole seconds
        assert ask(LiveHost(book), "undo_last", mark=False).changed == (TENFOLD05,)
    finally:
        monkeypatch.undo()
        time.tzset()
