"""A formula that the user gives up is replaced and comes back; any other stays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, SetValue
from gongkai_workbooks.live import LiveHost
from gongkai_workbooks.live.planning import FORMULA, OTHER_FORMULA

from .memory_engine import workbook_in_memory
from .practice import SHEET
from .state import state_of

if TYPE_CHECKING:
    import xlwings

SUM = CellRef(SHEET, 6, 2)


def test_the_formula_that_was_agreed_to_is_replaced_and_comes_back(book: xlwings.Book) -> None:
    host = LiveHost(book)
    before = state_of(book, SHEET)
    text, result = host.formulas(SHEET)[6, 2], host.read(SHEET).value(6, 2)
    for formula, reason in (("", FORMULA), ("=SUM(B2:B4)", OTHER_FORMULA)):
        refused = host.apply(Edits(values=(SetValue(cell=SUM, old=result, new=99.0, formula=formula),))).refused
        assert [(refusal.cell, refusal.reason) for refusal in refused] == [(SUM, reason)]
    [refusal] = host.apply(Edits(values=(SetValue(cell=SUM, old=1.0, new=99.0, formula=text),))).refused
    assert "与校验时不同" in refusal.reason
    assert state_of(book, SHEET) == before
    applied = host.apply(Edits(values=(SetValue(cell=SUM, old=result, new=99.0, formula=text),)))
    assert applied.refused == () and host.read(SHEET).value(6, 2) == 99.0 and (6, 2) not in host.formulas(SHEET)
    assert LiveHost(book).undo(host.kept()[-1]) == ()
    assert state_of(book, SHEET) == before


def test_a_formula_that_the_user_has_typed_again_is_no_change(practice: Path) -> None:
    book = workbook_in_memory(practice)
    host, total = LiveHost(book), CellRef(SHEET, 6, 2)
    result, formula = host.read(SHEET).value(6, 2), host.formulas(SHEET)[6, 2]
    applied = host.apply(Edits(values=(SetValue(cell=total, old=result, new=99.0, formula=formula),)))
    book.sheets[SHEET].range((6, 2)).formula = formula
    assert host.undo(applied.journal) == ()
    assert host.formulas(SHEET)[6, 2] == formula
