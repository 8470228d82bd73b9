"""What the schematic accounts print: small true accounts, from which every amount of the nine tables is summed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai_checks.bindings import CLASS_DIGITS, SECTION_DIGITS
from gongkai_checks.conditions import OTHER_INCOME
from gongkai_checks.equations import Expression, Term
from gongkai_checks.ledger import TOTAL
from gongkai_checks.rules.tie_outs.sheet06 import COUNTERPARTS, THREE_PUBLIC

from .code_set import CodeSet

GENERAL, GOVERNMENT, CAPITAL = "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"
FUND_TABLES = {"05": GENERAL, "07": GOVERNMENT, "08": CAPITAL}
AMOUNT = "决算数"
CAR = "公务用车购置及运行维护费"
CAR_LINES = ("公务用车购置费", "公务用车运行维护费")
PERSONNEL = ("301", "303")
OPERATING = ("302", "307", "309", "310", "311", "312", "313", "399")

Amounts = Mapping[tuple[str, str, str], int]
"""Amounts by table, item key and column label; what is not there is zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What kinds of money a department has."""

    funds: bool = True
    """政府性基金 and 国有资本经营, beside 一般公共预算."""
    other: bool = True
    """Money that is no 财政拨款."""
    carry_over: bool = True
    """Balances at the beginning and at the end of the year."""
    three_public: bool = True
    """三公 expenses."""


def amounts(codes: CodeSet, money: Money) -> Amounts:
    """Amounts in 万元 that tie out exactly; every kind of money that there is has some in every 项."""
    found: Counter[tuple[str, str, str]] = Counter()
    for position, code in enumerate(codes.items):
        _add_item(found, code, position, money)
    _add_three_public(found, money)
    _add_economic(found, codes, money)
    return {key: amount for key, amount in found.items() if amount}


def _add_item(found: Counter[tuple[str, str, str]], code: str, position: int, money: Money) -> None:
    """All money of one 项. The amounts differ from 项 to 项, so that none equals another by accident."""
    levels = (TOTAL, code[:CLASS_DIGITS], code[:SECTION_DIGITS], code)
    income: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    opening = closing = 0
    for table, fund in FUND_TABLES.items():
        if fund != GENERAL and not money.funds:
            continue
        flow = _flow(int(table) * 100 + position, money)
        for level in levels:
            for column, amount in flow.items():
                found[table, level, column] += amount
        _add_fiscal_statement(found, fund, code, flow)
        income["财政拨款收入"] += flow["本年收入"]
        spent.update({column: flow[column] for column in ("基本支出", "项目支出")})
        opening += flow["年初结转和结余"]
        closing += flow["年末结转和结余"]
    statement: Counter[str] = Counter()
    if money.other:
        other = 10 + position
        income.update(dict.fromkeys(OTHER_INCOME, other + 6))
        spent.update(
            dict.fromkeys(("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"), other + 4)
        )
        # 5 × 6 in, 5 × 4 out; of the 10 that are left, 3 more come from balances and all 13 are distributed or kept.
        if money.carry_over:
            statement.update({"使用非财政拨款结余": 1, "结余分配": 7})
            opening, closing = opening + 2, closing + 6
        else:
            spent["项目支出"] += 10
    for level in levels:
        for table, total, row in (("02", "本年收入合计", income), ("03", "本年支出合计", spent)):
            found[table, level, total] += sum(row.values())
            for column, amount in row.items():
                found[table, level, column] += amount
        found["02", level, "其中：教育收费"] += income["事业收入"] // 2
    statement.update({item: income[item] for item in OTHER_INCOME})
    statement.update({"年初结转和结余": opening, "年末结转和结余": closing, code[:CLASS_DIGITS]: sum(spent.values())})
    statement.update({"本年收入合计": sum(income.values()), "本年支出合计": sum(spent.values())})
    statement["收入总计"] = sum(income.values()) + statement["使用非财政拨款结余"] + opening
    statement["支出总计"] = sum(spent.values()) + statement["结余分配"] + closing
    for line, amount in statement.items():
        found["01", line, AMOUNT] += amount


def _flow(size: int, money: Money) -> dict[str, int]:
    """The money of one fund for one 项."""
    opening, closing = (size // 10, size // 5) if money.carry_over else (0, 0)
    basic, project = size, 2 * size
    return {
        "年初结转和结余": opening,
        "本年收入": basic + project + closing - opening,
        "小计": basic + project,
        "基本支出": basic,
        "项目支出": project,
        "年末结转和结余": closing,
    }


def _add_fiscal_statement(found: Counter[tuple[str, str, str]], fund: str, code: str, flow: Mapping[str, int]) -> None:
    opening, income, spent, closing = (flow[key] for key in ("年初结转和结余", "本年收入", "小计", "年末结转和结余"))
    found["01", f"{fund}收入", AMOUNT] += income
    for line, amount in {
        fund: income,
        "本年收入合计": income,
        "年初财政拨款结转和结余": opening,
        f"年初{fund}": opening,
        "收入总计": income + opening,
    }.items():
        found["04", line, AMOUNT] += amount
    for line, amount in {
        code[:CLASS_DIGITS]: spent,
        "本年支出合计": spent,
        "年末财政拨款结转和结余": closing,
        f"年末{fund}": closing,
        "支出总计": spent + closing,
    }.items():
        for column in ("小计", fund):
            found["04", line, column] += amount


def _add_three_public(found: Counter[tuple[str, str, str]], money: Money) -> None:
    if not money.three_public:
        return
    for position, (_, _, line) in enumerate(THREE_PUBLIC):
        for column, amount in (("预算数", 30 + position), (AMOUNT, 20 + position)):
            for printed in (line, TOTAL, *((CAR,) if line in CAR_LINES else ())):
                found["09", printed, column] += amount
    for line in ("国内接待费", "国（境）外接待费", "会议费", "培训费"):
        for column in ("预算数", AMOUNT):
            found["09", line, column] += 5


def _add_economic(found: Counter[tuple[str, str, str]], codes: CodeSet, money: Money) -> None:
    """Table 06: what repeats 05 or is a part of 09, one 万元 of everything else, and the rest as wages."""
    parts = {code: 1 for code in codes.economic if len(code) == SECTION_DIGITS and _group(code)}
    for code, _, right, _ in COUNTERPARTS:
        parts[code] = sum(found[term.table, str(term.item), str(term.column)] for term in _terms(right))
    for code, _, _ in THREE_PUBLIC:
        parts[code] = int(money.three_public)
    rest = found["05", TOTAL, "基本支出"] - sum(parts.values())
    wages = next(code for code in codes.economic if len(code) == SECTION_DIGITS)
    parts[wages] += rest
    for code, amount in parts.items():
        for line in (code, code[:CLASS_DIGITS], _group(code)):
            found["06", line, AMOUNT] += amount


def _group(code: str) -> str:
    """The total of table 06 that a code belongs to; "" for one of neither."""
    if code.startswith(PERSONNEL):
        return "人员经费合计"
    return "公用经费合计" if code.startswith(OPERATING) else ""


def _terms(right: Term | Expression) -> tuple[Term, ...]:
    return right.terms if isinstance(right, Expression) else (right,)
