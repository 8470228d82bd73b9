"""The old binary format, ``.xls`` and ``.et``."""

from __future__ import annotations

import datetime
import struct

import pytest
import xlwt  # type: ignore[import-untyped]

from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.grid import NEVER_CALCULATED, Span
from gongkai_workbooks.reading.compound_file import compound_file, workbook_stream

from .old_binary import saved


def book() -> xlwt.Workbook:
    made = xlwt.Workbook(encoding="utf-8")
    page = made.add_sheet("公开01")
    page.write(2, 3, "本年收入合计")
    page.write(3, 3, 14.72)
    page.write(3, 4, True)
    page.write(3, 5, 2_012_345)
    for column in range(10):
        page.write(4, column, column)
    page.write_merge(5, 6, 1, 2, "合")
    page.row(7).set_cell_error(2, "#REF!")
    page.row(3).hidden = True
    page.col(4).hidden = True
    date = xlwt.XFStyle()
    date.num_format_str = "yyyy-mm-dd"
    page.write(8, 1, datetime.date(2024, 5, 6), date)
    return made


def host(data: bytes) -> FileHost:
    return FileHost.from_bytes(data, "表.xls")


def test_values_merges_and_hidden_lines() -> None:
    grid = host(saved(book())).read("公开01")
    assert list(grid.cells()) == [
        (3, 4, "本年收入合计"),
        (4, 4, 14.72),
        (4, 5, True),
        (4, 6, 2_012_345),
        *((5, column + 1, column) for column in range(10)),
        (6, 2, "合"),
        (9, 2, datetime.date(2024, 5, 6)),
    ]
    assert grid.merges == (Span(6, 2, 7, 3),)
    assert grid.faults == {(8, 3): "#REF!"}
    assert grid.hidden_rows == {4}
    assert grid.hidden_columns == {5}
    assert grid.visible


def test_hidden_sheets() -> None:
    made = book()
    made.add_sheet("藏").visibility = 1
    assert [(grid.sheet, grid.visible) for grid in host(saved(made)).read_all()] == [("公开01", True), ("藏", False)]


def test_formulas_of_a_program_that_cannot_calculate() -> None:
    made = book()
    made.get_sheet(0).write(9, 1, xlwt.Formula("SUM(A1:B1)"))
    found = host(saved(made))
    assert found.read("公开01").faults == {(8, 3): "#REF!", (10, 2): NEVER_CALCULATED}
    assert found.read("公开01").formulas == {(10, 2)}
    assert found.formulas("公开01") == {(10, 2): "="}


def test_formulas_with_results_of_each_kind() -> None:
    made = xlwt.Workbook()
    page = made.add_sheet("a")
    for column in range(5):
        page.write(0, column, xlwt.Formula("1+1"))
    stream = workbook_stream(saved(made))
    assert stream is not None
    blank = struct.pack("<Q", 0xFFFF000000000003)
    results = [
        struct.pack("<d", 12.5),
        b"\1\0\1\0\0\0\xff\xff",
        b"\2\0\x07\0\0\0\xff\xff",
        blank,
        b"\0\0\0\0\0\0\xff\xff",
    ]
    for result in results:
        stream = stream.replace(blank, b"RESULT__" if result == blank else result, 1)
    stream = stream.replace(b"RESULT__", blank)
    at = stream.rfind(results[-1])
    end = at - 10 + 4 + struct.unpack_from("<H", stream, at - 8)[0]
    text = struct.pack("<2HHB", 0x0207, 7, 2, 1) + "合计".encode("utf-16-le")
    grid = host(compound_file(stream[:end] + text + stream[end:])).read("a")
    assert grid.rows == [[12.5, True, "", "", "合计"]]
    assert grid.faults == {(1, 3): "#DIV/0!"}
    assert grid.formulas == {(1, column) for column in range(1, 6)}


def test_cells_in_opposite_corners() -> None:
    made = book()
    made.get_sheet(0).write(65_535, 255, "远")
    grid = host(saved(made)).read("公开01")
    assert grid.value(65_536, 256) == "远"
    assert grid.value(4, 4) == 14.72
    assert grid.value(5, 10) == 9


def test_a_size_of_the_sheet_that_nobody_could_hold() -> None:
    stream = workbook_stream(saved(book()))
    assert stream is not None
    at = stream.find(b"\x00\x02\x0e\x00")
    wrong = stream[: at + 4] + struct.pack("<2L2HH", 0, 0xFFFFFFFF, 0, 255, 0) + stream[at + 18 :]
    assert host(compound_file(wrong)).read("公开01") == host(saved(book())).read("公开01")


def test_one_long_text_named_in_very_many_cells() -> None:
    made = xlwt.Workbook()
    page = made.add_sheet("a")
    for row in range(60_000):
        page.write(row, 0, "x" * 30_000)
    with pytest.raises(UnreadableError, match="过大"):
        host(saved(made)).read("a")


def test_many_texts_and_a_long_one() -> None:
    made = xlwt.Workbook()
    page = made.add_sheet("a")
    page.write(0, 0, "长" * 32_000)
    for row in range(1, 6_000):
        page.write(row, 0, f"文字{row}")
    grid = host(saved(made)).read("a")
    assert grid.value(1, 1) == "长" * 32_000
    assert grid.value(6_000, 1) == "文字5999"


def test_a_stream_of_excel_95() -> None:
    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<2H", kind, len(content)) + content

    begin = record(0x0809, struct.pack("<4H", 0x0500, 5, 0, 0)) + record(0x0042, struct.pack("<H", 936))
    name = "收入".encode("gbk")
    text = "合计".encode("gbk")
    head_length = len(begin) + 4 + 7 + len(name) + 4
    head = begin + record(0x0085, struct.pack("<LBBB", head_length, 0, 0, len(name)) + name) + record(0x000A, b"")
    page = record(0x0809, struct.pack("<4H", 0x0500, 16, 0, 0))
    page += record(0x0204, struct.pack("<4H", 1, 1, 0, len(text)) + text)
    page += record(0x0203, struct.pack("<3Hd", 1, 2, 0, 7.25)) + record(0x000A, b"")
    found = host(compound_file(head + page))
    assert found.sheets() == ("收入",)
    assert list(found.read("收入").cells()) == [(2, 2, "合计"), (2, 3, 7.25)]
