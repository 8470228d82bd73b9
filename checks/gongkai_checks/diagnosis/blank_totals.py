"""运算: totals that were left blank though their parts are all there are computed, from the bottom up."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_checks.finding import Safety
from gongkai_checks.ledger import Key, Ledger
from gongkai_checks.relations import Relation

from .cause import Cause
from .repair import Repair, Repairer


def fill(
    violated: Sequence[Relation], relations: Sequence[Relation], repairer: Repairer, ledger: Ledger
) -> list[Cause]:
    """Causes for the blank totals that make relations fail.

    A total is filled when all that it is the total of is known, and when every relation it takes part in admits the value; totals of
    totals follow, though with both blank nothing failed before. The values are kept in ``repairer``. Each cause explains the failing
    relations of its cell that hold with all filled in.
    """
    if not any(figure.amount.blank for relation in violated for figure in relation.figures):
        return []
    sums = [relation for relation in relations if _is_blank_total(relation)]
    filled: dict[Key, tuple[Repair, list[Relation]]] = {}
    while waiting := _failing(sums, repairer):
        ready = [
            key
            for key, mine in waiting.items()
            if not any(figure.key in waiting and figure.key != key for relation in mine for figure in relation.figures)
        ]
        progress = False
        open_ = _not_known_yet(sums, set(waiting))
        for key in ready:
            repair = repairer.repair(key, frozenset(open_ - {key}))
            if repair is None or repair.best == 0:
                continue
            repairer.values[key] = repair.best
            filled[key] = (repair, waiting[key])
            progress = True
        if not progress:
            break
    causes = []
    for key, (repair, mine) in filled.items():
        if not all(repairer.holds(relation) for relation in repairer.by_cell[key]):
            del repairer.values[key]
            continue
        told = [r for r in violated if any(f.key == key for f in r.figures) and repairer.holds(r) and r not in mine]
        cell = ledger.place(key)
        formula = cell is not None and (cell.row, cell.column) in ledger.disclosure.tables[key.table].formulas
        causes.append(Cause((*mine, *told), Safety.MANUAL if formula else Safety.SAFE, repair))
    return causes


def _failing(sums: Sequence[Relation], repairer: Repairer) -> dict[Key, list[Relation]]:
    """The blank totals that are not filled yet and fail, with the relations that they are the totals of."""
    waiting: dict[Key, list[Relation]] = {}
    for relation in sums:
        key = relation.figures[0].key
        if key not in repairer.values and not repairer.holds(relation):
            waiting.setdefault(key, []).append(relation)
    return waiting


def _not_known_yet(sums: Sequence[Relation], waiting: set[Key]) -> set[Key]:
    """The blank totals that wait, and those that are totals of such: until they are filled, being blank says nothing of them."""
    growing = True
    while growing:
        more = {r.figures[0].key for r in sums if any(figure.key in waiting for figure in r.figures[1:])} - waiting
        waiting |= more
        growing = bool(more)
    return waiting


def _is_blank_total(relation: Relation) -> bool:
    """A sum within one sheet whose left side is blank: a copy in another sheet does not make a blank a total."""
    return (
        relation.equation.relation == "="
        and relation.lefts == 1
        and relation.figures[0].amount.blank
        and len(relation.equation.tables) == 1
        and all(figure.sign < 0 for figure in relation.figures[1:])
    )
