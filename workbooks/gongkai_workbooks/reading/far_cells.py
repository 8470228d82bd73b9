"""Cells that lie far apart: brought together for a reader that allocates the whole rectangle, and put back afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.grid import CellValue

from .limits import MAX_AREA
from .zip_archive import TOO_LARGE


class Layout(NamedTuple):
    """Where the cells of a sheet are written for the reader. ``area`` is the rectangle around them.

    With ``row_numbers`` set, they are numbered 1, 2, 3 ... down and across, and stand for these rows and columns of the sheet.
    """

    area: int
    row_numbers: Sequence[int] | None = None
    column_numbers: Sequence[int] | None = None


IN_PLACE = Layout(0)
_EMPTY_ROW: list[CellValue] = []


def layout_of(rows: Iterable[int], columns: Iterable[int]) -> Layout:
    """The layout for cells in these rows and columns. Raises ``UnreadableError`` when even the used ones cross too often."""
    used_rows, used_columns = sorted(set(rows)), sorted(set(columns))
    if not used_rows:
        return IN_PLACE
    area = (used_rows[-1] - used_rows[0] + 1) * (used_columns[-1] - used_columns[0] + 1)
    if area <= MAX_AREA:
        return Layout(area)
    area = len(used_rows) * len(used_columns)
    if area > MAX_AREA:
        raise UnreadableError(TOO_LARGE)
    return Layout(area, used_rows, used_columns)


def spread(rows: list[list[CellValue]], top: int, left: int, layout: Layout) -> tuple[list[list[CellValue]], int, int]:
    """Rows, top and left as they are in the sheet, from those that were read; blank rows share one empty list."""
    row_numbers, column_numbers = layout.row_numbers, layout.column_numbers
    if row_numbers is None or column_numbers is None or not rows:
        return rows, top, left
    first_row, first_column = row_numbers[0], column_numbers[0]
    placed = [_EMPTY_ROW] * (row_numbers[-1] - first_row + 1)
    total = len(placed)
    for number, cells in enumerate(rows, top):
        filled = [(column_numbers[place - 1], value) for place, value in enumerate(cells, left) if value != ""]
        if not filled:
            continue
        width = filled[-1][0] - first_column + 1
        total += width
        if total > 2 * MAX_AREA:
            raise UnreadableError(TOO_LARGE)
        row: list[CellValue] = [""] * width
        for column, value in filled:
            row[column - first_column] = value
        placed[row_numbers[number - 1] - first_row] = row
    return placed, first_row, first_column
