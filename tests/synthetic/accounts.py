"""True accounts in 分: what came in and went out for every 项, by source of money. Every sum holds exactly."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .codes import BASIC_ONLY, PAID_FROM_BASIC, THREE_PUBLIC, economic_codes, items_of
from .shape import Fund, Shape

OTHER_INCOME = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")


class Flow(NamedTuple):
    """Money of one fund for one 项: opening + income = basic + project + closing."""

    opening: int = 0
    income: int = 0
    basic: int = 0
    project: int = 0
    closing: int = 0


class OtherMoney(NamedTuple):
    """Money other than 财政拨款 for one 项.

    opening + incomes + balance_used = basic + project + remitted + operating + subsidies + distributed + closing. ``incomes`` are in
    the order of ``OTHER_INCOME``.
    """

    opening: int = 0
    incomes: tuple[int, ...] = (0, 0, 0, 0, 0)
    balance_used: int = 0
    basic: int = 0
    project: int = 0
    remitted: int = 0
    operating: int = 0
    subsidies: int = 0
    distributed: int = 0
    closing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAccount:
    """All money of one 项."""

    code: str
    flows: Mapping[Fund, Flow]
    other: OtherMoney

    def flow(self, fund: Fund) -> Flow:
        """Money of one fund; nothing when the 项 has none of it."""
        return self.flows.get(fund, Flow())


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """True accounts in 分.

    ``economic`` are the amounts of table 06 by 款 code, summing to the basic expenditure of the general budget. ``three_public`` are those of
    table 09 by line and column, sums left out.
    """

    shape: Shape
    items: tuple[ItemAccount, ...]
    economic: Mapping[str, int]
    three_public: Mapping[tuple[str, str], int]


def make_accounts(shape: Shape) -> Accounts:
    """Draw accounts of a shape. Form, amount unit and the like change how they are printed, not the accounts."""
    rng = random.Random(
        repr((shape.seed, shape.items, sorted(shape.funds), shape.other_money, shape.carry_over, shape.three_public))
    )
    items = []
    has_basic = rng.random() < 0.9
    for fund, codes in _choose_codes(shape, rng).items():
        for number, code in enumerate(codes):
            has_flow = fund in shape.funds and (number == 0 or not shape.other_money or rng.random() < 0.9)
            has_other = fund is Fund.GENERAL and shape.other_money and (not has_flow or rng.random() < 0.35)
            flow = Flow()
            if has_flow:
                flow = _first_flow(rng, fund, has_basic) if number == 0 else _flow(shape, rng, fund, code, has_basic)
            other = _other_money(shape, rng) if has_other else OtherMoney()
            items.append(ItemAccount(code=code, flows={fund: flow} if has_flow else {}, other=other))
    items.sort(key=lambda item: item.code)
    economic = _economic(shape, rng, items)
    return Accounts(
        shape=shape, items=tuple(items), economic=economic, three_public=_three_public(shape, rng, items, economic)
    )


def _choose_codes(shape: Shape, rng: random.Random) -> dict[Fund, list[str]]:
    """项 codes by the fund that they belong to. Codes of the general budget also carry other money."""
    small = [fund for fund in (Fund.GOVERNMENT, Fund.CAPITAL) if fund in shape.funds]
    has_general = Fund.GENERAL in shape.funds or shape.other_money
    share = max(1, shape.items // 6) if has_general else -(-shape.items // len(small))
    chosen: dict[Fund, list[str]] = {}
    for fund in small:
        pool = items_of(fund, published_only=False)
        chosen[fund] = rng.sample(pool, min(share, len(pool)))
    if has_general:
        count = max(1, shape.items - sum(map(len, chosen.values())))
        pool = items_of(Fund.GENERAL, published_only=True)
        if count > len(pool):
            pool = items_of(Fund.GENERAL, published_only=False)
        chosen[Fund.GENERAL] = rng.sample(pool, count)
    return chosen


def _amount(rng: random.Random) -> int:
    """A positive amount: 1 元 to 3000 万元, some of them round, some exactly between two printed amounts, some below half a printed step."""
    kind = rng.random()
    if kind < 0.03:
        return rng.randint(1, 4_999)
    amount = int(10 ** rng.uniform(2, 9.5))
    if kind < 0.10:
        return amount // 10_000 * 10_000 + 5_000
    if kind < 0.20:
        return (amount // 1_000_000 + 1) * 1_000_000
    return amount


def _cut(rng: random.Random, whole: int, parts: int) -> list[int]:
    """Random amounts, some of them 0, that sum to ``whole``."""
    cuts = sorted(rng.randint(0, whole) if rng.random() < 0.8 else 0 for _ in range(parts - 1))
    pieces = [after - before for before, after in zip([0, *cuts], [*cuts, whole], strict=True)]
    rng.shuffle(pieces)
    return pieces


def _first_flow(rng: random.Random, fund: Fund, has_basic: bool) -> Flow:
    """Money of the first 项 of a fund: enough of it that no table prints nothing but 0.00."""
    spent = _amount(rng) + 1_000_000
    if fund is Fund.GENERAL and has_basic:
        return Flow(income=spent, basic=spent)
    return Flow(income=spent, project=spent)


def _flow(shape: Shape, rng: random.Random, fund: Fund, code: str, has_basic: bool) -> Flow:
    if shape.carry_over and rng.random() < 0.05:
        income = _amount(rng)
        return Flow(income=income, closing=income)
    may_basic = fund is Fund.GENERAL and has_basic
    basic = _amount(rng) if may_basic and (code in BASIC_ONLY or rng.random() < 0.5) else 0
    project = _amount(rng) if not basic or (code not in BASIC_ONLY and rng.random() < 0.4) else 0
    if not shape.carry_over:
        return Flow(income=basic + project, basic=basic, project=project)
    opening = _amount(rng) if rng.random() < 0.3 else 0
    closing = _amount(rng) if rng.random() < 0.3 else 0
    income = basic + project + closing - opening
    if income < 0:
        income, closing = 0, closing - income
    return Flow(opening, income, basic, project, closing)


def _other_money(shape: Shape, rng: random.Random) -> OtherMoney:
    spent = _cut(rng, _amount(rng), 5)
    distributed = _amount(rng) if rng.random() < 0.2 else 0
    balance_used = _amount(rng) if rng.random() < 0.2 else 0
    opening = _amount(rng) if shape.carry_over and rng.random() < 0.3 else 0
    closing = _amount(rng) if shape.carry_over and rng.random() < 0.3 else 0
    income = sum(spent) + distributed + closing - opening - balance_used
    if income < 0:
        # More money than was needed: distributed, or kept where a carry-over is allowed.
        distributed, closing = (distributed, closing - income) if shape.carry_over else (distributed - income, closing)
        income = 0
    basic, project, remitted, operating, subsidies = spent
    return OtherMoney(
        opening=opening,
        incomes=tuple(_cut(rng, income, len(OTHER_INCOME))),
        balance_used=balance_used,
        basic=basic,
        project=project,
        remitted=remitted,
        operating=operating,
        subsidies=subsidies,
        distributed=distributed,
        closing=closing,
    )


def _economic(shape: Shape, rng: random.Random, items: list[ItemAccount]) -> dict[str, int]:
    """Basic expenditure of the general budget by economic item. 养老, 医疗 and 住房公积金 repeat their 项."""
    basic = {item.code: item.flow(Fund.GENERAL).basic for item in items}
    economic = {
        economic_code: sum(basic.get(code, 0) for code in codes) for economic_code, codes in PAID_FROM_BASIC.items()
    }
    rest = sum(basic.values()) - sum(economic.values())
    others = [*economic_codes(), *(THREE_PUBLIC.values() if shape.three_public else ())]
    used = rng.sample(others, rng.randint(1, len(others)))
    economic |= dict(zip(used, _cut(rng, rest, len(used)), strict=True))
    return {code: amount for code, amount in economic.items() if amount}


def _three_public(
    shape: Shape, rng: random.Random, items: list[ItemAccount], economic: Mapping[str, int]
) -> dict[tuple[str, str], int]:
    """三公 money: what 06 holds of it and a part of the project expenditure; never more than the budget."""
    if not shape.three_public:
        return {}
    projects = sum(item.flow(fund).project for item in items for fund in Fund)
    amounts: dict[tuple[str, str], int] = {}
    for (line, code), extra in zip(
        THREE_PUBLIC.items(), _cut(rng, projects // 10, len(THREE_PUBLIC) + 1), strict=False
    ):
        spent = economic.get(code, 0) + (extra if rng.random() < 0.5 else 0)
        amounts[line, "决算数"] = spent
        amounts[line, "预算数"] = spent + (_amount(rng) // 100 if rng.random() < 0.6 else 0)
    # Some budget is always left over, so that the table does not print nothing but 0.00.
    amounts["公务接待费", "预算数"] += rng.randint(10_000, 5_000_000)
    return amounts
