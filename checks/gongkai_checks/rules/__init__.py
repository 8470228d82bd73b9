"""The built-in rules, given to gongkai through the same hook as anybody's."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai_checks.described import Described
from gongkai_checks.equations import Equation
from gongkai_checks.hookspecs import hookimpl


@hookimpl
def gongkai_rules() -> Iterable[Described | Equation]:
    """All built-in rules."""
    from . import appropriation, classification, cross_footing, engine, form, tie_outs, workbook

    return (
        *workbook.RULES,
        *form.RULES,
        *cross_footing.EQUATIONS,
        *tie_outs.EQUATIONS,
        *appropriation.RULES,
        *classification.RULES,
        *engine.RULES,
    )
