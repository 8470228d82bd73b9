"""A formula is given up for one cell only, after a yes to that, and comes back with the correction's undoing."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings

from gongkai.desk.open_workbook import SavedWorkbook
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.live import LiveHost
from tests.workbooks.live.memory_engine import model_of, workbook_in_memory
from tests.workbooks.live.state import state_of

from .conftest import WRONG, Ask
from .test_checking import TOTAL03

FORMULA = "=667+9"


@pytest.fixture
def book() -> xlwings.Book:
    """The sample with documented errors, in which the wrong total of 03 is a formula."""
    opened = workbook_in_memory(data_folder("samples") / WRONG)
    opened.sheets[TOTAL03.sheet].range((TOTAL03.row, TOTAL03.column)).formula = FORMULA
    return opened


def formula(book: xlwings.Book) -> object:
    return book.sheets[TOTAL03.sheet].range((TOTAL03.row, TOTAL03.column)).formula


def test_it_is_asked_for_that_cell_and_taken_back(ask: Ask, book: xlwings.Book) -> None:
    before = state_of(book, TOTAL03.sheet)
    host = LiveHost(book)
    asked = ask(host, "fix_selected", sheet=TOTAL03.sheet, cell=TOTAL03.a1)
    assert asked.outcome == "confirm" and asked.cell == TOTAL03
    assert FORMULA in asked.sentence and "667.00" in asked.sentence and "公式吗？" in asked.sentence
    assert state_of(book, TOTAL03.sheet) == before
    done = ask(host, "fix_selected", sheet=TOTAL03.sheet, cell=TOTAL03.a1, confirmed=True)
    assert done.outcome == "done" and done.changed == (TOTAL03,)
    assert (formula(book), host.read(TOTAL03.sheet).value(TOTAL03.row, TOTAL03.column)) == ("667", 667.0)
    assert ask(LiveHost(book), "undo_last").changed == (TOTAL03,)
    ask(LiveHost(book), "clear_marks")
    assert formula(book) == FORMULA and state_of(book, TOTAL03.sheet) == before


def test_the_safe_ones_leave_it_alone(ask: Ask, book: xlwings.Book) -> None:
    answer = ask(LiveHost(book), "fix_safe", confirmed=True)
    assert TOTAL03 not in answer.changed and formula(book) == FORMULA


def test_a_formula_that_the_user_has_put_back_is_not_touched(ask: Ask, book: xlwings.Book) -> None:
    ask(LiveHost(book), "fix_selected", sheet=TOTAL03.sheet, cell=TOTAL03.a1, confirmed=True)
    cell = book.sheets[TOTAL03.sheet].range((TOTAL03.row, TOTAL03.column))
    cell.formula = "=600+67"
    assert ask(LiveHost(book), "undo_last").left == (TOTAL03,)
    assert formula(book) == "=600+67"


def test_where_the_way_back_cannot_be_kept_it_stays(ask: Ask, book: xlwings.Book) -> None:
    model_of(book).ProtectStructure = True
    answer = ask(LiveHost(book), "fix_selected", sheet=TOTAL03.sheet, cell=TOTAL03.a1, confirmed=True)
    assert answer.outcome == "refused" and "结构受保护" in answer.sentence and formula(book) == FORMULA


def test_a_saved_file_keeps_its_formulas(ask: Ask, saved: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(saved)
    book[TOTAL03.sheet][TOTAL03.a1] = FORMULA
    book.save(saved)
    answer = ask(SavedWorkbook(saved), "fix_selected", sheet=TOTAL03.sheet, cell=TOTAL03.a1, confirmed=True)
    assert answer.outcome == "refused"
    assert openpyxl.load_workbook(saved)[TOTAL03.sheet][TOTAL03.a1].value == FORMULA
