"""WB002: a table was found by its title, but not understood."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Disclosure, TableStatus


@rule("WB002", "table-unreadable", Severity.ERROR)
def table_unreadable(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """表的结构无法识别

    为什么: 找到了标题，但栏目或行次与已知的表式对不上，这张表完全没有校验。
    示例: 公开03 的表头被删去，只剩标题和数字。
    如何修改: 按统一表式恢复表头和科目编码、科目名称列，再校验。
    依据: 部门决算公开表式（公开01—09表）：各表的栏目和行次
    """
    for number, table in disclosure.tables.items():
        if table.status is TableStatus.UNREADABLE:
            reason = f"：{table.reason.rstrip('。')}" if table.reason else ""
            yield Finding(message=f"公开{number}（{table.title}）无法识别{reason}", cell=table.title_cell, table=number)
