"""Two slips in one sum: no single cell explains the difference, and two could be anything, unless both are figures that plainly slipped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from .explanation import Explanation, of_repairs
from .repair import Repair
from .slips import recognise
from .system import System

STRONG = 3
MOST_CELLS = 60


def slip_pairs(system: System, number: int) -> list[Explanation]:
    """The pairs of cells of a failing row that make all relations hold when an unmistakable slip of each is taken back."""
    row = system.rows[number]
    signs = dict(zip(row.cells, row.signs, strict=True))
    origins = {cell: list(_origins(system, cell)) for cell in row.cells if system.value[cell]}
    if len(origins) > MOST_CELLS:
        return []
    found = []
    for first, second in combinations(origins, 2):
        for one in origins[first]:
            short = system.difference[number] + signs[first] * (one.best - one.found)
            for other in origins[second]:
                left = short + signs[second] * (other.best - other.found)
                if left + system.low[number] > 0 or (not row.inequality and left + system.high[number] < 0):
                    continue
                if system.settles({first: one.best, second: other.best}, (number,)):
                    found.append(of_repairs((one, other)))
        system.effort -= len(origins[first]) * len(origins[second]) + 1
    return found


def _origins(system: System, cell: int) -> Iterator[Repair]:
    """The figures that one of a cell may have slipped from."""
    value = system.value[cell]
    unit = system.ledger.unit(system.keys[cell].table)
    grain = unit.grain
    figures = {-value, *(value * factor for factor in (10, 100, 1_000))}
    figures.update(
        (abs(value) + factor * grain // 2) // (factor * grain) * grain for factor in (10, 100, 1_000, 10_000)
    )
    for figure in sorted(figures):
        slip = recognise(value, figure, grain)
        if figure > 0 and slip.strength >= STRONG:
            yield Repair(cell, value, False, figure, figure, figure, grain, 0, slip, pinned=False, worse=False)
