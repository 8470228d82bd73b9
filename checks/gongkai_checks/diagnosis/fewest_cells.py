"""Many errors in one group of rows: the fewest cells that could be wrong, by a mixed-integer program.

After Fellegi and Holt, "A systematic approach to automatic edit and imputation" (1976). The program only proposes cells; new figures for them are
found, and all relations checked, in whole numbers (``hitting_sets.solve``).
"""

from __future__ import annotations

from collections.abc import Sequence
from time import thread_time

from .explanation import Explanation, of_repairs
from .hitting_sets import solve
from .system import EFFORT_OF_A_STEP, System

MOST_ROWS = 2_000
MOST_NODES = 1_000
"""Nodes of the solver's tree, most of which end at the first; its steps are as many on every machine."""
BLANK_COST = 1.5
"""A blank cell is a less likely error than a printed figure."""


def fewest_cells(system: System, rows: Sequence[int]) -> Explanation | None:
    """An explanation of failing rows by as few cells as possible; None where none is found with the effort that is left."""
    import highspy
    import numpy as np

    suspects = sorted(cell for cell in system.cells_of(rows) if system.ledger.place(system.keys[cell]) is not None)
    touched = sorted({n for cell in suspects for n, _ in system.uses[cell] if not system.rows[n].hint})
    others = set(system.failing).difference(rows)
    touched = [number for number in touched if number not in others]
    if system.spent or len(touched) > MOST_ROWS:
        return None
    scale = max(1, min((half for half in system.half if half), default=1))
    reach = 2.0 * sum(abs(system.difference[number]) for number in rows) / scale + 1
    column = {cell: position for position, cell in enumerate(suspects)}
    solver = highspy.Highs()
    seconds = max(system.deadline - thread_time(), 0.0)
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("mip_max_nodes", MOST_NODES),
        ("time_limit", seconds),
    ):
        solver.setOptionValue(option, value)
    count = len(suspects)
    for _ in suspects:
        solver.addVar(-reach, reach)
    for position, cell in enumerate(suspects):
        solver.addVar(0, 1)
        solver.changeColIntegrality(count + position, highspy.HighsVarType.kInteger)
        solver.changeColCost(count + position, BLANK_COST if system.blank[cell] else 1.0)
        # The figure of a cell stays as it is unless the cell is taken to be wrong.
        for sign in (1.0, -1.0):
            places = np.array([position, count + position], dtype=np.int32)
            solver.addRow(-highspy.kHighsInf, 0.0, 2, places, np.array([sign, -reach]))
    for number in touched:
        row = system.rows[number]
        places = np.array([column[cell] for cell in row.cells if cell in column], dtype=np.int32)
        signs = [sign for cell, sign in zip(row.cells, row.signs, strict=True) if cell in column]
        low = -highspy.kHighsInf if row.inequality else (-system.difference[number] - system.high[number]) / scale
        high = (-system.difference[number] - system.low[number]) / scale
        solver.addRow(low, high, len(places), places, np.array(signs, dtype=np.float64))
    solver.run()
    system.effort -= 50 * len(touched) + EFFORT_OF_A_STEP * max(0, solver.getInfo().simplex_iteration_count)
    if solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit:
        system.give_up()
        return None
    values = solver.getSolution().col_value
    if len(values) < 2 * count:
        return None
    wrong = tuple(cell for position, cell in enumerate(suspects) if values[count + position] > 0.5)
    repairs = solve(system, wrong) if wrong else None
    return None if repairs is None else of_repairs(repairs)
