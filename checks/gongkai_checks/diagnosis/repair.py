"""What one cell would have to be for every relation it takes part in to hold: the intersection of their intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongkai_checks.ledger import Key, Ledger
from gongkai_checks.options import ProfileName
from gongkai_checks.relations import Relation
from gongkai_checks.rounding import bounds, interval

from .slips import recognise

# These may be negative in good accounts; any other amount that would have to become negative is no explanation.
SIGNED = ("结转", "结余", "其他收入")


EFFORT = 3_000_000
"""How many figures may be looked at for one disclosure, about two seconds' worth. Counted, not timed: the same file gives the same
findings on any machine. When it is used up, what is left is told as plain differences."""


@dataclass(frozen=True, slots=True)
class Repair:
    """The figures that a cell can be given: ``low`` to ``high`` in steps of ``grain``, and the ``best`` of them, all in 分.

    ``copies`` counts the other cells that print exactly ``best`` as the same amount, ``slip`` names the slip that explains what was found.
    """

    key: Key
    found: int
    blank: bool
    best: int
    low: int
    high: int
    grain: int
    copies: int
    slip: str

    @property
    def choices(self) -> int:
        """How many figures are admissible."""
        return (self.high - self.low) // self.grain + 1


class Repairer:
    """Works on one disclosure: knows which relations each cell takes part in, and the values that were put right already."""

    def __init__(
        self, relations: Iterable[Relation], ledger: Ledger, profile: ProfileName, hints: Iterable[Relation] = ()
    ) -> None:
        self.ledger = ledger
        self.profile: ProfileName = profile
        self.values: dict[Key, int] = {}
        self.effort = EFFORT
        self.by_cell: dict[Key, list[Relation]] = {}
        for relation in relations:
            for figure in relation.figures:
                self.by_cell.setdefault(figure.key, []).append(relation)
        # Relations that usually hold: they exclude no figure, but of several admissible ones they prefer the copy.
        self.hints: dict[Key, list[Relation]] = {}
        for relation in hints:
            for figure in relation.figures:
                self.hints.setdefault(figure.key, []).append(relation)

    def difference(self, relation: Relation) -> int:
        """Left minus right, with the values put right so far, in 分."""
        difference = relation.difference
        if self.values:
            for figure in relation.figures:
                value = self.values.get(figure.key)
                if value is not None:
                    difference += figure.sign * (value - figure.amount.fen)
        return difference

    def difference_with(self, relation: Relation, changed: Mapping[Key, int]) -> int:
        """Left minus right when ``changed`` cells take new values, in 分."""
        difference = self.difference(relation)
        for figure in relation.figures:
            if figure.key in changed:
                difference += figure.sign * (changed[figure.key] - self.values.get(figure.key, figure.amount.fen))
        return difference

    def holds(self, relation: Relation, changed: Mapping[Key, int] | None = None) -> bool:
        """Whether rounding explains what is left of a relation's difference when ``changed`` cells take new values."""
        self.effort -= len(relation.figures)
        difference = self.difference_with(relation, changed or {})
        width = 0
        for figure in relation.figures:
            if figure.amount.blank and (figure.key in self.values or (changed and figure.key in changed)):
                width += self.ledger.unit(figure.key.table).half_width
        low, high = relation.low, relation.high
        if not relation.equation.exact and self.profile != "balanced":
            low, high = low - width, high + width
        if relation.equation.relation == "<=":
            return difference + low <= 0
        return difference + low <= 0 <= difference + high

    def repair(self, key: Key, without: frozenset[Key] = frozenset()) -> Repair | None:
        """The figures that make every relation of a cell hold at once; None when there is none, or nothing pins it.

        Relations with a cell of ``without`` (not known yet) are left out.
        """
        if self.effort <= 0:
            return None
        self.effort -= sum(len(relation.figures) for relation in self.by_cell.get(key, ()))
        relations = [
            r for r in self.by_cell.get(key, ()) if not without or not any(f.key in without for f in r.figures)
        ]
        figure = next((f for r in relations for f in r.figures if f.key == key), None)
        if figure is None:
            return None
        unit = self.ledger.unit(key.table)
        half = unit.half_width if figure.amount.blank or figure.amount.half_width else 0
        grain = unit.grain if half or unit.half_width == 0 else 1
        limits = self._limits(key, relations, half)
        if limits is None:
            return None
        low, high = limits
        found = self.values.get(key, figure.amount.fen)
        if found >= 0 and not any(word in part for word in SIGNED for part in (key.item, key.column)):
            low = max(low, 0)
        low, high = -(-low // grain) * grain, high // grain * grain
        if low > high:
            return None
        best, copies = self._best(key, relations, found, low, high, grain)
        return Repair(key, found, figure.amount.blank, best, low, high, grain, copies, recognise(found, best, grain))

    def _limits(self, key: Key, relations: Sequence[Relation], half: int) -> tuple[int, int] | None:
        low: int | None = None
        high: int | None = None
        pinned = False
        for relation in relations:
            sign, rest, below, above = self._rest(key, relation, half)
            # sign * v must lie between these
            least, most = -rest - above, -rest - below
            if relation.equation.relation == "<=":
                if sign > 0:
                    high = most if high is None else min(high, most)
                else:
                    low = -most if low is None else max(low, -most)
                continue
            pinned = True
            if sign < 0:
                least, most = -most, -least
            low = least if low is None else max(low, least)
            high = most if high is None else min(high, most)
            if low > high:
                return None
        if not pinned or low is None or high is None or low > high:
            return None
        return low, high

    def _rest(self, key: Key, relation: Relation, half: int) -> tuple[int, int, int, int]:
        """Sign of the cell, the sum of all other figures, and the rounding bounds with the cell printed anew."""
        rest = 0
        sign = 1
        terms: list[tuple[int, int, int]] = []
        for figure in relation.figures:
            if figure.key == key:
                sign = figure.sign
                continue
            value = self.values.get(figure.key, figure.amount.fen)
            rest += figure.sign * value
            if not figure.amount.blank:
                terms.append((figure.sign, value, figure.amount.half_width))
            elif figure.key in self.values:
                terms.append((figure.sign, value, self.ledger.unit(figure.key.table).half_width))
        low, high = bounds(terms, self.profile, relation.equation.exact)
        if not relation.equation.exact and half:
            below, above = interval(1, half, self.profile)
            low, high = (low + below, high + above) if sign > 0 else (low - above, high - below)
        return sign, rest, low, high

    def _best(
        self, key: Key, relations: Sequence[Relation], found: int, low: int, high: int, grain: int
    ) -> tuple[int, int]:
        """The admissible figure with the most exact copies, then a recognised slip, then the least that is left over."""
        told = [*relations, *self.hints.get(key, ())]
        rests = [(*self._rest(key, r, 0)[:2], r) for r in told if r.equation.relation == "="]
        figures = {low, high, (low + high) // (2 * grain) * grain}
        figures.update(round(-rest * sign / grain) * grain for sign, rest, _ in rests)
        if (high - low) // grain <= 200:
            figures.update(range(low, high + 1, grain))
        best: tuple[int, bool, int, int] | None = None
        for value in figures:
            if not low <= value <= high:
                continue
            copies = sum(1 for sign, rest, r in rests if rest + sign * value == 0 and _is_copy(r, key))
            left = sum(abs(rest + sign * value) for sign, rest, _ in rests)
            score = (copies, bool(recognise(found, value, grain)), -left, -abs(value))
            if best is None or score > best:
                best = score
                chosen = value
        assert best is not None
        return chosen, best[0]


def _is_copy(relation: Relation, key: Key) -> bool:
    """A relation that says: this amount is printed once more, in one other cell."""
    return sum(1 for figure in relation.figures if not figure.amount.blank and figure.key != key) == 1
