"""WB101: a year without income and expenditure."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.workbook.wb101_year_totals_zero import year_totals_zero
from tests.checks.applied import cells, reasons
from tests.checks.tables import Line, clean, error_value, table, with_table


@pytest.mark.parametrize("figure", ["0.00", ""])
def test_both_totals_are_zero_or_blank(figure: str) -> None:
    made = table("01", [Line(key, {"决算数": figure}) for key in ("本年收入合计", "本年支出合计")])
    assert cells(year_totals_zero, with_table(made)) == ["公开01!E7"]


@pytest.mark.parametrize("figures", [("0.01", "0.00"), ("", "0.01")])
def test_one_total_is_enough(figures: tuple[str, str]) -> None:
    keys = ("本年收入合计", "本年支出合计")
    made = table("01", [Line(key, {"决算数": figure}) for key, figure in zip(keys, figures, strict=True)])
    assert cells(year_totals_zero, with_table(made)) == []
    assert cells(year_totals_zero, clean()) == []


def test_unknown_or_absent_total() -> None:
    made = table("01", [Line("本年收入合计", {"决算数": error_value()}), Line("本年支出合计", {"决算数": "0.00"})])
    assert reasons(year_totals_zero, with_table(made)) == ["公开01的本年收入合计或本年支出合计无法读取"]
    assert len(reasons(year_totals_zero, with_table(table("01", [Line("收入总计", {"决算数": "0.00"})])))) == 1
