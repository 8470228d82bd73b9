"""TO611: an amount of 09 that stands one row off in 06 (figures of a published case, 宜川路街道 2025, made to add up)."""

from __future__ import annotations

from gongkai_checks.rules.appropriation.to611_rows_of_06_off_those_of_09 import rows_off
from gongkai_workbooks.disclosure import Disclosure
from tests.checks.applied import cells
from tests.checks.tables import Line, clean, code_line, table, with_table


def disclosure(welfare: str, vehicle: str, total: str, copied: str = "19.56") -> Disclosure:
    rows = [
        code_line("302", "商品和服务支出", ("决算数",), total),
        code_line("30229", "福利费", ("决算数",), welfare),
        code_line("30231", "公务用车运行维护费", ("决算数",), vehicle),
        code_line("30239", "其他交通费用", ("决算数",), "5.00"),
    ]
    made = with_table(table("06", rows))
    made.tables["09"] = table("09", [Line("公务用车运行维护费", {"决算数": copied})])
    return made


def test_amount_in_the_row_above_is_named() -> None:
    assert cells(rows_off, disclosure("19.56", "81.11", "105.67")) == ["公开06!E9"]


def test_amount_in_its_own_row_is_right() -> None:
    assert cells(rows_off, disclosure("81.11", "19.56", "105.67")) == []


def test_other_amount_is_no_shift() -> None:
    assert cells(rows_off, disclosure("20.00", "81.11", "106.11")) == []


def test_sum_that_does_not_hold_is_left_to_the_diagnosis() -> None:
    # three parts and a total leave 0.02: at the tolerance it still adds up, beyond it does not
    assert cells(rows_off, disclosure("19.56", "81.11", "105.69")) == ["公开06!E9"]
    assert cells(rows_off, disclosure("19.56", "81.11", "105.70")) == []


def test_clean() -> None:
    assert cells(rows_off, clean()) == []
