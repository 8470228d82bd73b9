"""WB006: the tables do not name the same department."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import normal_name
from gongkai_checks.rule import rule
from gongkai_checks.tables import readable_tables, usual
from gongkai_workbooks.disclosure import Disclosure


@rule("WB006", "department-differs", Severity.WARNING)
def department_differs(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """各表的部门名称不一致

    为什么: 九张表是同一部门的决算，名称不一致多是误用了别的部门或上年的表。
    示例: 公开01 为“××市规划和自然资源局”，公开05 为“××市规划与自然资源局”。
    如何修改: 统一为部门（单位）的规范全称。
    依据: 部门决算公开表式（公开01—09表）：表头的部门名称
    """
    tables = {table.number: table for table in readable_tables(disclosure) if table.department}
    if len(tables) < 2:
        yield NotChecked(code="WB006", reason="写明部门名称的表不足两张，无从比较")
        return
    names = {number: normal_name(table.department) for number, table in tables.items()}
    right = usual(names)
    printed = next(tables[number] for number, name in names.items() if name == right)
    for number, name in names.items():
        if name != right:
            yield Finding(
                message=f"公开{number}的部门名称“{tables[number].department}”与公开{printed.number}等表的“{printed.department}”不一致",
                cell=tables[number].department_cell,
                table=number,
                expected=printed.department,
                found=tables[number].department,
                evidence=(printed.department_cell,) if printed.department_cell else (),
            )
