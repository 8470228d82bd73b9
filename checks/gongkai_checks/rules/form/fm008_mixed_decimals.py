"""FM008: amounts of one column written with two decimals here and fewer there."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure, Table

DECIMALS = 2
POINTS = "．。"
"""Full-width points, which are read as one."""


@rule("FM008", "mixed-decimals", Severity.INFO)
def mixed_decimals(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """同一栏的金额有的写两位小数、有的不足两位

    为什么: 金额以文本存放时，12.5 与 12.50 并列，公开后不整齐，也可能是漏写了末位数字。
    示例: 公开05 小计一栏既有“12.5”又有“17.01”。
    如何修改: 将金额转为数值，统一为两位小数；核对不足两位的是否漏写了数字。
    依据: 部门决算公开表式（公开01—09表）：同一栏的小数位数一致
    """
    for number, table in disclosure.tables.items():
        if not table.amounts.others:
            continue
        for column, (two, fewer) in _written(table).items():
            if two and fewer:
                yield Finding(
                    message=f"公开{number}“{column}”栏的文本金额小数位数不一：{len(fewer)} 个不足两位，{len(two)} 个为两位",
                    cell=fewer[0],
                    table=number,
                    column=column,
                    evidence=(*fewer[1:], two[0]),
                )


def _written(table: Table) -> dict[str, tuple[list[CellRef], list[CellRef]]]:
    """By column, the cells of text amounts with two decimals and those with fewer; a nought may be written in any way."""
    found: dict[str, tuple[list[CellRef], list[CellRef]]] = {}
    for (_, column), amount in table.amounts.others.items():
        if amount.text and amount.fen and amount.cell is not None:
            decimals = _decimals(amount.raw)
            if decimals <= DECIMALS:
                found.setdefault(column, ([], []))[decimals < DECIMALS].append(amount.cell)
    return found


def _decimals(raw: str) -> int:
    """How many digits stand behind the point of an amount as it is written."""
    for point in POINTS:
        raw = raw.replace(point, ".")
    return sum(character.isdigit() for character in raw.partition(".")[2])
