"""公开01 against 02, 03 and 04."""

from __future__ import annotations

from gongkai_checks.conditions import OTHER_MONEY, balance_incomplete, only_fiscal_money
from gongkai_checks.equations import EACH_CLASS, S01, S02, S03, S04, Equation, TieOut
from gongkai_checks.finding import Severity

BASIS = "部门决算公开表间勾稽关系：公开01与公开02、公开03、公开04"
FUND_INCOME = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
FUND_NAMES = ("general-public-budget", "government-fund", "state-capital")
OTHER_INCOME = (
    ("上级补助收入", "superior-subsidy-income"),
    ("事业收入", "business-income"),
    ("经营收入", "operating-income"),
    ("附属单位上缴收入", "subordinate-remittance-income"),
    ("其他收入", "other-income"),
)


def _other_income(position: int, item: str, name: str) -> Equation:
    return TieOut(
        f"TO1{position:02}",
        f"{name}-differs-from-sheet-02",
        f"公开01{item}与公开02合计行不一致",
        left=S01[item],
        right=S02["合计", item],
        claim="与公开02合计行不一致",
        basis=BASIS,
    )


def _fund_income(position: int, fund: str, name: str) -> Equation:
    return TieOut(
        f"TO1{position:02}",
        f"{name}-income-differs-from-sheet-04",
        f"公开01{fund}收入与公开04不一致",
        left=S01[fund + "收入"],
        right=S04[fund],
        claim="与公开04同一项收入不一致",
        basis=BASIS,
    )


EQUATIONS = (
    TieOut(
        "TO101",
        "income-total-differs-from-sheet-02",
        "公开01本年收入合计与公开02不一致",
        left=S01["本年收入合计"],
        right=S02["合计", "本年收入合计"],
        claim="与公开02合计行不一致",
        basis=BASIS,
    ),
    TieOut(
        "TO102",
        "fiscal-income-differs-from-sheet-02",
        "公开01三类财政拨款收入之和与公开02财政拨款收入不一致",
        left=S02["合计", "财政拨款收入"],
        right=S01[FUND_INCOME[0] + "收入"] + S01[FUND_INCOME[1] + "收入"] + S01[FUND_INCOME[2] + "收入"],
        claim="与公开01三类财政拨款收入之和不一致",
        basis=BASIS,
    ),
    *(_other_income(position, item, name) for position, (item, name) in enumerate(OTHER_INCOME, 3)),
    TieOut(
        "TO108",
        "expenditure-total-differs-from-sheet-03",
        "公开01本年支出合计与公开03不一致",
        left=S01["本年支出合计"],
        right=S03["合计", "本年支出合计"],
        claim="与公开03合计行不一致",
        basis=BASIS,
    ),
    TieOut(
        "TO109",
        "function-line-differs-from-sheet-03",
        "公开01功能科目支出与公开03同一类不一致",
        left=S01[EACH_CLASS, "决算数"],
        right=S03[EACH_CLASS, "本年支出合计"],
        claim="与公开03同一类科目不一致",
        basis=BASIS,
    ),
    *(
        _fund_income(position, fund, name)
        for position, (fund, name) in enumerate(zip(FUND_INCOME, FUND_NAMES, strict=True), 10)
    ),
    TieOut(
        "TO113",
        "fiscal-function-line-exceeds-sheet-01",
        "公开04某功能科目的财政拨款支出大于公开01同一科目",
        left=S04[EACH_CLASS, "小计"],
        right=S01[EACH_CLASS, "决算数"],
        relation="<=",
        claim="大于公开01同一科目的全部支出",
        basis=BASIS,
    ),
    TieOut(
        "TO114",
        "fiscal-function-line-below-sheet-01",
        "只有财政拨款的单位，公开04功能科目支出与公开01不等",
        left=S04[EACH_CLASS, "小计"],
        right=S01[EACH_CLASS, "决算数"],
        severity=Severity.WARNING,
        when=only_fiscal_money,
        slack=OTHER_MONEY,
        claim="与公开01同一科目不等，而单位没有其他资金",
        basis=BASIS,
    ),
    TieOut(
        "TO115",
        "fiscal-opening-carry-over-exceeds-sheet-01",
        "公开04年初财政拨款结转大于公开01年初结转和结余",
        left=S04["年初财政拨款结转和结余"],
        right=S01["年初结转和结余"],
        relation="<=",
        severity=Severity.WARNING,
        claim="大于公开01的全部年初结转和结余",
        basis=BASIS,
        why="财政拨款的结转结余是全部结转结余的一部分；只有非财政资金为负数时才会更大，应予说明。",
    ),
    TieOut(
        "TO116",
        "fiscal-closing-carry-over-exceeds-sheet-01",
        "公开04年末财政拨款结转大于公开01年末结转和结余",
        left=S04["年末财政拨款结转和结余", "小计"],
        right=S01["年末结转和结余"],
        relation="<=",
        severity=Severity.WARNING,
        claim="大于公开01的全部年末结转和结余",
        basis=BASIS,
        why="财政拨款的结转结余是全部结转结余的一部分；只有非财政资金为负数时才会更大，应予说明。",
    ),
    TieOut(
        "CO101",
        "carry-over-does-not-follow",
        "公开01年末结转和结余与年初、收入、支出、分配不平",
        left=S01["年末结转和结余"],
        right=S01["年初结转和结余"]
        + S01["本年收入合计"]
        + S01["使用非财政拨款结余"]
        - S01["本年支出合计"]
        - S01["结余分配"],
        when=balance_incomplete,
        claim="与年初结转加收入减支出、分配的结果不符",
        basis=BASIS,
        why="两边总计相等的必然结果；总计两行都在时不再重复核对。",
    ),
)
