"""Whoever keeps a journal in an open workbook may be ended at any moment; what is left can be worked with and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlwings

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import JOURNAL_SHEET, RESULTS_SHEET, Edits, Journal, SetValue
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.live import LiveHost
from gongkai_workbooks.live.excel_program import ExcelProgram

from .memory_engine import workbook_in_memory
from .practice import SHEET, write_practice
from .state import state_of
from .test_apply_and_undo import LIST

B2, B3 = CellRef(SHEET, 2, 2), CellRef(SHEET, 3, 2)
FIRST = Edits(values=(SetValue(cell=B2, old=10.5, new=11.5),))
SECOND = Edits(values=(SetValue(cell=B3, old="20.25", new=20.25),))


class EndedError(BaseException):
    """The process is gone."""


@pytest.fixture
def book(tmp_path: Path) -> xlwings.Book:
    return workbook_in_memory(write_practice(tmp_path / "练习.xlsx"))


def end_at(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process end just before the program is asked for this."""

    def ended(*_: Any) -> None:
        raise EndedError

    monkeypatch.setattr(ExcelProgram, name, ended)


def test_between_adding_the_sheet_and_writing_there(book: xlwings.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state_of(book, SHEET)
    with monkeypatch.context() as patched, pytest.raises(EndedError):
        end_at("put_texts", patched)
        LiveHost(book).apply(FIRST)
    assert JOURNAL_SHEET in book.sheet_names
    host = LiveHost(book)
    assert host.kept() == () and state_of(book, SHEET) == before
    host.drop(Journal(tool_version="", time="", source=""))
    assert JOURNAL_SHEET not in book.sheet_names


def test_the_next_correction_finds_the_sheet_ready(book: xlwings.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state_of(book, SHEET)
    with monkeypatch.context() as patched, pytest.raises(EndedError):
        end_at("put_texts", patched)
        LiveHost(book).apply(FIRST)
    journal = LiveHost(book).apply(FIRST).journal
    assert LiveHost(book).kept() == (journal,)
    assert LiveHost(book).undo(journal) == ()
    assert JOURNAL_SHEET not in book.sheet_names and state_of(book, SHEET) == before


@pytest.mark.parametrize("moment", ["put_texts", "hide_deeply"])
def test_an_earlier_journal_is_never_lost(moment: str, book: xlwings.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    first = LiveHost(book).apply(FIRST).journal
    with monkeypatch.context() as patched, pytest.raises(EndedError):
        end_at(moment, patched)
        LiveHost(book).apply(SECOND)
    assert LiveHost(book).kept()[0] == first
    assert LiveHost(book).undo(first) == ()
    assert book.sheets[SHEET]["B2"].value == 10.5


def test_between_adding_the_list_and_tagging_it(book: xlwings.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tuple(book.sheet_names)
    with monkeypatch.context() as patched, pytest.raises(EndedError):
        end_at("tag", patched)
        LiveHost(book).apply(Edits(results=LIST))
    assert RESULTS_SHEET in book.sheet_names
    assert LiveHost(book).clear_marks() == ()
    assert tuple(book.sheet_names) == before


def test_a_sheet_that_the_user_has_filled_is_none_of_ours(book: xlwings.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched, pytest.raises(EndedError):
        end_at("tag", patched)
        LiveHost(book).apply(Edits(results=LIST))
    book.sheets[RESULTS_SHEET].range("B2").value = "本单位的表"
    [refusal] = LiveHost(book).clear_marks()
    assert "未删除" in refusal.reason and RESULTS_SHEET in book.sheet_names


def test_a_shorter_record_leaves_nothing_of_the_longer_one(book: xlwings.Book) -> None:
    many = tuple(SetValue(cell=CellRef(SHEET, row, 6), old="", new="长" * 900) for row in range(20, 60))
    first, second = (LiveHost(book).apply(edits).journal for edits in (FIRST, Edits(values=many)))
    host = LiveHost(book)
    assert host.kept() == (first, second)
    assert host.undo(second) == ()
    assert host.kept() == (first,)


def test_a_record_of_which_only_the_heading_is_left_is_damaged(book: xlwings.Book) -> None:
    LiveHost(book).apply(FIRST)
    book.sheets[JOURNAL_SHEET].range("A2").value = None
    with pytest.raises(WorkbookError, match="校验记录有误"):
        LiveHost(book).kept()
