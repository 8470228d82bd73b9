"""上一个, 下一个 and 结果清单: from finding to finding, and to the list of them."""

from __future__ import annotations

from dataclasses import replace

from gongkai.report import severity_of
from gongkai.results_sheet import is_results
from gongkai.wording import comparison, remedy, title_of
from gongkai_checks.finding import Finding, Safety
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.errors import UnreadableError

from .answer import Answer
from .buttons import none_left
from .marking import mark
from .open_workbook import list_names
from .replies import read_replies
from .standing import Standing, at_cell, target_of
from .visit import WORDS, Visit, refused


def next_finding(visit: Visit) -> Answer:
    """Select the next open finding's cell and say what is wrong there; after the last comes the first. Raises ``WorkbookError``."""
    return _step(visit, 1)


def previous_finding(visit: Visit) -> Answer:
    """The same the other way. Raises ``WorkbookError``."""
    return _step(visit, -1)


def show_finding(visit: Visit) -> Answer:
    """Select the cell that the request names, and say what is wrong there: a line of a list was chosen. Raises ``WorkbookError``."""
    standing = visit.standing()
    cell = visit.selected
    found = at_cell(standing.report.findings, cell) if cell is not None else []
    if not found:
        return refused("这一项已经不在了，请重新检查。")
    return _shown(visit, standing, found[0], "")


def _step(visit: Visit, step: int) -> Answer:
    standing = visit.standing()
    standing.replies.update(read_replies(visit.workbook))
    number, findings = standing.following(step)
    if number < 0:
        return visit.answer(none_left(standing), standing)
    return _shown(visit, standing, findings[number], f"{number + 1}/{len(findings)} ")


def _shown(visit: Visit, standing: Standing, finding: Finding, count: str) -> Answer:
    standing.visited = standing.place_of(finding)
    cell = target_of(finding)
    place = f"{cell} " if cell is not None else ""
    answer = visit.answer(f"{count}{place}{told(visit, standing, finding)}", standing)
    if cell is None:
        return answer
    try:
        visit.workbook.goto(cell)
    except UnreadableError as error:
        # Its sheet is hidden: what is wrong there is said all the same, and the walk goes on.
        return replace(answer, sentence=f"{answer.sentence}{error}")
    return replace(answer, cell=cell)


def told(visit: Visit, standing: Standing, finding: Finding) -> str:
    """A finding in the words of a status line: what is wrong, should be and is, what to do, and whether a button does it."""
    severity = severity_of(finding)
    compared = " ".join(comparison(finding, standing.report.unit_of(finding), WORDS).split())
    title = title_of(finding, WORDS).rstrip("。")
    parts = [
        f"{severity.sign} {severity.label} {finding.code} {title}。",
        f"{compared}。" if compared else "",
        remedy(finding),
    ]
    return "".join(parts) + way_out(finding)


def way_out(finding: Finding) -> str:
    """Which button settles a finding."""
    fix = finding.fix
    if fix is None:
        return ""
    if fix.edits and fix.safety is Safety.SAFE:
        return "〔可点“修正所选”〕"
    if fix.edits and fix.safety is Safety.UNSAFE:
        return "〔可点“修正所选”，需确认〕"
    return "〔需人工判断〕"


def show_results(visit: Visit) -> Answer:
    """Go to the list of results; one that is not there yet is made. Raises ``WorkbookError``."""
    names = _lists(visit)
    standing = visit.standing()
    if not names:
        if not standing.report.findings:
            return visit.answer("没有问题，不需要结果清单。", standing)
        visit.last_way_out()
        visit.say("正在生成结果清单…")
        with visit.workbook.quiet():
            mark(visit, standing.report, standing.replies)
        names = _lists(visit)
        if not names:
            return refused("结果清单未能生成：工作簿结构受保护，或文件为只读。请先撤销工作簿保护。")
    cell = CellRef(names[-1], 1, 1)
    visit.workbook.goto(cell)
    return replace(
        visit.answer(f"结果清单在工作表“{names[-1]}”，共 {len(standing.report.findings)} 项。", standing), cell=cell
    )


def _lists(visit: Visit) -> list[str]:
    """The lists of results; a sheet that the user has given such a name is none."""
    return [name for name in list_names(visit.workbook.sheets()) if is_results(visit.workbook.read(name))]
