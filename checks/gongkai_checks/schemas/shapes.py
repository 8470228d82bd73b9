"""The shape of each of the nine tables: columns and lines that it must have, its codes, and what may be negative.

Only what every known form of a table has is required: 07 without 年初结转和结余 and 08 with it are both in use.
"""

from __future__ import annotations

from dataclasses import dataclass

FUNCTIONAL = "^2[0-9]{2}([0-9]{2}([0-9]{2})?)?$"
"""支出功能分类: class, section or item."""
ECONOMIC = "^3[0-9]{2}([0-9]{2})?$"
"""部门预算支出经济分类: class or section."""

CODE_WORDS = {FUNCTIONAL: "以2开头的3、5或7位数字", ECONOMIC: "以3开头的3或5位数字"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One table: required columns and lines by canonical label, and the pattern of its codes ("" where it has none)."""

    number: str
    word: str
    """The table in the names of its rules."""
    columns: tuple[str, ...]
    lines: tuple[str, ...] = ()
    code: str = ""


SHAPES = {
    shape.number: shape
    for shape in (
        Shape(
            number="01",
            word="summary",
            columns=("决算数",),
            lines=("本年收入合计", "收入总计", "本年支出合计", "支出总计"),
        ),
        Shape(
            number="02",
            word="income",
            columns=(
                "本年收入合计",
                "财政拨款收入",
                "上级补助收入",
                "事业收入",
                "经营收入",
                "附属单位上缴收入",
                "其他收入",
            ),
            lines=("合计",),
            code=FUNCTIONAL,
        ),
        Shape(
            number="03",
            word="expenditure",
            columns=("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"),
            lines=("合计",),
            code=FUNCTIONAL,
        ),
        Shape(
            number="04",
            word="fiscal-summary",
            columns=("决算数", "小计", "一般公共预算财政拨款", "政府性基金预算财政拨款"),
            lines=("本年收入合计", "收入总计", "本年支出合计", "支出总计"),
        ),
        Shape(
            number="05",
            word="general-budget",
            columns=("小计", "基本支出", "项目支出"),
            lines=("合计",),
            code=FUNCTIONAL,
        ),
        Shape(
            number="06",
            word="basic-expenditure",
            columns=("决算数",),
            lines=("人员经费合计", "公用经费合计"),
            code=ECONOMIC,
        ),
        Shape(number="07", word="government-fund", columns=("小计", "基本支出", "项目支出"), code=FUNCTIONAL),
        Shape(number="08", word="state-capital", columns=("小计", "基本支出", "项目支出"), code=FUNCTIONAL),
        Shape(number="09", word="three-public", columns=("预算数", "决算数"), lines=("合计",)),
    )
}

MAY_BE_NEGATIVE = frozenset(
    {
        "年初结转和结余",
        "年末结转和结余",
        "年初财政拨款结转和结余",
        "年末财政拨款结转和结余",
        "年初一般公共预算财政拨款",
        "年初政府性基金预算财政拨款",
        "年初国有资本经营预算财政拨款",
        "结余分配",
        "其他收入",
    }
)
"""Lines and columns whose amounts can be negative: carry-overs, 结余分配, 其他收入."""
