"""CL008: 2089999 without the row 20899."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.code_tree import code_tree
from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label
from gongkai_checks.rule import rule
from gongkai_checks.tables import code_rows, code_tables, label_cell
from gongkai_workbooks.disclosure import Disclosure

from .unallocated import is_unallocated


@rule("CL008", "unallocated-section-missing", Severity.INFO)
def unallocated_section_missing(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """列了“其他”项（99），没有列所属的“其他”款（99）

    为什么: 2089999 属于 20899，只列项、不列款时，“其他”一款的汇总数没有公开。
    示例: 公开03 有 2089999，没有 20899。
    如何修改: 补上所属的款级行；应属于别的款的（如 2080599），改正编码。
    依据: 部门决算公开表式：按支出功能分类科目逐级列至项级
    """
    tables = code_tables(disclosure)
    if not tables:
        yield NotChecked(code="CL008", reason="没有列出功能分类科目的表")
    for table in tables:
        if not code_tree(table).gaps:
            continue
        rows = code_rows(table)
        printed = {row.code for row in rows}
        if not any(len(code) == 5 for code in printed):
            continue
        for row in rows:
            if is_unallocated(row.code, 5) and row.code[:5] not in printed:
                yield Finding(
                    message=f"公开{table.number}列了 {row.code}，没有列所属的 {row.code[:5]}",
                    cell=label_cell(table, row),
                    table=table.number,
                    item=item_label(row),
                    expected=row.code[:5],
                )
