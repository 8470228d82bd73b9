"""The values of a sheet as an xlwings engine delivers them, made into what a ``Grid`` holds."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from gongkai_workbooks.grid import CellValue

_ERRORS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
_BASE = -2_146_828_288
"""COM hands an error value over as this number and the one that Excel's documentation gives it."""

_CODES = {text: number for number, text in _ERRORS.items()}
_OTHER = "#VALUE!"
_ZERO = datetime.datetime(1899, 12, 30)


def error_text(code: int) -> str:
    """The error value with that number, ``#REF!``. Numbers are floats in a spreadsheet: an int is always an error."""
    return _ERRORS.get(code - _BASE, _OTHER)


def error_code(text: str) -> int:
    """The number by which COM hands over an error value; that of ``#VALUE!`` for a text that is none."""
    return _BASE + _CODES.get(text, _CODES[_OTHER])


class SheetValues(NamedTuple):
    """The used cells of a sheet: a rectangle of values, and what no value shows, by row and column from 1."""

    rows: list[list[CellValue]]
    top: int
    left: int
    faults: dict[tuple[int, int], str]
    moments: tuple[tuple[int, int], ...] = ()


def block(value: Any) -> Sequence[Sequence[Any]]:
    """What an engine delivers for a range, always as rows: one cell comes bare, one row or column may come as a single list."""
    if not isinstance(value, list | tuple):
        return ((value,),)
    if value and not isinstance(value[0], list | tuple):
        return (value,)
    return value


def sheet_values(raw: Any, top: int, left: int) -> SheetValues:
    """Values of a block whose first cell is at ``top``, ``left``. Blank rows and columns around the values are cut off."""
    faults: dict[tuple[int, int], str] = {}
    moments: list[tuple[int, int]] = []
    rows: list[list[CellValue]] = []
    for row, cells in enumerate(block(raw), top):
        line: list[CellValue] = []
        for column, cell in enumerate(cells, left):
            if type(cell) is float or type(cell) is str:
                line.append(cell)
                continue
            if type(cell) is int:
                faults[row, column] = error_text(cell)
                cell = ""
            elif isinstance(cell, datetime.datetime):
                moments.append((row, column))
            line.append(cell_value(cell))
        rows.append(line)
    return _cut(rows, top, left, faults, tuple(moments))


def cell_value(raw: Any) -> CellValue:
    """One value; an error, which is no value, becomes ``""``."""
    if raw is None or (isinstance(raw, int) and not isinstance(raw, bool)):
        return ""
    if isinstance(raw, datetime.datetime):
        # Excel's dates come in a class of pywin32.
        return _date(datetime.datetime.combine(raw.date(), raw.time()))
    if isinstance(raw, Decimal):
        return float(raw)
    if isinstance(raw, bool | float | str | datetime.date | datetime.time | datetime.timedelta):
        return raw
    return str(raw)


def as_duration(value: CellValue) -> CellValue:
    """A moment as the time since the zero of dates, for cells whose format counts hours beyond a day."""
    if isinstance(value, datetime.time):
        return datetime.datetime.combine(_ZERO, value) - _ZERO
    if isinstance(value, datetime.datetime):
        return value - _ZERO
    return datetime.datetime(value.year, value.month, value.day) - _ZERO if isinstance(value, datetime.date) else value


def _date(moment: datetime.datetime) -> CellValue:
    """A day, a time of day, or both, as a reader of files gives them."""
    if moment.date() == _ZERO.date():
        return moment.time()
    if moment.time() == datetime.time():
        return moment.date()
    return moment


def _cut(
    rows: list[list[CellValue]],
    top: int,
    left: int,
    faults: dict[tuple[int, int], str],
    moments: tuple[tuple[int, int], ...],
) -> SheetValues:
    filled = [number for number, line in enumerate(rows) if any(cell != "" for cell in line)]
    if not filled:
        return SheetValues([], 1, 1, faults)
    first, last = filled[0], filled[-1]
    kept = rows[first : last + 1]
    width = len(kept[0])
    begin = next(j for j in range(width) if any(line[j] != "" for line in kept))
    end = next(j for j in range(width, 0, -1) if any(line[j - 1] != "" for line in kept))
    return SheetValues([line[begin:end] for line in kept], top + first, left + begin, faults, moments)
