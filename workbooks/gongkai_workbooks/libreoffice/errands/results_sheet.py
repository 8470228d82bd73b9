"""The results sheet: texts, formats in one call a style, links, filter, frozen header, drop-down lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .document import Document, Sheet, struct
from .looks import put_properties
from .sheets import put_texts

_CHARACTER = 190
"""Hundredths of a millimetre that a character takes."""
_MIDDLE = 2
_GREY = 0xBFBFBF


def fill_results(document: Document, name: str, results: Mapping[str, Any]) -> None:
    """Fill and dress the sheet. Rows find their heights whenever their look changes, which costs least while they are blank.

    ``results``: ``rows`` of texts and amounts; ``links`` as row, column, text, address; ``styles`` as properties and the spans that have them;
    ``amounts``: spans of amounts; ``widths`` in characters; ``header_row``, ``last_filter_row``; ``choices`` as column and texts.
    """
    sheet = document.sheet(name)
    columns = sheet.native.getColumns()
    for number, width in enumerate(results["widths"]):
        columns.getByIndex(number).Width = round(width * _CHARACTER)
    if results["rows"]:
        _dress(sheet, results)
    if results["last_filter_row"] > results["header_row"]:
        _filter(sheet, results, name)
    _choices(sheet, results)
    controller = document.native.getCurrentController()
    if controller is not None:
        # Panes are frozen in the window, on the sheet in front.
        controller.setActiveSheet(sheet.native)
        controller.freezeAtPosition(0, results["header_row"])
    if results["rows"]:
        put_texts(document, name, results["rows"])
        _link(sheet, results["links"])


def _dress(sheet: Sheet, results: Mapping[str, Any]) -> None:
    import uno

    rows = results["rows"]
    sheet.cells((1, 1, len(rows), max(map(len, rows)))).VertJustify = _MIDDLE
    for properties, spans in results["styles"]:
        values: dict[str, Any] = dict(properties)
        if "HoriJustify" in values:
            values["HoriJustify"] = uno.Enum("com.sun.star.table.CellHoriJustify", values["HoriJustify"])
        if "NumberFormat" in values:
            values["NumberFormat"] = _number_format(sheet.document, values["NumberFormat"])
        put_properties(sheet.together(spans), values)
    if results["last_filter_row"] >= results["header_row"] and results["widths"]:
        table = sheet.cells((results["header_row"], 1, results["last_filter_row"], len(results["widths"])))
        line = struct("com.sun.star.table.BorderLine2", Color=_GREY, OuterLineWidth=26, LineWidth=26)
        put_properties(table, dict.fromkeys(("BottomBorder2", "LeftBorder2", "RightBorder2", "TopBorder2"), line))


def _number_format(document: Document, code: str) -> int:
    locale = struct("com.sun.star.lang.Locale", Language="en", Country="US")
    formats = document.number_formats
    key = formats.queryKey(code, locale, False)
    return int(formats.addNew(code, locale) if key == -1 else key)


def _link(sheet: Sheet, links: Sequence[Sequence[Any]]) -> None:
    """The links, into cells that are blank."""
    for row, column, text, address in links:
        place = sheet.cell((row, column))
        field = sheet.document.native.createInstance("com.sun.star.text.TextField.URL")
        field.Representation, field.URL = text, address
        place.insertTextContent(place.createTextCursor(), field, False)


def _filter(sheet: Sheet, results: Mapping[str, Any], name: str) -> None:
    header = results["header_row"]
    area = sheet.cells((header, 1, results["last_filter_row"], len(results["rows"][header - 1])))
    ranges = sheet.document.native.DatabaseRanges
    free = next(free for free in (f"{name}{number or ''}" for number in range(9_999)) if not ranges.hasByName(free))
    ranges.addNewByName(free, area.getRangeAddress())
    ranges.getByName(free).AutoFilter = True


def _choices(sheet: Sheet, results: Mapping[str, Any]) -> None:
    import uno

    for column, texts in results["choices"]:
        bottom = max(results["last_filter_row"], results["header_row"] + 1)
        cells = sheet.cells((results["header_row"] + 1, column, bottom, column))
        rule = cells.Validation
        rule.Type = uno.Enum("com.sun.star.sheet.ValidationType", "LIST")
        rule.IgnoreBlankCells = rule.ShowErrorMessage = True
        rule.setFormula1(";".join('"' + text.replace('"', '""') + '"' for text in texts))
        cells.Validation = rule
