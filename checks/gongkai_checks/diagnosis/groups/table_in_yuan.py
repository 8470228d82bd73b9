"""A table whose figures are in 元 among tables in 万元: ten thousand times too large, all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai_checks.diagnosis.explanation import Explanation
from gongkai_checks.diagnosis.system import System
from gongkai_workbooks.amounts import YUAN

from .tables import lines_of, mends, tables_of, touching

CODE = "DX001"
TIMES = 10_000


def propose(system: System, rows: Sequence[int]) -> Iterator[Explanation]:
    """One explanation for each table of which every failing tie with another table holds at a ten-thousandth."""
    for table in tables_of(system, rows):
        unit = system.ledger.unit(table)
        ties = [
            number for number in touching(system, rows, table) if len(system.rows[number].relation.equation.tables) > 1
        ]
        if unit.fen == YUAN.fen or not ties:
            continue
        cells = [cell for line in lines_of(system, table).values() for cell in line.values()]
        changes = {
            cell: (system.value[cell] + TIMES * unit.grain // 2) // (TIMES * unit.grain) * unit.grain
            for cell in cells
            if system.value[cell]
        }
        if not all(mends(system, number, changes) for number in ties):
            continue
        name = f"公开{table}"
        yield Explanation(
            tuple(changes.items()),
            code=CODE,
            message=f"{name}的金额疑为按元填列，而表头单位是{unit.name}：全表缩小一万倍后与其他各表相符",
            title=f"将{name}全部金额改为以{unit.name}列示",
        )
