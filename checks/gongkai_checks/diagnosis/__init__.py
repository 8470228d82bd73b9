"""Which cell is wrong: from failing relations to causes.

This is the one seam: ``diagnose`` takes the relations of a disclosure and returns causes, each of which explains some failing relations; together
they explain all. What stands behind may change without anyone else noticing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai_checks.ledger import Ledger
from gongkai_checks.options import ProfileName
from gongkai_checks.relations import Relation

from . import blank_totals, shifted_rows
from .arbitration import Arbiter
from .cause import Cause
from .system import System

__all__ = ["Cause", "System", "diagnose"]


def diagnose(
    relations: Sequence[Relation],
    hints: Sequence[Relation],
    ledger: Ledger,
    profile: ProfileName,
    seconds: float,
) -> tuple[list[Cause], System]:
    """Explain the failing relations of one disclosure.

    ``relations`` are all of severity error, blank cells included; ``hints`` those that usually hold and prefer one of several explanations;
    ``seconds`` is the most time it may take. Returns the causes, and the system that holds the values put right: a relation that still
    fails there does so for a reason of its own.
    """
    system = System(relations, hints, ledger, profile, seconds)
    violated = [system.rows[number].relation for number in sorted(system.failing)]
    causes = shifted_rows.against_09(violated, ledger)
    for cause in causes:
        for key, value in cause.changes.items():
            system.set(system.at[key], value)
    given_up = [system.number[id(relation)] for cause in causes for relation in cause.relations]
    causes += blank_totals.fill(system)
    causes += Arbiter(system, given_up).run()
    return _with_all(causes, violated, system), system


def _with_all(causes: Sequence[Cause], violated: Sequence[Relation], system: System) -> list[Cause]:
    """The causes with the failing relations that hold since some other place was put right, each under what it hangs on."""
    named = {id(relation) for cause in causes for relation in cause.relations}
    more: dict[int, list[Relation]] = {}
    for relation in violated:
        if id(relation) in named or not system.holds(relation):
            continue
        keys = {figure.key for figure in relation.figures}
        for number, cause in enumerate(causes):
            if not keys.isdisjoint(cause.changes):
                more.setdefault(number, []).append(relation)
                break
    return [
        replace(cause, relations=(*cause.relations, *more[number])) if number in more else cause
        for number, cause in enumerate(causes)
    ]
