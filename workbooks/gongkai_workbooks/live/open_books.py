"""The workbooks that are open in programs of this machine, and the one that a button was clicked in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from gongkai_workbooks.errors import UnreadableError, WorkbookError

from .busy import guarded, sentence_of
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

    ``locator`` holds ``hwnd`` for Excel, ``bridge`` or ``port`` and ``document`` for LibreOffice. Raises ``UnreadableError`` when there is none.
    """
    with guarded(full_name or "工作簿"):
        if application == "libreoffice":
            document = locator.get("document")
            for one in _libreoffice_at(locator):
                if one.locator["document"] == document or (document is None and one.full_name == full_name):
                    return one.book
        else:
            found = _of_name(full_name, _wps()) if application == "wps" else _in_excels(full_name, locator.get("hwnd"))
            if found is not None:
                return found.book
    raise UnreadableError(f"{full_name}：没有找到这个打开着的工作簿。请回到该工作簿的窗口，再点一次按钮。")


def _excel() -> Iterator[OpenBook]:
    """The workbooks of all running Excels; one that is busy or gone is passed over."""
    for app in _excels():
        with suppress(WorkbookError), guarded("工作簿"):
            yield from list(_books_of_excel(app))


def _excels() -> list[xlwings.App]:
    """All running Excels. Nothing is asked of them yet."""
    module = load_xlwings()
    return [] if module.engines.active is None else list(module.apps)


def _books_of_excel(app: xlwings.App) -> Iterator[OpenBook]:
    from .wps import is_wps

    try:
        native = app.api
    except OSError:
        # A window of Excel in which no workbook stands, such as its start page, hands nothing out.
        return
    if is_wps(native):
        return
    for book in app.books:
        yield OpenBook(
            application="excel",
            name=book.name,
            full_name=_full_name(book),
            locator={"hwnd": int(app.hwnd or 0)},
            book=book,
        )


def _in_excels(full_name: str, window: object) -> OpenBook | None:
    """The workbook of that name, first in the Excel of that window. Another one that is busy, with a cell of some other workbook, is in nobody's way."""
    process = _process_of(window)

    def is_meant(app: xlwings.App) -> bool:
        # A program tells the window that is in front just now, which need not be that of the click any more; its process is.
        return window is None or app.hwnd == window or (process != 0 and _process_of(app.hwnd) == process)

    trouble: Exception | None = None
    for app in sorted(_excels(), key=is_meant, reverse=True):
        try:
            found = _of_name(full_name, _books_of_excel(app))
        except Exception as error:
            if is_meant(app) or sentence_of(error, "") is None:
                raise
            trouble = error
            continue
        if found is not None:
            return found
    if trouble is not None:
        raise trouble
    return None


def _of_name(full_name: str, books: Iterator[OpenBook]) -> OpenBook | None:
    names = full_name.casefold()
    return next((one for one in books if names in (one.full_name.casefold(), one.name.casefold())), None)


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
    from gongkai_workbooks.libreoffice import bridge_names, connect, engine

    impl: Any = engine().impl
    for bridge in bridge_names():
        with suppress(WorkbookError):  # left behind by a program that ended badly
            connect(bridge=bridge)
    module = load_xlwings()
    # One LibreOffice may be reached in two ways.
    seen: set[str] = set()
    for app in impl.apps:
        for one in _books_of(module.App(impl=app)) if impl.apps.find(app.way.address) else ():
            document = str(one.locator["document"])
            if document not in seen:
                seen.add(document)
                yield one


def _libreoffice_at(locator: Mapping[str, str | int | bool]) -> Iterator[OpenBook]:
    """The workbooks of the LibreOffice that the locator tells; those of all when it tells none."""
    from gongkai_workbooks.libreoffice import connect

    bridge, port = locator.get("bridge"), locator.get("port")
    if isinstance(bridge, str) and bridge:
        return _books_of(connect(bridge=bridge))
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
