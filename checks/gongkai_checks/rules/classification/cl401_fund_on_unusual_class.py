"""CL401: fund money on a class that it is not normally spent on."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.labels import item_label
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Table

USUAL_CLASSES = {
    "政府性基金预算财政拨款": frozenset(
        {"207", "208", "211", "212", "213", "214", "215", "217", "221", "229", "231", "232", "234"}
    ),
    "国有资本经营预算财政拨款": frozenset({"208", "223"}),
}


@rule("CL401", "fund-on-unusual-class", Severity.INFO)
def fund_on_unusual_class(sheet04: Table) -> Iterator[Finding | NotChecked]:
    """政府性基金、国有资本经营预算支出列在少见的类级科目

    为什么: 这两类预算的支出一般只用于少数几类科目，列在别处可能是填错了栏。
    示例: 公开04 的“国有资本经营预算财政拨款”栏在“八、社会保障和就业支出”以外的普通科目有金额。
    如何修改: 核对该金额的资金来源；属于一般公共预算的，移到“一般公共预算财政拨款”栏。
    依据: 部门决算公开表式：公开04财政拨款收入支出决算总表（经验判断，仅供参考）
    """
    if not any(column in sheet04.columns for column in USUAL_CLASSES):
        yield NotChecked(code="CL401", reason="公开04没有政府性基金、国有资本经营预算的栏目")
    for key, item in sheet04.items.items():
        if item.role != "class" or not key.isdigit():
            continue
        for column, usual in USUAL_CLASSES.items():
            if sheet04.amounts.fen(key, column) and key not in usual:
                yield Finding(
                    message=f"公开04“{item.name.strip()}”列有{column}，这类预算一般不用于该科目",
                    cell=sheet04.place(key, column),
                    table="04",
                    item=item_label(item),
                    column=column,
                )
