"""Causes as findings: which cell, what it should be, why, how sure, and what it explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from gongkai_checks.equations import USUAL_REMEDY
from gongkai_checks.finding import Edit, Finding, Fix, Safety, Severity
from gongkai_checks.ledger import Key, Ledger
from gongkai_checks.messages import evidence, relation_finding
from gongkai_checks.options import ProfileName
from gongkai_checks.relations import Relation
from gongkai_checks.rounding import Verdict
from gongkai_workbooks.amounts import Amount, AmountUnit, format_fen
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.grid import CellValue

from . import reasons
from .cause import Cause
from .certificate import proof, proof_of
from .rays import Conflict
from .repair import Repair
from .system import System
from .witnesses import agreement

_MOST_EVIDENCE = 30
_MOST_PROOFS = 8
JOINTLY_IMPOSSIBLE = "DX008"
COMPARE = "按账面数核对所列各格，改正填错的一格"


def finding(
    cause: Cause,
    soft: Sequence[Relation],
    ledger: Ledger,
    profile: ProfileName,
    remedy: str,
    elsewhere: Sequence[Key] = (),
) -> Finding:
    """The finding of one cause. ``soft`` are further relations, of lesser rules, that hold once the cause is put right.

    ``remedy`` is the cure of the rule that the cause belongs to when it has one of its own (``cause.code``); ``elsewhere`` are the cells of errors
    that it is tied to (``reasons.tied``).
    """
    # A total of totals that are blank too did not fail by itself: there is nothing to tell of it.
    failing = [relation for relation in cause.relations if relation.verdict is Verdict.VIOLATED]
    # The proof that is shown first is the one that is easiest to follow.
    plainest = sorted(failing, key=lambda relation: relation.equation.relation == "<=")
    told = tuple(relation_finding(relation, ledger, profile) for relation in (*(failing or cause.relations), *soft))
    proofs = (proof_of(relation, ledger, profile) for relation in plainest[:_MOST_PROOFS])
    if cause.repair is not None:
        found = _of_one_cell(cause, cause.repair, told, ledger, elsewhere)
    elif cause.message:
        found = _of_several_cells(cause, told, ledger, remedy)
    else:
        found = _undecided(cause, told, ledger)
    message = found.message + "".join(f"；也可能是另一种情形：{other}" for other in cause.others)
    return replace(found, message=message, proofs=tuple(proof for proof in proofs if proof is not None))


def jointly_impossible(conflict: Conflict, system: System) -> Finding:
    """The finding that several relations, each within the tolerance, cannot hold together."""
    ledger = system.ledger
    proofs = tuple(proof(certificate, system) for certificate in conflict.certificates)
    shown = proofs[0]
    blamed = conflict.explanations or tuple(
        (cell,) for cell in conflict.certificates[0].cells if not system.blank[cell]
    )
    sets = [tuple(system.keys[cell] for cell in cells) for cells in blamed]
    key = sets[0][0]
    unit = ledger.unit(key.table)
    names = "、".join(ledger.describe(one) for one in sets[0])
    if len(sets) == 1:
        said = f"{names}{'有误' if len(sets[0]) == 1 else f'，以上 {len(sets[0])} 格都有误'}"
    elif len(sets[0]) > 1:
        said = f"至少有 {len(sets[0])} 格有误，以下 {len(sets)} 种可能必有一种成立"
    elif len(sets) == 2:
        said = f"{names}与{ledger.describe(sets[1][0])}，以上两格必有一格有误"
    else:
        said = f"以下 {len(sets)} 格必有一格有误"
    figures = [format_fen(figure, unit) for figure in sorted(conflict.figures)]
    cure = f"；改为 {_any_of(figures)}即可同时成立" if figures else ""
    codes = "、".join(dict.fromkeys(claim.code for claim in shown.claims))
    candidates = tuple(tuple(cell for one in cells if (cell := ledger.place(one)) is not None) for cells in sets)
    return Finding(
        code=JOINTLY_IMPOSSIBLE,
        severity=Severity.WARNING,
        message=(
            f"{said}：{codes} 各处单独看都在尾差以内，合起来相差 {shown.difference}，超过容差 {shown.tolerance}，"
            f"不可能同时成立{cure}，请核对账面数"
        ),
        cell=ledger.place(key),
        table=key.table,
        item=ledger.item_label(key),
        column=key.column,
        difference=shown.difference,
        tolerance=shown.tolerance,
        evidence=tuple(
            dict.fromkeys(cell for claim in shown.claims for _, cell in claim.terms if cell != ledger.place(key))
        )[:_MOST_EVIDENCE],
        help=COMPARE,
        fix=Fix(safety=Safety.MANUAL, title=COMPARE, reason=reasons.NEVER_WITHIN_TOLERANCE),
        candidates=candidates if len(candidates) > 1 else (),
        proofs=proofs,
    )


def _any_of(figures: Sequence[str]) -> str:
    if len(figures) > 2:
        return f"{figures[0]} 至 {figures[-1]} "
    return " 或 ".join(figures) + " "


def _undecided(cause: Cause, told: tuple[Finding, ...], ledger: Ledger) -> Finding:
    """A tie between cells, or a plain difference that nothing explains."""
    first = told[0]
    candidates = _places(cause, ledger)
    words = ""
    if len(candidates) > 1:
        single = all(len(group) == 1 for group in candidates)
        names = [ledger.describe(group[0]) for group in cause.candidates[:2] if len(group) == 1]
        what = f"以上 {len(candidates)} 格" if single else f"以上 {len(candidates)} 种改法"
        if single and len(candidates) == 2:
            words = f"；{names[0]}与{names[1]}，以上两格必有一格有误，仅凭表内数字不能断定，请核对账面数"
        else:
            words = f"；{what.replace('以上', '以下')}必有一{'格有误' if single else '种成立'}，仅凭表内数字不能断定，请核对账面数"
    elif cause.unfinished:
        words = "；未能定位：错处太多，查找的工作量到了上限，请逐格核对，或用 --time-limit 放宽后重新校验"
    elif cause.lost:
        words = "；未能定位：没有找到只改一两格就能相符的办法，可能有几格同时有误，请逐格核对"
    place = cause.place
    cell = ledger.place(place) if place else first.cell
    compared = (first.cell, *first.evidence) if first.cell is not None else first.evidence
    return replace(
        first,
        severity=Severity.ERROR,
        message=first.message + words,
        cell=cell,
        evidence=tuple(one for one in compared if one != cell)[:_MOST_EVIDENCE],
        table=place.table if place else first.table,
        item=ledger.item_label(place) if place else first.item,
        column=place.column if place else first.column,
        help=COMPARE if first.help == USUAL_REMEDY else first.help,
        fix=Fix(safety=Safety.MANUAL, title=COMPARE, reason=reasons.undecided(cause)),
        candidates=candidates,
        explained=told,
    )


def _places(cause: Cause, ledger: Ledger) -> tuple[tuple[CellRef, ...], ...]:
    found = (tuple(cell for key in group if (cell := ledger.place(key)) is not None) for group in cause.candidates)
    return tuple(dict.fromkeys(group for group in found if group))


def _of_one_cell(
    cause: Cause, repair: Repair, told: tuple[Finding, ...], ledger: Ledger, elsewhere: Sequence[Key]
) -> Finding:
    [key] = cause.changes
    first = cause.relations[0]
    cell = ledger.place(key)
    assert cell is not None
    unit = ledger.unit(key.table)
    best, found = format_fen(repair.best, unit), "空白" if repair.blank else format_fen(repair.found, unit)
    where = ledger.describe(key)
    agree = agreement(cause.relations, key, ledger, best)
    slip = f"（{repair.slip.name}）" if repair.slip.name and not repair.blank else ""
    message = f"{where}应为 {best}，实为{'' if repair.blank else ' '}{found}{slip}：{agree}"
    candidates = _places(cause, ledger)
    if len(candidates) > 1:
        message += f"；另有 {len(candidates) - 1} 种改法也能使关系成立，但可能性较小"
    title = f"将 {cell} {_change(found, best)}"
    if _is_formula(cell, ledger, key.table):
        title += "（该格是公式，请检查公式引用的单元格）"
    own = first.equation.remedy
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
        help=f"核对账面数，{title}" if own == USUAL_REMEDY else own,
        fix=Fix(
            safety=cause.safety,
            title=title,
            edits=(_edit(key, repair.best, ledger),),
            reason=reasons.of_one_cell(cause, repair, key, ledger, elsewhere),
        ),
        candidates=candidates,
        explained=told,
    )


def _of_several_cells(cause: Cause, told: tuple[Finding, ...], ledger: Ledger, remedy: str) -> Finding:
    """Cells with one cause: a block that is displaced, an amount in the wrong column, a line that is missing. All change, or none."""
    first = told[0]
    place = cause.place
    assert place is not None
    edits = tuple(_edit(key, value, ledger) for key, value in cause.changes.items() if ledger.place(key) is not None)
    formulas = any(_is_formula(edit.cell, ledger, key.table) for edit, key in zip(edits, cause.changes, strict=False))
    grade = Safety.MANUAL if formulas else cause.safety
    message = cause.message
    candidates = _places(cause, ledger)
    if len(candidates) > 1:
        message += f"；另有 {len(candidates) - 1} 种改法也能使关系成立，改前请核对账面数"
    places = sorted({cell for key in (*cause.cells, *cause.changes) if (cell := ledger.place(key)) is not None})
    expected, found, difference = first.expected, first.found, first.difference
    change = cause.changes.get(place)
    if change is not None:
        unit = ledger.unit(place.table)
        amount = ledger.amount(place)
        old = amount.fen if amount else 0
        expected, found = format_fen(change, unit), _words(amount, unit)
        difference = format_fen(old - change, unit, sign=True)
    title = cause.title or remedy
    if not cause.title and len(edits) == 1 and change is not None:
        title = f"将 {edits[0].cell} {_change(found, expected if change else '空白')}"
    reason = reasons.of_several_cells(cause, grade, formulas=formulas)
    return Finding(
        code=cause.code,
        severity=Severity.ERROR,
        message=message,
        cell=ledger.place(place),
        table=place.table,
        item=cause.item or ledger.item_label(place),
        column=place.column,
        expected=expected,
        found=found,
        difference=difference,
        tolerance=first.tolerance,
        evidence=tuple(cell for cell in places if cell != ledger.place(place))[:_MOST_EVIDENCE] or first.evidence,
        help=f"核对账面数，{title}" if cause.title and not cause.item else remedy,
        fix=Fix(safety=grade, title=title, edits=edits if grade is not Safety.MANUAL else (), reason=reason),
        candidates=candidates,
        explained=told,
    )


def _change(found: str, best: str) -> str:
    """``由 14.27 改为 14.72``, ``由空白改为 14.72``: figures stand apart from the words."""
    before, after = (figure if figure == "空白" else f" {figure} " for figure in (found, best))
    return f"由{before}改为{after}".rstrip()


def _is_formula(cell: CellRef, ledger: Ledger, table: str) -> bool:
    return (cell.row, cell.column) in ledger.disclosure.tables[table].formulas


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
