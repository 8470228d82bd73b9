"""What is known of a workbook since it was last checked, and where the user stands in its findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.report import FileReport, severity_of
from gongkai.results_sheet import CHANGED, CONFIRMED, AnswerKey
from gongkai.results_sheet import Answer as Reply
from gongkai_checks.finding import Finding, Severity
from gongkai_workbooks.cells import CellRef

from .replies import key_of

Place = tuple[int, int, int, str, str]
"""Where a finding stands in the order of the walk: sheet, row, column, code, message."""


@dataclass(slots=True)
class Standing:
    """The last report of one workbook. ``sheet`` limits the walk to one sheet (``""``: none); ``visited`` is where it stands.

    ``replies`` are the office's answers as last seen; they outlive the list that they stood in. ``errors_only`` limits the walk to errors,
    ``marks_hidden`` says that the user does not want to see marks; the last three say what the workbook bears (None: not known).
    """

    report: FileReport
    sheet: str = ""
    visited: Place | None = None
    replies: dict[AnswerKey, Reply] = field(default_factory=dict)
    errors_only: bool = False
    marks_hidden: bool = False
    undoable: bool | None = None
    marked: bool | None = None
    marks_shown: bool | None = None

    def findings(self) -> tuple[Finding, ...]:
        """The findings of the workbook, or of the sheet that the walk is limited to, in order."""
        if not self.sheet:
            return self.report.findings
        return tuple(finding for finding in self.report.findings if touches(finding, self.sheet))

    def shown(self) -> tuple[Finding, ...]:
        """Those of them that the user wants to see."""
        wanted = self.findings()
        return tuple(f for f in wanted if severity_of(f) is Severity.ERROR) if self.errors_only else wanted

    def states(self) -> dict[int, str]:
        """What the office answered, by the identity of each finding that was answered."""
        return {
            id(finding): reply.state
            for finding in self.report.findings
            if (reply := self.replies.get(key_of(finding))) is not None
        }

    def open_findings(self) -> tuple[Finding, ...]:
        """The findings of the walk that nobody has settled."""
        settled = {key for key, reply in self.replies.items() if reply.state in (CHANGED, CONFIRMED)}
        return tuple(finding for finding in self.shown() if key_of(finding) not in settled)

    def place_of(self, finding: Finding) -> Place:
        """The place of a finding in the order of the walk."""
        cell = target_of(finding)
        if cell is None:
            return -1, 0, 0, finding.code, finding.message
        sheets = self.report.sheets
        order = sheets.index(cell.sheet) if cell.sheet in sheets else len(sheets)
        return order, cell.row, cell.column, finding.code, finding.message

    def following(self, step: int) -> tuple[int, Sequence[Finding]]:
        """The number (from 0) of the open finding that comes next, or with ``step`` -1 before; at an end it goes on from the other. -1: none."""
        findings = sorted(self.open_findings(), key=self.place_of)
        if not findings:
            return -1, findings
        if self.visited is None:
            return (0 if step > 0 else len(findings) - 1), findings
        places = [self.place_of(finding) for finding in findings]
        if step > 0:
            later = [number for number, place in enumerate(places) if place > self.visited]
            return (later[0] if later else 0), findings
        earlier = [number for number, place in enumerate(places) if place < self.visited]
        return (earlier[-1] if earlier else len(findings) - 1), findings


def target_of(finding: Finding) -> CellRef | None:
    """The cell to which a finding takes the user: its own, else the first that may be wrong, or that speaks for it."""
    if finding.cell is not None:
        return finding.cell
    for cells in finding.candidates:
        if cells:
            return cells[0]
    return finding.evidence[0] if finding.evidence else None


def touches(finding: Finding, sheet: str) -> bool:
    """Whether a finding says something of a sheet: of a cell of it, or of one that may be wrong."""
    cells = [finding.cell, *(cell for cells in finding.candidates for cell in cells)]
    if finding.fix is not None:
        cells += [edit.cell for edit in finding.fix.edits]
    return any(cell is not None and cell.sheet == sheet for cell in cells)


def at_cell(findings: Sequence[Finding], cell: CellRef) -> list[Finding]:
    """The findings of a cell: its own first, then those whose fix writes into it, then those that suspect it."""
    own = [finding for finding in findings if finding.cell == cell]
    fixing = [
        finding
        for finding in findings
        if finding.fix is not None and any(edit.cell == cell for edit in finding.fix.edits) and finding not in own
    ]
    suspecting = [
        finding
        for finding in findings
        if any(cell in cells for cells in finding.candidates) and finding not in own and finding not in fixing
    ]
    return [*own, *fixing, *suspecting]
