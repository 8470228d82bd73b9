"""A note (批注) of a cell in LibreOffice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .errands.notes import annotation

if TYPE_CHECKING:
    from .cell_range import Range


class Note(base_classes.Note):
    """The note of one cell."""

    def __init__(self, cell: Range) -> None:
        self._cell = cell

    @property
    def api(self) -> Any:
        """The annotation as LibreOffice gives it."""
        return annotation(self._cell.native)

    @property
    def text(self) -> str:
        """See xlwings."""
        return str(self.api.getString())

    @text.setter
    def text(self, value: str) -> None:
        self.api.setString(value)

    @property
    def author(self) -> str:
        """See xlwings."""
        return str(self.api.getAuthor())

    @property
    def location(self) -> Range:
        """The cell."""
        return self._cell

    def delete(self) -> None:
        """Remove the note."""
        self._cell.native.clearContents(_ANNOTATION)


_ANNOTATION = 8
