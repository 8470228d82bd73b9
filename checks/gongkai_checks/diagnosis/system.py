"""The relations of one disclosure as rows of whole numbers, with the values that are being tried.

Cells and rows are numbered. What a trial changes is kept on a trail and can be taken back; which rows fail is known at every moment. All is exact:
分 in integers, rounding as intervals (see ``rounding``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from time import thread_time
from typing import NamedTuple

from gongkai_checks.ledger import Key, Ledger
from gongkai_checks.options import ProfileName
from gongkai_checks.relations import Relation
from gongkai_checks.rounding import Verdict, interval

PACE = 1_000_000
"""Rows of cells that are looked at in a second on a usual machine. Effort is counted, not timed, so that the same file gives the same findings everywhere."""

LAST_RESORT = 50
"""So many times slower than a usual machine a computer may be before the clock ends a search, and the report says so."""


FEWEST_ZEROS, ZEROS_A_BLANK = 5, 5
"""A table prints its zeros when it prints at least so many, and so many for each cell that it leaves blank."""

LOOKS = 16

EFFORT_OF_A_STEP = 20
"""What one step of the solver costs, whose tableau has some hundred rows."""


class Row(NamedTuple):
    """One relation: its cells with their signs. ``hint`` rows usually hold; they exclude nothing, but prefer one of several explanations."""

    relation: Relation
    cells: tuple[int, ...]
    signs: tuple[int, ...]
    inequality: bool
    exact: bool
    hint: bool


class System:
    """All relations of a disclosure between numbered cells.

    ``failing`` are the rows that rounding cannot explain, ``strained`` the hints of which that is true; both follow ``set``.
    """

    def __init__(
        self,
        relations: Iterable[Relation],
        hints: Iterable[Relation],
        ledger: Ledger,
        profile: ProfileName,
        seconds: float,
    ) -> None:
        self.ledger = ledger
        self.profile: ProfileName = profile
        self.effort = int(seconds * PACE)
        self.deadline = thread_time() + LAST_RESORT * seconds
        self.overdue = False
        self.keys: list[Key] = []
        self.at: dict[Key, int] = {}
        self.value: list[int] = []
        self.printed: list[int] = []
        self.blank: list[bool] = []
        self.half: list[int] = []
        self.uses: list[list[tuple[int, int]]] = []
        self.rows: list[Row] = []
        self.number: dict[int, int] = {}
        self.paths: dict[int, tuple[int, ...]] = {}
        self.difference: list[int] = []
        self.low: list[int] = []
        self.high: list[int] = []
        self.open: list[int] = []
        self.failing: set[int] = set()
        self.strained: set[int] = set()
        self._looks = 0
        self._trail: list[tuple[int, int]] = []
        self._grids: dict[str, dict[tuple[int, int], int]] = {}
        self._zeros: dict[str, bool] = {}
        for relation in relations:
            self._add(relation, hint=False)
        for relation in hints:
            self._add(relation, hint=True)

    def _add(self, relation: Relation, *, hint: bool) -> None:
        number = len(self.rows)
        cells = []
        signs = []
        for sign, key, amount in relation.figures:
            cell = self.at.get(key)
            if cell is None:
                cell = self.at[key] = len(self.keys)
                self.keys.append(key)
                self.value.append(amount.fen)
                self.printed.append(amount.fen)
                self.blank.append(amount.blank)
                self.half.append(self.ledger.unit(key.table).half_width if amount.blank else amount.half_width)
                self.uses.append([])
            cells.append(cell)
            signs.append(sign)
            self.uses[cell].append((number, sign))
        exact = relation.equation.exact or self.profile == "balanced"
        row = Row(relation, tuple(cells), tuple(signs), relation.equation.relation == "<=", exact, hint)
        self.rows.append(row)
        self.number[id(relation)] = number
        self.difference.append(relation.difference)
        self.low.append(relation.low)
        self.high.append(relation.high)
        self.open.append(0)
        if row.relation.verdict is Verdict.VIOLATED:
            (self.strained if hint else self.failing).add(number)

    def extend(self, key: Key, uses: Sequence[tuple[int, int]]) -> int:
        """Number the blank cell of a line that a table does not print, with the rows it would be in and its signs there."""
        cell = self.at.get(key)
        if cell is None:
            cell = self.at[key] = len(self.keys)
            self.keys.append(key)
            self.value.append(0)
            self.printed.append(0)
            self.blank.append(True)
            self.half.append(self.ledger.unit(key.table).half_width)
            self.uses.append(list(uses))
        return cell

    def width(self, cell: int, value: int) -> tuple[int, int]:
        """How far the true amount may lie below and above ``value`` printed in a cell; a blank stands for exactly nothing."""
        if self.blank[cell] and not value:
            return 0, 0
        return interval(value, self.half[cell], self.profile)

    def slack(self, number: int) -> tuple[int, int]:
        """What a row tolerates, below and above, beyond the rounding of its own cells: what amounts elsewhere may hide."""
        row = self.rows[number]
        low, high = self.low[number], self.high[number]
        if not row.exact:
            for cell, sign in zip(row.cells, row.signs, strict=True):
                below, above = self.width(cell, self.value[cell])
                low, high = (low - below, high - above) if sign > 0 else (low + above, high + below)
        return low, high

    def set(self, cell: int, value: int) -> None:
        """Print another figure in a cell. It can be taken back with ``undo``."""
        old = self.value[cell]
        if old == value:
            return
        self._trail.append((cell, old))
        self._put(cell, old, value)

    def _put(self, cell: int, old: int, value: int) -> None:
        self.value[cell] = value
        below, above = self.width(cell, old)
        new_below, new_above = self.width(cell, value)
        change, lower, higher = value - old, new_below - below, new_above - above
        uses = self.uses[cell]
        self.effort -= len(uses)
        for number, sign in uses:
            row = self.rows[number]
            difference = self.difference[number] = self.difference[number] + sign * change
            if (lower or higher) and not row.exact:
                self.low[number] += lower if sign > 0 else -higher
                self.high[number] += higher if sign > 0 else -lower
            found = self.strained if row.hint else self.failing
            if difference + self.low[number] > 0 or (not row.inequality and difference + self.high[number] < 0):
                found.add(number)
            else:
                found.discard(number)

    def mark(self) -> int:
        """A point to which ``undo`` goes back."""
        return len(self._trail)

    def since(self, mark: int) -> dict[int, int]:
        """The cells that were set since ``mark``, with their figures now."""
        return {cell: self.value[cell] for cell, _ in self._trail[mark:]}

    def undo(self, mark: int) -> None:
        """Take back all that was set since ``mark``."""
        while len(self._trail) > mark:
            cell, old = self._trail.pop()
            self._put(cell, self.value[cell], old)

    def free(self, cells: Iterable[int]) -> None:
        """Take the figures of cells as unknown: their rows say nothing until ``bind``."""
        for cell in cells:
            for number, _ in self.uses[cell]:
                self.open[number] += 1

    def bind(self, cells: Iterable[int]) -> None:
        """The figures of cells count again."""
        for cell in cells:
            for number, _ in self.uses[cell]:
                self.open[number] -= 1

    def settles(self, changes: Mapping[int, int], rows: Sequence[int]) -> bool:
        """Whether ``rows`` hold, and no row that held fails, with some figures changed. Nothing stays changed."""
        mark = self.mark()
        before = set(self.failing)
        for cell, value in changes.items():
            self.set(cell, value)
        good = not any(number in self.failing for number in rows) and self.failing <= before
        self.undo(mark)
        return good

    def strain(self, changes: Mapping[int, int]) -> int:
        """How many hints fail with some figures changed, less those that fail now. Nothing stays changed."""
        before = len(self.strained)
        mark = self.mark()
        for cell, value in changes.items():
            self.set(cell, value)
        after = len(self.strained)
        self.undo(mark)
        return after - before

    def holds(self, relation: Relation) -> bool:
        """Whether a relation of the system holds with the figures as they are now."""
        number = self.number[id(relation)]
        return number not in self.failing and number not in self.strained

    def betters(self, relation: Relation) -> bool:
        """Whether a relation holds with the figures as they are now, and was further off as printed. Of any relation between known cells."""
        number = self.number.get(id(relation))
        if number is not None:
            return self.holds(relation) and abs(self.difference[number]) < abs(relation.difference)
        difference = relation.difference
        for sign, key, amount in relation.figures:
            cell = self.at.get(key)
            if cell is not None:
                difference += sign * (self.value[cell] - amount.fen)
        if abs(difference) >= abs(relation.difference) or difference + relation.low > 0:
            return False
        return relation.equation.relation == "<=" or difference + relation.high >= 0

    @property
    def changed(self) -> dict[Key, int]:
        """The cells that were given another figure than the printed one, in 分."""
        return {self.keys[cell]: self.value[cell] for cell, _ in self._trail if self.value[cell] != self.printed[cell]}

    @property
    def spent(self) -> bool:
        """Whether the effort allowed for this disclosure is used up, or, as a last resort, the time."""
        if self.effort <= 0:
            return True
        self._looks += 1
        # To ask for the time takes longer than most of what is done in between.
        if self._looks % LOOKS == 0 and thread_time() > self.deadline:
            self.give_up()
        return self.overdue

    def give_up(self) -> None:
        """The time is over, whatever effort is left."""
        self.overdue = True
        self.effort = 0

    def cells_of(self, rows: Iterable[int]) -> dict[int, int]:
        """The cells of some rows, and in how many of them each is."""
        count: dict[int, int] = {}
        for number in rows:
            for cell in self.rows[number].cells:
                count[cell] = count.get(cell, 0) + 1
        return count

    def beside(self, cell: int) -> Collection[int]:
        """What the cells above, below and on both sides of a cell print."""
        table = self.ledger.disclosure.tables[self.keys[cell].table]
        grid = self._grids.get(table.number)
        if grid is None:
            places = ((amount.cell, amount.fen) for amount in table.amounts.values())
            grid = self._grids[table.number] = {(at.row, at.column): fen for at, fen in places if at is not None}
        place = self.ledger.place(self.keys[cell])
        if place is None:
            return set()
        row, column = place.row, place.column
        around = ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1))
        return {grid[at] for at in around if at in grid}

    def is_conspicuous(self, cell: int) -> bool:
        """Whether nothing is printed in a cell, though its table prints its zeros."""
        key = self.keys[cell]
        table = self.ledger.disclosure.tables[key.table]
        printed = self._zeros.get(key.table)
        if printed is None:
            zeros = sum(not amount.fen for amount in table.amounts.values())
            cells = sum(len(line.columns) for line in table.items.values())
            blanks = cells - len(table.amounts) - len(table.dashes) - len(table.faults)
            printed = self._zeros[key.table] = zeros >= FEWEST_ZEROS and zeros >= ZEROS_A_BLANK * blanks
        return printed and (key.item, key.column) not in table.dashes and key[1:] not in table.amounts

    def is_formula(self, cell: int) -> bool:
        """Whether a formula stands in a cell."""
        key = self.keys[cell]
        place = self.ledger.place(key)
        return place is not None and (place.row, place.column) in self.ledger.disclosure.tables[key.table].formulas
