"""Values: what is written, and what is refused."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
import xlsxwriter
from lxml import etree

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Edits, Mark, SetValue
from gongkai_workbooks.grid import CellValue
from gongkai_workbooks.package.cell_value import escape, unescape

from .edits import FIRST, SECOND, all_edits, change, write
from .reading import cached_values, contents, openpyxl_book
from .rich import MAIN, pack, unpack


def written(source: Path, output: Path, address: str, old: CellValue, new: CellValue) -> object:
    applied = write(source, Edits(values=(change(address, old, new),)), output)
    assert applied.refused == ()
    return openpyxl_book(output)[FIRST][address].value


@pytest.mark.parametrize(
    ("address", "old", "new", "read"),
    [
        ("C8", 10, 11.25, 11.25),
        ("C8", 10.0, 12, 12),
        ("C8", 10, "文字", "文字"),
        ("C8", 10, "", None),
        ("C8", 10, True, True),
        ("C9", "text", 3.1, 3.1),
        ("C9", "text", " 首尾有空格 ", " 首尾有空格 "),
        ("C9", "text", "=1+1", "=1+1"),
        ("A26", "其中红字部分", "改", "改"),
        ("A23", "合计", "总计", "总计"),
        ("J30", "", 1e-7, 1e-7),
        ("C8", 10, 0.1 + 0.2, 0.1 + 0.2),
    ],
)
def test_values_of_each_kind(
    rich: Path, output: Path, address: str, old: CellValue, new: CellValue, read: object
) -> None:
    assert written(rich, output, address, old, new) == read
    calamine = cached_values(output)[FIRST]
    row, column = int(address[1:]) - 1, ord(address[0]) - 65
    assert (calamine[row][column] if read is not None else "") == (read if read is not None else "")


def test_text_that_looks_like_a_formula_stays_text(rich: Path, output: Path) -> None:
    written(rich, output, "C9", "text", "=1+1")
    cell = next(
        cell
        for cell in etree.fromstring(contents(output)["xl/worksheets/sheet1.xml"]).iter(f"{{{MAIN}}}c")
        if cell.get("r") == "C9"
    )
    assert cell.find(f"{{{MAIN}}}f") is None and cell.get("t") == "inlineStr"


def test_text_that_looks_like_an_escape_is_escaped(rich: Path, output: Path) -> None:
    assert write(rich, Edits(values=(change("C9", "text", "_x0041_\x07"),)), output).refused == ()
    assert b"<t>_x005F_x0041__x0007_</t>" in contents(output)["xl/worksheets/sheet1.xml"]
    again = Edits(values=(change("C9", "_x0041_\x07", "text"),))
    assert write(output, again, output).refused == ()


def test_dates_compare_and_are_written_as_day_numbers(tmp_path: Path, output: Path) -> None:
    source = tmp_path / "dates.xlsx"
    with xlsxwriter.Workbook(source) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet(FIRST).write_datetime("A1", datetime.datetime(2024, 12, 31), day)
    new = written(source, output, "A1", datetime.date(2024, 12, 31), datetime.date(2025, 1, 1))
    assert new == datetime.datetime(2025, 1, 1)
    assert write(output, Edits(values=(change("A1", datetime.date(2024, 12, 31), 1),)), output).refused


def test_the_first_day_of_the_calendar(tmp_path: Path, output: Path) -> None:
    source = tmp_path / "dates.xlsx"
    with xlsxwriter.Workbook(source) as book:
        book.add_worksheet(FIRST).write_number("A1", 1)
    written(source, output, "A1", datetime.date(1900, 1, 1), datetime.date(1900, 3, 1))
    assert cached_values(output)[FIRST] == [[61.0]]


def test_a_workbook_that_counts_from_1904(tmp_path: Path, output: Path) -> None:
    source = tmp_path / "dates.xlsx"
    with xlsxwriter.Workbook(source, {"date_1904": True}) as book:
        book.add_worksheet(FIRST).write_number("A1", 1)
    written(source, output, "A1", datetime.date(1904, 1, 2), datetime.timedelta(hours=6))
    assert b"<v>0.25</v>" in contents(output)["xl/worksheets/sheet1.xml"]


def test_what_the_old_value_pointed_to_goes(rich: Path, output: Path) -> None:
    """A cell can carry the number of a data type or of a spilled array; the new value has neither."""
    changed_sheet(rich, '<c r="C8" ', '<c r="C8" vm="1" cm="1" ph="1" ')
    written(rich, output, "C8", 10, 11)
    assert re.search(rb'<c r="C8" ph="1" s="\d+"><v>11</v></c>', contents(output)["xl/worksheets/sheet1.xml"])


def test_style_stays(rich: Path, output: Path) -> None:
    written(rich, output, "C8", 10, 11)
    before, after = openpyxl_book(rich)[FIRST]["C8"], openpyxl_book(output)[FIRST]["C8"]
    assert repr((before.fill, before.border, before.number_format)) == repr(
        (after.fill, after.border, after.number_format)
    )


@pytest.mark.parametrize(
    ("address", "old", "sheet", "reason"),
    [
        ("E3", 7.5, FIRST, "公式"),
        ("E4", 11.25, FIRST, "公式"),
        ("B24", "", FIRST, "合并区域"),
        ("C8", 10.001, FIRST, "现为“10”"),
        ("C8", "10", FIRST, "与校验时不同"),
        ("C9", "Text", FIRST, "与校验时不同"),
        ("J30", 1, FIRST, "现为空白"),
        ("H2", "x", SECOND, "表格"),
        ("A1", 1, "公开99", "找不到工作表“公开99”"),
    ],
)
def test_refusals(rich: Path, output: Path, address: str, old: CellValue, sheet: str, reason: str) -> None:
    other = change("C10", 11.25, 99)
    applied = write(rich, Edits(values=(change(address, old, 1, sheet), other)), output)
    assert [(str(refusal.cell)) for refusal in applied.refused] == [f"{sheet}!{address}"]
    assert reason in applied.refused[0].reason
    # The rest is done.
    assert cached_values(output)[FIRST][9][2] == 99.0
    assert [entry.cell.a1 for entry in applied.journal.cells] == ["C10"]


@pytest.mark.parametrize(("new", "reason"), [(float("nan"), "数字"), (float("inf"), "数字"), ("字" * 32_768, "字符")])
def test_values_that_no_cell_can_hold(rich: Path, output: Path, new: CellValue, reason: str) -> None:
    applied = write(rich, Edits(values=(change("C8", 10, new),)), output)
    assert reason in applied.refused[0].reason
    assert cached_values(output) == cached_values(rich)


def test_beyond_the_last_row(rich: Path, output: Path) -> None:
    far = CellRef(FIRST, 1_048_577, 1)
    edits = Edits(values=(SetValue(cell=far, old="", new=1),), marks=(Mark(cell=far, severity="info", note="x"),))
    assert [refusal.cell for refusal in write(rich, edits, output).refused] == [far, far]


def changed_sheet(path: Path, old: str, new: str) -> None:
    parts = unpack(path.read_bytes())
    text = parts["xl/worksheets/sheet1.xml"].decode()
    assert old in text
    parts["xl/worksheets/sheet1.xml"] = text.replace(old, new, 1).encode()
    path.write_bytes(pack(parts))


def test_a_locked_cell_of_a_protected_sheet_is_refused(rich: Path, output: Path) -> None:
    changed_sheet(rich, "</sheetData>", '</sheetData><sheetProtection sheet="1" objects="1"/>')
    applied = write(rich, Edits(values=(change("C8", 10, 11), change("C9", "text", "x"))), output)
    assert [refusal.cell.a1 for refusal in applied.refused] == ["C9"]
    assert "工作表受保护" in applied.refused[0].reason
    assert openpyxl_book(output)[FIRST]["C8"].value == 11


def test_hidden_cells_are_refused(rich: Path, output: Path) -> None:
    changed_sheet(rich, '<row r="8" ', '<row r="8" hidden="1" ')
    changed_sheet(rich, "<sheetData>", '<cols><col min="4" max="4" width="9" hidden="1"/></cols><sheetData>')
    applied = write(rich, Edits(values=(change("C8", 10, 1), change("D9", 17.5, 1), change("C10", 11.25, 1))), output)
    assert [refusal.cell.a1 for refusal in applied.refused] == ["C8", "D9"]
    assert all("隐藏" in refusal.reason for refusal in applied.refused)


def test_cells_filled_by_an_array_formula_are_refused(tmp_path: Path, output: Path) -> None:
    source = tmp_path / "array.xlsx"
    with xlsxwriter.Workbook(source) as book:
        sheet = book.add_worksheet(FIRST)
        sheet.write_array_formula("A1:A3", "{=B1:B3*2}", None, 0)
        sheet.write_number("A4", 4)
    applied = write(source, Edits(values=(change("A2", 0, 1), change("A4", 4, 5))), output)
    assert [refusal.cell.a1 for refusal in applied.refused] == ["A2"]
    assert "数组公式" in applied.refused[0].reason


def test_cells_without_addresses_are_counted(rich: Path, output: Path) -> None:
    parts = unpack(rich.read_bytes())
    rows = '<row><c t="inlineStr"><is><t>甲</t></is></c><c><v>5</v></c></row><row/><row r="9"><c r="C9"><v>7</v></c><c><v>8</v></c></row>'
    parts["xl/worksheets/sheet3.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    rich.write_bytes(pack(parts))
    edits = Edits(values=(change("B1", 5, 6, "公开03"), change("D9", 8, 9, "公开03"), change("B9", "", 1, "公开03")))
    assert write(rich, edits, output).refused == ()
    sheet = openpyxl_book(output)["公开03"]
    assert {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None} == {
        "A1": "甲",
        "B1": 6,
        "B9": 1,
        "C9": 7,
        "D9": 9,
    }


def test_the_same_cell_twice(rich: Path, output: Path) -> None:
    applied = write(rich, Edits(values=(change("C8", 10, 11), change("C8", 10, 12), change("C8", 11, 13))), output)
    assert [refusal.reason for refusal in applied.refused] == ["单元格内容与校验时不同（现为“11”），未改动"]
    assert openpyxl_book(output)[FIRST]["C8"].value == 13


def test_journal_names_what_was_done(rich: Path, output: Path) -> None:
    applied = write(rich, all_edits(), output)
    done = {(str(entry.cell), entry.kind) for entry in applied.journal.cells}
    assert {(f"{FIRST}!C8", "value"), (f"{FIRST}!C8", "look"), (f"{FIRST}!C8", "note")} <= done
    assert (applied.journal.tool_version, applied.journal.source) == ("1.2.3", "决算公开.xlsx")
    assert applied.refused == ()


@pytest.mark.parametrize("text", ["_x0041_", "_x0041_x0042_", "__x000d__x000d_", "_x005F_x0041_x0042_"])
def test_a_text_that_looks_like_escapes_stays_as_it_is(text: str) -> None:
    assert unescape(escape(text)) == text
