"""One request at the desk: the workbook that it is about, and the steps that several actions share."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from gongkai.collector import paused_collector
from gongkai.language import Words
from gongkai.report import FileReport
from gongkai_workbooks.cells import CellRef, parse_a1
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.grid import Grid

from .answer import Answer, Counts, lines_of
from .desk import Desk
from .open_workbook import OpenWorkbook, list_names
from .replies import read_replies
from .request import Request
from .standing import Standing

WORDS = Words("zh")
BETWEEN_WORDS = 0.2
"""Seconds between two words about the progress: each is a call to the program."""


class CancelledError(WorkbookError):
    """The user changed his mind; nothing was written."""

    def __init__(self) -> None:
        super().__init__("已取消，工作簿没有改动。")


@dataclass(frozen=True, slots=True)
class Visit:
    """What an action is given. ``key`` is what the workbook is known by: its full name, and the program that has it open."""

    desk: Desk
    workbook: OpenWorkbook
    key: str
    request: Request

    @property
    def marks_wanted(self) -> bool:
        """Whether a check may write marks: as the request says, else as the settings say."""
        return self.desk.preferences.mark if self.request.mark is None else self.request.mark

    @property
    def selected(self) -> CellRef | None:
        """The cell that the user has selected; None when the request does not say."""
        if not self.request.cell or not self.request.sheet:
            return None
        return CellRef(self.request.sheet, *parse_a1(self.request.cell))

    def say(self, text: str) -> None:
        """Show what is being done, in the program's status bar and in the helper's status."""
        self.desk.progress(text)
        self.workbook.status(text)

    def way_out(self) -> None:
        """Raises ``CancelledError`` when the user has changed his mind, and nothing was written yet."""
        if not self.desk.writing and self.desk.cancelled():
            raise CancelledError

    def last_way_out(self) -> None:
        """The same, and from now on it is too late: what is written is written to its end."""
        self.way_out()
        self.desk.writing = True

    def read(self) -> tuple[Grid, ...]:
        """The sheets as they are now. Nothing is set in the program, so that it keeps its own undo. Raises ``WorkbookError``."""
        said = 0.0

        def reading(sheet: str, number: int, total: int) -> None:
            nonlocal said
            self.way_out()
            now = time.monotonic()
            if now - said >= BETWEEN_WORDS:
                said = now
                self.say(f"正在读取“{sheet}”（{number}/{total}）{self._way_out}")

        lists = list_names(self.workbook.sheets())
        return tuple(grid for grid in self.workbook.read_all(reading) if grid.sheet not in lists)

    @property
    def _way_out(self) -> str:
        return "，按 Esc 取消" if self.request.escape else "…"

    def examine(self, grids: tuple[Grid, ...]) -> FileReport:
        """The report of some sheets. Raises ``WorkbookError`` when they are no disclosure."""
        session, name = self.desk.session, self.workbook.name
        known = self.desk.examined.find(name, session.settings.options, grids)
        if known is not None:
            return known
        self.way_out()
        self.say(f"正在校验 {len(grids)} 张工作表{self._way_out}")
        with paused_collector():
            report = session.examine(grids, name)
        if report.status != "checked":
            raise WorkbookError(report.error or "没有找到部门决算公开表。")
        self.desk.examined.keep(name, session.settings.options, grids, report)
        return report

    def settled(self, report: FileReport, sheet: str | None = None) -> Standing:
        """Remember a report, with the answers that stand in the list; the walk stays where it is."""
        known = self.desk.standing(self.key)
        replies = {**(known.replies if known else {}), **read_replies(self.workbook)}
        standing = Standing(
            report=report,
            sheet=sheet if sheet is not None else (known.sheet if known else ""),
            visited=known.visited if known else None,
            replies=replies,
            errors_only=self.desk.preferences.errors_only,
            marks_hidden=known.marks_hidden if known else False,
            undoable=known.undoable if known else None,
            marked=known.marked if known else None,
            marks_shown=known.marks_shown if known else None,
        )
        self.desk.remember(self.key, standing)
        return standing

    def standing(self) -> Standing:
        """What is known of the workbook; it is checked, without a mark, when nothing is. Raises ``WorkbookError``."""
        known = self.desk.standing(self.key)
        return known if known is not None else self.settled(self.examine(self.read()))

    def answer(self, sentence: str, standing: Standing | None = None) -> Answer:
        """An answer with the findings that are left."""
        if standing is None:
            return Answer(sentence=sentence)
        return Answer(
            sentence=sentence,
            counts=Counts.of(standing.findings()),
            lines=lines_of(standing.report, standing.shown(), standing.states()),
        )


def refused(sentence: str) -> Answer:
    """An answer that says why nothing was done."""
    return replace(Answer(sentence=sentence), outcome="refused")
