"""How the cells of one table stand in a system: by line and column, and where they fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai_checks.diagnosis.system import System
from gongkai_checks.ledger import Key

TOTAL_COLUMNS = frozenset({"本年收入合计", "本年支出合计", "小计", "合计"})
"""The columns that are the sum of other columns of their line."""
MOST_LEVELS = 8


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


def upward(system: System, cell: int) -> tuple[int, ...]:
    """A cell and those of its column that it is added up in, from the bottom up: code, section, class, total."""
    known = system.paths.get(cell)
    if known is not None:
        return known
    path = [cell]
    while len(path) < MOST_LEVELS:
        above = next((total for total in _totals(system, path[-1]) if total not in path), None)
        if above is None:
            break
        path.append(above)
    system.paths[cell] = tuple(path)
    return system.paths[cell]


def _totals(system: System, cell: int) -> Iterator[int]:
    key = system.keys[cell]
    for number, _ in system.uses[cell]:
        row = system.rows[number]
        if row.hint or row.inequality or row.relation.lefts != 1 or len(row.relation.equation.tables) > 1:
            continue
        total = row.cells[0]
        if total != cell and system.keys[total].column == key.column and all(sign < 0 for sign in row.signs[1:]):
            yield total


def mends(system: System, number: int, changes: Mapping[int, int]) -> bool:
    """Whether a failing row may hold with some figures changed; a quick look before the exact one."""
    row = system.rows[number]
    difference = system.difference[number]
    wider = 0
    touched = False
    for cell, sign in zip(row.cells, row.signs, strict=True):
        value = changes.get(cell)
        if value is not None:
            difference += sign * (value - system.value[cell])
            touched = True
            if system.blank[cell] and value:
                wider += 2 * system.half[cell]
    if not touched or difference + system.low[number] > wider:
        return False
    return row.inequality or difference + system.high[number] >= -wider


def touching(system: System, rows: Sequence[int], table: str) -> tuple[int, ...]:
    """The rows in which a table takes part."""
    return tuple(number for number in rows if table in system.rows[number].relation.equation.tables)
