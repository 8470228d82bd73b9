"""Findings made of relations: the sentence, the two numbers, the evidence."""

from __future__ import annotations

from fractions import Fraction

from gongkai_workbooks.amounts import AmountUnit, format_fen
from gongkai_workbooks.cells import CellRef

from .finding import Finding, Severity
from .ledger import Key, Ledger
from .options import ProfileName
from .relations import Relation
from .rounding import PROFILE_LABELS, Verdict, chance
from .rules.engine import IMPROBABLE_ROUNDING, ROUNDING_DIFFERENCE

_NUMERALS = "零一二三四五六七八九"


def anchor(relation: Relation) -> Key | None:
    """The cell of a relation that is marked: the left side's, blank or not; of a sum, its first printed cell."""
    left = relation.figures[: relation.lefts]
    if len(left) == 1:
        return left[0].key
    for figures in (left, relation.figures):
        for figure in figures:
            if not figure.amount.blank:
                return figure.key
    return relation.figures[0].key if relation.figures else None


def severity(relation: Relation) -> Severity:
    """Error for a difference that rounding cannot explain; a copy that is off by one step is a warning; the rest is said only."""
    if relation.verdict is Verdict.VIOLATED:
        return relation.equation.severity
    if relation.verdict is Verdict.BOUNDARY and relation.printed == 2 and relation.equation.severity is Severity.ERROR:
        return Severity.WARNING
    return Severity.INFO


def relation_finding(relation: Relation, ledger: Ledger, profile: ProfileName) -> Finding:
    """One finding for one relation, without a cause: both sides are named."""
    equation = relation.equation
    left = relation.figures[: relation.lefts]
    key = anchor(relation)
    if key is None:
        raise ValueError(f"{equation.code}: a relation without cells")
    unit = ledger.unit(key.table)
    found = sum(figure.sign * figure.amount.fen for figure in left)
    expected = found - relation.difference
    on_left = any(figure.key == key for figure in left)
    what = (
        ledger.describe(key)
        if on_left
        else f"公开{equation.left.terms[0].table}“{relation.item or equation.left.terms[0].item}”"
    )
    sums = f"（{len([f for f in left if not f.amount.blank])}格之和）" if len(left) > 1 else ""
    bound = "不大于" if equation.relation == "<=" else ""
    message = (
        f"{what}{sums}{equation.claim}：应{bound or '为'} {format_fen(expected, unit)}，实为 {format_fen(found, unit)}"
    )
    if relation.verdict is not Verdict.VIOLATED:
        message += f"，相差 {format_fen(relation.difference, unit, sign=True)}，{_rounding_words(relation, unit, ledger.grain(equation.tables[0]), profile)}"
    told = {Verdict.ROUNDING: ROUNDING_DIFFERENCE, Verdict.IMPROBABLE: IMPROBABLE_ROUNDING}.get(
        relation.verdict, equation
    )
    return Finding(
        code=told.code,
        name=told.name,
        severity=severity(relation),
        message=message,
        cell=ledger.place(key),
        table=key.table,
        item=ledger.item_label(key),
        column=key.column,
        expected=(("≤" if bound else "") + format_fen(expected, unit)),
        found=format_fen(found, unit),
        difference=format_fen(relation.difference, unit, sign=True),
        tolerance=format_fen(relation.tolerance, unit),
        evidence=evidence(relation, key),
        basis=equation.basis,
        help=told.remedy,
        quiet=relation.verdict is Verdict.ROUNDING,
    )


def evidence(relation: Relation, key: Key) -> tuple[CellRef, ...]:
    """The printed cells of a relation apart from the one it is anchored at."""
    return tuple(
        figure.amount.cell
        for figure in relation.figures
        if figure.key != key and not figure.amount.blank and figure.amount.cell
    )


def _rounding_words(relation: Relation, unit: AmountUnit, grain: int, profile: ProfileName) -> str:
    tolerance = format_fen(relation.tolerance, unit)
    if relation.verdict is Verdict.BOUNDARY:
        if relation.printed == 2:
            return f"两处同一个数相差一个最小单位（{PROFILE_LABELS[profile]}容差 {tolerance}）"
        return f"正好等于尾差的上限 {tolerance}"
    if relation.verdict is Verdict.IMPROBABLE:
        likely = chance(relation.difference, relation.low, relation.high, relation.printed, grain)
        return (
            f"虽在尾差允许范围内（{PROFILE_LABELS[profile]}容差 {tolerance}），"
            f"但 {relation.printed} 个数的舍入误差大多相互抵消，差到这么多{_one_in(likely)}才出现一次，值得核对"
        )
    return f"属于尾差（{PROFILE_LABELS[profile]}容差 {tolerance}）"


def _one_in(likely: Fraction) -> str:
    """A small probability in plain words: 约千分之三, 约万分之四, 不到万分之一."""
    for parts, name in ((1_000, "千"), (10_000, "万")):
        count = round(likely * parts)
        if count:
            return f"约{name}分之{_NUMERALS[count]}" if count < len(_NUMERALS) else f"约{name}分之 {count}"
    return "不到万分之一"
