"""公开01 收入支出决算总表, down the columns."""

from __future__ import annotations

from gongkai_checks.equations import FUNCTION_LINES, INCOME_LINES, S01, CrossFoot

BASIS = "部门决算公开表式：公开01收入支出决算总表的行次关系"

EQUATIONS = (
    CrossFoot(
        "XF101",
        "income-total-differs-from-its-sources",
        "公开01本年收入合计与各项收入之和不符",
        left=S01["本年收入合计"],
        right=S01[INCOME_LINES],
        claim="与各项收入之和不符",
        basis=BASIS,
    ),
    CrossFoot(
        "XF102",
        "expenditure-total-differs-from-its-functions",
        "公开01本年支出合计与各功能科目支出之和不符",
        left=S01["本年支出合计"],
        right=S01[FUNCTION_LINES],
        claim="与各功能科目支出之和不符",
        basis=BASIS,
    ),
    CrossFoot(
        "XF103",
        "grand-total-of-income-differs",
        "公开01收入总计与本年收入、使用结余、年初结转之和不符",
        left=S01["收入总计"],
        right=S01["本年收入合计"] + S01["使用非财政拨款结余"] + S01["年初结转和结余"],
        claim="与本年收入合计、使用非财政拨款结余、年初结转和结余之和不符",
        basis=BASIS,
    ),
    CrossFoot(
        "XF104",
        "grand-total-of-expenditure-differs",
        "公开01支出总计与本年支出、结余分配、年末结转之和不符",
        left=S01["支出总计"],
        right=S01["本年支出合计"] + S01["结余分配"] + S01["年末结转和结余"],
        claim="与本年支出合计、结余分配、年末结转和结余之和不符",
        basis=BASIS,
    ),
    CrossFoot(
        "XF105",
        "income-and-expenditure-do-not-balance",
        "公开01收入总计与支出总计不等",
        left=S01["支出总计"],
        right=S01["收入总计"],
        claim="与收入总计不等",
        basis=BASIS,
        exact=True,
        why="收支总表两边的总计是同一个数，印出来必须完全相等，不存在尾差。",
    ),
)
