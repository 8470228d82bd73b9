"""Figures that were pasted over: what they were can be told from the sums and the other tables, mostly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from .explanation import Explanation
from .repair import Repair, repair
from .system import System

FEWEST_MENDED = 2
MERELY_POSSIBLE = 4
LIMITS = (3, 1_000_000)
"""Figures that are told to a step come first: of the others, they leave less to choose from."""
COST_OF_A_FIGURE = 700
"""Of each figure that has to be found anew: an explanation that needs fewer of them is the likelier."""


def refill(system: System, explanation: Explanation) -> Explanation | None:
    """The explanation with new figures for its unknown cells, as far as they can be told; None when no figures of theirs go with the rest."""
    mark = system.mark()
    before = system.failing | system.strained
    for cell, value in explanation.changes:
        system.set(cell, value)
    for cell in explanation.unknown:
        system.set(cell, 0)
    with _freed(system, explanation.unknown):
        found = _told(system, explanation.unknown)
        left = set(explanation.unknown).difference(found or ())
        fixed = [
            set(system.rows[n].cells)
            for n in before - system.failing - system.strained
            if left.isdisjoint(system.rows[n].cells)
        ]
    refilled = [(cell, system.value[cell]) for cell in found or ()]
    system.undo(mark)
    if found is None:
        return None
    # Rows that tell a figure do not bear it out.
    known = sum(cells.isdisjoint(found) for cells in fixed)
    evidence = max(known, len(fixed) - len(set(found) & set().union(*fixed)))
    if evidence < 0 or (left and evidence < FEWEST_MENDED):
        return None
    prior = explanation.prior - (not left) if evidence >= FEWEST_MENDED else MERELY_POSSIBLE
    changes = [(cell, value) for cell, value in refilled if value != system.value[cell]]
    new = sum(value != 0 for _, value in refilled) + len(left)
    return replace(
        explanation,
        changes=(*explanation.changes, *changes),
        message=explanation.message
        + ("，其中被覆盖的几格须按账面数补填" if left else "，其中被覆盖的几格由合计和其他各表推得"),
        unknown=tuple(cell for cell in explanation.unknown if cell in left),
        sure=explanation.sure and all(one is None or one.choices == 1 or one.copies > 0 for one in found.values()),
        prior=prior,
        cost=explanation.cost + COST_OF_A_FIGURE * new,
    )


@contextmanager
def _freed(system: System, cells: Iterable[int]) -> Iterator[None]:
    system.free(cells)
    yield
    system.bind(cells)


def _told(system: System, cells: Iterable[int]) -> dict[int, Repair | None] | None:
    """The cells whose figures are told by rows in which no other is unknown; those figures are set. None when a cell cannot have any."""
    waiting = list(cells)
    found: dict[int, Repair | None] = {}
    try:
        step = 0
        while waiting and not system.spent:
            left = []
            for cell in waiting:
                system.bind((cell,))
                if not _tell(system, cell, found, LIMITS[step]):
                    system.free((cell,))
                    left.append(cell)
            step = 0 if len(left) < len(waiting) else step + 1
            if step == len(LIMITS):
                return None if any(_fails(system, cell) for cell in left) else found
            waiting = left
        return found
    finally:
        # As they were given.
        system.free(found)


def _tell(system: System, cell: int, found: dict[int, Repair | None], limit: int) -> bool:
    """Whether the rows in which no cell is unknown tell the figure of a cell, to ``limit`` steps; it is then set."""
    rows = [n for n, _ in system.uses[cell] if not (system.open[n] or system.rows[n].hint)]
    if all(system.rows[number].inequality for number in rows):
        return False
    # Nothing is the commonest amount.
    one = None if system.failing.isdisjoint(rows) else repair(system, cell)
    if one is not None and one.choices <= limit:
        system.set(cell, one.best)
    elif one is not None or not system.failing.isdisjoint(rows):
        return False
    found[cell] = one
    return True


def _fails(system: System, cell: int) -> bool:
    """Whether a row fails in which this cell alone is unknown: then no figure of it goes with the others."""
    rows = (number for number, _ in system.uses[cell] if number in system.failing and system.open[number] == 1)
    return any(not system.rows[number].inequality for number in rows)
