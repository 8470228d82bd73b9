"""Reads the amount cells of a table once its lines and columns are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from gongkai_workbooks.amounts import MAX_UNITS, WAN_YUAN, Amount, AmountUnit, Figure, read_figure
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import FAULT_ERROR, FAULT_NEVER_CALCULATED, FAULT_TEXT, AmountFault, Item, Table
from gongkai_workbooks.grid import NEVER_CALCULATED, CellValue, Grid
from gongkai_workbooks.labels import plain
from gongkai_workbooks.table_amounts import TableAmounts

_SHOWN = 40
_ERROR_TEXTS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!")


def read_amounts(table: Table, grid: Grid, unit: AmountUnit) -> None:
    """Fill ``table.amounts``, ``table.faults`` and ``table.dashes`` from the cells of its items, in ``unit``."""
    table.amounts = TableAmounts(table.items, grid.sheet, unit.half_width)
    rows, top, left = grid.rows, grid.top, grid.left
    cent, most = unit.fen // 100, MAX_UNITS
    fens: dict[str, dict[str, int]] = {}
    shared: Mapping[str, int] | None = None
    places: list[tuple[str, dict[str, int], int]] = []
    last = 0
    for key, _, number, columns, _, _, _, _ in table.items.values():
        row = rows[number - top]
        if columns is not shared:
            shared = columns
            places = [(label, fens.setdefault(label, {}), column - left) for label, column in columns.items()]
            last = max((j for _, _, j in places), default=0)
        if len(row) <= last:
            row = [*row, *[""] * (last + 1 - len(row))]
        for label, cells, j in places:
            value = row[j]
            if value.__class__ is float:
                # What read_figure does, without its calls: nearly all amounts of a workbook come this way.
                if -most < value < most:
                    steps = round(value * 100)
                    if steps / 100 == value:
                        cells[key] = steps * cent
                        continue
            elif value == "":
                continue
            figure = _read_cell(table, (key, label), CellRef(grid.sheet, number, left + j), value, unit)
            if figure is not None:
                cells[key] = figure
    table.amounts.fens = {label: cells for label, cells in fens.items() if cells}
    if grid.faults:
        _read_faults(table, grid)


def _read_cell(table: Table, place: tuple[str, str], cell: CellRef, value: CellValue, unit: AmountUnit) -> int | None:
    """Enter what a cell holds that is neither empty nor a plain number; its figure in 分, if it is one."""
    figure = read_figure(value, unit)
    if isinstance(figure, Figure):
        raw = value if figure.text and isinstance(value, str) else ""
        table.amounts.others[place] = Amount(figure.fen, figure.half_width, cell, False, figure.text, raw)
        return figure.fen
    if figure is None:
        table.dashes[place] = str(value)
    else:
        text = str(value)
        kind = FAULT_ERROR if text.strip().upper() in _ERROR_TEXTS else FAULT_TEXT
        table.faults[place] = AmountFault(*place, cell, kind, _shortened(text))
    return None


def _read_faults(table: Table, grid: Grid) -> None:
    """Cells that no reader can give a value of: unknown, whatever the grid says there."""
    for item in table.items.values():
        for label, column in item.columns.items():
            found = grid.faults.get((item.row, column))
            if found is None:
                continue
            place = (item.key, label)
            table.amounts.pop(place, None)
            table.dashes.pop(place, None)
            kind = FAULT_NEVER_CALCULATED if found == NEVER_CALCULATED else FAULT_ERROR
            table.faults[place] = AmountFault(
                item.key, label, CellRef(grid.sheet, item.row, column), kind, _shortened(found)
            )


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def holds_amount(value: CellValue) -> bool:
    """Whether a cell holds a number, or text that reads as one."""
    if value.__class__ is float or value.__class__ is int:
        return True
    if not value or value.__class__ is not str or "\u4e00" <= value[0] <= "\u9fff":
        return False  # no amount begins with a Chinese character
    return isinstance(read_figure(value, WAN_YUAN), Figure)


def row_holds_amounts(grid: Grid, index: int, columns: Iterable[int]) -> bool:
    """Whether a row, by its index in ``grid.rows``, has an amount or a fault in one of these columns (indices)."""
    row = grid.rows[index]
    width = len(row)
    for j in columns:
        if j < width and (value := row[j]) != "" and holds_amount(value):
            return True
    return bool(grid.faults) and any((grid.top + index, grid.left + j) in grid.faults for j in columns)


def consecutive(values: Sequence[CellValue]) -> bool:
    """Whether the values number columns: n, n+1, n+2 ... with n at least 1, as numbers or as text."""
    numbers: list[int] = []
    for value in values:
        if isinstance(value, str):
            text = plain(value).removesuffix(".00")
            if not text.isdecimal() or len(text) > 3:
                return False
            numbers.append(int(text))
        elif isinstance(value, (int, float)) and abs(value) < 1000 and value == int(value):
            numbers.append(int(value))
        else:
            return False
    return bool(numbers) and numbers[0] >= 1 and all(b - a == 1 for a, b in pairwise(numbers))


def all_amounts_zero(table: Table) -> bool:
    """Whether the table prints no amount other than 0 and has no unreadable one."""
    return not table.faults and not any(any(cells.values()) for cells in table.amounts.fens.values())


def lines_with_amounts(items: Iterable[Item], table: Table) -> tuple[Item, ...]:
    """Those of the lines that carry a printed or unreadable amount."""
    return tuple(
        item
        for item in items
        if any((item.key, label) in table.amounts or (item.key, label) in table.faults for label in item.columns)
    )
