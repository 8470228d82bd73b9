"""Packages of ``.xlsx`` and ``.xlsm``: which sheets there are, and formula texts."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart

from gongkai_workbooks.edits import RESULTS_SHEET
from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.file_host import FileHost

from .packages import MAIN, OFFICE, PACKAGE, parts, sheet, xlsx, zipped

ONE = sheet('<row r="1"><c r="A1"><v>1</v></c></row>')


def saved(book: openpyxl.Workbook) -> FileHost:
    content = io.BytesIO()
    book.save(content)
    return FileHost.from_bytes(content.getvalue(), "表.xlsx")


def test_sheets_come_in_the_order_of_the_tabs() -> None:
    book = openpyxl.Workbook()
    book.active.title = "公开02"  # type: ignore[union-attr]
    for name in ("公开01", "Z & <乙>", "'a'"):
        book.create_sheet(name)
    book.move_sheet("公开01", -1)
    assert saved(book).sheets() == ("公开01", "公开02", "Z & <乙>", "'a'")


def test_hidden_sheets_are_read_and_said_to_be_hidden() -> None:
    book = openpyxl.Workbook()
    for name, state in (("藏", "hidden"), ("深藏", "veryHidden")):
        page = book.create_sheet(name)
        page.sheet_state = state
        page["B2"] = 5
    grids = saved(book).read_all()
    assert [(grid.sheet, grid.visible, grid.value(2, 2)) for grid in grids] == [
        ("Sheet", True, ""),
        ("藏", False, 5),
        ("深藏", False, 5),
    ]


def test_chart_sheets_are_left_out() -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("图").add_chart(BarChart())
    assert saved(book).sheets() == ("Sheet",)


def test_a_macro_sheet_does_not_stop_the_others_from_being_read() -> None:
    found = parts(ONE, ONE)
    links = str(found["xl/_rels/workbook.xml.rels"])
    macro = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    found["xl/_rels/workbook.xml.rels"] = links.replace(
        f'Id="rId2" Type="{OFFICE}/worksheet"', f'Id="rId2" Type="{macro}"'
    )
    host = FileHost.from_bytes(zipped(found), "x")
    assert host.sheets() == ("表1",)
    assert host.read("表1").rows == [[1]]


def test_the_results_sheet_is_listed_but_not_read_with_the_others() -> None:
    book = openpyxl.Workbook()
    book.create_sheet(RESULTS_SHEET)["A1"] = "x"
    host = saved(book)
    assert host.sheets() == ("Sheet", RESULTS_SHEET)
    assert [grid.sheet for grid in host.read_all()] == ["Sheet"]
    assert host.read(RESULTS_SHEET).rows == [["x"]]


def test_one_sheet_reads_as_it_does_among_all() -> None:
    host = FileHost.from_bytes(xlsx(ONE, sheet('<row r="3"><c r="B3" t="s"><v>0</v></c></row>'), strings=["乙"]), "x")
    assert host.read_all() == (host.read("表1"), host.read("表2"))
    assert host.read("表2").rows == [["乙"]]


def test_formula_texts_with_those_that_follow_a_shared_one() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>SUM(B1:C1)&amp;"&lt;"</f><v>1</v></c><c r="D1"><f t="shared" ref="D1:D3" si="0">B1+$C$1</f><v>2</v></c></row>'
        '<row r="2"><c r="D2"><f t="shared" si="0"/><v>3</v></c><c r="E2"><v>9</v></c></row>'
    )
    host = FileHost.from_bytes(xlsx(sheet(rows)), "x")
    assert host.formulas("表1") == {(1, 1): '=SUM(B1:C1)&"<"', (1, 4): "=B1+$C$1", (2, 4): "=B2+$C$1"}
    assert host.read("表1").formulas == {(1, 1), (1, 4), (2, 4)}


def test_a_workbook_part_of_another_name_in_another_folder() -> None:
    found = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="/Book/main.xml"/></Relationships>',
        "book/main.xml": f'<x:workbook xmlns:x="{MAIN}" xmlns:y="{OFFICE}"><x:sheets><x:sheet name="甲" sheetId="7" y:id="k"/></x:sheets></x:workbook>',
        "book/_rels/main.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="k" Type="{OFFICE}/worksheet" Target="../Sheets/./One.xml"/></Relationships>',
        "sheets/one.xml": ONE,
    }
    found["Book/_rels/main.xml.rels"] = found.pop("book/_rels/main.xml.rels")
    assert FileHost.from_bytes(zipped(found), "x").read("甲").rows == [[1]]


def test_a_workbook_without_worksheets_says_so() -> None:
    with pytest.raises(UnreadableError, match="没有工作表"):
        FileHost.from_bytes(zipped(parts()), "x").sheets()


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_missing_part_is_damage_and_not_an_empty_sheet(name: str) -> None:
    found = parts(ONE)
    del found[name]
    with pytest.raises(UnreadableError):
        FileHost.from_bytes(zipped(found), "x").read_all()


def test_two_sheets_of_one_name_are_damage() -> None:
    found = parts(ONE, ONE)
    found["xl/workbook.xml"] = str(found["xl/workbook.xml"]).replace("表2", "表1")
    with pytest.raises(UnreadableError, match="损坏"):
        FileHost.from_bytes(zipped(found), "x").sheets()


def test_long_texts_and_texts_that_look_like_formulas() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet()
        for row, text in enumerate(("长" * 300, "=1+1", "+5", "@x", "-", "'07", "00123")):
            page.write_string(row, 0, text)
    grid = FileHost.from_bytes(content.getvalue(), "x").read_all()[0]
    assert [row[0] for row in grid.rows] == ["长" * 300, "=1+1", "+5", "@x", "-", "'07", "00123"]
    assert not grid.formulas


def test_two_sheets_that_are_one_part_are_damage() -> None:
    found = parts(ONE, ONE)
    found["xl/_rels/workbook.xml.rels"] = str(found["xl/_rels/workbook.xml.rels"]).replace("sheet2.xml", "Sheet1.xml")
    with pytest.raises(UnreadableError, match="损坏"):
        FileHost.from_bytes(zipped(found), "x").sheets()
