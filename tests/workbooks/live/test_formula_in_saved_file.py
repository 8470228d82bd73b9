"""A formula that was given up in LibreOffice, saved there, and comes back in the file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, SetValue
from gongkai_workbooks.live import LiveHost
from gongkai_workbooks.live.program import ARRAY_PART
from gongkai_workbooks.package import undo_edits

from .conftest import Opener
from .practice import SHEET

FORMULAS = {
    "D2": "=SUM(B4:B5,锁定!A1:A2,3)",
    "D3": "='锁定'!A1+隐藏!$A$1*10%",
    "D4": '=IF(B4>=30,ROUND(SUM(B4:B5)/3,2),"甲;乙,丙")',
    "D5": "=SUMIF(B4:B5,\">30\",B4:B5)-ABS(-1.5)",
}  # fmt: skip
SPELT = {"D2": "=SUM(B4:B5,'锁定'!A1:A2,3)", "D3": "='锁定'!A1+'隐藏'!$A$1*10%"}


@pytest.mark.libreoffice
def test_it_comes_back_as_it_was(in_office: Opener, practice: Path) -> None:
    book = openpyxl.load_workbook(practice)
    for address, formula in FORMULAS.items():
        book[SHEET][address] = formula
    book.save(practice)
    opened = in_office(practice)
    host = LiveHost(opened)
    cells = {CellRef(SHEET, row, 4): f"D{row}" for row in range(2, 6)}
    texts, grid = host.formulas(SHEET), host.read(SHEET)
    before = {address: grid.value(cell.row, 4) for cell, address in cells.items()}
    values = tuple(
        SetValue(cell=cell, old=grid.value(cell.row, 4), new=1000.0, formula=texts[cell.row, 4]) for cell in cells
    )
    assert host.apply(Edits(values=values)).refused == ()
    saved = practice.with_name("另存.xlsx")
    opened.save(str(saved))
    opened.close()
    assert undo_edits(saved, saved) == ()
    after = {address: openpyxl.load_workbook(saved)[SHEET][address].value for address in FORMULAS}
    assert after == {**FORMULAS, **SPELT}
    kept = {address: openpyxl.load_workbook(saved, data_only=True)[SHEET][address].value for address in FORMULAS}
    again = LiveHost(in_office(saved)).read(SHEET)
    assert kept == before == {address: again.value(cell.row, 4) for cell, address in cells.items()}


@pytest.mark.libreoffice
def test_the_formula_of_an_array_is_not_given_up(in_office: Opener, practice: Path) -> None:
    """What LibreOffice shows of it does not say that it is one."""
    book = openpyxl.load_workbook(practice)
    book[SHEET]["D2"] = ArrayFormula("D2", "=SUM(B4:B5*C4:C5)")
    book[SHEET]["D4"] = ArrayFormula("D4:D5", "=B4:B5*2")
    book.save(practice)
    host = LiveHost(in_office(practice))
    texts, grid = host.formulas(SHEET), host.read(SHEET)
    cells = [CellRef(SHEET, row, 4) for row in (2, 4, 5)]
    values = tuple(
        SetValue(cell=cell, old=grid.value(cell.row, 4), new=1.0, formula=texts[cell.row, 4]) for cell in cells
    )
    refused = host.apply(Edits(values=values)).refused
    assert [(refusal.cell, refusal.reason) for refusal in refused] == [(cell, ARRAY_PART) for cell in cells]
    assert host.formulas(SHEET) == texts
