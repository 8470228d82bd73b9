"""A running LibreOffice and its open spreadsheets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from xlwings import base_classes

from .book import Book
from .file_urls import file_url
from .messenger import Messenger

if TYPE_CHECKING:
    from .cell_range import Range
    from .uno_engine import Apps, Engine
    from .way import Way


T = TypeVar("T")
_MOMENT = 1.0
"""Seconds for which it is taken as known which documents are open, for the settings of the program alone."""


class App(base_classes.App):
    """One LibreOffice. All its spreadsheets are open in one process, so what is set here holds for all of them."""

    def __init__(self, apps: Apps, way: Way, number: int) -> None:
        self._apps = apps
        self._number = number
        self.way = way
        context = way.context
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.messenger = Messenger(way)
        self._documents: tuple[float, list[Any]] = (0.0, [])
        self._indicator: Any = None
        self._status: str | bool = False

    @property
    def locator(self) -> Mapping[str, str | int]:
        """What ``live.find_book`` needs to reach this program again."""
        return self.way.locator

    @property
    def alive(self) -> bool:
        """Whether the program still answers."""
        try:
            self.desktop.getCurrentComponent()
        except Exception:  # UNO exceptions are made at run time and share no class with Python's
            return False
        return True

    @property
    def engine(self) -> Engine:
        """See xlwings."""
        from .uno_engine import ENGINE

        return ENGINE

    @property
    def api(self) -> Any:
        """The desktop of LibreOffice."""
        return self.desktop

    @property
    def books(self) -> Books:
        """See xlwings."""
        return Books(self)

    @property
    def pid(self) -> int:
        """A number of our own: LibreOffice does not tell that of its process."""
        return self._number

    @property
    def hwnd(self) -> int:
        """There is no window handle to be had."""
        return 0

    @property
    def version(self) -> str:
        """The version of LibreOffice, ``7.4``."""
        provider = self._service("com.sun.star.configuration.ConfigurationProvider")
        node = self.property_value("nodepath", "/org.openoffice.Setup/Product")
        access = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", (node,))
        return str(access.getByName("ooSetupVersion"))

    def _service(self, name: str) -> Any:
        return self.way.context.ServiceManager.createInstanceWithContext(name, self.way.context)

    def property_value(self, name: str, value: Any) -> Any:
        """A named value, as most of LibreOffice takes it."""
        return self.way.struct("com.sun.star.beans.PropertyValue", Name=name, Value=value)

    @property
    def visible(self) -> bool:
        """See xlwings. Whether windows show was decided when the program was started."""
        return True

    @visible.setter
    def visible(self, visible: bool) -> None:
        pass

    def documents(self) -> list[Any]:
        """The open spreadsheet documents."""
        found = []
        components = self.desktop.getComponents().createEnumeration()
        while components.hasMoreElements():
            document = components.nextElement()
            if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                found.append(document)
        return found

    def _of_all(self, ask: Callable[[Any], T]) -> list[T]:
        """What all documents answer: a setting of the program is one of each of them here. Which there are is asked anew after a moment."""
        since, documents = self._documents
        if time.monotonic() - since < _MOMENT:
            with suppress(Exception):  # one of them may have been closed since
                return [ask(document) for document in documents]
        documents = self.documents()
        self._documents = (time.monotonic(), documents)
        return [ask(document) for document in documents]

    @property
    def screen_updating(self) -> bool:
        """See xlwings."""
        return not any(self._of_all(lambda document: document.hasControllersLocked()))

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        def put(document: Any) -> None:
            if value and document.hasControllersLocked():
                document.unlockControllers()
            elif not value and not document.hasControllersLocked():
                document.lockControllers()

        self._of_all(put)

    @property
    def display_alerts(self) -> bool:
        """No dialog is ever shown to another program."""
        return False

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        pass

    @property
    def enable_events(self) -> bool:
        """Events cannot be switched off from outside."""
        return True

    @enable_events.setter
    def enable_events(self, value: bool) -> None:
        pass

    @property
    def calculation(self) -> str:
        """See xlwings."""
        automatic = all(self._of_all(lambda document: document.isAutomaticCalculationEnabled()))
        return "automatic" if automatic else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        self._of_all(lambda document: document.enableAutomaticCalculation(value != "manual"))

    def calculate(self) -> None:
        """Calculate what is out of date."""
        self._of_all(lambda document: document.calculate())

    @property
    def status_bar(self) -> str | bool:
        """The text we show there; False when LibreOffice shows its own."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        said = value if isinstance(value, str) else ""
        with suppress(Exception):  # the window in which something was said may be closed
            if self._indicator is not None and said:
                self._indicator.setText(said)
                self._status = said
                return
            if self._indicator is not None:
                self._indicator.end()
        self._indicator = None
        self._status = value if isinstance(value, str) else False
        frame = self.desktop.getCurrentFrame() if said else None
        if frame is not None:
            self._indicator = frame.createStatusIndicator()
            self._indicator.start(said, 0)

    @property
    def selection(self) -> Range | None:
        """The selected cells of the active book; None when something else is selected."""
        from .sheet import Sheet

        book = self.books.active
        selected = book.document.getCurrentSelection()
        if selected is None or not selected.supportsService("com.sun.star.sheet.SheetCellRange"):
            return None
        address = selected.getRangeAddress()
        return Sheet(book, book.document.getSheets().getByIndex(address.Sheet)).area(address)

    def activate(self, steal_focus: bool = False) -> None:
        """See xlwings."""
        frame = self.desktop.getCurrentFrame()
        if frame is not None:
            frame.activate()

    def quit(self) -> None:
        """Close all spreadsheets without saving, and end the program."""
        for document in self.documents():
            document.close(True)
        self._apps.forget(self)
        try:
            self.desktop.terminate()
        except Exception:  # the connection may break before the answer has come
            return


class Books(base_classes.Books):
    """The open spreadsheets of a LibreOffice."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        """The desktop of LibreOffice."""
        return self.app.desktop

    @property
    def active(self) -> Book:
        """The spreadsheet in front."""
        current = self.app.desktop.getCurrentComponent()
        if current is None or not current.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            current = self.app.documents()[0]
        return Book(self.app, current)

    def __call__(self, name_or_index: str | int) -> Book:
        """The book of that name, path or number. Raises ``KeyError``."""
        for number, book in enumerate(self, 1):
            if name_or_index in (number, book.name, book.fullname):
                return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self.app.documents())

    def __iter__(self) -> Iterator[Book]:
        return iter([Book(self.app, document) for document in self.app.documents()])

    def add(self) -> Book:
        """A new spreadsheet."""
        return self._load("private:factory/scalc", ())

    def open(self, fullname: str, *options: Any, **named: Any) -> Book:
        """Open a file. Raises ``OSError`` when LibreOffice does not."""
        found = [self.app.property_value("MacroExecutionMode", 0)]
        if named.get("read_only"):
            found.append(self.app.property_value("ReadOnly", True))
        if named.get("password"):
            found.append(self.app.property_value("Password", named["password"]))
        return self._load(file_url(fullname), tuple(found))

    def _load(self, url: str, options: tuple[Any, ...]) -> Book:
        # A document that was opened hidden loses its frozen panes when it is saved.
        options = (self.app.property_value("Hidden", False), *options)
        document = self.app.desktop.loadComponentFromURL(url, "_blank", 0, options)
        if document is None:
            raise OSError(f"LibreOffice does not open {url}")
        return Book(self.app, document)
