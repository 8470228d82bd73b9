"""One sheet of an open workbook as a ``Grid``: a block of values, a block of formulas, and what no value shows."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.grid import Grid, Span

from .program import Place, Program
from .sheet_values import SheetValues, as_duration, block, sheet_values

if TYPE_CHECKING:
    import xlwings


def read_sheet(sheet: xlwings.Sheet, program: Program, largest: int) -> Grid:
    """The grid of a sheet. Raises ``UnreadableError`` when its used area has more than ``largest`` cells."""
    name, used = sheet.name, sheet.used_range
    area = area_of(used)
    if (area.bottom - area.top + 1) * (area.right - area.left + 1) > largest:
        raise UnreadableError(
            f"工作表「{name}」的使用区域过大（到 {used.last_cell.address.replace('$', '')}），不像部门决算公开表。"
            "请删除表格以外的行和列后再试。"
        )
    raw, texts = program.contents(used)
    if any(isinstance(cell, Decimal) for row in block(raw) for cell in row):
        # Currency comes rounded to four decimals.
        raw = _with_plain_numbers(raw, program.plain_numbers(used))
    values = sheet_values(raw, area.top, area.left)
    if values.moments:
        _put_durations(values, program.durations(sheet, values.moments))
    filled = frozenset(
        (row, column)
        for row, line in enumerate(values.rows, values.top)
        for column, cell in enumerate(line, values.left)
        if cell != ""
    )
    formulas = frozenset(_formulas(sheet, program, texts, area, raw))
    outline = program.outline(sheet, area, filled | values.faults.keys() | formulas)
    return Grid(
        sheet=name,
        rows=values.rows,
        top=values.top,
        left=values.left,
        visible=outline.visible,
        merges=outline.merges,
        faults=values.faults,
        formulas=formulas,
        hidden_rows=outline.hidden_rows,
        hidden_columns=outline.hidden_columns,
    )


def formula_texts(sheet: xlwings.Sheet, program: Program) -> dict[Place, str]:
    """Formula text by row and column."""
    used = sheet.used_range
    raw, texts = program.contents(used)
    return _formulas(sheet, program, texts, area_of(used), raw)


def area_of(cells: xlwings.Range) -> Span:
    """The bounds of a range."""
    rows, columns = cells.shape
    return Span(cells.row, cells.column, cells.row + rows - 1, cells.column + columns - 1)


def _formulas(sheet: xlwings.Sheet, program: Program, texts: Any, area: Span, raw: Any) -> dict[Place, str]:
    found: dict[Place, str] = {}
    values = block(raw)
    for i, line in enumerate(block(texts)):
        for j, text in enumerate(line):
            if isinstance(text, str) and text.startswith("="):
                place = (area.top + i, area.left + j)
                # A text that begins with = looks the same; its value is itself.
                if values[i][j] != text or program.holds_formula(sheet, place):
                    found[place] = text
    return found


def _with_plain_numbers(raw: Any, plain: Any) -> list[list[Any]]:
    return [
        [number if isinstance(cell, Decimal) else cell for cell, number in zip(row, numbers, strict=True)]
        for row, numbers in zip(block(raw), block(plain), strict=True)
    ]


def _put_durations(values: SheetValues, places: frozenset[Place]) -> None:
    for row, column in places:
        line = values.rows[row - values.top]
        line[column - values.left] = as_duration(line[column - values.left])
