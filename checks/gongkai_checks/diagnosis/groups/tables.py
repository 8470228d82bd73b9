"""How the cells of one table stand in a system: by line and column, and where they fail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gongkai_checks.diagnosis.system import System
from gongkai_checks.ledger import TOTAL, Key

TOTAL_COLUMNS = frozenset({"本年收入合计", "本年支出合计", "小计", "合计"})
"""The columns that are the sum of other columns of their line."""


def tables_of(system: System, rows: Iterable[int]) -> tuple[str, ...]:
    """Numbers of the tables that take part in some rows."""
    return tuple(sorted({system.keys[cell].table for number in rows for cell in system.rows[number].cells}))


def lines_of(system: System, table: str) -> Mapping[str, Mapping[str, int]]:
    """The cells of a table: line, column, number of the cell; in the order of the sheet."""
    found: dict[str, dict[str, int]] = {}
    for item, line in system.ledger.disclosure.tables[table].items.items():
        cells = {
            column: cell for column in line.columns if (cell := system.at.get(Key(table, item, column))) is not None
        }
        if cells:
            found[item] = cells
    return found


def path_of(system: System, table: str, item: str) -> tuple[str, ...]:
    """A code's line and the lines above it, from the bottom up, the total row last."""
    tree = system.ledger.tables[table].tree
    path = [item]
    while (parent := tree.parents.get(path[-1])) is not None:
        path.append(parent)
    if path[-1] != TOTAL and TOTAL in system.ledger.disclosure.tables[table].items:
        path.append(TOTAL)
    return tuple(path)


def mends(system: System, number: int, changes: Mapping[int, int]) -> bool:
    """Whether a failing row would hold, to the width that it has now, with some figures changed; a quick look before the exact one."""
    row = system.rows[number]
    difference = system.difference[number]
    touched = False
    for cell, sign in zip(row.cells, row.signs, strict=True):
        value = changes.get(cell)
        if value is not None:
            difference += sign * (value - system.value[cell])
            touched = True
    if not touched or difference + system.low[number] > 0:
        return False
    return row.inequality or difference + system.high[number] >= 0


def touching(system: System, rows: Sequence[int], table: str) -> tuple[int, ...]:
    """The rows in which a table takes part."""
    return tuple(number for number in rows if table in system.rows[number].relation.equation.tables)
