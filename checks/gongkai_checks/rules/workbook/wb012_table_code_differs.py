"""WB012: the printed 公开0N表 is not that of the title."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_checks.tables import readable_tables
from gongkai_workbooks.disclosure import Disclosure


@rule("WB012", "table-code-differs", Severity.INFO)
def table_code_differs(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """表号与标题不符

    为什么: 右上角的“公开0N表”与标题对不上，多是复制表头时没有改表号。
    示例: 标题为“支出决算表”，表号为“公开02表”。
    如何修改: 改正表号。
    依据: 部门决算公开表式：公开01—09表的表号与标题
    """
    tables = [table for table in readable_tables(disclosure) if table.table_code]
    if not tables:
        yield NotChecked(code="WB012", reason="各表没有印表号（公开0N表）")
        return
    wrong = [table for table in tables if table.table_code != table.number]
    # Places that number in another order have every number once, at many tables another than the national one.
    order_of_its_own = len(wrong) > 2 and {t.table_code for t in wrong} == {t.number for t in wrong}
    if 2 * len(wrong) > len(tables) or order_of_its_own:
        yield NotChecked(code="WB012", reason="本地的表号顺序与全国表式不同")
        return
    for table in wrong:
        yield Finding(
            message=f"“{table.title}”的表号为公开{table.table_code}表，应为公开{table.number}表",
            cell=table.table_code_cell,
            table=table.number,
            expected=f"公开{table.number}表",
            found=f"公开{table.table_code}表",
        )
