"""WB017: the table of contents leaves out a table."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Disclosure, TableStatus


@rule("WB017", "contents-incomplete", Severity.WARNING)
def contents_incomplete(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """目录没有列全九张公开表

    为什么: 九张表都要公开，没有数据的也要列入目录并保留空表；目录缺列，读者会以为没有这张表。
    示例: 工作簿中有公开08，目录里从公开07直接到公开09。
    如何修改: 在目录中补上该表；表名以表上的标题为准。
    依据: 部门决算公开表式：公开01—09表共九张表，空表保留格式并说明
    """
    listed = {number for number, _ in disclosure.contents}
    left_out = [
        table
        for number, table in disclosure.tables.items()
        if table.status is not TableStatus.MISSING and number not in listed
    ]
    # An entry in words that no title has may stand for any of them.
    if not disclosure.contents or sum(number not in disclosure.tables for number, _ in disclosure.contents) >= len(
        left_out
    ):
        return
    for table in left_out:
        yield Finding(
            message=f"目录没有列出公开{table.number}（{table.title}）",
            cell=disclosure.contents[0][1],
            table=table.number,
            evidence=(table.title_cell,) if table.title_cell is not None else (),
        )
