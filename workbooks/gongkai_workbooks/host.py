"""The one way to a workbook: a saved file or an open one. Checks never see a host."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from .cells import CellRef
from .edits import Applied, Edits, Journal, Refusal
from .grid import Grid


class Host(Protocol):
    """A workbook that can be read, edited and restored."""

    def sheets(self) -> tuple[str, ...]:
        """Names of the worksheets, in the order of the tabs."""
        ...

    def read(self, sheet: str) -> Grid:
        """Values of one sheet with their true addresses. Raises ``WorkbookError``."""
        ...

    def formulas(self, sheet: str) -> Mapping[tuple[int, int], str]:
        """Formula text (with ``=``) by row and column, of every cell that holds one."""
        ...

    def apply(self, edits: Edits) -> Applied:
        """Carry out ``edits``; what could not be done is said, the rest is done. Raises ``WorkbookError``."""
        ...

    def undo(self, journal: Journal) -> tuple[Refusal, ...]:
        """Take back what ``journal`` records; cells that were changed since are left alone and returned."""
        ...

    def goto(self, cell: CellRef) -> None:
        """Show a cell to the user; a saved file has nobody to show it to and does nothing."""
        ...
