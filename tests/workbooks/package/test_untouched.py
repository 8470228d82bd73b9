"""What is not touched stays as it was."""

from __future__ import annotations

import zipfile
from pathlib import Path

import xlsxwriter
from lxml import etree

from gongkai_workbooks.edits import Edits

from .edits import FIRST, SECOND, THIRD, all_edits, change, mark, write
from .reading import cached_values, cell_facts, compressed, contents, openpyxl_book
from .rich import MAIN, pack, unpack

TOUCHED = {
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
    "xl/worksheets/_rels/sheet2.xml.rels",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
}


def test_untouched_parts_keep_even_their_compressed_bytes(rich_with_macros: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.xlsm"
    write(rich_with_macros, all_edits(), output)
    before, after = compressed(rich_with_macros), compressed(output)
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == TOUCHED
    for name in (
        "xl/vbaProject.bin",
        "xl/calcChain.xml",
        "xl/charts/chart1.xml",
        "xl/drawings/drawing1.xml",
        "xl/media/image1.png",
        "xl/tables/table1.xml",
        "xl/sharedStrings.xml",
        "xl/threadedComments/threadedComment1.xml",
        "xl/persons/person.xml",
        "customXml/item1.xml",
        "docProps/custom.xml",
        "xl/worksheets/sheet3.xml",
    ):
        assert name in after


def test_members_keep_their_order_and_dates(rich: Path, output: Path) -> None:
    write(rich, all_edits(), output)
    with zipfile.ZipFile(rich) as before, zipfile.ZipFile(output) as after:
        assert after.namelist()[: len(before.namelist())] == before.namelist()
        assert after.getinfo("xl/sharedStrings.xml").date_time == (2024, 5, 6, 7, 8, 10)
        assert after.testzip() is None


def test_values_and_stored_results_of_formulas_survive(rich: Path, output: Path) -> None:
    before = cached_values(rich)
    write(rich, all_edits(), output)
    after = cached_values(output)
    assert after[THIRD] == before[THIRD]
    assert before[FIRST][6][4] == 22.5  # E7 = C7 + D7, row index 6: 6 * 3.75
    changed = {
        (sheet, row, column): (before[sheet][row][column], after[sheet][row][column])
        for sheet in (FIRST, SECOND)
        for row in range(len(before[sheet]))
        for column in range(len(before[sheet][row]))
        if before[sheet][row][column] != after[sheet][row][column]
    }
    assert changed == {
        (FIRST, 7, 2): (10.0, 11.5),
        (FIRST, 8, 2): ("text", "文字\n第二行"),
        (FIRST, 25, 0): ("其中红字部分", "其中部分"),
    }
    assert after[SECOND][49][6] == 5.0


def test_only_marked_cells_look_different(rich: Path, output: Path) -> None:
    write(rich, Edits(marks=(mark("C8"), mark("D6"))), output)
    before, after = cell_facts(rich, (FIRST, SECOND, THIRD)), cell_facts(output, (FIRST, SECOND, THIRD))
    assert {cell for cell in before if before[cell] != after[cell]} == {(FIRST, "C8"), (FIRST, "D6")}
    # Content, font, number format, alignment and protection of the marked cells stay.
    for cell in ((FIRST, "C8"), (FIRST, "D6")):
        assert [before[cell][at] for at in (0, 3, 4, 5, 6)] == [after[cell][at] for at in (0, 3, 4, 5, 6)]


def test_the_rest_of_a_touched_sheet_stays(rich: Path, output: Path) -> None:
    write(rich, all_edits(), output)
    before = etree.fromstring(contents(rich)["xl/worksheets/sheet1.xml"])
    after = etree.fromstring(contents(output)["xl/worksheets/sheet1.xml"])
    assert before.items() == after.items()
    assert before.nsmap == after.nsmap
    for name in (
        "conditionalFormatting",
        "dataValidations",
        "mergeCells",
        "extLst",
        "drawing",
        "legacyDrawing",
        "pageSetup",
    ):
        found = [etree.tostring(element) for element in before.iter(f"{{{MAIN}}}{name}")]
        assert found, name
        assert found == [etree.tostring(element) for element in after.iter(f"{{{MAIN}}}{name}")]
    shared = '<f t="shared" ref="E3:E22" si="0">C3+D3</f>'
    assert shared in contents(output)["xl/worksheets/sheet1.xml"].decode()


def test_shared_formulas_of_marked_cells_stay_formulas(rich: Path, output: Path) -> None:
    write(rich, Edits(marks=(mark("E3"), mark("E5"))), output)
    sheet = openpyxl_book(output)[FIRST]
    assert (sheet["E3"].value, sheet["E5"].value) == ("=C3+D3", "=C5+D5")


def test_calculation_is_asked_for_only_when_a_value_changed(rich: Path, output: Path) -> None:
    write(rich, Edits(marks=(mark("C8"),)), output)
    assert contents(output)["xl/workbook.xml"] == contents(rich)["xl/workbook.xml"]
    write(rich, Edits(values=(change("C8", 10, 11),)), output)
    assert b'<calcPr calcId="124519" fullCalcOnLoad="1"/>' in contents(output)["xl/workbook.xml"]


def test_a_workbook_without_formulas_is_not_calculated(tmp_path: Path, output: Path) -> None:
    source = tmp_path / "plain.xlsx"
    book = xlsxwriter.Workbook(source)
    book.add_worksheet("公开01").write_number("A1", 1)
    book.close()
    parts = unpack(source.read_bytes())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    source.write_bytes(pack(parts))
    write(source, Edits(values=(change("A1", 1, 2),)), output)
    assert cached_values(output) == {"公开01": [[2.0]]}
    assert b"fullCalcOnLoad" not in contents(output)["xl/workbook.xml"]
