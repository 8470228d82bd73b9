"""One click without a helper: what the helper would still know is found out anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.desk.answer import Answer
from gongkai.desk.open_workbook import OpenWorkbook
from gongkai.desk.request import Request
from gongkai.helper.alone import click_alone
from gongkai.helper.lock import held
from gongkai.helper.papers import log_path
from gongkai.user_folders import data_home
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.file_host import FileHost
from tests.plugin.desk.memory_workbook import MemoryWorkbook

NAME = "/决算公开.xlsx"
SHEET, TOTAL = "GK03 支出决算表", "E7"
"""A total of the sample that is wrong (workbooks/samples/README.md)."""


@pytest.fixture
def wrong() -> MemoryWorkbook:
    return MemoryWorkbook(FileHost(data_folder("samples") / "示例-有错误.xlsx").read_all())


def click(workbook: OpenWorkbook, action: str, sheet: str = "", cell: str = "") -> Answer:
    request = Request(workbook=NAME, application="excel", sheet=sheet, cell=cell, escape=True)
    return click_alone(action, request, connecting=lambda _: workbook, show=lambda _: False)


def test_the_walk_goes_on_from_the_selected_cell(wrong: MemoryWorkbook) -> None:
    sheet, cell, walked = wrong.sheets()[0], "A1", []
    for _ in range(3):
        answer = click(wrong, "next_finding", sheet, cell)
        assert answer.cell is not None
        sheet, cell = answer.cell.sheet, answer.cell.a1
        walked.append((sheet, cell))
    assert len(set(walked)) == 3
    back = click(wrong, "previous_finding", sheet, cell)
    assert back.cell is not None and (back.cell.sheet, back.cell.a1) == walked[1]


def test_the_rule_of_the_selected_cell_is_explained(wrong: MemoryWorkbook) -> None:
    assert click(wrong, "explain_rule", SHEET, TOTAL).sentence.startswith("XF301 ")
    assert click(wrong, "explain_rule", SHEET, "A1").outcome == "refused"


def test_what_one_click_wrote_another_takes_back(wrong: MemoryWorkbook) -> None:
    def total() -> object:
        [grid] = [grid for grid in wrong.read_all() if grid.sheet == SHEET]
        return grid.rows[6][4]

    before = total()
    assert click(wrong, "check_workbook").outcome == "done"
    answer = click(wrong, "fix_safe")
    assert (SHEET, TOTAL) in {(cell.sheet, cell.a1) for cell in answer.changed}
    assert "undo_last" not in answer.greyed and total() != before
    assert click(wrong, "undo_last").outcome == "done"
    assert total() == before


def test_nothing_is_left_in_the_status_bar_and_nobody_is_told_of_esc(wrong: MemoryWorkbook) -> None:
    click(wrong, "check_workbook")
    assert wrong.said[-1] is None
    assert not any("Esc" in text for text in wrong.said if text)


def test_clicks_wait_for_each_other(wrong: MemoryWorkbook) -> None:
    request = Request(workbook=NAME, application="excel")
    with held(data_home() / "click.lock"):
        answer = click_alone("check_workbook", request, connecting=lambda _: wrong, seconds=0.3)
    assert answer.outcome == "refused" and "还没有做完" in answer.sentence
    assert click(wrong, "check_workbook").outcome == "done"


def test_the_log_tells_of_it_without_a_figure(wrong: MemoryWorkbook) -> None:
    answer = click(wrong, "check_workbook")
    text = log_path().read_text(encoding="utf-8")
    assert f"alone {answer.log_line()}" in text and answer.sentence not in text


def test_a_workbook_that_is_not_there_is_told(tmp_path: Path) -> None:
    request = Request(workbook=str(tmp_path / "没有.xlsx"))
    for action in ("next_finding", "check_workbook"):
        assert click_alone(action, request).outcome == "failed"
