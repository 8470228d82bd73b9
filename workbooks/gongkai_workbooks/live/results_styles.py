"""Which cells of the results sheet have which style."""

from __future__ import annotations

from gongkai_workbooks.edits import ResultsSheet
from gongkai_workbooks.grid import Span


def spans_by_style(results: ResultsSheet) -> dict[str, list[Span]]:
    """By style, the cells as spans within one row each; a program is asked once a style, not once a cell."""
    by_style: dict[str, list[Span]] = {}
    for row, cells in enumerate(results.rows, 1):
        for column, cell in enumerate(cells, 1):
            spans = by_style.setdefault(cell.style, [])
            if spans and spans[-1] == Span(row, spans[-1].left, row, column - 1):
                spans[-1] = spans[-1]._replace(right=column)
            else:
                spans.append(Span(row, column, row, column))
    return by_style
