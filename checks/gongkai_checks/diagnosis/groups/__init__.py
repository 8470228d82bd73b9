"""Several cells, one cause. Each module looks for one way in which a table goes wrong and proposes explanations; what they are worth is decided
by ``arbitration``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai_checks.diagnosis.explanation import Explanation
from gongkai_checks.diagnosis.system import System

from . import (
    absent_rows,
    displaced_rows,
    misplaced_amounts,
    stale_amounts,
    swapped_columns,
    swapped_rows,
    table_in_yuan,
)

_WAYS = (table_in_yuan, swapped_columns, absent_rows, misplaced_amounts, swapped_rows, stale_amounts, displaced_rows)


def propose(system: System, rows: Sequence[int]) -> Iterator[Explanation]:
    """Explanations of several cells that would make some of the failing ``rows`` hold."""
    for way in _WAYS:
        if system.spent:
            return
        yield from way.propose(system, rows)
