"""The true amounts of the nine tables, summed from the accounts, in 分."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from .accounts import OTHER_INCOME, Accounts, ItemAccount
from .codes import THREE_PUBLIC
from .shape import Fund

TableAmounts = Mapping[tuple[str, str], int]

_CAR = "公务用车购置及运行维护费"
_CAR_LINES = ("公务用车购置费", "公务用车运行维护费")


def true_amounts(accounts: Accounts) -> dict[str, TableAmounts]:
    """Amounts by table, item key and column label; an amount that is not there is 0. Columns are those of all forms together."""
    tables: dict[str, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for item in accounts.items:
        _add_item(tables, item)
    _add_economic(tables["06"], accounts)
    _add_three_public(tables["09"], accounts)
    return {number: {key: fen for key, fen in table.items() if fen} for number, table in tables.items()}


def _add_item(tables: dict[str, dict[tuple[str, str], int]], item: ItemAccount) -> None:
    levels = ("合计", item.code[:3], item.code[:5], item.code)
    rows = {
        "02": _income(item),
        "03": _expenditure(item),
        "05": _fund_expenditure(item, Fund.GENERAL),
        "07": _fund_flow(item, Fund.GOVERNMENT),
        "08": _fund_flow(item, Fund.CAPITAL),
    }
    for number, row in rows.items():
        for level in levels:
            for column, fen in row.items():
                tables[number][level, column] += fen
    _add_statement(tables["01"], item)
    _add_fiscal_statement(tables["04"], item)


def _income(item: ItemAccount) -> dict[str, int]:
    fiscal = sum(flow.income for flow in item.flows.values())
    return {
        "本年收入合计": fiscal + sum(item.other.incomes),
        "财政拨款收入": fiscal,
        **dict(zip(OTHER_INCOME, item.other.incomes, strict=True)),
    }


def _expenditure(item: ItemAccount) -> dict[str, int]:
    row = {
        "基本支出": sum(flow.basic for flow in item.flows.values()) + item.other.basic,
        "项目支出": sum(flow.project for flow in item.flows.values()) + item.other.project,
        "上缴上级支出": item.other.remitted,
        "经营支出": item.other.operating,
        "对附属单位补助支出": item.other.subsidies,
    }
    return {"本年支出合计": sum(row.values()), **row}


def _fund_expenditure(item: ItemAccount, fund: Fund) -> dict[str, int]:
    flow = item.flow(fund)
    return {"小计": flow.basic + flow.project, "基本支出": flow.basic, "项目支出": flow.project}


def _fund_flow(item: ItemAccount, fund: Fund) -> dict[str, int]:
    flow = item.flow(fund)
    return {
        "年初结转和结余": flow.opening,
        "本年收入": flow.income,
        **_fund_expenditure(item, fund),
        "年末结转和结余": flow.closing,
    }


def _add_statement(table: dict[tuple[str, str], int], item: ItemAccount) -> None:
    other = item.other
    income = _income(item)["本年收入合计"]
    spent = _expenditure(item)["本年支出合计"]
    opening = sum(flow.opening for flow in item.flows.values()) + other.opening
    closing = sum(flow.closing for flow in item.flows.values()) + other.closing
    row = {
        **{f"{fund}收入": item.flow(fund).income for fund in Fund},
        **dict(zip(OTHER_INCOME, other.incomes, strict=True)),
        "本年收入合计": income,
        "使用非财政拨款结余": other.balance_used,
        "年初结转和结余": opening,
        "收入总计": income + other.balance_used + opening,
        item.code[:3]: spent,
        "本年支出合计": spent,
        "结余分配": other.distributed,
        "年末结转和结余": closing,
        "支出总计": spent + other.distributed + closing,
    }
    for line, fen in row.items():
        table[line, "决算数"] += fen


def _add_fiscal_statement(table: dict[tuple[str, str], int], item: ItemAccount) -> None:
    for fund, flow in item.flows.items():
        spent = flow.basic + flow.project
        for line, fen in {
            str(fund): flow.income,
            "本年收入合计": flow.income,
            "年初财政拨款结转和结余": flow.opening,
            f"年初{fund}": flow.opening,
            "收入总计": flow.opening + flow.income,
        }.items():
            table[line, "决算数"] += fen
        for column in ("小计", str(fund)):
            for line, fen in {
                item.code[:3]: spent,
                "本年支出合计": spent,
                "年末财政拨款结转和结余": flow.closing,
                "支出总计": spent + flow.closing,
            }.items():
                table[line, column] += fen


def _add_economic(table: dict[tuple[str, str], int], accounts: Accounts) -> None:
    for code, fen in accounts.economic.items():
        group = "人员经费合计" if code.startswith(("301", "303")) else "公用经费合计"
        for line in (code, code[:3], group):
            table[line, "决算数"] += fen


def _add_three_public(table: dict[tuple[str, str], int], accounts: Accounts) -> None:
    for column in ("预算数", "决算数"):
        for line in THREE_PUBLIC:
            fen = accounts.three_public.get((line, column), 0)
            for printed in (line, "合计", *((_CAR,) if line in _CAR_LINES else ())):
                table[printed, column] += fen
