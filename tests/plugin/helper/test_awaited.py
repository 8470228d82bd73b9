"""Waiting for an answer with one request: it comes as soon as there is one."""

from __future__ import annotations

import threading
import time

import pytest

from gongkai.helper import server
from gongkai.helper.client import call
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.file_host import FileHost
from tests.plugin.desk.memory_workbook import MemoryWorkbook

from .conftest import Helper, StartHelper
from .test_cancel import SlowWorkbook


def test_an_answer_comes_when_it_is_there(start_helper: StartHelper) -> None:
    workbook = SlowWorkbook()
    helper = start_helper(lambda _: workbook)
    number = call(helper.papers, "POST", "check_workbook", {"workbook": "/甲.xlsx"})["number"]
    assert workbook.reached.wait(30)
    threading.Timer(0.5, workbook.go_on.set).start()
    last: object = None
    for _ in range(6):  # a busy machine may need longer than one waiting lasts
        last = last or helper.raw("GET", f"/v1/awaited/{number}", b"")[1]["last"]
    assert workbook.go_on.is_set()
    assert isinstance(last, dict)
    assert (last["number"], last["action"], last["outcome"]) == (number, "check_workbook", "done")


def test_it_is_that_answer_also_when_others_came_since(start_helper: StartHelper) -> None:
    workbook = MemoryWorkbook(FileHost(data_folder("samples") / "示例-有错误.xlsx").read_all())
    helper = start_helper(lambda _: workbook)
    numbers = [helper.ask(action, workbook="/甲.xlsx")["number"] for action in ("check_workbook", "next_finding")]
    actions = [helper.raw("GET", f"/v1/awaited/{number}", b"")[1]["last"] for number in numbers]
    assert [each["action"] for each in actions if isinstance(each, dict)] == ["check_workbook", "next_finding"]


def test_what_does_not_come_is_not_waited_for_for_ever(helper: Helper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SECONDS_TO_WAIT", 0.3)
    begin = time.monotonic()
    status, content = helper.raw("GET", "/v1/awaited/99", b"")
    assert status == 200 and content["last"] is None and content["state"] == "idle"
    assert time.monotonic() - begin < 5
    for wrong in ("", "x", "-1", "1" * 10, "1/2"):
        assert helper.raw("GET", f"/v1/awaited/{wrong}", b"")[0] == 404


def test_those_that_wait_leave_room_for_others(start_helper: StartHelper) -> None:
    workbook = SlowWorkbook()
    helper = start_helper(lambda _: workbook)
    number = call(helper.papers, "POST", "check_workbook", {"workbook": "/甲.xlsx"})["number"]
    assert workbook.reached.wait(30)
    found: list[object] = []

    def wait() -> None:
        found.append(helper.raw("GET", f"/v1/awaited/{number}", b"")[1]["last"])

    waiting = [threading.Thread(target=wait) for _ in range(server.MOST_WAITING + 3)]
    for thread in waiting:
        thread.start()
    limit = time.monotonic() + 20
    while len(found) < 3 and time.monotonic() < limit:
        time.sleep(0.01)
    assert found == [None] * 3  # they are told at once
    assert helper.status()["state"] == "working"
    workbook.go_on.set()
    for thread in waiting:
        thread.join(20)
    assert sum(isinstance(each, dict) for each in found) == server.MOST_WAITING
