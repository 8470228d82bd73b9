"""公开02 against 03 and 04."""

from __future__ import annotations

from gongkai_checks.conditions import CARRIED_OVER, no_carry_over
from gongkai_checks.equations import EACH_LEAF, S02, S03, S04, TieOut
from gongkai_checks.finding import Severity

EQUATIONS = (
    TieOut(
        "TO201",
        "fiscal-income-differs-from-sheet-04",
        "公开02财政拨款收入与公开04本年收入合计不一致",
        left=S02["合计", "财政拨款收入"],
        right=S04["本年收入合计"],
        claim="与公开04本年收入合计不一致",
        basis="部门决算公开表间勾稽关系：公开02与公开04",
    ),
    TieOut(
        "TO202",
        "income-of-an-item-differs-from-its-expenditure",
        "没有结转结余的单位，某科目的收入与支出不等",
        left=S02[EACH_LEAF, "本年收入合计"],
        right=S03[EACH_LEAF, "本年支出合计"],
        severity=Severity.INFO,
        when=no_carry_over,
        slack=CARRIED_OVER,
        claim="与公开03同一科目的支出不等，而单位没有结转结余",
        basis="部门决算公开表间勾稽关系：公开02与公开03（有结转结余时允许不等）",
        why="没有年初、年末结转和结余分配时，各科目的收入应当全部支出。",
    ),
)
