"""A workbook saved on disk, or read from standard input, as a host."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

from .cells import CellRef
from .edits import JOURNAL_SHEET, RESULTS_SHEET, Applied, Edits, Journal, Refusal
from .errors import LockedError, UnreadableError, WorkbookError
from .grid import Grid
from .reading.calamine_reader import contained
from .reading.limits import MAX_FILE_BYTES, MIB
from .reading.opening import open_book
from .reading.saved_book import SavedBook


class FileHost:
    """A saved workbook: ``.xlsx .xlsm .xls .xlsb .ods .et``, encrypted or not, known by its content and not by its name.

    The file is read when it is first asked for something and is kept in memory until it is edited. Every method raises
    ``WorkbookError``, whose text is one sentence with the path, the reason and the cure.
    """

    def __init__(self, path: Path, *, password: str | None = None) -> None:
        self._path: Path | None = path
        self._name = str(path)
        self._password = password
        self._data: bytes | None = None
        self._book: SavedBook | None = None

    @classmethod
    def from_bytes(cls, data: bytes, name: str, *, password: str | None = None) -> FileHost:
        """A workbook that is not on disk, such as standard input; ``name`` stands for the path in messages."""
        host = cls(Path(name), password=password)
        host._path = None
        host._name = name
        host._data = data
        return host

    @property
    def path(self) -> Path | None:
        """The file; None for a workbook that was given as bytes."""
        return self._path

    def sheets(self) -> tuple[str, ...]:
        """Names of the worksheets in tab order, hidden ones included; charts and macro sheets are none."""
        return tuple(entry.name for entry in self._opened().sheets)

    def read(self, sheet: str) -> Grid:
        """Values of one sheet with their true addresses, faults, formula positions, merges and hidden rows and columns."""
        return self._grids([self._place(sheet)])[0]

    def read_all(self) -> tuple[Grid, ...]:
        """All sheets in tab order, but not those that gongkai added. Faster than one by one."""
        added = (RESULTS_SHEET, JOURNAL_SHEET)
        return tuple(
            self._grids([place for place, entry in enumerate(self._opened().sheets) if entry.name not in added])
        )

    def formulas(self, sheet: str) -> Mapping[tuple[int, int], str]:
        """Formula text by row and column; a bare ``=`` in ``.xls``, ``.et`` and ``.xlsb``, which hold no text."""
        place, book = self._place(sheet), self._opened()
        try:
            with contained():
                return book.formulas(place)
        except WorkbookError as error:
            raise self._named(error) from error

    def apply(self, edits: Edits, output: Path | None = None) -> Applied:
        """Write ``edits`` into ``output``, or into the file itself. Only ``.xlsx`` and ``.xlsm`` can be written."""
        from datetime import datetime
        from importlib.metadata import version

        from .package import write_edits

        source = self._on_disk()
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        applied = write_edits(
            source, edits, output or source, tool_version=version("gongkai"), time=now, password=self._password
        )
        self._forget()
        return applied

    def undo(self, journal: Journal | None = None, output: Path | None = None) -> tuple[Refusal, ...]:
        """Take back what the last ``apply`` did, by the journal that it left inside the file; ``journal`` is not needed."""
        from .package import undo_edits

        source = self._on_disk()
        refused = undo_edits(source, output or source, password=self._password)
        self._forget()
        return refused

    def goto(self, cell: CellRef) -> None:
        """Do nothing: there is no window."""

    def _opened(self) -> SavedBook:
        if self._book is None:
            try:
                self._book = open_book(self._content(), self._password)
            except WorkbookError as error:
                raise self._named(error) from error
        return self._book

    def _grids(self, places: list[int]) -> list[Grid]:
        book = self._opened()
        try:
            with contained():
                return book.read(places)
        except WorkbookError as error:
            raise self._named(error) from error

    def _place(self, sheet: str) -> int:
        for place, entry in enumerate(self._opened().sheets):
            if entry.name == sheet:
                return place
        raise UnreadableError(f"{self._name}：没有名为「{sheet}」的工作表。")

    def _content(self) -> bytes:
        if self._path is None:
            if self._data is None or len(self._data) <= MAX_FILE_BYTES:
                return self._data or b""
            raise UnreadableError(_too_long(len(self._data)))
        try:
            status = self._path.stat()
            if stat.S_ISDIR(status.st_mode):
                raise UnreadableError("是文件夹，不是文件。请给出其中的电子表格")
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError("不是普通文件。请给出电子表格文件")
            if status.st_size > MAX_FILE_BYTES:
                raise UnreadableError(_too_long(status.st_size))
            return self._path.read_bytes()
        except FileNotFoundError as error:
            raise UnreadableError("找不到这个文件。请检查路径和文件名（包括扩展名）") from error
        except PermissionError as error:
            raise UnreadableError(
                "没有读取权限，或者文件正被别的程序独占。请关闭占用它的程序，或检查文件权限"
            ) from error
        except (OSError, ValueError) as error:
            raise UnreadableError("读取时出错。请检查路径、网络或磁盘后再试") from error

    def _on_disk(self) -> Path:
        if self._path is None:
            raise LockedError(f"{self._name}：不是磁盘上的文件，无法写回。请先存成文件再试。")
        return self._path

    def _named(self, error: WorkbookError) -> WorkbookError:
        return type(error)(f"{self._name}：{error}。")

    def _forget(self) -> None:
        self._book = None


def _too_long(size: int) -> str:
    return f"文件有 {size // MIB} MB，超过 {MAX_FILE_BYTES // MIB} MB 的上限，不像部门决算公开表。请确认文件是否给对"
