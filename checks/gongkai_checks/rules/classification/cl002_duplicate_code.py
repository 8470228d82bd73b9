"""CL002: a code that occurs twice in a table."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.code_tree import code_tree
from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label
from gongkai_checks.rule import rule
from gongkai_checks.tables import code_rows, label_cell, readable_tables
from gongkai_workbooks.disclosure import Disclosure, Item


@rule("CL002", "duplicate-code", Severity.ERROR)
def duplicate_code(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """同一张表中科目编码重复

    为什么: 同一编码出现两次，不是编码写错，就是同一科目没有合并，汇总关系会重复计算。
    示例: 公开03 有两行 2080505，其中一行是“机关事业单位职业年金缴费支出”，应为 2080506。
    如何修改: 对照科目名称改正编码；确是同一科目的，合并为一行。
    依据: 部门决算公开表式：每个科目列一行
    """
    for table in readable_tables(disclosure):
        if not code_tree(table).repeated:
            continue
        found: dict[str, list[Item]] = {}
        for row in code_rows(table):
            found.setdefault(row.code, []).append(row)
        for code, rows in found.items():
            if len(rows) > 1:
                cells = [label_cell(table, row) for row in rows]
                yield Finding(
                    message=f"公开{table.number}的科目编码 {code} 出现 {len(rows)} 次：{'、'.join(dict.fromkeys(row.name or '（无名称）' for row in rows[:5]))}",
                    cell=cells[1],
                    table=table.number,
                    item=item_label(rows[1]),
                    found=code,
                    evidence=(cells[0], *cells[2:]),
                )
