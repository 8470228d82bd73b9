"""公开05 against 03 and 06."""

from __future__ import annotations

from gongkai_checks.conditions import OTHER_FUNDS, OTHER_MONEY, only_general_budget
from gongkai_checks.equations import EACH, S03, S05, S06, Equation, TieOut
from gongkai_checks.finding import Severity

COLUMNS = (("小计", "本年支出合计", "subtotal"), ("基本支出", "基本支出", "basic"), ("项目支出", "项目支出", "project"))


def _at_most(position: int, column: str, other: str, name: str) -> Equation:
    return TieOut(
        f"TO5{position:02}",
        f"{name}-expenditure-exceeds-sheet-03",
        f"公开05某科目的{column}大于公开03",
        left=S05[EACH, column],
        right=S03[EACH, other],
        relation="<=",
        claim="大于公开03同一科目",
        basis="部门决算公开表间勾稽关系：公开05不大于公开03",
        why="一般公共预算财政拨款支出是全部支出的一部分，逐科目、逐栏都不会大于公开03。",
    )


def _equal(position: int, column: str, other: str, name: str) -> Equation:
    return TieOut(
        f"TO5{position:02}",
        f"{name}-expenditure-below-sheet-03",
        f"只有一般公共预算财政拨款的单位，公开05某科目的{column}与公开03不等",
        left=S05[EACH, column],
        right=S03[EACH, other],
        severity=Severity.WARNING,
        when=only_general_budget,
        slack=OTHER_MONEY + OTHER_FUNDS,
        claim="与公开03同一科目不等，而单位没有其他资金",
        basis="部门决算公开表间勾稽关系：公开05与公开03",
    )


EQUATIONS = (
    *(_at_most(position, *names) for position, names in enumerate(COLUMNS, 1)),
    *(_equal(position, *names) for position, names in enumerate(COLUMNS, 4)),
    TieOut(
        "TO507",
        "basic-expenditure-differs-from-sheet-06",
        "公开05基本支出与公开06人员经费、公用经费之和不一致",
        left=S05["合计", "基本支出"],
        right=S06["人员经费合计"] + S06["公用经费合计"],
        claim="与公开06人员经费合计、公用经费合计之和不一致",
        basis="部门决算公开表间勾稽关系：公开05与公开06",
    ),
)
