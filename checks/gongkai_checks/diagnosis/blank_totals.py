"""运算: totals that were left blank though their parts are all there are computed, from the bottom up."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gongkai_checks.finding import Safety

from .cause import Cause
from .repair import Repair, repair
from .system import System


def fill(system: System) -> list[Cause]:
    """Causes for the blank totals that make relations fail; their values stay set in ``system``.

    A total is filled when all that it is the total of is known, and when every relation it takes part in admits the value; totals of
    totals follow, though with both blank nothing failed before.
    """
    violated = tuple(system.failing)
    if not any(system.blank[cell] for number in violated for cell in system.rows[number].cells):
        return []
    sums = [number for number in range(len(system.rows)) if _is_blank_total(system, number)]
    filled: dict[int, tuple[Repair, list[int]]] = {}
    while waiting := _failing(sums, system):
        open_ = _not_known_yet(sums, set(waiting), system)
        progress = False
        for cell, mine in waiting.items():
            if any(other in waiting and other != cell for number in mine for other in system.rows[number].cells):
                continue
            others = open_ - {cell}
            system.free(others)
            found = repair(system, cell)
            system.bind(others)
            if found is None or found.best == 0:
                continue
            system.set(cell, found.best)
            filled[cell] = (found, mine)
            progress = True
        if not progress:
            break
    return _causes(system, filled, violated)


def _causes(system: System, filled: dict[int, tuple[Repair, list[int]]], violated: Sequence[int]) -> list[Cause]:
    causes = []
    doubtful = {cell for cell, (found, _) in filled.items() if found.worse}
    for cell, (found, mine) in filled.items():
        # A total of doubtful totals is no better than they are; the parts come first.
        if any(other in doubtful for number in mine for other in system.rows[number].cells):
            doubtful.add(cell)
        if any(number in system.failing for number, _ in system.uses[cell]):
            system.set(cell, found.found)
            continue
        told = [
            number
            for number in violated
            if cell in system.rows[number].cells and number not in system.failing and number not in mine
        ]
        causes.append(
            Cause(
                relations=tuple(system.rows[number].relation for number in (*mine, *told)),
                safety=_grade(system, cell, doubtful),
                changes={system.keys[cell]: found.best},
                repair=found,
            )
        )
    return causes


def _grade(system: System, cell: int, doubtful: Collection[int]) -> Safety:
    if system.is_formula(cell):
        return Safety.MANUAL
    return Safety.UNSAFE if cell in doubtful else Safety.SAFE


def _failing(sums: Sequence[int], system: System) -> dict[int, list[int]]:
    """The blank totals that are not filled yet and fail, with the rows that they are the totals of."""
    waiting: dict[int, list[int]] = {}
    for number in sums:
        cell = system.rows[number].cells[0]
        if not system.value[cell] and number in system.failing:
            waiting.setdefault(cell, []).append(number)
    return waiting


def _not_known_yet(sums: Sequence[int], waiting: set[int], system: System) -> set[int]:
    """The blank totals that wait, and those that are totals of such: until they are filled, being blank says nothing of them."""
    growing = True
    while growing:
        more = set()
        for number in sums:
            total, *parts = system.rows[number].cells
            if total not in waiting and not waiting.isdisjoint(parts):
                more.add(total)
        waiting |= more
        growing = bool(more)
    return waiting


def _is_blank_total(system: System, number: int) -> bool:
    """A sum within one sheet whose left side is blank: a copy in another sheet does not make a blank a total."""
    row = system.rows[number]
    return (
        not row.inequality
        and not row.hint
        and row.relation.lefts == 1
        and system.blank[row.cells[0]]
        and len(row.relation.equation.tables) == 1
        and all(sign < 0 for sign in row.signs[1:])
    )
