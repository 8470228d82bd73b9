"""CL003: rows that are not in the order of their codes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gongkai_checks.code_tree import code_tree
from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label
from gongkai_checks.rule import rule
from gongkai_checks.tables import code_rows, code_tables, label_cell
from gongkai_workbooks.disclosure import Disclosure


@rule("CL003", "codes-out-of-order", Severity.INFO)
def codes_out_of_order(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """科目没有按编码顺序排列

    为什么: 科目按编码排列，类、款、项依次展开，便于查找；次序乱了常是粘贴时错行。
    示例: 公开05 中 2080506 排在 2080505 之前。
    如何修改: 整行移动到正确的位置，并核对该行金额是否属于这个科目。
    依据: 部门决算公开表式：科目按编码顺序排列
    """
    tables = code_tables(disclosure)
    if not tables:
        yield NotChecked(code="CL003", reason="没有列出功能分类科目的表")
    for table in tables:
        if code_tree(table).in_order:
            continue
        late = [(above, row) for above, row in pairwise(code_rows(table)) if row.code < above.code]
        if late:
            above, row = late[0]
            more = f"，共 {len(late)} 处" if len(late) > 1 else ""
            yield Finding(
                message=f"公开{table.number}的科目次序不对：{row.code} 排在 {above.code} 之后{more}",
                cell=label_cell(table, row),
                table=table.number,
                item=item_label(row),
                evidence=(label_cell(table, above), *(label_cell(table, each) for _, each in late[1:])),
            )
