"""修正所选 and 修正全部安全项: corrections written into the workbook, checked again, and taken back where they do harm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from gongkai.corrections import Plan, choose_fixes, culprits, edits_of, new_errors, with_fixes
from gongkai.report import FileReport, is_fixable
from gongkai.wording import cell_text, value_after, value_before
from gongkai_checks.finding import Finding, Safety
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Applied, Edits
from gongkai_workbooks.grid import Grid

from .answer import Answer
from .journals import is_marked, take_back, withdraw_marks, write
from .marking import mark
from .standing import Standing, at_cell, target_of
from .visit import WORDS, Visit, refused
from .walking import told

MOST_NAMED = 6
NO_FORMULAS: Mapping[CellRef, str] = MappingProxyType({})


def fix_safe(visit: Visit) -> Answer:
    """Make every proven correction. Raises ``WorkbookError``."""
    grids = visit.read()
    report = visit.examine(grids)
    if not any(is_fixable(finding, Safety.SAFE) for finding in report.findings):
        return visit.answer("没有可自动修正的项目；其余的请逐项核对。", visit.settled(report))
    return _correct(visit, report, grids, choose_fixes(report.findings, grids, unsafe=False, words=WORDS))


def fix_selected(visit: Visit) -> Answer:
    """Make the correction of the finding at the selected cell; one that is not proven only after a yes. Raises ``WorkbookError``.

    The yes is ``confirmed`` in the request, which whoever shows the answer sends after asking.
    """
    grids = visit.read()
    report = visit.examine(grids)
    before = visit.desk.standing(visit.key)
    cell = visit.selected or _visited(before)
    standing = visit.settled(report)
    if cell is None:
        return refused("请先选中有问题的单元格，或点“下一个”，再点“修正所选”。")
    there = at_cell(report.findings, cell)
    if not there:
        return refused(f"{cell} 没有问题。")
    finding = next(
        (each for safety in (Safety.SAFE, Safety.UNSAFE) for each in there if is_fixable(each, safety)), None
    )
    held = finding or next((each for each in there if _formula_to_give_up(visit, each, cell, grids)), None)
    agreed = _formula_to_give_up(visit, held, cell, grids) if held is not None else ""
    if held is not None and agreed:
        return _give_up_formula(visit, report, grids, held, cell, agreed)
    if finding is None:
        return refused(f"{cell} 需人工判断，程序不能代为修正。{told(visit, standing, there[0])}")
    unsafe = is_fixable(finding, Safety.UNSAFE)
    if unsafe and not visit.request.confirmed:
        what = finding.fix.title.rstrip("。") if finding.fix is not None else ""
        why = f"（{finding.fix.reason}）" if finding.fix is not None and finding.fix.reason else ""
        answer = visit.answer(f"{cell}：{what}。这项修正未经证实{why}，请先核对账面数。确认要改吗？", standing)
        return replace(answer, outcome="confirm", cell=cell)
    return _correct(visit, report, grids, choose_fixes([finding], grids, unsafe=unsafe, words=WORDS))


def _give_up_formula(
    visit: Visit, report: FileReport, grids: tuple[Grid, ...], finding: Finding, cell: CellRef, formula: str
) -> Answer:
    """Replace the formula of one cell by the number that the fix names, after a yes to just that."""
    if not visit.request.confirmed:
        new = next(edit.new for edit in edits_of(finding) if edit.cell == cell)
        question = f"{cell} 是公式 {formula}，修正要用数 {cell_text(new)} 替换它，以后不再自动计算；一般应改公式或它引用的单元格。"
        answer = visit.answer(f"{question}确认替换这一格的公式吗？", visit.standing())
        return replace(answer, outcome="confirm", cell=cell)
    if finding.fix is not None:
        finding = replace(finding, fix=replace(finding.fix, safety=Safety.UNSAFE))
    without = tuple(
        replace(grid, formulas=grid.formulas - {(cell.row, cell.column)}) if grid.sheet == cell.sheet else grid
        for grid in grids
    )
    plan = choose_fixes([finding], without, unsafe=True, words=WORDS)
    return _correct(visit, report, without, plan, {cell: formula})


def _formula_to_give_up(visit: Visit, finding: Finding, cell: CellRef, grids: Sequence[Grid]) -> str:
    """The formula that stands in the way of a fix, when it is the only one, stands in the selected cell and could be given back; else ``""``."""
    held = {(grid.sheet, *place) for grid in grids for place in grid.formulas}
    there = [edit.cell for edit in edits_of(finding) if edit.cell in held]
    if there != [cell] or not visit.workbook.replaces_formulas:
        return ""
    return visit.workbook.formulas(cell.sheet).get((cell.row, cell.column), "")


def _visited(standing: Standing | None) -> CellRef | None:
    """The cell at which the walk stands."""
    if standing is None or standing.visited is None:
        return None
    return next(
        (target_of(each) for each in standing.report.findings if standing.place_of(each) == standing.visited), None
    )


def _correct(
    visit: Visit, report: FileReport, grids: Sequence[Grid], plan: Plan, agreed: Mapping[CellRef, str] = NO_FORMULAS
) -> Answer:
    """Write what does no harm, see what became of it, and say so. ``agreed`` are the formulas that the user gives up."""
    visit.settled(report)  # the answers that stand in the list, before the list is made anew
    plan = _harmless(visit, report, grids, plan)
    if not plan.fixes:
        standing = visit.settled(report)
        return replace(visit.answer(f"没有改动：{_reasons(plan)}", standing), outcome="refused")
    visit.last_way_out()
    visit.say("正在修正…")
    marked = is_marked(visit)
    plan, after = _written(visit, report, plan, agreed)
    standing = visit.settled(after)
    changes = plan.changes(report.labels)
    if marked or (visit.marks_wanted and plan.fixes):
        with visit.workbook.quiet():
            mark(visit, after, standing.replies, changes)
    if not plan.fixes:
        return replace(visit.answer(f"没有改动：{_reasons(plan)}", standing), outcome="refused")
    named = "；".join(
        f"{change.cell} 由 {value_before(change, WORDS)} 改为 {value_after(change, WORDS)}"
        for change in changes[:MOST_NAMED]
    )
    more = f"；等 {len(changes)} 处" if len(changes) > MOST_NAMED else ""
    kept_back = f"未改 {len(plan.not_changed)} 项：{_reasons(plan)}" if plan.not_changed else ""
    answer = visit.answer(f"已修正 {len(changes)} 处：{named}{more}。{kept_back}可用“撤销上次修正”恢复。", standing)
    return replace(
        answer,
        cell=changes[0].cell,
        changed=tuple(change.cell for change in changes),
        left=tuple(edit.cell for skipped in plan.not_changed for edit in edits_of(skipped.finding)),
    )


def _reasons(plan: Plan) -> str:
    reasons = dict.fromkeys(skipped.reason.rstrip("。") for skipped in plan.not_changed)
    return "；".join([*reasons][:MOST_NAMED]) + "。" if reasons else "没有可作的修正。"


def _harmless(visit: Visit, report: FileReport, grids: Sequence[Grid], plan: Plan) -> Plan:
    """The plan without the fixes that would make a new error, as far as that can be foreseen."""
    while plan.fixes:
        foreseen = visit.examine(with_fixes(grids, plan.values()))
        errors = new_errors(report.findings, foreseen.findings)
        if not errors:
            break
        plan = _without(plan, errors)
    return plan


def _without(plan: Plan, errors: Sequence[Finding]) -> Plan:
    place = f"{errors[0].cell} " if errors[0].cell else ""
    reason = f"已撤回：修正后会出现新的错误（{place}{errors[0].code}）。"
    return plan.without(culprits(errors, plan.fixes), reason)


def _written(visit: Visit, report: FileReport, plan: Plan, agreed: Mapping[CellRef, str]) -> tuple[Plan, FileReport]:
    """Write the plan and check again: formulas may have followed. What does harm then, or was written in part, is taken back."""
    with visit.workbook.quiet():
        withdraw_marks(visit)
    while plan.fixes:
        with visit.workbook.quiet():
            values = tuple(replace(value, formula=agreed.get(value.cell, "")) for value in plan.values())
            applied = write(visit, Edits(values=values), "修正")
        partly = _not_whole(plan, applied)
        after = visit.examine(visit.read()) if not partly else report
        errors = [] if partly else new_errors(report.findings, after.findings)
        if not partly and not errors:
            return plan, after
        with visit.workbook.quiet():
            if applied.journal.cells:
                take_back(visit, applied.journal)
        for finding, reason in partly:
            plan = plan.without([finding], reason)
        if errors:
            plan = _without(plan, errors)
    return plan, visit.examine(visit.read())


def _not_whole(plan: Plan, applied: Applied) -> list[tuple[Finding, str]]:
    """The fixes of which not every cell was written, with the reason."""
    written = {entry.cell for entry in applied.journal.cells if entry.kind == "value"}
    reasons = {refusal.cell: refusal.reason for refusal in reversed(applied.refused)}
    found = []
    for finding in plan.fixes:
        missing = [edit.cell for edit in edits_of(finding) if edit.cell not in written]
        if missing:
            found.append((finding, f"{missing[0]}：{reasons.get(missing[0], '未能写入')}"))
    return found
