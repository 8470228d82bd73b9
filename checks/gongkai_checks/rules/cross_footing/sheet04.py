"""公开04 财政拨款收入支出决算总表: down the columns, across the funds, and each fund by itself."""

from __future__ import annotations

from gongkai_checks.equations import COLUMN, EACH, FUNCTION_LINES, INCOME_LINES, S04, CrossFoot, Equation

BASIS = "部门决算公开表式：公开04财政拨款收入支出决算总表的行次、栏次关系"
FUNDS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
FUND_NAMES = ("general-public-budget", "government-fund", "state-capital-operations")


def _fund_balance(position: int, fund: str, name: str) -> Equation:
    return CrossFoot(
        f"CO4{position:02}",
        f"{name}-does-not-balance",
        f"公开04{fund}的收入、支出与结转不平",
        left=S04["年末财政拨款结转和结余", fund],
        right=S04["年初" + fund] + S04[fund] - S04["本年支出合计", fund],
        claim="与年初结转加本年收入减本年支出不符",
        basis=BASIS,
    )


EQUATIONS = (
    CrossFoot(
        "XF401",
        "fiscal-income-total-differs",
        "公开04本年收入合计与三类财政拨款之和不符",
        left=S04["本年收入合计"],
        right=S04[INCOME_LINES],
        claim="与三类财政拨款收入之和不符",
        basis=BASIS,
    ),
    CrossFoot(
        "XF402",
        "subtotal-of-a-line-differs-from-its-funds",
        "公开04某行的小计与三类财政拨款之和不符",
        left=S04[EACH, "小计"],
        right=S04[EACH, FUNDS[0]] + S04[EACH, FUNDS[1]] + S04[EACH, FUNDS[2]],
        claim="与本行三类财政拨款之和不符",
        basis=BASIS,
    ),
    CrossFoot(
        "XF403",
        "fiscal-expenditure-total-differs-from-its-functions",
        "公开04本年支出合计与各功能科目支出之和不符",
        left=S04["本年支出合计", COLUMN],
        right=S04[FUNCTION_LINES, COLUMN],
        claim="与各功能科目支出之和不符",
        basis=BASIS,
    ),
    CrossFoot(
        "XF404",
        "opening-carry-over-differs-from-its-funds",
        "公开04年初财政拨款结转和结余与三类财政拨款之和不符",
        left=S04["年初财政拨款结转和结余"],
        right=S04["年初" + FUNDS[0]] + S04["年初" + FUNDS[1]] + S04["年初" + FUNDS[2]],
        claim="与三类财政拨款的年初结转和结余之和不符",
        basis=BASIS,
    ),
    CrossFoot(
        "XF405",
        "grand-total-of-fiscal-income-differs",
        "公开04收入总计与本年收入、年初结转之和不符",
        left=S04["收入总计"],
        right=S04["本年收入合计"] + S04["年初财政拨款结转和结余"],
        claim="与本年收入合计、年初财政拨款结转和结余之和不符",
        basis=BASIS,
    ),
    CrossFoot(
        "XF406",
        "grand-total-of-fiscal-expenditure-differs",
        "公开04支出总计与本年支出、年末结转之和不符",
        left=S04["支出总计", COLUMN],
        right=S04["本年支出合计", COLUMN] + S04["年末财政拨款结转和结余", COLUMN],
        claim="与本年支出合计、年末财政拨款结转和结余之和不符",
        basis=BASIS,
    ),
    CrossFoot(
        "XF407",
        "fiscal-income-and-expenditure-do-not-balance",
        "公开04收入总计与支出总计不等",
        left=S04["支出总计", "小计"],
        right=S04["收入总计"],
        claim="与收入总计不等",
        basis=BASIS,
        exact=True,
        why="财政拨款收支总表两边的总计是同一个数，印出来必须完全相等，不存在尾差。",
    ),
    *(
        _fund_balance(position, fund, name)
        for position, (fund, name) in enumerate(zip(FUNDS, FUND_NAMES, strict=True), 1)
    ),
)
