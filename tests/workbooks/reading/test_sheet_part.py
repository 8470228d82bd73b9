"""What is read of a worksheet's XML, whichever way it is written."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.grid import NEVER_CALCULATED, Grid, Span
from gongkai_workbooks.reading.sheet_part import plain_part
from gongkai_workbooks.reading.sheet_walk import walked_part

from .packages import MAIN, parts, sheet, xlsx, zipped


def read(*sheets: str | bytes, strings: tuple[str, ...] = ()) -> Grid:
    return FileHost.from_bytes(xlsx(*sheets, strings=strings), "表.xlsx").read("表1")


def test_values_stand_at_their_true_addresses_below_and_right_of_blank_ones() -> None:
    grid = read(sheet('<row r="5"><c r="C5"><v>14.72</v></c><c r="E5" t="str"><v>万元</v></c></row>'))
    assert (grid.top, grid.left, grid.rows) == (5, 3, [[14.72, "", "万元"]])
    assert list(grid.cells()) == [(5, 3, 14.72), (5, 5, "万元")]


def test_shared_and_inline_texts() -> None:
    grid = read(
        sheet(
            '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t>=1+1</t></is></c>'
            '<c r="C1" t="inlineStr"><is><r><t>合</t></r><r><t>计</t></r></is></c></row>'
        ),
        strings=("一", "二 &amp; 三"),
    )
    assert grid.rows == [["二 & 三", "=1+1", "合计"]]


def test_an_empty_sheet_has_no_cells() -> None:
    assert read(sheet("")).rows == []
    assert read(f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>').rows == []
    assert read(sheet('<row r="1"><c r="A1" s="1"/></row>')).rows == []


def test_error_values_are_faults() -> None:
    grid = read(
        sheet(
            '<row r="2"><c r="B2" t="e"><v>#REF!</v></c><c r="C2"><v>1</v></c>'
            '<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        )
    )
    assert grid.faults == {(2, 2): "#REF!", (2, 4): "#DIV/0!"}
    assert grid.formulas == {(2, 4)}
    assert grid.value(2, 3) == 1


def test_an_error_value_of_newer_programs_does_not_hide_the_sheet() -> None:
    grid = read(sheet('<row r="1"><c r="A1" t="e"><f>X()</f><v>#SPILL!</v></c><c r="B1"><v>3</v></c></row>'))
    assert grid.faults == {(1, 1): "#SPILL!"}
    assert grid.value(1, 2) == 3


def test_formulas_that_were_never_calculated_are_faults() -> None:
    grid = read(
        sheet(
            '<row r="1"><c r="A1"><f>SUM(B1:C1)</f></c><c r="B1"><f>C1</f><v/></c><c r="C1"><f>D1</f><v></v></c>'
            '<c r="D1"><f>E1</f><v>5</v></c><c r="E1" t="str"><f>IF(1,"")</f><v></v></c></row>'
        )
    )
    assert grid.faults == dict.fromkeys([(1, 1), (1, 2), (1, 3)], NEVER_CALCULATED)
    assert grid.formulas == {(1, 1), (1, 2), (1, 3), (1, 4), (1, 5)}
    assert grid.value(1, 4) == 5


def test_openpyxl_writes_formulas_that_were_never_calculated() -> None:
    book = openpyxl.Workbook()
    book.active["C7"] = "=SUM(A1:B1)"  # type: ignore[index]
    content = io.BytesIO()
    book.save(content)
    grid = FileHost.from_bytes(content.getvalue(), "x").read_all()[0]
    assert grid.faults == {(7, 3): NEVER_CALCULATED}


def test_hidden_rows_and_columns() -> None:
    rows = (
        '<row r="3" hidden="1"><c r="A3"><v>1</v></c></row><row r="4" hidden="0"><c r="A4"><v>2</v></c></row>'
        '<row r="9" hidden="true"><c r="A9"><v>3</v></c></row>'
    )
    grid = read(sheet(rows, head='<cols><col min="2" max="4" width="9" hidden="1"/><col min="6" max="6"/></cols>'))
    assert grid.hidden_rows == {3, 9}
    assert grid.hidden_columns == {2, 3, 4}
    assert grid.value(9, 1) == 3


@pytest.mark.parametrize("space", [" ", "\n"])
@pytest.mark.parametrize("equals", ['="1"', "='1'", ' = "true"'])
def test_other_ways_to_hide_rows_and_columns(space: str, equals: str) -> None:
    head = f'<cols><col{space}min="2" max="2" hidden{equals}/></cols>'
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row{space}r="2" hidden{equals}><c r="A2"><v>2</v></c></row>'
    grid = read(sheet(rows + '<row r="3" hidden="false"/>', head=head))
    assert grid.hidden_rows == {2}
    assert grid.hidden_columns == {2}
    assert grid.rows == [[1], [2]]


def test_hidden_columns_without_end_are_bounded() -> None:
    head = '<cols><col min="2" max="99999" hidden="1"/></cols>'
    assert max(read(sheet('<row r="1"><c r="A1"><v>1</v></c></row>', head=head)).hidden_columns) == 16_384


def test_merged_cells() -> None:
    tail = '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B3:B5"/></mergeCells><pageMargins left="1"/>'
    grid = read(sheet('<row r="1"><c r="A1"><v>1</v></c></row>', tail=tail))
    assert grid.merges == (Span(1, 1, 1, 3), Span(3, 2, 5, 2))


ROWS = (
    '<row r="2" hidden="1"><c r="B2" t="inlineStr"><is><t>项 目</t></is></c><c r="C2"><f>A1</f><v>2</v></c></row>'
    '<row r="4"><c r="A4" t="e"><v>#N/A</v></c><c r="C4"><f>SUM(A1)</f></c><c r="D4"><v>-3.5</v></c></row>'
)
TAIL = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
PLAIN = sheet(ROWS, tail=TAIL)


@pytest.mark.parametrize(
    "xml",
    [
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
        + ROWS.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
        + "</x:sheetData>"
        + TAIL.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
        + "</x:worksheet>",
        PLAIN.replace('"', "'"),
        PLAIN.replace("=", " = "),
        PLAIN.replace(" ", "\n").replace("项\n目", "项 目"),
        PLAIN.replace('r="B2"', "r='B2'").replace('t="e"', "t = 'e'"),
        PLAIN.replace("<row", "<!-- a --><row"),
        PLAIN.replace('<c r="C2">', '<c s="0" r="C2">'),
        PLAIN.replace('<c r="C2">', "<c>"),
        PLAIN.replace('<row r="4">', '<row r="3"/><row>'),
        PLAIN.replace("<f>A1</f><v>2</v>", "<v>2</v><f>A1</f>"),
        PLAIN.replace("</v></c></row></sheetData>", "</v><extLst/></c></row></sheetData>"),
        PLAIN.replace("<sheetData>", "<!-- <sheetData></sheetData> --><sheetData>"),
        PLAIN.replace("B2", "b2"),
        PLAIN.replace("http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"),
        "\ufeff" + PLAIN,
        '<?xml version="1.0" encoding="UTF-16"?>' + PLAIN,
        '<?xml version="1.0" encoding="GBK"?>' + PLAIN,
    ],
    ids=lambda xml: xml[:60],
)
def test_other_ways_to_write_the_same_sheet(xml: str) -> None:
    encoding = "utf-16" if "UTF-16" in xml[:60] else "gbk" if "GBK" in xml[:60] else "utf-8"
    grid = read(xml.encode(encoding))
    assert list(grid.cells()) == [(2, 2, "项 目"), (2, 3, 2), (4, 4, -3.5)]
    assert grid.faults == {(4, 1): "#N/A", (4, 3): NEVER_CALCULATED}
    assert grid.formulas == {(2, 3), (4, 3)}
    assert grid.hidden_rows == {2}
    assert grid.merges == (Span(1, 1, 1, 2),)


def test_the_usual_way_needs_no_walk() -> None:
    assert plain_part(PLAIN.encode()) is not None


VALUES = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12).map(lambda fen: fen / 100),
    st.text("合计 一二ab:f<&'\"e!=c", max_size=8),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(VALUES, max_size=30), max_size=6), st.integers(0, 2000), st.integers(0, 40))
def test_the_two_ways_of_reading_agree(rows: list[list[object]], down: int, right: int) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        page = book.add_worksheet("表1")
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if value is None:
                    page.write_blank(down + i, right + j, None, bold)
                elif isinstance(value, bool):
                    page.write_formula(down + i, right + j, "=SUM('a'!B2:C3)", None, 7 if value else "")
                else:
                    page.write(down + i, right + j, value)
    with zipfile.ZipFile(content) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    plain, walked = plain_part(xml), walked_part(xml)
    if plain is not None:
        assert (plain.faults, plain.formulas) == (walked.faults, walked.formulas)
        assert plain.layout.area == 0 or plain.layout.area >= walked.layout.area
    grid = FileHost.from_bytes(content.getvalue(), "x").read("表1")
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if isinstance(value, (str, float)) and not isinstance(value, bool):
                assert grid.value(down + i + 1, right + j + 1) == value


def test_a_cell_in_the_last_corner_of_the_sheet() -> None:
    grid = read(
        sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" t="str"><v>远</v></c></row>')
    )
    assert list(grid.cells()) == [(1, 1, 1), (1_048_576, 16_384, "远")]


def test_a_sparse_sheet_keeps_every_value() -> None:
    rows = "".join(
        f'<row r="{n * 900}"><c r="A{n * 900}"><v>{n}</v></c><c r="ZZ{n * 900}"><v>{-n}</v></c></row>'
        for n in range(1, 900)
    )
    grid = read(sheet(rows))
    assert len(list(grid.cells())) == 2 * 899
    assert grid.value(900 * 500, 702) == -500


def test_a_cell_outside_of_any_sheet_is_damage() -> None:
    for address in ("XFE1", "A1048577", "ZZZZ1", "A0"):
        with pytest.raises(UnreadableError, match="损坏"):
            read(sheet(f'<row><c r="{address}"><v>1</v></c></row>'))


def test_a_text_where_a_number_should_be_does_not_hide_the_sheet() -> None:
    grid = read(
        sheet(
            '<row r="1"><c r="A1" t="n"><v>1,234.5</v></c><c r="B1" t="unknown"><v>x</v></c><c r="C1"><v>2</v></c></row>'
        )
    )
    assert grid.rows == [["1,234.5", "x", 2]]


def test_dates_and_switches() -> None:
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    rows = '<row r="1"><c r="A1" s="1"><v>45292</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="d"><v>2024-12-31</v></c></row>'
    host = FileHost.from_bytes(zipped(parts(sheet(rows), styles=styles)), "x")
    assert host.read("表1").rows == [[datetime.date(2024, 1, 1), True, datetime.date(2024, 12, 31)]]
    old = zipped(parts(sheet(rows), styles=styles, workbook='<workbookPr date1904="1"/>'))
    assert FileHost.from_bytes(old, "x").read("表1").value(1, 1) == datetime.date(2028, 1, 2)
