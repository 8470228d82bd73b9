from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.plugin.conftest import Program


def test_undo_restores_the_file_byte_for_byte(gongkai: Program, folder: Path) -> None:
    before = (folder / "有错误.xlsx").read_bytes()
    gongkai("fix", "有错误.xlsx", "--in-place")
    assert (folder / "有错误.xlsx").read_bytes() != before
    done = gongkai("undo", "有错误.xlsx")
    assert (done.code, done.err) == (0, "")
    assert (folder / "有错误.xlsx").read_bytes() == before


def test_clear_takes_the_marks_and_leaves_the_corrections(gongkai: Program, folder: Path) -> None:
    gongkai("fix", "有错误.xlsx")
    assert gongkai("clear", "有错误.校验.xlsx").code == 0
    workbook = openpyxl.load_workbook(folder / "有错误.校验.xlsx")
    assert "校验结果" not in workbook.sheetnames
    assert all(cell.comment is None for sheet in workbook for row in sheet.iter_rows() for cell in row)
    assert workbook["GK03 支出决算表"]["E7"].value == 667.0


def test_what_was_changed_since_is_left_alone_and_named(gongkai: Program, folder: Path) -> None:
    gongkai("fix", "有错误.xlsx", "--in-place")
    workbook = openpyxl.load_workbook(folder / "有错误.xlsx")
    workbook["GK03 支出决算表"]["E7"].value = 670.0
    workbook.save(folder / "有错误.xlsx")
    done = gongkai("undo", "有错误.xlsx")
    assert done.code == 0
    assert "未动 GK03 支出决算表!E7：" in done.out
    restored = openpyxl.load_workbook(folder / "有错误.xlsx")
    assert restored["GK03 支出决算表"]["E7"].value == 670.0
    assert restored["GK05 一般公共预算财政拨款支出决算表"]["G19"].value == 4074.9


def test_the_result_can_go_elsewhere(gongkai: Program, folder: Path) -> None:
    before = (folder / "有错误.xlsx").read_bytes()
    gongkai("fix", "有错误.xlsx", "--in-place")
    fixed = (folder / "有错误.xlsx").read_bytes()
    assert gongkai("undo", "有错误.xlsx", "--output-dir", "还原").code == 0
    assert (folder / "有错误.xlsx").read_bytes() == fixed
    assert (folder / "还原" / "有错误.xlsx").read_bytes() == before


@pytest.mark.parametrize("name", ["clear", "undo"])
def test_a_file_without_a_journal_is_said_and_the_others_done(gongkai: Program, folder: Path, name: str) -> None:
    before = (folder / "有错误.xlsx").read_bytes()
    gongkai("--mark", "有错误.xlsx", "--in-place")
    done = gongkai(name, "江汉.xlsx", "有错误.xlsx", "没有.xlsx")
    assert done.code == 2
    assert "江汉.xlsx" in done.err
    assert "没有.xlsx" in done.err
    assert (folder / "有错误.xlsx").read_bytes() == before
