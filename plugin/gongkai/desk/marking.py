"""Marks and the list of results of one workbook: written, renewed with the office's answers, taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from gongkai.marks import make_marks
from gongkai.report import CellChange, FileReport
from gongkai.results_sheet import Answer as Reply
from gongkai.results_sheet import AnswerKey, make_results_sheet
from gongkai_workbooks.edits import Edits, Refusal

from .journals import withdraw_marks, write

if TYPE_CHECKING:
    from .visit import Visit


def mark(
    visit: Visit, report: FileReport, replies: Mapping[AnswerKey, Reply], changes: Sequence[CellChange] = ()
) -> tuple[Refusal, ...]:
    """Mark the cells and make the list anew; returns what could not be marked. Raises ``WorkbookError``.

    The list holds all findings, because the office answers there; after 检查本表 only the cells of that sheet are marked, and those that were changed.
    """
    if not report.findings and not changes:
        return withdraw_marks(visit)
    profile = visit.desk.session.settings.options.profile
    sheet, entries = make_results_sheet(report, changes, replies, time=visit.desk.now(), profile=profile)
    marks = make_marks(entries, report)
    standing = visit.desk.standing(visit.key)
    if standing is not None and standing.sheet:
        shown = {change.cell for change in changes}
        marks = tuple(each for each in marks if each.cell.sheet == standing.sheet or each.cell in shown)
    if standing is not None and standing.marks_hidden:
        marks = ()
    if visit.desk.shelf.kept(visit.key):
        withdraw_marks(visit)  # a workbook that may not keep its journals knows of no marks to replace
    return write(visit, Edits(marks=marks, results=sheet), "标记").refused
