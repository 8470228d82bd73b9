"""CL701: basic expenditure paid from a government fund."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Table


@rule("CL701", "basic-expenditure-from-fund", Severity.INFO)
def basic_expenditure_from_fund(sheet07: Table) -> Iterator[Finding | NotChecked]:
    """政府性基金列有基本支出

    为什么: 政府性基金一般用于项目支出，列有基本支出的可能是填错了栏。
    示例: 公开07 某科目的基本支出为 20.00。
    如何修改: 核对该支出是否应列在“项目支出”栏；确属基本支出的，可忽略。
    依据: 部门决算公开表式：公开07政府性基金预算财政拨款收入支出决算表（经验判断，仅供参考）
    """
    if "基本支出" not in sheet07.columns:
        yield NotChecked(code="CL701", reason="公开07没有基本支出栏")
        return
    found = [(key, amount) for (key, column), amount in sheet07.amounts.items() if column == "基本支出" and amount.fen]
    if found:
        key, amount = found[0]
        yield Finding(
            message="公开07列有基本支出，政府性基金一般只用于项目支出",
            cell=amount.cell,
            table="07",
            item=item_label(sheet07.items[key]),
            column="基本支出",
            evidence=tuple(other.cell for _, other in found[1:] if other.cell is not None),
        )
