"""WB011: one table is in 元 where the others are in 万元, or the reverse, whatever units are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.amounts import format_fen
from gongkai_workbooks.disclosure import Disclosure

from .same_quantities import Stated, all_alike, stated_quantities

FACTOR = 10_000
SAME_MAGNITUDE = 100
"""Two statements of one quantity within this factor are in the same unit, be they equal or not."""

Pair = tuple[Stated, Stated]


@rule("WB011", "magnitude-differs", Severity.ERROR)
def magnitude_differs(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """整张表的金额与其他表相差一万倍

    为什么: 个别表直接贴入了以元为单位的数，而表头写的是万元（或相反），同一金额在各表相差一万倍。
    示例: 公开03 本年支出合计 6670000.00，公开01 为 667.00，表头都写“单位：万元”。
    如何修改: 将该表的金额换算为统一的单位后重新填列。
    依据: 部门决算公开表式（公开01—09表）：同一金额在各表的填列一致
    """
    if all_alike(disclosure, SAME_MAGNITUDE):
        return
    pairs = [pair for stated in stated_quantities(disclosure) for pair in combinations(stated, 2)]
    if not pairs:
        yield NotChecked(code="WB011", reason="没有两张表列有同一金额，无从比较")
        return
    same = {_tables(pair) for pair in pairs if _same_magnitude(*pair)}
    scaled = [pair for pair in pairs if _tables(pair) not in same and _scaled(*pair)]
    if not scaled:
        return
    steps = _steps(same, scaled)
    usual = _usual_step(steps)
    for number in sorted(steps):
        if steps[number] != usual:
            pairs_off = [_turned(pair, number) for pair in scaled if number in _tables(pair)]
            against = [(off, right) for off, right in pairs_off if steps[right.table] == usual]
            # One cell that slipped by four digits is another fault than a table in another unit.
            if all(len({cell for pair in against for cell in pair[side].cells}) > 1 for side in (0, 1)):
                yield _finding(number, against[0], disclosure)


def _tables(pair: Pair) -> tuple[str, str]:
    return pair[0].table, pair[1].table


def _turned(pair: Pair, number: str) -> Pair:
    """The pair with the statement of table ``number`` first."""
    return pair if pair[0].table == number else (pair[1], pair[0])


def _same_magnitude(one: Stated, other: Stated) -> bool:
    small, big = sorted((abs(one.fen), abs(other.fen)))
    return big <= small * SAME_MAGNITUDE


def _scaled(one: Stated, other: Stated) -> bool:
    """One is 10,000 times the other, as far as the two printed decimals of the smaller tell."""
    small, big = sorted((one, other), key=lambda stated: abs(stated.fen))
    return abs(big.fen - small.fen * FACTOR) <= FACTOR * small.step


def _steps(same: set[tuple[str, str]], scaled: list[Pair]) -> dict[str, int]:
    """By table, how many times its figures are to be divided by 10,000 to be in the unit of the first table it is tied to."""
    ties: dict[str, dict[str, int]] = {}
    for one, other in same:
        ties.setdefault(one, {})[other] = 0
        ties.setdefault(other, {})[one] = 0
    for small, big in (sorted(pair, key=lambda stated: abs(stated.fen)) for pair in scaled):
        ties.setdefault(small.table, {})[big.table] = 1
        ties.setdefault(big.table, {})[small.table] = -1
    steps: dict[str, int] = {}
    for start in sorted(ties):
        steps.setdefault(start, 0)
        queue = [start]
        while queue:
            table = queue.pop()
            for other, step in ties[table].items():
                if other not in steps:
                    steps[other] = steps[table] + step
                    queue.append(other)
    return steps


def _usual_step(steps: Mapping[str, int]) -> int:
    """That of most tables; of equally frequent ones, that of the first table."""
    return Counter(steps[table] for table in sorted(steps)).most_common(1)[0][0]


def _finding(number: str, pair: Pair, disclosure: Disclosure) -> Finding:
    off, right = pair
    unit = disclosure.tables[number].amount_unit or disclosure.amount_unit
    found, expected = format_fen(off.fen, unit), format_fen(right.fen, unit)
    words = "一万倍" if abs(off.fen) > abs(right.fen) else "万分之一"
    return Finding(
        message=f"公开{number}的金额是公开{right.table}相同项目的{words}，金额单位有误：“{off.name}”为 {found}，公开{right.table}为 {expected}",
        cell=off.cells[0],
        table=number,
        item=off.name,
        expected=expected,
        found=found,
        evidence=(*off.cells[1:], *right.cells),
    )
