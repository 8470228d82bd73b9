"""Writing is fast, and its cost grows with the size of the workbook, not with its square."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlsxwriter

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, Mark, SetValue

from .edits import write
from .nine_sheets import nine_sheets, twenty_marks
from .reading import cached_values


def processor_seconds(action: Callable[[], object], times: int) -> float:
    """The least processor time of several runs: what else the machine does hardly counts."""
    spent = []
    for _ in range(times):
        gc.collect()
        start = time.process_time()
        action()
        spent.append(time.process_time() - start)
    return min(spent)


def test_at_least_fifteen_times_faster_than_loading_and_saving(tmp_path: Path) -> None:
    source, output = tmp_path / "nine.xlsx", tmp_path / "out.xlsx"
    nine_sheets(source, 30)
    edits = twenty_marks()
    ours = processor_seconds(lambda: write(source, edits, output), 10)
    theirs = processor_seconds(lambda: openpyxl.load_workbook(source).save(tmp_path / "theirs.xlsx"), 4)
    assert theirs / ours >= 15


def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    """Twice the rows and twice the edits cost twice, not four times."""

    def seconds(rows: int) -> float:
        source, output = tmp_path / f"{rows}.xlsx", tmp_path / f"{rows}.out.xlsx"
        with xlsxwriter.Workbook(source, {"constant_memory": True}) as book:
            sheet = book.add_worksheet("公开03")
            for row in range(rows):
                sheet.write_row(row, 0, (row, row * 2.5))
        every = range(0, rows, 20)
        edits = Edits(
            values=tuple(SetValue(cell=CellRef("公开03", row + 1, 2), old=row * 2.5, new=row * 3) for row in every),
            marks=tuple(Mark(cell=CellRef("公开03", row + 1, 3), severity="warning", note="核对") for row in every),
        )
        spent = processor_seconds(lambda: write(source, edits, output), 1)
        values = cached_values(output)["公开03"]
        assert (len(values), values[rows - 20][1], values[rows - 19][1]) == (rows, (rows - 20) * 3, (rows - 19) * 2.5)
        return spent

    small, large = seconds(50_000), seconds(100_000)
    assert large < 3 * small
