"""The amounts of one disclosure, arranged so that many relations can be evaluated quickly."""

from __future__ import annotations

from typing import NamedTuple

from gongkai_workbooks.amounts import Amount, AmountUnit
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure, Table, TableStatus

from .code_tree import CodeTree, code_tree
from .equations import Condition, Equation

TOTAL = "合计"


class Key(NamedTuple):
    """One amount cell: table number, item key, column label."""

    table: str
    item: str
    column: str


class TableLedger:
    """One table: printed amounts in 分 by column and item, the tree of its codes, and the cells that are unknown."""

    __slots__ = (
        "_blanks",
        "_unprinted",
        "classes",
        "empty",
        "faults",
        "fens",
        "incomes",
        "number",
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
        self.classes = tuple(key for key, item in table.items.items() if item.role == "class")
        self.incomes = tuple(key for key, item in table.items.items() if item.role == "income")
        fens: dict[str, dict[str, int]] = {}
        for (item, column), amount in table.amounts.items():
            if column in fens:
                fens[column][item] = amount.fen
            else:
                fens[column] = {item: amount.fen}
        self.fens = fens
        self._blanks: dict[tuple[str, str], Amount | None] = {}
        self._unprinted = tuple(self.tree.stems - table.items.keys())

    def blank(self, item: str, column: str) -> Amount | None:
        """The blank amount of a cell that prints nothing; None where there is no such cell, or it is unknown."""
        key = (item, column)
        if key not in self._blanks:
            self._blanks[key] = self.table.amount(item, column)
        return self._blanks[key]

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


class Ledger:
    """All nine tables of one disclosure."""

    __slots__ = ("conditions", "disclosure", "empty", "lines", "sums", "tables", "unreadable")

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        # Filled while equations are evaluated: what several of them share.
        self.lines: dict[tuple[object, ...], dict[str, None]] = {}
        self.sums: dict[tuple[int, str], dict[str, int]] = {}
        self.conditions: dict[Condition, str] = {}
        self.tables = {number: TableLedger(number, table) for number, table in disclosure.tables.items()}
        self.unreadable = frozenset(number for number, table in self.tables.items() if not table.readable)
        self.empty = frozenset(number for number, table in self.tables.items() if table.empty)

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
        return item.name or key.item
