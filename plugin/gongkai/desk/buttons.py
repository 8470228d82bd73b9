"""Which buttons would do nothing on a workbook now, and why; which of them are pressed. Ribbon and window show it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from gongkai.report import is_fixable
from gongkai_checks.finding import Safety
from gongkai_workbooks.errors import WorkbookError

from .journals import kept, values_of
from .standing import Standing
from .visit import Visit

CHANGING = frozenset(
    {
        "check_workbook",
        "check_sheet",
        "show_results",
        "show_marks",
        "fix_selected",
        "fix_safe",
        "undo_last",
        "clear_marks",
    }
)
"""The actions after which the journals of a workbook are looked at again; the others leave them as they are."""
AGAIN = "改动以后，请再点“检查当前工作簿”。"


def note_journals(visit: Visit, action: str) -> None:
    """See what can be taken back, as far as the action may have changed it."""
    standing = visit.desk.standing(visit.key)
    if standing is None or (action not in CHANGING and standing.marked is not None):
        return
    with suppress(WorkbookError):
        journals = kept(visit)
        entries = [entry for journal in journals for entry in journal.cells]
        standing.undoable = any(values_of(journal) for journal in journals)
        standing.marked = any(journal.results for journal in journals) or any(e.kind != "value" for e in entries)
        standing.marks_shown = any(entry.kind != "value" for entry in entries)


def greyed(standing: Standing | None) -> Mapping[str, str]:
    """Action -> why it would do nothing. What is not known is not greyed."""
    if standing is None:
        return {}
    findings = standing.report.findings
    reasons: dict[str, str] = {}
    if not standing.open_findings():
        reasons |= dict.fromkeys(("previous_finding", "next_finding"), f"{none_left(standing)}{AGAIN}")
    safe = any(is_fixable(finding, Safety.SAFE) for finding in findings)
    if not safe:
        reasons["fix_safe"] = f"没有可自动修正的项目。{AGAIN}"
    if not safe and not any(is_fixable(finding, Safety.UNSAFE) for finding in findings):
        reasons["fix_selected"] = f"没有程序可以修正的项目。{AGAIN}"
    if not findings:
        reasons |= dict.fromkeys(("show_results", "show_marks"), f"没有问题，也就没有标记和结果清单。{AGAIN}")
    if standing.undoable is False:
        reasons["undo_last"] = "没有可撤销的修正。"
    if standing.marked is False:
        reasons["clear_marks"] = "工作簿里没有本程序的标记。"
    return reasons


def pressed(standing: Standing | None, errors_only: bool) -> tuple[str, ...]:
    """The toggles that are on."""
    shown = standing is not None and bool(standing.marks_shown)
    return (*(("errors_only",) if errors_only else ()), *(("show_marks",) if shown else ()))


def none_left(standing: Standing) -> str:
    """Why there is no finding to go to."""
    where = f"“{standing.sheet}”" if standing.sheet else "工作簿"
    if standing.shown():
        return f"{where}的 {len(standing.shown())} 项问题都已在结果清单中标为“已改”或“确认无误”。"
    others = len(standing.findings())
    return f"{where}没有错误；另有 {others} 项警告和提示，因“只看错误”未列出。" if others else f"{where}没有问题。"
