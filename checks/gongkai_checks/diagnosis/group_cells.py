"""Several cells, one cause: a code and those above it carry the same wrong amount, or an amount stands in the wrong column.

Tried only where no single cell explains a group of failing relations. What is proposed is proven by every relation of every cell
that changes, but never written unasked: more than one cell is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongkai_checks.finding import Safety
from gongkai_checks.ledger import TOTAL, Key, Ledger
from gongkai_checks.relations import Relation

from .cause import Cause
from .repair import Repairer

Change = Mapping[Key, int]
"""The new amount of each cell, in 分."""


CHAIN = "chain"
"""A code's amount and those of codes above it, all off by the same."""
COLUMN = "column"
"""An amount that stands in another column of its line."""

MOST_RELATIONS = 60


def explain(group: Sequence[Relation], repairer: Repairer, ledger: Ledger) -> Cause | None:
    """The one set of cells whose change makes the whole group hold; None when there is none, or several as small."""
    if len(group) > MOST_RELATIONS or repairer.effort <= 0:
        return None
    found: dict[frozenset[Key], tuple[int, str, Change]] = {}
    for kind, change in (*_chains(group, repairer, ledger), *_moves(group, repairer, ledger)):
        if all(value >= 0 for value in change.values()) and _settles(change, group, repairer):
            left = sum(abs(repairer.difference_with(relation, change)) for relation in group)
            cells = frozenset(change)
            if cells not in found or left < found[cells][0]:
                found[cells] = (left, kind, change)
    fewest = min(map(len, found), default=0)
    best = [reading for cells, reading in found.items() if len(cells) == fewest]
    if len(best) != 1:
        return None
    _, kind, change = best[0]
    return Cause(tuple(group), Safety.UNSAFE, changes=change, kind=kind)


def _settles(change: Change, group: Sequence[Relation], repairer: Repairer) -> bool:
    if not all(repairer.holds(relation, change) for relation in group):
        return False
    return all(repairer.holds(relation, change) for key in change for relation in repairer.by_cell.get(key, ()))


def _chains(group: Sequence[Relation], repairer: Repairer, ledger: Ledger) -> Iterator[tuple[str, Change]]:
    """A code row and the rows above it in the same table and column, all off by the same amount."""
    tried: set[tuple[tuple[Key, ...], int]] = set()
    for relation in group:
        for figure in relation.figures:
            key = figure.key
            path = _path(key, ledger)
            if len(path) < 2:
                continue
            shift = -figure.sign * repairer.difference(relation)
            if not shift:
                continue
            for length in range(2, len(path) + 1):
                for start in range(len(path) - length + 1):
                    chain = path[start : start + length]
                    if key not in chain or (chain, shift) in tried:
                        continue
                    tried.add((chain, shift))
                    yield CHAIN, {cell: _value(cell, repairer, ledger) + shift for cell in chain}


def _path(key: Key, ledger: Ledger) -> tuple[Key, ...]:
    """A code's cell and those of the rows above it, from the bottom up, the total row last."""
    tree = ledger.tables[key.table].tree
    items = [key.item]
    if key.item != TOTAL and key.item not in tree.keys:
        return ()
    while (parent := tree.parents.get(items[-1])) is not None:
        items.append(parent)
    if items[-1] != TOTAL and TOTAL in ledger.disclosure.tables[key.table].items:
        items.append(TOTAL)
    cells = tuple(Key(key.table, item, key.column) for item in items)
    return tuple(cell for cell in cells if ledger.place(cell) is not None)


def _moves(group: Sequence[Relation], repairer: Repairer, ledger: Ledger) -> Iterator[tuple[str, Change]]:
    """An amount of one line that stands in the wrong column: it changes places with the blank beside it."""
    tried: set[frozenset[Key]] = set()
    for key in dict.fromkeys(figure.key for relation in group for figure in relation.figures):
        value = _value(key, repairer, ledger)
        if not value:
            continue
        line = ledger.disclosure.tables[key.table].items.get(key.item)
        for column in line.columns if line else ():
            other = Key(key.table, key.item, column)
            if other == key or frozenset((key, other)) in tried or _value(other, repairer, ledger):
                continue
            tried.add(frozenset((key, other)))
            yield COLUMN, {key: 0, other: value}


def _value(key: Key, repairer: Repairer, ledger: Ledger) -> int:
    known = repairer.values.get(key)
    if known is not None:
        return known
    amount = ledger.amount(key)
    return amount.fen if amount else 0
