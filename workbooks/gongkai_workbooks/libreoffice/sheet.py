"""A sheet of an open spreadsheet of LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from gongkai_workbooks.cells import parse_a1
from gongkai_workbooks.grid import Span

from .cell_range import Range, Ranges
from .errands.document import Sheet as KnownSheet
from .errands.document import span_of
from .note import Note

if TYPE_CHECKING:
    from .book import Book


class Sheet(base_classes.Sheet):
    """One sheet, got from LibreOffice when it is needed and kept: an object costs a few milliseconds."""

    def __init__(self, book: Book, native: Any = None, name: str = "") -> None:
        self._book = book
        self._given = native
        self._called = name

    @cached_property
    def known(self) -> KnownSheet:
        """The sheet as the errands use it."""
        if self._given is None:
            return self._book.known.sheet(self._called)
        return KnownSheet(self._book.known, self._given)

    @property
    def native(self) -> Any:
        """The sheet as LibreOffice gives it."""
        return self.known.native

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
        """See xlwings. Until the sheet is got, it is the one that has the name by which it was asked for."""
        if self._given is None and "known" not in self.__dict__:
            return self._called
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

    @property
    def cells(self) -> Range:
        """All cells of the sheet."""
        return Range(self, Span(*span_of(self.native.getRangeAddress())))

    def area(self, address: Any) -> Range:
        """The cells of an address of LibreOffice."""
        return Range(self, Span(*span_of(address)))

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
        return Range(self, Span(*self.errand("used_area")))

    def errand(self, name: str, *arguments: object) -> Any:
        """Have something done to the sheet; see ``Book.errand``."""
        return self._book.errand(name, self.name, *arguments)

    @property
    def notes(self) -> list[Note]:
        """All notes of the sheet."""
        places = [self.known.annotations.getByIndex(i).getPosition() for i in range(self.known.annotations.getCount())]
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


def _span(place: Any) -> Span:
    if isinstance(place, Range):
        return place.span
    if isinstance(place, tuple):
        return Span(place[0], place[1], place[0], place[1])
    first, _, last = place.strip().partition(":")
    (top, left), (bottom, right) = parse_a1(first), parse_a1(last or first)
    return Span(top, left, bottom, right)
