"""04: lines that fiscal appropriations do not have."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Table

FOREIGN = ("结余分配", "使用非财政拨款结余", "专用结余")


@rule("CO404", "distribution-in-fiscal-table", Severity.INFO)
def distribution_in_fiscal_table(sheet04: Table) -> Iterator[Finding | NotChecked]:
    """公开04列有结余分配或使用非财政拨款结余

    为什么: 财政拨款没有结余分配，也不用非财政拨款结余弥补收支差额；这些行只属于公开01。
    示例: 公开04支出方列有“结余分配 12.00”。
    如何修改: 核对该金额的资金来源，属于非财政拨款的从公开04移出。
    依据: 部门决算公开表式：公开04财政拨款收入支出决算总表的行次
    """
    for item in sheet04.unknown_lines:
        if any(word in "".join(item.name.split()) for word in FOREIGN):
            column = next((column for column in item.columns if (item.key, column) in sheet04.amounts), "")
            yield Finding(
                message=f"公开04列有“{item.name}”，财政拨款一般没有这一项",
                cell=sheet04.place(item.key, column) if column else None,
                table="04",
                item=item.name,
                column=column,
            )
