"""One click without a helper: what the helper would still know is found out anew."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from gongkai.desk.answer import Answer
from gongkai.desk.open_workbook import OpenWorkbook
from gongkai.desk.request import Request
from gongkai.helper.alone import WALK, click_alone
from gongkai.helper.lock import held
from gongkai.helper.papers import log_path
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.user_folders import data_home
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


def walk(workbook: OpenWorkbook, action: str, sheet: str, cell: str, steps: int) -> list[tuple[str, str, str]]:
    """Cell and sentence of each step, the cell to which one leads being selected for the next."""
    walked = []
    for _ in range(steps):
        answer = click(workbook, action, sheet, cell)
        if answer.cell is not None:
            sheet, cell = answer.cell.sheet, answer.cell.a1
        walked.append((sheet, cell, answer.sentence))
    return walked


def test_the_walk_comes_by_every_finding_and_back_as_with_a_helper(wrong: MemoryWorkbook) -> None:
    counts = click(wrong, "check_workbook").counts
    assert counts is not None
    number = counts.error + counts.warning + counts.info
    there = walk(wrong, "next_finding", wrong.sheets()[0], "A1", number + 1)
    assert len(set(there)) == number and there[-1] == there[0]
    back = walk(wrong, "previous_finding", *there[-1][:2], number)
    assert back == there[-2::-1]


def test_the_walk_goes_on_from_a_cell_that_the_user_selected(wrong: MemoryWorkbook) -> None:
    [(first, _, _)] = walk(wrong, "next_finding", wrong.sheets()[0], "A1", 1)
    assert first != SHEET
    [(sheet, _, sentence)] = walk(wrong, "next_finding", SHEET, "A1", 1)
    assert sheet == SHEET and "1/" not in sentence[:2]
    assert walk(wrong, "previous_finding", sheet, "A1", 1)[0][0] != SHEET


@pytest.mark.parametrize("note", ["", "[]", '{"place": 1}', '{"workbook": "", "cell": [], "place": [1, 2, 3]}'])
def test_a_spoilt_note_of_the_walk_is_no_hindrance(wrong: MemoryWorkbook, note: str) -> None:
    (data_home() / WALK).parent.mkdir(exist_ok=True, parents=True)
    (data_home() / WALK).write_text(note)
    assert click(wrong, "next_finding", wrong.sheets()[0], "A1").cell is not None


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


def test_a_click_waits_for_the_one_before_it(wrong: MemoryWorkbook) -> None:
    ready, done = threading.Event(), threading.Event()

    def before() -> None:
        with held(data_home() / "click.lock"):
            ready.set()
            done.wait(0.5)

    thread = threading.Thread(target=before)
    thread.start()
    assert ready.wait(10)
    answer = click(wrong, "check_workbook")
    thread.join()
    assert answer.outcome == "done"
