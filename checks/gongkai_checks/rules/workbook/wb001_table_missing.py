"""WB001: one of the nine tables is not in the workbook."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Disclosure, TableStatus


@rule("WB001", "table-missing", Severity.ERROR)
def table_missing(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """缺少应公开的表

    为什么: 部门决算应公开九张表，没有数据的表也要保留空表并说明。
    示例: 工作簿中没有公开07政府性基金预算财政拨款收入支出决算表。
    如何修改: 补上该表；没有数据的，保留空表，并在表下注明“本部门无……，故本表无数据”。表已在工作簿中的，核对表的标题。
    依据: 部门决算公开表式：公开01—09表共九张表，空表保留格式并说明
    """
    for number, table in disclosure.tables.items():
        if table.status is TableStatus.MISSING:
            yield Finding(message=f"工作簿中没有公开{number}（{table.title}）", table=number)
