"""The looks of the results sheet in LibreOffice: formats in one call a style, links, filter, frozen header, drop-down lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gongkai_workbooks.edits import ResultsSheet
from gongkai_workbooks.live.results_styles import spans_by_style
from gongkai_workbooks.mark_look import MARK_LOOKS

from .binding import load_uno

if TYPE_CHECKING:
    import xlwings

_CHARACTER = 190
"""Hundredths of a millimetre that a character takes."""
_BOLD, _UNDERLINED = 150.0, 1
_PROPERTIES: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "title": {"CharWeight": _BOLD, "CharWeightAsian": _BOLD, "CharHeight": 14.0, "CharHeightAsian": 14.0},
    "header": {
        "CharWeight": _BOLD,
        "CharWeightAsian": _BOLD,
        "CellBackColor": 0xDDEBF7,
        "HoriJustify": "CENTER",
        "IsTextWrapped": True,
    },
    "error": {
        "CharWeight": _BOLD,
        "CharWeightAsian": _BOLD,
        "CharColor": int(MARK_LOOKS["error"].colour, 16),
        "CellBackColor": int(MARK_LOOKS["error"].fill, 16),
        "HoriJustify": "CENTER",
    },
    "warning": {
        "CharWeight": _BOLD,
        "CharWeightAsian": _BOLD,
        "CharColor": int(MARK_LOOKS["warning"].colour, 16),
        "CellBackColor": int(MARK_LOOKS["warning"].fill, 16),
        "HoriJustify": "CENTER",
    },
    "info": {
        "CharWeight": _BOLD,
        "CharWeightAsian": _BOLD,
        "CharColor": int(MARK_LOOKS["info"].colour, 16),
        "HoriJustify": "CENTER",
    },
    "amount": {"HoriJustify": "RIGHT"},
    "wrap": {"IsTextWrapped": True},
    "muted": {"CharColor": 0x7F7F7F},
}
_MIDDLE = 2


def dress(sheet: xlwings.Sheet, results: ResultsSheet) -> None:
    """See ``Program.fill_results``; the texts come after it."""
    native, document = sheet.api, sheet.book.api
    columns = native.getColumns()
    for number, width in enumerate(results.widths):
        columns.getByIndex(number).Width = round(width * _CHARACTER)
    _formats(sheet, results)
    _filter(native, document, results, sheet.name)
    _choices(native, results)
    controller = document.getCurrentController()
    if controller is not None:
        # Panes are frozen in the window, on the sheet in front.
        controller.setActiveSheet(native)
        controller.freezeAtPosition(0, results.header_row)


def _formats(sheet: xlwings.Sheet, results: ResultsSheet) -> None:
    uno = load_uno()
    by_style = spans_by_style(results)
    if not by_style:
        return
    every = sheet.api.getCellRangeByPosition(0, 0, max(map(len, results.rows)) - 1, len(results.rows) - 1)
    every.VertJustify = _MIDDLE
    for style, spans in by_style.items():
        values: dict[str, Any] = dict(_PROPERTIES[style])
        if not values:
            continue
        if "HoriJustify" in values:
            values["HoriJustify"] = uno.Enum("com.sun.star.table.CellHoriJustify", values["HoriJustify"])
        names = tuple(sorted(values))
        cells = sheet.impl.together(spans)
        cells.setPropertyValues(names, tuple(values[name] for name in names))
        if style == "amount":
            sheet.impl.ranges(spans).number_format = "#,##0.00"
    if results.last_filter_row >= results.header_row and results.widths:
        table = sheet.api.getCellRangeByPosition(
            0, results.header_row - 1, len(results.widths) - 1, results.last_filter_row - 1
        )
        line = uno.createUnoStruct("com.sun.star.table.BorderLine2")
        line.Color, line.OuterLineWidth, line.LineWidth = 0xBFBFBF, 26, 26
        names = ("BottomBorder2", "LeftBorder2", "RightBorder2", "TopBorder2")
        table.setPropertyValues(names, (line,) * 4)


def add_links(sheet: xlwings.Sheet, results: ResultsSheet) -> None:
    """The links, into cells that are blank."""
    native, document = sheet.api, sheet.book.api
    for row, cells in enumerate(results.rows):
        for column, cell in enumerate(cells):
            if cell.link is None:
                continue
            place = native.getCellByPosition(column, row)
            field = document.createInstance("com.sun.star.text.TextField.URL")
            name = cell.link.sheet.replace("'", "''")
            field.Representation, field.URL = str(cell.value), f"#'{name}'.{cell.link.a1}"
            place.insertTextContent(place.createTextCursor(), field, False)


def _filter(native: Any, document: Any, results: ResultsSheet, name: str) -> None:
    if results.last_filter_row <= results.header_row:
        return
    width = len(results.rows[results.header_row - 1])
    area = native.getCellRangeByPosition(0, results.header_row - 1, width - 1, results.last_filter_row - 1)
    ranges = document.DatabaseRanges
    free = next(free for free in (f"{name}{number or ''}" for number in range(9_999)) if not ranges.hasByName(free))
    ranges.addNewByName(free, area.getRangeAddress())
    ranges.getByName(free).AutoFilter = True


def _choices(native: Any, results: ResultsSheet) -> None:
    uno = load_uno()
    for column, texts in results.choices:
        bottom = max(results.last_filter_row, results.header_row + 1)
        cells = native.getCellRangeByPosition(column - 1, results.header_row, column - 1, bottom - 1)
        rule = cells.Validation
        rule.Type = uno.Enum("com.sun.star.sheet.ValidationType", "LIST")
        rule.IgnoreBlankCells = rule.ShowErrorMessage = True
        rule.setFormula1(";".join('"' + text.replace('"', '""') + '"' for text in texts))
        cells.Validation = rule
