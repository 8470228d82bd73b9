"""A program that edits a cell, shows a dialog or was closed."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, Mark, SetValue
from gongkai_workbooks.errors import LockedError, WorkbookError
from gongkai_workbooks.libreoffice.program import LibreOffice
from gongkai_workbooks.live import BusyError, GoneError, LiveHost, UnfinishedError, busy, open_books
from gongkai_workbooks.live.busy import Patience, guarded, is_refusal

from .conftest import running_office
from .memory_engine import model_of, workbook_in_memory
from .object_cells import Gone, Refused, Rejected
from .practice import SHEET
from .state import state_of

EDITS = Edits(
    values=(
        SetValue(cell=CellRef(SHEET, 2, 2), old=10.5, new=11.5),
        SetValue(cell=CellRef(SHEET, 4, 2), old=30.0, new=31.5),
    ),
    marks=(
        Mark(cell=CellRef(SHEET, 2, 2), severity="error", note="一"),
        Mark(cell=CellRef(SHEET, 2, 3), severity="warning", note="二"),
    ),
)


def test_a_cell_that_is_edited_for_a_moment_is_waited_for(practice: Path) -> None:
    book = workbook_in_memory(practice)
    host, app = LiveHost(book), model_of(book).app
    app.Ready = False
    start = time.monotonic()

    def finish(seconds: float) -> None:
        app.Ready = time.monotonic() - start > 0.1

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "sleep", finish)
        assert host.read(SHEET).value(2, 2) == 10.5
    assert time.monotonic() - start < 2


def test_a_cell_that_stays_in_edit_mode_is_said_after_three_seconds(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = workbook_in_memory(practice)
    host = LiveHost(book)
    before = state_of(book, SHEET)
    model_of(book).app.Ready = False
    monkeypatch.setattr(busy, "WAIT_SECONDS", 0.2)
    with pytest.raises(BusyError, match=r"^练习.xlsx：正在编辑单元格，或有对话框没有关闭.*请按回车键结束编辑"):
        host.apply(EDITS)
    model_of(book).app.Ready = True
    assert state_of(book, SHEET) == before
    assert busy.WAIT_SECONDS == 0.2


def test_xlwings_waits_by_the_clock_instead_of_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("xlwings._xlwindows")
    module.N_COM_ATTEMPTS = 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", module)
    monkeypatch.setattr(busy, "WAIT_SECONDS", 0.3)
    assert busy.WAIT_SECONDS < 3

    def call() -> None:
        # How xlwings 0.37 tries a rejected call again.
        attempt = 1
        while True:
            try:
                raise Rejected
            except Rejected:
                limit = module.N_COM_ATTEMPTS
                if not limit or attempt < limit:
                    attempt += 1
                    continue
                raise

    for _ in range(2):
        start = time.monotonic()
        with pytest.raises(BusyError), guarded("表.xlsx"):
            assert isinstance(module.N_COM_ATTEMPTS, Patience)
            call()
        assert 0.25 < time.monotonic() - start < 2
        assert module.N_COM_ATTEMPTS == 0


def test_waiting_takes_three_seconds() -> None:
    assert busy.WAIT_SECONDS == 3


@pytest.mark.parametrize(
    ("error", "kind", "text"),
    [
        (Rejected(), BusyError, "正在编辑单元格"),
        (Gone(), GoneError, "已经关闭"),
        (ConnectionResetError(), GoneError, "已经关闭"),
        (Refused("单元格受保护"), WorkbookError, "拒绝了操作（单元格受保护）"),
    ],
)
def test_errors_of_the_program_become_sentences(error: Exception, kind: type[Exception], text: str) -> None:
    with pytest.raises(kind, match=text) as caught, guarded("表.xlsx"):
        raise error
    assert str(caught.value).startswith("表.xlsx：") and str(caught.value).endswith("。")


def test_errors_of_our_own_pass_through() -> None:
    with pytest.raises(ZeroDivisionError), guarded("表.xlsx"):
        raise ZeroDivisionError
    with pytest.raises(LockedError, match=r"^甲$"), guarded("表.xlsx"):
        raise LockedError("甲")


def test_a_program_killed_in_mid_write_leaves_a_record_of_all_that_was_to_be_written(practice: Path) -> None:
    """Wherever the program breaks off, what was written can be taken back."""
    counting = workbook_in_memory(practice)
    before = state_of(counting, SHEET)
    model_of(counting).app.calls = 0
    LiveHost(counting).apply(EDITS)
    calls = model_of(counting).app.calls
    unfinished = 0
    for at in range(1, calls + 1, 3):
        book = workbook_in_memory(practice)
        host, app = LiveHost(book), model_of(book).app
        app.calls, app.fails_at = 0, at
        try:
            host.apply(EDITS)
        except UnfinishedError as error:
            unfinished += 1
            assert "已经关闭" in str(error) and "撤销上次修正" in str(error)
            app.fails_at = -1
            assert host.kept() == (error.applied.journal,)
            assert host.undo(error.applied.journal) == ()
        except WorkbookError:
            app.fails_at = -1
        else:
            app.fails_at = -1
            for journal in host.kept():
                assert host.undo(journal) == ()
        assert state_of(book, SHEET) == before, at
    assert unfinished > 3


@pytest.mark.libreoffice
def test_a_libreoffice_killed_in_mid_write_is_said(soffice: str, tmp_path: Path, practice: Path) -> None:
    with running_office(soffice, tmp_path / "profile") as (app, group):
        book = app.books.open(str(practice))
        host, program = LiveHost(book), LibreOffice

        def killed(*args: object) -> None:
            os.killpg(group, signal.SIGKILL)
            add_notes(*args)  # type: ignore[arg-type]

        add_notes = program.add_notes
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(program, "add_notes", killed)
            with pytest.raises(
                UnfinishedError, match=r"^练习.xlsx：工作簿或电子表格程序已经关闭.*撤销上次修正"
            ) as caught:
                host.apply(EDITS)
        assert len(caught.value.applied.journal.cells) == 2 + 2 * 2
        for call in (host.read_all, host.kept, lambda: host.status("校验中"), lambda: LiveHost(book)):
            with pytest.raises(GoneError, match="已经关闭"):
                call()
        assert all(one.book.app != app for one in open_books())


def test_a_workbook_whose_structure_is_locked_keeps_no_journal_and_says_so(practice: Path) -> None:
    book = workbook_in_memory(practice)
    host = LiveHost(book)
    before = state_of(book, SHEET)
    model_of(book).ProtectStructure = True
    applied = host.apply(EDITS)
    assert host.read(SHEET).value(2, 2) == 11.5 and host.kept() == ()
    with pytest.raises(LockedError, match="工作簿结构受保护"):
        host.keep(applied.journal)
    assert host.undo(applied.journal) == ()
    assert state_of(book, SHEET) == before


def test_a_property_that_cannot_be_set_is_said_of_a_program_that_does_not_answer() -> None:
    """pywin32 has nothing else to say when the program dies, or edits a cell, just before a property is set."""
    with pytest.raises(WorkbookError, match=r"^表\.xlsx：电子表格程序没有回答：可能已经关闭"), guarded("表.xlsx"):
        raise AttributeError("Property '<unknown>.Color' can not be set.")
    with pytest.raises(AttributeError, match="no attribute"), guarded("表.xlsx"):
        raise AttributeError("'Book' object has no attribute 'nmae'")


@pytest.mark.parametrize("message", ["the object is disposed", "illegal object given!"])
def test_a_libreoffice_whose_workbook_was_closed_is_said_to_be_gone(message: str) -> None:
    class DisposedError(Exception):
        Message = message

    with pytest.raises(GoneError, match=r"^表\.ods：.*已经关闭"), guarded("表.ods"):
        raise DisposedError


def test_a_refusal_is_neither_a_busy_program_nor_one_that_is_gone() -> None:
    assert is_refusal(Refused("不行"))
    assert not any(is_refusal(error) for error in (Rejected(), Gone(), ConnectionResetError(), ZeroDivisionError()))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (0x80010001, BusyError),  # RPC_E_CALL_REJECTED
        (0x8001010A, BusyError),  # RPC_E_SERVERCALL_RETRYLATER
        (0x800AC472, BusyError),  # VBA_E_IGNORE, of Excel itself
        (0x800706BA, GoneError),  # RPC_S_SERVER_UNAVAILABLE
        (0x800706BE, GoneError),  # RPC_S_CALL_FAILED
        (0x80010108, GoneError),  # RPC_E_DISCONNECTED
        (0x800401FD, GoneError),  # CO_E_OBJNOTCONNECTED
    ],
)
def test_the_codes_of_com(code: int, kind: type[Exception]) -> None:
    class ComError(Exception):
        hresult = code - 2**32

    with pytest.raises(kind), guarded("表.xlsx"):
        raise ComError
