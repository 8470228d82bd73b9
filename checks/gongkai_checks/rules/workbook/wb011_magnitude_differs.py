"""WB011: one table is in 元 where the others are in 万元, or the reverse, whatever units are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.amounts import format_fen
from gongkai_workbooks.disclosure import Disclosure

from .same_quantities import Stated, stated_quantities

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
    pairs = [pair for stated in stated_quantities(disclosure) for pair in combinations(stated, 2)]
    if not pairs:
        yield NotChecked(code="WB011", reason="没有两张表列有同一金额，无从比较")
        return
    same = {(one.table, other.table) for one, other in pairs if _same_magnitude(one, other)}
    scaled: dict[tuple[str, str], list[Pair]] = {}
    for one, other in pairs:
        if (one.table, other.table) not in same and _scaled(one, other):
            scaled.setdefault((one.table, other.table), []).append((one, other))
    # One cell that slipped by four digits is another fault than a table in another unit.
    apart = {tables: found for tables, found in scaled.items() if _several_cells(found)}
    if apart:
        base = _base(apart, same)
        for off, pair in sorted(_off(apart, base).items()):
            yield _finding(off, pair, disclosure)


def _same_magnitude(one: Stated, other: Stated) -> bool:
    small, big = sorted((abs(one.fen), abs(other.fen)))
    return big <= small * SAME_MAGNITUDE


def _scaled(one: Stated, other: Stated) -> bool:
    """One is 10,000 times the other, as far as the two printed decimals of the smaller tell."""
    small, big = sorted((one, other), key=lambda stated: abs(stated.fen))
    return abs(big.fen - small.fen * FACTOR) <= FACTOR * small.step


def _several_cells(pairs: list[Pair]) -> bool:
    return all(len({cell for pair in pairs for cell in pair[side].cells}) > 1 for side in (0, 1))


def _base(apart: Mapping[tuple[str, str], list[Pair]], same: set[tuple[str, str]]) -> set[str]:
    """The largest group of tables in one unit; of equally large ones, that with the first table."""
    groups: list[set[str]] = []
    for table in sorted({table for tables in (*apart, *same) for table in tables}):
        group = {table}
        for other in [each for each in groups if any(_joined(table, member, same) for member in each)]:
            group |= other
            groups.remove(other)
        groups.append(group)
    return max(groups, key=lambda group: (len(group), -int(min(group))))


def _joined(one: str, other: str, same: set[tuple[str, str]]) -> bool:
    return (one, other) in same or (other, one) in same


def _off(apart: Mapping[tuple[str, str], list[Pair]], base: set[str]) -> dict[str, Pair]:
    """Tables in another unit than the base, each with one quantity: as it states it, and as a table of the base does."""
    off: dict[str, Pair] = {}
    for (one, other), pairs in apart.items():
        first, second = pairs[0]
        if one in base and other not in base:
            off.setdefault(other, (second, first))
        elif other in base and one not in base:
            off.setdefault(one, (first, second))
    return off


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
