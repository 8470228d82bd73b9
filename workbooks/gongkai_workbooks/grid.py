"""What a host hands over of one sheet: the values with their true addresses, and what no value shows."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

# A blank cell is "" (as calamine returns it); a number is float, or int where the host knows it.

CellValue = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta

NEVER_CALCULATED = "never calculated"
"""The fault of a cell that holds a formula without a stored result."""


class Span(NamedTuple):
    """A rectangle of cells; all four bounds count from 1 and belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The values of one sheet.

    ``rows[i][j]`` is the cell at row ``top + i``, column ``left + j`` (both counted from 1). Rows may differ in length; what
    lies outside is blank. ``faults`` holds the cells whose value no reader can give: an error value (``#REF!``) or a formula
    that was never calculated (``NEVER_CALCULATED``); such a cell is unknown, never blank, whatever ``rows`` says there.
    """

    sheet: str
    rows: list[list[CellValue]]
    top: int = 1
    left: int = 1
    visible: bool = True
    merges: tuple[Span, ...] = ()
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def value(self, row: int, column: int) -> CellValue:
        """The value at a row and column counted from 1; ``""`` where the cell is blank or outside the used area."""
        i, j = row - self.top, column - self.left
        if i < 0 or j < 0 or i >= len(self.rows):
            return ""
        cells = self.rows[i]
        return cells[j] if j < len(cells) else ""

    def cells(self) -> Iterator[tuple[int, int, CellValue]]:
        """Row, column and value of every cell that is not blank, in reading order."""
        for i, cells in enumerate(self.rows, self.top):
            for j, value in enumerate(cells, self.left):
                if value != "":
                    yield i, j, value

    @property
    def bottom(self) -> int:
        """The last used row, counted from 1; ``top - 1`` when the sheet is empty."""
        return self.top + len(self.rows) - 1

    @property
    def right(self) -> int:
        """The last used column, counted from 1; ``left - 1`` when the sheet is empty."""
        return self.left + max((len(cells) for cells in self.rows), default=0) - 1
