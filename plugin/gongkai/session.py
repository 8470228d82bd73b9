"""Checking workbooks: what is loaded once a process, and the way from a file to its report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import RESULTS_SHEET
from gongkai_workbooks.errors import PasswordError, WorkbookError

from .collector import paused_collector
from .crash import crash_sentence
from .language import Words
from .paths import WorkbookPath
from .report import Correction, FileReport, TableReport, sort_findings
from .settings import Settings

if TYPE_CHECKING:
    from gongkai_checks.finding import Finding
    from gongkai_checks.run import Checked
    from gongkai_workbooks.disclosure import Disclosure
    from gongkai_workbooks.grid import Grid


MOST_ROWS_WAITING = 50_000
"""Sheets read ahead are located when they come to this many rows: memory stays bounded whatever the files are."""


class Session:
    """The rules and layouts of one process, and the settings of the run."""

    def __init__(self, settings: Settings) -> None:
        from gongkai_checks.registry import load_registry
        from gongkai_workbooks.layouts import load_layout

        self.settings = settings
        self.words = Words(settings.language)
        self.registry = load_registry()
        self._layout = load_layout(self.registry.layouts)

    @property
    def problems(self) -> tuple[str, ...]:
        """Plugins that could not be loaded, in sentences: the run is then not to be trusted."""
        return tuple(self.registry.problems)

    def run(
        self, workbooks: Sequence[WorkbookPath], step: Callable[[int], object] = lambda _: None
    ) -> list[FileReport]:
        """The reports of some workbooks, in their order. One that fails is reported as such; the others are checked.

        ``step`` is called between the files with the number of those that were just read; it may end the run by raising.
        """
        with paused_collector():
            return self._run(workbooks, step)

    def _run(self, workbooks: Sequence[WorkbookPath], step: Callable[[int], object]) -> list[FileReport]:
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
        results = self._check_all([disclosure for _, disclosure, _ in opened])
        share = (time.perf_counter() - begin) / max(1, len(opened))
        for (place, disclosure, seconds), checked in zip(opened, results, strict=True):
            workbook = workbooks[place]
            if isinstance(checked, str):
                reports[place] = self._unreadable(workbook, checked)
                continue
            report = replace(self.report(workbook.shown, disclosure, checked), seconds=seconds + share)
            if self.settings.rewrite is not None:
                step(0)
                report = self._rewritten(workbook, checked, report)
            reports[place] = report
        return [reports[place] for place in range(len(workbooks))]

    def read(self, path: Path) -> tuple[Grid, ...]:
        """The sheets of a file, without the list of results. Raises ``WorkbookError``."""
        from gongkai_workbooks.file_host import FileHost

        return FileHost(path, password=self.settings.password).read_all()

    def read_results(self, path: Path) -> Grid | None:
        """The list of results that an earlier run added to a file. Raises ``WorkbookError``."""
        from gongkai_workbooks.file_host import FileHost

        host = FileHost(path, password=self.settings.password)
        return host.read(RESULTS_SHEET) if RESULTS_SHEET in host.sheets() else None

    def locate(self, grids: Sequence[Grid], path: str) -> Disclosure:
        """The nine tables in some sheets."""
        from gongkai_workbooks.locate import locate

        return locate(grids, self._layout, path=path)

    def check(self, disclosures: Sequence[Disclosure]) -> list[Checked]:
        """Check workbooks together, which is faster than one by one."""
        from gongkai_checks.run import check

        return check(disclosures, self.registry, self.settings.options)

    def examine(self, grids: Sequence[Grid], name: str) -> FileReport:
        """The report of the sheets of one workbook, whatever host they were read from; its status is ``checked`` or ``not_a_disclosure``."""
        disclosure = self.locate(grids, name)
        return self._not_a_disclosure(disclosure) or self.report(name, disclosure, self.check([disclosure])[0])

    def report(self, path: str, disclosure: Disclosure, checked: Checked) -> FileReport:
        """The report of a workbook that was checked. Quiet findings are in it only when they were asked for."""
        findings = [finding for finding in checked.findings if self.settings.show_quiet or not finding.quiet]
        return FileReport(
            path=path,
            status="checked",
            department=disclosure.department,
            year=disclosure.year,
            amount_unit=disclosure.amount_unit.name,
            tables=_tables(disclosure),
            sheets=disclosure.sheets,
            checked=checked.checked,
            findings=sort_findings(findings, disclosure.sheets),
            not_checked=checked.not_checked,
            labels=_labels(disclosure, findings),
        )

    def _check_all(self, disclosures: Sequence[Disclosure]) -> list[Checked | str]:
        if not disclosures:
            return []
        try:
            return [*self.check(disclosures)]
        except Exception as error:
            if len(disclosures) == 1:
                return [crash_sentence(error, self.words)]
            # One workbook must not take the others of its batch with it.
            return [result for disclosure in disclosures for result in self._check_all([disclosure])]

    def _read(self, workbook: WorkbookPath) -> tuple[Grid, ...] | FileReport:
        try:
            if workbook.content is not None:
                return self._read_bytes(workbook.content, workbook)
            return self.read(workbook.path)
        except PasswordError as error:
            return replace(self._unreadable(workbook, str(error)), wants_password=True)
        except WorkbookError as error:
            return self._unreadable(workbook, str(error))
        except Exception as error:  # whatever one file does to the program, the others are checked
            return self._unreadable(workbook, crash_sentence(error, self.words))

    def _located(self, workbook: WorkbookPath, grids: Sequence[Grid]) -> Disclosure | FileReport:
        try:
            disclosure = self.locate(grids, workbook.shown)
        except Exception as error:  # whatever one file does to the program, the others are checked
            return self._unreadable(workbook, crash_sentence(error, self.words))
        return self._not_a_disclosure(disclosure) or disclosure

    def _read_bytes(self, content: bytes, workbook: WorkbookPath) -> tuple[Grid, ...]:
        from gongkai_workbooks.file_host import FileHost

        return FileHost.from_bytes(content, workbook.shown, password=self.settings.password).read_all()

    def _rewritten(self, workbook: WorkbookPath, checked: Checked, report: FileReport) -> FileReport:
        from .rewriting import rewrite

        try:
            return rewrite(self, workbook, checked, report)
        except Exception as error:
            return replace(report, correction=Correction(problem=crash_sentence(error, self.words)))

    def _unreadable(self, workbook: WorkbookPath, error: str) -> FileReport:
        return FileReport(path=workbook.shown, status="unreadable", error=error)

    def _not_a_disclosure(self, disclosure: Disclosure) -> FileReport | None:
        if any(table.status != "missing" for table in disclosure.tables.values()):
            return None
        titles = "、".join(table.title for table in disclosure.tables.values())
        return FileReport(
            path=disclosure.path,
            status="not_a_disclosure",
            error=self.words(
                f"{disclosure.path}：没有找到部门决算公开表。程序按标题找这九张表：{titles}；请确认选对了文件，且每张表上方有标题。",
                f"{disclosure.path}: no disclosure table found. These nine titles were looked for: {titles}.",
            ),
            tables=_tables(disclosure),
            sheets=disclosure.sheets,
        )


def _tables(disclosure: Disclosure) -> dict[str, TableReport]:
    return {
        number: TableReport(
            status=table.status.value,
            sheet=table.sheet,
            title=table.title,
            reason=table.reason,
            amount_unit=(table.amount_unit or disclosure.amount_unit).name,
        )
        for number, table in disclosure.tables.items()
    }


def _labels(disclosure: Disclosure, findings: Iterable[Finding]) -> dict[CellRef, str]:
    wanted: set[CellRef] = set()
    for finding in findings:
        wanted.update(finding.evidence, *finding.candidates)
        if finding.fix is not None:
            wanted.update(edit.cell for edit in finding.fix.edits)
    sheets = {cell.sheet for cell in wanted}
    labels: dict[CellRef, str] = {}
    for table in disclosure.tables.values():
        if table.sheet not in sheets:
            continue
        for item in table.items.values():
            for column, number in item.columns.items():
                cell = CellRef(table.sheet, item.row, number)
                if cell in wanted:
                    labels[cell] = "·".join(part for part in (item.code, item.name, column) if part)
    return labels
