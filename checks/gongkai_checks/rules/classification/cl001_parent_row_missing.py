"""CL001: an item or section whose section or class has no row."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.code_tree import LEVELS, code_tree
from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label, listing
from gongkai_checks.rule import rule
from gongkai_checks.tables import code_rows, code_tables, label_cell
from gongkai_workbooks.disclosure import Disclosure, Item

from .unallocated import is_unallocated


@rule("CL001", "parent-row-missing", Severity.WARNING)
def parent_row_missing(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """下级科目没有对应的上级科目行

    为什么: 列了“项”而缺少所属的“款”或“类”，上级的汇总数没有公开，合计也无法逐级核对。
    示例: 公开02 有 2080505，没有 20805。
    如何修改: 补上缺少的上级科目行并填列汇总数；是编码写错的，改正编码。
    依据: 部门决算公开表式：按支出功能分类科目逐级列至项级
    """
    tables = code_tables(disclosure)
    if not tables:
        yield NotChecked(code="CL001", reason="没有列出功能分类科目的表")
        return
    if not any(code_tree(table).gaps for table in tables):
        return
    # A level that no table prints is left out on purpose: some places print 款 only, or 项 only.
    levels = {len(row.code) for table in tables for row in code_rows(table)}
    for table in tables:
        rows = code_rows(table)
        printed = {row.code for row in rows}
        if len({len(code) for code in printed if len(code) in LEVELS}) < 2:
            continue
        orphans: dict[str, Item] = {}
        for row in rows:
            for length in (3, 5):
                parent = row.code[:length]
                wanted = length in levels and length < len(row.code) and len(row.code) in LEVELS
                if wanted and parent not in printed and not is_unallocated(row.code, length):
                    orphans.setdefault(parent, row)
        if orphans:
            first = next(iter(orphans.values()))
            yield Finding(
                message=f"公开{table.number}缺少上级科目行：{listing(sorted(orphans))}",
                cell=label_cell(table, first),
                table=table.number,
                item=item_label(first),
                evidence=tuple(dict.fromkeys(label_cell(table, row) for row in orphans.values() if row is not first)),
            )
