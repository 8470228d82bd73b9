"""WB008: no table says in which unit its amounts are."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_checks.tables import readable_tables
from gongkai_workbooks.disclosure import Disclosure


@rule("WB008", "amount-unit-not-stated", Severity.WARNING)
def amount_unit_not_stated(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """没有写明金额单位

    为什么: 不写明单位，读者无法知道金额是元还是万元，校验的容许误差也只能按推测的单位确定。
    示例: 九张表都没有“单位：万元”。
    如何修改: 在每张表的表头右侧写明“单位：万元”（或“单位：元”）。
    依据: 部门决算公开表式（公开01—09表）：表头的金额单位
    """
    tables = readable_tables(disclosure)
    if tables and not any(table.amount_unit for table in tables):
        yield Finding(
            message=f"各表都没有写明金额单位，本次按{disclosure.amount_unit.name}校验",
            cell=tables[0].title_cell,
            table=tables[0].number,
        )
