"""Which cell is wrong: from failing relations to causes.

This is the one seam: ``diagnose`` takes the failing relations and all relations of a disclosure and returns causes, each of which explains
some failing relations; together they explain all. What stands behind may change without anyone else noticing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai_checks.ledger import Ledger
from gongkai_checks.options import ProfileName
from gongkai_checks.relations import Relation

from . import blank_totals, shifted_rows, single_cell
from .cause import Cause
from .repair import Repairer

__all__ = ["Cause", "Repairer", "diagnose"]


def diagnose(
    violated: Sequence[Relation],
    relations: Sequence[Relation],
    hints: Sequence[Relation],
    ledger: Ledger,
    profile: ProfileName,
) -> tuple[list[Cause], Repairer]:
    """Explain the failing relations of one disclosure.

    ``violated`` are those that rounding cannot explain, ``relations`` all of severity error, blank cells included,
    ``hints`` those of severity warning, which prefer one of several possible values. Returns the causes, and
    the repairer that holds the values put right: with them a relation that still fails does so for a reason of its own.
    """
    repairer = Repairer(relations, ledger, profile, hints)
    causes = shifted_rows.find(violated, ledger)
    explained = {id(relation) for cause in causes for relation in cause.relations}
    left = [relation for relation in violated if id(relation) not in explained]
    filled = blank_totals.fill(left, relations, repairer, ledger)
    causes.extend(filled)
    explained |= {id(relation) for cause in filled for relation in cause.relations}
    left = [relation for relation in left if id(relation) not in explained]
    waiting = single_cell.components(left)
    unexplained: list[Relation] = []
    # Twice: what is put right in one place may be what another place was waiting for.
    for last in (False, True):
        for group in waiting:
            failing = [relation for relation in group if not repairer.holds(relation)]
            for cause in single_cell.explain(failing, repairer, ledger):
                if cause.explains or last:
                    causes.append(cause)
                else:
                    unexplained.extend(cause.relations)
        waiting = single_cell.components(unexplained)
    return _with_all(causes, violated, repairer), repairer


def _with_all(causes: Sequence[Cause], violated: Sequence[Relation], repairer: Repairer) -> list[Cause]:
    """The causes with the failing relations that hold since some other place was put right, each under what it hangs on."""
    named = {id(relation) for cause in causes for relation in cause.relations}
    more: dict[int, list[Relation]] = {}
    for relation in violated:
        if id(relation) in named or not repairer.holds(relation):
            continue
        keys = {figure.key for figure in relation.figures}
        for number, cause in enumerate(causes):
            if keys & cause.changed:
                more.setdefault(number, []).append(relation)
                break
    return [
        replace(cause, relations=(*cause.relations, *more[number])) if number in more else cause
        for number, cause in enumerate(causes)
    ]
