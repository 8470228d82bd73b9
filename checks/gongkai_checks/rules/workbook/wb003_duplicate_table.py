"""WB003: a table occurs more than once."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Disclosure


@rule("WB003", "duplicate-table", Severity.INFO)
def duplicate_table(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """同一张表出现多次

    为什么: 工作簿中留有旧表或副本时，只校验其中一张，公开时也容易放错。
    示例: 工作簿中有两张公开03支出决算表。
    如何修改: 删去多余的副本，只保留要公开的一张。
    依据: 部门决算公开表式：公开01—09表各一张
    """
    for number, cell in disclosure.duplicates:
        table = disclosure.tables[number]
        yield Finding(
            message=f"公开{number}（{table.title}）不止一张，“{cell.sheet}”中的这一张没有校验",
            cell=cell,
            table=number,
            evidence=(table.title_cell,) if table.title_cell else (),
        )
