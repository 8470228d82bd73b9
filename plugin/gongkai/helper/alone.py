"""One click by a process of its own, for machines on which nothing may listen: nothing is warm, and of earlier clicks is known only where the walk stands."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from gongkai.desk.actions import key_of, perform
from gongkai.desk.answer import Answer
from gongkai.desk.desk import Desk
from gongkai.desk.open_workbook import OpenWorkbook
from gongkai.desk.request import Request
from gongkai.desk.standing import Place, Standing
from gongkai.desk.visit import Visit
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.user_folders import data_home, write_private

from .connecting import connect
from .lock import TakenError, held
from .log import Log
from .papers import log_path
from .showing import show_file

SECONDS_TO_WAIT = 60.0
"""So long a click waits for the one before it."""
STEPS = ("next_finding", "previous_finding")
WALK = "walk.json"
"""Where the walk stood after the last step."""
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
    if request.workbook and not request.code and action in (*STEPS, "explain_rule"):
        # What cannot be known is said by the action itself.
        with contextlib.suppress(Exception):
            _recall(action, desk, request, connecting)
    answer = perform(action, desk, request, connecting)
    desk.rest()
    _note(desk, request, answer)
    log = Log(log_path())
    try:
        log.write(f"alone {answer.log_line()} {time.perf_counter() - begin:.2f}s")
    finally:
        log.close()
    return answer


def _recall(action: str, desk: Desk, request: Request, connecting: Callable[[Request], OpenWorkbook]) -> None:
    """Know of the workbook what the helper would still know: the findings, and where the walk stands."""
    workbook = connecting(request)
    try:
        visit = Visit(desk, workbook, key_of(request), request)
        standing = visit.standing()
        if visit.selected is not None:
            standing.visited = _noted(visit.key, visit.selected) or _place(action, visit.selected, standing)
    finally:
        workbook.status(None)


def _place(action: str, cell: CellRef, standing: Standing) -> Place | None:
    """The selected cell as the place from which the walk goes on, either way past all that is found there; of a rule only the cell itself is asked."""
    if action == "explain_rule":
        return None
    sheets = standing.report.sheets
    order = sheets.index(cell.sheet) if cell.sheet in sheets else len(sheets)
    return order, cell.row, cell.column, _LAST_CODE if action == "next_finding" else "", ""


def _note(desk: Desk, request: Request, answer: Answer) -> None:
    """Write down where the walk stands and which cell is selected there: several findings may share a cell, and some have none."""
    standing = desk.standing(key_of(request))
    cell = (answer.cell.sheet, answer.cell.a1) if answer.cell is not None else (request.sheet, request.cell)
    if answer.action in STEPS and standing is not None and standing.visited is not None:
        note = {"workbook": key_of(request), "cell": [*cell], "place": [*standing.visited]}
        with contextlib.suppress(OSError):  # the step is done all the same
            write_private(data_home() / WALK, json.dumps(note).encode("ascii"))


def _noted(key: str, selected: CellRef) -> Place | None:
    """Where the walk stood, if the same cell of the same workbook is still selected."""
    try:
        note = json.loads((data_home() / WALK).read_bytes())
        order, row, column, code, message = note["place"]
        same = note["workbook"] == key and note["cell"] == [selected.sheet, selected.a1]
        return (int(order), int(row), int(column), str(code), str(message)) if same else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


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
