"""Whoever corrects and marks an open workbook is ended at one moment after the other: what comes next finds a workbook to work with, and takes all back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
import xlwings

from gongkai.desk.actions import perform
from gongkai.desk.answer import Answer
from gongkai.desk.desk import Desk
from gongkai.desk.request import Request
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.edits import JOURNAL_SHEET, RESULTS_SHEET
from gongkai_workbooks.live import LiveHost
from tests.workbooks.live.memory_engine import model_of, workbook_in_memory
from tests.workbooks.live.object_model import Application

from .conftest import NAME, WRONG

SPREAD = 12
"""So many of the calls to the program, evenly spread, are tried as the last one; and all before and after which the sheets of ours are others."""


class EndedError(BaseException):
    """The process is gone: nothing that it would do on its way out is done either."""


@contextmanager
def ended_at(last: int) -> Iterator[list[object]]:
    """The program is not asked for anything after so many calls; the list has for each call the sheets of ours before it."""
    answer, kept = Application.answer, list[object]()

    def counted(self: Application) -> None:
        if len(kept) >= last:
            raise EndedError
        kept.append(sheets_of_ours(self))
        answer(self)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Application, "answer", counted)
        yield kept


def sheets_of_ours(program: Application) -> object:
    """The sheet with the journals and what stands there, and whether the list is there, and more than that."""
    found: dict[str, object] = {}
    for sheet in program.workbooks[0].worksheets:
        if sheet.Name == JOURNAL_SHEET:
            found[sheet.Name] = sheet.Visible, [(place, cell.value) for place, cell in sheet.grid.items()]
        elif sheet.Name == RESULTS_SHEET:
            found[sheet.Name] = bool(sheet.grid)
    return found


def seen(book: xlwings.Book) -> dict[str, object]:
    """All that a user sees of the cells."""
    found: dict[str, object] = {}
    for sheet in model_of(book).worksheets:
        cells = {
            place: (cell.value, cell.formula, cell.number_format, {**cell.interior}, cell.comment and cell.comment.runs)
            for place, cell in sheet.grid.items()
        }
        nothing = (None, "", "General", {"Pattern": -4142}, None)
        edges = {place: {**edge} for place, edge in sheet.edges.items() if edge.get("LineStyle") not in (None, -4142)}
        found[sheet.Name] = ({place: cell for place, cell in cells.items() if cell != nothing}, edges)
    return found


@pytest.fixture
def ask(tmp_path: Path) -> Callable[[xlwings.Book, str], Answer]:
    """Asks a helper that was started just now and remembers nothing."""

    def does(book: xlwings.Book, action: str) -> Answer:
        desk = Desk(tmp_path / "data", tmp_path / "settings.toml")
        return perform(action, desk, Request(workbook=NAME, mark=action == "fix_safe"), lambda _: LiveHost(book))

    return does


def test_every_moment(ask: Callable[[xlwings.Book, str], Answer], tmp_path: Path) -> None:
    book = workbook_in_memory(data_folder("samples") / WRONG)
    before = seen(book)
    with ended_at(10**9) as kept:
        assert ask(book, "fix_safe").outcome == "done"
    turns = [number for number, (one, other) in enumerate(pairwise(kept), 1) if one != other]
    assert len(turns) > 6
    moments = {*turns, *(number + 1 for number in turns), *range(1, len(kept), len(kept) // SPREAD)}
    corrected = 0
    for last in sorted(moments):
        book = workbook_in_memory(data_folder("samples") / WRONG)
        with ended_at(last), pytest.raises(EndedError):
            ask(book, "fix_safe")
        answer = ask(book, "check_workbook")
        assert answer.outcome == "done", (last, answer.sentence)
        undone = ask(book, "undo_last")
        corrected += undone.outcome == "done"
        assert undone.left == (), (last, undone.sentence)
        ask(book, "clear_marks")
        assert seen(book) == before, last
        assert not any((tmp_path / "data").rglob("begun/*.json")), last
    assert 0 < corrected < len(moments)
