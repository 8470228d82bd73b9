"""Changing one's mind: what is being done ends before it writes, what waits is not begun."""

from __future__ import annotations

import threading
import time

from gongkai.desk.open_workbook import Reading
from gongkai.helper.client import call
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.grid import Grid
from tests.plugin.desk.memory_workbook import MemoryWorkbook

from .conftest import StartHelper


class SlowWorkbook(MemoryWorkbook):
    """Waits at its first sheet until it is told to go on."""

    def __init__(self) -> None:
        super().__init__(FileHost(data_folder("samples") / "示例-有错误.xlsx").read_all())
        self.reached, self.go_on = threading.Event(), threading.Event()

    def read_all(self, reading: Reading | None = None) -> tuple[Grid, ...]:
        self.reached.set()
        assert self.go_on.wait(30)
        return super().read_all(reading)


def test_a_check_that_is_cancelled_writes_nothing_and_the_next_click_works(start_helper: StartHelper) -> None:
    workbook = SlowWorkbook()
    helper = start_helper(lambda _: workbook)
    first = call(helper.papers, "POST", "check_workbook", {"workbook": "/甲.xlsx"})["number"]
    assert workbook.reached.wait(30)
    second = call(helper.papers, "POST", "check_workbook", {"workbook": "/甲.xlsx"})["number"]
    assert call(helper.papers, "POST", "cancel") == {"sentence": "正在取消。"}
    workbook.go_on.set()
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        done = helper.status()["done"]
        assert isinstance(done, list)
        if {first, second} <= {*done}:
            break
        time.sleep(0.01)
    last = helper.status()["last"]
    assert isinstance(last, dict) and (last["number"], last["outcome"]) == (second, "cancelled")
    assert last["sentence"] == "已取消，没有开始。"
    assert workbook.writes == 0
    assert helper.ask("check_workbook", workbook="/甲.xlsx")["outcome"] == "done"
    assert workbook.writes > 0


def test_without_anything_to_cancel_nothing_happens(start_helper: StartHelper) -> None:
    workbook = SlowWorkbook()
    workbook.go_on.set()
    helper = start_helper(lambda _: workbook)
    call(helper.papers, "POST", "cancel")
    assert helper.ask("check_workbook", workbook="/甲.xlsx")["outcome"] == "done"
