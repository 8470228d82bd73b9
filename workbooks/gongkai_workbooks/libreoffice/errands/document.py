"""A spreadsheet document and its sheets; what LibreOffice has handed out is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    SpanLike = Sequence[int]
    Place = Sequence[int]


class Document:
    """A spreadsheet document."""

    def __init__(self, native: Any) -> None:
        self.native = native
        self._known: dict[str, Sheet] = {}

    @cached_property
    def sheets(self) -> Any:
        """All sheets."""
        return self.native.getSheets()

    @cached_property
    def number_formats(self) -> Any:
        """All number formats."""
        return self.native.getNumberFormats()

    @cached_property
    def several(self) -> Any:
        """Several areas as one; which, is said anew whenever they are needed."""
        return self.native.createInstance("com.sun.star.sheet.SheetCellRanges")

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name. Raises the ``NoSuchElementException`` of UNO."""
        known = self._known.get(name)
        if known is not None:
            with suppress(Exception):  # UNO exceptions are made at run time; the sheet may be gone
                if known.native.getName() == name:
                    return known
        self._known[name] = Sheet(self, self.sheets.getByName(name))
        return self._known[name]


class Sheet:
    """One sheet."""

    def __init__(self, document: Document, native: Any) -> None:
        self.document = document
        self.native = native
        self._cells: tuple[list[int], Any] = ([], None)

    @cached_property
    def annotations(self) -> Any:
        """The notes."""
        return self.native.getAnnotations()

    @property
    def number(self) -> int:
        """Its place among the sheets, from 0."""
        return int(self.native.getRangeAddress().Sheet)

    def cell(self, place: Place) -> Any:
        """One cell."""
        return self.native.getCellByPosition(place[1] - 1, place[0] - 1)

    def cells(self, span: SpanLike) -> Any:
        """A rectangle; that of the last time is kept."""
        if self._cells[0] != list(span):
            top, left, bottom, right = span
            found = self.native.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)
            self._cells = (list(span), found)
        return self._cells[1]

    def query(self, spans: Sequence[SpanLike]) -> Any:
        """Several areas, ready to be asked or changed in one call."""
        found = self.document.native.createInstance("com.sun.star.sheet.SheetCellRanges")
        found.addRangeAddresses(self._addresses(spans), False)
        return found

    def together(self, spans: Sequence[SpanLike]) -> Any:
        """The same, for use at once: it is made to be others by the next call, whichever the sheet."""
        found = self.document.several
        old = found.getRangeAddresses()
        if old:
            found.removeRangeAddresses(old)
        found.addRangeAddresses(self._addresses(spans), False)
        return found

    def _addresses(self, spans: Sequence[SpanLike]) -> tuple[Any, ...]:
        number = self.number
        return tuple(range_address(number, span) for span in spans)


def struct(name: str, **fields: Any) -> Any:
    """A struct of UNO, made without ``from com.sun.star import``."""
    import uno

    made = uno.createUnoStruct(name)
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def range_address(sheet: int, span: SpanLike) -> Any:
    """A rectangle of cells of the sheet with that number (from 0)."""
    top, left, bottom, right = span
    return struct(
        "com.sun.star.table.CellRangeAddress",
        Sheet=sheet,
        StartRow=top - 1,
        StartColumn=left - 1,
        EndRow=bottom - 1,
        EndColumn=right - 1,
    )


def cell_address(sheet: int, place: Place) -> Any:
    """One cell of the sheet with that number (from 0)."""
    return struct("com.sun.star.table.CellAddress", Sheet=sheet, Row=place[0] - 1, Column=place[1] - 1)


def span_of(address: Any) -> list[int]:
    """A rectangle of cells, counted from 1."""
    return [address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1]


def spans_of(cells: Any) -> list[list[int]]:
    """The rectangles of several areas, counted from 1."""
    return [span_of(address) for address in cells.getRangeAddresses()]


def places_of(spans: Iterable[SpanLike]) -> list[tuple[int, int]]:
    """The cells of some areas."""
    return [
        (row, column)
        for top, left, bottom, right in spans
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]
