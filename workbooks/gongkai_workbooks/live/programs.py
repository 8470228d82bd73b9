"""Which program has a workbook open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai_workbooks.errors import WorkbookError

from .program import Program

if TYPE_CHECKING:
    import xlwings


def program_of(book: xlwings.Book) -> Program:
    """The program that holds ``book``: LibreOffice, or one that speaks Excel's object model. Raises ``WorkbookError`` for one that is not known."""
    if book.app.engine.name == "libreoffice":
        from gongkai_workbooks.libreoffice.program import LibreOffice

        return LibreOffice()
    if type(book.app.impl).__module__ == "xlwings._xlmac":
        raise WorkbookError("暂不支持直接校验 Mac 版 Excel 中打开着的工作簿。请先保存，再用命令行校验这个文件。")
    from .excel_program import ExcelProgram

    return ExcelProgram()
