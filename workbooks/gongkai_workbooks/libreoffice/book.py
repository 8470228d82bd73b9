"""An open spreadsheet of LibreOffice and its sheets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from xlwings import base_classes

from .errands.document import Document
from .file_urls import file_url, path_of
from .sheet import Sheet

if TYPE_CHECKING:
    from .app import App

_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
}


class Book(base_classes.Book):
    """One spreadsheet document."""

    def __init__(self, app: App, document: Any) -> None:
        self._app = app
        self.document = document
        self.known = Document(document)

    @property
    def api(self) -> Any:
        """The document."""
        return self.document

    @property
    def native_sheets(self) -> Any:
        """The sheets as LibreOffice gives them."""
        return self.known.sheets

    def errand(self, name: str, *arguments: object) -> Any:
        """Have something done to the document, in LibreOffice's own process where it can be; see ``errands``."""
        return self._app.messenger.send(name, self.known, *arguments)

    @cached_property
    def undo_manager(self) -> Any:
        """LibreOffice's own undo of the document."""
        return self.document.getUndoManager()

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name."""
        return Sheet(self, name=name) if self.native_sheets.hasByName(name) else None

    @property
    def app(self) -> App:
        """See xlwings."""
        return self._app

    @property
    def sheets(self) -> Sheets:
        """See xlwings."""
        return Sheets(self)

    @property
    def fullname(self) -> str:
        """The path; the address of a book that lies on a server; the title of one that was never saved."""
        url = self.document.getURL()
        if not url:
            return str(self.document.getTitle())
        return path_of(url) if url.startswith("file:") else unquote(url)

    @property
    def name(self) -> str:
        """The name of the file, or the title of a book that was never saved."""
        return PurePath(self.fullname).name

    def save(self, path: str | Path | None = None, password: str | None = None) -> None:
        """Save, in the format of the file name. Raises ``ValueError`` for a format that is not known."""
        if path is None and self.document.getURL():
            self.document.store()
            return
        target = Path(path or f"{self.document.getTitle()}.xlsx").resolve()
        if target.suffix.lower() not in _FILTERS:
            raise ValueError(f"unknown format: {target.name}")
        options = {"FilterName": _FILTERS[target.suffix.lower()], "Overwrite": True}
        if password:
            options["Password"] = password
        self.document.storeAsURL(file_url(target), tuple(self._app.property_value(*each) for each in options.items()))

    def close(self) -> None:
        """Close without saving."""
        self.document.close(True)

    def activate(self) -> None:
        """Bring the window to the front."""
        controller = self.document.getCurrentController()
        if controller is not None:
            controller.getFrame().getContainerWindow().toFront()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Book) and bool(self.document.RuntimeUID == other.document.RuntimeUID)

    def __hash__(self) -> int:
        return hash(self.document.RuntimeUID)


class Sheets(base_classes.Sheets):
    """The sheets of a spreadsheet."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._sheets = book.native_sheets

    @property
    def api(self) -> Any:
        """The sheets as LibreOffice gives them."""
        return self._sheets

    @property
    def active(self) -> Sheet:
        """The sheet in front."""
        controller = self._book.document.getCurrentController()
        return Sheet(self._book, self._sheets.getByIndex(0) if controller is None else controller.getActiveSheet())

    def __call__(self, name_or_index: str | int) -> Sheet:
        """The sheet of that name or number. Raises ``KeyError`` or ``IndexError``."""
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= len(self):
                raise IndexError(name_or_index)
            return Sheet(self._book, self._sheets.getByIndex(name_or_index - 1))
        found = self._book.sheet(name_or_index)
        if found is None:
            raise KeyError(name_or_index)
        return found

    def __len__(self) -> int:
        return int(self._sheets.getCount())

    def __iter__(self) -> Iterator[Sheet]:
        return iter([self(name) for name in self._sheets.getElementNames()])

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Insert a sheet; at the end when no place is given."""
        names = self._sheets.getElementNames()
        place = len(names)
        if before is not None:
            place = before.index - 1
        elif after is not None:
            place = after.index
        if name is None:
            name = next(free for free in (f"Sheet{number}" for number in range(1, 9_999)) if free not in names)
        self._sheets.insertNewByName(name, place)
        return self(name)
