"""The tables that can be read, the rows that carry codes, and what most tables say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure, Item, Table, TableStatus

from .code_tree import code_tree

CODE_TABLES = ("02", "03", "05", "07", "08")
"""The tables by 支出功能分类."""

READABLE = (TableStatus.CHECKED, TableStatus.EMPTY)
"""What a table is that is there and was read, even if it prints nothing."""

T = TypeVar("T")


def readable(table: Table) -> bool:
    """The table is there and was read, even if it is empty."""
    return table.status in READABLE


def readable_tables(disclosure: Disclosure) -> list[Table]:
    """The tables that are there and were read, by number."""
    return [table for table in disclosure.tables.values() if table.status in READABLE]


def code_tables(disclosure: Disclosure) -> list[Table]:
    """The readable tables by 支出功能分类 that have code rows."""
    tables = (disclosure.tables[number] for number in CODE_TABLES)
    return [table for table in tables if readable(table) and code_tree(table).keys]


def code_rows(table: Table) -> Sequence[Item]:
    """The rows with a code, in the order of the sheet."""
    rows: Sequence[Item] | None = table.known.get("code rows")
    if rows is None:
        rows = [item for item in table.items.values() if item.role == "code" and item.code]
        table.known["code rows"] = rows
    return rows


def code_names(table: Table) -> frozenset[tuple[str, str]]:
    """Code and name of the rows that print both."""
    names: frozenset[tuple[str, str]] | None = table.known.get("code names")
    if names is None:
        names = frozenset([(row.code, row.name) for row in code_rows(table) if row.name and not row.name.isspace()])
        table.known["code names"] = names
    return names


def label_cell(table: Table, item: Item) -> CellRef:
    """The cell that holds the label or code of a line."""
    return CellRef(table.sheet, item.row, item.label_column)


def usual(values: Mapping[str, T]) -> T:
    """What most tables say (``values`` by table number, not empty); of equally frequent values, that of the first table."""
    return Counter(values.values()).most_common(1)[0][0]


def numbers_of(tables: Iterable[Table]) -> list[str]:
    """The numbers of some tables."""
    return [table.number for table in tables]
