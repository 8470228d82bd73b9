"""Relations that nobody prints but that follow from the accounts, or nearly always hold: they exclude nothing, and tell explanations apart.

What is spent on an item was received for it, this year or before; what is not general budget is another fund or other money. The amounts carried over
item by item are not disclosed: only that none of them is negative, and what they add up to.
"""

from __future__ import annotations

from gongkai_checks.conditions import OTHER_INCOME, three_public_disclosed
from gongkai_checks.equations import (
    EACH,
    S01,
    S02,
    S03,
    S04,
    S05,
    S06,
    S07,
    S08,
    S09,
    Equation,
    Expression,
    Term,
    TieOut,
)
from gongkai_checks.finding import Severity

BASIS = "收入、支出与结转结余的平衡关系"


def _implied(number: int, name: str, title: str, left: Term | Expression, right: Term | Expression) -> Equation:
    return TieOut(
        f"IM{number:03}",
        name,
        title,
        left=left,
        right=right,
        relation="<=",
        severity=Severity.INFO,
        claim="超出可用的资金",
        basis=BASIS,
    )


_FUNDS = S05[EACH, "小计"] + S07[EACH, "小计"] + S08[EACH, "小计"]
_BEFORE = S01["年初结转和结余"] + S01["使用非财政拨款结余"]
_OTHER = (
    S01[OTHER_INCOME[0]] + S01[OTHER_INCOME[1]] + S01[OTHER_INCOME[2]] + S01[OTHER_INCOME[3]] + S01[OTHER_INCOME[4]]
)

_THREE_PUBLIC = {
    "因公出国（境）费": "30212",
    "公务接待费": "30217",
    "公务用车运行维护费": "30231",
    "公务用车购置费": "31013",
}

ABOUT_09: tuple[Equation, ...] = (
    *(
        _implied(
            10 + position,
            "outturn-exceeds-budget",
            f"公开09{item}决算数大于预算数",
            S09[item, "决算数"],
            S09[item, "预算数"],
        )
        for position, item in enumerate((*_THREE_PUBLIC, "公务用车购置及运行维护费", "合计"))
    ),
    *(
        TieOut(
            f"IM{20 + position:03}",
            "three-public-expenses-not-all-basic",
            f"公开06 {code} 与公开09{item}决算数不等",
            left=S06[code],
            right=S09[item],
            severity=Severity.INFO,
            when=three_public_disclosed,
            claim=f"与公开09{item}决算数不等",
            basis="多数单位的三公经费全部列在一般公共预算的基本支出",
        )
        for position, (item, code) in enumerate(_THREE_PUBLIC.items())
    ),
)
"""What a figure of 09 is usually held against; nothing else speaks for most of them."""

EQUATIONS = (
    *ABOUT_09,
    _implied(
        1,
        "item-spends-more-than-it-has",
        "某科目的支出大于收入与年初结转之和",
        S03[EACH, "本年支出合计"],
        S02[EACH, "本年收入合计"] + _BEFORE,
    ),
    _implied(
        2,
        "item-receives-more-than-it-leaves",
        "某科目的收入大于支出与年末结转之和",
        S02[EACH, "本年收入合计"],
        S03[EACH, "本年支出合计"] + S01["年末结转和结余"] + S01["结余分配"],
    ),
    _implied(
        3,
        "item-spends-more-than-all-funds",
        "某科目的支出大于三类财政拨款与其他资金之和",
        S03[EACH, "本年支出合计"],
        _FUNDS + _OTHER + _BEFORE,
    ),
    _implied(
        4,
        "item-spends-more-appropriations-than-it-has",
        "某科目的财政拨款支出大于财政拨款收入与年初结转之和",
        _FUNDS,
        S02[EACH, "财政拨款收入"] + S04["年初财政拨款结转和结余"],
    ),
)
"""Evaluated for diagnosis only."""
