"""WPS on Windows, spoken to by its registered name as if it were Excel; its windows are others, so none is looked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from .xlwings_import import load_xlwings

if TYPE_CHECKING:
    import xlwings

PROGRAM_IDS = ("Ket.Application", "et.Application")
"""Names under which WPS registers its spreadsheet program, the present one first."""

_FOLDERS = ("kingsoft", "wps office")
_NAMES = ("wps", "et")


def is_wps(application: Any) -> bool:
    """Whether a COM object is WPS: it also registers as Excel, so only its folder and its name tell."""
    path, name = str(getattr(application, "Path", "")).lower(), str(getattr(application, "Name", "")).lower()
    return any(folder in path for folder in _FOLDERS) or name.startswith(_NAMES)


def wps_books() -> list[xlwings.Book]:
    """The workbooks that are open in WPS; none where WPS is not running or not registered."""
    module = load_xlwings()
    application = _running()
    if application is None:
        return []
    books = application.Workbooks
    return [module.Book(impl=_book(books(number), application)) for number in range(1, books.Count + 1)]


def _running() -> Any:
    """The running WPS, with calls that are tried again while it is busy."""
    windows: Any = sys.modules["xlwings._xlwindows"]
    import pythoncom  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from win32com.client import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
        GetActiveObject,
    )

    pythoncom.CoInitialize()
    for name in PROGRAM_IDS:
        for known in filter(None, (name, _class_of_user(name))):
            try:
                return windows.COMRetryObjectWrapper(GetActiveObject(known))
            except Exception as error:
                if not isinstance(getattr(error, "hresult", None), int):
                    raise
    return None


def _class_of_user(name: str) -> str | None:
    """The class that a registered name means for this user. WPS registers itself for the user alone, and not every process is shown that under its name."""
    if sys.platform == "win32":
        import winreg

        try:
            return str(winreg.QueryValue(winreg.HKEY_CURRENT_USER, rf"Software\Classes\{name}\CLSID"))
        except OSError:
            return None
    return None


def _book(native: Any, application: Any) -> Any:
    """The workbook for xlwings; its program is asked neither for a window nor for a process."""
    windows: Any = sys.modules["xlwings._xlwindows"]

    class WpsApp(windows.App):  # type: ignore[misc]
        pid = 0

    class WpsBook(windows.Book):  # type: ignore[misc]
        @property
        def app(self) -> Any:
            return WpsApp(xl=application, add_book=False)

    return WpsBook(xl=native)
