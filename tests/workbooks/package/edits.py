"""Edits that the tests carry out on the rich workbook."""

from __future__ import annotations

from pathlib import Path

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Applied, Edits, Mark, ResultsSheet, SetValue, SeverityWord, SheetCell
from gongkai_workbooks.grid import CellValue
from gongkai_workbooks.package import write_edits

from .rich import SHEETS

FIRST, SECOND, THIRD = SHEETS
VALUE_CELL, TEXT_CELL, RICH_CELL, MERGED_CELL, ABSENT_CELL = "C8", "C9", "A26", "A23", "I40"


def ref(sheet: str, address: str) -> CellRef:
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return CellRef(sheet, int(address[len(letters) :]), column)


def mark(address: str, severity: SeverityWord = "error", note: str = "本年收入合计不平", sheet: str = FIRST) -> Mark:
    return Mark(cell=ref(sheet, address), severity=severity, note=note)


def change(address: str, old: CellValue, new: CellValue, sheet: str = FIRST) -> SetValue:
    return SetValue(cell=ref(sheet, address), old=old, new=new)


def results() -> ResultsSheet:
    """A title, a header and two findings; one text looks like a formula and must not become one."""
    return ResultsSheet(
        rows=(
            (SheetCell(value="校验结果", style="title"),),
            tuple(SheetCell(value=text, style="header") for text in ("序号", "严重程度", "位置", "说明", "处理")),
            (
                SheetCell(value=1, style="amount"),
                SheetCell(value="✖ 错误", style="error"),
                SheetCell(value=f"{FIRST}!{VALUE_CELL}", link=ref(FIRST, VALUE_CELL)),
                SheetCell(value="=1+1", style="wrap"),
                SheetCell(value="待处理"),
            ),
            (
                SheetCell(value=2.5, style="amount"),
                SheetCell(value="▲ 警告", style="warning"),
                SheetCell(value="B4", link=ref("it's", "B4")),
                SheetCell(value='<a> & "b" \x01', style="muted"),
                SheetCell(value="已改", style="info"),
            ),
        ),
        header_row=2,
        last_filter_row=4,
        widths=(6, 12.5, 20, 40, 10),
        choices=((5, ("待处理", "已改", "确认无误")),),
    )


def all_edits() -> Edits:
    """Values of each kind, marks of each kind on sheets one and two, and the results sheet."""
    return Edits(
        values=(
            change(VALUE_CELL, 10, 11.5),
            change(TEXT_CELL, "text", "文字\n第二行"),
            change(RICH_CELL, "其中红字部分", "其中部分"),
            change("G50", "", 5, sheet=SECOND),
        ),
        marks=(
            mark(VALUE_CELL, "warning"),
            mark("D6"),
            mark("E5", note="公式的结果不平"),
            mark("B24", "error", sheet=SECOND),
            mark(ABSENT_CELL, "info", "空白"),
        ),
        results=results(),
    )


def write(source: Path, edits: Edits, output: Path) -> Applied:
    return write_edits(source, edits, output, tool_version="1.2.3", time="2025-11-22T10:00:00+08:00")
