"""Saved workbooks, from the files to their reports: read, located, checked, and rewritten where that is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gongkai_workbooks.errors import PasswordError, WorkbookError

from .collector import paused_collector
from .crash import crash_sentence
from .paths import WorkbookPath
from .report import Correction, FileReport
from .session import Session

if TYPE_CHECKING:
    from gongkai_checks.run import Checked
    from gongkai_workbooks.disclosure import Disclosure
    from gongkai_workbooks.grid import Grid


MOST_ROWS_WAITING = 50_000
"""Sheets read ahead are located when they come to this many rows: memory stays bounded whatever the files are."""


def reports_of(
    session: Session, workbooks: Sequence[WorkbookPath], step: Callable[[int], object] = lambda _: None
) -> list[FileReport]:
    """The reports of some workbooks, in their order. One that fails is reported as such; the others are checked.

    ``step`` is called between the files with the number of those that were just read; it may end the run by raising.
    """
    with paused_collector():
        return _Run(session).reports(workbooks, step)


class _Run:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.settings = session.settings
        self.words = session.words

    def reports(self, workbooks: Sequence[WorkbookPath], step: Callable[[int], object]) -> list[FileReport]:
        reports: dict[int, FileReport] = {}
        opened: list[tuple[int, Disclosure, float]] = []
        # All files are read, then all are located, then all are checked: each stage finds its own code and data at hand.
        waiting: list[tuple[int, tuple[Grid, ...], float]] = []
        rows = 0
        for place, workbook in enumerate(workbooks):
            begin = time.perf_counter()
            grids = self._read(workbook)
            if isinstance(grids, FileReport):
                reports[place] = grids
            else:
                waiting.append((place, grids, time.perf_counter() - begin))
                rows += sum(len(grid.rows) for grid in grids)
            step(1)
            if rows > MOST_ROWS_WAITING or place == len(workbooks) - 1:
                for one, sheets, seconds in waiting:
                    begin = time.perf_counter()
                    found = self._located(workbooks[one], sheets)
                    if isinstance(found, FileReport):
                        reports[one] = found
                    else:
                        opened.append((one, found, seconds + time.perf_counter() - begin))
                waiting.clear()
                rows = 0
        begin = time.perf_counter()
        results = self._checked([disclosure for _, disclosure, _ in opened])
        share = (time.perf_counter() - begin) / max(1, len(opened))
        for (place, disclosure, seconds), checked in zip(opened, results, strict=True):
            workbook = workbooks[place]
            if isinstance(checked, str):
                reports[place] = self._unreadable(workbook, checked)
                continue
            report = replace(self.session.report(workbook.shown, disclosure, checked), seconds=seconds + share)
            if self.settings.rewrite is not None:
                step(0)
                report = self._rewritten(workbook, checked, report)
            reports[place] = report
        return [reports[place] for place in range(len(workbooks))]

    def _checked(self, disclosures: Sequence[Disclosure]) -> list[Checked | str]:
        if not disclosures:
            return []
        try:
            return [*self.session.check(disclosures)]
        except Exception as error:
            if len(disclosures) == 1:
                return [crash_sentence(error, self.words)]
            # One workbook must not take the others of its batch with it.
            return [result for disclosure in disclosures for result in self._checked([disclosure])]

    def _read(self, workbook: WorkbookPath) -> tuple[Grid, ...] | FileReport:
        try:
            if workbook.content is not None:
                return self._read_bytes(workbook.content, workbook)
            return self.session.read(workbook.path)
        except PasswordError as error:
            return replace(self._unreadable(workbook, str(error)), wants_password=True)
        except WorkbookError as error:
            return self._unreadable(workbook, str(error))
        except Exception as error:  # whatever one file does to the program, the others are checked
            return self._unreadable(workbook, crash_sentence(error, self.words))

    def _located(self, workbook: WorkbookPath, grids: Sequence[Grid]) -> Disclosure | FileReport:
        try:
            disclosure = self.session.locate(grids, workbook.shown)
        except Exception as error:  # whatever one file does to the program, the others are checked
            return self._unreadable(workbook, crash_sentence(error, self.words))
        return self.session.not_a_disclosure(disclosure) or disclosure

    def _read_bytes(self, content: bytes, workbook: WorkbookPath) -> tuple[Grid, ...]:
        from gongkai_workbooks.file_host import FileHost

        return FileHost.from_bytes(content, workbook.shown, password=self.settings.password).read_all()

    def _rewritten(self, workbook: WorkbookPath, checked: Checked, report: FileReport) -> FileReport:
        from .rewriting import rewrite

        try:
            return rewrite(self.session, workbook, checked, report)
        except Exception as error:
            return replace(report, correction=Correction(problem=crash_sentence(error, self.words)))

    def _unreadable(self, workbook: WorkbookPath, error: str) -> FileReport:
        return FileReport(path=workbook.shown, status="unreadable", error=self.words.error(error))
