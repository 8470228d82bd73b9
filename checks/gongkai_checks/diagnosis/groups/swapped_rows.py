"""Two lines of a table whose amounts changed places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongkai_checks.diagnosis.explanation import Explanation
from gongkai_checks.diagnosis.system import System
from gongkai_checks.ledger import TOTAL, Key

from .tables import lines_of, mends, tables_of, touching

CODE = "DX003"


def propose(system: System, rows: Sequence[int]) -> Iterator[Explanation]:
    """One explanation for each pair of lines that, exchanged, mend every failing row that one of them is in alone."""
    for table in tables_of(system, rows):
        lines = lines_of(system, table)
        mine = touching(system, rows, table)
        suspects = dict.fromkeys(
            key.item
            for number in mine
            for cell in system.rows[number].cells
            if (key := system.keys[cell]).table == table
        )
        tried: set[frozenset[str]] = set()
        for first in suspects:
            for second in lines:
                if first in (second, TOTAL) or second == TOTAL or first not in lines:
                    continue
                pair = frozenset((first, second))
                if pair in tried:
                    continue
                tried.add(pair)
                changes = _exchanged(system, lines[first], lines[second])
                if len(changes) >= 2 and _mends(system, mine, changes):
                    ledger = system.ledger
                    column = next(iter(lines[first]))
                    # Of lines with codes there are so many that some pair or other fits by chance.
                    lines_with_codes = first.isdigit() and second.isdigit()
                    a, b = (ledger.item_label(Key(table, item, column)) for item in (first, second))
                    yield Explanation(
                        tuple(changes.items()),
                        code=CODE,
                        message=f"公开{table}“{a}”与“{b}”两行的金额疑互相填反：对调后有关的关系全部相符",
                        title=f"将公开{table}“{a}”与“{b}”两行金额对调",
                        prior=int(lines_with_codes),
                    )


def _exchanged(system: System, first: Mapping[str, int], second: Mapping[str, int]) -> dict[int, int]:
    changes = {}
    for column, a in first.items():
        b = second.get(column)
        if b is not None and system.value[a] != system.value[b]:
            changes[a], changes[b] = system.value[b], system.value[a]
    return changes


def _mends(system: System, rows: Sequence[int], changes: Mapping[int, int]) -> bool:
    """Whether it mends a row, and every failing row that it changes."""
    system.effort -= len(rows) * 4
    found = False
    for number in rows:
        if not any(cell in changes for cell in system.rows[number].cells):
            continue
        if not mends(system, number, changes):
            return False
        found = True
    return found
