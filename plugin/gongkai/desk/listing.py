"""Which workbooks are open: what the page of the 检查助手 offers to choose from."""

from __future__ import annotations

from .answer import Answer
from .desk import Desk


def list_workbooks(desk: Desk) -> Answer:
    """The workbooks that are open in programs of this machine. Raises ``WorkbookError``."""
    found = tuple(desk.listing())
    if not found:
        return Answer(sentence="没有打开的工作簿：请在 Excel、WPS 或 LibreOffice 中打开决算公开表，再点“刷新”。")
    return Answer(sentence=f"打开的工作簿有 {len(found)} 个。", workbooks=found)
