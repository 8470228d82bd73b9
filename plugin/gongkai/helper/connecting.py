"""From a request to the workbook that it means."""

from __future__ import annotations

from pathlib import Path

from gongkai.desk.open_workbook import OpenWorkbook, SavedWorkbook
from gongkai.desk.request import Request
from gongkai.paths import WORKBOOK_SUFFIXES
from gongkai_workbooks.errors import UnreadableError


def open_workbooks() -> tuple[Request, ...]:
    """The workbooks that are open in a program that can be reached. Raises ``WorkbookError``."""
    from gongkai_workbooks.live import open_books

    return tuple(
        Request(application=each.application, workbook=each.full_name, locator=each.locator) for each in open_books()
    )


def connect(request: Request) -> OpenWorkbook:
    """The workbook that a request means: the open one, never the file on the disk behind it, which may differ. Raises ``WorkbookError``."""
    if not request.workbook:
        raise UnreadableError("没有打开的工作簿：请先打开决算公开表，再点按钮。")
    if request.application != "file":
        from gongkai_workbooks.live import LiveHost, find_book

        return LiveHost(find_book(request.application, request.workbook, request.locator))
    path = Path(request.workbook)
    if not path.is_absolute() or path.suffix.lower() not in WORKBOOK_SUFFIXES:
        raise UnreadableError(f"“{request.workbook}”不是电子表格文件的完整路径。")
    return SavedWorkbook(path)
