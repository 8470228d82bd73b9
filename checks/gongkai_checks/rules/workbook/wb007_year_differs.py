"""WB007: the tables do not state the same year."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_checks.tables import readable_tables, usual
from gongkai_workbooks.disclosure import Disclosure


@rule("WB007", "year-differs", Severity.ERROR)
def year_differs(disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """各表的年度不一致

    为什么: 九张表应是同一年度的决算，年度不一致多是沿用了上年的表或没有改标题。
    示例: 公开01 为 2024 年度，公开06 的标题仍为 2023 年度。
    如何修改: 核对该表的数据属于哪一年；只是标题没改的，改正标题的年度。
    依据: 部门决算公开表式（公开01—09表）：标题的年度
    """
    tables = {table.number: table for table in readable_tables(disclosure) if table.year is not None}
    if len(tables) < 2:
        yield NotChecked(code="WB007", reason="写明年度的表不足两张，无从比较")
        return
    years = {number: table.year for number, table in tables.items()}
    right = usual(years)
    printed = next(table for table in tables.values() if table.year == right)
    for number, year in years.items():
        if year != right:
            yield Finding(
                message=f"公开{number}的年度为 {year}，与公开{printed.number}等表的 {right} 不一致",
                cell=tables[number].year_cell,
                table=number,
                expected=str(right),
                found=str(year),
                evidence=(printed.year_cell,) if printed.year_cell else (),
            )
