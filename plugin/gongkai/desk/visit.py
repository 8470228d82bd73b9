"""One request at the desk: the workbook that it is about, and the steps that several actions share."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gongkai.collector import paused_collector
from gongkai.language import Words
from gongkai.report import FileReport
from gongkai_checks.finding import Finding
from gongkai_workbooks.cells import CellRef, parse_a1
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.grid import Grid

from .answer import Answer, Counts, lines_of
from .desk import Desk
from .marking import read_replies
from .open_workbook import OpenWorkbook, list_names
from .request import Request
from .standing import Standing

WORDS = Words("zh")


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

    def read(self) -> tuple[Grid, ...]:
        """The sheets as they are now. Raises ``WorkbookError``."""
        self.say("正在读取各表…")
        with self.workbook.quiet():
            lists = list_names(self.workbook.sheets())
            return tuple(grid for grid in self.workbook.read_all() if grid.sheet not in lists)

    def examine(self, grids: tuple[Grid, ...]) -> FileReport:
        """The report of some sheets. Raises ``WorkbookError`` when they are no disclosure."""
        session, name = self.desk.session, self.workbook.name
        known = self.desk.examined.find(name, session.settings.options, grids)
        if known is not None:
            return known
        self.say("正在校验…")
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
        )
        self.desk.remember(self.key, standing)
        return standing

    def standing(self) -> Standing:
        """What is known of the workbook; it is checked, without a mark, when nothing is. Raises ``WorkbookError``."""
        known = self.desk.standing(self.key)
        return known if known is not None else self.settled(self.examine(self.read()))

    def answer(
        self, sentence: str, standing: Standing | None = None, findings: tuple[Finding, ...] | None = None
    ) -> Answer:
        """An answer with the findings that are left."""
        if standing is None:
            return Answer(sentence=sentence)
        listed = standing.findings() if findings is None else findings
        return Answer(
            sentence=sentence,
            counts=Counts.of(listed),
            lines=lines_of(standing.report, listed, standing.states()),
        )


def refused(sentence: str) -> Answer:
    """An answer that says why nothing was done."""
    return replace(Answer(sentence=sentence), outcome="refused")
