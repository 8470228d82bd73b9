"""Merged ranges of a sheet, asked of one cursor that is moved about: a new object for each question would take ten times as long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongkai_workbooks.grid import Span

from .struct import span_of


class CursorSurvey:
    """Tells which parts of a sheet hold merged ranges."""

    def __init__(self, native: Any) -> None:
        self._cursor = native.createCursor()
        self._cursor.collapseToSize(1, 1)
        self._row = self._column = 1
        self._shape = (1, 1)

    def merged_parts(self, parts: Sequence[Span]) -> list[Span]:
        """See ``MergeSurvey``. Parts of one shape follow each other, so that the cursor need only be moved."""
        merged = set()
        for part in sorted(parts, key=lambda part: (part.bottom - part.top, part.right - part.left)):
            self._go(part)
            if self._cursor.getIsMerged():
                merged.add(part)
        return [part for part in parts if part in merged]

    def merge_of(self, row: int, column: int) -> Span:
        """See ``MergeSurvey``."""
        self._go(Span(row, column, row, column))
        self._cursor.collapseToMergedArea()
        span = span_of(self._cursor.getRangeAddress())
        self._row, self._column = span.top, span.left
        self._shape = (span.bottom - span.top + 1, span.right - span.left + 1)
        return span

    def _go(self, part: Span) -> None:
        shape = (part.bottom - part.top + 1, part.right - part.left + 1)
        # A large cursor cannot be moved to the edge of the sheet, so it is made small before and large after.
        if shape != self._shape and shape < self._shape:
            self._resize(shape)
        if (part.top, part.left) != (self._row, self._column):
            self._cursor.gotoOffset(part.left - self._column, part.top - self._row)
            self._row, self._column = part.top, part.left
        if shape != self._shape:
            self._resize(shape)

    def _resize(self, shape: tuple[int, int]) -> None:
        self._cursor.collapseToSize(shape[1], shape[0])
        self._shape = shape
