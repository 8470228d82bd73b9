"""All relations at once: is there any set of true amounts that rounds to what is printed?

A linear program over the true amounts: each lies in the rounding interval of its printed figure, and every relation holds. Where there is no
solution, the solver's ray says which relations contradict each other; whether they do is then decided in whole numbers (``certificate``), never by
the solver. Amounts enter as their distance from the printed figure, in half steps of the smallest unit, so that the numbers stay small
however large the amounts are. Item by item, what is carried over enters as unknown amounts that add up to the printed ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from gongkai_checks.ledger import Key

from .certificate import Certificate, certify
from .explanation import Explanation
from .repair import may_be_negative
from .system import EFFORT_OF_A_STEP, System

if TYPE_CHECKING:
    import highspy

EFFORT_OF_A_SOLUTION = 2_000
MOST_STEPS = 50_000
"""Steps of the solver for one solution; some hundred are usual."""
BEFORE = (Key("01", "年初结转和结余", "决算数"), Key("01", "使用非财政拨款结余", "决算数"))
AFTER = (Key("01", "年末结转和结余", "决算数"), Key("01", "结余分配", "决算数"))
INCOME, EXPENDITURE = ("02", "本年收入合计"), ("03", "本年支出合计")


class LinearRow(NamedTuple):
    """One relation of the program: whole-number coefficients by column, and between what their sum with the columns' distances must lie, in 分.

    ``row`` is the number of the relation in the system, -1 for one that is implied.
    """

    coefficients: Mapping[int, int]
    low: float
    high: float
    row: int


class Joint:
    """The program of one system. Columns 0 to n - 1 are its cells; what follows are amounts that are not printed."""

    def __init__(self, system: System, without: Collection[int] = ()) -> None:
        """``without`` are rows that are left out: those that fail for another reason."""
        import highspy
        import numpy as np

        self.system = system
        self.gave_up = False
        """Whether a solution was broken off: what was not found then may be there all the same."""
        self.inf: float = highspy.kHighsInf
        self.scale = max(1, min((half for half in system.half if half), default=1))
        self.count = len(system.keys)
        self.rows = [
            self._row(number) for number, row in enumerate(system.rows) if not row.hint and number not in without
        ]
        self.printed_rows = len(self.rows)
        self.latent = 0
        self.unknown: set[int] = set()
        self.rows += self._carried_over()
        columns = self.count + self.latent
        lows, highs = zip(*(self._bounds(cell) for cell in range(columns)), strict=True) if columns else ((), ())
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = columns, len(self.rows)
        program.col_cost_ = np.zeros(columns)
        program.col_lower_, program.col_upper_ = np.array(lows), np.array(highs)
        program.row_lower_ = np.array([self._scaled(row.low) for row in self.rows])
        program.row_upper_ = np.array([self._scaled(row.high) for row in self.rows])
        starts, places, values = [0], list[int](), list[int]()
        for row in self.rows:
            places.extend(row.coefficients)
            values.extend(row.coefficients.values())
            starts.append(len(places))
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.array(starts)
        program.a_matrix_.index_ = np.array(places)
        program.a_matrix_.value_ = np.array(values, dtype=np.float64)
        solver = highspy.Highs()
        for option, value in (
            ("output_flag", False),
            ("presolve", "off"),
            ("threads", 1),
            ("simplex_strategy", 1),
            ("simplex_iteration_limit", MOST_STEPS),
        ):
            solver.setOptionValue(option, value)
        solver.passModel(program)
        self.solver: highspy.Highs = solver
        self._infeasible = highspy.HighsModelStatus.kInfeasible
        self._broken_off = highspy.HighsModelStatus.kIterationLimit
        system.effort -= len(places)
        self._relax_implied(relaxed=True)

    def contradiction(self) -> Certificate | None:
        """A proof that the figures as they are set now, those aside that are unknown, cannot all be right; None where none is found."""
        if not self._is_infeasible():
            return None
        _, known, ray = self.solver.getDualRay()
        if not known:
            self.solver.clearSolver()
            self._is_infeasible()
            _, known, ray = self.solver.getDualRay()
        if not known:
            return None
        weights = {number: float(ray[number]) for number in range(len(self.rows)) if abs(ray[number]) > 1e-9}
        return certify(self.system, [row.row for row in self.rows], weights, self.unknown)

    def forget(self, cells: Iterable[int]) -> None:
        """Take the amounts of cells as unknown, whatever they print, until they are recalled. The next solution begins from the last one."""
        for cell in cells:
            self.unknown.add(cell)
            self.solver.changeColBounds(cell, *self._bounds(cell))

    def recall(self, cells: Iterable[int]) -> None:
        """Take the figures of cells for what they are again."""
        for cell in cells:
            self.unknown.discard(cell)
            self.solver.changeColBounds(cell, *self._bounds(cell))

    def admits(self, changes: Mapping[int, int], unknown: Iterable[int] = (), *, implied: bool = False) -> bool:
        """Whether the solver finds true amounts for all figures when some cells take new ones and some are unknown.

        With ``implied`` what is carried over must fit item by item, too. It only ever ranks explanations: nothing is proven by it.
        """
        with self._changed(changes, unknown):
            if implied:
                self._relax_implied(relaxed=False)
            feasible = not self._is_infeasible()
            if implied:
                self._relax_implied(relaxed=True)
        return feasible

    def _is_infeasible(self) -> bool:
        """Solve, at a price; whether there is no solution. False, too, where that was not found out in so many steps."""
        self.solver.run()
        steps = max(0, self.solver.getInfo().simplex_iteration_count)
        self.system.effort -= EFFORT_OF_A_SOLUTION + EFFORT_OF_A_STEP * steps
        status = self.solver.getModelStatus()
        self.gave_up |= bool(status == self._broken_off)
        return bool(status == self._infeasible)

    @contextmanager
    def _changed(self, changes: Mapping[int, int], unknown: Iterable[int]) -> Iterator[None]:
        free = set(unknown)
        touched = {cell for cell in (*changes, *free) if cell < self.count}
        for cell in touched:
            if cell in free:
                self.solver.changeColBounds(cell, *self._free(cell))
                continue
            below, above = self.system.width(cell, changes[cell])
            shift = changes[cell] - self.system.value[cell]
            self.solver.changeColBounds(cell, self._scaled(shift + below), self._scaled(shift + above))
        yield
        for cell in touched:
            self.solver.changeColBounds(cell, *self._bounds(cell))

    def _row(self, number: int) -> LinearRow:
        """A relation between cells: the distances from the printed figures make up for its difference, and for slack of its own."""
        system = self.system
        row = system.rows[number]
        coefficients: dict[int, int] = {}
        for cell, sign in zip(row.cells, row.signs, strict=True):
            coefficients[cell] = coefficients.get(cell, 0) + sign
        difference = system.difference[number]
        low, high = system.slack(number)
        return LinearRow(coefficients, -self.inf if row.inequality else -difference - high, -difference - low, number)

    def _carried_over(self) -> list[LinearRow]:
        """Income and what was carried over from before is expenditure and what is carried over: for each item, and none of it negative."""
        system = self.system
        begin = [cell for key in BEFORE if (cell := system.at.get(key)) is not None]
        end = [cell for key in AFTER if (cell := system.at.get(key)) is not None]
        if len(begin) < 1 or len(end) < 1:
            return []
        leaves = dict.fromkeys(
            key for table in ("02", "03") for key in system.ledger.tables[table].tree.leaves if "#" not in key
        )
        stems = system.ledger.tables["02"].tree.stems | system.ledger.tables["03"].tree.stems
        rows: list[LinearRow] = []
        first = self.count
        for item in leaves:
            income = system.at.get(Key(INCOME[0], item, INCOME[1]))
            spent = system.at.get(Key(EXPENDITURE[0], item, EXPENDITURE[1]))
            if item in stems or (income is None and spent is None):
                continue
            before, after = self.count + self.latent, self.count + self.latent + 1
            self.latent += 2
            coefficients = {before: 1, after: -1}
            difference = 0
            for cell, sign in ((income, 1), (spent, -1)):
                if cell is not None:
                    coefficients[cell] = sign
                    difference += sign * system.value[cell]
            rows.append(LinearRow(coefficients, -difference, -difference, -1))
        for cells, offset in ((begin, 0), (end, 1)):
            total = sum(system.value[cell] for cell in cells)
            parts = {first + 2 * position + offset: 1 for position in range(self.latent // 2)}
            rows.append(LinearRow({**dict.fromkeys(cells, -1), **parts}, total, total, -1))
        return rows

    def _relax_implied(self, *, relaxed: bool) -> None:
        for number in range(self.printed_rows, len(self.rows)):
            row = self.rows[number]
            bounds = (-self.inf, self.inf) if relaxed else (self._scaled(row.low), self._scaled(row.high))
            self.solver.changeRowBounds(number, *bounds)

    def _bounds(self, column: int) -> tuple[float, float]:
        if column in self.unknown:
            return -self.inf, self.inf
        if column >= self.count:
            return 0.0, self.inf
        below, above = self.system.width(column, self.system.value[column])
        return self._scaled(below), self._scaled(above)

    def _free(self, cell: int) -> tuple[float, float]:
        low = -self.inf if may_be_negative(self.system, cell) else self._scaled(-self.system.value[cell])
        return low, self.inf

    def _scaled(self, fen: float) -> float:
        return fen if abs(fen) == self.inf else fen / self.scale


def possible(system: System, rows: Collection[int], explanations: Sequence[Explanation]) -> list[Explanation]:
    """Those explanations with which all figures can be right at once; all of them where that tells nothing.

    ``rows`` are the failing rows that they explain; what fails beside them is left out. Where some of the explanations let what is carried over
    fit item by item and others do not, those that do are kept.
    """
    joint = Joint(system, without=system.failing.difference(rows))
    for implied in (True, False):
        kept = []
        for explanation in explanations:
            if system.spent:
                return list(explanations)
            # A single cell may take any figure that fits; a group stands or falls with the figures that it proposes.
            single = explanation.cells if explanation.repairs else explanation.unknown
            changes = {} if explanation.repairs else dict(explanation.changes)
            # A line that is missing has no cells in the program.
            if explanation.place is not None or joint.admits(changes, single, implied=implied):
                kept.append(explanation)
        if kept:
            return kept
    return list(explanations)
