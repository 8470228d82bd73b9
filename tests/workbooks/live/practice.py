"""A small workbook that has something of everything a user may have done."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Protection, Side

SHEET, LOCKED, HIDDEN = "收入", "锁定", "隐藏"
USER_NOTE = "原有批注：请核对"


def write_practice(path: Path) -> Path:
    """Amounts in B2:C5, sums in row 6, a text amount in B3, a merged title, a hidden row and column, a note, colours, borders."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    sheet["A1"] = "收入决算表"
    sheet.merge_cells("A1:C1")
    lines: tuple[tuple[str, float | str, float | None], ...] = (
        ("甲", 10.5, 1.25),
        ("乙", "20.25", 2),
        ("丙", 30, None),
        ("丁", 40, 4),
    )
    for row, (label, first, second) in enumerate(lines, 2):
        sheet.cell(row, 1, label)
        sheet.cell(row, 2, first)
        sheet.cell(row, 3, second)
    sheet["B6"], sheet["C6"] = "=SUM(B2:B5)", "=C2+C3"
    sheet["B3"].number_format = "@"
    sheet["B2"].number_format = "#,##0.00"
    sheet["B2"].fill = PatternFill("solid", fgColor="92D050")
    sheet["B2"].border = Border(left=Side("thick", color="FF0000"), bottom=Side("thin", color="000000"))
    sheet["C2"].comment = Comment(USER_NOTE, "张三")
    sheet["A8"] = "合并"
    sheet.merge_cells("A8:B9")
    sheet["A8"].border = sheet["B8"].border = Border(top=Side("thin", color="000000"))
    sheet["A10"], sheet["E2"] = 5, 7
    sheet.row_dimensions[10].hidden = True
    sheet.column_dimensions["E"].hidden = True
    locked = book.create_sheet(LOCKED)
    locked["A1"], locked["A2"] = 1, 2
    locked["A2"].protection = Protection(locked=False)
    locked.protection.sheet = True
    hidden = book.create_sheet(HIDDEN)
    hidden["A1"] = 3
    hidden.sheet_state = "hidden"
    book.save(path)
    return path
