"""What kind of accounts to make."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from gongkai_workbooks.forms import CodeCells, TotalPlace


class Fund(StrEnum):
    """The three budgets of 财政拨款, by the column label of table 04."""

    GENERAL = "一般公共预算财政拨款"
    GOVERNMENT = "政府性基金预算财政拨款"
    CAPITAL = "国有资本经营预算财政拨款"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Parameters of synthetic accounts; equal shapes give equal accounts.

    ``items`` is the number of 项 codes, 1 to 300; fewer where ``funds`` have fewer codes, and at least one for each fund. ``other_money`` is
    income other than 财政拨款, and what it pays. ``three_public`` tells whether 三公 money was spent. ``zeros`` says how an
    amount of exactly 0 is printed on a line of a table that has amounts. ``code_cells`` and ``total_place`` are those of the form when None.
    """

    seed: int = 0
    items: int = 12
    form: Literal["national", "shanghai"] = "national"
    amount_unit: Literal["万元", "元"] = "万元"
    funds: frozenset[Fund] = frozenset({Fund.GENERAL})
    other_money: bool = True
    carry_over: bool = True
    three_public: bool = True
    zeros: Literal["blank", "printed"] = "blank"
    code_cells: CodeCells | None = None
    total_place: TotalPlace | None = None
    year: int = 2024
    department: str = "某市某某局"

    def __post_init__(self) -> None:
        if not 1 <= self.items <= 300:
            raise ValueError(f"1 to 300 items, not {self.items}")
        if not self.funds:
            raise ValueError("accounts need one fund at least")
