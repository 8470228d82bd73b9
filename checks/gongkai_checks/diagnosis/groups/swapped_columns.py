"""Two columns of a table that changed places, in every line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from gongkai_checks.diagnosis.explanation import Explanation
from gongkai_checks.diagnosis.system import System

from .tables import TOTAL_COLUMNS, lines_of, mends, tables_of, touching

CODE = "DX002"


def propose(system: System, rows: Sequence[int]) -> Iterator[Explanation]:
    """One explanation for each pair of columns with which most failing rows of their table hold."""
    for table in tables_of(system, rows):
        lines = lines_of(system, table)
        columns = [c for c in system.ledger.disclosure.tables[table].columns if c not in TOTAL_COLUMNS]
        mine = touching(system, rows, table)
        for first, second in combinations(columns, 2):
            changes: dict[int, int] = {}
            for line in lines.values():
                if first in line and second in line:
                    a, b = line[first], line[second]
                    if system.value[a] != system.value[b]:
                        changes[a], changes[b] = system.value[b], system.value[a]
            # One line alone is an amount in the wrong column.
            if len(changes) < 4 or sum(mends(system, number, changes) for number in mine) * 2 <= len(mine):
                continue
            yield Explanation(
                tuple(changes.items()),
                code=CODE,
                message=f"公开{table}“{first}”与“{second}”两栏的金额疑互相填反：对调后有关的关系全部相符",
                title=f"将公开{table}“{first}”与“{second}”两栏对调",
            )
