"""All smallest sets of cells that explain a group of failing rows: a hitting-set tree over conflicts.

A conflict is a set of cells of which at least one must be wrong: the cells of a failing row; two rows that no figure of a freed cell can satisfy
at once; or what the rows prove jointly (``joint``). An explanation hits every conflict. The tree is searched by size, so that what it finds is
smallest, and each set is visited once. After Reiter, "A theory of diagnosis from first principles" (1987).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .explanation import Explanation, of_repairs
from .repair import Repair, contradiction, repair
from .system import System

MOST_ERRORS = 4
MOST_EXPLANATIONS = 60
"""More than this are no help to anybody: what they have in common is not known."""


def single(system: System, rows: Sequence[int]) -> list[Explanation]:
    """The single cells that, changed, make all rows hold, and none fail."""
    common = set(system.rows[min(rows, key=lambda number: len(system.rows[number].cells))].cells)
    for number in rows:
        common.intersection_update(system.rows[number].cells)
    found = (repair(system, cell) for cell in sorted(common))
    return [of_repairs((one,)) for one in found if one is not None]


def several(system: System, rows: Sequence[int], size: int) -> list[Explanation]:
    """The sets of ``size`` cells that together make all rows hold, and none fail; at most MOST_EXPLANATIONS of them."""
    found: list[Explanation] = []
    for explanation in _grow(system, (), frozenset(), tuple(rows), size):
        found.append(explanation)
        if len(found) >= MOST_EXPLANATIONS:
            break
    return found


def fewest(system: System, rows: Sequence[int]) -> int:
    """At least so many cells are wrong: rows that share no cell need one each."""
    taken: set[int] = set()
    count = 0
    for number in sorted(rows, key=lambda number: len(system.rows[number].cells)):
        cells = system.rows[number].cells
        if taken.isdisjoint(cells):
            taken.update(cells)
            count += 1
    return count


def _grow(
    system: System, chosen: tuple[int, ...], barred: frozenset[int], rows: tuple[int, ...], left: int
) -> Iterator[Explanation]:
    """The explanations that contain ``chosen`` and ``left`` more cells, none of them ``barred``; ``rows`` are those not hit yet."""
    if system.spent:
        return
    if rows:
        if left == 0 or fewest(system, rows) > left:
            return
        conflict = _cells(system, min(rows, key=lambda number: len(system.rows[number].cells)), rows)
    elif left == 0:
        repairs = solve(system, chosen)
        if repairs is not None:
            yield of_repairs(repairs)
        return
    else:
        # All rows are hit, yet fewer cells did not do: what contradicts itself with these cells freed must be hit as well.
        conflict = _contradicting(system, chosen)
    tried: set[int] = set()
    for cell in conflict:
        if cell in barred or cell in chosen:
            continue
        rest = tuple(number for number in rows if cell not in system.rows[number].cells)
        yield from _grow(system, (*chosen, cell), barred | tried, rest, left - 1)
        tried.add(cell)


def _cells(system: System, number: int, rows: Sequence[int]) -> list[int]:
    """The cells of a failing row, those first that hit most failing rows. Blanks only where they hit more than one: a wrong figure is likelier."""
    hits = system.cells_of(rows)
    cells = [
        cell for cell in system.rows[number].cells if not system.blank[cell] or system.value[cell] or hits[cell] > 1
    ]
    system.effort -= 3 * len(cells)
    return sorted(cells, key=lambda cell: (-hits[cell], cell))


def _contradicting(system: System, chosen: Sequence[int]) -> list[int]:
    """Cells beside the chosen ones of which one more must be wrong."""
    system.free(chosen)
    conflict: list[int] = []
    for cell in chosen:
        system.bind((cell,))
        rows = contradiction(system, cell)
        system.free((cell,))
        if rows:
            conflict = sorted(system.cells_of(rows))
            break
    system.bind(chosen)
    if not conflict:
        rows = tuple({number for cell in chosen for number, _ in system.uses[cell] if not system.rows[number].hint})
        conflict = sorted(system.cells_of(rows))
    return [cell for cell in conflict if not system.blank[cell]]


def solve(system: System, cells: Sequence[int]) -> tuple[Repair, ...] | None:
    """New figures for cells with which every row of theirs holds; None when there are none, or one of the cells may stay as it is.

    Cells that share no row are solved by themselves; of those that do, one is found from the rows it has for itself, then the next.
    """
    found: list[Repair] = []
    for part in _parts(system, cells):
        solved = _solve_part(system, part)
        if solved is None:
            return None
        found.extend(solved)
    return tuple(sorted(found, key=lambda one: list(cells).index(one.cell)))


def _parts(system: System, cells: Sequence[int]) -> list[tuple[int, ...]]:
    parts: list[tuple[set[int], set[int]]] = []
    for cell in cells:
        rows = {number for number, _ in system.uses[cell] if not system.rows[number].hint}
        mine, used = {cell}, rows
        for part in [part for part in parts if part[1] & rows]:
            parts.remove(part)
            mine, used = mine | part[0], used | part[1]
        parts.append((mine, used))
    return [tuple(sorted(mine)) for mine, _ in parts]


def _solve_part(system: System, part: tuple[int, ...]) -> tuple[Repair, ...] | None:
    """Figures for cells that share rows: each is found from the rows in which the others are known by then, in any order that leads there."""
    system.free(part)
    solutions = list(_in_order(system, part, ()))
    system.bind(part)
    return max(solutions, key=_proof, default=None)


def _proof(repairs: Sequence[Repair]) -> tuple[int, int]:
    return sum(one.witnessed for one in repairs), -sum(one.choices for one in repairs)


def _in_order(system: System, waiting: tuple[int, ...], found: tuple[Repair, ...]) -> Iterator[tuple[Repair, ...]]:
    if system.spent:
        return
    if not waiting:
        touched = {number for one in found for number, _ in system.uses[one.cell]}
        if touched.isdisjoint(system.failing):
            yield found
        return
    for cell in waiting:
        system.bind((cell,))
        one = repair(system, cell)
        if one is not None:
            mark = system.mark()
            system.set(cell, one.best)
            yield from _in_order(system, tuple(other for other in waiting if other != cell), (*found, one))
            system.undo(mark)
        system.free((cell,))
        if one is not None and len(waiting) > MOST_ERRORS:
            # Of so many cells, any that can be told is as good a beginning as another.
            return
