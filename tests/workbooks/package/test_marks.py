"""Marks: fill, border, note; the results sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from lxml import etree

from gongkai_workbooks.edits import NOTE_AUTHOR, RESULTS_SHEET, Edits, ResultsSheet, SeverityWord, SheetCell

from .edits import ABSENT_CELL, FIRST, SECOND, THIRD, all_edits, change, mark, ref, results, write
from .reading import contents, openpyxl_book
from .rich import MAIN, THREAD_CELL, USER_NOTE, USER_NOTE_CELL, pack, unpack


def sides(cell: Any) -> set[tuple[str, str]]:
    drawn = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
    return {(side.style, side.color.rgb) for side in drawn}


@pytest.mark.parametrize(
    ("severity", "fill", "border", "head"),
    [
        ("error", "FFFFC7CE", ("medium", "FF9C0006"), "✖ 错误"),
        ("warning", "FFFFF2CC", ("dashed", "FF9C5700"), "▲ 警告"),
        ("info", "FF92D050", ("dotted", "FF1F4E79"), "● 提示"),
    ],
)
def test_each_severity_has_its_look(
    rich: Path, output: Path, severity: SeverityWord, fill: str, border: tuple[str, str], head: str
) -> None:
    write(rich, Edits(marks=(mark("C8", severity, "应为 1.00"),)), output)
    cell = openpyxl_book(output)[FIRST]["C8"]
    assert cell.fill.fgColor.rgb == fill
    assert sides(cell) == {border}
    assert cell.number_format == "0.000"
    assert cell.comment.text == f"{NOTE_AUTHOR} {head}\n应为 1.00"
    assert cell.comment.author == NOTE_AUTHOR


def test_marks_of_one_cell_are_joined_under_the_gravest(rich: Path, output: Path) -> None:
    marks = (mark("C10", "info", "甲"), mark("C10", "error", "乙"), mark("C10", "warning", "甲"))
    applied = write(rich, Edits(marks=marks), output)
    cell = openpyxl_book(output)[FIRST]["C10"]
    assert cell.fill.fgColor.rgb == "FFFFC7CE"
    assert cell.comment.text == f"{NOTE_AUTHOR} ✖ 错误\n乙\n甲"
    assert [entry.kind for entry in applied.journal.cells] == ["look", "note"]


def test_a_note_that_names_its_severity_is_not_told_twice(rich: Path, output: Path) -> None:
    write(rich, Edits(marks=(mark("C10", "error", "✖ 错误 XF101\n合计不平"),)), output)
    assert openpyxl_book(output)[FIRST]["C10"].comment.text == f"{NOTE_AUTHOR} ✖ 错误 XF101\n合计不平"


def test_the_users_note_is_kept_and_ours_comes_after_it(rich: Path, output: Path) -> None:
    write(rich, Edits(marks=(mark(USER_NOTE_CELL, "error", "合计不平"),)), output)
    sheet = openpyxl_book(output)[FIRST]
    own, line, *ours = sheet[USER_NOTE_CELL].comment.text.rsplit("\n", 3)
    assert (own, ours) == (USER_NOTE, [f"{NOTE_AUTHOR} ✖ 错误", "合计不平"])
    assert set(line) == {"─"}
    assert sheet[USER_NOTE_CELL].comment.author == "张三"
    assert (sheet["C20"].comment.text, sheet["C20"].comment.author) == ("另一条批注", "李四")


@pytest.mark.parametrize("known_by", ["both", "its part", "its author"])
def test_a_conversation_is_left_alone(rich: Path, output: Path, known_by: str) -> None:
    parts = unpack(rich.read_bytes())
    if known_by == "its part":
        parts["xl/comments1.xml"] = parts["xl/comments1.xml"].replace(b"<author>tc={", b"<author>{")
    elif known_by == "its author":
        links = parts["xl/worksheets/_rels/sheet1.xml.rels"]
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = links.replace(
            b"relationships/threadedComment", b"relationships/other"
        )
    rich.write_bytes(pack(parts))
    applied = write(rich, Edits(marks=(mark(THREAD_CELL),)), output)
    cell = openpyxl_book(output)[FIRST][THREAD_CELL]
    assert cell.fill.fgColor.rgb == "FFFFC7CE"
    assert cell.comment.text == "[线程批注] 老版本不显示"
    assert [str(refusal.cell) for refusal in applied.refused] == [f"{FIRST}!{THREAD_CELL}"]
    assert "会话式批注" in applied.refused[0].reason


def test_line_breaks_at_the_start_of_our_part_are_kept(rich: Path, output: Path) -> None:
    write(rich, Edits(marks=(mark(USER_NOTE_CELL),)), output)
    space = "{http://www.w3.org/XML/1998/namespace}space"
    texts = etree.fromstring(contents(output)["xl/comments1.xml"]).iter(f"{{{MAIN}}}t")
    assert [text.get(space) for text in texts if (text.text or "").startswith("\n")] == ["preserve"]


def test_every_note_has_one_hidden_box(rich: Path, output: Path) -> None:
    write(rich, all_edits(), output)
    for number, sheet in ((1, FIRST), (2, SECOND)):
        root = etree.fromstring(contents(output)[f"xl/drawings/vmlDrawing{number}.vml"])
        excel, vml = "{urn:schemas-microsoft-com:office:excel}", "{urn:schemas-microsoft-com:vml}"
        boxes = sorted(
            (int(e.findtext(f"{excel}Row") or -1), int(e.findtext(f"{excel}Column") or -1))
            for e in root.iter(f"{excel}ClientData")
        )
        notes = sorted(
            (c.row - 1, c.column - 1) for row in openpyxl_book(output)[sheet].iter_rows() for c in row if c.comment
        )
        assert boxes == notes
        shapes = [shape.get("id") for shape in root.iter(f"{vml}shape")]
        assert len(set(shapes)) == len(shapes)
        assert all("visibility:hidden" in (shape.get("style") or "") for shape in root.iter(f"{vml}shape"))


def test_notes_stand_in_reading_order(rich: Path, output: Path) -> None:
    write(rich, Edits(marks=tuple(mark(address) for address in ("E30", "A3", "D7"))), output)
    root = etree.fromstring(contents(output)["xl/comments1.xml"])
    refs = [element.get("ref") for element in root.iter(f"{{{MAIN}}}comment")]
    assert refs == ["A3", "D6", "B7", "D7", "C20", "E30"]


def test_a_mark_inside_a_merged_range_goes_to_its_first_cell(rich: Path, output: Path) -> None:
    write(rich, Edits(marks=(mark("B24", "error", "合计"), mark("A24", "info", "同一区域"))), output)
    sheet = openpyxl_book(output)[FIRST]
    assert sheet["A23"].comment.text == f"{NOTE_AUTHOR} ✖ 错误\n合计\n同一区域"
    # All four cells carry the border, so that the outline of the range is whole in a program that draws each cell's.
    root = etree.fromstring(contents(output)["xl/worksheets/sheet1.xml"])
    styles = {e.get("r"): e.get("s") for e in root.iter(f"{{{MAIN}}}c") if e.get("r") in ("A23", "B23", "A24", "B24")}
    assert len(styles) == 4
    formats = etree.fromstring(contents(output)["xl/styles.xml"]).find(f"{{{MAIN}}}cellXfs")
    assert formats is not None
    assert len({formats[int(index or 0)].get("borderId") for index in styles.values()}) == 1


def test_absent_cells_are_made_in_order(rich: Path, output: Path) -> None:
    """F3 lies between the cells of the list and those of the table beside it."""
    addresses = ("I40", "B40", "XFD2", "A30", "C30", "B30", "Z3", "F3")
    write(rich, Edits(marks=tuple(mark(address, "info", sheet=SECOND) for address in addresses)), output)
    root = etree.fromstring(contents(output)["xl/worksheets/sheet2.xml"])
    row = next(row for row in root.iter(f"{{{MAIN}}}row") if row.get("r") == "3")
    assert [cell.get("r") for cell in row] == ["A3", "B3", "C3", "D3", "E3", "F3", "H3", "I3", "J3", "Z3"]
    rows = [int(row.get("r", "0")) for row in root.iter(f"{{{MAIN}}}row")]
    assert rows == sorted(set(rows)) and {30, 40} <= set(rows)
    for row in root.iter(f"{{{MAIN}}}row"):
        columns = [ref("", cell.get("r", "")).column for cell in row]
        assert columns == sorted(set(columns))
        first, _, last = row.get("spans", "").partition(":")
        assert not last or (int(first) <= columns[0] and columns[-1] <= int(last))
    dimension = root.find(f"{{{MAIN}}}dimension")
    assert dimension is not None and dimension.get("ref") == "A1:XFD40"


def test_an_absent_cell_keeps_the_format_of_its_row_or_column(rich: Path, output: Path) -> None:
    parts = unpack(rich.read_bytes())
    sheet = parts["xl/worksheets/sheet3.xml"].decode()
    sheet = sheet.replace(
        "<sheetData>", '<cols><col min="7" max="8" width="9" style="2" customWidth="1"/></cols><sheetData>'
    )
    sheet = sheet.replace("</sheetData>", '<row r="60" s="3" customFormat="1"/></sheetData>')
    parts["xl/worksheets/sheet3.xml"] = sheet.encode()
    rich.write_bytes(pack(parts))
    formats = {name: openpyxl_book(rich)[FIRST][name].number_format for name in ("C3", "C8")}
    marks = (mark("G55", "info", sheet=THIRD), mark("G60", "info", sheet=THIRD), mark("F55", "info", sheet=THIRD))
    write(rich, Edits(marks=marks), output)
    after = openpyxl_book(output)[THIRD]
    assert formats == {"C3": "#,##0.00", "C8": "0.000"}
    assert [after[name].number_format for name in ("G55", "G60", "F55")] == ["#,##0.00", "0.000", "General"]


def test_the_results_sheet(rich: Path, output: Path) -> None:
    write(rich, Edits(results=results()), output)
    book = openpyxl_book(output)
    assert book.sheetnames == [FIRST, SECOND, THIRD, RESULTS_SHEET]
    assert book.active.title == FIRST
    sheet = book[RESULTS_SHEET]
    assert [cell.value for cell in sheet[3]] == [1, "✖ 错误", f"{FIRST}!C8", "=1+1", "待处理"]
    root = etree.fromstring(contents(output)["xl/worksheets/sheet4.xml"])
    assert next(root.iter(f"{{{MAIN}}}f"), None) is None
    assert sheet["D4"].value.startswith('<a> & "b" ')
    assert sheet["C3"].hyperlink.location == f"'{FIRST}'!C8"
    assert sheet["C4"].hyperlink.location == "'it''s'!B4"
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:E4"
    assert [sheet.column_dimensions[letter].width for letter in "ABCDE"] == [6, 12.5, 20, 40, 10]
    setup = root.find(f"{{{MAIN}}}pageSetup")
    assert setup is not None
    assert sorted(setup.items()) == [("fitToHeight", "0"), ("orientation", "landscape"), ("paperSize", "9")]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$2:$2"
    validation = sheet.data_validations.dataValidation[0]
    assert (str(validation.sqref), validation.formula1) == ("E3:E4", '"待处理,已改,确认无误"')
    names = contents(output)["xl/workbook.xml"].decode()
    assert f'localSheetId="3" hidden="1">\'{RESULTS_SHEET}\'!$A$2:$E$4</definedName>' in names
    assert sheet["B3"].fill.fgColor.rgb == "FFFFC7CE" and sheet["A1"].font.b
    assert sheet["A3"].number_format == "#,##0.00"


def test_a_users_sheet_of_that_name_is_not_replaced(tmp_path: Path, output: Path) -> None:
    source = tmp_path / "own.xlsx"
    with xlsxwriter.Workbook(source) as book:
        book.add_worksheet("公开01").write_number("A1", 1)
        book.add_worksheet(RESULTS_SHEET).write_string("A1", "本单位自建")
    applied = write(source, Edits(results=results()), output)
    book = openpyxl_book(output)
    assert book.sheetnames == ["公开01", RESULTS_SHEET, applied.journal.results]
    assert book[RESULTS_SHEET]["A1"].value == "本单位自建"


def test_a_locked_structure_gets_no_sheet(rich: Path, output: Path) -> None:
    parts = unpack(rich.read_bytes())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"<bookViews>", b'<workbookProtection lockStructure="1"/><bookViews>'
    )
    rich.write_bytes(pack(parts))
    applied = write(rich, Edits(marks=(mark("C8"),), results=results()), output)
    assert openpyxl_book(output).sheetnames == [FIRST, SECOND, THIRD]
    assert [refusal.cell.sheet for refusal in applied.refused] == [RESULTS_SHEET]
    assert applied.journal.results == ""


def test_the_second_run_replaces_marks_and_keeps_values(rich: Path, output: Path) -> None:
    write(rich, Edits(values=(change("C8", 10, 11),), marks=(mark("C8"), mark(ABSENT_CELL)), results=results()), output)
    write(output, Edits(marks=(mark("C9", "warning"), mark(USER_NOTE_CELL)), results=results()), output)
    book = openpyxl_book(output)
    assert book.sheetnames == [FIRST, SECOND, THIRD, RESULTS_SHEET]
    sheet = book[FIRST]
    assert sheet["C8"].value == 11 and sheet["C8"].comment is None and sheet["C8"].fill.fgColor.rgb == "FF92D050"
    assert sheet[ABSENT_CELL].border.left.style is None
    assert sheet["C9"].comment.text.startswith(NOTE_AUTHOR)
    assert sheet[USER_NOTE_CELL].comment.text.count(NOTE_AUTHOR) == 1


def test_rows_of_the_results_sheet_are_as_tall_as_their_texts(rich: Path, output: Path) -> None:
    """30 Chinese characters take 60 digits: four lines of a column 16 wide (one digit is margin), one line of a wide column."""
    text = "核" * 30
    rows = (
        (SheetCell(value="标题", style="header"),),
        (SheetCell(value=text, style="wrap"), SheetCell(value="短", style="wrap")),
        (SheetCell(value="短", style="wrap"), SheetCell(value=text, style="wrap")),
        (SheetCell(value="一\n二", style="wrap"),),
    )
    sheet = ResultsSheet(rows=rows, header_row=1, last_filter_row=4, widths=(16, 80))
    write(rich, Edits(results=sheet), output)
    made = openpyxl_book(output)[RESULTS_SHEET]
    assert [made.row_dimensions[number].height for number in (1, 2, 3, 4)] == [None, 60.0, None, 30.0]
