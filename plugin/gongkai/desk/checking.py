"""检查当前工作簿 and 检查本表: what is wrong, and with the settings' leave the marks that show it."""

from __future__ import annotations

from gongkai.report import FileReport, Summary, is_fixable
from gongkai.summaries import plain, severity_counts
from gongkai_checks.finding import Safety
from gongkai_workbooks.edits import Refusal
from gongkai_workbooks.errors import LockedError

from .answer import Answer, Counts
from .marking import mark
from .standing import Standing
from .visit import WORDS, Visit, refused


def check_workbook(visit: Visit) -> Answer:
    """Check the nine sheets and mark them. Raises ``WorkbookError``."""
    standing, unmarked = _mark(visit, visit.examine(visit.read()), "")
    return visit.answer(f"{_said(standing.report)}{unmarked}{_notice(visit)}", standing)


def check_sheet(visit: Visit) -> Answer:
    """Check the whole workbook, because sheets are held against one another, and speak of one sheet only. Raises ``WorkbookError``."""
    sheet = visit.request.sheet
    if not sheet:
        return refused("请先选中要检查的工作表，再点“检查本表”。")
    if sheet not in visit.workbook.sheets():
        return refused(f"“{sheet}”不是工作表（例如是图表）。请先选中要检查的工作表，再点“检查本表”。")
    report = visit.examine(visit.read())
    if all(table.sheet != sheet for table in report.tables.values()):
        return refused(
            f"“{sheet}”不是九张公开表之一：程序按表上方的标题辨认。全部工作簿：{Counts.of(report.findings)}。"
        )
    standing, unmarked = _mark(visit, report, sheet)
    findings = standing.findings()
    here = f"本表“{sheet}”：{Counts.of(findings)}" if findings else f"本表“{sheet}”未发现问题"
    others = len(report.findings) - len(findings)
    rest = f"其他表另有 {others} 项。" if others else ""
    return visit.answer(f"{here}。{rest}{unmarked}{_notice(visit)}", standing)


def _mark(visit: Visit, report: FileReport, sheet: str) -> tuple[Standing, str]:
    """Mark what was found; what is known now, and what could not be marked. A workbook that cannot be written is checked all the same."""
    standing = visit.settled(report, sheet)
    standing.visited = None
    standing.marks_hidden = False
    if not visit.marks_wanted:
        return standing, ""
    visit.last_way_out()
    visit.say("正在标记…")
    try:
        with visit.workbook.quiet():
            return standing, _left(mark(visit, report, standing.replies))
    except LockedError as error:
        return standing, f"没有标记：{error}"


def _said(report: FileReport) -> str:
    present = sum(table.status in ("checked", "empty") for table in report.tables.values())
    absent = "、".join(f"公开{number}" for number, table in report.tables.items() if table.status == "missing")
    unreadable = "、".join(f"公开{number}" for number, table in report.tables.items() if table.status == "unreadable")
    tables = (
        f"{present} 张表"
        + (f"（缺 {absent}）" if absent else "")
        + (f"（{unreadable} 无法识别）" if unreadable else "")
    )
    unknown = len(report.unknown())
    sentence = f"已校验 {tables}，{report.checked} 项："
    if report.findings:
        summary = Summary()
        summary.add(report)
        sentence += plain(severity_counts(summary, WORDS)) + "。"
        sentence += _fixable(report)
    else:
        sentence += "未发现问题。"
    if unknown:
        sentence += f"另有 {unknown} 项未能校验。"
    return sentence


def _fixable(report: FileReport) -> str:
    safe = sum(is_fixable(finding, Safety.SAFE) for finding in report.findings)
    unsafe = sum(is_fixable(finding, Safety.UNSAFE) for finding in report.findings)
    parts = [f"{safe} 项可用“修正全部安全项”改正"] if safe else []
    parts += [f"{unsafe} 项可逐项确认后修正"] if unsafe else []
    return "，".join(parts) + "。" if parts else ""


def _left(left: tuple[Refusal, ...]) -> str:
    if not left:
        return ""
    more = f"等 {len(left)} 处" if len(left) > 1 else ""
    return f"未能标记 {left[0].cell}{more}：{left[0].reason}。"


def _notice(visit: Visit) -> str:
    return "".join(visit.desk.session.problems) + visit.desk.complaint
