"""WB009: the tables state different units."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_checks.tables import readable_tables, usual
from gongkai_workbooks.disclosure import Disclosure


@rule("WB009", "amount-units-differ", Severity.ERROR)
def amount_units_differ(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """各表的金额单位不一致

    为什么: 九张表的金额单位应当相同，混用元和万元会使读者误读一万倍。
    示例: 公开05 写“单位：元”，其余各表写“单位：万元”。
    如何修改: 统一金额单位；只是单位写错的，改正单位，金额确以元填列的，换算后再填。
    依据: 部门决算公开表式（公开01—09表）：各表的金额单位一致
    """
    tables = {table.number: table for table in readable_tables(disclosure) if table.amount_unit}
    if len(tables) < 2:
        yield NotChecked(code="WB009", reason="写明金额单位的表不足两张，无从比较")
        return
    units = {number: table.amount_unit.name for number, table in tables.items() if table.amount_unit}
    right = usual(units)
    printed = next(tables[number] for number, name in units.items() if name == right)
    for number, name in units.items():
        if name != right:
            yield Finding(
                message=f"公开{number}的金额单位为{name}，与公开{printed.number}等表的{right}不一致",
                cell=tables[number].unit_cell,
                table=number,
                expected=right,
                found=name,
                evidence=(printed.unit_cell,) if printed.unit_cell else (),
            )
