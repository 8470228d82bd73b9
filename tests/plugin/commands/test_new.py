from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.plugin.conftest import Program


def test_nine_blank_sheets_for_a_department_and_year(gongkai: Program, folder: Path) -> None:
    done = gongkai("new", "--year", "2025年度", "--department", "某市/财政局")
    assert (done.code, done.err) == (0, "")
    path = folder / "某市财政局2025年度部门决算公开表.xlsx"
    assert path.name in done.out
    workbook = openpyxl.load_workbook(path)
    assert len(workbook.sheetnames) == 9
    text = " ".join(str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value)
    assert "2025年度" in text
    assert "某市/财政局" in text


def test_what_it_makes_is_recognised_by_check(gongkai: Program) -> None:
    gongkai("new", "--year", "2025", "--department", "某局", "--output-file", "新.xlsx")
    done = gongkai("新.xlsx")
    assert done.code in (0, 1)
    assert "9 张表" in done.out


def test_an_existing_file_is_never_replaced(gongkai: Program, folder: Path) -> None:
    before = (folder / "江汉.xlsx").read_bytes()
    done = gongkai("new", "--year", "2025", "--output-file", "江汉.xlsx")
    assert (done.code, done.out) == (2, "")
    assert "江汉.xlsx" in done.err
    assert (folder / "江汉.xlsx").read_bytes() == before


def test_an_unknown_form_is_refused(gongkai: Program) -> None:
    done = gongkai("new", "--year", "2025", "--form", "火星")
    assert done.code == 2
    assert "national" in done.err
