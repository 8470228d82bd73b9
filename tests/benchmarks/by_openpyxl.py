"""The same marks and the same sheet of results as ``package.write_edits`` makes, by the means of openpyxl."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from gongkai_workbooks.cells import column_letters
from gongkai_workbooks.edits import NOTE_AUTHOR, RESULTS_SHEET, Edits, ResultsSheet, SeverityWord

_FILLS: dict[SeverityWord, str] = {"error": "FFC7CE", "warning": "FFF2CC"}
_SIDES: dict[SeverityWord, Side] = {
    "error": Side(style="medium", color="9C0006"),
    "warning": Side(style="dashed", color="9C5700"),
    "info": Side(style="dotted", color="1F4E79"),
}


def load_and_save(source: Path, output: Path) -> None:
    """Nothing changed: the least that a program on openpyxl does."""
    load_workbook(source).save(output)


def write(source: Path, edits: Edits, output: Path) -> None:
    """Load, mark, add the sheet of results, save."""
    workbook = load_workbook(source)
    _mark(workbook, edits)
    if edits.results is not None:
        _add_results(workbook, edits.results)
    workbook.save(output)


def _mark(workbook: Workbook, edits: Edits) -> None:
    for mark in edits.marks:
        cell = workbook[mark.cell.sheet].cell(mark.cell.row, mark.cell.column)
        if mark.severity in _FILLS:
            cell.fill = PatternFill("solid", fgColor=_FILLS[mark.severity])
        side = _SIDES[mark.severity]
        cell.border = Border(left=side, right=side, top=side, bottom=side)
        cell.comment = Comment(f"{NOTE_AUTHOR} {mark.note}", NOTE_AUTHOR)


def _add_results(workbook: Workbook, results: ResultsSheet) -> None:
    sheet = workbook.create_sheet(RESULTS_SHEET)
    thin = Side(style="thin", color="BFBFBF")
    frame = Border(left=thin, right=thin, top=thin, bottom=thin)
    for row, cells in enumerate(results.rows, 1):
        for column, content in enumerate(cells, 1):
            cell = sheet.cell(row, column, content.value)
            cell.alignment = Alignment(vertical="center", wrap_text=content.style in ("wrap", "header"))
            cell.font = Font(bold=content.style in ("title", "header"), underline="single" if content.link else None)
            if row >= results.header_row:
                cell.border = frame
            if content.style == "header":
                cell.fill = PatternFill("solid", fgColor="DDEBF7")
            elif content.style in ("error", "warning"):
                cell.fill = PatternFill("solid", fgColor=_FILLS["error" if content.style == "error" else "warning"])
            elif content.style == "amount":
                cell.number_format = "#,##0.00"
            if content.link is not None:
                place = f"'{content.link.sheet}'!{content.link.a1}"
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
    for column, width in enumerate(results.widths, 1):
        sheet.column_dimensions[column_letters(column)].width = width
    sheet.freeze_panes = f"A{results.header_row + 1}"
    last = column_letters(len(results.widths))
    sheet.auto_filter.ref = f"A{results.header_row}:{last}{results.last_filter_row}"
    for column, texts in results.choices:
        choice = DataValidation(type="list", formula1=f'"{",".join(texts)}"', allow_blank=True)
        letters = column_letters(column)
        choice.add(f"{letters}{results.header_row + 1}:{letters}{results.last_filter_row}")
        sheet.add_data_validation(choice)
