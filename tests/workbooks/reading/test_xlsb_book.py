"""The binary format of newer programs, ``.xlsb``."""

from __future__ import annotations

import datetime
import struct

import pytest

from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.grid import Span

from .packages import binary_record, wide, xlsb


def row(number: int, hidden: bool = False) -> bytes:
    return binary_record(0, struct.pack("<2LHBBB", number - 1, 0, 0, 0, 0x10 if hidden else 0, 0) + bytes(4))


def cell(kind: int, column: int, content: bytes) -> bytes:
    return binary_record(kind, struct.pack("<2L", column - 1, 0) + content)


def formula(kind: int, column: int, result: bytes) -> bytes:
    return cell(kind, column, result + struct.pack("<HL", 0, 3) + b"\x1e\1\0" + bytes(4))


SHEET = (
    binary_record(60, struct.pack("<4LH", 2, 3, 0, 0, 1))
    + row(3)
    + cell(7, 2, struct.pack("<L", 1))
    + cell(5, 3, struct.pack("<d", 14.72))
    + cell(2, 4, struct.pack("<L", 42 << 2 | 2))
    + cell(4, 5, b"\1")
    + cell(3, 6, b"\x17")
    + row(5, hidden=True)
    + cell(6, 2, wide("说明"))
    + formula(9, 3, struct.pack("<d", 2.5))
    + formula(11, 4, b"\x07")
    + formula(8, 5, wide("文"))
    + binary_record(176, struct.pack("<4L", 2, 3, 1, 2))
)


def test_values_faults_formulas_merges_and_hidden_lines() -> None:
    host = FileHost.from_bytes(xlsb(("公开01", 0, SHEET), ("藏", 1, b""), strings=["零", "一"]), "表.xlsb")
    grid, hidden = host.read_all()
    assert list(grid.cells()) == [
        (3, 2, "一"),
        (3, 3, 14.72),
        (3, 4, 42),
        (3, 5, True),
        (5, 2, "说明"),
        (5, 3, 2.5),
        (5, 5, "文"),
    ]
    assert grid.faults == {(3, 6): "#REF!", (5, 4): "#DIV/0!"}
    assert grid.formulas == {(5, 3), (5, 4), (5, 5)}
    assert grid.merges == (Span(3, 2, 4, 3),)
    assert grid.hidden_rows == {5}
    assert grid.hidden_columns == {3, 4}
    assert (grid.visible, hidden.visible, hidden.rows) == (True, False, [])
    assert host.formulas("公开01") == dict.fromkeys([(5, 3), (5, 4), (5, 5)], "=")


def test_cells_in_opposite_corners() -> None:
    body = row(1) + cell(5, 1, struct.pack("<d", 1)) + row(1_048_576) + cell(5, 16_384, struct.pack("<d", 2))
    grid = FileHost.from_bytes(xlsb(("a", 0, body)), "x").read("a")
    assert list(grid.cells()) == [(1, 1, 1), (1_048_576, 16_384, 2)]


@pytest.mark.parametrize(
    "body",
    [
        row(1) + cell(7, 1, struct.pack("<L", 5)),
        row(1) + cell(5, 20_000, struct.pack("<d", 1)),
        row(1_048_577),
        b"\x05\xff\xff\xff\x7f",
    ],
    ids=["text that is not there", "column", "row", "length"],
)
def test_damage(body: bytes) -> None:
    with pytest.raises(UnreadableError, match="损坏"):
        FileHost.from_bytes(xlsb(("a", 0, body), strings=["一"]), "x").read("a")


def test_one_long_text_named_in_very_many_cells() -> None:
    body = row(1) + b"".join(cell(7, column, bytes(4)) for column in range(1, 5_000))
    with pytest.raises(UnreadableError, match="过大"):
        FileHost.from_bytes(xlsb(("a", 0, body), strings=["长" * 100_000]), "x").read("a")


def test_dates() -> None:
    styles = (
        binary_record(278)
        + binary_record(615, struct.pack("<L", 1))
        + binary_record(44, struct.pack("<H", 164) + wide("yyyy-mm-dd"))
        + binary_record(616)
        + binary_record(626, struct.pack("<L", 1))
        + binary_record(47, bytes(16))
        + binary_record(627)
        + binary_record(617, struct.pack("<L", 2))
        + binary_record(47, bytes(16))
        + binary_record(47, struct.pack("<2H", 0, 164) + bytes(12))
        + binary_record(618)
    )
    body = (
        row(1)
        + binary_record(5, struct.pack("<2Ld", 0, 1, 45_292))
        + binary_record(5, struct.pack("<2Ld", 1, 0, 45_292))
    )
    grid = FileHost.from_bytes(xlsb(("a", 0, body), styles=styles), "x").read("a")
    assert grid.rows == [[datetime.date(2024, 1, 1), 45_292]]
