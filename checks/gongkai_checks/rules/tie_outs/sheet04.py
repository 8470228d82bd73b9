"""公开04 against the three fund tables 05, 07 and 08."""

from __future__ import annotations

from gongkai_checks.equations import EACH_CLASS, S04, S05, S07, S08, Equation, Sheet, TieOut

GENERAL, FUND, CAPITAL = "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"


def _expenditure(first: int, fund: str, sheet: Sheet, name: str) -> tuple[Equation, Equation]:
    number = sheet.number
    basis = f"部门决算公开表间勾稽关系：公开04与公开{number}"
    return (
        TieOut(
            f"TO4{first:02}",
            f"{name}-expenditure-differs-from-sheet-{number}",
            f"公开04{fund}支出合计与公开{number}不一致",
            left=S04["本年支出合计", fund],
            right=sheet["合计", "小计"],
            claim=f"与公开{number}合计行不一致",
            basis=basis,
        ),
        TieOut(
            f"TO4{first + 1:02}",
            f"{name}-function-line-differs-from-sheet-{number}",
            f"公开04功能科目的{fund}支出与公开{number}同一类不一致",
            left=S04[EACH_CLASS, fund],
            right=sheet[EACH_CLASS, "小计"],
            claim=f"与公开{number}同一类科目不一致",
            basis=basis,
        ),
    )


def _flow(first: int, fund: str, sheet: Sheet, name: str) -> tuple[Equation, ...]:
    number = sheet.number
    basis = f"部门决算公开表间勾稽关系：公开04与公开{number}"
    pairs = (
        (S04[fund], "本年收入", "income", "收入"),
        (S04["年初" + fund], "年初结转和结余", "opening-carry-over", "年初结转和结余"),
        (S04["年末财政拨款结转和结余", fund], "年末结转和结余", "closing-carry-over", "年末结转和结余"),
    )
    return tuple(
        TieOut(
            f"TO4{first + offset:02}",
            f"{name}-{what}-differs-from-sheet-{number}",
            f"公开04{fund}{label}与公开{number}不一致",
            left=left,
            right=sheet["合计", column],
            claim=f"与公开{number}合计行的{column}不一致",
            basis=basis,
        )
        for offset, (left, column, what, label) in enumerate(pairs)
    )


EQUATIONS = (
    *_expenditure(1, GENERAL, S05, "general-public-budget"),
    *_expenditure(3, FUND, S07, "government-fund"),
    *_flow(5, FUND, S07, "government-fund"),
    *_expenditure(8, CAPITAL, S08, "state-capital"),
    *_flow(10, CAPITAL, S08, "state-capital"),
)
