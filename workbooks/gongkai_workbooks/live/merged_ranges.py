"""All merged ranges of an area, found by asking ever smaller parts of it whether something in them is merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from gongkai_workbooks.grid import Span

_SMALL = 6
"""A part of so few cells is asked cell by cell: halving it would cost as many questions."""


class MergeSurvey(Protocol):
    """What a program tells about merged cells. Every question takes a moment, so there should be few."""

    def merged_parts(self, parts: Sequence[Span]) -> list[Span]:
        """Those of the parts in which a merged range begins. A larger part may be among them for one that only touches it."""
        ...

    def merge_of(self, row: int, column: int) -> Span:
        """The merged range a cell belongs to, or the cell."""
        ...


def merged_ranges(survey: MergeSurvey, area: Span, blank: Callable[[int, int], bool]) -> tuple[Span, ...]:
    """The merged ranges that begin in ``area``, by row and column. A sheet without any costs one question.

    ``blank`` tells whether a cell is: a cell whose neighbours to the right and below are filled begins no merged range.
    """
    possible = {
        (row, column)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
        if column == area.right or row == area.bottom or blank(row, column + 1) or blank(row + 1, column)
    }
    found: dict[tuple[int, int], Span] = {}
    covered: set[tuple[int, int]] = set()
    parts = [area]
    cells: list[Span] = []
    while parts:
        smaller = [piece for part in survey.merged_parts(parts) for piece in _cut(part, possible)]
        cells += [piece for piece in smaller if _size(piece) == 1]
        parts = [piece for piece in smaller if _size(piece) > 1]
    # In reading order, so that the first cell of a merged range is met before the others, which then need not be asked.
    for cell in sorted(cells):
        if (cell.top, cell.left) not in covered and survey.merged_parts([cell]):
            span = survey.merge_of(cell.top, cell.left)
            if span != cell:
                found[span.top, span.left] = span
                covered.update(_places(span, area))
    return tuple(found[place] for place in sorted(found))


def _cut(part: Span, possible: set[tuple[int, int]]) -> list[Span]:
    """Smaller parts, without those that need not be asked.

    Columns are told apart first: codes of several cells are merged in every row, amounts in none.
    """
    top, left, bottom, right = part
    if _size(part) <= _SMALL:
        return [Span(row, column, row, column) for row, column in _places(part, part) if (row, column) in possible]
    if right > left:
        middle = (left + right) // 2
        halves = Span(top, left, bottom, middle), Span(top, middle + 1, bottom, right)
    else:
        middle = (top + bottom) // 2
        halves = Span(top, left, middle, right), Span(middle + 1, left, bottom, right)
    return [half for half in halves if not possible.isdisjoint(_places(half, half))]


def _size(span: Span) -> int:
    return (span.bottom - span.top + 1) * (span.right - span.left + 1)


def _places(span: Span, within: Span) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row in range(max(span.top, within.top), min(span.bottom, within.bottom) + 1)
        for column in range(max(span.left, within.left), min(span.right, within.right) + 1)
    ]
