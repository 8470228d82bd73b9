"""What is done inside LibreOffice by our extension is what is done from outside without it."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.grid import Span
from gongkai_workbooks.libreoffice import messenger
from gongkai_workbooks.libreoffice.errands.calling import ERRANDS
from gongkai_workbooks.libreoffice.messenger import Messenger
from gongkai_workbooks.live import GoneError, LiveHost
from gongkai_workbooks.live.busy import guarded

from .conftest import Opener, running_office
from .practice import SHEET

if TYPE_CHECKING:
    import xlwings

pytestmark = pytest.mark.libreoffice
PLACES = [[row, column] for row in range(1, 12) for column in range(1, 7)]


def answers(book: xlwings.Book, sheet: str) -> dict[str, Any]:
    """What everything that only looks says of one sheet."""
    send = book.sheets[sheet].impl.errand
    area = send("used_area")
    asked: dict[str, tuple[object, ...]] = {
        "block": (area,),
        "outline": (area,),
        "merge_areas": (PLACES,),
        "looks": ([[*place, *place] for place in PLACES],),
        "notes": (PLACES,),
        "durations": (PLACES,),
        "is_protected": (),
        "content": (PLACES[4],),
        "kind": (PLACES[4],),
        "obstacle": (PLACES[4],),
    }
    assert asked.keys() < ERRANDS.keys()
    return {"used_area": area, **{name: send(name, *arguments) for name, arguments in asked.items()}}


@pytest.mark.parametrize("sample", ["练习", "示例-有错误"])
def test_both_ways_give_the_same(in_office: Opener, extended_office: xlwings.App, practice: Path, sample: str) -> None:
    path = practice if sample == "练习" else data_folder("samples") / f"{sample}.xlsx"
    outside = in_office(path)
    copy = Path(shutil.copyfile(path, practice.with_name("另一份.xlsx")))
    inside = extended_office.books.open(str(copy))
    try:
        for sheet in outside.sheet_names:
            found = answers(outside, sheet)
            assert answers(inside, sheet) == found
            assert any(any(row) for row in found["block"]["values"])
    finally:
        inside.close()


def test_merged_ranges_are_those_of_the_file_however_they_lie(opener: Opener, tmp_path: Path) -> None:
    chance = random.Random(20241122)
    book = openpyxl.Workbook()
    for number in range(6):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet()
        taken: set[tuple[int, int]] = set()
        for _ in range(60):
            top, left = chance.randint(1, 40), chance.randint(1, 12)
            bottom, right = top + chance.choice((0, 0, 1, 2)), left + chance.choice((0, 1, 2, 5))
            places = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
            sheet.cell(top, left, f"{top}-{left}") if not taken & places else None
            if len(places) > 1 and not taken & places:
                sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
            taken |= places
        sheet.cell(45, 20, "end")
    path = tmp_path / "合并.xlsx"
    book.save(path)
    saved, live = FileHost(path), LiveHost(opener(path))
    for name in saved.sheets():
        merges = sorted(saved.read(name).merges)
        assert len(merges) > 20
        assert sorted(live.read(name).merges) == merges


def test_an_extension_of_another_version_is_left_alone(
    extended_by_socket: xlwings.App, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = extended_by_socket.impl
    monkeypatch.setattr(messenger, "digest", lambda: "other")
    monkeypatch.setattr(app, "messenger", Messenger(app.way))
    book = extended_by_socket.books.open(str(practice))
    try:
        assert not app.messenger.is_inside
        assert LiveHost(book).read(SHEET).value(2, 2) == 10.5
    finally:
        book.close()


def test_an_extension_of_another_version_is_said_where_there_is_no_other_way(
    extended_office: xlwings.App, in_extended_office: Opener, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = in_extended_office(practice)
    monkeypatch.setattr(messenger, "digest", lambda: "other")
    monkeypatch.setattr(extended_office.impl, "messenger", Messenger(extended_office.impl.way))
    with pytest.raises(WorkbookError, match=r"扩展与检查助手的版本不同。请.*重新安装"):
        LiveHost(book).read(SHEET)


@pytest.mark.parametrize(
    "ask",
    [
        lambda sheet: sheet.errand("durations", [[0, 0]]),
        lambda sheet: sheet.book.errand("used_area", "没有这张表"),
    ],
)
def test_what_goes_wrong_inside_is_said_in_a_sentence(
    in_extended_office: Opener, practice: Path, ask: Callable[[Any], object]
) -> None:
    sheet = in_extended_office(practice).sheets[SHEET].impl
    with pytest.raises(WorkbookError, match=r"^练习.xlsx：LibreOffice 拒绝了操作（.+）。请"), guarded("练习.xlsx"):
        ask(sheet)
    assert sheet.errand("merge_areas", [[9, 2]]) == [list(Span(8, 1, 9, 2))]


def test_a_libreoffice_killed_in_the_middle_is_said(soffice: str, home: Path, practice: Path) -> None:
    from tests.installer.office import add_extension

    add_extension(home)
    with running_office(soffice, home / "profile") as (app, group):
        host = LiveHost(app.books.open(str(practice)))
        assert app.impl.messenger.is_inside
        host.read(SHEET)
        os.killpg(group, signal.SIGKILL)
        with pytest.raises(GoneError, match="已经关闭"):
            host.read_all()
