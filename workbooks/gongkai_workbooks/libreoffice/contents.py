"""The cells of LibreOffice as Excel would hand them over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from gongkai_workbooks.grid import Span
from gongkai_workbooks.live.sheet_values import error_code

from .dates import moment


def contents_of(found: Mapping[str, Any], area: Span) -> tuple[list[list[Any]], list[list[str]]]:
    """Values and formulas of what ``errands.reading.block`` gave of an area: an error is its number (an int), a date a datetime, a blank None."""
    rows = [[None if value == "" else value for value in row] for row in found["values"]]
    for row, column, text in found["errors"]:
        rows[row - area.top][column - area.left] = error_code(text)
    _convert(rows, area, found["moments"], moment)
    _convert(rows, area, found["logical"], bool)
    return rows, [[formula_text(text) for text in row] for row in found["texts"]]


def formula_text(text: str) -> str:
    """LibreOffice shows that a text is a text, and that a formula is an array's; Excel does not."""
    if text.startswith("'"):
        return text[1:]
    return text[1:-1] if text.startswith("{=") and text.endswith("}") else text


def _convert(
    rows: list[list[Any]], area: Span, spans: Iterable[Sequence[int]], change: Callable[[float], object]
) -> None:
    for top, left, bottom, right in spans:
        for line in rows[top - area.top : bottom - area.top + 1]:
            for column in range(left - area.left, right - area.left + 1):
                value = line[column]
                if isinstance(value, float):
                    try:
                        line[column] = change(value)
                    except OverflowError:
                        continue
