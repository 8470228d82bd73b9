from __future__ import annotations

import pytest

from gongkai_checks.equations import (
    CHILDREN,
    EACH_CLASS,
    FUNCTION_LINES,
    INCOME_LINES,
    S01,
    S02,
    S03,
    S06,
    S09,
    Condition,
    Equation,
)
from gongkai_checks.finding import Severity
from gongkai_workbooks.disclosure import Disclosure

from .equations import made, remarks_on, the_remark


def under(condition: Condition) -> Equation:
    return made("MC601", S06["30228"], S06["301"], relation="<=", when=condition)


def never(disclosure: Disclosure) -> str:
    return "从不"


def only_in_2020(disclosure: Disclosure) -> str:
    return "" if disclosure.year == 2020 else "只用于2020年度"


def careless(disclosure: Disclosure) -> str:
    amount = disclosure.amount("09", "合计", "决算数")
    return "" if amount.fen else "没有三公经费"  # type: ignore[union-attr]


def yes(disclosure: Disclosure) -> str:
    return True  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (never, "适用条件 never 在 "),
        (never, "都不成立（从不）"),
        (careless, "适用条件 careless 在示意账“公开09缺失”上出错（AttributeError"),
        (yes, "适用条件 yes 应返回文字（适用时为空，不适用时为原因），实际返回 True"),
    ],
)
def test_a_condition_that_cannot_be_used(condition: Condition, said: str) -> None:
    remark = the_remark(under(condition), beside=())
    assert (remark.kind, remark.severity) == ("inapplicable", Severity.WARNING)
    assert said in remark.message


def test_a_condition_that_holds_somewhere_is_fine() -> None:
    assert remarks_on(under(only_in_2020), beside=()) == []


def test_a_condition_is_tried_where_it_holds() -> None:
    """Only in 2020, and impossible there."""
    nothing = made("MC601", S06["301"], S06["301"] + S06["30228"], when=only_in_2020)
    remark = the_remark(nothing, beside=())
    assert (remark.kind, remark.account) == ("contradiction", "2020年度")


@pytest.mark.parametrize(
    ("equation", "said"),
    [
        (
            made("MC901", S09[EACH_CLASS, "决算数"], S09[CHILDREN, "决算数"]),
            "MC901 在任何示意账上都没有可以核对的行、栏",
        ),
        (
            made("MC201", S02["合计", "财政拨款收入"], S02[FUNCTION_LINES, "财政拨款收入"]),
            "MC201 的“公开02 各功能科目合计·财政拨款收入”从不起作用：公开02没有可选的行",
        ),
        (
            made("MC301", S03["合计", "本年支出合计"], S03[INCOME_LINES, "本年支出合计"], relation="<="),
            "MC301 的“公开03 各项收入合计·本年支出合计”从不起作用：公开03没有可选的行",
        ),
        (
            made("MC902", S09[EACH_CLASS, "决算数"], S06[EACH_CLASS, "决算数"], relation="<="),
            "MC902 的“公开09 每一类·决算数”从不起作用：公开09没有可选的行",
        ),
        (made("MC101", S01["本年收入合计"], S01["本年收入合计"]), "MC101 两边相同，总是成立"),
    ],
)
def test_what_never_makes_a_relation(equation: Equation, said: str) -> None:
    remark = the_remark(equation, beside=())
    assert (remark.kind, remark.severity, remark.message) == ("inapplicable", Severity.WARNING, said)
