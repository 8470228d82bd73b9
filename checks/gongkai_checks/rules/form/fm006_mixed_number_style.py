"""FM006: amounts written with and without thousands separators in one table."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure, Table


@rule("FM006", "mixed-number-style", Severity.INFO)
def mixed_number_style(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """同一张表的金额有的带千分位、有的不带

    为什么: 书写格式不一，公开后不整齐，也常是从不同来源粘贴而来、需要复核的迹象。
    示例: 公开01 中既有“20218.21”又有“20,323.21”。
    如何修改: 将金额转为数值，统一单元格的数字格式。
    依据: 部门决算公开表式（公开01—09表）：同一张表的数字格式一致
    """
    for number, table in disclosure.tables.items():
        if not table.amounts.others:
            continue
        with_separator, without = _styles(table)
        if with_separator and without:
            few, many = sorted((with_separator, without), key=len)
            words = ("带千分位", "不带") if few is with_separator else ("不带千分位", "带")
            yield Finding(
                message=f"公开{number}的文本金额书写不一：{len(few)} 个{words[0]}，{len(many)} 个{words[1]}",
                cell=few[0],
                table=number,
                evidence=(*few[1:], many[0]),
            )


def _styles(table: Table) -> tuple[list[CellRef], list[CellRef]]:
    """Cells of text amounts of 1,000 and more, with separators and without."""
    texts = [amount for amount in table.amounts.others.values() if amount.text and amount.cell and _long(amount.raw)]
    separated = [amount.cell for amount in texts if _separated(amount.raw) and amount.cell]
    return separated, [amount.cell for amount in texts if not _separated(amount.raw) and amount.cell]


def _separated(raw: str) -> bool:
    return "," in raw or "，" in raw


def _long(raw: str) -> bool:
    """Four or more digits before the decimal point: only there separators can be missed."""
    return sum(character.isdigit() for character in raw.partition(".")[0]) > 3
