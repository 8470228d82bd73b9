"""What the figures of one disclosure are tied by, as plain sums: an interval test of its own, apart from the engine's.

Which cells a relation ties together is taken from ``gongkai_checks.relations``; whether it can hold is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from gongkai_checks.equations import Equation
from gongkai_checks.finding import Severity
from gongkai_checks.ledger import Key, Ledger
from gongkai_checks.registry import Registry, load_registry
from gongkai_checks.relations import Relation, evaluate
from gongkai_workbooks.disclosure import Disclosure

Changes = Mapping[Key, int | None]
"""New amounts in 分 by cell; None for a cell that is left blank."""

SIGNED = ("结转", "结余")
"""What may be negative in good accounts."""


class Printed(NamedTuple):
    """What a cell prints: 分, and half the width of its interval (0 for a blank)."""

    fen: int
    half_width: int


class Tie(NamedTuple):
    """Signed cells that add up to 0, or to at most 0 (``at_most``), give or take what rounding can do.

    ``slack`` is what rounding may hide in cells that are not named. ``lefts`` is how many cells the left side has.
    """

    code: str
    cells: tuple[tuple[Key, int], ...]
    at_most: bool
    exact: bool
    slack: int
    lefts: int

    @property
    def keys(self) -> frozenset[Key]:
        return frozenset(key for key, _ in self.cells)

    @property
    def within_a_table(self) -> bool:
        return len({key.table for key, _ in self.cells}) == 1

    @property
    def defines(self) -> bool:
        """It says what one cell is the sum, or the copy, of."""
        return (
            not self.at_most and self.lefts == 1 and len(self.cells) > 1 and all(sign < 0 for _, sign in self.cells[1:])
        )

    @property
    def rank(self) -> tuple[bool, bool]:
        """Sums within a table come before copies from another, the lines below before the columns beside."""
        return not self.within_a_table, len({key.column for key, _ in self.cells}) > 1


@cache
def registry() -> Registry:
    """The built-in rules."""
    return load_registry(plugins=False)


@cache
def _binding() -> tuple[Equation, ...]:
    return tuple(equation for equation in registry().equations if equation.severity is Severity.ERROR)


class Ties:
    """The ties of one disclosure, and what follows when some of its cells change."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.units = {number: t.amount_unit or disclosure.amount_unit for number, t in disclosure.tables.items()}
        self.printed: dict[Key, Printed] = {}
        self.all: list[Tie] = []
        self.by_cell: dict[Key, list[Tie]] = {}
        for relation in evaluate(_binding(), Ledger(disclosure), "half_up", whole=True).relations:
            tie = self._tie(relation)
            self.all.append(tie)
            for key in tie.keys:
                self.by_cell.setdefault(key, []).append(tie)

    @cached_property
    def definitions(self) -> dict[Key, Tie]:
        """By cell, what it is the sum of, the first by ``rank``."""
        found: dict[Key, Tie] = {}
        for tie in sorted((tie for tie in self.all if tie.defines), key=lambda tie: tie.rank):
            found.setdefault(tie.cells[0][0], tie)
        return found

    def _tie(self, relation: Relation) -> Tie:
        width = 0
        for figure in relation.figures:
            half = 0 if figure.amount.blank else figure.amount.half_width
            self.printed[figure.key] = Printed(figure.amount.fen, half)
            width += half
        exact = relation.equation.exact
        return Tie(
            relation.equation.code,
            tuple((figure.key, figure.sign) for figure in relation.figures),
            relation.equation.relation == "<=",
            exact,
            0 if exact else relation.high - width,
            relation.lefts,
        )

    def is_blank(self, key: Key) -> bool:
        """Nothing is printed in a cell, or nothing is tied to it."""
        return self.printed.get(key, Printed(0, 0)) == Printed(0, 0)

    def broken(self, changes: Changes) -> list[Tie]:
        """The ties that rounding cannot explain once some cells have changed."""
        if not changes:
            return [tie for tie in self.all if self.is_broken(tie, changes)]
        touched = {id(tie): tie for key in changes for tie in self.by_cell.get(key, ())}
        return [tie for tie in touched.values() if self.is_broken(tie, changes)]

    def is_broken(self, tie: Tie, changes: Changes) -> bool:
        """Whether rounding cannot explain what a tie is off by."""
        difference, width = self._sum(tie.cells, changes)
        width = 0 if tie.exact else width + tie.slack
        return difference > width or (not tie.at_most and difference < -width)

    def sum_of(self, cells: Iterable[tuple[Key, int]], changes: Changes) -> int:
        """The signed sum of some cells, in 分."""
        return self._sum(cells, changes)[0]

    def _sum(self, cells: Iterable[tuple[Key, int]], changes: Changes) -> tuple[int, int]:
        total = width = 0
        for key, sign in cells:
            fen, half = self._now(key, changes)
            total += sign * fen
            width += half
        return total, width

    def _now(self, key: Key, changes: Changes) -> Printed:
        if key not in changes:
            return self.printed[key]
        fen = changes[key]
        return Printed(0, 0) if fen is None else Printed(fen, self._half_width(key))

    def _half_width(self, key: Key) -> int:
        before = self.printed[key]
        return before.half_width if before != Printed(0, 0) else self.units[key.table].half_width

    def single_explanations(self, changes: Changes, broken: Iterable[Tie] | None = None) -> set[Key]:
        """The printed cells of which one alone, given another amount, would make every tie hold again."""
        failing = self.broken(changes) if broken is None else list(broken)
        if not failing:
            return set()
        suspects = frozenset.intersection(*(tie.keys for tie in failing))
        return {key for key in suspects if not self._stays_blank(key, changes) and self._can_be_right(key, changes)}

    def _stays_blank(self, key: Key, changes: Changes) -> bool:
        return key not in changes and self.is_blank(key)

    def _can_be_right(self, key: Key, changes: Changes) -> bool:
        """Whether some printable amount of the cell agrees with all its ties."""
        grain = self.units[key.table].grain
        low: int | None = None if any(word in part for word in SIGNED for part in key[1:]) else 0
        high: int | None = None
        for tie in self.by_cell[key]:
            sign = next(sign for cell, sign in tie.cells if cell == key)
            rest, width = self._sum(((cell, s) for cell, s in tie.cells if cell != key), changes)
            width = 0 if tie.exact else width + tie.slack + self._half_width(key)
            # sign * amount + rest lies between -width and width; an inequality has no lower end.
            most = -rest + width
            least = None if tie.at_most else -rest - width
            ends = (least, most) if sign > 0 else (-most, None if least is None else -least)
            if ends[0] is not None:
                low = ends[0] if low is None else max(low, ends[0])
            if ends[1] is not None:
                high = ends[1] if high is None else min(high, ends[1])
        if low is None or high is None:
            return True
        return -(-low // grain) <= high // grain
