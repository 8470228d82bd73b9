"""A sheet of an open spreadsheet of LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from gongkai_workbooks.cells import parse_a1
from gongkai_workbooks.grid import Span

from .cell_range import Range, Ranges
from .note import Note
from .struct import range_address, span_of
from .survey import CursorSurvey

if TYPE_CHECKING:
    from .book import Book


class Sheet(base_classes.Sheet):
    """One sheet. Objects of LibreOffice cost a few milliseconds each to get hold of, so they are got when needed and kept."""

    def __init__(self, book: Book, native: Any) -> None:
        self._book = book
        self.native = native
        self._used: Range | None = None

    @property
    def api(self) -> Any:
        """The sheet as LibreOffice gives it."""
        return self.native

    @property
    def book(self) -> Book:
        """See xlwings."""
        return self._book

    @property
    def name(self) -> str:
        """See xlwings."""
        return str(self.native.getName())

    @name.setter
    def name(self, value: str) -> None:
        self.native.setName(value)

    @property
    def index(self) -> int:
        """Place among the sheets, from 1."""
        return int(self.native.getRangeAddress().Sheet) + 1

    @property
    def visible(self) -> bool:
        """See xlwings."""
        return bool(self.native.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.native.IsVisible = value

    @cached_property
    def annotations(self) -> Any:
        """The notes as LibreOffice gives them."""
        return self.native.getAnnotations()

    @cached_property
    def survey(self) -> CursorSurvey:
        """What tells where cells are merged."""
        return CursorSurvey(self.native)

    @property
    def cells(self) -> Range:
        """All cells of the sheet."""
        return Range(self, span_of(self.native.getRangeAddress()))

    def area(self, address: Any) -> Range:
        """The cells of an address of LibreOffice."""
        return Range(self, span_of(address))

    def range(self, first: Any, last: Any = None) -> Range:
        """See xlwings; an address may name several areas: ``A1,C3:D4``."""
        if isinstance(first, str) and "," in first:
            return Ranges(self, [_span(part) for part in first.split(",")])
        span = _span(first)
        if last is not None:
            end = _span(last)
            span = Span(
                min(span.top, end.top),
                min(span.left, end.left),
                max(span.bottom, end.bottom),
                max(span.right, end.right),
            )
        return Range(self, span)

    def ranges(self, spans: Sequence[Span]) -> Ranges:
        """Several areas as one."""
        return Ranges(self, spans)

    @property
    def used_range(self) -> Range:
        """From the first to the last used cell, as Excel has it."""
        cursor = self.native.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        self._used = Range(self, span_of(cursor.getRangeAddress()), cursor)
        return self._used

    def cells_of(self, area: Span) -> Any:
        """An area as LibreOffice gives it; that of the used cells was got already, if they were asked for."""
        if self._used is not None and self._used.span == area:
            return self._used.native
        return Range(self, area).native

    @property
    def notes(self) -> list[Note]:
        """All notes of the sheet."""
        places = [self.annotations.getByIndex(i).getPosition() for i in range(self.annotations.getCount())]
        return [Note(Range(self, Span(at.Row + 1, at.Column + 1, at.Row + 1, at.Column + 1))) for at in places]

    def activate(self) -> None:
        """Show the sheet."""
        controller = self._book.document.getCurrentController()
        if controller is not None:
            controller.setActiveSheet(self.native)

    select = activate

    def delete(self) -> None:
        """Remove the sheet from the book."""
        self._book.document.getSheets().removeByName(self.name)

    def clear(self) -> None:
        """Empty all cells and their formats."""
        self.cells.clear()

    def query(self, spans: Sequence[Span]) -> Any:
        """Several areas as LibreOffice gives them, ready to be asked or changed in one call."""
        found = self._book.document.createInstance("com.sun.star.sheet.SheetCellRanges")
        found.addRangeAddresses(self._addresses(spans), False)
        return found

    def together(self, spans: Sequence[Span]) -> Any:
        """The same, for use at once: it is made to be others by the next call, whichever the sheet."""
        found = self._book.several
        old = found.getRangeAddresses()
        if old:
            found.removeRangeAddresses(old)
        found.addRangeAddresses(self._addresses(spans), False)
        return found

    def _addresses(self, spans: Sequence[Span]) -> tuple[Any, ...]:
        number = self.native.getRangeAddress().Sheet
        return tuple(range_address(number, span) for span in spans)


def _span(place: Any) -> Span:
    if isinstance(place, Range):
        return place.span
    if isinstance(place, tuple):
        return Span(place[0], place[1], place[0], place[1])
    first, _, last = place.strip().partition(":")
    (top, left), (bottom, right) = parse_a1(first), parse_a1(last or first)
    return Span(top, left, bottom, right)
