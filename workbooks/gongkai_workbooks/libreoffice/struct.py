"""Structs of UNO, made without ``from com.sun.star import``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai_workbooks.grid import Span

from .binding import load_uno


def property_value(name: str, value: Any) -> Any:
    """A named value."""
    made = load_uno().createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def range_address(sheet: int, span: Span) -> Any:
    """A rectangle of cells of the sheet with that number (from 0)."""
    made = load_uno().createUnoStruct("com.sun.star.table.CellRangeAddress")
    made.Sheet = sheet
    made.StartRow, made.StartColumn = span.top - 1, span.left - 1
    made.EndRow, made.EndColumn = span.bottom - 1, span.right - 1
    return made


def cell_address(sheet: int, row: int, column: int) -> Any:
    """One cell of the sheet with that number (from 0); row and column count from 1."""
    made = load_uno().createUnoStruct("com.sun.star.table.CellAddress")
    made.Sheet, made.Row, made.Column = sheet, row - 1, column - 1
    return made


def size_of(width: int, height: int) -> Any:
    """A size in hundredths of a millimetre."""
    made = load_uno().createUnoStruct("com.sun.star.awt.Size")
    made.Width, made.Height = width, height
    return made


def span_of(address: Any) -> Span:
    """A rectangle of cells, counted from 1."""
    return Span(address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1)


def spans_of(addresses: Iterable[Any]) -> list[Span]:
    """Rectangles of cells, counted from 1."""
    return [span_of(address) for address in addresses]
