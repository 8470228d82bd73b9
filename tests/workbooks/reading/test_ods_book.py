"""OpenDocument spreadsheets, ``.ods``."""

from __future__ import annotations

import datetime

import pytest

from gongkai_workbooks.errors import PasswordError
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.grid import NEVER_CALCULATED, Grid, Span

from .packages import ods


def read(rows: str, columns: str = "") -> Grid:
    return FileHost.from_bytes(ods(f'<table:table table:name="a">{columns}{rows}</table:table>'), "表.ods").read("a")


def text(content: str) -> str:
    return f'<table:table-cell office:value-type="string">{content}</table:table-cell>'


def number(value: float, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="float" office:value="{value}" {attributes}/>'


def row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def test_values_of_each_kind() -> None:
    kinds = (
        number(14.72)
        + '<table:table-cell office:value-type="percentage" office:value="0.5"/>'
        + '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        + '<table:table-cell office:value-type="date" office:date-value="2024-12-31"/>'
        + '<table:table-cell office:value-type="date" office:date-value="2024-12-31T08:30:00"/>'
        + '<table:table-cell office:value-type="time" office:time-value="PT08H30M00S"/>'
        + '<table:table-cell office:value-type="time" office:time-value="PT30H00M00S"/>'
    )
    assert read(row(kinds)).rows == [
        [
            14.72,
            0.5,
            True,
            datetime.date(2024, 12, 31),
            datetime.datetime(2024, 12, 31, 8, 30),
            datetime.time(8, 30),
            datetime.timedelta(hours=30),
        ]
    ]


def test_texts() -> None:
    cells = (
        text("<text:p>单位：<text:span>万元</text:span></text:p>")
        + text("<text:p>甲<text:s text:c='3'/>乙</text:p><text:p>丙</text:p>")
        + text("<office:annotation><text:p>批注</text:p></office:annotation><text:p>值</text:p>")
        + text("<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame><text:p>值</text:p>")
    )
    assert read(row(cells)).rows == [["单位：万元", "甲   乙\n丙", "值", "值"]]


def test_true_addresses_after_repeated_blank_rows_and_cells() -> None:
    blank = '<table:table-cell table:number-columns-repeated="3"/>'
    grid = read(
        row('<table:table-cell table:number-columns-repeated="16384"/>', 'table:number-rows-repeated="4"')
        + row(blank + number(1) + blank + number(2))
        + row(blank, 'table:number-rows-repeated="10"')
        + row(number(3))
        + row(blank, 'table:number-rows-repeated="1048560"')
    )
    assert list(grid.cells()) == [(5, 4, 1), (5, 8, 2), (16, 1, 3)]


def test_repeated_values() -> None:
    grid = read(row(number(7, 'table:number-columns-repeated="2"'), 'table:number-rows-repeated="3"') + row(number(8)))
    assert list(grid.cells()) == [*((r, c, 7) for r in (1, 2, 3) for c in (1, 2)), (4, 1, 8)]


def test_errors_and_formulas() -> None:
    cells = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=[.A1]" office:value-type="float" office:value="0"><text:p>Err:508</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=SUM([.A1:.B2];[$\'公开 02\'.C3])" office:value-type="float" office:value="5"/>'
        '<table:table-cell table:formula="of:=[.D1]"/>'
    )
    data = ods(f'<table:table table:name="a">{row(cells)}</table:table>')
    host = FileHost.from_bytes(data, "x")
    grid = host.read("a")
    assert grid.faults == {(1, 1): "#DIV/0!", (1, 2): "Err:508", (1, 4): NEVER_CALCULATED}
    assert grid.value(1, 3) == 5
    assert host.formulas("a") == {(1, 1): "=1/0", (1, 2): "=A1", (1, 3): "=SUM(A1:B2;'公开 02'!C3)", (1, 4): "=D1"}


def test_merges_and_hidden_lines() -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        '<table:table-column table:number-columns-repeated="16381" table:visibility="collapse"/>'
    )
    spanned = number(1, 'table:number-columns-spanned="2" table:number-rows-spanned="3"')
    grid = read(
        row("<table:table-cell/>" + spanned)
        + row(number(2), 'table:visibility="collapse" table:number-rows-repeated="2"')
        + row(number(3), 'table:visibility="filter"'),
        columns,
    )
    assert grid.merges == (Span(1, 2, 3, 3),)
    assert grid.hidden_rows == {2, 3, 4}
    assert grid.hidden_columns == set(range(3, 16_385))


def test_hidden_sheets_and_copies_of_other_files() -> None:
    styles = (
        '<style:style style:name="t1"><style:table-properties table:display="true"/></style:style>'
        '<style:style style:name="t2"><style:table-properties table:display="false"/></style:style>'
    )
    tables = (
        '<table:table table:name="甲" table:style-name="t1"/><table:table table:name="乙" table:style-name="t2"/>'
        "<table:table table:name=\"'file:///c/x.ods'#Sheet1\"/>"
    )
    grids = FileHost.from_bytes(ods(tables, styles), "x").read_all()
    assert [(grid.sheet, grid.visible, grid.rows) for grid in grids] == [("甲", True, []), ("乙", False, [])]


def test_encrypted_ones_cannot_be_opened_and_say_so() -> None:
    data = ods("", manifest='<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>')
    with pytest.raises(PasswordError, match="取消密码"):
        FileHost.from_bytes(data, "表.ods", password="x").sheets()
