"""运算: totals that were left blank though their parts are all there are computed, from the bottom up."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_checks.finding import Safety
from gongkai_checks.ledger import Key, Ledger
from gongkai_checks.relations import Relation

from .cause import Cause
from .repair import Repairer


def fill(violated: Sequence[Relation], repairer: Repairer, ledger: Ledger) -> list[Cause]:
    """Causes for the blank totals among the left sides of failing relations.

    A total is filled when all that it is the total of is known, and when every relation it takes part in admits the value; totals of
    totals follow. The values are kept in ``repairer``. Each cause explains the failing relations that hold with all filled in.
    """
    waiting: dict[Key, list[Relation]] = {}
    for relation in violated:
        if relation.equation.relation != "=" or relation.lefts != 1:
            continue
        left = relation.figures[0]
        if left.amount.blank and all(f.sign < 0 for f in relation.figures[1:]) and _sums_up(relation):
            waiting.setdefault(left.key, []).append(relation)
    filled: dict[Key, Cause] = {}
    progress = True
    while waiting and progress:
        progress = False
        for key, relations in list(waiting.items()):
            others = frozenset(waiting) - {key}
            if any(figure.key in others for relation in relations for figure in relation.figures):
                continue
            del waiting[key]
            progress = True
            repair = repairer.repair(key, others)
            if repair is None or repair.best == 0:
                continue
            repairer.values[key] = repair.best
            cell = ledger.place(key)
            formula = cell is not None and (cell.row, cell.column) in ledger.disclosure.tables[key.table].formulas
            filled[key] = Cause(tuple(relations), Safety.MANUAL if formula else Safety.SAFE, repair)
    causes = []
    for key, cause in filled.items():
        explained = [r for r in violated if any(f.key == key for f in r.figures) and repairer.holds(r)]
        if explained:
            first = [r for r in cause.relations if r in explained] or explained
            rest = [r for r in explained if r not in first]
            causes.append(Cause((*first, *rest), cause.safety, cause.repair))
        else:
            del repairer.values[key]
    return causes


def _sums_up(relation: Relation) -> bool:
    """A relation within one sheet, whose left side is the total: a copy in another sheet does not make a blank a total."""
    return len(relation.equation.tables) == 1
