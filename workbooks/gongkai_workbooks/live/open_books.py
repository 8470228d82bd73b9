"""The workbooks that are open in programs of this machine, and the one that a button was clicked in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from gongkai_workbooks.errors import UnreadableError, WorkbookError

from .busy import WAIT_SECONDS, guarded
from .xlwings_import import load_xlwings

if TYPE_CHECKING:
    import xlwings

Application = Literal["excel", "wps", "libreoffice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBook:
    """An open workbook: the program, the name its window shows, its full name, and what finds it again (``find_book``)."""

    application: Application
    name: str
    full_name: str
    locator: Mapping[str, str | int]
    book: xlwings.Book


def open_books() -> list[OpenBook]:
    """All workbooks that can be reached, program by program. A program that is busy or gone is passed over. Raises ``WorkbookError``."""
    load_xlwings()
    found: list[OpenBook] = []
    for application in (_excel, _wps, _libreoffice):
        with suppress(WorkbookError), guarded("工作簿"):
            found.extend(application())
    return found


def find_book(application: Application, full_name: str, locator: Mapping[str, str | int | bool]) -> xlwings.Book:
    """The workbook that a request means: the one of that full name, in the program and window that the locator tells.

    ``locator`` holds ``hwnd`` for Excel, ``pipe`` or ``port`` and ``document`` for LibreOffice. Raises ``UnreadableError`` when there is none.
    """
    with guarded(full_name or "工作簿"):
        if application == "libreoffice":
            document = locator.get("document")
            for one in _libreoffice_at(locator):
                if one.locator["document"] == document or (document is None and one.full_name == full_name):
                    return one.book
        else:
            window = locator.get("hwnd")
            process = _process_of(window)
            books = list(_excel() if application == "excel" else _wps())
            named = [one for one in books if full_name.casefold() in (one.full_name.casefold(), one.name.casefold())]

            def distance(one: OpenBook) -> int:
                # A program tells the window that is in front just now, which need not be that of the click any more; its process is.
                there = one.locator.get("hwnd")
                return 0 if there == window else 1 if process and _process_of(there) == process else 2

            for one in sorted(named, key=distance):
                return one.book
    raise UnreadableError(f"{full_name}：没有找到这个打开着的工作簿。请回到该工作簿的窗口，再点一次按钮。")


def _excel() -> Iterator[OpenBook]:
    """The workbooks of all running Excels."""
    from .wps import is_wps

    module = load_xlwings()
    if module.engines.active is None:
        return
    for app in module.apps:
        if not is_wps(app.api):
            for book in app.books:
                yield OpenBook(
                    application="excel",
                    name=book.name,
                    full_name=_full_name(book),
                    locator={"hwnd": int(app.hwnd or 0)},
                    book=book,
                )


def _wps() -> Iterator[OpenBook]:
    """The workbooks of a running WPS."""
    from .wps import wps_books

    load_xlwings()
    if "xlwings._xlwindows" not in sys.modules:
        return
    for book in wps_books():
        yield OpenBook(application="wps", name=book.name, full_name=_full_name(book), locator={}, book=book)


def _libreoffice() -> Iterator[OpenBook]:
    """The workbooks of every LibreOffice that was connected to, or whose extension listens."""
    from gongkai_workbooks.libreoffice import connect, engine, open_pipes

    impl: Any = engine().impl
    for pipe in open_pipes():
        if impl.apps.find(f"pipe,name={pipe}") is None:
            try:
                connect(pipe=pipe)
            except WorkbookError:
                # A pipe that a program left behind when it ended badly.
                continue
    module = load_xlwings()
    # One LibreOffice may be reached in two ways.
    seen: set[str] = set()
    for app in impl.apps:
        for one in _books_of(module.App(impl=app)) if impl.apps.find(app.address) else ():
            document = str(one.locator["document"])
            if document not in seen:
                seen.add(document)
                yield one


def _libreoffice_at(locator: Mapping[str, str | int | bool]) -> Iterator[OpenBook]:
    """The workbooks of the LibreOffice that the locator tells; those of all when it tells none."""
    from gongkai_workbooks.libreoffice import connect

    pipe, port = locator.get("pipe"), locator.get("port")
    if isinstance(pipe, str) and pipe:
        # The extension opens the pipe at the first click: it may have a name before it listens.
        return _books_of(connect(pipe=pipe, wait=WAIT_SECONDS))
    if isinstance(port, int) and not isinstance(port, bool):
        return _books_of(connect(port=port))
    return _libreoffice()


def _books_of(app: xlwings.App) -> Iterator[OpenBook]:
    impl: Any = app.impl
    for book in app.books:
        document = str(book.api.RuntimeUID)
        yield OpenBook(
            application="libreoffice",
            name=book.name,
            full_name=book.fullname,
            locator={**impl.locator, "document": document},
            book=book,
        )


def _process_of(window: object) -> int:
    """The process to which a window belongs; 0 where that cannot be told."""
    module = sys.modules.get("win32process")  # xlwings has imported it where there is one
    if module is None or not isinstance(window, int) or not window:
        return 0
    try:
        return int(module.GetWindowThreadProcessId(window)[1])
    except Exception:
        return 0


def _full_name(book: xlwings.Book) -> str:
    """The path or address; xlwings would look for the folder behind an address in the cloud and may fail at that."""
    return str(book.api.FullName)
