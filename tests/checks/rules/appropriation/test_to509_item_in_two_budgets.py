"""TO509: one item in 05 and in 07 or 08."""

from __future__ import annotations

import pytest

from gongkai_checks.rules.appropriation.to509_item_in_two_budgets import item_in_two_budgets
from tests.checks.applied import cells, findings
from tests.checks.tables import clean, code_line, fund_table, table, with_table

COLUMNS = ("小计", "基本支出", "项目支出")


@pytest.mark.parametrize(
    ("code", "spent", "marked"),
    [
        ("2080505", "1.00", True),
        ("2080505", "0.00", False),
        ("2080505", "", False),
        ("20805", "1.00", False),  # a section stands for its items
        ("2120899", "1.00", False),  # not in 05
    ],
)
def test_item_of_07_in_05(code: str, spent: str, marked: bool) -> None:
    found = cells(item_in_two_budgets, with_table(fund_table((code, "某支出", spent))))
    assert found == (["公开07!E8"] if marked else [])


def test_item_of_08_in_05() -> None:
    made = table("08", [code_line("2101501", "行政运行", COLUMNS, "1.00", "", "1.00")])
    [finding] = findings(item_in_two_budgets, with_table(made))
    assert finding.message == "科目“2101501 行政运行”既列在公开05，又列在公开08"
    assert [str(cell) for cell in finding.evidence] == ["公开05!E13"]


def test_what_only_a_fund_pays_for_is_told_of_05() -> None:
    both = with_table(fund_table(("2070901", "宣传促销", "1.00")))
    both = with_table(table("05", [code_line("2070901", "宣传促销", COLUMNS, "1.00", "", "1.00")]), both)
    assert cells(item_in_two_budgets, both) == []


def test_clean() -> None:
    assert cells(item_in_two_budgets, clean()) == []
