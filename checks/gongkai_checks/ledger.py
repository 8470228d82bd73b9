"""The amounts of one disclosure, arranged so that many relations can be evaluated quickly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gongkai_workbooks.amounts import Amount, AmountUnit
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure, Table, TableStatus
from gongkai_workbooks.locate.outline import LOST
from gongkai_workbooks.table_amounts import TableAmounts

from .code_tree import CLASS_DIGITS, CodeTree, code_tree, of_digits
from .equations import Condition, Equation

TOTAL = "合计"


class Key(NamedTuple):
    """One amount cell: table number, item key, column label."""

    table: str
    item: str
    column: str


class PrintedAmounts(dict[tuple[str, str], Amount | None]):
    """The printed amounts of a table by item and column, each made when it is first asked for; None where nothing is printed."""

    __slots__ = ("_amounts",)

    def __init__(self, amounts: TableAmounts) -> None:
        self._amounts = amounts

    def __missing__(self, place: tuple[str, str]) -> Amount | None:
        amount = self[place] = self._amounts.printed(*place)
        return amount


class TableLedger:
    """One table: printed amounts in 分 by column and item, the tree of its codes, and the cells that are unknown.

    ``nonzero`` are the columns that print anything but 0, ``others`` the lines without a code.
    """

    __slots__ = (
        "_below",
        "_blanks",
        "_half_width",
        "_unprinted",
        "amounts",
        "class_codes",
        "classes",
        "columns",
        "empty",
        "faults",
        "fens",
        "incomes",
        "nonzero",
        "number",
        "others",
        "readable",
        "table",
        "tree",
    )

    def __init__(self, number: str, table: Table) -> None:
        self.number = number
        self.table = table
        self.readable = table.status in (TableStatus.CHECKED, TableStatus.EMPTY)
        self.empty = table.status is TableStatus.EMPTY
        self.tree: CodeTree = code_tree(table)
        self.faults = frozenset(table.faults)
        self.others = [key for key in table.items if key not in self.tree.members]
        roles = [(key, table.items[key].role) for key in self.others]
        self.classes = tuple([key for key, role in roles if role == "class"])
        self.class_codes = of_digits(CLASS_DIGITS, self.classes)
        self.incomes = tuple([key for key, role in roles if role == "income"])
        self.fens = table.amounts.fens
        self.columns = frozenset(table.columns)
        self.amounts = PrintedAmounts(table.amounts)
        self._half_width: int | None = None
        self.nonzero = frozenset([column for column, cells in self.fens.items() if any(cells.values())])
        self._blanks: dict[tuple[str, str], Amount | None] = {}
        self._below: dict[str, dict[str, int]] = {}
        self._unprinted = tuple(self.tree.stems - table.items.keys()) if self.tree.gaps else ()

    def blank(self, item: str, column: str) -> Amount | None:
        """The blank amount of a cell that prints nothing; None where there is no such cell, or it is unknown."""
        key = (item, column)
        if key not in self._blanks:
            cell = None if key in self.table.amounts or key in self.faults else self.table.place(item, column)
            self._blanks[key] = None if cell is None else Amount(0, 0, cell, True)
        return self._blanks[key]

    def sums_below(self, column: str) -> Mapping[str, int]:
        """What the rows right below each code add up to in a column, in 分; only codes of which one such row prints an amount."""
        below = self._below.get(column)
        if below is None:
            parents, cells = self.tree.parents, self.fens.get(column, {})
            below = self._below[column] = dict.fromkeys([parents[name] for name in cells if name in parents], 0)
            if column in self.nonzero:
                for name, fen in cells.items():
                    if name in parents:
                        below[parents[name]] += fen
        return below

    def half_width(self) -> int:
        """The half-width (分) that all printed amounts have; -1 when they differ."""
        if self._half_width is None:
            widths = self.table.amounts.half_widths()
            self._half_width = next(iter(widths)) if len(widths) == 1 else -1
        return self._half_width

    def unprinted(self, column: str) -> tuple[str, ...]:
        """Codes that have rows below them but none of their own, and the total row where it has no cell in a column."""
        total = self.table.items.get(TOTAL)
        if (total is None or column not in total.columns) and self.tree.top:
            return (*self._unprinted, TOTAL)
        return self._unprinted

    @property
    def name(self) -> str:
        """公开03, as messages call the table."""
        return f"公开{self.number}"

    def below(self, stem: str) -> tuple[str, ...]:
        """Rows that together stand for a code, or for the total row, that the table does not print."""
        if stem == TOTAL:
            return self.tree.top
        return tuple(key for key in self.tree.top if key.startswith(stem))


Difference = tuple[str, int]
"""A line, and left minus right (分) of its relation."""


class Sums(NamedTuple):
    """The relations of an equation in one column: how many have a printed amount, and those that do not hold to the last digit.

    ``differing`` is in the order in which the lines first print something.
    """

    checked: int
    differing: Sequence[Difference]


class Ledger:
    """All nine tables of one disclosure."""

    __slots__ = (
        "_grains",
        "conditions",
        "disclosure",
        "empty",
        "faulty",
        "idle",
        "lines",
        "sums",
        "tables",
        "unreadable",
    )

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        # Filled while equations are evaluated: what several of them share.
        self.lines: dict[int, Mapping[str, None]] = {}
        self.sums: dict[tuple[int, str], Sums] = {}
        self._grains: dict[str, int] = {}
        self.conditions: dict[Condition, str] = {}
        self.tables = {number: TableLedger(number, table) for number, table in disclosure.tables.items()}
        self.unreadable = frozenset(number for number, table in self.tables.items() if not table.readable)
        self.empty = frozenset(number for number, table in self.tables.items() if table.empty)
        self.idle = self.unreadable | self.empty
        self.faulty = frozenset(number for number, table in self.tables.items() if table.faults)

    def inapplicable(self, equation: Equation) -> str:
        """Why an equation says nothing of this disclosure: a table is missing or all are empty, or its condition; else ""."""
        for number in equation.tables:
            if number in self.unreadable:
                missing = self.tables[number].table.status is TableStatus.MISSING
                return f"公开{number}{'缺失' if missing else '无法识别'}"
        if self.empty.issuperset(equation.tables):
            return f"{'、'.join('公开' + number for number in equation.tables)}为空表"
        if equation.when is None:
            return ""
        reason = self.conditions.get(equation.when)
        if reason is None:
            reason = self.conditions[equation.when] = equation.when(self.disclosure)
        return reason

    def unit(self, table: str) -> AmountUnit:
        """The unit in which a table prints its amounts."""
        return self.disclosure.tables[table].amount_unit or self.disclosure.amount_unit

    def grain(self, table: str) -> int:
        """The least step (分) that a table prints."""
        grain = self._grains.get(table)
        if grain is None:
            grain = self._grains[table] = self.unit(table).grain
        return grain

    def amount(self, key: Key) -> Amount | None:
        """The amount of a cell; None when it is unknown or the table has no such cell."""
        return self.disclosure.amount(*key)

    def place(self, key: Key) -> CellRef | None:
        """The cell of an amount."""
        return self.disclosure.tables[key.table].place(key.item, key.column)

    def describe(self, key: Key) -> str:
        """The amount in words: 公开03 2080505 机关事业单位基本养老保险缴费支出·基本支出."""
        return f"公开{key.table}“{self.item_label(key)}”{key.column}"

    def item_label(self, key: Key) -> str:
        """Code and name of a line as a reader knows it: ``208 社会保障和就业支出``, ``本年收入合计``."""
        item = self.disclosure.tables[key.table].items.get(key.item)
        if item is None:
            return key.item
        if item.role == "code":
            return f"{item.code or key.item} {item.name}".strip()
        return item.name or (f"第 {item.row} 行" if key.item.startswith(LOST) else key.item)
