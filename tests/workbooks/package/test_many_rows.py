"""A sheet of a hundred thousand rows is written right; what writing costs is measured in tests/benchmarks."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, Mark, SetValue

from .edits import write
from .reading import cached_values

ROWS = 100_000


def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    source, output = tmp_path / "many.xlsx", tmp_path / "many.out.xlsx"
    with xlsxwriter.Workbook(source, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("公开03")
        for row in range(ROWS):
            sheet.write_row(row, 0, (row, row * 2.5))
    every = range(0, ROWS, 20)
    edits = Edits(
        values=tuple(SetValue(cell=CellRef("公开03", row + 1, 2), old=row * 2.5, new=row * 3) for row in every),
        marks=tuple(Mark(cell=CellRef("公开03", row + 1, 3), severity="warning", note="核对") for row in every),
    )
    write(source, edits, output)
    values = cached_values(output)["公开03"]
    assert len(values) == ROWS
    assert values[ROWS - 20][1] == (ROWS - 20) * 3
    assert values[ROWS - 19][1] == (ROWS - 19) * 2.5
