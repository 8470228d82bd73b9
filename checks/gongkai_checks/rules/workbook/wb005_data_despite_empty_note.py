"""WB005: a table has figures although its note says that there are none."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure, Table, TableStatus

from .empty_notes import claims_no_expenditure, claims_whole_table_empty

_SPENT = {"07": ("小计", "基本支出", "项目支出"), "08": ("小计", "基本支出", "项目支出"), "09": ("决算数",)}


@rule("WB005", "data-despite-empty-note", Severity.ERROR)
def data_despite_empty_note(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """有数据的表注明“无数据”

    为什么: 表中有金额，表下却说没有，必有一处不对，多是沿用上年或模板的说明。
    示例: 公开07 本年支出 105.00，表下注“本部门无政府性基金预算财政拨款支出，故本表无数据”。
    如何修改: 表中金额属实的，删去或改写说明；确无数据的，清除金额。
    依据: 部门决算公开表式：空表说明只用于没有数据的表
    """
    for number, table in disclosure.tables.items():
        if table.status is not TableStatus.CHECKED:
            continue
        for note, cell in table.notes:
            if claims_whole_table_empty(note):
                figures = _figures(table, ())
            elif claims_no_expenditure(note, table, disclosure.year):
                figures = _figures(table, _SPENT[number])
            else:
                continue
            if figures:
                yield Finding(
                    message=f"公开{number}有数据，表下却注明没有：“{note.strip()[:60]}”",
                    cell=cell,
                    table=number,
                    found=note.strip()[:60],
                    evidence=tuple(figures[:3]),
                )
                break


def _figures(table: Table, columns: tuple[str, ...]) -> list[CellRef]:
    """Cells with an amount that is not 0, in these columns, or in any."""
    return [
        amount.cell
        for (_, column), amount in table.amounts.items()
        if amount.fen and amount.cell is not None and (not columns or column in columns)
    ]
