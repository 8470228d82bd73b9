from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.desk.desk import Desk
from gongkai.desk.request import Request
from gongkai.helper.worker import BusyError, Worker
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.file_host import FileHost
from tests.plugin.desk.memory_workbook import MemoryWorkbook


@pytest.fixture
def workbook() -> MemoryWorkbook:
    return MemoryWorkbook(FileHost(data_folder("samples") / "江汉区医疗保障局2024.xlsx").read_all())


@pytest.fixture
def worker(workbook: MemoryWorkbook, tmp_path: Path) -> Iterator[Worker]:
    made = Worker(
        lambda progress: Desk(tmp_path, tmp_path / "settings.toml", progress=progress),
        lambda _: workbook,
        reading_seconds=0.2,
    )
    made.start()
    yield made
    assert made.stop(60)


def test_the_status_bar_is_given_back_after_a_while(worker: Worker, workbook: MemoryWorkbook) -> None:
    number = worker.submit("check_workbook", Request(workbook="/a"))
    limit = time.monotonic() + 30
    while workbook.said[-1:] != [None] and time.monotonic() < limit:
        time.sleep(0.01)
    answer = worker.answer(number)
    assert answer is not None
    assert workbook.said[-2:] == [answer.sentence, None]


def test_what_was_told_last_is_taken_off_another_workbook(worker: Worker, workbook: MemoryWorkbook) -> None:
    for _ in range(2):
        worker.submit("next_finding", Request(workbook="/a"))
    limit = time.monotonic() + 30
    while workbook.said.count(None) < 2 and time.monotonic() < limit:
        time.sleep(0.01)
    assert workbook.said[-1] is None


def test_one_that_was_stopped_takes_nothing_more(workbook: MemoryWorkbook, tmp_path: Path) -> None:
    worker = Worker(lambda _: Desk(tmp_path, tmp_path / "settings.toml"), lambda _: workbook)
    worker.start()
    assert worker.stop(60)
    with pytest.raises(BusyError):
        worker.submit("doctor", Request())
    with pytest.raises(KeyError):
        worker.submit("format_disk", Request())
