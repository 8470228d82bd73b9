"""Two wrong cells that share relations: neither explains the failing ones alone, both together do."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_checks.finding import Safety
from gongkai_checks.ledger import Key, Ledger
from gongkai_checks.relations import Relation

from .cause import Cause
from .repair import Repair, Repairer

MOST_RELATIONS = 40
MOST_CELLS = 120
"""Larger groups have more than two causes; the search stays short."""


def explain(group: Sequence[Relation], repairer: Repairer, ledger: Ledger) -> list[Cause]:
    """The one pair of cells that makes the whole group hold, as two causes; empty when there is none, or no best one."""
    keys = [key for key in dict.fromkeys(f.key for r in group for f in r.figures) if _is_printed(key, ledger)]
    if len(group) > MOST_RELATIONS or len(keys) > MOST_CELLS or repairer.effort <= 0:
        return []
    pairs = _pairs(group, keys, repairer)
    witnessed = [pair for pair in pairs if all(repair.slip or repair.copies for repair in pair)]
    for choice in (pairs, witnessed):
        if len(choice) == 1:
            first, second = choice[0]
            mine = tuple(r for r in group if any(f.key == first.key for f in r.figures))
            named = {id(relation) for relation in mine}
            rest = tuple(r for r in group if id(r) not in named)
            shared = rest or tuple(r for r in mine if any(f.key == second.key for f in r.figures))
            return [
                Cause(mine, _grade(first, ledger), first),
                Cause(shared, _grade(second, ledger), second),
            ]
    return []


def _pairs(group: Sequence[Relation], keys: Sequence[Key], repairer: Repairer) -> list[tuple[Repair, Repair]]:
    smallest = min(group, key=lambda relation: len(relation.figures))
    found: dict[frozenset[Key], tuple[Repair, Repair]] = {}
    for first in (figure.key for figure in smallest.figures if figure.key in keys):
        others = [r for r in group if not any(f.key == first for f in r.figures)]
        for second in keys:
            pair = frozenset((first, second))
            if second == first or pair in found:
                continue
            if others and not any(figure.key == second for relation in others for figure in relation.figures):
                continue
            repairs = _both(first, second, repairer)
            if repairs is None:
                continue
            change = {repair.key: repair.best for repair in repairs}
            if all(repairer.holds(relation, change) for relation in group):
                found[pair] = repairs
    return list(found.values())


def _both(first: Key, second: Key, repairer: Repairer) -> tuple[Repair, Repair] | None:
    one = repairer.repair(first, frozenset((second,)))
    if one is None or one.best == one.found:
        return None
    before = repairer.values.get(first)
    repairer.values[first] = one.best
    try:
        two = repairer.repair(second)
        if two is None or two.best == two.found:
            return None
        if not all(repairer.holds(relation, {second: two.best}) for relation in repairer.by_cell[first]):
            return None
    finally:
        if before is None:
            del repairer.values[first]
        else:
            repairer.values[first] = before
    return one, two


def _is_printed(key: Key, ledger: Ledger) -> bool:
    amount = ledger.amount(key)
    return amount is not None and not amount.blank


def _grade(repair: Repair, ledger: Ledger) -> Safety:
    cell = ledger.place(repair.key)
    formula = cell is not None and (cell.row, cell.column) in ledger.disclosure.tables[repair.key.table].formulas
    return Safety.MANUAL if formula else Safety.UNSAFE
