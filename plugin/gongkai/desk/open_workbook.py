"""What an action needs of a workbook beyond reading and writing: its name, a status line, quiet, and the journals that it keeps."""

from __future__ import annotations

import datetime
import glob
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from gongkai.language import Words
from gongkai.paths import BACKUP_MARK, WRITABLE_SUFFIXES
from gongkai.targets import back_up, ensure_writable
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import RESULTS_SHEET, Applied, Edits, Journal, Refusal
from gongkai_workbooks.errors import LockedError
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.grid import Grid
from gongkai_workbooks.host import Host
from gongkai_workbooks.package import clear_marks, read_journals, undo_edits

Reading = Callable[[str, int, int], object]
"""Is told the name of a sheet, its number among those that are read, and their number."""


class OpenWorkbook(Host, Protocol):
    """A host with somebody in front of it."""

    @property
    def replaces_formulas(self) -> bool:
        """Whether a formula that the user has agreed to give up can be replaced by a number, and given back."""
        ...

    @property
    def name(self) -> str:
        """The name as the user sees it, ``决算公开.xlsx``."""
        ...

    def read_all(self, reading: Reading | None = None) -> tuple[Grid, ...]:
        """All sheets that are checked, in tab order: none of those that gongkai added. Raises ``WorkbookError``.

        ``reading`` is told of each sheet before it is read, and may raise.
        """
        ...

    def status(self, text: str | None) -> None:
        """Show a line in the program's status bar; None gives the bar back."""
        ...

    def quiet(self) -> AbstractContextManager[object]:
        """Keep the program from redrawing, recalculating and reacting; everything is as before at the end, also after an error."""
        ...

    def clear_marks(self) -> tuple[Refusal, ...]:
        """Take back all marks and the list of results; ``apply`` with new ones does so too. Values stay, and what takes them back."""
        ...

    def keep(self, journal: Journal) -> None:
        """Keep a journal in the workbook, so that undoing outlives closing it. Raises ``LockedError`` where it cannot."""
        ...

    def kept(self) -> tuple[Journal, ...]:
        """The journals that are kept, oldest first."""
        ...

    def drop(self, journal: Journal) -> None:
        """Forget a journal that was taken back."""
        ...


class SavedWorkbook:
    """A saved file at the desk. The package editor keeps the journals inside the file; the original is copied before the first write."""

    replaces_formulas = False

    def __init__(self, path: Path, *, password: str | None = None) -> None:
        self.path = path
        self._host = FileHost(path, password=password)

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    def sheets(self) -> tuple[str, ...]:
        """Names of the worksheets in tab order."""
        return self._host.sheets()

    def read(self, sheet: str) -> Grid:
        """One sheet."""
        return self._host.read(sheet)

    def read_all(self, reading: Reading | None = None) -> tuple[Grid, ...]:
        """All sheets but the list of results, faster than one by one."""
        if reading is not None:
            reading(self.name, 1, 1)
        return self._host.read_all()

    def formulas(self, sheet: str) -> Mapping[tuple[int, int], str]:
        """Formula texts of one sheet."""
        return self._host.formulas(sheet)

    def apply(self, edits: Edits) -> Applied:
        """Write into the file itself; a workbook that gongkai never wrote before is copied first. Raises ``WorkbookError``."""
        if self.path.suffix.lower() not in WRITABLE_SUFFIXES:
            raise LockedError(
                f"{self.name}：这种格式只能校验，不能标记和修正；请在 Excel 或 WPS 中另存为 .xlsx 后再试。"
            )
        words = Words("zh")
        ensure_writable(self.path, words)
        if not read_journals(self.path) and not self._is_backed_up():
            back_up(self.path, datetime.datetime.now().astimezone().isoformat(timespec="seconds"), words)
        return self._host.apply(edits)

    def _is_backed_up(self) -> bool:
        content = self.path.read_bytes()
        copies = self.path.parent.glob(f"{glob.escape(self.path.stem + BACKUP_MARK)}*{self.path.suffix}")
        return any(copy.stat().st_size == len(content) and copy.read_bytes() == content for copy in copies)

    def undo(self, journal: Journal) -> tuple[Refusal, ...]:
        """Take back the last run; a file takes back no other. Raises ``WorkbookError``."""
        refused = undo_edits(self.path, self.path)
        self._host = FileHost(self.path)
        return tuple(refused)

    def clear_marks(self) -> tuple[Refusal, ...]:
        """Take back the marks and the list. Raises ``WorkbookError``."""
        refused = clear_marks(self.path, self.path)
        self._host = FileHost(self.path)
        return tuple(refused)

    def goto(self, cell: CellRef) -> None:
        """Do nothing: there is no window."""

    def status(self, text: str | None) -> None:
        """Do nothing: there is no status bar."""

    def quiet(self) -> AbstractContextManager[object]:
        """Nothing to keep quiet."""
        return nullcontext()

    def keep(self, journal: Journal) -> None:
        """Do nothing: ``apply`` has put the journal into the file."""

    def kept(self) -> tuple[Journal, ...]:
        """The journals inside the file. Raises ``WorkbookError``."""
        return read_journals(self.path) if self.path.suffix.lower() in WRITABLE_SUFFIXES else ()

    def drop(self, journal: Journal) -> None:
        """Do nothing: ``undo`` has taken the journal out of the file."""


def list_names(sheets: Sequence[str]) -> tuple[str, ...]:
    """The sheets that may be our list of results: 校验结果, or 校验结果(2) where the user has a sheet of that name."""
    return tuple(
        name
        for name in sheets
        if name == RESULTS_SHEET
        or (name.startswith(f"{RESULTS_SHEET}(") and name[len(RESULTS_SHEET) + 1 : -1].isdigit())
    )
