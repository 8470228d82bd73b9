"""The looks of the results sheet in Excel: formats by several areas at once, links, filter, frozen header, drop-down lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gongkai_workbooks.edits import ResultsSheet
from gongkai_workbooks.mark_look import MARK_LOOKS

from .addresses import addresses
from .busy import is_refusal
from .excel_looks import colour_number
from .results_styles import spans_by_style

if TYPE_CHECKING:
    import xlwings

_CENTRE, _RIGHT = -4108, -4152
_LIST, _STOP, _BETWEEN = 3, 1, 1
_THIN, _CONTINUOUS = 2, 1
_BOLD = {"Font.Bold": True}


def _severity(word: str) -> dict[str, object]:
    look = MARK_LOOKS[word]  # type: ignore[index]
    found: dict[str, object] = {**_BOLD, "HorizontalAlignment": _CENTRE, "Font.Color": colour_number(look.colour)}
    return found | ({"Interior.Color": colour_number(look.fill)} if look.fill else {})


_PROPERTIES: Mapping[str, Mapping[str, object]] = {
    "plain": {},
    "title": {**_BOLD, "Font.Size": 14},
    "header": {
        **_BOLD,
        "Interior.Color": colour_number("DDEBF7"),
        "HorizontalAlignment": _CENTRE,
        "WrapText": True,
    },
    **{word: _severity(word) for word in ("error", "warning", "info")},
    "amount": {"HorizontalAlignment": _RIGHT, "NumberFormat": "#,##0.00"},
    "wrap": {"WrapText": True},
    "muted": {"Font.Color": colour_number("7F7F7F")},
}


def dress(sheet: xlwings.Sheet, results: ResultsSheet) -> None:
    """See ``Program.fill_results``; the texts are there."""
    by_style = spans_by_style(results)
    for style, spans in by_style.items():
        for address in addresses(spans):
            _put(sheet.range(address).api, {"VerticalAlignment": _CENTRE, **_PROPERTIES[style]})
    for number, width in enumerate(results.widths, 1):
        sheet.range((1, number)).column_width = width
    _links(sheet, results)
    _table(sheet, results)
    _freeze(sheet, results)


def _put(cells: Any, properties: Mapping[str, object]) -> None:
    for path, value in properties.items():
        owner, _, name = path.rpartition(".")
        setattr(getattr(cells, owner) if owner else cells, name, value)


def _links(sheet: xlwings.Sheet, results: ResultsSheet) -> None:
    links = sheet.api.Hyperlinks
    for row, cells in enumerate(results.rows, 1):
        for column, cell in enumerate(cells, 1):
            if cell.link is not None:
                name = cell.link.sheet.replace("'", "''")
                links.Add(Anchor=sheet.range((row, column)).api, Address="", SubAddress=f"'{name}'!{cell.link.a1}")


def _table(sheet: xlwings.Sheet, results: ResultsSheet) -> None:
    """Frame, filter and drop-down lists."""
    if results.last_filter_row <= results.header_row:
        return
    width = len(results.rows[results.header_row - 1])
    table = sheet.range((results.header_row, 1), (results.last_filter_row, width)).api
    table.Borders.LineStyle = _CONTINUOUS
    table.Borders.Weight = _THIN
    table.Borders.Color = colour_number("BFBFBF")
    table.AutoFilter()
    for column, texts in results.choices:
        cells = sheet.range((results.header_row + 1, column), (results.last_filter_row, column)).api
        cells.Validation.Delete()
        cells.Validation.Add(_LIST, _STOP, _BETWEEN, ",".join(texts))
        cells.Validation.IgnoreBlank = True


def _freeze(sheet: xlwings.Sheet, results: ResultsSheet) -> None:
    """Panes are frozen in the window of the book, on the sheet in front. A window that is protected or hidden has none; the list is whole without."""
    try:
        sheet.api.Activate()
        window = sheet.book.api.Windows(1)
        window.FreezePanes = False
        window.ScrollRow = window.ScrollColumn = 1
        window.SplitColumn, window.SplitRow = 0, results.header_row
        window.FreezePanes = True
    except Exception as error:
        if not is_refusal(error):
            raise
