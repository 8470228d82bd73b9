"""The window 检查助手 without its widgets: which workbooks are open, what was asked, what was answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from gongkai.desk.actions import ACTIONS
from gongkai.desk.answer import Answer, Line
from gongkai.desk.answer import shown as shown
from gongkai.desk.request import Request
from gongkai.paths import WORKBOOK_SUFFIXES
from gongkai_workbooks.cells import CellRef

from .worker import BusyError, Worker

NEEDS_NO_WORKBOOK = frozenset(name for name, action in ACTIONS.items() if action.visit is None)
LISTING_FAILED = "没有列出打开的工作簿：{}"
BUSY = "前面的操作还没有做完，请稍候再点。"
NO_WORKBOOK = "请先选择工作簿；没有打开的，可点“打开文件…”。"

STEPS = ("next_finding", "previous_finding")


class Sheet(NamedTuple):
    """A workbook of the list: how it is shown, and the request that means it."""

    shown: str
    request: Request


@dataclass(frozen=True, slots=True)
class News:
    """What has become of the last click: an answer, or a list of workbooks that has changed."""

    answer: Answer | None = None
    listed: bool = False


class WindowModel:
    """What the window shows and what its buttons do. ``listing`` names the open workbooks and is called in the worker's thread."""

    def __init__(self, worker: Worker, listing: Callable[[], Sequence[Request]]) -> None:
        self._worker = worker
        self._listing = listing
        self._files: list[Request] = []
        self._open: tuple[Request, ...] = ()
        self._found: tuple[Request, ...] | None = None
        self._awaited: int | None = None
        self._asked: tuple[str, Request] | None = None
        self._asked_of: Request | None = None
        self._complaint = ""
        self.chosen: Request | None = None
        self.lines: tuple[Line, ...] = ()
        self.visited: int | None = None
        """The line at which the walk has arrived; whoever shows it takes it away."""
        self.greyed: Mapping[str, str] = {}
        self.pressed: tuple[str, ...] = ()

    def workbooks(self) -> list[Sheet]:
        """The workbooks to choose from, the open ones first."""
        return [Sheet(shown(request), request) for request in (*self._open, *self._files)]

    def refresh(self) -> None:
        """Look for open workbooks; ``news`` tells when they are found."""

        def look() -> None:
            try:
                self._found = tuple(self._listing())
            except Exception as error:  # the worker wants functions that raise nothing: it would end
                self._complaint = LISTING_FAILED.format(error)
                self._found = ()

        try:
            self._worker.call(look)
        except BusyError:
            return

    def choose(self, request: Request | None) -> None:
        """The workbook that the buttons are about from now on."""
        if request != self.chosen:
            self.lines = ()
            self.greyed = {}
            self.pressed = tuple(name for name in self.pressed if name == "errors_only")
        self.chosen = request

    def open_file(self, path: Path) -> str:
        """Put a saved file on the list and choose it; why not, in Chinese, else ``""``."""
        if path.suffix.lower() not in WORKBOOK_SUFFIXES:
            return f"{path.name} 不是电子表格（{' '.join(sorted(WORKBOOK_SUFFIXES))}）。"
        request = Request(workbook=str(path.absolute()), application="file")
        if request not in self._files:
            self._files.append(request)
        self.choose(request)
        return ""

    def press(
        self,
        action: str,
        *,
        cell: CellRef | None = None,
        folder: str = "",
        settings: Mapping[str, object] | None = None,
        code: str = "",
    ) -> str:
        """Ask for an action; why not, in Chinese, else ``""``."""
        if self.chosen is None and action not in NEEDS_NO_WORKBOOK:
            return NO_WORKBOOK
        request = replace(self.chosen or Request(), folder=folder, settings=settings, code=code, escape=True)
        if cell is not None:
            request = replace(request, sheet=cell.sheet, cell=cell.a1)
        return self._ask(action, request)

    def confirm(self) -> str:
        """Say yes to what the last answer asked."""
        if self._asked is None:
            return ""
        action, request = self._asked
        return self._ask(action, replace(request, confirmed=True))

    def cancel(self) -> None:
        """The key Esc: what was asked for is not wanted any more."""
        if self.busy:
            self._worker.cancel()

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._awaited is not None

    def progress(self) -> str:
        """What is being done, in a few words."""
        text = self._worker.status()["progress"]
        return str(text or "请稍候…") if self.busy else ""

    def news(self) -> News | None:
        """What has happened since it was last asked; None: nothing."""
        if self._found is not None:
            found, self._found = self._found, None
            changed = found != self._open
            self._open = found
            known = [sheet.request for sheet in self.workbooks()]
            if self.chosen not in known:
                self.choose(known[0] if known else None)
                changed = True
            if self._complaint:
                complaint, self._complaint = self._complaint, ""
                return News(Answer(sentence=complaint, outcome="failed"), changed)
            if changed:
                return News(listed=True)
        if self._awaited is not None:
            answer = self._worker.answer(self._awaited)
            if answer is not None:
                self._awaited = None
                if self._asked_of != self.chosen:  # another workbook has been chosen since
                    return News(answer)
                if answer.workbook and (answer.lines or answer.counts is not None):
                    self.lines = answer.lines
                    self.visited = visited_line(answer)
                if answer.workbook and answer.outcome not in ("failed", "cancelled"):
                    self.greyed, self.pressed = answer.greyed, answer.pressed
                return News(answer)
        return None

    def _ask(self, action: str, request: Request) -> str:
        if self._awaited is not None:
            return BUSY
        try:
            self._awaited = self._worker.submit(action, request)
        except BusyError:
            return BUSY
        self._asked, self._asked_of = (action, request), self.chosen
        return ""


def visited_line(answer: Answer) -> int | None:
    """The line of the finding that a step of the walk speaks of, so that the next button is about that one; None for other answers."""
    if answer.action not in STEPS:
        return None
    told = [
        number
        for number, line in enumerate(answer.lines)
        if line.code in answer.sentence and line.text.rstrip("。") in answer.sentence
    ]
    there = [number for number in told if answer.lines[number].cell in (answer.cell, None)]
    return next(iter(there or told), None)
