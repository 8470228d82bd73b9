from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.desk.answer import Answer
from gongkai.desk.desk import Desk
from gongkai.desk.open_workbook import OpenWorkbook
from gongkai.desk.request import Request
from gongkai.helper.connecting import connect
from gongkai.helper.window_model import NO_WORKBOOK, News, WindowModel, shown
from gongkai.helper.worker import Worker
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.file_host import FileHost
from tests.plugin.desk.memory_workbook import MemoryWorkbook

OPEN = Request(workbook="C:\\决算\\公开.xlsx", application="excel", locator={"hwnd": 7})


class Programs:
    """What is open in the spreadsheet programs."""

    def __init__(self) -> None:
        self.requests: list[Request] = [OPEN]
        self.fails = False
        self.workbook = MemoryWorkbook(FileHost(data_folder("samples") / "示例-有错误.xlsx").read_all())

    def list(self) -> list[Request]:
        if self.fails:
            raise WorkbookError("Excel 没有回答。")
        return list(self.requests)

    def connect(self, request: Request) -> OpenWorkbook:
        return self.workbook if request.application == "excel" else connect(request)


@pytest.fixture
def programs() -> Programs:
    return Programs()


@pytest.fixture
def model(programs: Programs) -> Iterator[WindowModel]:
    worker = Worker(lambda progress: Desk(progress=progress), programs.connect)
    worker.start()
    yield WindowModel(worker, programs.list)
    assert worker.stop(60)


def awaited(model: WindowModel) -> News:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        news = model.news()
        if news is not None:
            return news
        time.sleep(0.01)
    raise AssertionError("nothing happened")


def answer(model: WindowModel) -> Answer:
    found = awaited(model).answer
    assert found is not None
    return found


def test_open_workbooks_are_listed_and_one_is_chosen(model: WindowModel, programs: Programs) -> None:
    assert model.press("check_workbook") == NO_WORKBOOK
    model.refresh()
    assert awaited(model) == News(listed=True)
    assert [sheet.shown for sheet in model.workbooks()] == ["公开.xlsx（Excel）　C:/决算"]
    assert model.chosen == OPEN
    # Closed meanwhile: nothing is chosen any more.
    programs.requests.clear()
    model.refresh()
    assert awaited(model).listed and model.chosen is None and model.workbooks() == []


def test_a_program_that_does_not_answer_is_told(model: WindowModel, programs: Programs) -> None:
    programs.fails = True
    model.refresh()
    assert "Excel 没有回答" in answer(model).sentence


def test_the_buttons_do_what_they_do_on_the_ribbon(model: WindowModel, programs: Programs) -> None:
    model.refresh()
    awaited(model)
    assert model.press("check_workbook") == ""
    assert model.busy and model.press("fix_safe") != ""
    assert answer(model).action == "check_workbook"
    assert not model.busy and len(model.lines) == 8
    assert model.press("show_finding", cell=model.lines[1].cell) == ""
    assert answer(model).cell == model.lines[1].cell == programs.workbook.selected[-1]
    unproven = next(line for line in model.lines if line.safety == "unsafe")
    assert model.press("fix_selected", cell=unproven.cell) == ""
    assert answer(model).outcome == "confirm"
    assert model.confirm() == ""
    assert unproven.cell in answer(model).changed
    assert len(model.lines) == 7
    assert model.press("settings", settings={"mark": False}) == ""
    assert "不写入工作簿" in answer(model).sentence
    assert len(model.lines) == 7


def test_a_saved_file_is_put_on_the_list(model: WindowModel, workbook: Path) -> None:
    assert "不是电子表格" in model.open_file(workbook.with_suffix(".docx"))
    for _ in range(2):
        assert model.open_file(workbook) == ""
    assert [sheet.request.workbook for sheet in model.workbooks()] == [str(workbook)]
    assert model.press("check_workbook") == ""
    assert answer(model).counts is not None
    model.choose(None)
    assert model.lines == ()


def test_how_a_workbook_is_shown() -> None:
    assert shown(Request(workbook="工作簿1", application="wps")) == "工作簿1（WPS）"
    assert shown(Request(workbook="/甲/乙.ods", application="libreoffice")) == "乙.ods（LibreOffice）　/甲"


def test_what_is_answered_of_one_workbook_is_not_listed_for_another(model: WindowModel, programs: Programs) -> None:
    other = replace(OPEN, workbook="C:\\决算\\另一个.xlsx")
    programs.requests.append(other)
    model.refresh()
    awaited(model)
    assert model.press("check_workbook") == ""
    model.choose(other)
    assert answer(model).lines
    assert (model.chosen, model.lines, model.greyed) == (other, (), {})


def test_a_list_that_fails_in_an_unforeseen_way_does_not_end_the_worker(model: WindowModel, programs: Programs) -> None:
    def denied() -> list[object]:
        raise PermissionError(13, "denied")

    model._listing = denied  # type: ignore[assignment]
    model.refresh()
    assert answer(model).outcome == "failed"
    model.choose(OPEN)
    assert model.press("check_workbook") == ""
    assert answer(model).outcome == "done"
