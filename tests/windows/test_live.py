"""The product speaks to an open workbook through COM as xlwings does on Windows, with a stand-in for Excel and WPS in another process.

What stands behind it is the object model of ``tests/workbooks/live``: it has Excel's habits as far as they are known, and is no Excel.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gongkai.helper.client import call
from gongkai.helper.papers import read_papers

from .macro_script import said_by_macro
from .open_program import ROOT, SHEET, open_program, small_workbook
from .pc import USER, Pc, Running, until

Starter = Callable[[str], Path]


@pytest.fixture
def program(pc: Pc, tmp_path: Path) -> Iterator[Starter]:
    """Starts the stand-in with a workbook open."""
    started: list[Running] = []

    def start(kind: str) -> Path:
        book = small_workbook(pc.drive / "users" / USER / "决算 公开" / tmp_path.name / "支出 表.xlsx")
        started.append(open_program(pc, kind, book))
        return book

    yield start
    for running in started:
        running.process.kill()
        said = running.wait()
        assert b"Traceback" not in said.out + said.err, (said.out + said.err).decode("gbk", "replace")


def did(pc: Pc, what: str, kind: str) -> dict[str, Any]:
    """What the product did with the workbook that is open in a program of that kind."""
    client = pc.named(Path(__file__).with_name("live_client.py"))
    said = pc.python(client, what, kind, pc.named(ROOT)).wait()
    assert said.code == 0, said.err.decode("gbk", "replace")
    answer: dict[str, Any] = json.loads(said.out)
    return answer


@pytest.mark.parametrize("kind", ["excel", "wps"])
def test_checked_marked_corrected_and_taken_back(pc: Pc, program: Starter, kind: str) -> None:
    book = program(kind)
    answer = did(pc, "there_and_back", kind)
    assert answer["found"] == [kind, book.name, pc.named(book)]
    assert answer["same_cells"] and answer["same_findings"] and answer["unread"]
    assert answer["findings"] == 9
    assert answer["refused"] == [] and answer["restored"] == []
    marked = answer["marked"]["books"][book.name][SHEET]["cells"]["(7, 5)"]
    assert marked[0] == "667.0"
    assert "('Color', 13551615)" in marked[4] and "应为 667.00" in marked[5]


def test_a_cell_that_is_being_edited_is_waited_for_and_then_said(pc: Pc, program: Starter) -> None:
    program("excel")
    answer = did(pc, "busy", "excel")
    assert answer["sentence"].startswith("BusyError ") and "正在编辑单元格" in answer["sentence"]
    assert 3 <= answer["seconds"] < 10
    assert answer["value"] == 676.0


def test_a_program_that_dies_in_the_middle_of_writing_is_said_to_be_gone(pc: Pc, program: Starter) -> None:
    program("excel")
    answer = did(pc, "dying", "excel")
    assert answer["sentence"].startswith("UnfinishedError ") and "可能已经关闭" in answer["sentence"]
    assert answer["after"].startswith("GoneError ")
    assert answer["open"] == 0


CLICK = """
Dim reply, status
status = Send("POST", "/v1/%s", "{request}", reply)
WScript.Echo "click=" & status & " " & Field(reply, "number")
"""


def clicked(pc: Pc, folder: Path, action: str, book: Path) -> str:
    """What became of a click that VBScript has made as a button of the add-in does."""
    helper = pc.helper()
    request = json.dumps(
        {"application": "excel", "workbook": pc.named(book), "sheet": SHEET, "cell": "A1", "locator": {}}
    )
    text = (CLICK % action).replace("{request}", request.replace('"', '""'))
    [line] = said_by_macro(pc, folder, helper, text)
    status, _, number = line.partition(" ")
    assert status == "click=202"

    def last() -> Any:
        found: Any = call(helper, "GET", "status")
        return found["last"] if found["state"] == "idle" and int(number) in found["done"] else None

    answer = until(last, "there is no answer", seconds=120)
    return f"{answer['outcome']} {answer['sentence']}"


def test_from_a_click_in_vbscript_to_marked_cells_and_back(pc: Pc, program: Starter, tmp_path: Path) -> None:
    book = program("excel")
    if read_papers(pc.local / "helper.json") is None:
        pc.python("-m", "gongkai", "helper", "run", windowless=True)
    before = did(pc, "seen", "excel")["books"][book.name][SHEET]
    assert clicked(pc, tmp_path, "check_workbook", book).startswith("done ")
    marked = did(pc, "seen", "excel")["books"][book.name]
    assert "('Color', 13551615)" in marked[SHEET]["cells"]["(7, 5)"][4]
    assert "校验结果" in marked
    assert clicked(pc, tmp_path, "clear_marks", book).startswith("done ")
    after = did(pc, "seen", "excel")["books"][book.name]
    assert after[SHEET] == before
