"""Causes as findings: which cell, what it should be, why, how sure, and what it explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from gongkai_checks.finding import Edit, Finding, Fix, Safety, Severity
from gongkai_checks.ledger import Key, Ledger
from gongkai_checks.messages import evidence, relation_finding
from gongkai_checks.options import ProfileName
from gongkai_checks.relations import Relation
from gongkai_checks.rounding import Verdict
from gongkai_workbooks.amounts import Amount, AmountUnit, format_fen
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.grid import CellValue

from .cause import Cause
from .group_cells import COLUMN
from .repair import Repair

_MOST_EVIDENCE = 30


def finding(cause: Cause, soft: Sequence[Relation], ledger: Ledger, profile: ProfileName, remedy: str) -> Finding:
    """The finding of one cause. ``soft`` are further relations, of lesser rules, that hold once the cause is put right.

    ``remedy`` is the cure of the rule that the cause belongs to when it has one of its own (``cause.code``).
    """
    # A total of totals that are blank too did not fail by itself: there is nothing to tell of it.
    failing = [relation for relation in cause.relations if relation.verdict is Verdict.VIOLATED]
    told = tuple(relation_finding(relation, ledger, profile) for relation in (*failing, *soft))
    if cause.repair is not None:
        return _of_one_cell(cause, cause.repair, told, ledger)
    if cause.changes:
        return _of_several_cells(cause, cause.changes, told, ledger)
    first = told[0]
    if cause.message and cause.place is not None:
        places = tuple(sorted(cell for key in cause.cells if (cell := ledger.place(key)) is not None))
        return Finding(
            code=cause.code,
            severity=Severity.ERROR,
            message=cause.message,
            cell=ledger.place(cause.place),
            table=cause.place.table,
            item=ledger.item_label(cause.place),
            column=cause.place.column,
            expected=first.expected,
            found=first.found,
            difference=first.difference,
            tolerance=first.tolerance,
            evidence=places[:_MOST_EVIDENCE] or first.evidence,
            help=remedy,
            fix=Fix(safety=Safety.MANUAL, title=remedy),
            explained=told,
        )
    candidates = tuple(
        tuple(cell for key in group if (cell := ledger.place(key)) is not None) for group in cause.candidates
    )
    words = (
        f"；仅凭表内数字不能断定是哪一格，以下 {len(candidates)} 格必有一格有误，请核对账面数"
        if len(candidates) > 1
        else ""
    )
    return Finding(
        code=first.code,
        name=first.name,
        severity=Severity.ERROR,
        message=first.message + words,
        cell=first.cell,
        table=first.table,
        item=first.item,
        column=first.column,
        expected=first.expected,
        found=first.found,
        difference=first.difference,
        tolerance=first.tolerance,
        evidence=first.evidence,
        basis=first.basis,
        help=first.help,
        fix=Fix(safety=Safety.MANUAL, title="核对后人工改正"),
        candidates=candidates,
        explained=told[1:],
    )


def _of_one_cell(cause: Cause, repair: Repair, told: tuple[Finding, ...], ledger: Ledger) -> Finding:
    key, first = repair.key, cause.relations[0]
    cell = ledger.place(key)
    assert cell is not None
    unit = ledger.unit(key.table)
    best, found = format_fen(repair.best, unit), "空白" if repair.blank else format_fen(repair.found, unit)
    where = ledger.describe(key)
    number = len(cause.relations)
    if repair.blank:
        message = f"{where}为空，而各组成部分齐全，应为 {best}"
    else:
        slip = f"（{repair.slip}）" if repair.slip else ""
        agree = (
            f"它参加的关系中有 {number} 处不符，改为 {best} 后全部相符"
            if number > 1
            else f"改为 {best} 后它参加的关系全部相符"
        )
        message = (
            f"{where}应为 {best}，实为 {found}{slip}：{told[0].message.partition('：')[0].removeprefix(where)}，{agree}"
        )
    grade = cause.safety
    formula = (cell.row, cell.column) in ledger.disclosure.tables[key.table].formulas
    title = f"将 {cell} 由 {found} 改为 {best}" + ("（该格是公式，请检查公式引用的单元格）" if formula else "")
    proof: list[CellRef] = []
    for relation in cause.relations:
        proof += [place for place in evidence(relation, key) if place not in proof]
    return Finding(
        code=first.equation.code,
        name=first.equation.name,
        severity=Severity.ERROR,
        message=message,
        cell=cell,
        table=key.table,
        item=ledger.item_label(key),
        column=key.column,
        expected=best,
        found=found,
        difference=format_fen(repair.found - repair.best, unit, sign=True),
        tolerance=format_fen(first.tolerance, unit),
        evidence=tuple(proof[:_MOST_EVIDENCE]),
        basis=first.equation.basis,
        help=first.equation.remedy,
        fix=Fix(safety=grade, title=title, edits=(_edit(key, repair.best, ledger),)),
        candidates=tuple(tuple(c for k in group if (c := ledger.place(k)) is not None) for group in cause.candidates),
        explained=told,
    )


def _of_several_cells(cause: Cause, changes: Mapping[Key, int], told: tuple[Finding, ...], ledger: Ledger) -> Finding:
    """An amount that is wrong in a row of codes, or that stands in the wrong column: all its cells are changed, or none."""
    first = cause.relations[0]
    keys = list(changes)
    amounts = {key: ledger.amount(key) for key in keys}
    printed = next((key for key in keys if (amount := amounts[key]) is not None and not amount.blank), keys[0])
    unit = ledger.unit(printed.table)
    old = {key: amount.fen if (amount := amounts[key]) else 0 for key in keys}
    if cause.kind == COLUMN:
        other = next(key for key in keys if key != printed)
        figure = format_fen(old[printed], unit)
        message = (
            f"{ledger.describe(printed)} {figure} 列错栏，应列在“{other.column}”：移过去后 {len(told)} 处关系全部相符"
        )
    else:
        above = "、".join(f"“{ledger.item_label(key)}”" for key in keys[1:])
        shift = format_fen(changes[printed] - old[printed], unit, sign=True)
        message = (
            f"{ledger.describe(printed)}应为 {format_fen(changes[printed], unit)}，实为 {format_fen(old[printed], unit)}，"
            f"上级科目{above}同样相差 {shift}：一并改正后 {len(told)} 处关系全部相符"
        )
    cells = tuple(cell for key in keys if (cell := ledger.place(key)) is not None)
    formulas = any((cell.row, cell.column) in ledger.disclosure.tables[printed.table].formulas for cell in cells)
    grade = Safety.MANUAL if formulas else cause.safety
    title = "；".join(
        f"将 {ledger.place(key)} 由 {_words(amounts[key], unit)} 改为 {format_fen(changes[key], unit) if changes[key] else '空白'}"
        for key in keys
    )
    return Finding(
        code=first.equation.code,
        name=first.equation.name,
        severity=Severity.ERROR,
        message=message,
        cell=ledger.place(printed),
        table=printed.table,
        item=ledger.item_label(printed),
        column=printed.column,
        expected=format_fen(changes[printed], unit),
        found=format_fen(old[printed], unit),
        difference=format_fen(old[printed] - changes[printed], unit, sign=True),
        tolerance=format_fen(first.tolerance, unit),
        evidence=tuple(cell for cell in cells if cell != ledger.place(printed)),
        basis=first.equation.basis,
        help=first.equation.remedy,
        fix=Fix(safety=grade, title=title, edits=tuple(_edit(key, changes[key], ledger) for key in keys)),
        candidates=(cells,),
        explained=told,
    )


def _words(amount: Amount | None, unit: AmountUnit) -> str:
    return "空白" if amount is None or amount.blank else format_fen(amount.fen, unit)


def _edit(key: Key, best: int, ledger: Ledger) -> Edit:
    """The edit of one cell: a number stays a number, text stays text, and a moved amount leaves a blank. A dash gives way."""
    cell = ledger.place(key)
    assert cell is not None
    unit = ledger.unit(key.table)
    amount = ledger.amount(key)
    old: CellValue = ledger.disclosure.tables[key.table].dashes.get((key.item, key.column), "")
    new: CellValue = float(Decimal(best) / unit.fen)
    if amount is not None and not amount.blank:
        old = amount.raw if amount.text else float(Decimal(amount.fen) / unit.fen)
        if not best:
            new = ""
        elif amount.text:
            new = format_fen(best, unit, separators="," in amount.raw or "，" in amount.raw)
    return Edit(cell=cell, old=old, new=new)
