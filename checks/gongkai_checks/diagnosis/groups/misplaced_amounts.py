"""An amount in the wrong column of its line, and as far up as it was carried into the lines above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from gongkai_checks.diagnosis.explanation import Explanation
from gongkai_checks.diagnosis.system import System
from gongkai_checks.ledger import Key
from gongkai_workbooks.amounts import format_fen

from .tables import TOTAL_COLUMNS, lines_of, mends, tables_of, touching, upward

CODE = "DX004"


def propose(system: System, rows: Sequence[int]) -> Iterator[Explanation]:
    """One explanation for each amount that, moved to another column (or exchanged with what stands there), mends what fails."""
    for table in tables_of(system, rows):
        lines = lines_of(system, table)
        mine = touching(system, rows, table)
        failing = {cell for number in mine for cell in system.rows[number].cells}
        near = {system.keys[cell].item for cell in failing if system.keys[cell].table == table}
        for item, line in lines.items():
            columns = [column for column in line if column not in TOTAL_COLUMNS]
            for source, target in permutations(columns, 2):
                amount = system.value[line[source]]
                if not amount or (system.value[line[target]] and source > target):
                    continue
                path = [system.keys[above].item for above in upward(system, line[source])]
                if not near.isdisjoint(path):
                    yield from _moved(system, mine, (table, item), path, (source, target))


def _moved(
    system: System, rows: Sequence[int], line: tuple[str, str], path: Sequence[str], columns: tuple[str, str]
) -> Iterator[Explanation]:
    table, item = line
    source, target = columns
    cells = [(system.at.get(Key(table, above, source)), system.at.get(Key(table, above, target))) for above in path]
    start, goal = cells[0]
    if start is None or goal is None:
        return
    # What stands in the other column changes places with it.
    amount = system.value[start] - system.value[goal]
    changes: dict[int, int] = {}
    for depth, (a, b) in enumerate(cells):
        if a is None or b is None:
            return
        changes[a], changes[b] = system.value[a] - amount, system.value[b] + amount
        if changes[a] < 0 or changes[b] < 0:
            return
        system.effort -= len(rows)
        touched = [number for number in rows if any(cell in changes for cell in system.rows[number].cells)]
        if not touched or not all(mends(system, number, changes) for number in touched):
            continue
        where = system.ledger.describe(Key(table, item, source))
        figure = format_fen(system.value[start], system.ledger.unit(table))
        both = system.value[goal] != 0
        upward = "（上级各行随之）" if depth else ""
        message = (
            f"{where} {figure} 与“{target}”栏的金额疑互相填反{upward}：对调后有关的关系全部相符"
            if both
            else f"{where} {figure} 列错栏，应列在“{target}”{upward}：移过去后有关的关系全部相符"
        )
        title = f"将{where} {figure} 移至“{target}”{upward}"
        yield Explanation(
            tuple(changes.items()),
            code=CODE,
            message=message,
            title=title,
            prior=_prior(system, table, item, depth, both),
        )


def _prior(system: System, table: str, item: str, depth: int, both: bool) -> int:
    """A line whose parts are right can hardly have carried a wrong column upward."""
    if depth and (both or item in system.ledger.tables[table].tree.children):
        return 2
    return 0
