"""The single-cell explanation: one changed cell makes every relation it takes part in hold at once."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_checks.finding import Safety
from gongkai_checks.ledger import Key, Ledger
from gongkai_checks.relations import Relation

from . import group_cells, two_cells
from .cause import Cause
from .repair import Repair, Repairer

PINNED = 3
"""A safe fix admits at most this many values."""


def components(relations: Sequence[Relation]) -> list[list[Relation]]:
    """Failing relations in groups that share no cell, so that each can be explained by itself."""
    parent = list(range(len(relations)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[Key, int] = {}
    for i, relation in enumerate(relations):
        for figure in relation.figures:
            other = first.setdefault(figure.key, i)
            if other != i:
                parent[root(i)] = root(other)
    groups: dict[int, list[Relation]] = {}
    for i, relation in enumerate(relations):
        groups.setdefault(root(i), []).append(relation)
    return list(groups.values())


def explain(group: Sequence[Relation], repairer: Repairer, ledger: Ledger) -> list[Cause]:
    """Causes of a group of failing relations; relations that nothing explains come back as causes without a repair.

    First one cell for all of them, then several cells with one cause, then the cell that explains most, and so on with the rest.
    """
    left = list(group)
    causes: list[Cause] = []
    partial = False
    while left:
        repairs = _repairs(left, repairer)
        most = max((len(explained) for _, explained in repairs), default=0)
        cause: Cause | None = None
        if most < len(left):
            cause = group_cells.explain(left, repairer, ledger)
            pair = [] if cause else two_cells.explain(left, repairer, ledger)
            if pair:
                causes.extend(pair)
                repairer.values.update((one.repair.key, one.repair.best) for one in pair if one.repair)
                break
        if cause is None and (most == len(left) or most > 1):
            best = [repair for repair, explained in repairs if len(explained) == most]
            explained = next(explained for repair, explained in repairs if len(explained) == most)
            cause = _choose(best, explained, ledger, certain=most == len(left) and not partial)
        if cause is None:
            causes.extend(Cause((relation,), Safety.MANUAL) for relation in left)
            break
        causes.append(cause)
        if cause.repair is not None:
            repairer.values[cause.repair.key] = cause.repair.best
        repairer.values.update(cause.changes or {})
        gone = {id(relation) for relation in cause.relations}
        left = [relation for relation in left if id(relation) not in gone]
        partial = True
    return causes


def _repairs(group: Sequence[Relation], repairer: Repairer) -> list[tuple[Repair, list[Relation]]]:
    mine: dict[Key, list[Relation]] = {}
    for relation in group:
        for figure in relation.figures:
            mine.setdefault(figure.key, []).append(relation)
    found = []
    for key, explained in mine.items():
        repair = repairer.repair(key)
        if repair is not None and repair.best != repair.found:
            found.append((repair, explained))
    return found


def _choose(repairs: list[Repair], explained: list[Relation], ledger: Ledger, *, certain: bool) -> Cause:
    """The cause that the possible repairs leave: one, the best of several, or a tie."""
    if len(repairs) == 1:
        repair = repairs[0]
        return Cause(_named_first(explained, repair.key), _grade(repair, ledger, certain), repair)
    printed = [repair for repair in repairs if not repair.blank] or repairs
    likely = [repair for repair in printed if repair.slip]
    ties = tuple((repair.key,) for repair in printed)
    for choice in (printed, likely):
        if len(choice) == 1:
            repair = choice[0]
            grade = Safety.MANUAL if _is_formula(repair.key, ledger) else Safety.UNSAFE
            return Cause(_named_first(explained, repair.key), grade, repair, candidates=ties)
    return Cause(tuple(explained), Safety.MANUAL, candidates=ties)


def _grade(repair: Repair, ledger: Ledger, certain: bool) -> Safety:
    if _is_formula(repair.key, ledger):
        return Safety.MANUAL
    if certain and repair.choices <= PINNED and (repair.slip or repair.copies):
        return Safety.SAFE
    return Safety.UNSAFE


def _is_formula(key: Key, ledger: Ledger) -> bool:
    cell = ledger.place(key)
    return cell is not None and (cell.row, cell.column) in ledger.disclosure.tables[key.table].formulas


def _named_first(relations: Sequence[Relation], key: Key) -> tuple[Relation, ...]:
    """The relation that says it best comes first: an equality, the cell on its left side, within one sheet, few cells."""

    def rank(relation: Relation) -> tuple[bool, bool, bool, int]:
        on_left = any(figure.key == key for figure in relation.figures[: relation.lefts])
        between = len(relation.equation.tables) > 1
        return relation.equation.relation == "<=", not on_left, between, len(relation.figures)

    return tuple(sorted(relations, key=rank))
