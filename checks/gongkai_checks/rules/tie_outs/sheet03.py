"""公开03 against the three funds (05, 07, 08) and against 04."""

from __future__ import annotations

from gongkai_checks.conditions import OTHER_MONEY, only_fiscal_money
from gongkai_checks.equations import EACH_CODE, S01, S03, S04, S05, S07, S08, TieOut
from gongkai_checks.finding import Severity

BASIS = "部门决算公开表间勾稽关系：公开03与公开05、公开07、公开08"

EQUATIONS = (
    TieOut(
        "TO301",
        "funds-of-an-item-exceed-its-expenditure",
        "某科目的三类财政拨款支出之和大于公开03",
        left=S05[EACH_CODE, "小计"] + S07[EACH_CODE, "小计"] + S08[EACH_CODE, "小计"],
        right=S03[EACH_CODE, "本年支出合计"],
        relation="<=",
        claim="大于公开03同一科目的全部支出",
        basis=BASIS,
    ),
    TieOut(
        "TO302",
        "funds-of-an-item-below-its-expenditure",
        "只有财政拨款的单位，某科目的三类财政拨款支出之和与公开03不等",
        left=S05[EACH_CODE, "小计"] + S07[EACH_CODE, "小计"] + S08[EACH_CODE, "小计"],
        right=S03[EACH_CODE, "本年支出合计"],
        severity=Severity.WARNING,
        when=only_fiscal_money,
        slack=OTHER_MONEY,
        claim="与公开03同一科目不等，而单位没有其他资金",
        basis=BASIS,
    ),
    TieOut(
        "CO301",
        "non-fiscal-money-does-not-follow",
        "非财政拨款的收入、支出与结转不平",
        left=S01["年末结转和结余"] - S04["年末财政拨款结转和结余", "小计"] + S01["结余分配"],
        right=S01["年初结转和结余"]
        - S04["年初财政拨款结转和结余"]
        + S01["上级补助收入"]
        + S01["事业收入"]
        + S01["经营收入"]
        + S01["附属单位上缴收入"]
        + S01["其他收入"]
        + S01["使用非财政拨款结余"]
        - S03["合计", "本年支出合计"]
        + S04["本年支出合计", "小计"],
        severity=Severity.INFO,
        claim="与非财政拨款的年初结转加收入减支出不符",
        basis="部门决算公开表间勾稽关系：公开01、公开03与公开04之差为非财政拨款",
        why="全部资金减去财政拨款就是非财政拨款，它的年初、收入、支出、年末也应当对得上。",
    ),
)
