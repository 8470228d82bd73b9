"""All that a user sees of the open workbooks, as JSON."""

from __future__ import annotations

import json

from tests.workbooks.live.object_model import Application, Worksheet


def state_of(app: Application) -> str:
    """By workbook and sheet: what is in the cells, how they look, their notes, the lines between them; and the settings of the program."""
    books = {book.Name: {sheet.Name: _sheet(sheet) for sheet in book.worksheets} for book in app.workbooks}
    front = {book.Name: [book.ActiveSheet.Name, book.window.RangeSelection.Address] for book in app.workbooks}
    return json.dumps({"books": books, "front": front, "settings": app.settings}, default=str)


def _sheet(sheet: Worksheet) -> dict[str, object]:
    cells = {}
    for place, cell in sorted(sheet.grid.items()):
        note = "" if cell.comment is None else "".join(text for text, _ in cell.comment.runs)
        seen = [
            str(cell.value),
            cell.formula,
            cell.prefix,
            cell.number_format,
            str(sorted(cell.interior.items())),
            note,
        ]
        if seen != ["None", "", "", "General", "[('Pattern', -4142)]", ""]:
            cells[str(place)] = seen
    lines = {str(place): str(sorted(line.items())) for place, line in sorted(sheet.edges.items())}
    return {"cells": cells, "lines": lines, "visible": sheet.Visible}
