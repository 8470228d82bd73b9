"""CO404: lines of 01 in 04."""

from __future__ import annotations

from gongkai_checks.rules.appropriation.co404_distribution_in_fiscal_table import distribution_in_fiscal_table
from tests.checks.applied import cells
from tests.checks.tables import Line, clean, table, with_table


def test_distribution_with_an_amount_is_named() -> None:
    made = table("04", [Line("结余分配", {"小计": "12.00"})], columns=("小计",))
    made.unknown_lines = (made.items["结余分配"],)
    assert cells(distribution_in_fiscal_table, with_table(made)) == ["公开04!E7"]


def test_another_unknown_line_is_not() -> None:
    made = table("04", [Line("上年结转调整", {"小计": "12.00"})], columns=("小计",))
    made.unknown_lines = (made.items["上年结转调整"],)
    assert cells(distribution_in_fiscal_table, with_table(made)) == []


def test_clean() -> None:
    assert cells(distribution_in_fiscal_table, clean()) == []
