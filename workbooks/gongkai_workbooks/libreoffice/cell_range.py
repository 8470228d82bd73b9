"""Cells of an open spreadsheet of LibreOffice, as a rectangle or as several."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from gongkai_workbooks.cells import column_letters
from gongkai_workbooks.grid import Span

from .contents import contents_of, formula_text
from .errands.document import span_of
from .note import Note

if TYPE_CHECKING:
    from .sheet import Sheet

_CONTENTS, _FORMATS, _EVERYTHING = 1 | 2 | 4 | 16, 32 | 64, 1023


class Range(base_classes.Range):
    """A rectangle of cells."""

    max_cells_per_read = None
    max_cells_per_write = None

    def __init__(self, sheet: Sheet, span: Span, native: Any = None) -> None:
        self._sheet = sheet
        self.span = span
        self._native = native

    @property
    def sheet(self) -> Sheet:
        """See xlwings."""
        return self._sheet

    @property
    def native(self) -> Any:
        """The cells as LibreOffice gives them; a single cell is a cell there, not a range."""
        if self._native is None:
            top, left, bottom, right = (bound - 1 for bound in self.span)
            if len(self) == 1:
                self._native = self._sheet.native.getCellByPosition(left, top)
            else:
                self._native = self._sheet.native.getCellRangeByPosition(left, top, right, bottom)
        return self._native

    @property
    def api(self) -> Any:
        """The same as ``native``."""
        return self.native

    @property
    def row(self) -> int:
        """First row, from 1."""
        return self.span.top

    @property
    def column(self) -> int:
        """First column, from 1."""
        return self.span.left

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of rows and columns."""
        return self.span.bottom - self.span.top + 1, self.span.right - self.span.left + 1

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        """See xlwings."""
        return self._sheet.name, self.row, self.column, *self.shape

    def __len__(self) -> int:
        rows, columns = self.shape
        return rows * columns

    def __call__(self, row: int, column: int | None = None) -> Range:
        """One cell of the range, by row and column or by number in reading order; all from 1."""
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        top, left = self.row + row - 1, self.column + column - 1
        return Range(self._sheet, Span(top, left, top, left))

    def get_address(self, row_absolute: bool = True, col_absolute: bool = True, external: bool = False) -> str:
        """See xlwings."""
        row, column = "$" if row_absolute else "", "$" if col_absolute else ""
        corners = [(self.span.top, self.span.left)]
        if len(self) > 1:
            corners.append((self.span.bottom, self.span.right))
        found = ":".join(f"{column}{column_letters(right)}{row}{bottom}" for bottom, right in corners)
        return f"'[{self._sheet.book.name}]{self._sheet.name}'!{found}" if external else found

    @property
    def address(self) -> str:
        """See xlwings."""
        return self.get_address()

    # Contents

    @property
    def raw_value(self) -> Any:
        """Values as Excel would hand them over: an error is its number (an int), a date a datetime, a blank None."""
        return self.contents()[0]

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        rows = _rows(value, self.shape)
        if any(isinstance(cell, str) and cell.startswith("=") for row in rows for cell in row):
            self.native.setFormulaArray(tuple(tuple(_typed(cell) for cell in row) for row in rows))
        else:
            self.native.setDataArray(tuple(tuple(_datum(cell) for cell in row) for row in rows))

    def contents(self) -> tuple[Any, Any]:
        """Values and formulas, as ``raw_value`` and ``formula`` give them."""
        values, texts = contents_of(self._sheet.errand("block", self.span), self.span)
        return (values[0][0], texts[0][0]) if len(self) == 1 else (values, texts)

    @property
    def formula(self) -> Any:
        """Formulas with their ``=``, other contents as they would be typed."""
        found = [[formula_text(text) for text in row] for row in self.native.getFormulaArray()]
        return found[0][0] if len(self) == 1 else found

    @formula.setter
    def formula(self, value: Any) -> None:
        rows = _rows(value, self.shape)
        self.native.setFormulaArray(tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows))

    formula2 = formula

    def clear_contents(self) -> None:
        """Empty the cells."""
        self.native.clearContents(_CONTENTS)

    def clear_formats(self) -> None:
        """Take the formats away."""
        self.native.clearContents(_FORMATS)

    def clear(self) -> None:
        """Empty the cells and take formats and notes away."""
        self.native.clearContents(_EVERYTHING)

    # Looks

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Fill colour; None where there is none."""
        colour = self.native.CellBackColor
        return None if colour is None or colour < 0 else (colour >> 16 & 255, colour >> 8 & 255, colour & 255)

    @color.setter
    def color(self, value: tuple[int, int, int] | int | str | None) -> None:
        if isinstance(value, str):
            value = int(value.lstrip("#"), 16)
        elif isinstance(value, tuple):
            value = value[0] << 16 | value[1] << 8 | value[2]
        self.native.CellBackColor = -1 if value is None else value

    @property
    def number_format(self) -> str:
        """See xlwings."""
        return str(self._sheet.book.document.getNumberFormats().getByKey(self.native.NumberFormat).FormatString)

    @number_format.setter
    def number_format(self, value: str) -> None:
        formats = self._sheet.book.document.getNumberFormats()
        locale = self._sheet.book.app.way.struct("com.sun.star.lang.Locale", Language="en", Country="US", Variant="")
        key = formats.queryKey(value, locale, False)
        self.native.NumberFormat = formats.addNew(value, locale) if key == -1 else key

    @property
    def column_width(self) -> float:
        """Width in characters, near enough."""
        return float(self.native.getColumns().Width) / _CHARACTER

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.native.getColumns().Width = round(value * _CHARACTER)

    def autofit(self, axis: str | None = None) -> None:
        """See xlwings."""
        if axis in (None, "c", "columns"):
            self.native.getColumns().OptimalWidth = True
        if axis in (None, "r", "rows"):
            self.native.getRows().OptimalHeight = True

    # Notes and links

    @property
    def note(self) -> Note | None:
        """See xlwings."""
        note = Note(self)
        return note if note.text else None

    def add_note(self, text: str) -> Note:
        """See xlwings."""
        self._sheet.errand("add_notes", [(self.row, self.column, text)])
        return Note(self)

    @property
    def hyperlink(self) -> str:
        """The address of the first link in the cell, ``""`` when there is none."""
        fields = self.native.getTextFields()
        return str(fields.getByIndex(0).URL) if fields.getCount() else ""

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """A link to an address, or with ``#'表'!A1`` to a cell of the same book."""
        cell = self.native
        text = text_to_display or cell.getString() or address
        cell.setString("")
        field = self._sheet.book.document.createInstance("com.sun.star.text.TextField.URL")
        field.Representation = text
        sheet, mark, place = address.rpartition("!")
        field.URL = f"{sheet}.{place}" if mark and address.startswith("#") else address
        cell.insertTextContent(cell.createTextCursor(), field, False)

    # Merged cells, selection

    @property
    def merge_area(self) -> Range:
        """The merged range a cell belongs to, or the cell."""
        cursor = self._sheet.native.createCursorByRange(self.native)
        cursor.collapseToMergedArea()
        return Range(self._sheet, Span(*span_of(cursor.getRangeAddress())))

    @property
    def merge_cells(self) -> bool:
        """Whether the cell belongs to a merged range."""
        return bool(self.native.getIsMerged()) or len(self.merge_area) > len(self)

    def select(self) -> None:
        """See xlwings."""
        controller = self._sheet.book.document.getCurrentController()
        if controller is not None:
            controller.select(self.native)


class Ranges(Range):
    """Several areas at once: what is set holds for all of them, what is asked is asked of the first."""

    def __init__(self, sheet: Sheet, spans: Sequence[Span]) -> None:
        super().__init__(sheet, spans[0])
        self.spans = tuple(spans)

    @cached_property
    def native(self) -> Any:
        """The areas as LibreOffice gives them."""
        return self._sheet.known.query(self.spans)


_CHARACTER = 190
"""Hundredths of a millimetre that a character takes."""


def _rows(value: Any, shape: tuple[int, int]) -> list[list[Any]]:
    if isinstance(value, list | tuple):
        return [list(row) if isinstance(row, list | tuple) else [row] for row in value]
    rows, columns = shape
    return [[value] * columns for _ in range(rows)]


def _datum(value: Any) -> str | float:
    if value is None:
        return ""
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        from .dates import day_number

        return day_number(value)
    return float(value) if isinstance(value, int) else value


def _typed(value: Any) -> str:
    """A value as one would type it; texts get the apostrophe that keeps them texts."""
    datum = _datum(value)
    if isinstance(datum, float):
        return repr(datum)
    return datum if datum.startswith("=") or not datum else f"'{datum}"
