"""A saved workbook, whatever its format: its sheets, their grids and their formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from gongkai_workbooks.grid import Grid


class SheetEntry(NamedTuple):
    """A worksheet as the workbook lists it. ``source`` is where its content is; its meaning belongs to the format."""

    name: str
    visible: bool
    source: str


class SavedBook(Protocol):
    """One format's reader, opened. Its methods raise ``WorkbookError`` with a sentence that lacks the path."""

    @property
    def sheets(self) -> Sequence[SheetEntry]:
        """The worksheets in tab order, without charts, dialogs and macro sheets."""
        ...

    def read(self, chosen: Sequence[int]) -> list[Grid]:
        """The grids of the sheets with these places in ``sheets``, in the order asked for."""
        ...

    def formulas(self, place: int) -> Mapping[tuple[int, int], str]:
        """Formula text with ``=`` by row and column (from 1); a bare ``=`` where the format hides the text."""
        ...
