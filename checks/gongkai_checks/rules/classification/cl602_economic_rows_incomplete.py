"""CL602: rows of the form of 06 that are missing or out of order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gongkai_checks.code_tree import code_tree
from gongkai_checks.dictionary import Dictionary
from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label, listing
from gongkai_checks.rule import rule
from gongkai_checks.tables import code_rows, label_cell
from gongkai_workbooks.disclosure import Item, Table

MOST_MISSING = 8
"""A table that lacks more rows of the form than this prints only the rows with amounts, which is a form of its own."""


@rule("CL602", "economic-rows-incomplete", Severity.INFO)
def economic_rows_incomplete(sheet06: Table, dictionary: Dictionary) -> Iterator[Finding | NotChecked]:
    """公开06 缺少固定的科目行，或科目次序不对

    为什么: 公开06 的科目行是固定的，缺行或次序不对多是手工增删所致，容易造成金额错行。
    示例: 302 一组中 30202 之后直接是 30204，缺少 30203 咨询费。
    如何修改: 按统一表式补上缺少的行，没有金额的留空；次序不对的，整行移回。
    依据: 部门决算公开表式：公开06一般公共预算财政拨款基本支出决算明细表的行次
    """
    rows = code_rows(sheet06)
    if not rows:
        yield NotChecked(code="CL602", reason="公开06没有列出科目")
        return
    yield from _missing(sheet06, rows, dictionary)
    if not code_tree(sheet06).in_order:
        yield from _out_of_order(sheet06, rows)


def _missing(table: Table, rows: Sequence[Item], dictionary: Dictionary) -> Iterator[Finding]:
    missing = dictionary.rows_missing(code_tree(table).codes)
    if 0 < len(missing) <= MOST_MISSING:
        names = [f"{code} {dictionary.name(code) or ''}".strip() for code in missing]
        before = [row for row in rows if row.code < missing[0]]
        yield Finding(
            message=f"公开06缺少固定的科目行：{listing(names)}",
            cell=label_cell(table, max(before, key=lambda row: row.code) if before else rows[0]),
            table="06",
            item=names[0],
        )


def _out_of_order(table: Table, rows: Sequence[Item]) -> Iterator[Finding]:
    blocks: dict[str, list[Item]] = {}
    for row in rows:
        blocks.setdefault(row.code[:3], []).append(row)
    for block in blocks.values():
        late = next(((above, row) for above, row in pairwise(block) if row.code < above.code), None)
        if late is not None:
            above, row = late
            yield Finding(
                message=f"公开06的科目次序不对：{row.code} 排在 {above.code} 之后",
                cell=label_cell(table, row),
                table="06",
                item=item_label(row),
                evidence=(label_cell(table, above),),
            )
