"""What the office answered beside the findings of the list, and what each answer is known by."""

from __future__ import annotations

from gongkai.console import clean
from gongkai.results_sheet import Answer as Reply
from gongkai.results_sheet import AnswerKey, read_answers
from gongkai_checks.finding import Finding

from .open_workbook import OpenWorkbook, list_names


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
