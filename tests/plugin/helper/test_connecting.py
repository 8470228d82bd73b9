from __future__ import annotations

from pathlib import Path

import pytest
import xlwings

from gongkai.desk.open_workbook import SavedWorkbook
from gongkai.desk.request import Request
from gongkai.helper.connecting import connect, open_workbooks
from gongkai_workbooks import live
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.live import LiveHost, OpenBook
from tests.workbooks.live.memory_engine import workbook_in_memory

SAMPLE = data_folder("samples") / "示例-有错误.xlsx"


def test_a_saved_file_is_itself(workbook: Path) -> None:
    found = connect(Request(workbook=str(workbook)))
    assert isinstance(found, SavedWorkbook) and found.path == workbook


def test_what_is_open_in_a_program_is_never_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []
    book = workbook_in_memory(SAMPLE)

    def find(*given: object) -> xlwings.Book:
        asked.append(given)
        return book

    monkeypatch.setattr(live, "find_book", find)
    found = connect(Request(workbook=str(SAMPLE), application="excel", locator={"hwnd": 7}))
    assert isinstance(found, LiveHost) and found.book is book
    assert asked == [("excel", str(SAMPLE), {"hwnd": 7})]


def test_what_cannot_be_reached_is_told(tmp_path: Path) -> None:
    for request in (
        Request(),
        Request(workbook="相对.xlsx"),
        Request(workbook=str(tmp_path / "无.docx")),
        Request(workbook=str(SAMPLE), application="libreoffice", locator={"pipe": "gongkai-none", "document": "1"}),
        Request(workbook=str(SAMPLE), application="excel"),
        Request(workbook=str(SAMPLE), application="wps"),
    ):
        with pytest.raises(WorkbookError) as caught:
            connect(request)
        assert str(caught.value).endswith("。"), request


def test_the_open_ones_are_requests_that_find_them_again(monkeypatch: pytest.MonkeyPatch) -> None:
    book = workbook_in_memory(SAMPLE)
    there = OpenBook(application="wps", name="公开.xlsx", full_name="C:\\公开.xlsx", locator={"hwnd": 7}, book=book)
    monkeypatch.setattr(live, "open_books", lambda: [there])
    assert open_workbooks() == (Request(workbook="C:\\公开.xlsx", application="wps", locator={"hwnd": 7}),)
