"""What a run says of one workbook and of all: plain data, small enough to be sent between processes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from gongkai_checks.failed_rule import CODE as CRASH_CODE
from gongkai_checks.finding import Finding, NotChecked, Safety, Severity
from gongkai_checks.unfinished import CODE as UNFINISHED
from gongkai_workbooks.cells import CellRef

FileStatus = Literal["checked", "unreadable", "not_a_disclosure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReport:
    """One of the nine tables: ``status`` is checked, empty, missing or unreadable; ``reason`` is Chinese."""

    status: str
    sheet: str
    title: str
    reason: str
    amount_unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One amount that was, or would be, changed; ``old`` and ``new`` as text, ``label`` names item and column.

    ``was_text`` tells a number that was stored as text and is a number now.
    """

    cell: CellRef
    label: str
    old: str
    new: str
    finding: Finding
    was_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotChanged:
    """A fix that was not made, or was withdrawn, with the reason in the language of the run."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What became of the request to mark, fix or preview one workbook.

    ``output`` is the file that was written (``""``: none), ``backup`` the copy of what it replaced, ``changes`` what was changed (with ``preview``:
    what would be), ``not_changed`` what was asked for and is not there. ``notice`` is a sentence that is no failure (nothing
    to write); ``problem`` one that is: the run then exits with 2.
    """

    output: str = ""
    backup: str = ""
    preview: bool = False
    changes: tuple[CellChange, ...] = ()
    not_changed: tuple[NotChanged, ...] = ()
    marked: int = 0
    notice: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """The result of one workbook.

    ``findings`` are those of the workbook as it is now: after ``correction``, those that are left. They are sorted by sheet, row, column and code.
    ``labels`` names the cells that findings refer to (``合计·本年收入合计``). ``error`` is one sentence when the file was not checked.
    """

    path: str
    status: FileStatus
    error: str | None = None
    wants_password: bool = False
    department: str = ""
    year: int | None = None
    amount_unit: str = ""
    tables: Mapping[str, TableReport] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    checked: int = 0
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    labels: Mapping[CellRef, str] = field(default_factory=dict)
    correction: Correction | None = None
    seconds: float = 0.0

    def unit_of(self, finding: Finding) -> str:
        """The unit that the amounts of a finding are in, 万元 or 元."""
        table = self.tables.get(finding.table)
        return table.amount_unit if table is not None and table.amount_unit else self.amount_unit

    def unknown(self) -> tuple[NotChecked, ...]:
        """Of what was not checked, that which should have been: an amount or a table cannot be read, a rule crashed, a search was not finished.

        The rest does not apply to this workbook: a table is missing or empty.
        """
        unreadable = [f"公开{number}" for number, table in self.tables.items() if table.status == "unreadable"]
        return tuple(
            skipped
            for skipped in self.not_checked
            if skipped.cell is not None
            or is_broken_off(skipped)
            or any(table in skipped.reason for table in unreadable)
        )


def is_broken_off(skipped: NotChecked) -> bool:
    """Whether a rule crashed, or a search was not finished: then the run is not to be trusted whole."""
    return skipped.code in (CRASH_CODE, UNFINISHED)


def sort_findings(findings: Iterable[Finding], sheets: tuple[str, ...]) -> tuple[Finding, ...]:
    """The findings by sheet in the order of the tabs, row, column and code; those of no cell come first."""
    order = {name: place for place, name in enumerate(sheets)}

    def place(finding: Finding) -> tuple[int, int, int, str, str]:
        cell = finding.cell
        if cell is None:
            return -1, 0, 0, finding.code, finding.message
        return order.get(cell.sheet, len(order)), cell.row, cell.column, finding.code, finding.message

    return tuple(sorted(findings, key=place))


def severity_of(finding: Finding) -> Severity:
    """The severity; a finding that nobody filled in counts as an error."""
    return Severity.ERROR if finding.severity is None else finding.severity


def is_fixable(finding: Finding, safety: Safety) -> bool:
    """Whether the finding brings a fix of this safety that can be written."""
    return finding.fix is not None and finding.fix.safety is safety and bool(finding.fix.edits)


@dataclass(slots=True)
class Summary:
    """Counts over the files of a run; add each report once."""

    files: int = 0
    checked: int = 0
    unreadable: int = 0
    not_disclosures: int = 0
    clean: int = 0
    relations: int = 0
    severities: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(Severity, 0))
    fixable_safe: int = 0
    fixable_unsafe: int = 0
    changed: int = 0
    written: int = 0
    withdrawn: int = 0
    problems: int = 0
    crashes: int = 0

    def add(self, report: FileReport) -> None:
        """Count one file."""
        self.files += 1
        self.checked += report.status == "checked"
        self.unreadable += report.status == "unreadable"
        self.not_disclosures += report.status == "not_a_disclosure"
        broken_off = any(map(is_broken_off, report.not_checked))
        self.clean += report.status == "checked" and not report.findings and not broken_off
        self.relations += report.checked
        for finding in report.findings:
            self.severities[severity_of(finding)] += 1
            self.fixable_safe += is_fixable(finding, Safety.SAFE)
            self.fixable_unsafe += is_fixable(finding, Safety.UNSAFE)
        self.crashes += sum(map(is_broken_off, report.not_checked))
        if report.correction is not None:
            self.written += bool(report.correction.output)
            self.changed += 0 if report.correction.preview else len(report.correction.changes)
            self.withdrawn += len(report.correction.not_changed)
            self.problems += bool(report.correction.problem)

    @property
    def trusted(self) -> bool:
        """False when a file was not checked, a rule crashed, a search was not finished, or something that was asked for could not be written."""
        return not (self.unreadable or self.not_disclosures or self.problems or self.crashes)

    def exit_code(self, fail_on: Severity, *, exit_zero: bool = False, trusted: bool = True) -> int:
        """0: nothing at or above ``fail_on``; 1: findings; 2: not to be trusted, which ``exit_zero`` does not hide."""
        if not (self.trusted and trusted) or not self.files:
            return 2
        failing = any(count for severity, count in self.severities.items() if severity >= fail_on)
        return 1 if failing and not exit_zero else 0
