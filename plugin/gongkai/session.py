"""Checking workbooks: what is loaded once a process, and the way from sheets to a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import RESULTS_SHEET

from .language import Words
from .report import FileReport, TableReport, sort_findings
from .settings import Settings

if TYPE_CHECKING:
    from gongkai_checks.finding import Finding
    from gongkai_checks.run import Checked
    from gongkai_workbooks.disclosure import Disclosure
    from gongkai_workbooks.grid import Grid


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
        return tuple(map(self.words.error, self.registry.problems))

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
        return self.not_a_disclosure(disclosure) or self.report(name, disclosure, self.check([disclosure])[0])

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

    def not_a_disclosure(self, disclosure: Disclosure) -> FileReport | None:
        """The report of a workbook in which none of the nine tables is; None where there is one."""
        if any(table.status != "missing" for table in disclosure.tables.values()):
            return None
        titles = "、".join(table.title for table in disclosure.tables.values())
        return FileReport(
            path=disclosure.path,
            status="not_a_disclosure",
            error=self.words(
                f"{disclosure.path}：没有找到部门决算公开表。程序按标题找这九张表：{titles}；请确认选对了文件，且每张表上方有标题。",
                f"{disclosure.path}: no disclosure table found. These nine titles were looked for: {titles}; make sure that it is the right file and that "
                "each table has its title above it.",
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
