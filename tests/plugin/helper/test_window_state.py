"""What the window knows of its buttons: greyed and pressed as the last answer said of this workbook, and Esc."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.desk.desk import Desk
from gongkai.desk.request import Request
from gongkai.helper.window_model import News, WindowModel
from gongkai.helper.worker import Worker
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.file_host import FileHost
from tests.plugin.desk.memory_workbook import MemoryWorkbook

ONE, OTHER = (Request(workbook=f"D:\\{name}.xlsx", application="wps") for name in ("甲", "乙"))


@pytest.fixture
def workbook() -> MemoryWorkbook:
    return MemoryWorkbook(FileHost(data_folder("samples") / "示例-有错误.xlsx").read_all())


@pytest.fixture
def go_on() -> threading.Event:
    """Without it no workbook is reached."""
    event = threading.Event()
    event.set()
    return event


@pytest.fixture
def model(workbook: MemoryWorkbook, tmp_path: Path, go_on: threading.Event) -> Iterator[WindowModel]:
    def connect(_: Request) -> MemoryWorkbook:
        assert go_on.wait(30)
        return workbook

    worker = Worker(lambda progress: Desk(tmp_path, tmp_path / "settings.toml", progress=progress), connect)
    worker.start()
    made = WindowModel(worker, lambda: (ONE, OTHER))
    made.choose(ONE)
    yield made
    assert worker.stop(30)


def done(model: WindowModel) -> News:
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        news = model.news()
        if news is not None and news.answer is not None:
            return news
        time.sleep(0.01)
    raise AssertionError("no answer")


def test_a_folder_that_is_checked_meanwhile_leaves_the_list_of_the_workbook(
    model: WindowModel, tmp_path: Path, workbook: MemoryWorkbook
) -> None:
    assert model.press("check_workbook") == ""
    done(model)
    lines = model.lines
    folder = tmp_path / "各部门"
    folder.mkdir()
    (folder / "一.xlsx").write_bytes((data_folder("samples") / "示例-有错误.xlsx").read_bytes())
    assert model.press("check_folder", folder=str(folder)) == ""
    answer = done(model).answer
    assert answer is not None and answer.counts is not None and answer.counts.error == 5
    assert model.lines == lines and len(lines) == 8


def test_buttons_are_as_the_last_answer_says_of_this_workbook(model: WindowModel) -> None:
    assert not model.greyed
    assert model.press("check_workbook") == ""
    done(model)
    assert model.greyed.keys() == {"undo_last"} and model.pressed == ("show_marks",)
    model.press("errors_only")
    done(model)
    assert {*model.pressed} == {"errors_only", "show_marks"}
    model.choose(OTHER)
    assert not model.greyed and {*model.pressed} == {"errors_only"}


def test_esc_gives_up_what_is_being_done(model: WindowModel, workbook: MemoryWorkbook, go_on: threading.Event) -> None:
    go_on.clear()
    model.cancel()  # nothing is
    model.press("check_workbook")
    model.cancel()
    go_on.set()
    answer = done(model).answer
    assert answer is not None
    assert (answer.outcome, workbook.writes) == ("cancelled", 0)
    model.press("check_workbook")
    answer = done(model).answer
    assert answer is not None and answer.outcome == "done" and workbook.writes > 0
