"""One click by a process of its own, for machines on which nothing may listen: nothing is warm, and nothing of earlier clicks is known."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from gongkai.desk.actions import key_of, perform
from gongkai.desk.answer import Answer
from gongkai.desk.desk import Desk
from gongkai.desk.open_workbook import OpenWorkbook
from gongkai.desk.request import Request
from gongkai.desk.standing import Place
from gongkai.desk.visit import Visit
from gongkai.user_folders import data_home

from .connecting import connect
from .lock import TakenError, held
from .log import Log
from .papers import log_path
from .showing import show_file

SECONDS_TO_WAIT = 60.0
"""So long a click waits for the one before it."""
_GLANCE = 0.2
_LAST_CODE = "\U0010ffff"


def click_alone(
    action: str,
    request: Request,
    *,
    connecting: Callable[[Request], OpenWorkbook] = connect,
    show: Callable[[Path], bool] = show_file,
    seconds: float = SECONDS_TO_WAIT,
) -> Answer:
    """Do one action when it is its turn. Raises ``OSError`` when the user's folder cannot be written.

    Nobody could give the status bar back later, so nothing is left in it: whoever asked shows the sentence. Esc is not listened for.
    """
    request = replace(request, escape=False)
    try:
        with _turn(seconds):
            return _done(action, request, connecting, show)
    except TakenError:
        return Answer(sentence="上一次操作还没有做完，请稍候再点。", action=action, outcome="refused")


def _done(
    action: str, request: Request, connecting: Callable[[Request], OpenWorkbook], show: Callable[[Path], bool]
) -> Answer:
    begin = time.perf_counter()
    desk = Desk(show=show)
    if request.workbook and not request.code and action in ("next_finding", "previous_finding", "explain_rule"):
        # What cannot be known is said by the action itself.
        with contextlib.suppress(Exception):
            _recall(action, desk, request, connecting)
    answer = perform(action, desk, request, connecting)
    desk.rest()
    log = Log(log_path())
    try:
        log.write(f"alone {answer.log_line()} {time.perf_counter() - begin:.2f}s")
    finally:
        log.close()
    return answer


def _recall(action: str, desk: Desk, request: Request, connecting: Callable[[Request], OpenWorkbook]) -> None:
    """Know of the workbook what the helper would still know: the findings, and that the walk stands where the selection is."""
    workbook = connecting(request)
    try:
        visit = Visit(desk, workbook, key_of(request), request)
        standing = visit.standing()
        cell = visit.selected
        if cell is not None and action != "explain_rule":
            sheets = standing.report.sheets
            order = sheets.index(cell.sheet) if cell.sheet in sheets else len(sheets)
            place: Place = (order, cell.row, cell.column, _LAST_CODE if action == "next_finding" else "", "")
            standing.visited = place
    finally:
        workbook.status(None)


@contextlib.contextmanager
def _turn(seconds: float) -> Iterator[None]:
    """One click at a time, as with the helper. Raises ``TakenError`` when the one before takes too long."""
    limit = time.monotonic() + seconds
    with contextlib.ExitStack() as closing:
        while True:
            try:
                closing.enter_context(held(data_home() / "click.lock"))
                break
            except TakenError:
                if time.monotonic() > limit:
                    raise
                time.sleep(_GLANCE)
        yield
