"""Several cells, one cause. Each module looks for one way in which a table goes wrong and proposes explanations; what they are worth is decided
by ``arbitration``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

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

Way = Callable[[System, Sequence[int]], Iterator[Explanation]]

WAYS: tuple[Way, ...] = (
    table_in_yuan.propose,
    swapped_columns.propose,
    absent_rows.propose,
    misplaced_amounts.propose,
    swapped_rows.propose,
    stale_amounts.propose,
    displaced_rows.propose,
)
"""Each yields explanations of several cells that would make some failing rows hold; the plain ones first."""
