"""A plain disclosure of nine sheets in the shape of the published ones: merged code cells on every row, borders, formulas in totals."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, Mark, ResultsSheet, SheetCell

NAMES = tuple(f"公开{number:02d}" for number in range(1, 10))


def nine_sheets(path: Path, rows: int) -> None:
    """Nine sheets of ``rows`` code rows and ten amount columns."""
    with xlsxwriter.Workbook(path) as book:
        head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
        text = book.add_format({"border": 1})
        money = book.add_format({"border": 1, "num_format": "#,##0.00"})
        for name in NAMES:
            sheet = book.add_worksheet(name)
            sheet.merge_range(0, 0, 0, 13, f"{name} 决算表", head)
            sheet.write_row(1, 0, ["编码", "", "", "名称", *(f"第{column}栏" for column in range(10))], head)
            for row in range(2, rows + 2):
                sheet.merge_range(row, 0, row, 2, f"20{row:05d}", text)
                sheet.write_string(row, 3, f"项目{row}", text)
                for column in range(4, 14):
                    sheet.write_number(row, column, row * column / 4, money)
            sheet.merge_range(rows + 2, 0, rows + 2, 3, "合计", head)
            for column in range(4, 14):
                letter = chr(65 + column)
                total = sum(row * column / 4 for row in range(2, rows + 2))
                sheet.write_formula(rows + 2, column, f"=SUM({letter}3:{letter}{rows + 2})", money, total)


def twenty_marks() -> Edits:
    """Twenty marks on four sheets and a results sheet of twelve columns that lists them."""
    cells = [CellRef(name, 4 + 3 * number, 5 + number) for name in NAMES[:4] for number in range(5)]
    marks = tuple(
        Mark(
            cell=cell, severity=("error", "warning", "info")[cell.column % 3], note="✖ 错误 XF101\n应为 1.00，实为 2.00"
        )
        for cell in cells
    )
    header = tuple(SheetCell(value=f"第{column}列", style="header") for column in range(12))
    listed = tuple(
        (
            SheetCell(value=number),
            SheetCell(value="✖ 错误", style="error"),
            SheetCell(value=str(cell), link=cell),
            *(SheetCell(value="说明文字" * 4, style="wrap") for _ in range(9)),
        )
        for number, cell in enumerate(cells, 1)
    )
    results = ResultsSheet(rows=(header, *listed), header_row=1, last_filter_row=21, widths=(12.0,) * 12)
    return Edits(marks=marks, results=results)
