"""Marked and corrected in LibreOffice, saved, closed: taken back in the file, which is then as one that was only saved there."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, Mark, SetValue
from gongkai_workbooks.live import LiveHost
from gongkai_workbooks.package import clear_marks, undo_edits
from tests.workbooks.package.test_marked_live import looks

from .conftest import Opener
from .practice import SHEET
from .test_apply_and_undo import LIST

VALUES = (
    SetValue(cell=CellRef(SHEET, 2, 2), old=10.5, new=11.5),
    SetValue(cell=CellRef(SHEET, 3, 2), old="20.25", new=20.25),
)
MARKS = (
    Mark(cell=CellRef(SHEET, 2, 2), severity="error", note="有误"),
    Mark(cell=CellRef(SHEET, 2, 3), severity="warning", note="有误"),
    Mark(cell=CellRef(SHEET, 8, 1), severity="info", note="有误"),
)


@pytest.mark.libreoffice
def test_undo_and_clear_of_the_saved_file(in_office: Opener, practice: Path, tmp_path: Path) -> None:
    plain, marked, cleared = (tmp_path / name for name in ("照存.xlsx", "已标记.xlsx", "已清除.xlsx"))
    book = in_office(practice)
    book.save(str(plain))
    host = LiveHost(book)
    host.apply(Edits(values=VALUES))
    host.apply(Edits(marks=MARKS, results=LIST))
    book.save(str(marked))
    book.close()
    assert len(openpyxl.load_workbook(marked).sheetnames) == 5
    assert clear_marks(marked, cleared) == ()
    expected = looks(plain)
    assert undo_edits(marked, marked) == ()
    assert openpyxl.load_workbook(marked).sheetnames == openpyxl.load_workbook(plain).sheetnames
    assert looks(marked) == expected
    for edit in VALUES:
        place = f"{SHEET}!{edit.cell.a1}"
        expected[place] = (edit.new, *expected[place][1:])
    assert looks(cleared) == expected
