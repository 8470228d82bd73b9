"""Linear programs with whole coefficients, solved by HiGHS. What comes out are floats: candidates, never a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

MOST_STEPS = 100_000
"""Steps of the solver for one linear program; some hundred are usual. They are counted, not timed, so that a rule set gives the same remarks everywhere."""


class UnsolvedError(Exception):
    """A linear program could not be solved; ``str()`` is a Chinese sentence."""


class LinearProgram:
    """Minimises ``costs`` over columns that are at least zero, subject to rows of coefficients by column.

    It is built once; other bounds begin where the last solution ended. Bounds are numbers or ``inf``; without bounds given, every row is zero and no
    column has an upper bound.
    """

    def __init__(self, costs: Sequence[int], rows: Sequence[Mapping[int, int]]) -> None:
        import highspy
        import numpy

        self._upper = [inf] * len(costs)
        self._bounds = [(0.0, 0.0)] * len(rows)
        starts, indices, values = [0], list[int](), list[float]()
        for row in rows:
            indices.extend(row)
            values.extend(map(float, row.values()))
            starts.append(len(indices))
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(costs), len(rows)
        program.col_cost_ = numpy.array(costs, dtype=float)
        program.col_lower_, program.col_upper_ = numpy.zeros(len(costs)), numpy.array(self._upper)
        program.row_lower_ = program.row_upper_ = numpy.zeros(len(rows))
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = numpy.array(starts)
        program.a_matrix_.index_ = numpy.array(indices, dtype=numpy.int32)
        program.a_matrix_.value_ = numpy.array(values)
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("simplex_iteration_limit", MOST_STEPS)
        self._solver.passModel(program)

    def bound_columns(self, upper: Sequence[float]) -> None:
        """Give the columns upper bounds."""
        for column, (before, after) in enumerate(zip(self._upper, upper, strict=True)):
            if after != before:
                self._solver.changeColBounds(column, 0.0, after)
        self._upper = list(upper)

    def bound_rows(self, bounds: Sequence[tuple[float, float]]) -> None:
        """Give the rows lower and upper bounds."""
        for row, (before, after) in enumerate(zip(self._bounds, bounds, strict=True)):
            if after != before:
                self._solver.changeRowBounds(row, *after)
        self._bounds = list(bounds)

    def solve(self) -> list[float] | None:
        """The values of the columns; None where the rows cannot all hold. Raises ``UnsolvedError``, when it takes too many steps above all."""
        self._solver.run()
        status = self._solver.modelStatusToString(self._solver.getModelStatus())
        if status == "Infeasible":
            return None
        if status != "Optimal":
            raise UnsolvedError(f"勾稽关系太多或太复杂，线性规划没有求出结果（{status}）")
        return list(self._solver.getSolution().col_value)
