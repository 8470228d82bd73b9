"""Which cells of a workbook are marked, and what their notes say."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_checks.finding import Finding, Severity
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Mark

from .language import Words
from .proofs import proof_lines
from .report import FileReport, severity_of
from .results_sheet import Entry
from .wording import (
    SEVERITY_STYLES,
    candidates_text,
    cells_text,
    comparison,
    remedy,
    safety_note,
    title_of,
    value_after,
    value_before,
)

MOST_CANDIDATES = 12
"""With more suspects than this a mark on each would say nothing."""


def make_marks(entries: Sequence[Entry], report: FileReport) -> tuple[Mark, ...]:
    """One mark for the cell of each finding, each cell that was changed, and each suspect where it is not decided which one is wrong.

    The note says the fault in the words of the report and ends with the line of the results sheet.
    """
    words = Words("zh")
    marks: list[Mark] = []
    for entry in entries:
        finding = entry.finding
        if entry.changes:
            for change in entry.changes:
                was = f"已由程序修正：原为 {value_before(change, words)}，改为 {value_after(change, words)}。"
                marks.append(
                    _mark(change.cell, Severity.INFO, [was, f"{finding.code} {title_of(finding, words)}"], entry)
                )
            continue
        if finding.cell is not None:
            marks.append(_mark(finding.cell, severity_of(finding), _note(finding, report, words), entry))
        for cell in _suspects(finding):
            advice = f"{finding.code} {title_of(finding, words)}"
            marks.append(
                _mark(cell, min(severity_of(finding), Severity.WARNING), ["此处可能有误，请核对。", advice], entry)
            )
    return tuple(marks)


def _suspects(finding: Finding) -> list[CellRef]:
    cells = list(dict.fromkeys(cell for cells in finding.candidates for cell in cells if cell != finding.cell))
    return cells if len(cells) <= MOST_CANDIDATES else []


def _note(finding: Finding, report: FileReport, words: Words) -> list[str]:
    severity = severity_of(finding)
    evidence = cells_text(finding.evidence, report.labels, words)
    suspects = candidates_text(finding, report.labels, words)
    return [
        f"{severity.sign} {severity.label} {finding.code}",
        title_of(finding, words),
        comparison(finding, report.unit_of(finding), words),
        f"依据单元格：{evidence}" if evidence else "",
        f"可能有误：{suspects}" if suspects else "",
        *(f"验算：{line}。" for line in proof_lines(finding, report, words, 1)),
        remedy(finding) + safety_note(finding, words),
    ]


def _mark(cell: CellRef, severity: Severity, lines: Sequence[str], entry: Entry) -> Mark:
    note = "\n".join([*(line for line in lines if line), f"结果清单第 {entry.row} 行"])
    return Mark(cell=cell, severity=SEVERITY_STYLES[severity], note=note)
