"""What a sheet holds: the used cells in one block, and what no value shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .document import Document, Sheet, span_of, spans_of
from .merges import merges_in

if TYPE_CHECKING:
    from .document import Place, SpanLike

_DATES, _NUMBERS = 2, 1
_DATE_OR_TIME, _LOGICAL, _DEFINED = 6, 1024, 1


def used_area(document: Document, name: str) -> list[int]:
    """From the first to the last used cell, as Excel has it."""
    cursor = document.sheet(name).native.createCursor()
    cursor.gotoStartOfUsedArea(False)
    cursor.gotoEndOfUsedArea(True)
    return span_of(cursor.getRangeAddress())


def block(document: Document, name: str, area: SpanLike) -> dict[str, Any]:
    """``values``: numbers, texts and null for an error; ``texts``: what would be typed; ``errors``: row, column and text of each error;
    ``moments`` and ``logical``: areas whose numbers are dates or truth values."""
    sheet = document.sheet(name)
    cells = sheet.cells(area)
    values = cells.getDataArray()
    texts = cells.getFormulaArray()
    top, left = area[0], area[1]
    # An error comes as void, which is None here, and a blank as an empty text.
    errors = [
        [top + i, left + j, cells.getCellByPosition(j, i).getString()]
        for i, row in enumerate(values)
        for j, value in enumerate(row)
        if value is None
    ]
    moments = spans_of(cells.queryContentCells(_DATES))
    logical: list[SpanLike] = []
    if any(text[:1] in ("=", "{") for row in texts for text in row):
        numbers = cells.queryFormulaCells(_NUMBERS)
        spans = spans_of(numbers)
        if spans:
            _sort_formulas(sheet, numbers, spans, moments, logical)
    return {"values": values, "texts": texts, "errors": errors, "moments": moments, "logical": logical}


def outline(document: Document, name: str, area: SpanLike) -> dict[str, Any]:
    """Whether the sheet is ``visible``, its ``merges``, and ``hidden_rows`` and ``hidden_columns`` in the area."""
    top, left, bottom, right = area
    sheet = document.sheet(name)
    cells = sheet.cells(area)
    shown = spans_of(cells.queryVisibleCells())
    rows = {row for span in shown for row in range(span[0], span[2] + 1)}
    columns = {column for span in shown for column in range(span[1], span[3] + 1)}
    if not shown:
        every = sheet.native.getColumns()
        columns = {column for column in range(left, right + 1) if every.getByIndex(column - 1).IsVisible}
    return {
        "visible": bool(sheet.native.IsVisible),
        "merges": merges_in(sheet, cells),
        "hidden_rows": [row for row in range(top, bottom + 1) if row not in rows],
        "hidden_columns": [column for column in range(left, right + 1) if column not in columns],
    }


def durations(document: Document, name: str, places: Sequence[Place]) -> list[Place]:
    """Those of the places whose number format counts hours beyond a day."""
    sheet, formats = document.sheet(name), document.number_formats
    codes = [str(formats.getByKey(sheet.cell(place).NumberFormat).FormatString) for place in places]
    return [place for place, code in zip(places, codes) if code.upper().startswith(("[H", "[M", "[S"))]  # noqa: B905


def _sort_formulas(
    sheet: Sheet, cells: Any, spans: list[list[int]], moments: list[Any], logical: list[SpanLike]
) -> None:
    """Dates and truth values among the results of formulas: halved until each part has one number format."""
    if cells.getPropertyState("NumberFormat").value != "AMBIGUOUS_VALUE":
        kind = sheet.document.number_formats.getByKey(cells.NumberFormat).Type & ~_DEFINED
        if kind == _LOGICAL:
            logical.extend(spans)
        elif kind & _DATE_OR_TIME:
            moments.extend(spans)
        return
    for part in _halves(spans):
        _sort_formulas(sheet, sheet.query(part), part, moments, logical)


def _halves(spans: list[list[int]]) -> tuple[list[list[int]], list[list[int]]]:
    """Two parts of some areas; a single area is cut across."""
    if len(spans) > 1:
        return spans[: len(spans) // 2], spans[len(spans) // 2 :]
    top, left, bottom, right = spans[0]
    if bottom > top:
        middle = (top + bottom) // 2
        return [[top, left, middle, right]], [[middle + 1, left, bottom, right]]
    middle = (left + right) // 2
    return [[top, left, bottom, middle]], [[top, middle + 1, bottom, right]]
