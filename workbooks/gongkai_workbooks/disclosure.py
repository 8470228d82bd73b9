"""The nine tables of one workbook, recognised and read: every amount addressable by table, item and column.

Items are known by their canonical label (``"本年收入合计"``), by the three-digit class code of a function line in 01 and 04 (``"208"``),
or by their classification code (``"2080505"``, ``"30108"``). Columns are known by their canonical label. The layouts
(``gongkai_workbooks/layouts``) list the canonical labels and what they are called in other places and years.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from .amounts import Amount, AmountUnit
from .cells import CellRef
from .table_amounts import TableAmounts

TABLE_NUMBERS = ("01", "02", "03", "04", "05", "06", "07", "08", "09")

FAULT_TEXT = "text"
FAULT_ERROR = "error"
FAULT_NEVER_CALCULATED = "never calculated"


class TableStatus(StrEnum):
    """What became of one of the nine tables."""

    CHECKED = "checked"
    EMPTY = "empty"
    MISSING = "missing"
    UNREADABLE = "unreadable"


class Item(NamedTuple):
    """One line of a table. A tuple, because hundreds are made for each workbook.

    ``key`` is unique in the table: the canonical label, or the code; a code that occurs again is ``2080505#2``. ``columns`` maps
    the canonical column labels to sheet columns; lines of one block share one mapping. ``role`` tells what the line is:
    ``total`` (合计, 本年收入合计 ...), ``income`` (a source of this year's income in 01 or 04), ``class`` (a function line of 01 or 04),
    ``code`` (a classification code), ``line`` (any other). A line that no layout knows has its printed label as key and
    the role of the zone it stands in.
    ``name`` is the label or 科目名称 as printed, ``code`` the code as printed, blanks removed, or "".
    ``label_column`` is the sheet column of the label or code, for marks on the line itself.
    """

    key: str
    name: str
    row: int
    columns: Mapping[str, int]
    role: Literal["total", "income", "class", "code", "line"]
    code: str = ""
    label_column: int = 1
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class AmountFault:
    """An amount cell without a readable amount: unknown in every equation.

    ``kind`` is FAULT_TEXT, FAULT_ERROR or FAULT_NEVER_CALCULATED; ``found`` is what stands there (shortened to 40 characters).
    """

    item: str
    column: str
    cell: CellRef
    kind: str
    found: str


@dataclass(slots=True)
class Table:
    """One of the nine tables, as it was found. Build it with ``locate``; nothing changes it afterwards."""

    number: str
    title: str
    """The canonical title."""
    status: TableStatus
    reason: str = ""
    """Why it is missing, unreadable or empty, in Chinese; else ""."""
    sheet: str = ""
    printed_title: str = ""
    title_cell: CellRef | None = None
    amount_unit: AmountUnit | None = None
    """None when no unit is stated in this table; its amounts are then read in the unit of the disclosure."""
    unit_cell: CellRef | None = None
    department: str = ""
    department_cell: CellRef | None = None
    year: int | None = None
    year_cell: CellRef | None = None
    table_code: str = ""
    """The printed 公开0N表, as ``"03"``; "" where none is printed."""
    table_code_cell: CellRef | None = None
    columns: tuple[str, ...] = ()
    """Canonical labels of the amount columns that the table has, in the order of the sheet."""
    unknown_columns: tuple[tuple[str, CellRef], ...] = ()
    """Amount columns with a heading that no layout knows: printed heading and its cell."""
    items: dict[str, Item] = field(default_factory=dict)
    """The lines by key, in the order of the sheet."""
    unknown_lines: tuple[Item, ...] = ()
    """Lines of 01, 04 and 09 whose label no layout knows and that carry an amount; they are in ``items`` too."""
    amounts: TableAmounts = field(default_factory=TableAmounts)
    """Every printed (not blank) amount by item key and column label."""
    faults: dict[tuple[str, str], AmountFault] = field(default_factory=dict)
    dashes: dict[tuple[str, str], str] = field(default_factory=dict)
    """What stands in the blank amounts that are not quite empty, by item key and column label, as in the file: a dash, a blank."""
    notes: tuple[tuple[str, CellRef], ...] = ()
    """Text lines under (or over) the table: 注：…, 说明：…"""
    formulas: frozenset[tuple[int, int]] = frozenset()
    """Row and column of the cells of this sheet that hold a formula; empty when the host was not asked."""
    first_row: int = 0
    last_row: int = 0
    header_row: int = 0
    """The last row of the heading."""
    hidden: bool = False
    """The sheet that holds the table is hidden."""
    hidden_columns: tuple[str, ...] = ()
    """Canonical labels of the amount columns that stand in a hidden sheet column."""
    known: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What others worked out of ``items``, by a name of theirs: many rules ask the same of the lines, and these do not change."""

    def place(self, item: str, column: str) -> CellRef | None:
        """The cell of an amount, blank or not; None when the table has no such line or column."""
        line = self.items.get(item)
        if line is None:
            return None
        number = line.columns.get(column)
        return None if number is None else CellRef(self.sheet, line.row, number)

    def amount(self, item: str, column: str) -> Amount | None:
        """The amount; a blank one (fen 0) where the cell is empty; None where it is unknown or there is no such cell."""
        key = (item, column)
        if key in self.amounts:
            return self.amounts[key]
        if key in self.faults:
            return None
        cell = self.place(item, column)
        return None if cell is None else Amount(0, 0, cell, True)


@dataclass(slots=True)
class Disclosure:
    """The nine tables of one department and year."""

    path: str
    department: str
    year: int | None
    amount_unit: AmountUnit
    unit_stated: bool
    """False when no table says 单位：万元; the unit is then a guess that a rule reports."""
    tables: dict[str, Table]
    """All nine by number, ``"01"`` to ``"09"``, the missing ones included."""
    extra_titles: tuple[tuple[str, CellRef], ...] = ()
    """Titles of further tables (10 and up) that were passed over."""
    sheets: tuple[str, ...] = ()
    duplicates: tuple[tuple[str, CellRef], ...] = ()
    """Further copies of one of the nine tables, which were passed over: number and title cell."""
    contents: tuple[tuple[str, CellRef], ...] = ()
    """The titles that a table of contents lists: number of the table (``EXTRA`` of ``layouts`` for a further one) and cell; empty without one."""

    def amount(self, table: str, item: str, column: str) -> Amount | None:
        """The amount of a cell, see ``Table.amount``."""
        return self.tables[table].amount(item, column)
