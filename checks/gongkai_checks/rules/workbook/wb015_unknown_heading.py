"""WB015: columns or lines with amounts whose heading or label nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import listing
from gongkai_checks.rule import rule
from gongkai_checks.tables import label_cell, readable_tables
from gongkai_workbooks.disclosure import Disclosure


@rule("WB015", "unknown-heading", Severity.INFO)
def unknown_heading(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """有不认识的栏目或行次

    为什么: 不认识的栏目不参与校验，不认识的行次只参与合计，它们的金额可能没有核对到。
    示例: 公开02 有一栏“财政专户管理资金收入”，不在统一表式中。
    如何修改: 名称写错的，改为规定的名称；属于本地增设的，可忽略。
    依据: 部门决算公开表式（公开01—09表）：各表的栏目和行次
    """
    for table in readable_tables(disclosure):
        found = [(f"栏“{heading}”", cell) for heading, cell in table.unknown_columns]
        found += [
            (f"行“{item.name}”" if item.name else f"行：第 {item.row} 行没有名称", label_cell(table, item))
            for item in table.unknown_lines
        ]
        if found:
            yield Finding(
                message=f"公开{table.number}有不认识的{listing(words for words, _ in found)}",
                cell=found[0][1],
                table=table.number,
                evidence=tuple(cell for _, cell in found[1:]),
            )
