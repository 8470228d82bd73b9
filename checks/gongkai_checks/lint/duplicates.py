"""Equations that say the same under the same condition: one fault would be reported twice."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_checks.equations import Equation
from gongkai_checks.finding import Severity
from gongkai_checks.ledger import Key

from .remark import Remark
from .rows import Row, System

Relations = frozenset[tuple[bool, frozenset[tuple[Key, int]]]]


def duplicates(systems: Sequence[System], equations: Sequence[Equation]) -> list[Remark]:
    """One warning for each equation that makes the same relations on every account as an earlier one, up to order and sign."""
    alike: dict[object, list[Equation]] = {}
    for equation in equations:
        counts = tuple(len(system.of.get(equation.code, ())) for system in systems)
        if any(counts):
            alike.setdefault((equation.when, counts), []).append(equation)
    remarks = []
    for group in alike.values():
        first: dict[tuple[Relations, ...], Equation] = {}
        for equation in group if len(group) > 1 else ():
            earlier = first.setdefault(tuple(_relations(system, equation) for system in systems), equation)
            if earlier is not equation:
                remarks.append(_remark(equation, earlier))
    return remarks


def _remark(equation: Equation, earlier: Equation) -> Remark:
    return Remark(
        kind="duplicate",
        severity=Severity.WARNING,
        code=equation.code,
        others=(earlier.code,),
        message=f"{equation.code} 与 {earlier.code} 是同一个关系，同一处错误会报告两次；请只留一条",
    )


def _relations(system: System, equation: Equation) -> Relations:
    return frozenset(_canonical(system, system.rows[number]) for number in system.of.get(equation.code, ()))


def _canonical(system: System, row: Row) -> tuple[bool, frozenset[tuple[Key, int]]]:
    """The same for an equation and for its other side written first."""
    terms = sorted((system.cells[cell], factor) for cell, factor in row.coefficients.items())
    sign = -1 if terms[0][1] < 0 and not row.bound else 1
    return row.bound, frozenset((key, sign * factor) for key, factor in terms)
