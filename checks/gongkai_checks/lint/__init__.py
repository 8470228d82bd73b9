"""``gongkai rules lint``: are the equations themselves in order, plugins' included?

Equations are data, so they can be held against one another before there is any workbook. They are laid out on schematic accounts (see
``schematic``), where every relation is a row of whole numbers, and three questions are asked: which equations cannot hold together
(``contradictions``), which say the same or follow from others (``duplicates``, ``redundancy``), and which can never be checked
(``unknown_labels``, ``applicability``). Linear programs propose, whole numbers decide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongkai_checks.equations import Equation
from gongkai_checks.finding import Severity
from gongkai_workbooks.layouts import Layout

from .applicability import never_applicable
from .conditions import Conditions
from .contradictions import contradictions
from .duplicates import duplicates
from .linear_program import UnsolvedError
from .redundancy import implied
from .remark import Kind, Remark
from .rows import System, system_of
from .schematic import Schematic
from .unknown_labels import unknown_labels

__all__ = ["Kind", "Lint", "Remark", "UnsolvedError", "lint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """What was found: remarks, the worst first, then by code; and the schematic accounts that were used."""

    remarks: tuple[Remark, ...]
    equations: int
    accounts: tuple[str, ...]


def lint(equations: Sequence[Equation], layout: Layout, wanted: Callable[[str], bool] | None = None) -> Lint:
    """Hold equations against one another and against what the layouts have.

    What an equation cannot be blamed for is not asked: one that can never be checked is left out of all other questions, one that others
    contradict of the last. ``wanted`` tells by its code whether an equation is to be asked if others imply it; without, all are.
    Raises ``UnsolvedError`` when a set is too large to be decided in time.
    """
    schematic = Schematic(equations, layout)
    remarks = [remark for equation in equations for remark in unknown_labels(equation, schematic.full, layout)]
    sound = _without(equations, remarks)
    conditions = Conditions(sound, schematic)
    usable = [equation for equation in sound if equation.when not in conditions.faults]
    systems = [system_of(account, usable) for account in conditions.accounts]
    found = (never_applicable(equation, systems, conditions.faults) for equation in sound)
    unusable = [remark for remark in found if remark is not None]
    sound, systems = _rest(sound, unusable, systems)
    repeated = duplicates(systems, sound)
    sound, systems = _rest(sound, repeated, systems)
    at_odds = contradictions(systems, sound)
    sound, systems = _rest(sound, at_odds, systems)
    asked = [equation for equation in sound if wanted is None or wanted(equation.code)]
    remarks += [*unusable, *repeated, *at_odds, *implied(systems, asked)]
    remarks.sort(key=lambda remark: (-remark.severity, remark.codes))
    return Lint(
        remarks=tuple(remarks),
        equations=len(equations),
        accounts=tuple(account.name for account in conditions.accounts),
    )


def _without(equations: Sequence[Equation], remarks: Sequence[Remark]) -> list[Equation]:
    wrong = {remark.code for remark in remarks if remark.severity > Severity.INFO}
    return [equation for equation in equations if equation.code not in wrong]


def _rest(
    equations: Sequence[Equation], remarks: Sequence[Remark], systems: list[System]
) -> tuple[list[Equation], list[System]]:
    """The equations that nothing was said of, and their rows."""
    rest = _without(equations, remarks)
    if len(rest) < len(equations):
        systems = [system_of(system.account, rest) for system in systems]
    return rest, systems
