"""Marks and the list of results of one workbook: written, renewed with the office's answers, taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gongkai.console import clean
from gongkai.marks import make_marks
from gongkai.report import CellChange, FileReport
from gongkai.results_sheet import Answer as Reply
from gongkai.results_sheet import AnswerKey, make_results_sheet, read_answers
from gongkai_checks.finding import Finding
from gongkai_workbooks.edits import Applied, Edits, Journal, Refusal

from .open_workbook import OpenWorkbook, list_names

if TYPE_CHECKING:
    from .visit import Visit


def read_replies(workbook: OpenWorkbook) -> dict[AnswerKey, Reply]:
    """What the office wrote beside the findings of an earlier list."""
    replies: dict[AnswerKey, Reply] = {}
    for name in list_names(workbook.sheets()):
        replies.update(read_answers(workbook.read(name)))
    return replies


def key_of(finding: Finding) -> AnswerKey:
    """What the reply to a finding is known by."""
    place = clean(str(finding.cell)) if finding.cell else "整个工作簿"
    return finding.code, place, clean("·".join(part for part in (finding.item, finding.column) if part))


def is_marked(workbook: OpenWorkbook) -> bool:
    """Whether the workbook bears marks or a list of ours."""
    return any(_marks_of(journal) is not None for journal in workbook.kept())


def mark(
    visit: Visit, report: FileReport, replies: Mapping[AnswerKey, Reply], changes: Sequence[CellChange] = ()
) -> tuple[Refusal, ...]:
    """Mark the cells and make the list anew; returns what could not be marked. Raises ``WorkbookError``."""
    withdraw_marks(visit.workbook)
    if not report.findings and not changes:
        return ()
    profile = visit.desk.session.settings.options.profile
    sheet, entries = make_results_sheet(report, changes, replies, time=visit.desk.now(), profile=profile)
    return write(visit, Edits(marks=make_marks(entries, report), results=sheet), "标记").refused


def write(visit: Visit, edits: Edits, what: str) -> Applied:
    """Write, with a record on disk from before the first cell until the workbook keeps the journal. Raises ``WorkbookError``."""
    with visit.desk.begun.recorded(visit.key, what, edits, visit.desk.now()):
        applied = visit.workbook.apply(edits)
        if applied.journal.cells or applied.journal.results:
            visit.workbook.keep(applied.journal)
    return applied


def withdraw_marks(workbook: OpenWorkbook) -> tuple[Refusal, ...]:
    """Give colours, notes and the list back; values stay, with their journals. Returns the cells that were changed since."""
    refused: list[Refusal] = []
    for journal in reversed(workbook.kept()):
        marks = _marks_of(journal)
        if marks is None:
            continue
        refused += workbook.undo(marks)
        values = tuple(cell for cell in journal.cells if cell.kind == "value")
        workbook.drop(journal)
        if values:
            workbook.keep(replace(journal, cells=values, parts=(), results=""))
    return tuple(refused)


def _marks_of(journal: Journal) -> Journal | None:
    cells = tuple(cell for cell in journal.cells if cell.kind != "value")
    return replace(journal, cells=cells, parts=()) if cells or journal.results else None
