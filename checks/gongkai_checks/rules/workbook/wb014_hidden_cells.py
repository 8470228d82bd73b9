"""WB014: a table, or rows or columns of it with amounts, are hidden."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label, listing
from gongkai_checks.rule import rule
from gongkai_checks.tables import label_cell, readable_tables
from gongkai_workbooks.disclosure import Disclosure, Item, Table

_IS_HIDDEN = itemgetter(Item._fields.index("hidden"))


@rule("WB014", "hidden-cells", Severity.INFO)
def hidden_cells(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """工作表、行或列被隐藏

    为什么: 隐藏的内容仍会参与校验和合计，但打印或转为 PDF 后看不到，读者会发现合计对不上。
    示例: 公开03 中“20899”一行有金额，但该行被隐藏。
    如何修改: 取消隐藏；确实不要的内容，删去并核对合计。
    依据: 部门决算公开表式（公开01—09表）：各行各栏完整公开
    """
    for table in readable_tables(disclosure):
        if table.hidden:
            yield Finding(
                message=f"公开{table.number}所在的工作表“{table.sheet}”被隐藏",
                cell=table.title_cell,
                table=table.number,
            )
        yield from _rows(table)
        yield from _columns(table)


def _rows(table: Table) -> Iterator[Finding]:
    if not any(map(_IS_HIDDEN, table.items.values())):
        return
    hidden = {key: item for key, item in table.items.items() if item.hidden}
    filled = [
        hidden[key]
        for key in dict.fromkeys(key for (key, _), amount in table.amounts.items() if amount.fen)
        if key in hidden
    ]
    if filled:
        yield Finding(
            message=f"公开{table.number}有金额的行被隐藏：{listing(map(item_label, filled))}",
            cell=label_cell(table, filled[0]),
            table=table.number,
            item=item_label(filled[0]),
            evidence=tuple(label_cell(table, item) for item in filled[1:]),
        )


def _columns(table: Table) -> Iterator[Finding]:
    if not table.hidden_columns:
        return
    first = next((a.cell for (_, column), a in table.amounts.items() if column in table.hidden_columns and a.fen), None)
    if first is not None:
        yield Finding(
            message=f"公开{table.number}有金额的栏被隐藏：{listing(table.hidden_columns)}",
            cell=first,
            table=table.number,
            column=table.hidden_columns[0],
        )
