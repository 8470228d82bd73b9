"""The outline of a table: its lines and columns with their places, before any amount is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Item
from gongkai_workbooks.grid import Grid
from gongkai_workbooks.layouts import Role

MOST_COLUMNS = 256
"""Columns of a table that are looked at; no table has as many."""
LOST = "?row"
"""Key of a line that carries amounts and has no code or label: ``?row12`` on row 12 of the sheet."""
_NEW = tuple.__new__
"""Makes an ``Item`` without the call in between that a ``NamedTuple`` costs."""


class OutlineError(Exception):
    """The heading of a table cannot be understood; ``str()`` says in Chinese what was looked for."""


@dataclass(slots=True)
class Region:
    """The rows of a grid that belong to one table: indices in ``grid.rows``, from the title row ``start`` to before ``end``."""

    grid: Grid
    start: int
    end: int
    merged: frozenset[int] | None = None

    def width(self) -> int:
        """The number of columns of the longest row, at most ``MOST_COLUMNS``."""
        return min(max(map(len, self.grid.rows[self.start : self.end]), default=0), MOST_COLUMNS)

    def gap(self, last: int, limit: int, first: int, end: int) -> int:
        """The first blank column right of column ``last`` in the rows ``first`` to before ``end``; at most ``limit``. All indices.

        What stands beyond it is no part of the table. A column that merged cells reach over is none.
        """
        rows = self.grid.rows[first:end]
        for j in range(last + 1, limit):
            if j not in self._merged() and all(j >= len(row) or row[j] == "" for row in rows):
                return j
        return limit

    def _merged(self) -> frozenset[int]:
        """Columns over which a cell below the title reaches from the left."""
        if self.merged is None:
            grid = self.grid
            top, bottom = grid.top + self.start + 1, grid.top + self.end - 1
            merged: set[int] = set()
            for span in grid.merges:
                if span.left < span.right and top <= span.top <= bottom:
                    merged.update(range(span.left + 1 - grid.left, min(span.right - grid.left, MOST_COLUMNS) + 1))
            self.merged = frozenset(merged)
        return self.merged


@dataclass(slots=True)
class Outline:
    """What a family of tables makes of a region. Row and column numbers of ``items`` are those of the sheet, from 1.

    ``header`` is the index of the last row of the heading, ``first`` the index of its first row. ``unknown`` are the keys of lines that no layout
    knows, ``repeated`` counts the keys that occur more than once.
    """

    region: Region
    items: dict[str, Item] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    unknown_columns: list[tuple[str, CellRef]] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    repeated: dict[str, int] = field(default_factory=dict)
    first: int = 0
    header: int = 0

    def add(
        self, key: str, name: str, row: int, column: int, columns: Mapping[str, int], role: Role, code: str = ""
    ) -> str:
        """Add the line at indices ``row`` and ``column``; a key that occurs again becomes ``key#2``. Returns the key."""
        items = self.items
        if key in items:
            count = self.repeated.get(key, 1) + 1
            while f"{key}#{count}" in items:
                count += 1
            self.repeated[key] = count
            key = f"{key}#{count}"
        grid = self.region.grid
        items[key] = _NEW(Item, (key, name, grid.top + row, columns, role, code, grid.left + column, False))
        return key

    def drop_page_number(self) -> None:
        """Take back a last line that is a number alone under a blank row."""
        key = next(reversed(self.items), "")
        if key.startswith(LOST):
            rows, i = self.region.grid.rows, self.items[key].row - self.region.grid.top
            if len(rows[i]) - rows[i].count("") == 1 and not any(rows[i - 1]):
                del self.items[key]
