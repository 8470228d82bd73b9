"""WB004: an empty table without a word why."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Disclosure, TableStatus

from .blank_form import NOT_FILLED_IN, blank_tables
from .empty_notes import explains_emptiness


@rule("WB004", "empty-table-without-note", Severity.WARNING)
def empty_table_without_note(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """空表没有说明

    为什么: 没有数据的表应在表下说明，否则读者分不清是没有发生还是漏填。
    示例: 公开07 没有金额，表下也没有“本部门无政府性基金预算财政拨款收入支出”。
    如何修改: 在表下注明“本部门××年度无……，故本表无数据”。
    依据: 部门决算公开表式：空表保留格式，并在表下作出说明
    """
    if blank_tables(disclosure):
        yield NotChecked(code="WB004", reason=NOT_FILLED_IN)
        return
    for number, table in disclosure.tables.items():
        # An empty 01 is WB101's.
        if table.status is TableStatus.EMPTY and number != "01" and not explains_emptiness(table):
            yield Finding(
                message=f"公开{number}（{table.title}）是空表，表下没有说明", cell=table.title_cell, table=number
            )
