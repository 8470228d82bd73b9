"""From a request to the workbook that it means."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from gongkai.desk.open_workbook import OpenWorkbook, SavedWorkbook
from gongkai.desk.request import Request
from gongkai.paths import WORKBOOK_SUFFIXES
from gongkai_workbooks.errors import UnreadableError


def open_workbooks() -> tuple[Request, ...]:
    """The workbooks that are open in a program that can be reached. Raises ``WorkbookError``."""
    from gongkai_workbooks.live import open_books

    _let_thread_use_com()
    return tuple(
        Request(application=each.application, workbook=each.full_name, locator=each.locator) for each in open_books()
    )


def connect(request: Request) -> OpenWorkbook:
    """The workbook that a request means: the open one, never the file on the disk behind it, which may differ. Raises ``WorkbookError``."""
    if not request.workbook:
        raise UnreadableError("没有打开的工作簿：请先打开决算公开表，再点按钮。")
    if request.application != "file":
        from gongkai_workbooks.live import LiveHost, find_book

        _let_thread_use_com()
        return LiveHost(find_book(request.application, request.workbook, request.locator))
    path = Path(request.workbook)
    if not path.is_absolute() or path.suffix.lower() not in WORKBOOK_SUFFIXES:
        raise UnreadableError(f"“{request.workbook}”不是电子表格文件的完整路径。")
    return SavedWorkbook(path)


def _let_thread_use_com() -> None:
    """Windows lets a thread speak to Excel and WPS only after it has said so; saying it twice does no harm."""
    if sys.platform == "win32":
        with suppress(ImportError):  # without pywin32 there is no xlwings either, which says so itself
            import pythoncom  # type: ignore[import-not-found,import-untyped,unused-ignore]

            pythoncom.CoInitialize()
