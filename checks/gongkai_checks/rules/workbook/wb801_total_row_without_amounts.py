"""WB801: the 合计 row of 08 has no amounts although its rows do."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Table

from .total_row import total_without_amounts


@rule("WB801", "state-capital-total-row-without-amounts", Severity.INFO)
def total_row_without_amounts(sheet08: Table) -> Iterator[Finding | NotChecked]:
    """公开08的合计行没有金额

    为什么: 有的表式把“合计 基本支出 项目支出”等栏目名放在合计行，合计的金额就没有地方填，表内汇总只能从各类加总。
    示例: 公开08 各科目的小计为 105.00，合计行同一栏是文字或空白。
    如何修改: 栏目名移到表头，在合计行填列各栏合计数。
    依据: 部门决算公开表式：公开08国有资本经营预算财政拨款支出决算表的合计行
    """
    yield from total_without_amounts(sheet08)
