"""What one cell would have to be for every relation it takes part in to hold: the intersection of their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gongkai_checks.rounding import interval

from .slips import COPIED, COSTS, GONE, NO_SLIP, Slip, cost, omitted, recognise
from .system import System

SIGNED = ("结转", "结余", "其他收入")
"""These may be negative in good accounts; any other amount that would have to become negative is no explanation."""

WEIGHT = 5040
"""Of a relation between one cell and one other in the sum of squares that picks the likeliest figure; a whole number divisible by most counts."""

BY_CHANCE = 5_000
FEW_STEPS = 10
NEGATIVE = 5_000
"""What speaks for a cell that prints a negative amount where none is possible: it is wrong in any case."""

MOST_COPIES = 40
MOST_FIGURES = 200
"""So many admissible figures are looked at one by one for a slip."""


@dataclass(frozen=True, slots=True)
class Repair:
    """The figures that a cell can be given: ``low`` to ``high`` in steps of ``grain``, and the ``best`` of them, all in 分.

    ``cell`` is its number in the system. ``copies`` counts the other cells that print exactly ``best`` as the same amount, ``slip`` is the slip
    that explains what was found. ``pinned`` tells that no other admissible figure has as much to say for it.
    """

    cell: int
    found: int
    blank: bool
    best: int
    low: int
    high: int
    grain: int
    copies: int
    slip: Slip
    pinned: bool
    worse: bool
    """Whether a relation of the cell that holds is further off with the new figure: then the cell is hardly the cause."""
    cost: int = 0
    """How unlikely it is that ``best`` was slipped from and rounded to what its relations say: natural logarithms, in thousandths."""

    @property
    def choices(self) -> int:
        """How many figures are admissible."""
        return (self.high - self.low) // self.grain + 1

    @property
    def witnessed(self) -> bool:
        """Whether something beside the sums speaks for the value, a copy or a slip that leads to what was found, and nothing against it."""
        return bool(self.slip.strength or self.copies) and not self.worse

    @property
    def plain(self) -> bool:
        """Whether that is more than chance: among many admissible figures some slip leads to one, and a small difference may be anything."""
        if self.blank or not self.witnessed:
            return False
        return self.copies > 0 or (self.cost < BY_CHANCE and abs(self.found - self.best) >= FEW_STEPS * self.grain)


def repair(system: System, cell: int) -> Repair | None:
    """The figures that make every relation of a cell hold at once; None when there is none, when nothing pins it, or when it is right as it is.

    Relations with a cell that is free (see ``System.free``) are left out; the cell itself must not be free.
    """
    if system.effort <= 0 or system.ledger.place(system.keys[cell]) is None:
        return None
    system.effort -= 2 * len(system.uses[cell])
    unit = system.ledger.unit(system.keys[cell].table)
    half = system.half[cell]
    grain = unit.grain if half or unit.half_width == 0 else 1
    limits = _limits(system, cell, half)
    if limits is None:
        return None
    low, high = limits
    found = system.value[cell]
    if found >= 0 and not may_be_negative(system, cell):
        low = max(low, 0)
    low, high = -(-low // grain) * grain, high // grain * grain
    if low > high:
        return None
    choice = _best(system, cell, found, low, high, grain)
    if choice.best == found:
        return None
    blank = system.blank[cell] and not found
    worse = _is_worse(system, cell, choice.best - found)
    slip = choice.slip
    unlikely = choice.left + cost(slip, found, choice.best, unit.grain)
    if not slip.name and found and found in system.beside(cell):
        slip = Slip(COPIED, 2, False)
        unlikely = choice.left + COSTS[COPIED]
    if blank and system.is_conspicuous(cell):
        slip = Slip(GONE, 2, False)
        unlikely = choice.left
    if found < 0 <= choice.best and not may_be_negative(system, cell):
        unlikely -= NEGATIVE
    return Repair(
        cell, found, blank, choice.best, low, high, grain, choice.copies, slip, choice.pinned, worse, unlikely
    )


def _is_worse(system: System, cell: int, change: int) -> bool:
    for number, sign in system.uses[cell]:
        row = system.rows[number]
        if row.hint or row.inequality or system.open[number]:
            continue
        if abs(system.difference[number] + sign * change) > abs(system.difference[number]):
            return True
    return False


def may_be_negative(system: System, cell: int) -> bool:
    """Whether good accounts may print a negative amount in a cell."""
    _, item, column = system.keys[cell]
    return any(word in item or word in column for word in SIGNED)


def contradiction(system: System, cell: int) -> tuple[int, ...]:
    """The two rows of a cell that no figure of it can satisfy at once; or the one that asks for a negative amount. Empty when there are none."""
    lowest: tuple[int, int] | None = None
    highest: tuple[int, int] | None = None
    for number, least, most in _intervals(system, cell, system.half[cell]):
        if least is not None and (lowest is None or least > lowest[0]):
            lowest = (least, number)
        if most is not None and (highest is None or most < highest[0]):
            highest = (most, number)
    if lowest and highest and lowest[0] > highest[0]:
        return (lowest[1], highest[1])
    if highest and highest[0] < 0 and system.value[cell] >= 0 and not may_be_negative(system, cell):
        return (highest[1],)
    return ()


def _limits(system: System, cell: int, half: int) -> tuple[int, int] | None:
    low: int | None = None
    high: int | None = None
    pinned = False
    for number, least, most in _intervals(system, cell, half):
        pinned = pinned or not system.rows[number].inequality
        if least is not None and (low is None or least > low):
            low = least
        if most is not None and (high is None or most < high):
            high = most
    if not pinned or low is None or high is None or low > high:
        return None
    return low, high


def _intervals(system: System, cell: int, half: int) -> list[tuple[int, int | None, int | None]]:
    """For each binding row of a cell: its number, and the least and the greatest figure with which it holds."""
    value = system.value[cell]
    below, above = system.width(cell, value)
    new_below, new_above = interval(1, half, system.profile)
    found: list[tuple[int, int | None, int | None]] = []
    for number, sign in system.uses[cell]:
        row = system.rows[number]
        if row.hint or system.open[number]:
            continue
        rest = system.difference[number] - sign * value
        low, high = system.low[number], system.high[number]
        if not row.exact:
            # The cell's own share of the tolerance is that of the new figure.
            low += (new_below - below) if sign > 0 else (above - new_above)
            high += (new_above - above) if sign > 0 else (below - new_below)
        # sign * v must lie between these
        least, most = -rest - high, -rest - low
        if row.inequality:
            found.append((number, None, most) if sign > 0 else (number, -most, None))
        elif sign > 0:
            found.append((number, least, most))
        else:
            found.append((number, -most, -least))
    return found


class _Choice(NamedTuple):
    best: int
    copies: int
    slip: Slip
    pinned: bool
    left: int = 0
    """How unlikely what rounding has left to explain is, as ``Repair.cost``."""


class _Figure(NamedTuple):
    """One admissible figure, in the order of how much speaks for it: the greatest is the best."""

    sure: bool
    copies: int
    likely: int
    smallest: int
    figure: int
    slip: Slip
    told: int
    left: int


def _best(system: System, cell: int, found: int, low: int, high: int, grain: int) -> _Choice:
    """The admissible figure that what was found comes from by an unmistakable slip; else the one with the most exact copies, else the likeliest.

    It is pinned when it is the only one; or by copies, unless a slip leads to another; or when it alone can have been slipped from.
    """
    value = system.value[cell]
    copies: list[int] = []
    sums: list[tuple[int, int]] = []
    parts: list[int] = []
    binding = 0
    for number, sign in system.uses[cell]:
        row = system.rows[number]
        if row.inequality or system.open[number]:
            continue
        wanted = value - sign * system.difference[number]
        if is_copy(system, number, cell):
            copies.append(wanted)
            binding += not row.hint
        else:
            # Rounding errors add up to a variance that grows with the number of cells.
            sums.append(
                (wanted, WEIGHT // (1 + sum(other != cell and system.value[other] != 0 for other in row.cells)))
            )
        if row.cells[0] == cell and row.relation.lefts == 1:
            parts.extend(system.value[other] for other in row.cells[1:] if system.value[other])
    figures = {low, high, (low + high) // (2 * grain) * grain}
    figures.update((wanted + grain // 2) // grain * grain for wanted in (*copies, *(one for one, _ in sums)))
    if (high - low) // grain <= MOST_FIGURES:
        figures.update(range(low, high + 1, grain))
    if system.blank[cell] and not found:
        # A printed 0.00 may hide half a step, and so hold where a blank does not; but nobody blanks it out by mistake.
        figures.discard(0)
    system.effort -= len(figures) * (len(copies) + len(sums)) // 4
    step = system.ledger.unit(system.keys[cell].table).grain
    scored = []
    for figure in figures:
        if low <= figure <= high:
            slip = max(
                omitted(found, figure, parts, grain), recognise(found, figure, grain), key=lambda one: one.strength
            )
            left = sum(weight * (figure - wanted) ** 2 for wanted, weight in sums)
            sure = slip.exact and slip.strength == 3
            told = 1 + (slip.exact and slip.strength > 1) if slip.strength else 0
            likely = -cost(slip, found, figure, step) - _unlikely(left, step)
            scored.append(_Figure(sure, copies.count(figure), likely, -abs(figure), figure, slip, told, left))
    if not scored:
        return _Choice(found, 0, NO_SLIP, False)
    scored.sort(key=lambda one: one[:4], reverse=True)
    best, *others = scored
    pinned = low == high or (best.told == 2 and not any(one.told for one in others))
    if best.copies and binding and not pinned:
        # One copy may itself be a step off, as published copies are now and then: the sums must bear it out, and other copies must not disagree.
        pinned = not any(
            one.copies or one.told > max(best.told, 1) or (best.copies == 1 and one.left <= best.left) for one in others
        )
        pinned = pinned and copies_agree(system, cell)
    return _Choice(best.figure, best.copies, best.slip, pinned, _unlikely(best.left, step))


def _unlikely(left: int, step: int) -> int:
    """What a weighted sum of squares costs: rounding to a step spreads by a twelfth of its square, so a relation of k cells by k twelfths."""
    return 6_000 * left // (WEIGHT * step * step)


def copies_agree(system: System, cell: int) -> bool:
    """Whether the copies of a cell, and theirs in turn, print the same amount, the cell itself left aside."""
    known, waiting = {cell}, [cell]
    while waiting and len(known) < MOST_COPIES:
        current = waiting.pop()
        for number, _ in system.uses[current]:
            if system.rows[number].inequality or not is_copy(system, number, current):
                continue
            if current != cell and cell not in system.rows[number].cells and system.difference[number]:
                return False
            fresh = [other for other in system.rows[number].cells if system.value[other] and other not in known]
            known.update(fresh)
            waiting.extend(fresh)
    return True


def is_copy(system: System, number: int, cell: int) -> bool:
    """Whether a row says: this amount is printed once more, in one other cell."""
    others: Sequence[int] = system.rows[number].cells
    return sum(1 for other in others if other != cell and (not system.blank[other] or system.value[other])) == 1
