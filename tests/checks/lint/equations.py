"""Equations of a plugin, and what lint says of them beside the built-in ones."""

from __future__ import annotations

from functools import cache
from typing import Literal

from gongkai_checks.equations import Condition, Equation, Expression, Term, TieOut
from gongkai_checks.finding import Severity
from gongkai_checks.lint import Lint, Remark, lint
from gongkai_checks.registry import load_registry
from gongkai_workbooks.layouts import load_layout

BUILT_IN = load_registry(plugins=False).equations


def made(
    code: str,
    left: Term | Expression,
    right: Term | Expression,
    *,
    relation: Literal["=", "<="] = "=",
    severity: Severity = Severity.ERROR,
    when: Condition | None = None,
    slack: tuple[Term, ...] = (),
) -> Equation:
    return TieOut(
        code,
        f"example-{code.lower()}",
        "例",
        left=left,
        right=right,
        claim="不符",
        basis="例",
        relation=relation,
        severity=severity,
        when=when,
        slack=slack,
    )


def remarks_on(*equations: Equation, beside: tuple[str, ...] = ("",)) -> list[Remark]:
    """What is said of these equations, or with them, when they join the built-in ones whose codes begin like this: all of them."""
    codes = {equation.code for equation in equations}
    others = [equation for equation in BUILT_IN if equation.code.startswith(beside)]
    remarks = lint((*others, *equations), load_layout(), codes.__contains__).remarks
    return [remark for remark in remarks if codes & set(remark.codes)]


def the_remark(*equations: Equation, beside: tuple[str, ...] = ("",)) -> Remark:
    (remark,) = remarks_on(*equations, beside=beside)
    return remark


@cache
def lint_of_built_in() -> Lint:
    return lint(BUILT_IN, load_layout())
