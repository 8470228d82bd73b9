"""Equations that can never be checked although their labels are right: conditions that never hold, selectors that choose nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai_checks.bindings import columns_of, has_cell, keys_of, lines_of
from gongkai_checks.equations import COLUMN, Condition, Equation, Selector, Term
from gongkai_checks.finding import Severity
from gongkai_checks.ledger import TableLedger
from gongkai_checks.relations import evaluate

from .remark import Remark
from .rows import System
from .schematic import Account
from .unknown_labels import cell_of


def never_applicable(
    equation: Equation, systems: Sequence[System], conditions: Mapping[Condition, str]
) -> Remark | None:
    """A warning when an equation, or a term of it, has no part in any account; ``conditions`` are the faulty ones and why."""
    if equation.when is not None and equation.when in conditions:
        return _warning(equation, f"{equation.code} 的{conditions[equation.when]}")
    accounts = [system.account for system in systems if equation.code in system.applied]
    if not accounts:
        first = systems[0].account.ledger
        reasons = [skipped.reason for skipped in evaluate([equation], first, "half_up").not_checked]
        why = f"（{reasons[0]}）" if reasons else ""
        return _warning(equation, f"{equation.code} 在任何示意账上都没有可以核对的行、栏{why}")
    if not any(equation.code in system.of for system in systems):
        return _warning(equation, f"{equation.code} 两边相同，总是成立")
    for term in equation.terms:
        if isinstance(term.item, Selector) and not any(_chooses(term, equation, account) for account in accounts):
            message = f"{equation.code} 的“{term.label}”从不起作用：公开{term.table}没有可选的行"
            return _warning(equation, message, term)
    return None


def _warning(equation: Equation, message: str, term: Term | None = None) -> Remark:
    return Remark(
        kind="inapplicable",
        severity=Severity.WARNING,
        code=equation.code,
        message=message,
        cells=() if term is None else (cell_of(term),),
    )


def _chooses(term: Term, equation: Equation, account: Account) -> bool:
    """Whether a term stands for a cell in any relation of the equation on an account."""
    plan = [(other, account.ledger.tables[other.table]) for other in equation.terms]
    table = account.ledger.tables[term.table]
    return any(
        _has_some(term, table, item, column if term.column is COLUMN else str(term.column))
        for column in columns_of(equation, plan, True)
        for item in lines_of(equation, plan)
    )


def _has_some(term: Term, table: TableLedger, item: str, column: str) -> bool:
    return any(has_cell(table, key, column) for key in keys_of(term, table, item, column))
