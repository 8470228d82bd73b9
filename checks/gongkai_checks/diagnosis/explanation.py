"""Explanations of a group of failing rows, and which of them is the better one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai_checks.ledger import Key

from .repair import Repair
from .system import System

GROUP_COST = 5_000
NO_LESS_LIKELY = 3_000
"""Of two explanations one is the likelier where it is twenty times as likely as the other: the logarithm, in thousandths."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Cells that take new figures (分) so that all rows of a group hold.

    ``repairs`` has one entry for each independent error. ``changes`` are all cells with their new figures, the one to mark first.
    ``message`` and ``code`` belong to groups of cells that went wrong together.
    """

    changes: tuple[tuple[int, int], ...]
    repairs: tuple[Repair, ...] = ()
    code: str = ""
    message: str = ""
    title: str = ""
    unknown: tuple[int, ...] = ()
    """Cells that are wrong too, but whose figures cannot be told."""
    sure: bool = True
    """Whether the figures are those that stood elsewhere or are pinned; where they are only likely, nothing is written."""
    place: Key | None = None
    """The cell to mark, where what is wrong has none of its own; ``item`` is then its code."""
    item: str = ""
    moved: bool = False
    """Whether amounts went elsewhere, over others: ``unknown`` are those that they went over."""
    prior: int = 0
    """How far-fetched a group of cells is: 0 where such mistakes are common and show plainly, more where many such readings fit by chance."""
    cost: int = GROUP_COST
    """How unlikely what a group of cells prints is, as ``Repair.cost``."""

    @property
    def cells(self) -> tuple[int, ...]:
        """Numbers of the cells that change."""
        return tuple(cell for cell, _ in self.changes)

    @property
    def unlikely(self) -> int:
        """How unlikely it is altogether, as ``Repair.cost``."""
        return sum(one.cost for one in self.repairs) if self.repairs else self.cost


def of_repairs(repairs: Sequence[Repair]) -> Explanation:
    """Independent errors in single cells."""
    return Explanation(tuple((one.cell, one.best) for one in repairs), tuple(repairs))


Rank = tuple[int, int, int, int, int]


def rank(system: System, explanation: Explanation) -> Rank:
    """The lower, the better: first the hints that it breaks, then what nothing but the sums speaks for, blanks, formulas, and how unlikely it is.

    A blank cell is a less likely error than a wrong figure, and a formula is derived: its parts are more likely wrong.
    """
    strain = system.strain(dict(explanation.changes))
    bare = sum(not one.witnessed for one in explanation.repairs)
    blanks = sum(one.blank and not one.slip.name for one in explanation.repairs)
    if not explanation.repairs:
        bare = explanation.prior
        # Of a group, the first cell is the one that the others follow; a block that moved away leaves blanks.
        blanks = int(explanation.place is None and not explanation.moved and not system.value[explanation.cells[0]])
    formulas = sum(system.is_formula(cell) for cell in explanation.cells)
    return strain, bare, blanks, formulas, explanation.unlikely


def left_over(system: System, explanation: Explanation) -> int:
    """What rounding would still have to explain in the relations of the cells that change, in 分."""
    mark = system.mark()
    for cell, value in explanation.changes:
        system.set(cell, value)
    touched = {number for cell in explanation.cells for number, _ in system.uses[cell]}
    left = sum(abs(system.difference[number]) for number in touched if not system.rows[number].inequality)
    system.undo(mark)
    return left


def ranked(system: System, explanations: Iterable[Explanation]) -> list[tuple[Rank, Explanation]]:
    """Explanations with their rank, the best first; of those that change the same cells, the one that leaves the least rounding."""
    different: dict[frozenset[int], Explanation] = {}
    for explanation in explanations:
        cells = frozenset(explanation.cells)
        other = different.get(cells)
        if other is None or left_over(system, explanation) < left_over(system, other):
            different[cells] = explanation
    found = [(rank(system, explanation), explanation) for explanation in different.values()]
    found.sort(key=lambda pair: (pair[0], -sum(one.copies for one in pair[1].repairs), pair[1].cells))
    return found
