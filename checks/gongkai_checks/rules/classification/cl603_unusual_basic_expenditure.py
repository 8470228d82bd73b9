"""CL603: basic expenditure on a section that is normally project money."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label, listing
from gongkai_checks.rule import rule
from gongkai_checks.tables import code_rows
from gongkai_workbooks.disclosure import Table

UNUSUAL = ("307", "309", "311", "313", "30310")


@rule("CL603", "unusual-basic-expenditure", Severity.INFO)
def unusual_basic_expenditure(sheet06: Table) -> Iterator[Finding | NotChecked]:
    """基本支出列在一般属于项目支出的科目

    为什么: 债务利息、基本建设、对企业和社保基金的补助、个人农业生产补贴一般不在基本支出中列支。
    示例: 公开06 的 30902 办公设备购置（基本建设）有金额。
    如何修改: 核对该支出是否属于项目支出，或经济分类科目是否用错。
    依据: 部门决算公开表式：公开06一般公共预算财政拨款基本支出（经验判断，仅供参考）
    """
    rows = code_rows(sheet06)
    if not rows:
        yield NotChecked(code="CL603", reason="公开06没有列出科目")
    found = []
    for row in rows:
        if row.code.startswith(UNUSUAL):
            amounts = [
                sheet06.amounts[row.key, column] for column in row.columns if (row.key, column) in sheet06.amounts
            ]
            found += [(row, amount) for amount in amounts if amount.fen][-1:]
    if found:
        yield Finding(
            message=f"公开06基本支出列有一般属于项目支出的科目：{listing(item_label(row) for row, _ in found)}",
            cell=found[0][1].cell,
            table="06",
            item=item_label(found[0][0]),
            evidence=tuple(amount.cell for _, amount in found[1:] if amount.cell is not None),
        )
