"""Carrying out a plan on an open workbook, in as few calls as the program allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai_workbooks.edits import RESULTS_SHEET, ResultsSheet
from gongkai_workbooks.mark_look import MARK_LOOKS

from .cell_content import Content
from .planning import Plan
from .program import Place, Program
from .sheet_values import block

if TYPE_CHECKING:
    import xlwings

NO_RESULTS = "工作簿结构受保护，未添加结果清单，请先撤销工作簿保护"


def write_plan(book: xlwings.Book, program: Program, plan: Plan) -> None:
    """Write values, fills, borders and notes."""
    from gongkai_workbooks.package.notes import SEPARATOR

    for name, todo in plan.sheets.items():
        sheet = book.sheets[name]
        for place, content in todo.values.items():
            put_content(sheet, program, place, content)
        for severity, spans in todo.marks.items():
            program.mark(sheet, spans, *MARK_LOOKS[severity])
        if todo.new_notes:
            program.add_notes(sheet, todo.new_notes)
        for place, text in todo.longer_notes.items():
            program.append_note(sheet, place, f"\n{SEPARATOR}\n{text}")


def put_content(sheet: xlwings.Sheet, program: Program, place: Place, content: Content) -> None:
    """Let a cell hold a constant or a formula; its number format stays."""
    if content.kind != "formula":
        program.put(sheet, place, content)
        return
    cell = sheet.range(place)
    number_format = cell.number_format
    program.put_formula(sheet, place, content.text)
    if cell.number_format != number_format:
        cell.number_format = number_format


def results_name(book: xlwings.Book, program: Program) -> str:
    """The name for a results sheet: the usual one, unless the user has a sheet of that name."""
    taken = {name.lower() for name in program.sheet_names(book)}
    name, number = RESULTS_SHEET, 1
    while name.lower() in taken:
        number += 1
        name = f"{RESULTS_SHEET}({number})"
    return name


def add_results(book: xlwings.Book, program: Program, results: ResultsSheet, name: str) -> None:
    """Add the results sheet after the last one."""
    from gongkai_workbooks.package.results_sheet import TAG

    sheet = program.add_sheet(book, name)
    program.tag(sheet, TAG)
    program.fill_results(sheet, results)


def remove_results(book: xlwings.Book, program: Program, name: str = "") -> bool:
    """Remove the results sheets that carry our tag; whether no sheet called ``name`` is left.

    A sheet of that name in which nothing stands goes, too: whoever added it was ended before it was tagged.
    """
    from gongkai_workbooks.package.results_sheet import TAG

    names = program.sheet_names(book)
    ours = program.tagged(book, [other for other in names if other.startswith(RESULTS_SHEET) or other == name], TAG)
    if name in names and name not in ours and _is_blank(book.sheets[name]):
        ours = (*ours, name)
    for other in ours:
        if len(program.sheet_names(book)) > 1:
            program.remove_sheet(book.sheets[other])
    return name not in program.sheet_names(book)


def _is_blank(sheet: xlwings.Sheet) -> bool:
    return all(cell in (None, "") for row in block(sheet.used_range.raw_value) for cell in row)
