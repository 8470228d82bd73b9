"""WB010: some tables say in which unit their amounts are, others do not."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import table_names
from gongkai_checks.rule import rule
from gongkai_checks.tables import numbers_of, readable_tables
from gongkai_workbooks.disclosure import Disclosure


@rule("WB010", "amount-unit-missing-in-table", Severity.INFO)
def amount_unit_missing_in_table(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """个别表没有写明金额单位

    为什么: 各表单独打印、单独引用，每张表都应写明单位。
    示例: 公开04 没有“单位：万元”，其余各表都有。
    如何修改: 在该表的表头右侧补写金额单位。
    依据: 部门决算公开表式（公开01—09表）：表头的金额单位
    """
    tables = readable_tables(disclosure)
    silent = [table for table in tables if table.amount_unit is None]
    if silent and len(silent) < len(tables):
        yield Finding(
            message=f"{table_names(numbers_of(silent))}没有写明金额单位，按其他各表的{disclosure.amount_unit.name}校验",
            cell=silent[0].title_cell,
            table=silent[0].number,
            evidence=tuple(table.title_cell for table in silent[1:] if table.title_cell),
        )
