"""Merged ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .document import Document, Sheet, places_of, span_of, spans_of

if TYPE_CHECKING:
    from .document import Place


def merges_in(sheet: Sheet, cells: Any) -> list[list[int]]:
    """The merged ranges that begin in some cells, by row and column.

    How far a cell is merged is a part of its format here, so one cell tells it for all that have the very same format.
    """
    if not cells.getIsMerged():
        return []
    found: list[list[int]] = []
    cursor = _Cursor(sheet)
    formats = cells.getUniqueCellFormatRanges()
    for number in range(formats.getCount()):
        spans = spans_of(formats.getByIndex(number))
        top, left, bottom, right = cursor.merge_of(spans[0][:2])
        if [top, left] != spans[0][:2] or (top, left) == (bottom, right):
            continue
        found += [[row, column, row + bottom - top, column + right - left] for row, column in places_of(spans)]
    return sorted(found)


def merge_areas(document: Document, name: str, places: Sequence[Place]) -> list[list[int]]:
    """The merged range that each cell belongs to, or the cell."""
    cursor = _Cursor(document.sheet(name))
    return [cursor.merge_of(place) for place in places]


class _Cursor:
    """One cursor that is moved about."""

    def __init__(self, sheet: Sheet) -> None:
        self._native = sheet.native.createCursor()
        self._native.collapseToSize(1, 1)
        self._row = self._column = 1

    def merge_of(self, place: Place) -> list[int]:
        row, column = place
        self._native.gotoOffset(column - self._column, row - self._row)
        self._native.collapseToMergedArea()
        span = span_of(self._native.getRangeAddress())
        self._row, self._column = span[0], span[1]
        if span[:2] != span[2:]:
            self._native.collapseToSize(1, 1)
        return span
