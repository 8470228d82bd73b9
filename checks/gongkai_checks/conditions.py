"""When an equation applies: each condition returns "" if so, else the reason in Chinese why not."""

from __future__ import annotations

from gongkai_workbooks.disclosure import Disclosure, TableStatus

from .equations import S01, S04, Term

OTHER_INCOME = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
CARRY_OVER = ("使用非财政拨款结余", "年初结转和结余", "结余分配", "年末结转和结余")
RETIREMENT = ("2080501", "2080502")
FUNDS = ("政府性基金预算财政拨款", "国有资本经营预算财政拨款")

# What the conditions below find to be zero. Printed as 0.00 in 万元, each may still hide up to 50 元.
OTHER_MONEY: tuple[Term, ...] = (
    *(S01[item] for item in OTHER_INCOME),
    S01["使用非财政拨款结余"],
    S01["年初结转和结余"],
    S04["年初财政拨款结转和结余"],
)
OTHER_FUNDS: tuple[Term, ...] = (
    *(S04[fund] for fund in FUNDS),
    *(S04["年初" + fund] for fund in FUNDS),
    *(S04["本年支出合计", fund] for fund in FUNDS),
)
CARRIED_OVER: tuple[Term, ...] = tuple(S01[item] for item in CARRY_OVER)


def _fen(disclosure: Disclosure, table: str, item: str, column: str = "决算数") -> int:
    return disclosure.tables[table].amounts.fen(item, column) or 0


def only_fiscal_money(disclosure: Disclosure) -> str:
    """The unit has no other money than fiscal appropriations: no other income, no other carry-over."""
    if any(_fen(disclosure, "01", item) for item in OTHER_INCOME):
        return "单位有财政拨款以外的收入"
    if _fen(disclosure, "01", "使用非财政拨款结余"):
        return "单位使用了非财政拨款结余"
    if _fen(disclosure, "01", "年初结转和结余") != _fen(disclosure, "04", "年初财政拨款结转和结余"):
        return "单位有非财政拨款的年初结转和结余"
    return ""


def only_general_budget(disclosure: Disclosure) -> str:
    """All money is general public budget appropriations."""
    reason = only_fiscal_money(disclosure)
    if reason:
        return reason
    for fund in FUNDS:
        if (
            _fen(disclosure, "04", fund)
            or _fen(disclosure, "04", "年初" + fund)
            or _fen(disclosure, "04", "本年支出合计", fund)
        ):
            return f"单位有{fund}"
    return ""


def no_carry_over(disclosure: Disclosure) -> str:
    """Nothing is carried over or distributed: this year's income is this year's expenditure."""
    if any(_fen(disclosure, "01", item) for item in CARRY_OVER):
        return "单位有结转结余，收入与支出允许不等"
    return ""


def three_public_disclosed(disclosure: Disclosure) -> str:
    """Table 09 has figures."""
    return "" if disclosure.tables["09"].status is TableStatus.CHECKED else "公开09为空表"


def three_public_empty(disclosure: Disclosure) -> str:
    """Table 09 is there and is empty."""
    return "" if disclosure.tables["09"].status is TableStatus.EMPTY else "公开09有数据"


def retirement_in_sheet05(disclosure: Disclosure) -> str:
    """Table 05 pays retired staff under the items made for it, so that table 06 can be held against them."""
    sheet05 = disclosure.tables["05"]
    paid = any((item, "基本支出") in sheet05.faults or _fen(disclosure, "05", item, "基本支出") for item in RETIREMENT)
    return "" if paid else "公开05没有 2080501、2080502 的基本支出"


def balance_incomplete(disclosure: Disclosure) -> str:
    """A total of 01 cannot be read, so that the carry-over identity says something the totals do not say already."""
    complete = all(disclosure.amount("01", item, "决算数") for item in ("收入总计", "支出总计"))
    return "已由公开01的收入总计、支出总计核对" if complete else ""
