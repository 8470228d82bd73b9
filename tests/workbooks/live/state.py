"""All of a workbook that a user sees, to be compared before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai_workbooks.grid import Span
from gongkai_workbooks.live import LiveHost
from gongkai_workbooks.live.looks import Look
from gongkai_workbooks.live.program import NoteText
from gongkai_workbooks.live.programs import program_of

from .findings import comparable

if TYPE_CHECKING:
    import xlwings

    from gongkai_workbooks.grid import Grid

State = tuple[
    "Grid", dict[tuple[int, int], str], dict[Span, Look], dict[tuple[int, int], NoteText], dict[tuple[int, int], str]
]


def state_of(book: xlwings.Book, *sheets: str) -> dict[str, State]:
    """Values, formulas, fills, borders, notes and number formats of some sheets, of two more rows and columns than are used."""
    host, program = LiveHost(book), program_of(book)
    found = {}
    for name in sheets:
        grid, sheet = host.read(name), book.sheets[name]
        places = [(row, column) for row in range(1, grid.bottom + 3) for column in range(1, grid.right + 3)]
        merged = {
            (row, column)
            for span in grid.merges
            for row in range(span.top, span.bottom + 1)
            for column in range(span.left, span.right + 1)
        }
        spans = [Span(row, column, row, column) for row, column in places if (row, column) not in merged]
        found[name] = (
            comparable(grid),
            dict(host.formulas(name)),
            dict(program.looks(sheet, [*spans, *grid.merges])),
            dict(program.notes(sheet, places)),
            {place: str(sheet.range(place).number_format) for place in places} if len(places) < 400 else {},
        )
    return found
