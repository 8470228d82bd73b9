"""09: 决算数 above 预算数."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.amounts import format_fen
from gongkai_workbooks.disclosure import Disclosure, Table

PARTS = ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
SUMS = ("公务用车购置及运行维护费", "合计")


@rule("XF903", "three-public-expenses-over-budget", Severity.WARNING)
def outturn_exceeds_budget(sheet09: Table, disclosure: Disclosure) -> Iterator[Finding | NotChecked]:
    """公开09三公经费决算数大于预算数

    为什么: “三公”经费应当控制在预算（全年预算数，即调整后预算数）之内，超出的必须说明原因。
    示例: 公务接待费预算数 0.50，决算数 0.80。
    如何修改: 核对预算数与决算数；确属超支的，在情况说明中写明原因。
    依据: 部门决算公开表式：公开09预算数为全年预算数；“三公”经费只减不增的管理要求
    """
    unit = sheet09.amount_unit or disclosure.amount_unit
    told = False
    for item in (*PARTS, *SUMS):
        if item in SUMS and told:
            continue  # the part that exceeds its budget has been named; its sums follow from it
        budget, outturn = sheet09.amount(item, "预算数"), sheet09.amount(item, "决算数")
        if budget is None or outturn is None or outturn.fen <= budget.fen:
            continue
        told = True
        yield Finding(
            message=f"公开09“{item}”决算数 {format_fen(outturn.fen, unit)} 大于预算数 {format_fen(budget.fen, unit)}",
            cell=outturn.cell,
            table="09",
            item=item,
            column="决算数",
            expected=f"≤{format_fen(budget.fen, unit)}",
            found=format_fen(outturn.fen, unit),
            difference=format_fen(outturn.fen - budget.fen, unit, sign=True),
            tolerance=format_fen(0, unit),
            evidence=(budget.cell,) if budget.cell else (),
        )
